"""What a screen is told: all that follows its cursor, and nothing it may not see."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy import Connection

from kiosk import store, words
from kiosk.pledge import Pledge, Scope
from kiosk.store import blanks, feed, lights, modes, pace, tallies
from kiosk.store.feed import Entry, Head
from kiosk.store.filters import EVERYTHING, Filter
from kiosk.store.lights import Light
from kiosk.store.modes import Mode
from kiosk.web import current

FAR_BEHIND = 500  # entries after which a screen is told everything anew
LONGEST_QUEUE = 200  # pledges a volunteer's screen holds
TILES = 61  # pledges a wall holds: one in the spotlight and 60
MOST_STARS = 100  # promises chosen for the stage
MOST_OTHERS = 12  # older pledges a wall may ask for at once

OF_THE_DESK = frozenset({feed.STARRED, feed.RETAKE})
"""News that a wall does not mind: a tile would hang anew, and stand in the light."""

News = dict[str, Any]
"""`cursor, after, reset, entries` and what else the screen counts; sent as JSON."""


@dataclass(frozen=True, slots=True)
class View:
    """One kind of screen: what it draws, what it may hear of, what it counts."""

    name: str
    draws: Callable[[Pledge], bool]
    may_hear: Callable[[Entry, Pledge], bool]
    whole: Callable[[Connection], Sequence[Pledge]]
    counts: Callable[[Connection, Head], Mapping[str, object]]
    hangs: bool = False  # whether it shows photos to the hall
    deaf: frozenset[str] = frozenset()  # news that change nothing it draws


def wall(only: Filter = EVERYTHING) -> View:
    """Return the view of walls that show only what this filter lets through."""
    return View(
        name="wall",
        draws=lambda pledge: pledge.is_on_wall and only.lets(pledge),
        may_hear=lambda entry, pledge: (
            entry.kind != "kept" and Scope.WALL in pledge.consent.scopes
        ),
        whole=lambda db: list(reversed(store.on_wall(db, TILES, only))),
        counts=lambda db, head: {
            "promises": head.kept,
            "is_blank": blanks.since(db) is not None,
            "mode": modes.now(db),
            "lights": _lights(db, only),
            "stars": _stars(db, only),
        },
        hangs=True,
        deaf=OF_THE_DESK,
    )


QUEUE = View(
    name="queue",
    draws=lambda pledge: pledge.is_waiting or pledge.is_asked_back,
    may_hear=lambda _entry, _pledge: True,
    whole=lambda db: store.queue(db, LONGEST_QUEUE),
    counts=lambda db, _head: {
        "tallies": tallies.now(db),
        "blank_since": blank_since(db),
        "mode": modes.now(db),
        "pace": how_it_goes(db),
    },
)


def news(view: View, after: str, language: str) -> News:
    """Return what follows the cursor `after`, or everything when it is too far back.

    Everything, too, for a wall that is blank, which is nothing, or was since.
    """
    with current.booth().house.database.reading() as db:
        return _news(db, view, after, language)


def news_and_others(only: Filter, after: str, language: str, count: int) -> News:
    """Return a wall's news, and `others`: at most that many of all that may hang.

    Who comes into the light next comes first: a wall that is full, or was opened anew,
    may not hold them all. In one look at the database: a removal that is not in these
    news comes after them.
    """
    view = wall(only)
    with current.booth().house.database.reading() as db:
        told = _news(db, view, after, language)
        others = () if told["is_blank"] else _others(db, only, count)
        return told | {"others": [_drawn(view, each, language) for each in others]}


def how_it_goes(db: Connection) -> dict[str, object]:
    """Return how long guests wait, in seconds, and whether more come than go."""
    now = pace.pace(db, current.now())
    return {
        "oldest": now.oldest,
        "median": now.median,
        "is_outpaced": now.is_outpaced,
    }


def blank_since(db: Connection) -> str:
    """Return since when the walls are blank, "20:43"; nothing while they are not."""
    since = blanks.since(db)
    return "" if since is None else words.clock(since)


def _news(db: Connection, view: View, after: str, language: str) -> News:
    head = feed.now(db)
    seq = _seq(after, head)
    fresh = () if seq is None else feed.after(db, seq, FAR_BEHIND)
    is_blank = view.hangs and blanks.since(db) is not None
    is_turned = view.hangs and any(each.kind == feed.HALL for each in fresh)
    reset = seq is None or is_blank or is_turned
    if reset:
        hung = () if is_blank else view.whole(db)
        entries = [_drawn(view, each, language) for each in hung]
    else:
        entries = _since(db, view, fresh, language)
    told = {"cursor": head.cursor, "after": after, "reset": reset}
    return told | {"entries": entries} | dict(view.counts(db, head))


def _lights(db: Connection, only: Filter) -> Sequence[Mapping[str, object]]:
    """Say who is in the light and who follows, in seconds from now."""
    if blanks.since(db) is not None:
        return ()

    now = current.now()
    return [
        {
            "id": each.id,
            "starts": round(light.starts_at - now, 2),
            "ends": round(light.ends_at - now, 2),
        }
        for light, each in _scheduled(db, only, now)
    ]


def _scheduled(
    db: Connection, only: Filter, now: float
) -> Sequence[tuple[Light, Pledge]]:
    """Return who stands in the light of such a wall and who follows, and when.

    As many as can hang: a wall asks again long before their time is over.
    """
    schedule = lights.following(db, now, TILES)
    known = store.some(db, [each.pledge for each in schedule])
    lit = [(each, known[each.pledge]) for each in schedule]
    return [each for each in lit if each[1].is_on_wall and only.lets(each[1])]


def _stars(db: Connection, only: Filter) -> Sequence[Mapping[str, object]]:
    """Write out what the one with the microphone may read, while the stage shows it."""
    if modes.now(db) is not Mode.STAGE or blanks.since(db) is not None:
        return ()

    return [
        {
            "id": each.id,
            "number": each.number,
            "words": each.words,
            "language": each.language,
        }
        for each in store.starred(db, MOST_STARS, only)
    ]


def _others(db: Connection, only: Filter, count: int) -> Sequence[Pledge]:
    kept, wanted = feed.now(db).kept, min(count, MOST_OTHERS)
    soon = _scheduled(db, only, current.now())[:wanted]
    found = {each.id: each for _, each in soon}
    for _ in range(wanted - len(found)):
        number = random.randint(1, max(1, kept))  # noqa: S311  # which photo hangs is no secret
        pledge = store.anywhere_on_wall(db, number, only)
        if pledge:
            found[pledge.id] = pledge
    return list(found.values())


def _seq(cursor: str, head: Head) -> int | None:
    epoch, _, number = cursor.partition(".")
    if epoch != head.epoch or not number.isdecimal() or len(number) > 18:
        return None
    seq = int(number)
    return seq if head.seq - FAR_BEHIND <= seq <= head.seq else None


def _since(
    db: Connection, view: View, fresh: Sequence[Entry], language: str
) -> list[dict[str, object]]:
    changed = store.some(db, list({each.pledge for each in fresh}))
    heard = [each for each in fresh if each.kind not in view.deaf]
    newest = {each.pledge: each.seq for each in heard}
    told: list[dict[str, object]] = []
    for entry in fresh:
        told.append({"seq": entry.seq})
        if entry.pledge == feed.NOBODY:
            continue
        pledge = changed[entry.pledge]
        if newest.get(entry.pledge) == entry.seq and view.may_hear(entry, pledge):
            told[-1].update(_drawn(view, pledge, language))
    return told


def _drawn(view: View, pledge: Pledge, language: str) -> dict[str, object]:
    html = draw(view, pledge, language) if view.draws(pledge) else None
    return {"id": pledge.id, "html": html}


def draw(view: View, pledge: Pledge, language: str) -> str:
    """Draw one pledge as this kind of screen shows it."""
    return render_template(
        "_pledge.html", pledge=pledge, view=view.name, **words.speech(language)
    )

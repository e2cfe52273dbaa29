"""What a screen is told: all that follows its cursor, and nothing it may not see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy import Connection

from kiosk import store, words
from kiosk.pledge import Pledge, Scope
from kiosk.store import feed, tallies
from kiosk.store.feed import Entry, Head
from kiosk.web import current

FAR_BEHIND = 500  # entries after which a screen is told everything anew
LONGEST_QUEUE = 200  # pledges a volunteer's screen holds
TILES = 61  # pledges a wall holds: one in the spotlight and 60

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


WALL = View(
    name="wall",
    draws=lambda pledge: pledge.is_on_wall,
    may_hear=lambda entry, pledge: (
        entry.kind != "kept" and Scope.WALL in pledge.consent.scopes
    ),
    whole=lambda db: list(reversed(store.on_wall(db, TILES))),
    counts=lambda _db, head: {"promises": head.kept},
)
QUEUE = View(
    name="queue",
    draws=lambda pledge: pledge.is_waiting or pledge.is_asked_back,
    may_hear=lambda _entry, _pledge: True,
    whole=lambda db: store.queue(db, LONGEST_QUEUE),
    counts=lambda db, _head: {"tallies": tallies.now(db)},
)


def news(view: View, after: str, language: str) -> News:
    """Return what follows the cursor `after`, or everything when it is too far back."""
    with current.booth().house.database.reading() as db:
        head = feed.now(db)
        seq = _seq(after, head)
        if seq is None:
            entries = [_drawn(view, each, language) for each in view.whole(db)]
        else:
            entries = _since(db, view, seq, language)
        told = {"cursor": head.cursor, "after": after, "reset": seq is None}
        return told | {"entries": entries} | dict(view.counts(db, head))


def _seq(cursor: str, head: Head) -> int | None:
    epoch, _, number = cursor.partition(".")
    if epoch != head.epoch or not number.isdecimal() or len(number) > 18:
        return None
    seq = int(number)
    return seq if head.seq - FAR_BEHIND <= seq <= head.seq else None


def _since(
    db: Connection, view: View, seq: int, language: str
) -> list[dict[str, object]]:
    fresh = feed.after(db, seq, FAR_BEHIND)
    changed = store.some(db, list({each.pledge for each in fresh}))
    newest = {each.pledge: each.seq for each in fresh}
    told: list[dict[str, object]] = []
    for entry in fresh:
        pledge = changed[entry.pledge]
        told.append({"seq": entry.seq})
        if newest[entry.pledge] == entry.seq and view.may_hear(entry, pledge):
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

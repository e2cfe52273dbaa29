"""What the screens read of 100,000 pledges, beside what they read of 100.

Both nights have the same queue and as full a wall, so that the answers are as long.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from benchmarks.scene import folder
from benchmarks.table import Row, at_most
from benchmarks.turns import Work, in_turn, least_ratio, ratio, timed
from kiosk import store
from kiosk.database import Database, sqlite_url
from kiosk.pledge import Decision, Scope, new_id, new_token
from kiosk.store import feed, pace, tallies
from kiosk.web.news import FAR_BEHIND, LONGEST_QUEUE, TILES
from tests.night import a_pledge

FEW, MANY = 100, 100_000
WAITING = 30  # pledges in the queue
ASKED_BACK = (5, 15, 25)  # whose guests ask for removal
REMOVED = 50  # one of so many
BEHIND = 20  # entries a screen has missed
TURNS = 60
KINDS = ("kept", "decided")


def missed(db: Connection) -> None:
    """Read what a screen has missed."""
    fresh = feed.after(db, feed.now(db).seq - BEHIND, FAR_BEHIND)
    store.some(db, [entry.pledge for entry in fresh])


READS: dict[str, Callable[[Connection], object]] = {
    "newest page of the wall": lambda db: store.on_wall(db, TILES),
    "queue": lambda db: store.queue(db, LONGEST_QUEUE),
    "queue's tallies": tallies.now,
    "feed after a cursor": missed,
    "how long guests wait": lambda db: pace.pace(db, time.time()),
    "a short code is free": lambda db: store.code_is_free(db, "HN 9999"),
}


def measure() -> Sequence[Row]:
    """Compare each read of a large night with that of a small one."""
    with folder() as place, ExitStack() as nights:
        few = nights.enter_context(closing(night(place / "few.db", FEW)))
        many = nights.enter_context(closing(night(place / "many.db", MANY)))
        return [_compared(what, read, few, many) for what, read in READS.items()]


def _compared(
    what: str, read: Callable[[Connection], object], few: Database, many: Database
) -> Row:
    small, large = in_turn(TURNS, _work(read, few), _work(read, many))
    note = f"{large} at {MANY}, {small} at {FEW}; {least_ratio(large, small)}"
    return at_most(f"{what}, {MANY} / {FEW}", ratio(large, small), 1.5, "x", note)


def _work(read: Callable[[Connection], object], database: Database) -> Work:
    def once() -> None:
        with database.reading() as db:
            read(db)

    return timed(once)


def night(file: Path, count: int) -> Database:
    """Make a night of so many pledges; the newest wait."""
    database = Database(sqlite_url(file))
    with database.transaction() as db:
        fill(db, count, waiting=WAITING)
    return database


def fill(db: Connection, count: int, *, waiting: int) -> None:
    """Add so many pledges to a night, of which the newest wait."""
    before = feed.now(db)
    rows = list(_rows(_like(db), before.kept, count, waiting))
    db.execute(insert(store.pledges), rows)
    db.execute(insert(store.links), [_link(row) for row in rows])
    entries = list(_entries(rows, before.seq))
    db.execute(insert(feed.feed), entries)
    kept, seq = before.kept + count, before.seq + len(entries)
    db.execute(update(feed.head).values(seq=seq, kept=kept))
    for name, tally in Counter(row["decision"] for row in rows).items():
        here = update(tallies.tallies).where(tallies.tallies.c.name == name)
        db.execute(here.values(count=tallies.tallies.c.count + tally))


def _like(db: Connection) -> dict[str, object]:
    """Return the row that a pledge is kept as."""
    with db.begin_nested() as unkept:
        like = a_pledge(scopes=(Scope.WALL,))
        store.add(db, like)
        its_own = select(store.pledges).where(store.pledges.c.id == like.id)
        row = db.execute(its_own).one()._asdict()
        unkept.rollback()
    return row


def _rows(
    like: dict[str, object], before: int, count: int, waiting: int
) -> Iterator[dict[str, object]]:
    for number in range(1, count + 1):
        yield like | {
            "id": new_id(),
            "submission": new_token(),
            "number": before + number,
            "code": f"HN {before + number:04X}",
            "decision": _decision(number, count - waiting),
            "is_hidden": number in ASKED_BACK,
            "hidden_at": like["kept_at"] if number in ASKED_BACK else None,
        }


def _decision(number: int, decided: int) -> Decision:
    if number > decided:
        return Decision.WAITING
    return Decision.APPROVED if number % REMOVED else Decision.REMOVED


def _link(row: dict[str, object]) -> dict[str, object]:
    return {"token": new_token(), "pledge": row["id"], "kind": "card"}


def _entries(
    rows: Sequence[dict[str, object]], before: int
) -> Iterator[dict[str, object]]:
    seq = before
    for row in rows:
        kinds = (
            ("kept",) if row["decision"] is Decision.WAITING else ("kept", "decided")
        )
        for revision, kind in enumerate(kinds, 1):
            seq += 1
            yield {"seq": seq, "kind": kind, "pledge": row["id"], "revision": revision}

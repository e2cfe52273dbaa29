"""The outbox: a table of wishes that the bucket is to agree with."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

BUCKET = "bucket"
"""The one target there is now; a hub may be another."""

LONGEST_PAUSE = 300.0  # seconds; a wish due later than this is due: the clock was set

metadata = MetaData()

outbox = Table(
    "outbox",
    metadata,
    Column("target", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("file", String, nullable=False),  # from the album's root; '' when absent
    Column("content_type", String, nullable=False),
    Column("present", Boolean, nullable=False),  # False: a tombstone
    Column("revision", Integer, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", Float, nullable=False),  # unix seconds
    Column("problem", String, nullable=False),  # a sentence, or ''
    Column("position", Integer, nullable=False),  # the order of wishing
    Column("wished_at", Float, nullable=False),  # unix seconds
    Column("settled_at", Float),  # unix seconds
    Index("outbox_waiting", "target", "settled", "present", "position"),
    Index("outbox_position", "position"),
    Index("outbox_settled_at", "target", "settled_at"),
)


WISHES = select(
    outbox.c.target,
    outbox.c.key,
    outbox.c.file,
    outbox.c.content_type,
    outbox.c.present,
    outbox.c.revision,
    outbox.c.position,
    outbox.c.tries,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What one key of a target is to be; `position` and `tries` are the table's."""

    target: str
    key: str
    file: str
    content_type: str
    present: bool
    revision: int
    position: int = field(default=0, compare=False)
    tries: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much still waits; times are unix seconds, None when there is none."""

    count: int
    oldest: float | None
    problem: str
    last_settled: float | None


def wish(db: Connection, wishes: Iterable[Wish]) -> None:
    """Wish, in this order, that the bucket agrees.

    A lower revision never replaces a higher one, and at the same revision a
    tombstone stays. What replaces starts afresh: due at once, with no tries.
    """
    for each in wishes:
        fresh = _fresh(db, each)
        if not _renew(db, each, fresh) and not _is_known(db, each):
            db.execute(insert(outbox).values(target=each.target, key=each.key, **fresh))


def due(db: Connection, now: float, limit: int, target: str = BUCKET) -> list[Wish]:
    """Return what to do at `now` (unix seconds): removals first, then as wished."""
    rows = db.execute(
        WISHES.where(
            outbox.c.target == target, outbox.c.settled.is_(False), _is_due(now)
        )
        .order_by(outbox.c.present, outbox.c.position)
        .limit(limit)
    )
    return [Wish(*row) for row in rows]


def settle(db: Connection, wish: Wish) -> bool:
    """Mark a wish from `due` as done; False when a newer one has replaced it."""
    done = {"settled": True, "settled_at": time.time(), "problem": ""}
    changed = db.execute(update(outbox).where(_is_still(wish)).values(**done))
    return changed.rowcount == 1


def postpone(db: Connection, wish: Wish, *, until: float, problem: str) -> None:
    """Leave a wish from `due` for later (unix seconds), unless it was replaced."""
    later = {"due": until, "problem": problem, "tries": outbox.c.tries + 1}
    db.execute(update(outbox).where(_is_still(wish)).values(**later))


def waiting(db: Connection, target: str = BUCKET) -> Backlog:
    """Return what still waits for a target."""
    ours = and_(outbox.c.target == target, outbox.c.settled.is_(False))
    figures = select(func.count(), func.min(outbox.c.wished_at)).where(ours)
    count, oldest = db.execute(figures).one()
    return Backlog(count, oldest, _problem(db, ours), _last_settled(db, target))


def _fresh(db: Connection, wish: Wish) -> dict[str, object]:
    return {
        "file": wish.file,
        "content_type": wish.content_type,
        "present": wish.present,
        "revision": wish.revision,
        "settled": False,
        "tries": 0,
        "due": 0.0,
        "problem": "",
        "position": _next_position(db),
        "wished_at": time.time(),
    }


def _next_position(db: Connection) -> int:
    last = db.scalar(select(func.max(outbox.c.position)))
    return (last or 0) + 1


def _renew(db: Connection, wish: Wish, fresh: dict[str, object]) -> bool:
    changed = db.execute(
        update(outbox).where(_has_key(wish), _gives_way(wish)).values(**fresh)
    )
    return changed.rowcount == 1


def _gives_way(wish: Wish) -> ColumnElement[bool]:
    is_older = outbox.c.revision < wish.revision
    is_equal = outbox.c.revision == wish.revision
    if wish.present:
        return or_(is_older, and_(is_equal, outbox.c.present.is_(True)))
    return or_(is_older, is_equal)


def _is_known(db: Connection, wish: Wish) -> bool:
    return db.scalar(select(outbox.c.revision).where(_has_key(wish))) is not None


def _has_key(wish: Wish) -> ColumnElement[bool]:
    return and_(outbox.c.target == wish.target, outbox.c.key == wish.key)


def _is_still(wish: Wish) -> ColumnElement[bool]:
    # The position too: a file may be wished again at the revision it had.
    return and_(
        _has_key(wish),
        outbox.c.revision == wish.revision,
        outbox.c.present.is_(wish.present),
        outbox.c.position == wish.position,
    )


def _is_due(now: float) -> ColumnElement[bool]:
    return or_(outbox.c.due <= now, outbox.c.due > now + LONGEST_PAUSE)


def _problem(db: Connection, ours: ColumnElement[bool]) -> str:
    told = select(outbox.c.problem).where(ours, outbox.c.problem != "")
    newest_first = told.order_by(outbox.c.due.desc()).limit(1)
    return db.scalar(newest_first) or ""


def _last_settled(db: Connection, target: str) -> float | None:
    newest = select(func.max(outbox.c.settled_at)).where(outbox.c.target == target)
    last: float | None = db.scalar(newest)
    return last

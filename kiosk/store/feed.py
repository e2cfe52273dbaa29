"""The feed: every change of pledges and hall, numbered in the order of commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    String,
    Table,
    insert,
    select,
    update,
)

from kiosk.database import metadata
from kiosk.pledge import Pledge

STARRED = "starred"  # a pledge was chosen for the stage, or no longer is
RETAKE = "retake"  # a guest is asked for another photo, or has answered
HALL = "hall"  # the walls went blank, or show photos again
MODE = "mode"  # the walls show photos in another way
NOBODY = ""  # the pledge of news that are about none

feed = Table(
    "feed",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("kind", String, nullable=False),  # kept, decided, redrawn, …
    Column("pledge", String, nullable=False),
    Column("revision", Integer, nullable=False),
)

head = Table(
    "feed_head",
    metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("epoch", String, nullable=False),  # changes at a rebuild
    Column("seq", Integer, nullable=False),  # the newest entry's
    Column("kept", Integer, nullable=False),  # promises made so far
)

_NEXT_KEPT = update(head).values(kept=head.c.kept + 1).returning(head.c.kept)
_NEXT_SEQ = update(head).values(seq=head.c.seq + 1).returning(head.c.seq)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the feed stands."""

    epoch: str
    seq: int
    kept: int

    @property
    def cursor(self) -> str:
        """What a screen holds to say what it has seen; opaque to it."""
        return f"{self.epoch}.{self.seq}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one pledge, or of the hall."""

    seq: int
    kind: str
    pledge: str
    revision: int


def count(db: Connection) -> int:
    """Count one more promise and return its number; 1 is the first."""
    return int(db.execute(_NEXT_KEPT).scalar_one())


def add(db: Connection, kind: str, pledge: Pledge | None = None) -> None:
    """Append news of a pledge, or of the hall, in the transaction that makes it so."""
    seq = db.execute(_NEXT_SEQ).scalar_one()
    about = (pledge.id, pledge.revision) if pledge else (NOBODY, 0)
    entry = {"kind": kind, "pledge": about[0], "revision": about[1]}
    db.execute(insert(feed), {"seq": seq, **entry})


def kinds(db: Connection, pledge_id: str, after: int) -> set[str]:
    """Return what has happened to a pledge since it was at that revision."""
    since = (feed.c.pledge == pledge_id) & (feed.c.revision > after)
    return set(db.scalars(select(feed.c.kind).where(since)))


def now(db: Connection) -> Head:
    """Return where the feed stands."""
    row = db.execute(select(head.c.epoch, head.c.seq, head.c.kept)).one()
    return Head(*row)


def after(db: Connection, seq: int, limit: int) -> Sequence[Entry]:
    """Return the entries that follow `seq`, oldest first."""
    query = select(feed).where(feed.c.seq > seq).order_by(feed.c.seq).limit(limit)
    return [Entry(*row) for row in db.execute(query)]

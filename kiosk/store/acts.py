"""The volunteers' acts: who did what, and what undo would bring back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    Select,
    String,
    Table,
    insert,
    select,
    update,
)

from kiosk.database import metadata
from kiosk.pledge import UNDO_REMOVAL, Decision, Pledge
from kiosk.store import pledges

acts = Table(
    "acts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pledge", String, nullable=False, index=True),
    Column("revision", Integer, nullable=False),  # the pledge's, after the act
    Column("before", String, nullable=False),
    Column("after", String, nullable=False),
    Column("who", String, nullable=False),  # a session, never a name
    Column("at", Float, nullable=False),  # seconds since 1970
    Column("is_undone", Boolean, nullable=False),
    Column("kind", String, nullable=False),  # decided or mended
)

DECIDED, MENDED = "decided", "mended"

UNDOABLE = 20  # a volunteer's newest acts


class NothingToUndo(LookupError):
    """This volunteer has no act on this pledge that can be undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one volunteer did; a mend leaves the decision as it was."""

    pledge: str
    revision: int
    before: Decision
    after: Decision
    who: str
    at: float
    kind: str = DECIDED


class Done(NamedTuple):
    """A decision that may still be taken back, made so many seconds ago."""

    id: str
    code: str
    decision: str
    age: float


class Newest(NamedTuple):
    """Who did what to a pledge last, and which revision that made of it."""

    who: str
    revision: int
    after: str
    kind: str
    is_undone: bool


def add(db: Connection, act: Act) -> None:
    """Write down an act, in the transaction that makes it true."""
    db.execute(
        insert(acts).values(
            pledge=act.pledge,
            revision=act.revision,
            before=act.before,
            after=act.after,
            who=act.who,
            at=act.at,
            is_undone=False,
            kind=act.kind,
        )
    )


def last(db: Connection, pledge: Pledge, who: str) -> Act:
    """Return this volunteer's decision if nothing has happened to the pledge since.

    A mend is not undone but mended back: the guest's own words stand beside it.

    Raises:
        NothingToUndo: someone else was there since, or it is too long ago.
    """
    for row in db.execute(_standing(who).limit(UNDOABLE)):
        if (row.pledge, row.revision) == (pledge.id, pledge.revision):
            return Act(
                pledge=row.pledge,
                revision=row.revision,
                before=Decision(row.before),
                after=Decision(row.after),
                who=row.who,
                at=row.at,
            )
    raise NothingToUndo("There is nothing of yours to undo here.")


def undoable(db: Connection, who: str, now: float) -> Sequence[Done]:
    """Return what this volunteer may still take back, oldest first.

    That is of their newest decisions each after which nothing has happened to its
    pledge; a removal only while its time lasts.
    """
    latest = _standing(who).limit(UNDOABLE).subquery()
    is_last = (pledges.c.id == latest.c.pledge) & (
        pledges.c.revision == latest.c.revision
    )
    over = (latest.c.after == Decision.REMOVED) & (now - latest.c.at > UNDO_REMOVAL)
    query = (
        select(latest.c.pledge, pledges.c.code, latest.c.after, now - latest.c.at)
        .join(pledges, is_last)
        .where(~over)
    )
    return [Done(*row) for row in db.execute(query.order_by(latest.c.id))]


def _standing(who: str) -> Select[Any]:
    """Ask for what this volunteer decided and did not take back, newest first."""
    own = select(acts).where(acts.c.who == who, acts.c.kind == DECIDED)
    return own.where(~acts.c.is_undone).order_by(acts.c.id.desc())


def newest(db: Connection, pledge_id: str) -> Newest | None:
    """Return what a volunteer did to a pledge last, if anything."""
    columns = (acts.c.who, acts.c.revision, acts.c.after, acts.c.kind, acts.c.is_undone)
    query = select(*columns).where(acts.c.pledge == pledge_id)
    row = db.execute(query.order_by(acts.c.id.desc()).limit(1)).first()
    return Newest(*row) if row else None


def follow(db: Connection, before: Pledge, after: Pledge) -> None:
    """Let the last act be undone still, after a change that is no decision."""
    db.execute(
        update(acts)
        .where(acts.c.pledge == before.id, acts.c.revision == before.revision)
        .values(revision=after.revision)
    )


def undo(db: Connection, act: Act) -> None:
    """Mark an act as undone."""
    db.execute(
        update(acts)
        .where(acts.c.pledge == act.pledge, acts.c.revision == act.revision)
        .values(is_undone=True)
    )

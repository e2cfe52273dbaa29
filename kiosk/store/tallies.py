"""How many pledges wait, hang, are private, asked back or gone: each counted once."""

from sqlalchemy import Column, Connection, Integer, String, Table, select, update

from kiosk.database import metadata
from kiosk.pledge import Decision, Pledge

REQUESTS = "requests"  # guests who asked theirs back and have no answer yet

tallies = Table(
    "tallies",
    metadata,
    Column("name", String, primary_key=True),  # a decision, or REQUESTS
    Column("count", Integer, nullable=False),
)


def now(db: Connection) -> dict[str, int]:
    """Return every count by its name."""
    return {row[0]: row[1] for row in db.execute(select(tallies))}


def count(db: Connection, before: Pledge | None, after: Pledge) -> None:
    """Count a pledge where it belongs now, in the transaction that changes it."""
    left, joined = before and _place(before), _place(after)
    if left == joined:
        return

    if joined:
        _change(db, joined, by=1)
    if left:
        _change(db, left, by=-1)


def _place(pledge: Pledge) -> str | None:
    """Return the one name under which a volunteer has to do with it, if any."""
    if pledge.is_asked_back:
        return REQUESTS
    if pledge.is_withdrawn and pledge.decision is not Decision.REMOVED:
        return None
    return pledge.decision.value


def _change(db: Connection, name: str, *, by: int) -> None:
    here = update(tallies).where(tallies.c.name == name)
    db.execute(here.values(count=tallies.c.count + by))

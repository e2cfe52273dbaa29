"""How many pledges wait, hang, are private or gone: counted with each change."""

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
    left = _names(before) if before else frozenset()
    joined = _names(after)
    for name in joined - left:
        _change(db, name, by=1)
    for name in left - joined:
        _change(db, name, by=-1)


def _names(pledge: Pledge) -> frozenset[str]:
    if pledge.is_withdrawn and pledge.decision is not Decision.REMOVED:
        return frozenset()
    asked = {REQUESTS} if pledge.is_asked_back else set()
    return frozenset({pledge.decision.value, *asked})


def _change(db: Connection, name: str, *, by: int) -> None:
    here = update(tallies).where(tallies.c.name == name)
    db.execute(here.values(count=tallies.c.count + by))

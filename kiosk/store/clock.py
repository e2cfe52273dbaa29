"""What this booth has seen of the clock, to know since when it can be believed."""

from sqlalchemy import Column, Connection, Float, Integer, Table, insert, select, update

from kiosk.database import metadata

clock = Table(
    "clock",
    metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("seen_at", Float, nullable=False),  # seconds since 1970
    Column("steady_since", Float, nullable=False),  # seconds since 1970
)

AHEAD = 31 * 86400.0  # seconds: a booth may stand in a cupboard for a month
BACK = 86400.0  # seconds: somebody sets the time, or the time zone, right


def see(db: Connection, now: float) -> float:
    """Note what the clock says; return since when it has gone on without a jump.

    A jump of more than a month ahead, or more than a day back, is somebody's mistake,
    or its correction: what counts days begins to count again.
    """
    row = db.execute(select(clock.c.seen_at, clock.c.steady_since)).one_or_none()
    if row is None:
        db.execute(insert(clock), {"id": 1, "seen_at": now, "steady_since": now})
        return now
    is_steady = -BACK <= now - row.seen_at <= AHEAD
    since = row.steady_since if is_steady else now
    db.execute(update(clock).values(seen_at=now, steady_since=since))
    return float(since)

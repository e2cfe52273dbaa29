"""The spotlight's schedule: who stands in the light of every wall, when, how long."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Float, Integer, String, Table, insert, select

from kiosk.database import metadata

LONGEST = 8.0  # seconds in the light when nobody waits for it
SHORTEST = 3.0  # seconds in the light when many do
TOUCHING = 0.001  # seconds; two that follow each other are no further apart

lights = Table(
    "lights",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pledge", String, nullable=False),
    Column("starts_at", Float, nullable=False),  # seconds since 1970
    Column("ends_at", Float, nullable=False, index=True),  # seconds since 1970
)


@dataclass(frozen=True, slots=True)
class Light:
    """One pledge's time in the light, in seconds since 1970."""

    pledge: str
    starts_at: float
    ends_at: float


def add(db: Connection, pledge_id: str, now: float) -> None:
    """Give a pledge the next free time, in the transaction that approves it.

    Once given it never moves, so that a guest can be told when to look up. Each of
    those before it takes a second of the eight, down to three.
    """
    ahead = following(db, now)
    if any(each.pledge == pledge_id for each in ahead):
        return

    starts_at = ahead[-1].ends_at if ahead else now
    holds = max(SHORTEST, LONGEST - len(ahead))
    light = {"starts_at": starts_at, "ends_at": starts_at + holds}
    db.execute(insert(lights), {"pledge": pledge_id, **light})


def following(db: Connection, now: float, most: int | None = None) -> Sequence[Light]:
    """Return who is in the light, and who follows without a gap; the next `most`.

    What begins later than that was written before somebody set the clock back.
    """
    query = select(lights.c.pledge, lights.c.starts_at, lights.c.ends_at)
    ahead = query.where(lights.c.ends_at > now).order_by(lights.c.starts_at)
    ahead = ahead.limit(most)
    found: list[Light] = []
    free = now
    for row in db.execute(ahead):
        if row.starts_at > free + TOUCHING:
            break
        found.append(Light(*row))
        free = row.ends_at
    return found

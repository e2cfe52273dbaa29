"""How long guests wait for a volunteer, and whether the volunteers keep up."""

from dataclasses import dataclass
from statistics import median
from uuid import UUID

from sqlalchemy import Connection, func, select

from kiosk.pledge import Decision
from kiosk.store import oldest_waiting, pledges
from kiosk.store.acts import DECIDED, acts

MANY_WAITING = 15  # pledges at which a second volunteer helps
RECENT = 300.0  # seconds
LATEST = 50  # decisions whose wait counts
MOST = 1000  # promises, or decisions, that are counted in `RECENT`


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that guests wait, and how many came and were decided in `RECENT`.

    `oldest` is None when nobody waits, `median` when nothing was decided yet.
    """

    oldest: float | None
    median: float | None
    arrived: int
    decided: int

    @property
    def is_outpaced(self) -> bool:
        """Whether more come than are decided."""
        return self.arrived > self.decided


def pace(db: Connection, now: float) -> Pace:
    """Return how it goes at that second; every question is answered by an index."""
    oldest = oldest_waiting(db)
    return Pace(
        oldest=None if oldest is None else max(0.0, now - oldest.timestamp()),
        median=_median(db),
        arrived=_arrived(db, now - RECENT),
        decided=_decided(db, now - RECENT),
    )


def _median(db: Connection) -> float | None:
    latest = (
        select(acts.c.pledge, acts.c.at)
        .where(acts.c.kind == DECIDED, ~acts.c.is_undone)
        .where(acts.c.before == Decision.WAITING)
        .order_by(acts.c.id.desc())
        .limit(LATEST)
        .subquery()
    )
    whose = latest.join(pledges, pledges.c.id == latest.c.pledge)
    query = select(latest.c.at - pledges.c.kept_at).select_from(whose)
    waits = [max(0.0, each) for each in db.scalars(query)]
    return median(waits) if waits else None


def _arrived(db: Connection, since: float) -> int:
    """Count by ids: they begin with the millisecond in which they were made."""
    first = str(UUID(int=max(0, int(since * 1000)) << 80))
    newest = select(pledges.c.id).where(pledges.c.id >= first).limit(MOST).subquery()
    return int(db.execute(select(func.count()).select_from(newest)).scalar_one())


def _decided(db: Connection, since: float) -> int:
    """Count from the newest back: nobody decides about more in five minutes."""
    newest = (
        select(acts.c.at, acts.c.before)
        .where(acts.c.kind == DECIDED, ~acts.c.is_undone)
        .order_by(acts.c.id.desc())
        .limit(MOST)
        .subquery()
    )
    query = select(func.count()).select_from(newest)
    first = newest.c.before == Decision.WAITING
    return int(db.execute(query.where(first, newest.c.at >= since)).scalar_one())

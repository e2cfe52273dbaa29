"""The requests that nobody has answered: on day 15 they are carried out."""

import logging
from collections.abc import Callable, Sequence

from kiosk import store
from kiosk.booth.house import House
from kiosk.pledge import Pledge
from kiosk.store import clock

log = logging.getLogger(__name__)

DAY_15 = 15 * 86400.0  # seconds
LOOK = 60.0  # seconds between two looks


class Overdue:
    """Which requests are 15 days old, by a clock that can be believed.

    What is withdrawn is gone for good, so a clock that was set years ahead by mistake
    must not do it: a request's days count from when it was made, or from when the
    clock last jumped, whichever is later. A volunteer's answer never waits for this.
    """

    def __init__(self, house: House, now: Callable[[], float]) -> None:
        """Begin without having looked."""
        self._house = house
        self._now = now
        self._looked = 0.0

    def look(self) -> Sequence[Pledge]:
        """Return what is due, at most once a minute."""
        now = self._now()
        if 0 <= now - self._looked < LOOK:
            return []

        self._looked = now
        with self._house.database.transaction() as db:
            since = clock.see(db, now)
            asked = store.asked_back(db)
        return [each for each in asked if _is_due(each, since, now)]


def _is_due(request: Pledge, steady_since: float, now: float) -> bool:
    asked = request.hidden_at.timestamp() if request.hidden_at else now
    # Asked in the future: by a clock that has been set back since.
    begins = asked if steady_since <= asked <= now else steady_since
    return now - begins >= DAY_15

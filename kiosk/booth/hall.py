"""The hall's walls, all at once: blank at a touch, and back."""

import time
from collections.abc import Callable

from kiosk.booth.house import House
from kiosk.store import blanks, feed


class Hall:
    """What is said to every wall of the night."""

    def __init__(self, house: House, clock: Callable[[], float] = time.time) -> None:
        """Speak to this house's walls."""
        self._house = house
        self._clock = clock

    def blank(self, *, who: str) -> None:
        """Take every photo off every wall, until somebody has them shown again.

        It outlives restarts. Asked again, nothing more happens.
        """
        self._set(is_blank=True, who=who)

    def unblank(self, *, who: str) -> None:
        """Have the walls show what is approved again."""
        self._set(is_blank=False, who=who)

    def _set(self, *, is_blank: bool, who: str) -> None:
        with self._house.database.transaction() as db:
            if (blanks.since(db) is not None) == is_blank:
                return
            blanks.write(db, is_blank=is_blank, who=who, at=self._clock())
            feed.add(db, feed.HALL)
        self._house.events.hall.send(is_blank)

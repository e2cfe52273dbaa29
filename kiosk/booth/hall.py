"""The hall's walls, all at once: blank at a touch, and back."""

import time
from collections.abc import Callable

from kiosk.booth.house import House
from kiosk.store import blanks, feed, modes
from kiosk.store.modes import Mode


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

    def show_as(self, mode: Mode, *, who: str) -> None:
        """Have every wall show photos in this way; asked again, nothing happens."""
        with self._house.database.transaction() as db:
            if modes.now(db) is mode:
                return
            modes.write(db, mode, who=who, at=self._clock())
            feed.add(db, feed.MODE)
        self._house.events.hall.send(mode)

    def _set(self, *, is_blank: bool, who: str) -> None:
        with self._house.database.transaction() as db:
            if (blanks.since(db) is not None) == is_blank:
                return
            blanks.write(db, is_blank=is_blank, who=who, at=self._clock())
            feed.add(db, feed.HALL)
        self._house.events.hall.send(is_blank)

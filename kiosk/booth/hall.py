"""The hall's walls, all at once: blank at a touch, and back."""

import time
from collections.abc import Callable

from kiosk.booth.house import House
from kiosk.store import audit, blanks, feed, lights, modes
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
            audit.note(db, f"wall as {mode}", who=who, at=self._clock())
        self._house.events.hall.send(mode)

    @property
    def shows_photos(self) -> bool:
        """Whether the walls show photos: not blank, and not words for the stage."""
        with self._house.database.reading() as db:
            return blanks.since(db) is None and modes.now(db) is not Mode.STAGE

    def light(self, pledge_id: str) -> tuple[float, float] | tuple[None, None]:
        """Return when a pledge's light begins and ends, in seconds from now.

        A beginning below 0 is behind us; nothing once its time is over.
        """
        now = self._clock()
        with self._house.database.reading() as db:
            for each in lights.following(db, now):
                if each.pledge == pledge_id:
                    return each.starts_at - now, each.ends_at - now
        return None, None

    def _set(self, *, is_blank: bool, who: str) -> None:
        with self._house.database.transaction() as db:
            if (blanks.since(db) is not None) == is_blank:
                return
            blanks.write(db, is_blank=is_blank, who=who, at=self._clock())
            feed.add(db, feed.HALL)
            what = "wall blanked" if is_blank else "wall shown"
            audit.note(db, what, who=who, at=self._clock())
        self._house.events.hall.send(is_blank)

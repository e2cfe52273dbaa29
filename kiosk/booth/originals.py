"""The originals of what was decided: dropped when its undo has ended."""

from collections.abc import Callable
from contextlib import suppress

from kiosk import store
from kiosk.booth.house import House
from kiosk.pledge import UNDO_REMOVAL, Decision, Pledge


class Originals:
    """Which pledges still have an original that nobody needs much longer.

    Until undo has ended, a typo that is seen a moment too late can be mended. What a
    restart forgets here, recovery drops.
    """

    def __init__(self, house: House, clock: Callable[[], float]) -> None:
        """Begin with none."""
        self._house = house
        self._clock = clock
        self._since: dict[str, float] = {}  # by id: when it was decided

    def note(self, pledge: Pledge) -> None:
        """Note that a pledge was decided just now."""
        self._since[pledge.id] = self._clock()

    def drop(self) -> None:
        """Drop what is due; also when the clock was set back."""
        for pledge_id, since in list(self._since.items()):
            if not 0 <= self._clock() - since <= UNDO_REMOVAL:
                with suppress(OSError):  # erasures wait for nobody: tried again
                    self._drop(pledge_id)

    def _drop(self, pledge_id: str) -> None:
        with self._house.hands.on(pledge_id):
            with self._house.database.reading() as db:
                pledge = store.get(db, pledge_id)
            if pledge.decision is not Decision.WAITING:
                self._house.album.drop(pledge.place, "original.jpg")
            self._since.pop(pledge_id, None)

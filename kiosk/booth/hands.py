"""One pair of hands on a pledge at a time: its row and its folder stand still."""

from threading import Lock, RLock
from weakref import WeakValueDictionary


class Hands:
    """A lock for each pledge that somebody of this process has in hand.

    A card is several files, drawn from a row. Between processes the row's revision
    decides, as everywhere; only `takedown` runs beside a booth.
    """

    def __init__(self) -> None:
        """Begin with nothing in hand."""
        self._lock = Lock()
        self._held: WeakValueDictionary[str, RLock] = WeakValueDictionary()

    def on(self, pledge_id: str) -> RLock:
        """Return the lock to hold while a pledge is changed; it may be held twice."""
        with self._lock:
            return self._held.setdefault(pledge_id, RLock())

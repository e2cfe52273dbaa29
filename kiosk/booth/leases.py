"""Who looks at which photo, so that no two volunteers are shown the same one."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import ceil
from threading import Lock

LEASE = 30.0  # seconds without a word from a screen after which its photos are free


@dataclass(frozen=True, slots=True)
class Holder:
    """One open page of a volunteer's device; each page has another name."""

    session: str
    page: str


class Leases:
    """The photos that are being looked at, and by whom; a restart forgets them.

    They only keep volunteers apart: who decides first is settled by the revision.
    """

    def __init__(
        self,
        tell: Callable[[], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Call `tell()` whenever others may have more, or should leave some."""
        self._tell = tell
        self._clock = clock
        self._lock = Lock()
        self._here: dict[Holder, float] = {}  # until when, in the clock's seconds
        self._held: dict[str, Holder] = {}  # by the pledge's id

    def take(self, who: Holder, wanted: Sequence[str], most: int) -> list[str]:
        """Hold the first of the wanted, until `LEASE` has passed or the next word.

        What is held already stays while it is among the first `most`; more is given
        only up to a fair share, so that whoever comes later has something to do.
        """
        with self._lock:
            late = self._drop(self._late())
            is_new = who not in self._here
            self._here[who] = self._clock() + LEASE
            mine = self._choose(who, wanted, most)
            left = self._of(who) - set(mine)
            self._replace(who, mine)
        if late or is_new or left & set(wanted):
            self._tell()
        return mine

    def hold(self, who: Holder, pledge_id: str) -> None:
        """Hold one more, if nobody else does, until this page asks again."""
        with self._lock:
            self._here[who] = self._clock() + LEASE
            self._held.setdefault(pledge_id, who)

    def leave(self, who: Holder) -> None:
        """Give everything back: the page is hidden, closed or shows something else."""
        self._end({who})

    def sign_out(self, session: str) -> None:
        """Give back what every page of a session holds."""
        with self._lock:
            pages = {who for who in self._here if who.session == session}
        self._end(pages)

    def share(self, waiting: int) -> int:
        """Return how many of so many each page may hold, at least one."""
        with self._lock:
            return self._share(waiting)

    def others(self, who: Holder, wanted: Collection[str]) -> list[str]:
        """Return which of the wanted somebody else looks at."""
        with self._lock:
            return [each for each in wanted if self._held.get(each, who) != who]

    def tidy(self, awake: Collection[str]) -> None:
        """End what is late, and all of the sessions that are not among these."""
        with self._lock:
            asleep = {who for who in self._here if who.session not in awake}
            late = self._late() | asleep
        self._end(late)

    def _choose(self, who: Holder, wanted: Sequence[str], most: int) -> list[str]:
        share = self._share(len(wanted))
        mine: list[str] = []
        for place, each in enumerate(wanted):
            holder = self._held.get(each)
            stays = holder == who and place < most
            if stays or (holder in (None, who) and len(mine) < min(share, most)):
                mine.append(each)
        return mine

    def _share(self, waiting: int) -> int:
        return max(1, ceil(waiting / max(1, len(self._here))))

    def _of(self, who: Holder) -> set[str]:
        return {each for each, holder in self._held.items() if holder == who}

    def _replace(self, who: Holder, mine: Sequence[str]) -> None:
        for each in self._of(who):
            del self._held[each]
        self._held.update(dict.fromkeys(mine, who))

    def _late(self) -> set[Holder]:
        now = self._clock()
        return {who for who, until in self._here.items() if until <= now}

    def _end(self, holders: Collection[Holder]) -> None:
        with self._lock:
            is_changed = self._drop(holders)
        if is_changed:
            self._tell()

    def _drop(self, holders: Collection[Holder]) -> bool:
        gone = [who for who in holders if self._here.pop(who, None) is not None]
        for who in gone:
            self._replace(who, ())
        return bool(gone)

"""Guessing a PIN, slowed down: per device, doubling, never for good (R17)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

FREE = 5  # wrong guesses before the first wait
SHORTEST = 30.0  # seconds
LONGEST = 300.0  # seconds
MOST_KNOWN = 1000  # devices remembered; the oldest are forgotten first


class TooManyGuesses(Exception):
    """This device must wait before it may guess again."""

    def __init__(self, wait: float) -> None:
        """Remember how many seconds are left."""
        super().__init__("Too many tries. Wait {seconds} seconds, then try again.")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class _Guesses:
    wrong: int = 0
    until: float = 0.0  # monotonic seconds


class Locks:
    """Who has guessed wrongly, and until when they wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody waiting."""
        self._clock = clock
        self._lock = Lock()
        self._guesses: dict[str, _Guesses] = {}

    def try_once(self, device: str, is_right: Callable[[], bool]) -> bool:
        """Look at one guess, one at a time, and say whether it was right.

        Raises:
            TooManyGuesses: this device must wait; the guess was not looked at.
        """
        with self._lock:
            past = self._guesses.get(device, _Guesses())
            wait = past.until - self._clock()
            if wait > 0:
                raise TooManyGuesses(wait)
            right = is_right()
            self._guesses.pop(device, None)
            if not right:
                self._remember(device, past.wrong + 1)
            return right

    def wait(self, device: str) -> float:
        """Return the seconds this device must wait, 0 when it need not."""
        past = self._guesses.get(device, _Guesses())
        return max(0.0, past.until - self._clock())

    def _remember(self, device: str, wrong: int) -> None:
        late = max(0, wrong - FREE)
        wait = min(SHORTEST * 2 ** (late), LONGEST) if wrong >= FREE else 0.0
        self._guesses[device] = _Guesses(wrong, self._clock() + wait)
        while len(self._guesses) > MOST_KNOWN:
            self._guesses.pop(next(iter(self._guesses)))

"""Taking times: every work and its floor turn by turn, so that both see the same noise.

What another program does to one turn it does to its neighbour; medians leave out the
turns where it did so to one alone, and the least is what the work costs undisturbed.
"""

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import TypeAlias

Work: TypeAlias = Callable[[], float]
"""Does something once, and returns the seconds that count."""

WARM_UP = 3  # turns not counted


def timed(work: Callable[[], object]) -> Work:
    """Let all of a work count."""

    def taken() -> float:
        began = perf_counter()
        work()
        return perf_counter() - began

    return taken


def in_turn(turns: int, *works: Work) -> Sequence["Times"]:
    """Do all works, one after the other, so many times."""
    for _ in range(WARM_UP):
        for work in works:
            work()
    rounds = [[work() for work in works] for _ in range(turns)]
    return [Times(tuple(seconds)) for seconds in zip(*rounds, strict=True)]


class Times(tuple[float, ...]):
    """The seconds of one work, turn by turn."""

    __slots__ = ()

    @property
    def median(self) -> float:
        """The middle one, in seconds."""
        return median(self)

    @property
    def ms(self) -> float:
        """The middle one, in milliseconds."""
        return 1000 * self.median

    def at(self, share: float) -> float:
        """Return the seconds that this share of the turns does not exceed."""
        return sorted(self)[min(len(self) - 1, round(share * len(self)))]

    def since(self, moment: float) -> "Times":
        """Count each from a moment on."""
        return Times(seconds - moment for seconds in self)

    def __str__(self) -> str:
        """Say the middle and the least, in milliseconds."""
        return f"{self.ms:.2f} ms (min {1000 * min(self):.2f})"


def summed(*works: Times) -> Times:
    """Add works up, turn by turn."""
    return Times(tuple(sum(turn) for turn in zip(*works, strict=True)))


def ratio(work: Times, floor: Times) -> float:
    """Compare the medians."""
    return work.median / floor.median


def least_ratio(work: Times, floor: Times) -> str:
    """Compare the least, where nothing else disturbed either."""
    return f"of the least {min(work) / min(floor):.2f} x"

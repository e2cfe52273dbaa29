"""How long to leave a bucket in peace."""

import random
from dataclasses import dataclass

FIRST = 0.5  # seconds
CAP = 10.0  # seconds
JITTER = 0.2  # of the pause, added, so that many booths do not come at once


def pause(failures: int, cap: float = CAP) -> float:
    """Return the seconds to wait after so many failures in a row (1 or more)."""
    doubled = FIRST * 2 ** min(failures - 1, 20)
    jitter = JITTER * random.random()  # noqa: S311 - no secret
    return float(min(doubled, cap) * (1 + jitter))


@dataclass(slots=True)
class Backoff:
    """Failures in a row, and until when (unix seconds) to ask nothing."""

    failures: int = 0
    until: float = 0.0

    def is_over(self, now: float) -> bool:
        """Return whether to ask again; a clock that was set back does not wait."""
        return now >= self.until or now < self.until - CAP * (1 + JITTER)

    def fail(self, now: float) -> None:
        """Note one more failure."""
        self.failures += 1
        self.until = now + pause(self.failures)

    def end(self) -> None:
        """Note that it works."""
        self.failures = 0
        self.until = 0.0

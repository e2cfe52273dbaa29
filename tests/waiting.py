"""Waiting for what another thread or process does, which cannot tell us."""

import threading
import time
from collections.abc import Callable

PATIENCE = 45.0  # seconds; far above any figure, for a busy machine
LONG = 25.0  # seconds: five times the longest promise about a camera


def eventually(happened: Callable[[], bool], within: float = PATIENCE) -> float:
    """Wait until it has happened, and return the seconds that it took."""
    began = time.monotonic()
    never = threading.Event()
    while not happened():
        assert time.monotonic() - began < within, "it never happened"
        never.wait(0.01)
    return time.monotonic() - began

"""Waiting for what another process does, which cannot tell us when it is done."""

import time
from collections.abc import Callable
from threading import Event

PATIENCE = 45.0  # seconds; far above any figure, for a busy machine
_NEVER = Event()


def eventually(holds: Callable[[], bool], within: float = PATIENCE) -> None:
    """Return as soon as it holds; fail when it does not within so many seconds."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "it never happened"
        _NEVER.wait(0.05)

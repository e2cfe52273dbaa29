"""The night's jobs: threads started once, restarted when they fail, stopped in time."""

import logging
import time
from collections.abc import Sequence
from threading import Event, Thread
from typing import Protocol

log = logging.getLogger(__name__)

FIRST_RETRY, SLOWEST_RETRY = 1.0, 30.0  # seconds
HEALTHY = 60.0  # seconds a job ran, after which it starts again as at first
PATIENCE = 2.0  # seconds the kiosk waits for its jobs to end


class Job(Protocol):
    """Work that goes on behind the screens."""

    name: str

    def run(self, stop: Event) -> None:
        """Work until `stop` is set."""


class Workers:
    """The threads of one process."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        """Take the jobs; nothing runs yet."""
        self._stop = Event()
        self._threads = [
            Thread(target=self._keep_running, args=(job,), name=job.name, daemon=True)
            for job in jobs
        ]

    def start(self) -> None:
        """Start every job in a thread of its own."""
        for thread in self._threads:
            thread.start()

    def ask_to_stop(self) -> None:
        """Ask every job to end, and do not wait."""
        self._stop.set()

    def stop(self) -> None:
        """Ask every job to end, and wait a little.

        A job that is cut off in the middle of a library ends the process with a signal.
        """
        self.ask_to_stop()
        patience = time.monotonic() + PATIENCE
        for thread in self._threads:
            thread.join(max(0.0, patience - time.monotonic()))

    def _keep_running(self, job: Job) -> None:
        wait = FIRST_RETRY
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                job.run(self._stop)
            except Exception:  # whatever fails, the night goes on
                if time.monotonic() - began > HEALTHY:
                    wait = FIRST_RETRY
                log.exception("%s failed; it starts again in %.0f s", job.name, wait)
                self._stop.wait(wait)
                wait = min(2 * wait, SLOWEST_RETRY)
            else:
                return  # a warm-up ends; the others only when they are stopped

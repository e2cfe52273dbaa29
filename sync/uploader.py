"""The uploader makes the bucket agree with the outbox, for ever."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection

from sync import outbox
from sync.backoff import Backoff, pause
from sync.bucket import Bucket, BucketError, Unreachable, Unreadable
from sync.outbox import BUCKET, LONGEST_PAUSE, Wish

NO_STORE = "no-store"  # so that a removal is seen at once
OTHERS_FIRST = 1.0  # seconds
IDLE = 0.5  # seconds; other processes wish too, and cannot wake us

log = logging.getLogger(__name__)


class Uploader:
    """Carries out wishes; several threads may run the same one."""

    name = "uploader"

    def __init__(
        self,
        bucket: Callable[[], Bucket],
        transaction: Callable[[], AbstractContextManager[Connection]],
        root: Path,
        target: str = BUCKET,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Send from `root` to the bucket, opened when something is first due.

        `clock` gives unix seconds.
        """
        self._open = bucket
        self._bucket: Bucket | None = None
        self._transaction = transaction
        self._root = root
        self._target = target
        self._clock = clock
        self._backoff = Backoff()
        self._taken: set[str] = set()
        self._lock = threading.Lock()
        self._woken = threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Work until stopped; a wait ends within half a second of the stop."""
        while not stop.is_set():
            if not self.step():
                self._woken.wait(IDLE)
                self._woken.clear()

    def wake(self) -> None:
        """Tell of new wishes, so that they need not wait for the next look."""
        self._woken.set()

    def step(self) -> bool:
        """Try one wish; False when none is due or the bucket is left in peace."""
        wish = self._take()
        if wish is None:
            return False

        try:
            self._try(wish)
        finally:
            self._release(wish)
        return True

    def _take(self) -> Wish | None:
        with self._lock:
            if not self._may_ask():
                return None

            wish = self._first_due()
            if wish is not None:
                self._taken.add(wish.key)
            return wish

    def _release(self, wish: Wish) -> None:
        with self._lock:
            self._taken.discard(wish.key)

    def _may_ask(self) -> bool:
        # While the bucket is down one request at a time asks whether it is back.
        is_probing = self._backoff.failures > 0 and len(self._taken) > 0
        return not is_probing and self._backoff.is_over(self._clock())

    def _first_due(self) -> Wish | None:
        with self._transaction() as db:
            wishes = outbox.due(
                db, self._clock(), len(self._taken) + 1, target=self._target
            )
        return next((each for each in wishes if each.key not in self._taken), None)

    def _try(self, wish: Wish) -> None:
        try:
            self._carry_out(wish)
        except Unreadable as error:
            self._set_aside(wish, error)
        except BucketError as error:
            self._back_off(wish, error)
        else:
            self._settle(wish)

    def _carry_out(self, wish: Wish) -> None:
        bucket = self._opened()
        if wish.present:
            file = self._root / wish.file
            bucket.put(wish.key, file, wish.content_type, NO_STORE)
        else:
            bucket.remove(wish.key)

    def _opened(self) -> Bucket:
        if self._bucket is None:
            self._bucket = self._open()
        return self._bucket

    def _settle(self, wish: Wish) -> None:
        self._note_success()
        with self._transaction() as db:
            # False when a newer wish, a tombstone say, came during the request:
            # that one is still due, and the next step carries it out.
            outbox.settle(db, wish)

    def _note_success(self) -> None:
        with self._lock:
            was_down = self._backoff.failures > 0
            self._backoff.end()
        if was_down:
            log.info("Uploads go on.")

    def _back_off(self, wish: Wish, error: BucketError) -> None:
        with self._lock:
            self._backoff.fail(self._clock())
            is_first = self._backoff.failures == 1
        if is_first:
            log.warning("Uploads wait: %s", error)
        self._postpone(wish, self._wait_after(wish, error), error)

    def _wait_after(self, wish: Wish, error: BucketError) -> float:
        # Nothing is wrong with the wish when the whole bucket is down: the back-off
        # holds everything, and the wishes keep their order. A file that is refused
        # lets another ask first when the back-off ends.
        if isinstance(error, Unreachable):
            return 0.0
        left = self._backoff.until - self._clock()
        return max(pause(wish.tries + 1), left + OTHERS_FIRST)

    def _set_aside(self, wish: Wish, error: Unreadable) -> None:
        # Not settled: a promised page is missing, and somebody should hear of it.
        log.error("%s: %s", wish.file, error)
        self._postpone(wish, pause(wish.tries + 1, LONGEST_PAUSE / 2), error)

    def _postpone(self, wish: Wish, wait: float, error: BucketError) -> None:
        until = self._clock() + wait
        with self._transaction() as db:
            outbox.postpone(db, wish, until=until, problem=str(error))

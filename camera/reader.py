"""One camera read by one thread, for as long as it gives frames."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing
from typing import Protocol

import numpy as np

from camera.driver import (
    TEST_CARD,
    Camera,
    CameraError,
    Frame,
    name_of,
    open_first,
    plugged_in,
)
from camera.settings import Settings

log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0)  # seconds before opening again; the last one goes on
LOOK_AROUND = 2.0  # seconds between looks for a camera while the test card stands in
HISTORY = 300  # frames
WAITED = 0.95  # of a frame's interval: a read this long found nothing stored up
BEHIND = 4.0  # intervals: frames may have been stored up
SURE = 5  # long reads running that show that none are
STEADY = 0.98  # of a frame's interval: the least between one frame and the next
PAUSE = 1.0  # seconds: not a camera's pace, but a time when nobody read


class Reader:
    """A thread that opens a camera, reads it, and opens it again when it fails."""

    def __init__(self, settings: Settings, sink: "Sink") -> None:
        """Keep what to open, and whom to tell."""
        self._settings = settings
        self._sink = sink
        self._stop = threading.Event()
        self._failures = 0
        self._signs_of_life = 0
        self._seen = 0
        self._silent = 0
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)

    @property
    def settings(self) -> Settings:
        """What it opens: `auto` stays with the first camera it has found."""
        return self._settings

    @property
    def is_running(self) -> bool:
        """Whether the thread has not ended yet."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def leave(self) -> None:
        """Ask it to end; a hung one ends when its camera comes back."""
        self._stop.set()

    def join(self, wait: float) -> None:
        """Wait, at most this many seconds, for the thread to end."""
        self._thread.join(wait)

    def is_hung(self, beats: int) -> bool:
        """Say, asked once a beat, whether it has been silent for so many beats.

        Beats are counted instead of seconds: a computer that slept has no hung camera.
        """
        self._silent = self._silent + 1 if self._signs_of_life == self._seen else 0
        self._seen = self._signs_of_life
        return self._silent >= beats

    def _run(self) -> None:
        while not self._stop.is_set():
            problem = self._turn()
            self._sink.lost(self, problem)
            if problem:
                self._rest(PAUSES[min(self._failures, len(PAUSES) - 1)])
                self._failures += 1

    def _turn(self) -> str:
        try:
            self._open_and_read()
        except CameraError as error:
            log.warning("%s", error)
            return str(error)
        except Exception:  # a driver may be anyone's, and must not end the night
            log.exception("the camera's driver failed")
            return "The camera's driver failed."
        return ""

    def _open_and_read(self) -> None:
        self._signs_of_life += 1
        began = time.monotonic()
        chosen, camera = open_first(self._settings)
        with closing(camera):
            if self._stop.is_set():
                return
            log.info("The camera is open: %s.", name_of(chosen.source))
            self._sink.opened(self, chosen)
            self._read(camera, Freshness(began, 1 / chosen.rate), self._stay(chosen))

    def _stay(self, chosen: Settings) -> Callable[[], bool]:
        if chosen.source == TEST_CARD != self._settings.source:
            return _until_plugged_in()
        self._settings = chosen
        return lambda: True

    def _read(
        self, camera: Camera, freshness: "Freshness", stay: Callable[[], bool]
    ) -> None:
        while not self._stop.is_set() and stay():
            began = time.monotonic()
            frame = _checked(camera.read())
            self._signs_of_life += 1
            self._failures = 0
            taken = freshness.taken(frame, began=began, returned=time.monotonic())
            self._sink.arrived(self, frame, taken)

    def _rest(self, pause: float) -> None:
        self._stop.wait(pause)
        self._signs_of_life += 1


class Sink(Protocol):
    """Where a reader's news go."""

    def opened(self, reader: Reader, settings: Settings) -> None:
        """Hear which source was opened."""

    def arrived(self, reader: Reader, frame: Frame, taken: float) -> None:
        """Take a frame that is not older than `taken`, in monotonic seconds."""

    def lost(self, reader: Reader, problem: str) -> None:
        """Hear in a sentence why there are no frames."""


class Freshness:
    """Say for each frame since when it cannot be older.

    A camera that was not read for a while hands out what it has stored up, at once. A
    read that had to wait found nothing stored, so that frame came after the read
    began. A frame handed out without waiting came one interval after the one before
    it, however late it is read. A picture equal to the one before it, to the last
    bit, is that one again.
    """

    def __init__(self, opened: float, interval: float) -> None:
        """Begin when the camera was opened; `interval` seconds are expected."""
        self._since = opened
        self._interval = interval
        self._returned = opened
        self._waits = 0
        self._gaps: deque[float] = deque(maxlen=HISTORY)
        self._picture: Frame = np.empty((0, 0, 3), np.uint8)
        self._taken = opened

    def taken(self, frame: Frame, *, began: float, returned: float) -> float:
        """Return the moment, in monotonic seconds, that the frame is not older than."""
        if self._has_waited(began, returned):
            self._since = began
        else:
            self._since = min(self._since + STEADY * self._interval, self._returned)
        self._count(returned)
        if not _same(frame, self._picture):
            self._picture, self._taken = frame, self._since
        return self._taken

    def _has_waited(self, began: float, returned: float) -> bool:
        """Say whether a read found nothing stored; doubt it when much may be.

        A busy computer takes long over a stored frame too, but not many times running.
        """
        is_long = returned - began >= WAITED * self._interval
        self._waits = self._waits + 1 if is_long else 0
        is_behind = began - self._since > BEHIND * self._interval
        return is_long and (self._waits >= SURE or not is_behind)

    def _count(self, returned: float) -> None:
        gap, self._returned = returned - self._returned, returned
        if gap < PAUSE:
            self._gaps.append(gap)
        if len(self._gaps) >= 30:
            self._interval = sum(self._gaps) / len(self._gaps)


def _same(frame: Frame, other: Frame) -> bool:
    coarse = np.array_equal(frame[::16, ::16], other[::16, ::16])
    return coarse and np.array_equal(frame, other)


def _checked(frame: Frame) -> Frame:
    if frame.dtype != np.uint8 or frame.ndim != 3 or frame.shape[2] != 3:
        raise CameraError("The camera sends no pictures.")
    return frame


def _until_plugged_in() -> Callable[[], bool]:
    known = plugged_in()
    looked = time.monotonic()

    def stay() -> bool:
        nonlocal looked
        if time.monotonic() - looked < LOOK_AROUND:
            return True
        looked = time.monotonic()
        return plugged_in() == known

    return stay

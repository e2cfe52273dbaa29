"""The newest frames of the one camera, for whoever asks."""

import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from camera import dark, picture
from camera.driver import TEST_CARD, CameraError, Frame, name_of
from camera.fault import Fault, fault
from camera.merge import View
from camera.reader import Reader
from camera.settings import Settings

RING = 6  # frames kept while a still is coming; one of 1080p is 6 MB
LONGEST_POSE = 15.0  # seconds from half-pressed to the still
BURST = 3  # frames to choose the sharpest from
BURST_TIME = 0.15  # seconds to wait for the second and third of them
RECENT = 0.25  # seconds before it is asked for that a still may have been taken
LIVE = 2.0  # seconds
BEAT = 0.5  # seconds between looks at the reader
LONGEST_SILENCE = 8  # beats before a read or an opening counts as hung
MOST_HUNG = 3  # readers left behind in their camera's library at a time
COUNTED = 2.0  # seconds over which the rate is measured


class CameraLost(CameraError):
    """There is no fresh frame, and none came in time."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame, its number since the start, and a moment that it is not older than.

    One that came while a guest posed has been looked at; a still says what is wrong.
    """

    number: int
    taken: float
    frame: Frame
    view: View | None = None
    fault: Fault | None = None

    @property
    def seen(self) -> View:
        """The frame seen small."""
        return self.view or View.of(self.frame)


@dataclass(frozen=True, slots=True)
class Health:
    """How the camera does: sizes in pixels, as turned; rate in frames a second."""

    is_live: bool
    is_test_card: bool
    name: str
    width: int
    height: int
    rate: float
    problem: str


class Feed:
    """The camera, read by one supervised thread, and its newest frames."""

    def __init__(self, settings: Settings) -> None:
        """Keep which camera to read; nothing is opened yet."""
        self._settings = settings
        self._opened = settings
        self._news = threading.Condition()
        self._ring: deque[Shot] = deque(maxlen=RING)
        self._posing_until = 0.0  # monotonic seconds
        self._arrivals: deque[float] = deque(maxlen=512)
        self._number = 0
        self._problem = "The camera is starting."
        self._encoding = threading.Lock()
        self._preview = (0, b"")
        self._stop = threading.Event()
        self._left: list[Reader] = []
        self._reader = Reader(settings, self)
        self._watcher = threading.Thread()

    def start(self) -> None:
        """Begin to read the camera, for as long as it takes."""
        self._stop.clear()
        self._begin(self._settings)
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Let go of the camera within a second, unless its library hangs."""
        self._stop.set()
        self._reader.leave()
        with self._news:
            self._news.notify_all()
        self._watcher.join(0.4)
        self._reader.join(0.4)
        with self._news:
            self._forget()

    def half_press(self) -> None:
        """Keep the newest frames from now on: a still is coming."""
        self._posing_until = time.monotonic() + LONGEST_POSE

    def still(self, *, after: float, wait: float = 2.0) -> Shot:
        """Return the sharpest of the newest frames, all taken after `after`.

        In the dark it is made of all of them. Times are monotonic seconds. What is
        older than a quarter of a second is left out too.

        Raises:
            CameraLost: no such frame came within `wait` seconds.
        """
        self.half_press()
        since = max(after, time.monotonic() - RECENT)
        with self._news:
            self._wait_for(1, since, wait)
            self._wait_for(BURST, since, BURST_TIME)
            shots = self._since(since)
        if not shots:
            raise CameraLost(self._trouble() or "The camera does not answer.")
        developed = self._developed(shots)
        shot = developed or _sharpest(shots[-BURST:])
        frame = self._turned(shot.frame)
        raw = self._turned(shots[-1].frame) if developed else None
        return replace(shot, frame=frame, fault=fault(frame, raw))

    def preview(self, *, after: int = 0, wait: float = 1.0) -> tuple[int, bytes]:
        """Return the next frame's number, above `after`, and its small JPEG.

        Encoded once for all who look, and only when somebody does.

        Raises:
            CameraLost: no such frame came within `wait` seconds.
        """
        shot = self._next(after, wait)
        with self._encoding:
            if self._preview[0] < shot.number:
                jpeg = picture.preview(shot.frame, self._settings.turn)
                self._preview = (shot.number, jpeg)
            return self._preview

    @property
    def health(self) -> Health:
        """How the camera does at this moment."""
        with self._news:
            shot = self._ring[-1] if self._ring else None
            source = self._opened.source
        height, width = (
            picture.size(shot.frame, self._settings.turn) if shot else (0, 0)
        )
        return Health(
            is_live=bool(shot and time.monotonic() - shot.taken < LIVE),
            is_test_card=source == TEST_CARD,
            name="" if source == "auto" else name_of(source),
            width=width,
            height=height,
            rate=self._rate(),
            problem=self._trouble(),
        )

    def opened(self, reader: Reader, settings: Settings) -> None:
        """Hear from the reader which source was opened."""
        with self._news:
            if reader is self._reader:
                self._opened = settings

    def arrived(self, reader: Reader, frame: Frame, taken: float) -> None:
        """Take the reader's next frame, and look at it before the shutter has to."""
        is_posing = time.monotonic() < self._posing_until
        view = View.of(frame) if is_posing else None
        with self._news:
            if reader is not self._reader or self._stop.is_set():
                return
            self._number += 1
            if not is_posing:
                self._ring.clear()
            self._ring.append(Shot(self._number, taken, frame, view))
            self._arrivals.append(time.monotonic())
            self._problem = ""
            self._news.notify_all()

    def lost(self, reader: Reader, problem: str) -> None:
        """Hear from the reader why there are no frames, and forget the old ones."""
        with self._news:
            if reader is self._reader:
                self._problem = problem
                self._forget()

    def _begin(self, settings: Settings) -> None:
        with self._news:
            self._reader = Reader(settings, self)
        self._reader.start()

    def _watch(self) -> None:
        while not self._stop.wait(BEAT):
            self._left = [reader for reader in self._left if reader.is_running]
            if self._reader.is_hung(LONGEST_SILENCE) and len(self._left) < MOST_HUNG:
                self._leave_behind(self._reader)

    def _leave_behind(self, reader: Reader) -> None:
        self.lost(reader, "The camera does not answer.")
        reader.leave()
        self._left.append(reader)
        self._begin(reader.settings)

    def _wait_for(self, count: int, since: float, wait: float) -> None:
        self._news.wait_for(
            lambda: self._stop.is_set() or len(self._since(since)) >= count, wait
        )

    def _since(self, moment: float) -> list[Shot]:
        return [shot for shot in self._ring if shot.taken > moment]

    def _next(self, after: int, wait: float) -> Shot:
        with self._news:
            self._news.wait_for(
                lambda: self._stop.is_set() or (self._ring and self._number > after),
                wait,
            )
            if self._ring and self._number > after:
                return self._ring[-1]
        raise CameraLost(self._trouble() or "The camera does not answer.")

    def _forget(self) -> None:
        self._ring.clear()
        self._preview = (0, b"")

    def _developed(self, shots: Sequence[Shot]) -> Shot | None:
        """Make one shot of all, as old as the oldest, unless there is light enough."""
        frames = [shot.frame for shot in shots]
        is_alike = len({frame.shape for frame in frames}) == 1
        if not (self._settings.merge_in_the_dark and is_alike and dark.is_dark(frames)):
            return None
        photo = dark.developed(frames, [shot.seen for shot in shots])
        return replace(shots[-1], taken=shots[0].taken, frame=photo)

    def _turned(self, frame: Frame) -> Frame:
        return picture.turned(frame, self._settings.turn)

    def _rate(self) -> float:
        since = time.monotonic() - COUNTED
        with self._news:
            return sum(moment > since for moment in self._arrivals) / COUNTED

    def _trouble(self) -> str:
        """Say what is wrong, in a sentence; empty when all is well."""
        with self._news:
            if not self._ring:
                return self._problem
            shot, heard = self._ring[-1], self._arrivals[-1]
        if time.monotonic() - heard > LIVE:
            return "The camera does not answer."
        if picture.is_black(shot.frame):
            return "The camera sees only black."
        if time.monotonic() - shot.taken > LIVE:
            return "The camera shows the same picture again and again."
        return ""


def _sharpest(shots: Sequence[Shot]) -> Shot:
    return max(shots, key=lambda shot: shot.seen.sharpness)

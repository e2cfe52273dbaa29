"""Cameras that OpenCV opens: USB, a device or file, a network address."""

import time
from pathlib import Path
from typing import cast

import cv2
from cv2.typing import MatLike

from camera.driver import CameraError, Frame
from camera.settings import Settings

OPEN_TIMEOUT = 2000  # milliseconds; FFMPEG only
READ_TIMEOUT = 1500  # milliseconds; FFMPEG only

SLOW = 1.0  # seconds: a read that failed after this was waiting for a silent camera

# One frame is too little work to share out, and idle workers spin.
cv2.setNumThreads(1)
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)


class OpenCVCamera:
    """A camera read by OpenCV."""

    def __init__(self, settings: Settings) -> None:
        """Open it; raise CameraError when it does not open."""
        self._source = settings.source
        self._is_file = Path(settings.source).is_file()
        self._pause = 1 / settings.rate if self._is_file else 0.0
        self._due = time.monotonic()
        self._capture = _capture(settings)
        if not self._capture.isOpened():
            self.close()
            raise CameraError("The camera is unplugged.")

    def read(self) -> Frame:
        """Wait for the next frame; raise CameraError when none comes."""
        self._keep_pace()
        began = time.monotonic()
        arrived, frame = self._capture.read()
        if not arrived and self._is_file:
            arrived, frame = self._from_the_top()
        if not arrived and time.monotonic() - began > SLOW:
            raise CameraError("The camera does not answer.")
        if not arrived:
            raise CameraError("The camera is unplugged.")
        return cast(Frame, frame)

    def close(self) -> None:
        """Let go of the device."""
        self._capture.release()

    def _from_the_top(self) -> tuple[bool, MatLike]:
        self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
        return self._capture.read()

    def _keep_pace(self) -> None:
        self._due = max(self._due + self._pause, time.monotonic())
        time.sleep(max(0.0, self._due - time.monotonic()))


def _capture(settings: Settings) -> cv2.VideoCapture:
    if settings.source.isdigit():
        return _device(int(settings.source), settings)
    if settings.source.startswith("/dev/video"):
        return _device(int(settings.source.removeprefix("/dev/video")), settings)
    return cv2.VideoCapture(settings.source, cv2.CAP_FFMPEG, _FFMPEG)


def _device(number: int, settings: Settings) -> cv2.VideoCapture:
    capture = cv2.VideoCapture(number)
    # Compressed first: raw 1080p does not fit USB 2 at more than 5 frames a second.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.height)
    capture.set(cv2.CAP_PROP_FPS, settings.rate)
    return capture


# More than one decoder thread holds each frame back by one frame a thread.
_FFMPEG = [
    cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
    OPEN_TIMEOUT,
    cv2.CAP_PROP_READ_TIMEOUT_MSEC,
    READ_TIMEOUT,
    cv2.CAP_PROP_N_THREADS,
    1,
]

"""What is done with a frame: turn it, judge it, show it small."""

from typing import cast

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

from camera.driver import Frame

PREVIEW = 640  # pixels, the longer edge
QUALITY = 70
DARK = 24  # of 255: nothing in the picture is brighter

TURNS = {
    90: cv2.ROTATE_90_CLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_COUNTERCLOCKWISE,
}


def turned(frame: Frame, degrees: int) -> Frame:
    """Turn a frame clockwise by 0, 90, 180 or 270 degrees."""
    if not degrees:
        return frame
    return cast(Frame, cv2.rotate(frame, TURNS[degrees]))


def size(frame: Frame, degrees: int) -> tuple[int, int]:
    """Tell the height and width, in pixels, of a frame once it is turned."""
    height, width = frame.shape[:2]
    return (height, width) if degrees in {0, 180} else (width, height)


def sharpness(frame: Frame) -> float:
    """Measure how sharp a frame is, to compare it with its neighbours.

    Seen small: at full size the sensor's noise counts for more than the picture.
    """
    _, deviation = cv2.meanStdDev(cv2.Laplacian(grey(frame), cv2.CV_16S))
    return float(deviation[0, 0] ** 2)


def grey(frame: Frame) -> NDArray[np.uint8]:
    """Return a frame as it is judged: grey, its longer edge 640 pixels."""
    return cast(NDArray[np.uint8], cv2.cvtColor(small(frame), cv2.COLOR_BGR2GRAY))


def small(frame: Frame) -> Frame:
    """Resize a frame so that its longer edge is 640 pixels."""
    fitting = _fitting(frame)
    # By halves first: a third of the time of one step with the same look.
    while frame.shape[1] >= 2 * fitting[0]:
        half = (frame.shape[1] // 2, frame.shape[0] // 2)
        frame = cast(Frame, cv2.resize(frame, half, interpolation=cv2.INTER_AREA))
    return cast(Frame, cv2.resize(frame, fitting, interpolation=cv2.INTER_LINEAR))


def preview(frame: Frame, degrees: int) -> bytes:
    """Encode a frame as a JPEG whose longer edge is 640 pixels."""
    small = cv2.resize(frame, _fitting(frame), interpolation=cv2.INTER_LINEAR)
    jpeg: bytes = simplejpeg.encode_jpeg(
        turned(cast(Frame, small), degrees), QUALITY, "BGR", "420", fastdct=True
    )
    return jpeg


def is_black(frame: Frame) -> bool:
    """Say whether there is nothing to be seen."""
    return bool(frame[::16, ::16].max() < DARK)


def _fitting(frame: Frame) -> tuple[int, int]:
    height, width = frame.shape[:2]
    scale = PREVIEW / max(height, width)
    return max(1, round(width * scale)), max(1, round(height * scale))

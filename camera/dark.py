"""A photo in the dark: what is done to it, and when there is light enough."""

from collections.abc import Sequence

from camera import noise, tone
from camera.driver import Frame
from camera.merge import View, merged

NOISY = 3.5  # of 255, a standard deviation; a webcam in a lit room has 1 to 2
CLEAR = 0.85  # of the sharpest: what is less sharp would blur it


def is_dark(frames: Sequence[Frame]) -> bool:
    """Say whether the last of some frames running are noisy, or dim."""
    return is_noisy(frames) or tone.is_dim(frames[-1])


def is_noisy(frames: Sequence[Frame]) -> bool:
    """Say whether the last two frames hold more noise than a good photo may."""
    return len(frames) > 1 and noise.amount(frames[-2], frames[-1]) > NOISY


def developed(frames: Sequence[Frame], views: Sequence[View] = ()) -> Frame:
    """Make the photo of frames running, in the place and moment of the sharpest.

    Views of them that are there already need not be made.
    """
    return tone.toned(cleaned(frames, views))


def cleaned(frames: Sequence[Frame], views: Sequence[View] = ()) -> Frame:
    """Return the sharpest of frames running; if there is much noise, without it."""
    views = views or [View.of(frame) for frame in frames]
    best = max(views, key=lambda view: view.sharpness)
    if not is_noisy(frames):
        return best.frame

    clear = (view for view in views if view.sharpness >= CLEAR * best.sharpness)
    return merged(best, [view for view in clear if view is not best])

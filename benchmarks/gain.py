"""How much nearer to the truth a photo in the dark is than the sharpest single frame.

A photo is compared with what that frame would be without noise, so place and light are
the same. A ghost is the share of what another frame shows elsewhere that a photo shows
too: a plain mean of six has about 0.7 of it, and even one frame seems to have up to
0.05, since noise in black is cut off at 0. So it is told beyond that of the frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmarks.darkness import Mask, Scene, Sensor
from camera import dark, picture
from camera.driver import Frame

Difference: TypeAlias = NDArray[np.float32]

DIFFERS = 24  # of 255: less is no ghost that anyone sees


@dataclass(frozen=True, slots=True)
class Gain:
    """A scene's: in dB, of the whole and at moving edges; the ghost as a share."""

    scene: str
    whole: float
    edges: float
    ghost: float


def gain(scene: Scene, sensor: Sensor) -> Gain:
    """Take a scene, make a photo of it, and compare."""
    frames = [sensor.frame(frame) for frame in scene.frames]
    best = sharpest(frames)
    truth, one, photo = scene.frames[best], frames[best], dark.cleaned(frames)
    whole = np.ones(truth.shape[:2], bool)
    return Gain(
        scene.name,
        _gained(truth, one, photo, whole),
        _gained(truth, one, photo, scene.edges[best] if scene.edges else whole),
        _ghost(photo, scene.frames, best) - _ghost(one, scene.frames, best),
    )


def sharpest(frames: Sequence[Frame]) -> int:
    """Tell which frame a photo without the merge would be."""
    return int(np.argmax([picture.sharpness(picture.small(each)) for each in frames]))


def _gained(truth: Frame, one: Frame, photo: Frame, where: Mask) -> float:
    before, after = (_error(truth[where], each[where]) for each in (one, photo))
    return 10 * float(np.log10(before / after))


def _error(truth: Frame, seen: Frame) -> float:
    return float(np.square(seen.astype(np.float32) - truth).mean())


def _ghost(photo: Frame, truths: Sequence[Frame], best: int) -> float:
    error = photo.astype(np.float32) - truths[best]
    others = (truth for number, truth in enumerate(truths) if number != best)
    return max(
        _share(error, other.astype(np.float32) - truths[best]) for other in others
    )


def _share(error: Difference, other: Difference) -> float:
    """Tell how much of another picture's difference is in an error."""
    there = np.abs(other).max(axis=2) > DIFFERS
    if not there.any():
        return 0.0
    return float((error[there] * other[there]).sum() / np.square(other[there]).sum())

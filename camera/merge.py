"""The newest frames laid over each other: noise differs among them, the picture not.

What differs by more than noise has moved, or the light on it has changed. There the
best frame counts alone, so nobody gets a second head; its noise is calmed instead,
between neighbours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from camera import noise, picture
from camera.align import Anchor, laid
from camera.driver import Frame
from camera.layer import Layer
from camera.noise import Curve

Mask: TypeAlias = NDArray[np.uint8]
"""One channel of a small picture's size: 255 where a frame agrees, else 0."""

ROWS = 64  # laid at a time: a strip of two frames fits the processor's cache
SURE = 3.5  # standard deviations: what differs by more has moved
LEAST = 0.7  # of 255, of a difference: the small pictures hold whole numbers
MOST = 0.25  # of a pixel's noise: small pictures cannot hold more of it
BLUR = (5, 5)  # pixels of the small picture, to see through the noise
SPREAD = 12  # pixels of it that noise does not reach once it is blurred
ASKEW = 0.08  # of the contrast to the next pixel: alignment is as good as that
NEIGHBOURS = np.ones((3, 3), np.uint8)
BETWEEN = np.ones((15, 15), np.uint8)  # pixels of it between what differs
GROWN = np.ones((7, 7), np.uint8)  # pixels of it around what differs
LIFT = 0.5  # of its noise, by which black is too bright
CALMED = 1.15  # of the noise where one frame counts alone


@dataclass(frozen=True, slots=True)
class View:
    """A frame, itself seen small, and how sharp it is so."""

    frame: Frame
    small: Frame
    sharpness: float

    @classmethod
    def of(cls, frame: Frame) -> Self:
        """Look at a frame."""
        small = picture.small(frame)
        return cls(frame, small, picture.sharpness(small))


def merged(best: View, others: Sequence[View]) -> Frame:
    """Take the noise from a frame with the help of others, all of one camera."""
    if not others:
        return best.frame

    layers, smalls = zip(*_laid(best, others), strict=True)
    pixels = noise.curve(*layers[-1].beside(best.frame), step=16)
    base = _blurred(best.small)
    limits = _limits(base, smalls[-1], pixels)
    masks = [_agreeing(base, small, limits) for small in smalls]
    pile = _piled(best.frame, layers, masks)
    return _blackened(_calmed(pile, _left(base, pixels, masks)), pixels)


def _laid(best: View, others: Sequence[View]) -> Iterator[tuple[Layer, Frame]]:
    """Lay the others on the best, at full size and small."""
    anchor = Anchor(best.small)
    halves = 2 * best.frame.shape[1] / best.small.shape[1]
    for other in others:
        shift = anchor.shift_of(other.small)
        layer = Layer(other.frame, round(halves * shift.x), round(halves * shift.y))
        yield layer, _blurred(laid(other.small, shift))


def _blurred(small: Frame) -> Frame:
    return cast(Frame, cv2.GaussianBlur(small, BLUR, 0))


def _limits(base: Frame, near: Frame, pixels: Curve) -> Frame:
    """Return by how much each small pixel may differ and not have moved.

    That is for noise, and for what is left of the camera's own way.
    """
    seen = np.sqrt(2) * noise.curve(base, near, step=2, apart=SPREAD)
    curve = SURE * np.clip(seen, LEAST, np.maximum(LEAST, MOST * pixels))
    limits = cv2.LUT(base, np.rint(curve).clip(0, 255).astype(np.uint8))
    contrast = cv2.morphologyEx(base, cv2.MORPH_GRADIENT, NEIGHBOURS)
    return cast(Frame, cv2.addWeighted(limits, 1, contrast, ASKEW, 0))


def _agreeing(base: Frame, small: Frame, limits: Frame) -> Mask:
    beyond = cv2.subtract(cv2.absdiff(small, base), limits)
    blue, green, red = cv2.split(beyond)
    most = cv2.max(cv2.max(blue, green), red)
    _, differs = cv2.threshold(most, 0, 255, cv2.THRESH_BINARY)
    # Single pixels are noise's rare peaks; what lies between moving parts moves too.
    whole = cv2.morphologyEx(cv2.medianBlur(differs, 3), cv2.MORPH_CLOSE, BETWEEN)
    return cast(Mask, cv2.bitwise_not(cv2.dilate(whole, GROWN)))


def _piled(frame: Frame, layers: Sequence[Layer], masks: Sequence[Mask]) -> Frame:
    """Take the mean of all frames, each where it agrees, strip by strip."""
    pile, size = frame.copy(), frame.shape[1::-1]
    wide = [_wide(mask, size) for mask in masks]
    for top in range(0, frame.shape[0], ROWS):
        rows = range(top, min(top + ROWS, frame.shape[0]))
        for number, (layer, mask) in enumerate(zip(layers, wide, strict=True), 2):
            layer.mix(pile, rows, 1 / number, mask)
    return pile


def _wide(mask: Mask, size: Sequence[int]) -> Mask:
    return cast(Mask, cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST))


def _left(base: Frame, pixels: Curve, masks: Sequence[Mask]) -> Frame:
    """Return how much noise is to be calmed: least where all frames counted."""
    count = len(masks) + 1
    agreeing = np.stack(masks).astype(bool).sum(axis=0, dtype=np.float32)
    share = ((count - agreeing) ** 2 + agreeing) / count**2
    level = cv2.LUT(base, CALMED * pixels)
    return cast(Frame, cv2.convertScaleAbs(level * share[:, :, None]))


def _calmed(pile: Frame, left: Frame) -> Frame:
    """Draw each pixel towards its neighbours' mean, by no more than its noise."""
    size = pile.shape[1::-1]
    half = cv2.resize(pile, (size[0] // 2, size[1] // 2), interpolation=cv2.INTER_AREA)
    around = cv2.resize(half, size, interpolation=cv2.INTER_LINEAR)
    most = cv2.resize(left, size, interpolation=cv2.INTER_LINEAR)
    # In place: new memory of this size costs as much as the sum.
    lowest = cv2.subtract(pile, most)
    highest = cv2.add(pile, most, dst=most)
    cv2.max(lowest, around, dst=around)
    return cast(Frame, cv2.min(around, highest, dst=around))


def _blackened(photo: Frame, pixels: Curve) -> Frame:
    """Lower what noise has lifted: below black it was cut off, so its mean is not 0."""
    level, lift = np.arange(256), LIFT * float(pixels[0])
    lifted = lift * np.clip(1 - level / max(1.0, 3 * lift), 0, 1)
    lower = np.rint(level - lifted).clip(0, 255).astype(np.uint8)
    return cast(Frame, cv2.LUT(photo, lower, dst=photo))

"""A frame that has moved, laid back upon another to half a pixel."""

from dataclasses import dataclass
from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from camera.driver import Frame


@dataclass(frozen=True, slots=True)
class Layer:
    """A frame, and how far its points have moved, in half pixels."""

    frame: Frame
    right: int
    down: int

    def mix(
        self, pile: Frame, rows: range, share: float, where: NDArray[np.uint8]
    ) -> None:
        """Mix this share of it into some rows of a pile, where a mask is not 0."""
        x, y = _Way(*divmod(self.right, 2)), _Way(*divmod(self.down, 2))
        place = y.covered(rows, pile.shape[0]), x.covered(range(pile.shape[1]))
        if _is_empty(*place):
            return

        part = self.frame[y.source(place[0]), x.source(place[1])]
        mixed = cv2.addWeighted(pile[place], 1 - share, _midway(part, x, y), share, 0)
        cv2.copyTo(mixed, where[place], pile[place])

    def beside(self, frame: Frame) -> tuple[Frame, Frame]:
        """Return what shows the same in a frame and in this one, to a whole pixel."""
        x, y = _Way(self.right // 2, 0), _Way(self.down // 2, 0)
        height, width = frame.shape[:2]
        place = y.covered(range(height)), x.covered(range(width))
        return frame[place], self.frame[y.source(place[0]), x.source(place[1])]


class _Way(NamedTuple):
    """A way along one edge: whole pixels, and a half one more or none."""

    whole: int
    half: int

    def covered(self, wanted: range, length: int = 0) -> slice:
        """Tell which of the wanted pixels the moved frame covers."""
        end = (length or wanted.stop) - self.whole - self.half
        return slice(max(wanted.start, -self.whole), min(wanted.stop, end))

    def source(self, place: slice) -> slice:
        """Tell which of its own pixels these are made of."""
        return slice(place.start + self.whole, place.stop + self.whole + self.half)


def _midway(part: Frame, x: _Way, y: _Way) -> Frame:
    """Halve what half pixels share."""
    if x.half:
        part = _mean(part[:, :-1], part[:, 1:])
    if y.half:
        part = _mean(part[:-1], part[1:])
    return part


def _mean(one: Frame, other: Frame) -> Frame:
    return cast(Frame, cv2.addWeighted(one, 0.5, other, 0.5, 0))


def _is_empty(*place: slice) -> bool:
    return any(each.start >= each.stop for each in place)

"""How far a camera has moved between two frames, whatever else moves in them."""

from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from camera.driver import Frame

Grey: TypeAlias = NDArray[np.float32]
P = TypeVar("P", Frame, Grey)

HALVED = (
    2  # slopes are soft: at half the size they say as much, in a quarter of the time
)
TILE = 20  # grey pixels
ROUNDS = 3
SETTLED = 0.02  # grey pixels
TOGETHER = 0.25  # grey pixels: tiles that move alike are the camera's doing
SLIGHT = 0.06  # pixels
FARTHEST = 4.0  # grey pixels; beyond, the answer is not trusted
FAINT = 0.05  # keeps a picture of nothing from being divided by nothing


@dataclass(frozen=True, slots=True)
class Shift:
    """Where a point of the anchor lies in another picture: pixels right and down."""

    x: float = 0.0
    y: float = 0.0

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The shift as OpenCV's warps take it."""
        return np.array([[1, 0, self.x], [0, 1, self.y]])

    @property
    def is_slight(self) -> bool:
        """Whether it is less than can be seen, or measured in the dark."""
        return max(abs(self.x), abs(self.y)) < SLIGHT

    def plus(self, x: float, y: float) -> "Shift":
        """Go further."""
        return Shift(self.x + x, self.y + y)

    def times(self, scale: float) -> "Shift":
        """Tell it in other pixels."""
        return Shift(self.x * scale, self.y * scale)


class Anchor:
    """A small picture that others are laid upon.

    Each tile says how far it has moved, from its slopes (Lucas and Kanade 1981); those
    that agree with the middle one decide, so a head that moves does not.
    """

    def __init__(self, small: Frame) -> None:
        """Keep its slopes."""
        self._grey = _grey(small)
        height, width = self._grey.shape
        self._tiles = (max(1, width // TILE), max(1, height // TILE))
        self._across = cv2.Sobel(self._grey, cv2.CV_32F, 1, 0, scale=1 / 8)
        self._down = cv2.Sobel(self._grey, cv2.CV_32F, 0, 1, scale=1 / 8)
        self._xx = self._in_tiles(self._across, self._across) + FAINT
        self._yy = self._in_tiles(self._down, self._down) + FAINT
        self._xy = self._in_tiles(self._across, self._down)

    def shift_of(self, small: Frame) -> Shift:
        """Find where this picture's points lie in another of its size."""
        grey, shift = _grey(small), Shift()
        for _ in range(ROUNDS):
            x, y = self._step(_moved(grey, shift) if shift != Shift() else grey)
            shift = shift.plus(x, y)
            if max(abs(x), abs(y)) < SETTLED:
                break
        is_near = max(abs(shift.x), abs(shift.y)) < FARTHEST
        return shift.times(HALVED) if is_near else Shift()

    def _step(self, grey: Grey) -> tuple[float, float]:
        change = cv2.subtract(grey, self._grey)
        x = self._in_tiles(self._across, change)
        y = self._in_tiles(self._down, change)
        scale = self._xx * self._yy - self._xy**2
        right = (self._xy * y - self._yy * x) / scale
        down = (self._xy * x - self._xx * y) / scale
        off_x = right - _middle(right, self._xx)
        off_y = down - _middle(down, self._yy)
        alike = off_x**2 + off_y**2 < TOGETHER**2
        return self._together(alike, x, y)

    def _together(
        self, alike: NDArray[np.bool_], x: Grey, y: Grey
    ) -> tuple[float, float]:
        xx, xy, yy, x_all, y_all = (
            float(each[alike].sum()) for each in (self._xx, self._xy, self._yy, x, y)
        )
        scale = xx * yy - xy**2
        if scale <= 0:
            return 0.0, 0.0
        return (xy * y_all - yy * x_all) / scale, (xy * x_all - xx * y_all) / scale

    def _in_tiles(self, one: MatLike, other: MatLike) -> Grey:
        product = cv2.multiply(one, other)
        return cast(
            Grey, cv2.resize(product, self._tiles, interpolation=cv2.INTER_AREA)
        )


def laid(picture: P, shift: Shift) -> P:
    """Lay a picture upon its anchor; a camera on a stand has laid it already."""
    return picture if shift.is_slight else _moved(picture, shift)


def _moved(picture: P, shift: Shift) -> P:
    return cast(
        P,
        cv2.warpAffine(
            picture,
            shift.matrix,
            picture.shape[1::-1],
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        ),
    )


def _grey(small: Frame) -> Grey:
    height, width = small.shape[:2]
    size = max(1, width // HALVED), max(1, height // HALVED)
    half = cv2.resize(small, size, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(half, cv2.COLOR_BGR2GRAY)
    return cv2.GaussianBlur(grey, (5, 5), 0).astype(np.float32)


def _middle(values: NDArray[np.floating], weights: Grey) -> float:
    """Return the weighted median."""
    order = np.argsort(values, axis=None)
    sums = np.cumsum(weights.ravel()[order])
    return float(values.ravel()[order][np.searchsorted(sums, sums[-1] / 2)])

"""What is wrong with a picture, so that a guest hears of it before choosing."""

from enum import StrEnum
from typing import TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from camera import picture
from camera.driver import Frame

Energies: TypeAlias = NDArray[np.float32]
"""One value a tile: the mean square of differences, in grey levels squared."""

DARK = 24  # grey levels of 255: half a percent of the light that makes white
FACE = 0.02  # of the middle; what lights up less of it is a lamp's reflection
TILE = 40  # pixels of the small picture
REACH = 6  # pixels of the small picture: 18 at 1080p
EDGE = 8.0  # grey levels squared; a tile with less holds no edge to judge by
SHARPEST = 4  # the tiles that are judged by, in each direction; fewer say nothing
FLATTEST = 10  # percent of the tiles: they hold the sensor's noise and little else
BLURRED = 0.48  # of a step edge's steepness


class Fault(StrEnum):
    """Why a guest may want to take a photo again."""

    BLACK = "black"
    BLURRED = "blurred"


def fault(frame: Frame, raw: Frame | None = None) -> Fault | None:
    """Judge the middle of a frame, where guests stand; None when it will do.

    Where the frame was lifted from the dark, `raw` is one as the camera sent it.

    Black: less of it than a face is brighter than 24 of 255. A webcam at its longest
    exposure has about one electron a pixel there, against a read noise of three:
    however it is lifted, nobody is to be seen.

    Blurred: across or down, even the steepest edges are worn off. Steepness compares
    the step to the next pixel with the one over the whole reach, so contrast does
    not matter, and noise, as the flattest tiles have it, is taken off first. The
    sharpest tiles count, not the mean: a sharp face may stand before a soft hall.

    Measured at 1080p on 22 views of 9 photographs: as they are, pressed to JPEG
    quality 50, with the noise of 5, 10 and 20 lux, and soft by 1.5 pixels, noisy or
    not, all have 0.51 and more (176 pictures, none told). The ten portraits moved
    by 12 pixels across or down have at most 0.45, soft by 4 at most 0.38. At 5 lux,
    two of ten moved by 16 are let pass, and so are views all of lines, such as tiles.
    """
    middle = _middle(picture.grey(frame))
    as_sent = middle if raw is None else _middle(picture.grey(raw))
    if np.count_nonzero(as_sent > DARK) < FACE * as_sent.size:
        return Fault.BLACK
    if max(frame.shape) < picture.PREVIEW:
        return None  # a camera of so few pixels has no edges to judge
    return Fault.BLURRED if _steepness(middle) < BLURRED else None


def _middle(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = grey.shape
    return grey[height // 8 : -(height // 12), width // 5 : -(width // 5)]


def _steepness(grey: NDArray[np.uint8]) -> float:
    """Tell how steep the sharpest edges are: 1 for a step, less when it is worn off.

    The lesser of both directions, since a hand moves along one. No edges at all are
    no reason to complain: infinite.
    """
    ways = [_energies(grey), _energies(np.ascontiguousarray(grey.T))]
    noise = min(float(np.percentile(near, FLATTEST)) for near, _ in ways)
    return min(_steepest(near - noise, far - noise, noise) for near, far in ways)


def _energies(grey: NDArray[np.uint8]) -> tuple[Energies, Energies]:
    """Square the steps to the next pixel, and over the whole reach, tile by tile."""
    smooth = cv2.blur(grey.astype(np.float32), (1, 3))  # across: only noise is lost
    left = smooth[:, :-REACH]
    return _by_tile(smooth[:, 1 : 1 - REACH] - left), _by_tile(smooth[:, REACH:] - left)


def _by_tile(steps: NDArray[np.float32]) -> Energies:
    height, width = steps.shape
    tiles = max(1, width // TILE), max(1, height // TILE)
    squares = cv2.resize(steps * steps, tiles, interpolation=cv2.INTER_AREA)
    return cast(Energies, squares)


def _steepest(near: Energies, far: Energies, noise: float) -> float:
    """Compare both energies: equal, step for step, where an edge is one pixel wide."""
    has_edge = far > REACH * max(EDGE, 2 * noise)
    found = np.sort(REACH * near[has_edge] / far[has_edge])
    return float(found[-SHARPEST]) if found.size >= SHARPEST else float("inf")

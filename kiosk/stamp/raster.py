"""Pictures as numbers, areas of them, and colours."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Raster: TypeAlias = NDArray[np.uint8]
"""Height x width x 3, blue-green-red, 0-255."""

Colour: TypeAlias = tuple[int, int, int]
"""Blue, green, red."""

Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height, in pixels."""


def parse(colour: str) -> Colour:
    """Return a colour that CSS, SVG and layout.toml write as #RRGGBB."""
    red, green, blue = bytes.fromhex(colour[1:])
    return blue, green, red


def plain(width: int, height: int, colour: Colour) -> Raster:
    """Return an area of one colour."""
    return np.full((height, width, 3), colour, np.uint8)


def within(picture: Raster, box: Box) -> Raster:
    """Return a part of a picture: no copy."""
    left, top, width, height = box
    return picture[top : top + height, left : left + width]


def halved(box: Box) -> Box:
    """Return a box in a picture of half the size."""
    left, top, width, height = box
    return left // 2, top // 2, (left + width) // 2 - left // 2, height // 2

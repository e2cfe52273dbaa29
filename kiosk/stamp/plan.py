"""Where things stand on a card, and in which colours; lengths are pixels."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Raster: TypeAlias = NDArray[np.uint8]
"""Height x width x 3, blue-green-red, 0-255."""

Colour: TypeAlias = tuple[int, int, int]
"""Blue, green, red."""

WIDTH, HEIGHT = 1280, 1600
PHOTO = 1072  # 67 % of the height: a 1080p frame keeps its own pixels, unscaled
STRIP = 86  # the cream foot
MARGIN = 56
GUTTER = 44  # between the words and the plate
PLATE = 287  # 41 modules of 7 pixels
MODULE = 7  # the least that a phone reads from a copy half as wide
QUIET = 4  # modules
PLATE_TOP = 58
PLATE_RADIUS = 26
BLOCK = 16  # a JPEG's: the photo ends on one, so that the band does not bleed into it

PHOTO_SIZE = (960, 1200)
THUMB_SIZE = (384, 480)
DRAFT_SIZE = (640, 800)

BAND: Colour = (0x1F, 0xC2, 0xFF)
CREAM: Colour = (0xE8, 0xF7, 0xFF)
INK: Colour = (0x2E, 0x0C, 0x1A)
EDGE: Colour = (0x27, 0x74, 0x9B)  # ink at 45 % on the band


def as_hex(colour: Colour) -> str:
    """Return a colour as CSS and SVG write it."""
    blue, green, red = colour
    return f"#{red:02X}{green:02X}{blue:02X}"


def plain(width: int, height: int, colour: Colour) -> Raster:
    """Return an area of one colour."""
    return np.full((height, width, 3), colour, np.uint8)

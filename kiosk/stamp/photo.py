"""Read a picture file of any making as a frame, without trusting it."""

from pathlib import Path

import numpy as np
import pyvips

from kiosk.stamp.raster import Raster

LOADERS = ("jpegload", "pngload", "webpload")
MOST_PIXELS = 50_000_000  # of a picture that is decoded line by line
MOST_BYTES = 75_000_000  # of one that is kept whole while it is decoded
COEFFICIENT = 3  # bytes: a progressive JPEG keeps two, and decoding takes more
LONGEST = 2048  # pixels, the longer edge of the frame: enough for every format


class PhotoRefused(Exception):
    """A file is no picture that can be put on a card."""


def read_photo(file: Path) -> Raster:
    """Return a picture as it is meant to be seen: turned, in sRGB, 8 bits, no alpha.

    It is decoded at the size that is needed, a few lines at a time where its kind
    allows, so that a huge one cannot fill the memory.

    Raises:
        PhotoRefused: it is no picture, too large, or damaged.
    """
    try:
        _check(file)
        drawn = pyvips.Image.thumbnail(
            str(file), LONGEST, height=LONGEST, size="down", fail_on="truncated"
        ).colourspace("srgb")
        if drawn.hasalpha():
            drawn = drawn.flatten(background=255)
        pixels = drawn.cast("uchar").numpy()
    except pyvips.Error as error:
        raise PhotoRefused(f"{file}: the picture is damaged, or is none.") from error
    return np.ascontiguousarray(pixels[..., ::-1])


def _check(file: Path) -> None:
    """Look at a file's head: what kind it is, and how large the picture."""
    if not file.is_file():
        raise PhotoRefused(f"{file}: there is no such file.")
    head = pyvips.Image.new_from_file(str(file), access="sequential")
    if head.get("vips-loader") not in LOADERS:
        raise PhotoRefused(f"{file}: expected a JPEG, PNG or WebP picture.")
    pixels, size = head.width * head.height, f"{head.width} x {head.height}"
    if pixels > MOST_PIXELS or _whole(head) * pixels > MOST_BYTES:
        raise PhotoRefused(f"{file}: {size} pixels of this kind are too many.")


def _whole(head: pyvips.Image) -> float:
    """Return how many bytes of each pixel are kept at once; none, line by line."""
    is_jpeg = head.get("vips-loader") == "jpegload"
    if is_jpeg and not head.get_typeof("interlaced"):
        return 0
    if is_jpeg:
        is_halved = head.get("jpeg-chroma-subsample") == "4:2:0"
        return float(head.bands * COEFFICIENT / (2 if is_halved else 1))
    return float(head.bands * (2 if head.format == "ushort" else 1))

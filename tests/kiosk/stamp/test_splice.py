"""Two JPEGs, one above the other, make one."""

import io

import numpy as np
import simplejpeg
from PIL import Image

from kiosk.stamp.picture import jpeg
from kiosk.stamp.plan import Raster
from kiosk.stamp.splice import segments, stacked
from tests.kiosk.stamp.pictures import frame, is_bare, likeness, pixels

UPPER, LOWER = frame(1280, 800), frame(1280, 1080)[:528]


def made() -> bytes:
    """Stack two parts of a photograph."""
    return stacked(jpeg(UPPER, 90), jpeg(LOWER, 90))


def test_the_parts_are_one_picture() -> None:
    assert likeness(pixels(made()), np.vstack([UPPER, LOWER])) > 36


def test_three_decoders_agree_on_it() -> None:
    with Image.open(io.BytesIO(made())) as opened:
        by_pillow = np.asarray(opened.convert("RGB"))[..., ::-1]
    by_simplejpeg: Raster = simplejpeg.decode_jpeg(made(), "BGR")

    assert likeness(np.ascontiguousarray(by_pillow), pixels(made())) > 50
    assert likeness(by_simplejpeg, pixels(made())) > 50


def test_away_from_the_seam_no_pixel_is_changed() -> None:
    both = pixels(made())

    assert np.array_equal(both[:790], pixels(jpeg(UPPER, 90))[:790])
    assert np.array_equal(both[810:], pixels(jpeg(LOWER, 90))[10:])


def test_one_restart_marker_and_nothing_else_is_added() -> None:
    before = [marker for marker, _ in segments(jpeg(UPPER, 90))]
    after = [marker for marker, _ in segments(made())]

    assert after == [*before[:-1], 0xDD, before[-1]]
    assert is_bare(made())

"""A photo's JPEG among that of what surrounds it makes one."""

import io

import numpy as np
import pytest
import simplejpeg
from PIL import Image

from kiosk.stamp.raster import Box, Raster, within
from kiosk.stamp.splice import (
    encoded,
    filled,
    redrawn,
    runs_around,
    segments,
    surround,
)
from tests.kiosk.stamp.pictures import frame, is_bare, likeness, pixels

HOLES: dict[str, tuple[tuple[int, int], Box]] = {
    "above": ((1280, 1600), (0, 0, 1280, 1072)),
    "below": ((1280, 1600), (0, 528, 1280, 1072)),
    "left, and the card ends within a block": ((1920, 1080), (0, 0, 1280, 1080)),
    "right": ((1620, 1080), (528, 0, 1092, 1080)),
    "between": ((1080, 1920), (0, 256, 1080, 896)),
    "in the middle": ((1280, 1600), (64, 64, 1152, 960)),
    "one block off": ((640, 480), (16, 16, 592, 432)),
    "everywhere": ((640, 480), (0, 0, 640, 480)),
}


def made(size: tuple[int, int], hole: Box) -> tuple[bytes, Raster]:
    """Put a photo into its hole; return the card's JPEG, and its pixels before."""
    card = frame(size[0], max(size))[: size[1]].copy()
    photo = np.ascontiguousarray(within(card, hole)[::-1])
    around = surround(runs_around(card, hole, 90), size, hole, 90)
    within(card, hole)[:] = photo
    return filled(around, encoded(photo, 90, around.interval)), card


@pytest.mark.parametrize("case", HOLES.values(), ids=HOLES)
def test_all_is_one_picture(case: tuple[tuple[int, int], Box]) -> None:
    jpeg, card = made(*case)

    assert pixels(jpeg).shape == card.shape
    assert likeness(pixels(jpeg), card) > 34


@pytest.mark.parametrize("case", HOLES.values(), ids=HOLES)
def test_no_pixel_is_other_than_if_the_whole_had_been_encoded(
    case: tuple[tuple[int, int], Box],
) -> None:
    jpeg, card = made(*case)

    assert np.array_equal(pixels(jpeg), pixels(encoded(card, 90, 0)))


@pytest.mark.parametrize("rows", [(0, 1), (63, 65), (200, 333), (420, 480)])
@pytest.mark.parametrize("hole", [(16, 16, 592, 432), (0, 128, 640, 160)])
def test_only_the_rows_that_changed_are_encoded_anew(
    hole: Box, rows: tuple[int, int]
) -> None:
    card = frame(640, 640)[:480].copy()
    shared = runs_around(card, hole, 90)
    card[slice(*rows)] = card[slice(*rows), ::-1]

    runs = redrawn(shared, card, hole, 90, rows)

    assert runs == runs_around(card, hole, 90)
    same = sum(old is new for old, new in zip(shared, runs, strict=True))
    lines = len(range(rows[0] // 16, -(-rows[1] // 16)))
    assert same >= len(runs) * (1 - lines / 30)


def test_three_decoders_agree_on_it() -> None:
    jpeg, _ = made(*HOLES["in the middle"])
    with Image.open(io.BytesIO(jpeg)) as opened:
        by_pillow = np.asarray(opened.convert("RGB"))[..., ::-1]
    by_simplejpeg: Raster = simplejpeg.decode_jpeg(jpeg, "BGR")

    assert likeness(np.ascontiguousarray(by_pillow), pixels(jpeg)) > 50
    assert likeness(by_simplejpeg, pixels(jpeg)) > 50


def test_the_photos_own_jpeg_is_a_picture_too() -> None:
    photo = frame(1280, 1072)

    assert likeness(pixels(encoded(photo, 90, 80)), photo) > 36


def test_restart_markers_and_nothing_else_are_added() -> None:
    jpeg, card = made(*HOLES["above"])

    before = [marker for marker, _ in segments(encoded(card, 90, 0))]
    after = [marker for marker, _ in segments(jpeg)]
    assert sorted(after) == sorted([*before, 0xDD])
    assert is_bare(jpeg)

"""The campaign's picture: what goes where, and that nothing stays that left."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.event import OURS
from kiosk.mural import DIM, NIGHT, Mural, Pixels

HALVES = np.zeros((40, 100, 3), np.uint8)
HALVES[:, :50] = (30, 30, 200)  # red on the left
HALVES[:, 50:] = (200, 60, 20)  # blue on the right


@pytest.fixture
def halves(tmp_path: Path) -> Path:
    file = tmp_path / "picture.png"
    cv2.imwrite(str(file), HALVES)
    return file


def plain(blue: int, green: int, red: int) -> Pixels:
    """Take a photo of one colour."""
    return np.full((40, 30, 3), (blue, green, red), np.uint8)


def seen(mural: Mural) -> Pixels:
    return np.asarray(cv2.imdecode(np.frombuffer(mural.jpeg(), np.uint8), 1), np.uint8)


def middle(mural: Mural, cell: int) -> Pixels:
    """Cut the middle of a cell out of the picture."""
    row, column = divmod(cell, mural.columns)
    side = seen(mural).shape[1] // mural.columns
    top, left = row * side + side // 4, column * side + side // 4
    return seen(mural)[top : top + side // 2, left : left + side // 2]


@pytest.mark.parametrize("cells", [1, 2, 60, 3000, 10_000])
def test_there_is_a_cell_for_everybody_and_few_are_left_over(cells: int) -> None:
    mural = Mural(OURS, cells)

    assert cells <= mural.room <= cells + mural.rows
    height, width, _ = seen(mural).shape
    assert width <= 2736
    assert height <= 1044


@pytest.mark.parametrize("cells", [300, 3000])
def test_cells_are_squares_of_a_picture_as_wide_as_its_place(cells: int) -> None:
    height, width, _ = seen(Mural(OURS, cells)).shape

    assert 2.45 < width / height < 2.8
    assert width > 2600


def test_a_photo_goes_where_its_colour_is(halves: Path) -> None:
    mural = Mural(halves, 100)

    mural.hang("red", plain(20, 20, 220))
    mural.hang("blue", plain(220, 40, 20))

    red, blue = mural.cell("red"), mural.cell("blue")
    assert red is not None
    assert blue is not None
    assert red % mural.columns < mural.columns / 2 <= blue % mural.columns


def test_each_photo_is_used_once_and_no_cell_twice(halves: Path) -> None:
    mural = Mural(halves, 60)
    everybody = mural.room

    for number in range(everybody):
        mural.hang(str(number), plain(20, 20, 220))

    assert {mural.cell(str(each)) for each in range(everybody)} == set(range(everybody))
    assert mural.room == 0
    with pytest.raises(ValueError, match="taken"):
        mural.hang("one more", plain(0, 0, 0))


def test_a_photo_that_hangs_stays_where_it_is(halves: Path) -> None:
    mural = Mural(halves, 60)
    mural.hang("one", plain(20, 20, 220))
    before, picture = mural.cell("one"), mural.jpeg()

    mural.hang("one", plain(220, 40, 20))

    assert (mural.cell("one"), mural.jpeg()) == (before, picture)


def test_nothing_of_a_photo_is_left_when_it_is_taken_down(halves: Path) -> None:
    mural = Mural(halves, 60)
    bare = mural.jpeg()
    mural.hang("one", plain(255, 255, 255))
    assert mural.jpeg() != bare

    mural.take_down("one")
    mural.take_down("never hung")

    assert mural.jpeg() == bare
    assert mural.cell("one") is None


def test_a_tile_is_the_photo_in_the_pictures_light(halves: Path) -> None:
    mural = Mural(halves, 60)
    photo = plain(20, 20, 220)
    mural.hang("one", photo)
    cell = mural.cell("one")
    assert cell is not None

    tile = middle(mural, cell).reshape(-1, 3).mean(axis=0)

    red = HALVES[0, 0]
    assert np.abs(tile - (photo[0, 0] * 0.55 + red * 0.45)).max() < 6


def test_a_cell_that_waits_shows_the_picture_dimly(halves: Path) -> None:
    mural = Mural(halves, 60)

    waiting = middle(mural, 0).reshape(-1, 3).mean(axis=0)

    wanted = HALVES[0, 0] * DIM + np.array(NIGHT) * (1 - DIM)
    assert np.abs(waiting - wanted).max() < 6


def test_of_a_tall_photo_the_upper_part_is_shown(halves: Path) -> None:
    mural = Mural(halves, 60)
    tall = plain(20, 20, 220)
    tall[33:] = 255  # feet

    mural.hang("one", tall)

    cell = mural.cell("one")
    assert cell is not None
    assert middle(mural, cell)[..., 0].max() < 90

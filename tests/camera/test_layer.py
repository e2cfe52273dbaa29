import cv2
import numpy as np
import pytest

from camera.layer import Layer
from tests.camera.dim import SIZE, clean

ALL = np.full((SIZE[1], SIZE[0]), 255, np.uint8)


@pytest.mark.parametrize(("right", "down"), [(0, 0), (6, -4), (-8, 2)])
def test_a_moved_frame_is_laid_back_where_it_was(right: int, down: int) -> None:
    pile = np.zeros_like(clean())
    moved = clean((right / 2, down / 2))

    Layer(moved, right, down).mix(pile, range(pile.shape[0]), 1, ALL)

    assert np.array_equal(pile[8:-8, 8:-8], clean()[8:-8, 8:-8])


@pytest.mark.parametrize(("right", "down"), [(1, 0), (0, -3), (-5, 7)])
def test_half_a_pixel_is_the_mean_of_two(right: int, down: int) -> None:
    pile = np.zeros_like(clean())
    way = np.array([[1, 0, right / 2], [0, 1, down / 2]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    exact = cv2.warpAffine(clean(), way, SIZE, flags=how)

    Layer(clean(), right, down).mix(pile, range(pile.shape[0]), 1, ALL)

    apart = pile[8:-8, 8:-8].astype(int) - exact[8:-8, 8:-8]
    assert np.abs(apart).max() <= 2


@pytest.mark.parametrize("down", [5, 0, -5, 3000])
def test_strips_make_the_same_as_the_whole(down: int) -> None:
    whole, strips = np.zeros_like(clean()), np.zeros_like(clean())
    layer = Layer(clean(), 3, down)

    layer.mix(whole, range(whole.shape[0]), 0.5, ALL)
    for top in range(0, SIZE[1], 2):
        layer.mix(strips, range(top, top + 2), 0.5, ALL)

    assert np.array_equal(whole, strips)


def test_nothing_is_mixed_in_where_the_mask_is_0() -> None:
    pile, mask = clean(), ALL.copy()
    mask[:, :400] = 0
    white = np.full_like(pile, 255)

    Layer(white, 0, 0).mix(pile, range(SIZE[1]), 0.5, mask)

    assert np.array_equal(pile[:, :400], clean()[:, :400])
    assert (pile[:, 400:] >= 127).all()


def test_what_shows_the_same_lies_side_by_side() -> None:
    here, there = Layer(clean((4, -3)), 8, -6).beside(clean())

    assert here.shape == there.shape
    assert np.array_equal(here[8:-8, 8:-8], there[8:-8, 8:-8])

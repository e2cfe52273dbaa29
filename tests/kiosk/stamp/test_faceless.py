"""Cards without a face: four drawings on five gradients."""

from itertools import pairwise, product

import numpy as np
import pytest

from kiosk.layout import Layout
from kiosk.stamp import COLOURS, DRAWINGS, prepare, without_face
from kiosk.stamp.faceless import ART, art
from tests.kiosk.stamp.pictures import (
    LAYOUTS,
    URL,
    codes,
    is_bare,
    lettering,
    overlay,
    pixels,
)

CREAM = (0xE8, 0xF7, 0xFF)
SIZE = (1280, 1072)


@pytest.mark.parametrize(("colour", "drawing"), [*product(COLOURS, DRAWINGS)])
def test_each_drawing_stands_on_each_colour(colour: str, drawing: str) -> None:
    made = without_face(overlay(), colour, drawing)

    assert codes(pixels(made.card)) == [URL]
    assert pixels(made.card).shape == (1600, 1280, 3)
    assert made.photo is None
    assert made.original is None


def test_drafts_and_thumbs_hold_no_code_and_nothing_holds_metadata() -> None:
    made = without_face(overlay(), "violet", "hands")

    assert codes(pixels(made.draft)) == codes(pixels(made.thumb)) == []
    assert pixels(made.thumb).shape == (480, 384, 3)
    assert all(map(is_bare, (made.card, made.draft, made.thumb)))


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_the_guests_own_part_is_cream_and_wears_a_band(drawing: str) -> None:
    picture = art("night", drawing, *SIZE)

    cream = (picture == CREAM).all(axis=2).sum()
    band = (picture == (0x1F, 0xC2, 0xFF)).all(axis=2).sum()
    assert cream > 40_000
    assert band > 8_000


@pytest.mark.parametrize(("one", "other"), [*pairwise(COLOURS)])
def test_colours_can_be_told_apart(one: str, other: str) -> None:
    grounds = [art(c, "lotus", *SIZE)[:60].astype(int) for c in (one, other)]

    assert np.abs(grounds[0] - grounds[1]).max(axis=2).mean() > 25


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_drawings_are_plain_shapes(drawing: str) -> None:
    svg = (ART / f"{drawing}.svg").read_text()

    assert not any(w in svg for w in ("<script", "<image", "<text", "style=", "url("))


def test_an_unknown_colour_is_refused() -> None:
    with pytest.raises(KeyError):
        without_face(overlay(), "beige", "lotus")


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_card_without_a_face_has_every_format(layout: Layout) -> None:
    made = without_face(prepare(lettering(), layout), "sea", "lanterns")

    assert codes(pixels(made.card)) == [URL]
    assert pixels(made.card).shape[1::-1] == layout.plan.size
    assert max(pixels(made.thumb).shape) == 480

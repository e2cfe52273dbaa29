"""The finished pictures of a pledge with a photo."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from kiosk.layout import Layout
from kiosk.stamp import Pictures, UnreadableCode, card_webp, prepare, stamp
from kiosk.stamp.code import put_code
from kiosk.stamp.draft import draft_raster
from kiosk.stamp.ground import ground
from kiosk.stamp.picture import CARD_QUALITY, crop, jpeg
from kiosk.stamp.raster import Raster, plain, within
from kiosk.stamp.splice import runs_around, surround
from tests.kiosk.stamp.pictures import (
    LAYOUTS,
    TALL,
    URL,
    codes,
    frame,
    is_bare,
    lettering,
    likeness,
    overlay,
    pixels,
)

PHOTO = TALL.plan.photo[3]


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    """Stamp a 1080p photograph once."""
    return stamp(frame(), overlay())


def original(pictures: Pictures) -> bytes:
    """Return the original, which a card with a photo has."""
    assert pictures.original is not None
    return pictures.original


def photo(pictures: Pictures) -> bytes:
    """Return the photo, which a card with a photo has."""
    assert pictures.photo is not None
    return pictures.photo


def test_each_picture_has_its_size(pictures: Pictures) -> None:
    assert pixels(pictures.card).shape == (1600, 1280, 3)
    assert pixels(pictures.draft).shape == (800, 640, 3)
    assert pixels(pictures.thumb).shape == (402, 480, 3)
    assert pixels(photo(pictures)).shape == (1072, 1280, 3)
    assert pixels(original(pictures)).shape == (1080, 1920, 3)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_card_has_the_size_of_its_format_and_a_code_that_reads(
    layout: Layout,
) -> None:
    made = stamp(frame(), prepare(lettering(), layout))

    assert pixels(made.card).shape[1::-1] == layout.plan.size
    assert codes(pixels(made.card)) == [URL]
    assert all(map(is_bare, (made.card, made.draft, made.thumb, photo(made))))
    assert codes(pixels(made.draft)) == codes(pixels(photo(made))) == []


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_photo_holds_all_that_the_card_shows_of_the_frame(layout: Layout) -> None:
    made = stamp(frame(), prepare(lettering(), layout))

    shown = within(pixels(made.card), layout.plan.photo)
    middle = (slice(120, -160), slice(0, -120))
    assert pixels(photo(made)).shape == shown.shape
    assert (
        likeness(pixels(photo(made))[middle], np.ascontiguousarray(shown[middle])) > 40
    )


def test_the_code_reads_back_from_the_cards_pixels(pictures: Pictures) -> None:
    assert codes(pixels(pictures.card)) == [URL]


@pytest.mark.parametrize("width", [800, 640])
def test_the_code_survives_a_small_and_poor_copy(
    pictures: Pictures, width: int
) -> None:
    card = pixels(pictures.card)

    size = (width, width * 5 // 4)
    small = cv2.resize(card, size, interpolation=cv2.INTER_AREA)
    copy = jpeg(np.asarray(small, np.uint8), 50)

    assert codes(pixels(copy)) == [URL]


def test_only_the_card_holds_a_code(pictures: Pictures) -> None:
    others = (pictures.draft, pictures.thumb, photo(pictures), original(pictures))

    assert [codes(pixels(picture)) for picture in others] == [[], [], [], []]


def test_no_picture_carries_metadata(pictures: Pictures) -> None:
    made = (pictures.card, pictures.draft, pictures.thumb)

    assert all(map(is_bare, (*made, photo(pictures), original(pictures))))


def test_the_photo_on_the_card_is_the_frame(pictures: Pictures) -> None:
    shown = pixels(pictures.card)[:PHOTO]

    assert likeness(shown, frame()[4 : 4 + PHOTO, 320:1600]) > 36


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (2560, 1440), (720, 1280)])
def test_a_frame_of_any_size_fills_the_photo(size: tuple[int, int]) -> None:
    taken = frame(*size)

    shown = pixels(stamp(taken, overlay()).card)[:PHOTO]
    expected = cv2.resize(crop(taken, 1280, PHOTO), (1280, PHOTO))
    assert likeness(shown, np.asarray(expected, np.uint8)) > 33


def test_a_tall_frame_keeps_what_is_above() -> None:
    kept = crop(np.arange(300, dtype=np.uint8)[:300, None, None] * 1, 1, 150)

    assert (kept[0, 0, 0], len(kept)) == (50, 150)


def test_composed_and_decomposed_words_give_the_same_card() -> None:
    words = "Mình sẽ nhắc bạn bè: ẪỖỆỮ"
    cards = {
        stamp(frame(640, 480), overlay(form)).card
        for form in (
            unicodedata.normalize("NFC", words),
            unicodedata.normalize("NFD", words),
        )
    }

    assert len(cards) == 1


def with_plate(change: Callable[[Raster], object]) -> bytes:
    """Stamp a card whose plate was changed after it was laid out."""
    laid_out = overlay()
    drawn = pixels(stamp(frame(640, 480), laid_out).card)
    change(drawn)
    hole, size = laid_out.ground.hole, laid_out.layout.plan.size
    around = surround(runs_around(drawn, hole, CARD_QUALITY), size, hole, CARD_QUALITY)
    return stamp(frame(640, 480), replace(laid_out, around=around)).card


def test_a_card_whose_code_is_covered_is_refused() -> None:
    left, top, side, _ = overlay().plate

    def cover(card: Raster) -> None:
        half = side // 2
        card[top : top + half, left : left + side] = plain(side, half, (31, 194, 255))

    with pytest.raises(UnreadableCode):
        with_plate(cover)


def test_a_card_with_somebody_elses_code_is_refused() -> None:
    plan, colours = TALL.plan, TALL.colours

    with pytest.raises(UnreadableCode):
        with_plate(lambda card: put_code(card, URL[:-1] + "x", plan.plate, colours))


def test_a_frame_that_reaches_over_the_photo_is_laid_on_it() -> None:
    layout = LAYOUTS["night 4x5"]
    shared = ground(layout, 0, (), ())
    grey = plain(1280, 1072, (128, 128, 128))

    hole = shared.around(grey)

    assert (hole[:900] == 128).all()
    assert not (hole[1040:] == 128).all(axis=2).any()
    assert (hole[990:1050, 600:680] == (0x1F, 0xC2, 0xFF)).all(axis=2).sum() > 1000
    assert (grey == 128).all()


def test_the_card_as_webp_is_the_same_picture(pictures: Pictures) -> None:
    webp = card_webp(pictures.card)

    assert webp[8:12] == b"WEBP"
    assert likeness(pixels(webp), pixels(pictures.card)) > 30
    assert codes(pixels(webp)) == [URL]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_nothing_of_plate_and_codes_is_left_in_the_draft(layout: Layout) -> None:
    made = prepare(replace(lettering(), find="Tìm ảnh của bạn"), layout)
    hole = np.zeros((made.ground.hole[3], made.ground.hole[2], 3), np.uint8)
    small = draft_raster(hole, made)
    size = small.shape[1::-1]
    ground = cv2.resize(made.ground.picture, size, interpolation=cv2.INTER_AREA)

    left, top, side, _ = (each // 2 for each in made.plate)
    small[top : top + side, left : left + side] = ground[
        top : top + side, left : left + side
    ]
    plan = made.layout.plan
    for box in (made.plate, plan.code.box, plan.find.box if plan.find else made.plate):
        x, y, wide, high = (each // 2 for each in box)
        place = slice(y - 2, y + high + 2), slice(x - 2, x + wide + 2)
        assert np.array_equal(small[place], ground[place])


def test_the_draft_is_the_card_but_for_its_code(pictures: Pictures) -> None:
    card = pixels(pictures.card)
    half = cv2.resize(card, (640, 800), interpolation=cv2.INTER_AREA)

    shown = pixels(pictures.draft)[:, :450]
    assert likeness(shown, np.asarray(half[:, :450], np.uint8)) > 33

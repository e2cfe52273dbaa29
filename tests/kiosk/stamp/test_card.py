"""The finished pictures of a pledge with a photo."""

import unicodedata
from dataclasses import replace

import cv2
import numpy as np
import pytest

from kiosk.stamp import Pictures, UnreadableCode, card_webp, prepare, stamp
from kiosk.stamp.code import plate
from kiosk.stamp.picture import crop, jpeg
from kiosk.stamp.plan import BAND, PHOTO, PLATE_TOP, plain
from tests.kiosk.stamp.pictures import (
    URL,
    codes,
    frame,
    is_bare,
    lettering,
    likeness,
    pixels,
)


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    """Stamp a 1080p photograph once."""
    return stamp(frame(), prepare(lettering()))


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
    assert pixels(pictures.thumb).shape == (480, 384, 3)
    assert pixels(photo(pictures)).shape == (1080, 864, 3)
    assert pixels(original(pictures)).shape == (1080, 1920, 3)


def test_a_large_frame_gives_a_photo_of_960_by_1200() -> None:
    stamped = stamp(frame(2560, 1440), prepare(lettering()))

    assert pixels(photo(stamped)).shape == (1200, 960, 3)


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

    shown = pixels(stamp(taken, prepare(lettering())).card)[:PHOTO]
    expected = cv2.resize(crop(taken, 1280, PHOTO), (1280, PHOTO))
    assert likeness(shown, np.asarray(expected, np.uint8)) > 33


def test_a_tall_frame_keeps_what_is_above() -> None:
    kept = crop(np.arange(300, dtype=np.uint8)[:300, None, None] * 1, 1, 150)

    assert (kept[0, 0, 0], len(kept)) == (50, 150)


def test_composed_and_decomposed_words_give_the_same_card() -> None:
    words = "Mình sẽ nhắc bạn bè: ẪỖỆỮ"
    cards = {
        stamp(frame(640, 480), prepare(lettering(form))).card
        for form in (
            unicodedata.normalize("NFC", words),
            unicodedata.normalize("NFD", words),
        )
    }

    assert len(cards) == 1


def test_a_card_whose_code_is_covered_is_refused() -> None:
    overlay = prepare(lettering())
    foot = pixels(overlay.foot)
    left, _, side, _ = overlay.plate
    half = side // 2
    foot[PLATE_TOP : PLATE_TOP + half, left : left + side] = plain(side, half, BAND)

    with pytest.raises(UnreadableCode):
        stamp(frame(640, 480), replace(overlay, foot=jpeg(foot, 90)))


def test_a_card_with_somebody_elses_code_is_refused() -> None:
    overlay = prepare(lettering())
    foot = pixels(overlay.foot)
    left, _, side, _ = overlay.plate
    foot[PLATE_TOP : PLATE_TOP + side, left : left + side] = plate(URL[:-1] + "x")

    with pytest.raises(UnreadableCode):
        stamp(frame(640, 480), replace(overlay, foot=jpeg(foot, 90)))


def test_the_card_as_webp_is_the_same_picture(pictures: Pictures) -> None:
    webp = card_webp(pictures.card)

    assert webp[8:12] == b"WEBP"
    assert likeness(pixels(webp), pixels(pictures.card)) > 30
    assert codes(pixels(webp)) == [URL]


def test_the_draft_is_the_card_but_for_its_code(pictures: Pictures) -> None:
    card = pixels(pictures.card)
    half = cv2.resize(card, (640, 800), interpolation=cv2.INTER_AREA)

    shown = pixels(pictures.draft)[:, :450]
    assert likeness(shown, np.asarray(half[:, :450], np.uint8)) > 33

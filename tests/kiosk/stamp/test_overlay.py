"""What stands below the photo, whatever the words."""

import cv2
import numpy as np
import pytest

from kiosk.stamp import prepare
from kiosk.stamp.fit import Undrawable
from kiosk.stamp.overlay import band
from kiosk.stamp.plan import (
    BAND,
    GUTTER,
    HEIGHT,
    MARGIN,
    PHOTO,
    PLATE,
    QUIET,
    STRIP,
    WIDTH,
    Raster,
)
from tests.kiosk.stamp.pictures import URL, WORDS, codes, lettering, pixels

ROOM = WIDTH - 2 * MARGIN - GUTTER - PLATE


def inked(panel: Raster) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of what is drawn on a band."""
    drawn = np.any(panel[:-STRIP] != BAND, axis=2).astype(np.uint8)
    left, top, width, height = cv2.boundingRect(drawn)
    return left, top, left + width, top + height


@pytest.mark.parametrize("words", WORDS)
def test_words_stay_within_their_panel(words: str) -> None:
    panel = band(lettering(words), ROOM, 0)

    left, top, right, bottom = inked(panel)
    assert left >= MARGIN - 1
    assert right <= MARGIN + ROOM
    assert top >= 30
    assert bottom <= len(panel) - STRIP - 30


@pytest.mark.parametrize("words", WORDS)
def test_words_never_touch_the_codes_quiet_zone(words: str) -> None:
    overlay = prepare(lettering(words))

    foot = pixels(overlay.foot)
    left, top, side, _ = overlay.plate
    quiet = QUIET * 7
    inside = foot[top - overlay.photo_height :][:side, left : left + side]
    dark = np.argwhere(inside.max(axis=2) < 100)
    beside = foot[: len(foot) - STRIP, left - GUTTER + 8 : left - 8]
    assert dark.min() >= quiet - 1
    assert dark.max() <= side - quiet
    assert np.abs(beside.astype(int) - BAND).max() < 40


@pytest.mark.parametrize("words", WORDS)
def test_the_photo_keeps_most_of_the_card(words: str) -> None:
    height = prepare(lettering(words)).photo_height

    assert HEIGHT // 3 < height <= PHOTO
    assert height % 16 == 0


def test_short_words_leave_the_photo_whole() -> None:
    assert all(prepare(lettering(w)).photo_height == PHOTO for w in WORDS[:18])


def test_the_band_grows_where_words_cannot_shrink() -> None:
    assert prepare(lettering("👨‍👩‍👧‍👦" * 120)).photo_height < PHOTO


def test_a_longer_address_gets_a_larger_plate() -> None:
    longer = URL + "0123456789" * 4

    overlay = prepare(lettering(url=longer))

    foot = pixels(overlay.foot)
    assert overlay.plate[2] > PLATE
    assert codes(foot) == [longer]


def test_letters_we_do_not_have_are_named() -> None:
    with pytest.raises(Undrawable) as refused:
        prepare(lettering("Xin chào שלום, 한국"))

    assert refused.value.characters == "שלום한국"


def test_a_long_event_line_and_partners_fit() -> None:
    crowded = lettering()
    partners = ("Đơn vị tổ chức", "Đối tác " * 9, "Nhà tài trợ")
    crowded = type(crowded)(
        words=WORDS[4],
        event_line="Đêm nhạc " * 20,
        code="HN 4K7P",
        url=URL,
        partners=partners,
    )

    panel = band(crowded, ROOM, 0)

    strip = np.any(panel[-STRIP:] != np.array((0xE8, 0xF7, 0xFF)), axis=2)
    assert inked(panel)[2] <= MARGIN + ROOM
    assert not strip[:, -MARGIN + 2 :].any()
    assert not strip[:, : MARGIN - 1].any()

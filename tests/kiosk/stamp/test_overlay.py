"""What stands below the photo, whatever the words."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.stamp import prepare
from kiosk.stamp.fit import Undrawable
from kiosk.stamp.overlay import band
from kiosk.stamp.plan import (
    BAND,
    CREAM,
    GUTTER,
    HEIGHT,
    INK,
    MARGIN,
    PHOTO,
    PLATE,
    QUIET,
    STRIP,
    WIDTH,
    Colour,
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


@pytest.mark.parametrize("sides", [(400, 200), (2000, 100), (60, 900)])
@pytest.mark.parametrize("has_alpha", [True, False])
def test_a_logo_stands_in_the_strip_in_one_colour(
    tmp_path: Path, sides: tuple[int, int], has_alpha: bool
) -> None:
    width, height = sides
    picture = np.full((height, width, 4 if has_alpha else 3), 255, np.uint8)
    picture[..., 3:] = 0
    ink = (40, 30, 200, 255) if has_alpha else (0, 0, 0)
    cv2.rectangle(picture, (0, 0), (width, height), ink, max(width, height) // 20)
    assert cv2.imwrite(str(tmp_path / "logo.png"), picture)
    asked = replace(lettering(), partners=("Chiến dịch",))

    bare = band(asked, ROOM, 0)[-STRIP:]
    strip = band(replace(asked, logos=(tmp_path / "logo.png",)), ROOM, 0)[-STRIP:]

    changed = np.any(bare != strip, axis=2).astype(np.uint8)
    left, top, wide, high = cv2.boundingRect(changed)
    assert wide > 1
    assert high > 1
    assert abs(wide / high - width / height) < 0.3 * width / height
    assert left + wide <= WIDTH - MARGIN + 1
    assert 10 <= top <= top + high <= STRIP - 10
    assert is_between(strip[changed > 0], CREAM, INK)


def is_between(colours: Raster, one: Colour, other: Colour) -> bool:
    """Say whether each colour is a mixture of these two, within a step or two."""
    share = (colours[:, 0] - float(one[0])) / (float(other[0]) - one[0])
    mixed = np.array(one) + share[:, None] * (np.array(other) - np.array(one))
    return bool(np.abs(mixed - colours).max() < 3)

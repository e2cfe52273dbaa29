"""Lay out everything on a card but its photo, before the shutter."""

from dataclasses import dataclass
from pathlib import Path

import cv2

from kiosk.stamp import code, foot, ink
from kiosk.stamp.fit import fit, fit_line
from kiosk.stamp.picture import CARD_QUALITY, jpeg
from kiosk.stamp.plan import (
    BLOCK,
    GUTTER,
    HEIGHT,
    MARGIN,
    PHOTO,
    PLATE_TOP,
    STRIP,
    WIDTH,
    Raster,
)

EVENT_SIZE = 40  # pixels
EVENT_GAP = 38  # between the words and the event's line
PADDING = 34  # the least above and below the words
UNDER_PLATE = 97  # the short code and its air


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """What is on a card; in its foot `partners`, the campaign first, and `logos`.

    A logo is a PNG file whose shape is drawn in ink.
    """

    words: str
    event_line: str
    code: str
    url: str
    partners: tuple[str, ...] = ()
    logos: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """Everything on a card but its photo; `foot` is a JPEG to be put under it."""

    lettering: Lettering
    photo_height: int
    foot: bytes
    draft_foot: Raster
    plate: code.Box

    @property
    def url(self) -> str:
        """The address in the code."""
        return self.lettering.url


def prepare(lettering: Lettering) -> Overlay:
    """Lay out a card's words and make its code.

    Raises:
        Undrawable: no bundled font has some of the words' characters.
    """
    plate = code.plate(lettering.url)
    side = len(plate)
    room = WIDTH - 2 * MARGIN - GUTTER - side
    drawn = band(lettering, room, PLATE_TOP + side + UNDER_PLATE)
    left = WIDTH - MARGIN - side
    draft = _draft(drawn, left, side)
    _paste(drawn, plate, left, PLATE_TOP)
    foot.write_code(drawn, lettering.code, left + side // 2, PLATE_TOP + side)
    photo_height = HEIGHT - len(drawn)
    return Overlay(
        lettering=lettering,
        photo_height=photo_height,
        foot=jpeg(drawn, CARD_QUALITY),
        draft_foot=draft,
        plate=(left, photo_height + PLATE_TOP, side, side),
    )


def band(lettering: Lettering, room: int, least: int) -> Raster:
    """Return band and strip with the words on them; the band is `least` high or more.

    Where the words are long the band grows, and the photo shrinks.
    """
    event = fit_line(lettering.event_line, room, EVENT_SIZE)
    beside = EVENT_GAP + len(event) + 2 * PADDING
    words = fit(lettering.words, room, HEIGHT - STRIP - PHOTO - beside)
    height = _band_height(max(least, len(words) + beside))
    drawn = foot.empty(height, lettering.partners, lettering.logos).copy()
    top = PADDING + (height - len(words) - beside) // 2
    ink.put(drawn, words, MARGIN, top)
    ink.put(drawn, event, MARGIN, top + len(words) + EVENT_GAP)
    return drawn


def _band_height(least: int) -> int:
    photo = min(PHOTO, (HEIGHT - STRIP - least) // BLOCK * BLOCK)
    return HEIGHT - STRIP - photo


def _draft(drawn: Raster, left: int, side: int) -> Raster:
    """Return the foot at half size, with our mark in the code's place."""
    size = (WIDTH // 2, len(drawn) // 2)
    half = cv2.resize(drawn, size, interpolation=cv2.INTER_AREA)
    mark = foot.blank_plate(side // 2)
    _paste(half, mark, left // 2, (len(half) - STRIP // 2 - len(mark)) // 2)  # type: ignore[arg-type]
    return half  # type: ignore[return-value]


def _paste(ground: Raster, area: Raster, left: int, top: int) -> None:
    height, width = area.shape[:2]
    ground[top : top + height, left : left + width] = area

"""Lay out everything on a card but its photo, before the shutter."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.layout import Layout
from kiosk.stamp import ink
from kiosk.stamp.code import put_code
from kiosk.stamp.face import hand
from kiosk.stamp.fit import fit_lines
from kiosk.stamp.ground import Ground, ground
from kiosk.stamp.panel import Lettering, Panel, below_words, event_line, fitted
from kiosk.stamp.picture import CARD_QUALITY
from kiosk.stamp.raster import Box, Raster, halved, within
from kiosk.stamp.splice import Surround, surround


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """All of a card but its photo; `draft` is that at half size, without the code."""

    lettering: Lettering
    layout: Layout
    ground: Ground
    around: Surround
    draft: Raster

    @property
    def url(self) -> str:
        """The address in the code."""
        return self.lettering.url

    @property
    def photo_size(self) -> tuple[int, int]:
        """Width and height of the photo on the card."""
        return self.ground.photo[2:]

    @property
    def proportion(self) -> float:
        """How wide the photo is for its height: many words take from it."""
        return self.photo_size[0] / self.photo_size[1]

    @property
    def plate(self) -> Box:
        """Where the code's plate is on the card."""
        return self.layout.plan.plate.box


def prepare(lettering: Lettering, layout: Layout) -> Overlay:
    """Lay out a card's words and make its code.

    Raises:
        Undrawable: no bundled font has some of the words' characters.
    """
    panel = fitted(lettering, layout)
    shared = ground(layout, panel.photo, lettering.partners, lettering.logos)
    drawn = _copy(shared)
    _put_words(drawn, panel, lettering, layout)
    draft = _draft(drawn, shared, layout)
    plan = layout.plan
    within(drawn, plan.plate.box)[:] = shared.plate
    put_code(drawn, lettering.url, plan.plate, layout.colours)
    _put_short_code(drawn, lettering.code, layout)
    if plan.find and lettering.find:
        find = fit_lines(lettering.find, plan.find.box[2], plan.find.size, hand(layout))
        ink.put(drawn, find, *plan.find.box[:2], layout.colours.ink)
    return Overlay(
        lettering=lettering,
        layout=layout,
        ground=shared,
        around=surround(drawn, shared.hole, CARD_QUALITY),
        draft=draft,
    )


def _copy(shared: Ground) -> Raster:
    """Return a card to draw on; what is under the hole is never looked at."""
    drawn = np.empty_like(shared.picture)
    for part in _parts(shared):
        within(drawn, part)[:] = within(shared.picture, part)
    return drawn


def _parts(shared: Ground) -> Iterator[Box]:
    """Yield what surrounds the hole: above, left, right and below."""
    height, width = shared.picture.shape[:2]
    left, top, wide, high = shared.hole
    yield 0, 0, width, top
    yield 0, top, left, high
    yield left + wide, top, width - left - wide, high
    yield 0, top + high, width, height - top - high


def _put_words(
    card: Raster, panel: Panel, lettering: Lettering, layout: Layout
) -> None:
    """Draw the words in the middle of their room's height, and the event's line."""
    left, top, _, height = panel.room
    event, plan, colour = event_line(lettering, layout), layout.plan, layout.colours.ink
    below = below_words(lettering, layout)
    words = panel.words.ink
    inset = panel.room[2] - words.shape[1] if panel.to_left else 0
    start = top + (height - len(words) - below) // 2
    ink.put(card, words, left + inset, start, colour)
    if plan.event.box:
        x, y, _, high = plan.event.box
        ink.put(card, event, x, y + (high - len(event)) // 2, colour)
    else:
        under = start + len(words) + plan.event.under
        ink.put(card, event, left, under, colour)


def _put_short_code(card: Raster, code: str, layout: Layout) -> None:
    """Write the short code in its box: its few letters are drawn once each.

    They stand in the middle of their widths; beside words, at the left.
    """
    box, size = layout.plan.code.box, layout.plan.code.size
    poster = hand(layout).poster
    advances = ink.advances(poster)
    length = sum(advances.get(each, 0.5) for each in code) * size
    left = float(box[0]) if layout.plan.find else box[0] + (box[2] - length) / 2
    for character in code:
        width = advances.get(character, 0.5) * size
        if character != " ":
            drawn = _character(character, layout)
            middle = round(left + (width - drawn.shape[1]) / 2)
            ink.put(card, drawn, middle, box[1], layout.colours.ink)
        left += width


@lru_cache(maxsize=64)
def _character(character: str, layout: Layout) -> NDArray[np.uint8]:
    return ink.letters(character, hand(layout).poster, layout.plan.code.size)


def _draft(card: Raster, shared: Ground, layout: Layout) -> Raster:
    """Return the card at half size, with our mark in the code's place."""
    height, width = card.shape[:2]
    draft = np.empty((height // 2, width // 2, 3), np.uint8)
    for part in _parts(shared):
        if part[2] and part[3]:
            small = within(draft, halved(part))
            size = (small.shape[1], small.shape[0])
            small[:] = cv2.resize(
                within(card, part), size, interpolation=cv2.INTER_AREA
            )
    plate, side = layout.plan.plate, layout.plan.plate.side // 2
    within(draft, (plate.left // 2, plate.top // 2, side, side))[:] = shared.blank
    return draft

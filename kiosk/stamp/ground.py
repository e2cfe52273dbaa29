"""A card without words and photo: its colours, its frame, names and logos."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from kiosk.layout import Layout
from kiosk.places import beside, blocks_around, grown
from kiosk.stamp import frame, ink
from kiosk.stamp.frame import Cover
from kiosk.stamp.picture import CARD_QUALITY
from kiosk.stamp.raster import Box, Colour, Raster, parse, within
from kiosk.stamp.splice import Runs, runs_around
from kiosk.stamp.strip import MARK, mark, put_names, put_plate, rounded

OUTLINE = 0.45  # of the ink, around a draft's empty plate


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every card of an evening shares.

    `picture` is the whole card; `flat` its colour, where it has one but for the strip.
    `hole` is whole blocks around the photo, encoded with it; `covers` are where the
    frame reaches over it. `plate` is the code's plate with nothing on it; `blank`, at
    half size, what a draft shows there: our mark. `runs` are its JPEG.
    """

    picture: Raster
    flat: Colour | None
    plate: Raster
    blank: Raster
    photo: Box
    hole: Box
    covers: Sequence[Cover]
    runs: Runs

    def around(self, taken: Raster) -> Raster:
        """Return the hole's pixels: a photo of the photo's size, and what covers it."""
        if self.photo == self.hole and not self.covers:
            return taken

        filled = within(self.picture, self.hole).copy()
        left, top = self.photo[0] - self.hole[0], self.photo[1] - self.hole[1]
        within(filled, (left, top, *self.photo[2:]))[:] = taken
        for cover in self.covers:
            cover.lay_on(filled)
        return filled

    def parts(self) -> Iterator[Box]:
        """Yield what surrounds the hole."""
        height, width = self.picture.shape[:2]
        return beside(self.hole, (width, height))


@lru_cache(maxsize=8)
def ground(
    template: Layout, by: int, partners: tuple[str, ...], logos: tuple[Path, ...]
) -> Ground:
    """Paint a card but for its words, which take so many pixels from the photo."""
    layout = grown(template, by)
    colour, photo = parse(layout.colours.ground), layout.plan.photo
    hole = blocks_around(photo, layout.plan.size)
    picture = _painted(layout, hole)
    covers: list[Cover] = []
    strip = layout.plan.logos
    put_plate(picture, strip.box, strip.radius, layout.colours.strip)
    if layout.plan.frame:
        art = frame.moved(frame.picture(template), template, photo)
        ink.put(picture, art, 0, 0)
        covers = list(frame.covers(within(art, hole)))
    put_names(picture, layout, partners, (*logos, *layout.logos))
    picture.setflags(write=False)
    return Ground(
        picture=picture,
        flat=None if layout.plan.frame else colour,
        plate=_plate(picture, layout),
        blank=_blank(picture, layout),
        photo=photo,
        hole=hole,
        covers=covers,
        runs=runs_around(picture, hole, CARD_QUALITY),
    )


def _painted(layout: Layout, hole: Box) -> Raster:
    """Return a card of the ground's colour.

    Of what a photo covers wholly the memory is never touched, so none is used.
    """
    width, height = layout.plan.size
    picture = np.empty((height, width, 3), np.uint8)
    parts = [*beside(hole, layout.plan.size)]
    if layout.plan.frame or hole != layout.plan.photo:
        parts.append(hole)
    for part in parts:
        within(picture, part)[:] = parse(layout.colours.ground)
    return picture


def _plate(picture: Raster, layout: Layout) -> Raster:
    """Return the code's plate as it stands on the card."""
    plate = layout.plan.plate
    drawn = within(picture, plate.box).copy()
    put_plate(drawn, (0, 0, *plate.box[2:]), plate.radius, layout.colours.plate)
    return drawn


def _blank(picture: Raster, layout: Layout) -> Raster:
    """Return what a draft shows in the code's place: our mark in an outline."""
    plate, colours = layout.plan.plate, layout.colours
    side, radius = plate.side // 2, plate.radius // 2
    under = within(picture, plate.box)
    drawn = np.asarray(cv2.resize(under, (side, side)), np.uint8)
    edge = rounded(side, side, radius).copy()
    edge[2:-2, 2:-2] -= rounded(side - 4, side - 4, max(0, radius - 2))
    ink.put(drawn, np.asarray(edge * OUTLINE, np.uint8), 0, 0, colours.ink)
    own = mark(colours.ink, colours.plate, side * MARK)
    ink.put(drawn, own, (side - own.shape[1]) // 2, (side - len(own)) // 2)
    return drawn

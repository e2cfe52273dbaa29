"""A card without words and photo: its colours, its frame, names and logos."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import pyvips
from numpy.typing import NDArray

from kiosk.layout import Layout
from kiosk.stamp import ink
from kiosk.stamp.face import hand
from kiosk.stamp.fit import fit_line
from kiosk.stamp.raster import (
    Box,
    Raster,
    blocks_around,
    parse,
    plain,
    within,
)

NAME = "Pledgebooth"
LOGO = 0.62  # of the strip's height
MARK = 0.52  # of the height of the strip, or of a draft's empty plate
OUTLINE = 0.45  # of the ink, around that plate
GAP = 18  # pixels, after our mark
NEXT = 24  # pixels between two names, at least
TILE = 64  # pixels: a frame is laid over the photo only where it covers some of it

OUR_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 0 46 40" width="46"'
    ' height="40"><g fill="{bars}"><rect y="12" width="12" height="28" rx="6"/>'
    '<rect x="16" width="12" height="40" rx="6"/>'
    '<rect x="32" y="18" width="12" height="22" rx="6"/></g>'
    '<g fill="{bands}"><rect x="-1" y="25" width="14" height="6" rx="1.5"/>'
    '<rect x="15" y="13" width="14" height="6" rx="1.5"/>'
    '<rect x="31" y="30" width="14" height="5.5" rx="1.5"/></g></svg>'
)


@dataclass(frozen=True, slots=True)
class Cover:
    """A piece of the frame that reaches over the photo; `box` is within the hole.

    `seen` is the share of the photo that shows through, none where there is none.
    """

    box: Box
    art: Raster
    seen: NDArray[np.float32] | None

    def lay_on(self, photo: Raster) -> None:
        """Lay the piece over the photo, changing it."""
        under = within(photo, self.box)
        if self.seen is None:
            under[:] = self.art
        else:
            shown = np.ascontiguousarray(under)
            under[:] = cv2.blendLinear(shown, self.art, self.seen, 1 - self.seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every card of an evening shares.

    `picture` is the whole card; `hole` is whole blocks around the photo, encoded with
    it; `covers` are where the frame reaches over it. `plate` is the code's plate with
    nothing on it; `blank`, at half size, what a draft shows there: our mark.
    """

    picture: Raster
    plate: Raster
    blank: Raster
    photo: Box
    hole: Box
    covers: Sequence[Cover]

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


@lru_cache(maxsize=4)
def ground(
    layout: Layout, photo: Box, partners: tuple[str, ...], logos: tuple[Path, ...]
) -> Ground:
    """Paint a card but for its words, with the photo where the words leave it room."""
    picture = plain(*layout.plan.size, parse(layout.colours.ground))
    hole = blocks_around(photo, layout.plan.size)
    covers: list[Cover] = []
    strip = layout.plan.logos
    _put_plate(picture, strip.box, strip.radius, layout.colours.strip)
    if layout.plan.frame:
        frame = _moved(_frame(layout), layout, photo)
        ink.put(picture, frame, 0, 0)
        covers = list(_covers(within(frame, hole)))
    _put_strip(picture, layout, partners, (*logos, *layout.logos))
    picture.setflags(write=False)
    return Ground(
        picture=picture,
        plate=_plate(picture, layout),
        blank=_blank(picture, layout),
        photo=photo,
        hole=hole,
        covers=covers,
    )


def mark(bars: str, bands: str, height: float) -> NDArray[np.uint8]:
    """Return our mark: three bars with a band each."""
    return ink.shape(OUR_MARK.format(bars=bars, bands=bands), height / 40)


def _plate(picture: Raster, layout: Layout) -> Raster:
    """Return the code's plate as it stands on the card."""
    plate = layout.plan.plate
    drawn = within(picture, plate.box).copy()
    _put_plate(drawn, (0, 0, *plate.box[2:]), plate.radius, layout.colours.plate)
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


def _frame(layout: Layout) -> NDArray[np.uint8]:
    """Return the template's frame as blue-green-red-alpha, as large as the card."""
    file = str(layout.folder / layout.plan.frame)
    drawn = pyvips.Image.new_from_file(file).colourspace("srgb")
    if not drawn.hasalpha():
        drawn = drawn.addalpha()
    pixels = drawn.cast("uchar").numpy()[..., [2, 1, 0, 3]]
    return np.asarray(cv2.resize(pixels, layout.plan.size), np.uint8)


def _moved(frame: NDArray[np.uint8], layout: Layout, photo: Box) -> NDArray[np.uint8]:
    """Let what the frame has at the photo's edge follow it, where the words grew.

    That is what lies between the middle of the photo and the words.
    """
    plan = layout.plan
    sideways = photo[2:] != plan.photo[2:] and photo[3] == plan.photo[3]
    at = 0 if sideways else 1
    by = plan.photo[at + 2] - photo[at + 2]
    if not by:
        return frame

    lines = np.swapaxes(frame, 0, 1) if sideways else frame
    middle, edge = plan.photo[at] + plan.photo[at + 2] // 2, plan.words.box[at]
    if edge < middle:  # the words are before the photo
        lines, middle, edge = lines[::-1], len(lines) - middle, len(lines) - edge
        edge -= plan.words.box[at + 2]
    moved = lines.copy()
    moved[middle - by : edge - by] = lines[middle:edge]
    moved[edge - by : edge] = 0
    moved = moved[::-1] if plan.words.box[at] < plan.photo[at] else moved
    return np.ascontiguousarray(np.swapaxes(moved, 0, 1) if sideways else moved)


def _covers(frame: NDArray[np.uint8]) -> Iterator[Cover]:
    """Cut what a frame has over the hole into tiles, and leave the empty ones out."""
    tall, wide = frame.shape[:2]
    for top in range(0, tall, TILE):
        for left in range(0, wide, TILE):
            tile = frame[top : top + TILE, left : left + TILE]
            alpha = tile[..., 3]
            if alpha.any():
                seen = None if alpha.min() == 255 else np.float32(1) - _share(alpha)
                art = np.ascontiguousarray(tile[..., :3])
                yield Cover((left, top, *alpha.shape[::-1]), art, seen)


def _share(alpha: NDArray[np.uint8]) -> NDArray[np.float32]:
    return alpha.astype(np.float32) / np.float32(255)


def _put_strip(
    picture: Raster, layout: Layout, partners: tuple[str, ...], logos: Sequence[Path]
) -> None:
    """Draw our mark, the names and the logos, spread over their strip."""
    plan, colours = layout.plan.logos, layout.colours
    left, top, width, height = plan.box
    own = mark(colours.strip_ink, colours.accent, height * MARK)
    start = left + plan.margin
    ink.put(picture, own, start, top + (height - len(own)) // 2)
    start += own.shape[1] + GAP
    end = left + width - plan.margin
    marks = _marks(layout, end - start, partners or (NAME,), logos)
    free = end - start - sum(each.shape[1] for each in marks)
    for each in marks:
        middle = top + (height - len(each)) // 2
        ink.put(picture, each, start, middle, colours.strip_ink)
        start += each.shape[1] + free // max(1, len(marks) - 1)


def _marks(
    layout: Layout, room: int, names: Sequence[str], logos: Sequence[Path]
) -> Sequence[NDArray[np.uint8]]:
    """Return names, all of one size, and logos: together no wider than their room."""
    plan, height = layout.plan.logos, round(layout.plan.logos.box[3] * LOGO)
    count = len(names) + len(logos)
    drawn = [ink.stencil(logo, room // count - NEXT, height) for logo in logos]
    left = room - count * NEXT - sum(each.shape[1] for each in drawn)
    wide = [fit_line(name, room, plan.size, hand(layout)) for name in names]
    scale = min(1.0, left / max(1, sum(each.shape[1] for each in wide)))
    size = max(10, int(plan.size * scale))
    rooms = (max(1, int(each.shape[1] * scale)) for each in wide)
    lines = zip(names, rooms, strict=True)
    return [*(fit_line(name, r, size, hand(layout)) for name, r in lines), *drawn]


def _put_plate(picture: Raster, box: Box, radius: int, colour: str) -> None:
    """Paint an area with rounded corners."""
    ink.put(picture, rounded(box[2], box[3], radius), box[0], box[1], colour)


@lru_cache(maxsize=8)
def rounded(width: int, height: int, radius: int) -> NDArray[np.uint8]:
    """Return a rectangle with rounded corners, as coverage."""
    x, y = (_beyond(side, radius) for side in (width, height))
    distance = np.hypot(y[:, None], x[None, :])
    cover = np.clip(radius - distance + 0.5, 0, 1) if radius else distance + 1
    return (cover * 255).round().astype(np.uint8)


def _beyond(side: int, radius: int) -> NDArray[np.float64]:
    """Return how far each pixel reaches into the corners."""
    from_middle = np.abs(np.arange(side) + 0.5 - side / 2)
    return np.asarray(np.maximum(from_middle - (side / 2 - radius), 0), np.float64)

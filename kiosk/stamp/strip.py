"""The strip on a card: our mark, names and logos, and other plates like it."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kiosk.layout import Layout
from kiosk.stamp import ink
from kiosk.stamp.face import hand
from kiosk.stamp.fit import Fitted, fit_line
from kiosk.stamp.raster import Box, Raster

NAME = "Pledgebooth"
LOGO = 0.62  # of the strip's height
MARK = 0.52  # of the height of the strip, or of a draft's empty plate
GAP = 18  # pixels, after our mark
NEXT = 24  # pixels between two names, at least

OUR_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 0 46 40" width="46"'
    ' height="40"><g fill="{bars}"><rect y="12" width="12" height="28" rx="6"/>'
    '<rect x="16" width="12" height="40" rx="6"/>'
    '<rect x="32" y="18" width="12" height="22" rx="6"/></g>'
    '<g fill="{bands}"><rect x="-1" y="25" width="14" height="6" rx="1.5"/>'
    '<rect x="15" y="13" width="14" height="6" rx="1.5"/>'
    '<rect x="31" y="30" width="14" height="5.5" rx="1.5"/></g></svg>'
)


def put_names(
    picture: Raster, layout: Layout, partners: tuple[str, ...], logos: Sequence[Path]
) -> None:
    """Draw our mark, the names and the logos, spread over their strip."""
    left, top, _, height = layout.plan.logos.box
    own, colour = _own(layout), layout.colours.strip_ink
    start = left + layout.plan.logos.margin
    ink.put(picture, own, start, top + (height - len(own)) // 2)
    start += own.shape[1] + GAP
    drawn = _drawn(layout, len(partners or (NAME,)), logos)
    marks = [*(each.ink for each in names(layout, partners, logos)), *drawn]
    free = _room(layout) - sum(each.shape[1] for each in marks)
    for each in marks:
        ink.put(picture, each, start, top + (height - len(each)) // 2, colour)
        start += each.shape[1] + free // max(1, len(marks) - 1)


def names(
    layout: Layout, partners: tuple[str, ...], logos: Sequence[Path]
) -> Sequence[Fitted]:
    """Return the names, all of one size, in the room that the logos leave them."""
    called, room, size = partners or (NAME,), _room(layout), layout.plan.logos.size
    drawn = _drawn(layout, len(called), logos)
    left = room - len((*called, *drawn)) * NEXT - sum(each.shape[1] for each in drawn)
    wide = [fit_line(name, room, size, hand(layout)) for name in called]
    scale = min(1.0, left / max(1, sum(each.ink.shape[1] for each in wide)))
    rooms = (max(1, int(each.ink.shape[1] * scale)) for each in wide)
    smaller = max(10, int(size * scale))
    lines = zip(called, rooms, strict=True)
    return [fit_line(name, room, smaller, hand(layout)) for name, room in lines]


def _drawn(
    layout: Layout, count: int, logos: Sequence[Path]
) -> Sequence[NDArray[np.uint8]]:
    """Return the logos, each with as much room as each of so many names."""
    room, height = _room(layout), round(layout.plan.logos.box[3] * LOGO)
    each = max(1, room // (count + len(logos)) - NEXT)
    return [ink.stencil(logo, each, height) for logo in logos]


def _own(layout: Layout) -> NDArray[np.uint8]:
    colours = layout.colours
    height = layout.plan.logos.box[3] * MARK
    return mark(colours.strip_ink, colours.accent, height)


def _room(layout: Layout) -> int:
    """Return how wide all names and logos may be together."""
    logos = layout.plan.logos
    taken = 2 * logos.margin + int(_own(layout).shape[1]) + GAP
    return max(1, logos.box[2] - taken)


def mark(bars: str, bands: str, height: float) -> NDArray[np.uint8]:
    """Return our mark: three bars with a band each."""
    return ink.shape(OUR_MARK.format(bars=bars, bands=bands), height / 40)


def put_plate(picture: Raster, box: Box, radius: int, colour: str) -> None:
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

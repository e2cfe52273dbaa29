"""The strip on a card: our mark, names and logos, and other plates like it."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kiosk.layout import Layout
from kiosk.stamp import ink
from kiosk.stamp.face import hand
from kiosk.stamp.fit import fit_line
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

"""A template's frame: laid over the ground, and over the photo where it reaches."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import pyvips
from numpy.typing import NDArray

from kiosk.layout import Layout
from kiosk.stamp.raster import Box, Raster, within

TILE = 64  # pixels: a frame is laid over the photo only where it covers some of it


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


def picture(layout: Layout) -> NDArray[np.uint8]:
    """Return the template's frame as blue-green-red-alpha, as large as the card."""
    file = str(layout.folder / layout.plan.frame)
    drawn = pyvips.Image.new_from_file(file).colourspace("srgb")
    if not drawn.hasalpha():
        drawn = drawn.addalpha()
    pixels = drawn.cast("uchar").numpy()[..., [2, 1, 0, 3]]
    return np.asarray(cv2.resize(pixels, layout.plan.size), np.uint8)


def moved(frame: NDArray[np.uint8], layout: Layout, photo: Box) -> NDArray[np.uint8]:
    """Let what the frame has at the photo's edge follow it, where the words grew.

    That is what lies between the middle of the photo and the words. In the gap then,
    what is at the words' edge goes on: a border stays whole.
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
    moved[edge - by : edge] = lines[edge : edge + 1]
    moved = moved[::-1] if plan.words.box[at] < plan.photo[at] else moved
    return np.ascontiguousarray(np.swapaxes(moved, 0, 1) if sideways else moved)


def covers(frame: NDArray[np.uint8]) -> Iterator[Cover]:
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

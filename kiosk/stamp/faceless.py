"""Cards without a face: four drawings on five gradients."""

from functools import lru_cache
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pyvips

from kiosk.stamp import ink
from kiosk.stamp.card import Pictures, card, checked, thumb
from kiosk.stamp.draft import draft, draft_raster
from kiosk.stamp.overlay import Overlay
from kiosk.stamp.picture import THUMB_QUALITY, jpeg
from kiosk.stamp.raster import Raster, parse

ART = Path(__file__).resolve().parents[2] / "static" / "art"
ART_SIZE = (1000, 900)  # the drawings' own units

GRADIENTS = {
    "violet": ("#2A4BE8", "#7B2BE0"),
    "magenta": ("#7B2BE0", "#C01E7C"),
    "sunrise": ("#C01E7C", "#FF7A4D"),
    "sea": ("#0B6E7A", "#2A4BE8"),
    "night": ("#3A1A66", "#150A26"),
}
ANGLE = radians(160)  # as CSS counts: clockwise, 0 is up


def without_face(overlay: Overlay, colour: str, drawing: str) -> Pictures:
    """Make a card with a drawing where the photo would be; no camera is used.

    Raises:
        UnreadableCode: the code cannot be read back.
        KeyError: no such colour.
    """
    hole = overlay.ground.around(art(colour, drawing, *overlay.photo_size))
    small = draft_raster(hole, overlay)
    return Pictures(
        card=checked(card(hole, overlay), overlay),
        photo=None,
        thumb=thumb(small),
        draft=jpeg(small, THUMB_QUALITY),
        original=None,
    )


def sketch(overlay: Overlay, colour: str, drawing: str) -> bytes:
    """Return only the card in small, with our mark in the code's place."""
    hole = overlay.ground.around(art(colour, drawing, *overlay.photo_size))
    return draft(hole, overlay)


@lru_cache(maxsize=4)
def art(colour: str, drawing: str, width: int, height: int) -> Raster:
    """Return a drawing on its gradient: filling the width, standing on the foot."""
    ground = _gradient(GRADIENTS[colour], width, height)
    scale = max(width / ART_SIZE[0], height / ART_SIZE[1])
    drawn = pyvips.Image.svgload(str(ART / f"{drawing}.svg"), scale=scale)
    left, top = (drawn.width - width) // 2, drawn.height - height
    pixels = drawn.crop(left, top, width, height).numpy()[..., [2, 1, 0, 3]]
    ink.put(ground, np.ascontiguousarray(pixels), 0, 0)
    ground.setflags(write=False)
    return ground


def _gradient(ends: tuple[str, str], width: int, height: int) -> Raster:
    """Return what CSS's linear-gradient(160deg, …) draws."""
    across, down = sin(ANGLE), -cos(ANGLE)
    length = abs(width * across) + abs(height * down)
    x = (np.arange(width) + 0.5 - width / 2) * across / length
    y = (np.arange(height) + 0.5 - height / 2) * down / length
    share = (y[:, None] + x[None, :] + 0.5)[..., None].astype(np.float32)
    start, end = (np.array(parse(c), np.float32) for c in ends)
    return (start + (end - start) * share).round().astype(np.uint8)

"""The card in small, as a guest may see it before keeping it: without its code."""

import cv2
import numpy as np

from kiosk.stamp.overlay import Overlay
from kiosk.stamp.picture import THUMB_QUALITY, jpeg, resized
from kiosk.stamp.raster import Box, Raster, halved, within


def draft(hole: Raster, overlay: Overlay) -> bytes:
    """Encode the card at half size, with our mark in the code's place."""
    return jpeg(draft_raster(hole, overlay), THUMB_QUALITY)


def draft_raster(hole: Raster, overlay: Overlay) -> Raster:
    """Return the card at half size, with our mark in the code's place."""
    width, height = overlay.layout.plan.size
    small = np.empty((height // 2, width // 2, 3), np.uint8)
    for part in overlay.ground.parts():
        _halve(part, overlay.drawn, small)
    plan, plate = overlay.layout.plan, overlay.layout.plan.plate
    for box in (plan.code.box, plate.box, plan.find.box if plan.find else None):
        if box:
            _halve(box, overlay.ground.picture, small)
    side = plate.side // 2
    blank = (plate.left // 2, plate.top // 2, side, side)
    within(small, blank)[:] = overlay.ground.blank
    left, top, wide, high = halved(overlay.ground.hole)
    within(small, (left, top, wide, high))[:] = resized(hole, wide, high)
    return small


def _halve(part: Box, card: Raster, small: Raster) -> None:
    """Put a part of the card into the small one, to the even pixel around it."""
    left, top = part[0] // 2, part[1] // 2
    right, bottom = ((part[at] + part[at + 2] + 1) // 2 for at in (0, 1))
    right, bottom = min(right, small.shape[1]), min(bottom, small.shape[0])
    width, height = right - left, bottom - top
    if width and height:
        source = within(card, (2 * left, 2 * top, 2 * width, 2 * height))
        half = cv2.resize(source, (width, height), interpolation=cv2.INTER_AREA)
        within(small, (left, top, width, height))[:] = half

"""Put a photo and an overlay together: the finished pictures of a pledge."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import cv2
import numpy as np

from kiosk.stamp.code import UnreadableCode, read_back
from kiosk.stamp.draft import draft
from kiosk.stamp.overlay import Overlay
from kiosk.stamp.picture import (
    CARD_QUALITY,
    ORIGINAL_QUALITY,
    THUMB_QUALITY,
    fill,
    jpeg,
)
from kiosk.stamp.raster import Raster
from kiosk.stamp.splice import encoded, filled

THUMB = 480  # pixels, the longer edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What one stamping makes, each a JPEG; only the card has the code.

    `photo` is just what the card shows of the frame: who decides about the card must
    see no less.
    """

    card: bytes
    photo: bytes | None
    thumb: bytes
    draft: bytes
    original: bytes | None


def stamp(frame: Raster, overlay: Overlay) -> Pictures:
    """Put a frame on the card and read the card's code back from its JPEG.

    Raises:
        UnreadableCode: the code cannot be read, or says something else.
    """
    with ThreadPoolExecutor(1) as beside:  # it takes longest, and another core
        original = beside.submit(jpeg, frame, ORIGINAL_QUALITY)
        return replace(stamp_again(frame, overlay), original=original.result())


def stamp_again(frame: Raster, overlay: Overlay) -> Pictures:
    """Put a frame whose original is kept already on another card.

    Raises:
        UnreadableCode: the code cannot be read, or says something else.
    """
    taken = fill(frame, *overlay.photo_size)
    hole = overlay.ground.around(taken)
    photo = encoded(hole, CARD_QUALITY, overlay.around.interval)
    return Pictures(
        card=checked(filled(overlay.around, photo), overlay),
        photo=photo if hole is taken else jpeg(taken, CARD_QUALITY),
        thumb=thumb(taken),
        draft=draft(hole, overlay),
        original=None,
    )


def card(hole: Raster, overlay: Overlay) -> bytes:
    """Encode a card: only its photo is new."""
    photo = encoded(hole, CARD_QUALITY, overlay.around.interval)
    return filled(overlay.around, photo)


def checked(encoded_card: bytes, overlay: Overlay) -> bytes:
    """Return a card whose code reads back from its JPEG.

    Raises:
        UnreadableCode: the code cannot be read, or says something else.
    """
    size = overlay.layout.plan.size
    if read_back(encoded_card, overlay.plate, size) != overlay.url:
        raise UnreadableCode

    return encoded_card


def thumb(photo: Raster) -> bytes:
    """Encode the small picture for walls, halved first because that is quick."""
    height, width = photo.shape[:2]
    scale = THUMB / max(height, width)
    half = cv2.resize(photo, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    size = (round(width * scale), round(height * scale))
    return jpeg(np.asarray(cv2.resize(half, size), np.uint8), THUMB_QUALITY)

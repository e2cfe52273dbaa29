"""Put a photo and an overlay together: the finished pictures of a pledge."""

from dataclasses import dataclass

import cv2
import numpy as np

from kiosk.stamp.code import UnreadableCode, read_back
from kiosk.stamp.overlay import Overlay
from kiosk.stamp.picture import (
    CARD_QUALITY,
    ORIGINAL_QUALITY,
    THUMB_QUALITY,
    crop,
    fill,
    jpeg,
    resized,
)
from kiosk.stamp.plan import (
    DRAFT_SIZE,
    PHOTO_SIZE,
    THUMB_SIZE,
    WIDTH,
    Raster,
)
from kiosk.stamp.splice import stacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What one stamping makes, each a JPEG; only the card has the code."""

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
    above = fill(frame, WIDTH, overlay.photo_height)
    photo = crop(frame, *PHOTO_SIZE)
    return Pictures(
        card=checked(card(above, overlay), overlay),
        photo=jpeg(_at_most(photo, PHOTO_SIZE), CARD_QUALITY),
        thumb=thumb(photo),
        draft=draft(above, overlay),
        original=jpeg(frame, ORIGINAL_QUALITY),
    )


def card(above: Raster, overlay: Overlay) -> bytes:
    """Encode a card: only what is above the band is new."""
    return stacked(jpeg(above, CARD_QUALITY), overlay.foot)


def checked(encoded: bytes, overlay: Overlay) -> bytes:
    """Return a card whose code reads back from its JPEG.

    Raises:
        UnreadableCode: the code cannot be read, or says something else.
    """
    if read_back(encoded, overlay.plate) != overlay.url:
        raise UnreadableCode

    return encoded


def thumb(photo: Raster) -> bytes:
    """Encode the small picture for walls, halved first because that is quick."""
    height, width = photo.shape[:2]
    half = cv2.resize(photo, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return jpeg(np.asarray(cv2.resize(half, THUMB_SIZE), np.uint8), THUMB_QUALITY)


def draft(above: Raster, overlay: Overlay) -> bytes:
    """Encode the card at half size with our mark in the code's place."""
    half = resized(above, DRAFT_SIZE[0], overlay.photo_height // 2)
    return jpeg(np.vstack([half, overlay.draft_foot]), THUMB_QUALITY)


def _at_most(photo: Raster, size: tuple[int, int]) -> Raster:
    return photo if photo.shape[1] <= size[0] else resized(photo, *size)

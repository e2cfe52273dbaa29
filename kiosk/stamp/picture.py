"""Crop, resize and encode pictures; none of them carries metadata."""

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

from kiosk.stamp.raster import Raster

CARD_QUALITY = 90
THUMB_QUALITY = 80
ORIGINAL_QUALITY = 95
WEBP_QUALITY = 80
NEARLY = 0.02  # of the width: cropped, not resized


def crop(frame: Raster, width: int, height: int) -> Raster:
    """Return the part of a frame that has these proportions: no copy.

    The middle of a wide frame; of a tall one what leaves out twice as much below as
    above, since faces are in the upper third.
    """
    have_height, have_width = frame.shape[:2]
    keep_width = min(have_width, round(have_height * width / height))
    keep_height = min(have_height, round(have_width * height / width))
    left = (have_width - keep_width) // 2
    top = (have_height - keep_height) // 3
    return frame[top : top + keep_height, left : left + keep_width]


def resized(picture: Raster, width: int, height: int) -> Raster:
    """Return a picture at this size, averaged when it shrinks to half or less.

    To average parts of pixels takes six times as long as a curve through four, and
    keeps less.
    """
    shrinks = picture.shape[1] >= 2 * width
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return cv2.resize(picture, (width, height), interpolation=how)  # type: ignore[return-value]


def fill(frame: Raster, width: int, height: int) -> Raster:
    """Return a frame cropped to this size.

    A frame of nearly that size is only cropped: its own pixels are the sharpest.
    """
    part = crop(frame, width, height)
    spare = part.shape[1] - width
    if part.shape[0] >= height and 0 <= spare <= width * NEARLY:
        return _middle(part, width, height)
    return resized(part, width, height)


def jpeg(picture: NDArray[np.uint8], quality: int) -> bytes:
    """Encode a picture: 4:2:0, baseline, no metadata."""
    pixels = np.ascontiguousarray(picture)
    encoded: bytes = simplejpeg.encode_jpeg(pixels, quality, "BGR", "420")
    return encoded


def card_webp(card_jpeg: bytes) -> bytes:
    """Return a card's JPEG as WebP, for the bucket."""
    pixels = simplejpeg.decode_jpeg(card_jpeg, "BGR")
    _, encoded = cv2.imencode(".webp", pixels, [cv2.IMWRITE_WEBP_QUALITY, WEBP_QUALITY])
    return encoded.tobytes()


def _middle(part: Raster, width: int, height: int) -> Raster:
    top, left = (part.shape[0] - height) // 2, (part.shape[1] - width) // 2
    return part[top : top + height, left : left + width]

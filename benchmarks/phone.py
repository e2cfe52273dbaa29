"""What becomes of a card on its way: chat apps' copies, and phones' own photographs."""

import cv2
import numpy as np
import simplejpeg
import zxingcpp

from kiosk.stamp.code import FORMATS
from kiosk.stamp.raster import Raster
from tests import debian

SIGHT = (1920, 1080)  # pixels: what a phone's camera looks at while it seeks a code
BLUR = 1.0  # pixels, sigma
NOISE = 6.0  # of 255, sigma: a phone's preview in a dim room
TILT = 0.06  # of the card's sides that its corners are off by, at most


class ZbarMissing(RuntimeError):
    """The second decoder is not on this machine."""

    def __init__(self) -> None:
        super().__init__("zbar is missing: apt-get install libzbar0")


def zbar() -> None:
    """Make sure of zbar.

    Raises:
        ZbarMissing: it is not there, and cannot be had here.
    """
    try:
        from pyzbar import pyzbar  # its import looks for the library
    except ImportError:
        debian.install("libzbar0")
    try:
        from pyzbar import pyzbar  # noqa: F401
    except ImportError as error:
        raise ZbarMissing from error


def read_by_zxing(picture: Raster) -> set[str]:
    """Return what zxing-cpp reads in a picture."""
    return {code.text for code in zxingcpp.read_barcodes(picture, formats=FORMATS)}


def read_by_zbar(picture: Raster) -> set[str]:
    """Return what zbar reads in a picture."""
    from pyzbar import pyzbar

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    kinds = [pyzbar.ZBarSymbol.QRCODE]
    return {code.data.decode() for code in pyzbar.decode(grey, symbols=kinds)}


def copied(card: Raster, longer: int, quality: int) -> Raster:
    """Return a card as chat apps send it on: made smaller, and compressed twice."""
    scale = min(1.0, longer / max(card.shape))
    size = (round(card.shape[1] * scale), round(card.shape[0] * scale))
    small = cv2.resize(card, size, interpolation=cv2.INTER_AREA)
    copy = np.asarray(small, np.uint8)
    for _ in range(2):
        jpeg = simplejpeg.encode_jpeg(copy, quality, "BGR", "420")
        copy = np.asarray(simplejpeg.decode_jpeg(jpeg, "BGR"), np.uint8)
    return copy


def photographed(card: Raster, chance: np.random.Generator, share: float) -> Raster:
    """Return what a phone sees of a card that fills a share of its sight.

    The card is tilted at random, blurred by sigma 1.0 and noisy: a print or a screen
    held by hand.
    """
    tall, wide = card.shape[:2]
    scale = share * min(SIGHT[0] / wide, SIGHT[1] / tall)
    half = np.array([wide, tall], np.float32) * scale / 2
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32) * half
    off = chance.uniform(-TILT, TILT, (4, 2)).astype(np.float32) * 2 * half
    middle = np.array(SIGHT, np.float32) / 2
    flat = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    how = cv2.getPerspectiveTransform(flat, corners + off + middle)
    small = cv2.GaussianBlur(card, (0, 0), max(0.3, 0.35 / scale))
    seen = cv2.warpPerspective(
        small, how, SIGHT, flags=cv2.INTER_LINEAR, borderValue=(46, 40, 44)
    )
    blurred = cv2.GaussianBlur(seen, (0, 0), BLUR)
    noisy = blurred + chance.normal(0, NOISE, blurred.shape)
    return np.asarray(np.clip(noisy, 0, 255), np.uint8)

"""Make the QR code, and read it back from a finished card."""

from functools import lru_cache
from typing import TypeAlias

import cv2
import numpy as np
import simplejpeg
import zxingcpp
from numpy.typing import NDArray

from kiosk.stamp.plan import (
    BAND,
    CREAM,
    HEIGHT,
    INK,
    MODULE,
    PLATE,
    PLATE_RADIUS,
    QUIET,
    WIDTH,
    Raster,
    as_hex,
)

Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height on the card, in pixels."""

HALF: dict[str, int] = {
    "min_height": HEIGHT // 2,
    "min_width": WIDTH // 2,
    "min_factor": 1,
}
"""The least size to decode a card at."""

QR = zxingcpp.BarcodeFormat.QRCode
FORMATS = zxingcpp.BarcodeFormats(QR)


class UnreadableCode(Exception):
    """A card's own QR code could not be read back from its pixels."""

    def __init__(self) -> None:
        super().__init__("The code on the card cannot be read.")


def modules(url: str) -> NDArray[np.bool_]:
    """Return a code's modules, True for ink, without the quiet zone.

    By zxing-cpp: 0.1 ms where qrcode takes 4, and a card waits for it.
    """
    code = zxingcpp.create_barcode(url, QR, ec_level="M")
    drawn = np.asarray(code.to_image(scale=1, add_quiet_zones=False), np.uint8)
    return np.equal(drawn, 0)


def plate(url: str) -> Raster:
    """Return the code on cream with its quiet zone: a square, at least PLATE wide."""
    dark = modules(url)
    count = len(dark) + 2 * QUIET
    side = max(PLATE, count * MODULE)
    length = side // count * len(dark)
    coloured = np.where(dark[..., None], INK, CREAM).astype(np.uint8)
    drawn = _empty_plate(side).copy()
    edge = (side - length) // 2
    drawn[edge : edge + length, edge : edge + length] = cv2.resize(
        coloured, (length, length), interpolation=cv2.INTER_NEAREST
    )
    return drawn


def qr_svg(url: str) -> str:
    """Return the code for a screen: ink on cream, with its quiet zone."""
    import qrcode  # it brings all of Pillow: 20 MB, and only the done screen asks

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(url)
    code.make()
    dark = np.array(code.get_matrix(), np.bool_)
    side = len(dark) + 2 * QUIET
    path = "".join(f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, x in np.argwhere(dark))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        f' width="{side * 8}" height="{side * 8}" shape-rendering="crispEdges">'
        f'<path fill="{as_hex(CREAM)}" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="{as_hex(INK)}" d="{path}"/></svg>'
    )


def read_back(card: bytes, plate: Box) -> str:
    """Return what the code on a card's JPEG says, from half its pixels a side.

    A card that reads at half its size reads on a phone.

    Raises:
        UnreadableCode: nothing there can be read.
    """
    pixels = simplejpeg.decode_jpeg(card, "GRAY", fastupsample=True, **HALF)
    scale = pixels.shape[1] / WIDTH
    left, top, width, height = (round(v * scale) for v in plate)
    seen = np.ascontiguousarray(pixels[top : top + height, left : left + width, 0])
    for code in zxingcpp.read_barcodes(seen, formats=FORMATS):
        return str(code.text)
    raise UnreadableCode


@lru_cache(maxsize=4)
def _empty_plate(side: int) -> Raster:
    """Return cream with its corners rounded off, on the band."""
    beyond = np.abs(np.arange(side) + 0.5 - side / 2) - (side / 2 - PLATE_RADIUS)
    outside = np.maximum(beyond, 0)
    distance = np.hypot(outside[:, None], outside[None, :])
    cover = np.clip(PLATE_RADIUS - distance + 0.5, 0, 1)[..., None]
    mixed = cover * np.array(CREAM) + (1 - cover) * np.array(BAND)
    return np.asarray(mixed.round(), np.uint8)

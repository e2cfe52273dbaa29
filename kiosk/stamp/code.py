"""Make the QR code, and read it back from a finished card."""

import cv2
import numpy as np
import simplejpeg
import zxingcpp
from numpy.typing import NDArray

from kiosk.layout import QUIET, Colours, Plate
from kiosk.stamp.raster import Box, Raster, parse, within

CREAM, INK = "#FFF7E8", "#1A0C2E"
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


def module_size(url: str, plate: Plate) -> int:
    """Return how many pixels a side of the code's modules are on a plate."""
    return plate.side // (len(modules(url)) + 2 * plate.quiet)


def put_code(card: Raster, url: str, plate: Plate, colours: Colours) -> None:
    """Draw a code in the middle of its empty plate, changing the card."""
    dark = modules(url)[..., None]
    length = plate.side // (len(dark) + 2 * plate.quiet) * len(dark)
    light, ink = parse(colours.plate), parse(colours.plate_ink)
    drawn = np.where(dark, ink, light).astype(np.uint8)
    edge = (plate.side - length) // 2
    place = (plate.left + edge, plate.top + edge, length, length)
    within(card, place)[:] = cv2.resize(
        drawn, (length, length), interpolation=cv2.INTER_NEAREST
    )


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
        f'<path fill="{CREAM}" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="{INK}" d="{path}"/></svg>'
    )


def read_back(card: bytes, plate: Box, size: tuple[int, int]) -> str:
    """Return what the code on a card's JPEG says, from half its pixels a side.

    A card that reads at half its size reads on a phone. `size` is the card's.

    Raises:
        UnreadableCode: nothing there can be read.
    """
    least = {"min_width": size[0] // 2, "min_height": size[1] // 2}
    pixels = simplejpeg.decode_jpeg(
        card, "GRAY", fastupsample=True, min_factor=1, **least
    )
    scale = pixels.shape[1] / size[0]
    left, top, width, height = (round(v * scale) for v in plate)
    seen = np.ascontiguousarray(pixels[top : top + height, left : left + width, 0])
    for code in zxingcpp.read_barcodes(seen, formats=FORMATS):
        return str(code.text)
    raise UnreadableCode

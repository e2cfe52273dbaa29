"""The code on the card, and the one on the screen."""

import cv2
import numpy as np
import pytest
import pyvips

from kiosk.layout import Plate
from kiosk.stamp import UnreadableCode, qr_svg
from kiosk.stamp.code import module_size, modules, put_code, read_back
from kiosk.stamp.picture import jpeg
from kiosk.stamp.raster import Raster, plain
from tests.kiosk.stamp.pictures import TALL, URL, codes

CREAM = (0xE8, 0xF7, 0xFF)
MODULE, QUIET, SIDE = 7, 4, 287
PLATE = Plate(left=0, top=0, side=SIDE)


def plate(url: str) -> Raster:
    """Draw a code on an empty plate."""
    drawn = plain(SIDE, SIDE, CREAM)
    put_code(drawn, url, PLATE, TALL.colours)
    return drawn


def test_sixty_two_bytes_make_a_code_of_33_modules() -> None:
    assert modules("https://a.example/" + "p" * 44).shape == (33, 33)


def test_the_plate_has_seven_pixels_a_module_and_a_quiet_zone_of_four() -> None:
    drawn = plate(URL)

    dark = np.argwhere(drawn.max(axis=2) < 100)
    assert module_size(URL, PLATE) == MODULE
    assert np.ptp(dark[:, 0]) + 1 == 33 * MODULE
    assert dark.min() >= QUIET * MODULE


def test_another_maker_of_decoders_reads_the_plate_too() -> None:
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(plate(URL))

    assert text == URL


def test_the_code_on_the_screen_says_the_same() -> None:
    drawn = pyvips.Image.svgload_buffer(qr_svg(URL).encode()).flatten()

    assert codes(np.ascontiguousarray(drawn.numpy())) == [URL]


def test_the_code_on_the_screen_runs_nothing() -> None:
    svg = qr_svg("https://a.example/p/<script>&")

    assert "script" not in svg
    assert "style" not in svg


def test_a_card_without_a_code_cannot_be_read() -> None:
    with pytest.raises(UnreadableCode):
        read_back(
            jpeg(plain(1280, 1600, CREAM), 90), (900, 1200, 287, 287), (1280, 1600)
        )


@pytest.mark.parametrize("number", range(40))
def test_every_address_gives_a_code_that_reads(number: int) -> None:
    url = f"https://pledge.example.org/p/{number * 7919:020d}"

    assert codes(plate(url)) == [url]

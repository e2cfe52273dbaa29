"""The parts below the photo: cream strip, plate, mark, short code."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kiosk import fonts
from kiosk.stamp import ink
from kiosk.stamp.fit import fit_line
from kiosk.stamp.plan import (
    BAND,
    CREAM,
    EDGE,
    INK,
    MARGIN,
    PLATE_RADIUS,
    STRIP,
    WIDTH,
    Colour,
    Raster,
    as_hex,
    plain,
)

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 0 46 40" width="46"'
    ' height="40"><g fill="{bars}"><rect y="12" width="12" height="28" rx="6"/>'
    '<rect x="16" width="12" height="40" rx="6"/>'
    '<rect x="32" y="18" width="12" height="22" rx="6"/></g>'
    '<g fill="{bands}"><rect x="-1" y="25" width="14" height="6" rx="1.5"/>'
    '<rect x="15" y="13" width="14" height="6" rx="1.5"/>'
    '<rect x="31" y="30" width="14" height="5.5" rx="1.5"/></g></svg>'
)
NAME = "Pledgebooth"
NAME_SIZE = 30  # pixels
LOGO_HEIGHT = 52  # pixels
CODE_SIZE = 50
CODE_GAP = 18  # between the plate and the code under it
MARK_SHARE = 0.52  # of the draft's plate


@lru_cache(maxsize=4)
def strip(partners: tuple[str, ...], logos: tuple[Path, ...] = ()) -> Raster:
    """Return the cream strip: our mark; names and logos, in ink, spread beside it."""
    drawn = plain(WIDTH, STRIP, CREAM)
    mark = ink.shape(_mark(INK, BAND), 1.1)
    ink.put(drawn, mark, MARGIN, (STRIP - len(mark)) // 2)
    start = MARGIN + mark.shape[1] + 18
    names = partners or (NAME,)
    room = (WIDTH - MARGIN - start) // (len(names) + len(logos)) - 24
    marks = [fit_line(name, room, NAME_SIZE) for name in names]
    marks += [ink.stencil(logo, room, LOGO_HEIGHT) for logo in logos]
    free = WIDTH - MARGIN - start - sum(each.shape[1] for each in marks)
    for each in marks:
        ink.put(drawn, each, start, (STRIP - len(each)) // 2)
        start += each.shape[1] + free // max(1, len(marks) - 1)
    return drawn


@lru_cache(maxsize=4)
def blank_plate(side: int) -> Raster:
    """Return what a draft shows in the code's place: our mark in an outline."""
    drawn = plain(side, side, BAND)
    outline = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}">'
        f'<rect x="1" y="1" width="{side - 2}" height="{side - 2}" fill="none"'
        f' rx="{PLATE_RADIUS // 2}" stroke="{as_hex(EDGE)}" stroke-width="2"/></svg>'
    )
    ink.put(drawn, ink.shape(outline), 0, 0)
    mark = ink.shape(_mark(INK, CREAM), side * MARK_SHARE / 46)
    height, width = mark.shape[:2]
    ink.put(drawn, mark, (side - width) // 2, (side - height) // 2)
    return drawn


@lru_cache(maxsize=4)
def empty(
    height: int, partners: tuple[str, ...], logos: tuple[Path, ...] = ()
) -> Raster:
    """Return a band this high with the strip under it; copy it before drawing."""
    return np.vstack([plain(WIDTH, height, BAND), strip(partners, logos)])


def write_code(ground: Raster, code: str, centre: int, plate_bottom: int) -> None:
    """Write the short code under the plate, changing the ground.

    Its few letters are drawn once each, and stand in the middle of their widths.
    """
    advances = fonts.advances(ink.DISPLAY.family)
    left = centre - sum(advances[c] for c in code) * CODE_SIZE / 2
    for character in code:
        width = advances[character] * CODE_SIZE
        if character != " ":
            drawn = _character(character)
            middle = round(left + (width - drawn.shape[1]) / 2)
            ink.put(ground, drawn, middle, plate_bottom + CODE_GAP)
        left += width


@lru_cache(maxsize=64)
def _character(character: str) -> NDArray[np.uint8]:
    return ink.letters(character, ink.DISPLAY, CODE_SIZE)


def _mark(bars: Colour, bands: Colour) -> str:
    return MARK.format(bars=as_hex(bars), bands=as_hex(bands))

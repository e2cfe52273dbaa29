"""Draw text and shapes: pango and librsvg by way of pyvips."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

import cv2
import numpy as np
import pyvips
from numpy.typing import NDArray

from kiosk import fonts
from kiosk.stamp.direction import directed
from kiosk.stamp.raster import Colour, Raster, parse
from kiosk.stamp.sticker import with_paper

KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
PANGO_UNITS = 1024  # a pixel

pyvips.cache_set_max(0)  # else it keeps the last guests' words in memory
pyvips.concurrency_set(1)  # each thread keeps lines of a large photo of its own


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface and how its lines stand; sizes are pixels, heights em.

    `file` is a template's own font, else the face is one of ours.
    """

    family: str
    description: str
    largest: int
    line_height: float
    file: str = ""


DISPLAY = Face("Phudu", "Phudu Ultra-Bold", 92, 1.14)
TEXT = Face("Be Vietnam Pro", "Be Vietnam Pro Bold", 72, 1.3)


@dataclass(frozen=True, slots=True)
class Hand:
    """How a card is lettered: a face for posters, one to read, and the ink's colour."""

    poster: Face = DISPLAY
    text: Face = TEXT
    colour: str = "#000000"


def letters(
    text: str, face: Face, size: int, line_height: float = 0, colour: str = "#000000"
) -> NDArray[np.uint8]:
    """Return the ink of some lines: coverage, or with emoji blue-green-red-alpha.

    The picture is the ink's own box, so that no stacked mark is ever cut off. Lines
    that run to the left stand at its right. The colour counts only beside emoji:
    coverage has none.
    """
    fonts.use()
    height = round((line_height or face.line_height) * size * PANGO_UNITS)
    span = f'<span foreground="{colour}" line_height="{height}">'
    drawn = pyvips.Image.text(
        f"{span}{_markup(text)}</span>",
        font=f"{face.description} {size}",
        dpi=72,
        rgba=has_emoji(text),
        **({"fontfile": face.file} if face.file else {}),
    )
    ink = _frozen(_pixels(drawn))
    return with_paper(ink, parse(colour), size) if ink.ndim == 3 else ink


def advances(face: Face) -> Mapping[str, float]:
    """Return how wide each character of a face is, in em."""
    return fonts.advances_of(face.file) if face.file else fonts.advances(face.family)


def has_emoji(text: str) -> bool:
    """Say whether some character is drawn in colours of its own."""
    plain, coloured = fonts.advances(TEXT.family), fonts.advances(fonts.EMOJI)
    return any(c in coloured and c not in plain for c in text)


def _markup(text: str) -> str:
    """Escape text, and name the font of keycaps: pango draws their digit in ours."""
    escaped = escape(directed(text), quote=False)
    return KEYCAP.sub(rf'<span face="{fonts.EMOJI}">\g<0></span>', escaped)


def put(
    ground: Raster,
    ink: NDArray[np.uint8],
    left: int,
    top: int,
    colour: str = "#000000",
    *,
    on: Colour | None = None,
) -> None:
    """Lay ink over a ground there, changing the ground; coverage takes the colour.

    What reaches outside the ground is left out. `on` is the ground's colour, where it
    is known to have only one there: else that is looked at.
    """
    height, width = ink.shape[:2]
    under = ground[max(0, top) : top + height, max(0, left) : left + width]
    if not under.size:
        return
    ink = ink[max(0, -top) :, max(0, -left) :][: len(under), : under.shape[1]]
    if ink.ndim == 3:
        alpha = ink[..., 3:].astype(np.uint16)
        under[:] = (ink[..., :3] * alpha + under * (255 - alpha) + 127) // 255
    elif (on := on or _one_colour(under)) is not None:
        under[:] = cv2.applyColorMap(ink, _blend(on, parse(colour)))
    else:
        cover = ink.astype(np.float32) / 255
        inked = np.full_like(under, parse(colour))
        under[:] = cv2.blendLinear(inked, np.ascontiguousarray(under), cover, 1 - cover)


@lru_cache(maxsize=8)
def shape(svg: str, scale: float = 1.0) -> NDArray[np.uint8]:
    """Return a drawing as blue-green-red-alpha."""
    drawn = pyvips.Image.svgload_buffer(svg.encode(), scale=scale)
    return _frozen(drawn.numpy())


@lru_cache(maxsize=8)
def stencil(file: Path, width: int, height: int) -> NDArray[np.uint8]:
    """Return a logo's shape as coverage, as large as fits: its alpha, else its dark."""
    drawn = pyvips.Image.thumbnail(str(file), width, height=height)
    if drawn.hasalpha():
        return _frozen(drawn.extract_band(drawn.bands - 1).numpy())
    return _frozen(drawn.colourspace("b-w").invert().numpy())


def _pixels(drawn: pyvips.Image) -> NDArray[np.uint8]:
    """Return a small picture's pixels, drawn here: to wake other threads takes longer.

    Height x width x bands.
    """
    width, height = drawn.width, drawn.height
    fetched = pyvips.Region.new(drawn).fetch(0, 0, width, height)
    return np.frombuffer(fetched, np.uint8).reshape(height, width, -1)


def _one_colour(area: Raster) -> Colour | None:
    """Return the colour of an area that has only one."""
    blue, green, red = (int(each) for each in area[0, 0])
    colour = np.array((blue, green, red, 0), np.float64)  # as OpenCV writes a scalar
    if np.asarray(cv2.absdiff(area, colour)).any():
        return None
    return blue, green, red


@lru_cache(maxsize=16)
def _blend(ground: Colour, ink: Colour) -> Raster:
    """Return what ink of each coverage looks like on a ground: 256 x 1 x 3."""
    coverage = np.arange(256)[:, None] / 255
    mixed = coverage * np.array(ink) + (1 - coverage) * np.array(ground)
    return np.asarray(mixed.round(), np.uint8)[:, None, :]


def _frozen(drawn: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return blue-green-red from red-green-blue, safe to share."""
    if drawn.ndim == 3 and drawn.shape[2] == 1:
        drawn = drawn[..., 0]
    if drawn.ndim == 3:
        drawn = drawn[..., [2, 1, 0, 3]]
    drawn = np.ascontiguousarray(drawn)
    drawn.setflags(write=False)
    return drawn

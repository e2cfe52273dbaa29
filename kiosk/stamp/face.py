"""The faces that a layout letters its cards with."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kiosk.layout import Layout
from kiosk.stamp.ink import DISPLAY, TEXT, Face, Hand, letters

BUNDLED = {face.family: face for face in (DISPLAY, TEXT)}
TALLEST = "ẪỆ\nẪỆ"  # marks above and below, twice: what lines must not let collide
SAMPLE = 100  # pixels, to measure at
WEIGHTS = {
    100: "Thin",
    200: "Ultra-Light",
    300: "Light",
    400: "Regular",
    500: "Medium",
    600: "Semi-Bold",
    700: "Bold",
    800: "Ultra-Bold",
    900: "Heavy",
}
"""The weights of OpenType as pango calls them."""


@lru_cache(maxsize=8)
def hand(layout: Layout) -> Hand:
    """Return the faces of a layout, at the sizes and in the ink it asks for."""
    largest = layout.plan.words.largest
    poster = _face(layout, layout.fonts.poster, DISPLAY)
    text = _face(layout, layout.fonts.text, TEXT)
    return Hand(
        poster=replace(poster, largest=largest),
        text=replace(text, largest=min(text.largest, largest)),
        colour=layout.colours.ink,
    )


def _face(layout: Layout, font: str, like: Face) -> Face:
    """Return one of our faces, or that of a font file with the sizes of ours."""
    return BUNDLED.get(font) or _own(layout.folder / font, like)


def _own(file: Path, like: Face) -> Face:
    from fontTools.ttLib import TTFont  # only for a template with fonts of its own

    with TTFont(file, lazy=True) as font:
        names = font["name"]
        family = str(names.getDebugName(16) or names.getDebugName(1))
        weight = min(WEIGHTS, key=lambda each: abs(each - font["OS/2"].usWeightClass))
    face = Face(
        family=family,
        description=f"{family} {WEIGHTS[weight]}",
        largest=like.largest,
        line_height=like.line_height,
        file=str(file),
    )
    return replace(face, line_height=max(like.line_height, _least_line_height(face)))


def _least_line_height(face: Face) -> float:
    """Return how far apart lines must be for stacked marks not to touch, in em."""
    alone = letters(TALLEST.partition("\n")[0], face, SAMPLE)
    return len(alone) / SAMPLE + 0.02

"""The short code on a card, which a guest can say or type: "HN 4K7P"."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kiosk.layout import Layout
from kiosk.stamp import ink
from kiosk.stamp.face import hand
from kiosk.stamp.ink import Face
from kiosk.stamp.sheet import Sheet

ELSE = 0.5  # em: how wide a character is that the face does not have


def short_code_size(code: str, layout: Layout) -> int:
    """Return at how many pixels a code stands, no wider than its box."""
    line, width = layout.plan.code, sum(_advances(code, layout))
    return min(line.size, int(line.box[2] / width)) if width else line.size


def put_short_code(sheet: Sheet, code: str, layout: Layout) -> None:
    """Write the short code in its box: in its middle, or beside words at its left."""
    written, box = short_code(code, layout), layout.plan.code.box
    free = 0 if layout.plan.find else box[2] - written.shape[1]
    sheet.put(written, box[0] + free // 2, box[1])


def short_code(code: str, layout: Layout) -> NDArray[np.uint8]:
    """Return a code's ink, as wide as its box at most.

    Its few letters are drawn once each; they stand in the middle of their widths.
    """
    face, size = hand(layout).poster, short_code_size(code, layout)
    advances = _advances(code, layout)
    written = np.zeros((2 * size, round(sum(advances) * size)), np.uint8)
    left, high = 0.0, 1
    for character, advance in zip(code, advances, strict=True):
        if character != " ":
            drawn = _character(character, face, size)
            middle = max(0, round(left + (advance * size - drawn.shape[1]) / 2))
            place = written[: len(drawn), middle : middle + drawn.shape[1]]
            np.maximum(place, drawn[: len(place), : place.shape[1]], out=place)
            high = max(high, len(drawn))
        left += advance * size
    return written[:high]


def _advances(code: str, layout: Layout) -> list[float]:
    known = ink.advances(hand(layout).poster)
    return [known.get(each, ELSE) for each in code]


@lru_cache(maxsize=64)
def _character(character: str, face: Face, size: int) -> NDArray[np.uint8]:
    return ink.letters(character, face, size)

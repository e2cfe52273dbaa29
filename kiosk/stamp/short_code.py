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
    """Write the short code in its box: its few letters are drawn once each.

    They stand in the middle of their widths; beside words, at the left.
    """
    box, face = layout.plan.code.box, hand(layout).poster
    size, advances = short_code_size(code, layout), _advances(code, layout)
    free = 0.0 if layout.plan.find else box[2] - sum(advances) * size
    left = box[0] + free / 2
    for character, advance in zip(code, advances, strict=True):
        if character != " ":
            drawn = _character(character, face, size)
            middle = round(left + (advance * size - drawn.shape[1]) / 2)
            sheet.put(drawn, middle, box[1])
        left += advance * size


def _advances(code: str, layout: Layout) -> list[float]:
    known = ink.advances(hand(layout).poster)
    return [known.get(each, ELSE) for each in code]


@lru_cache(maxsize=64)
def _character(character: str, face: Face, size: int) -> NDArray[np.uint8]:
    return ink.letters(character, face, size)

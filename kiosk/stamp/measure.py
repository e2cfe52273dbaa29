"""How much room words take, before they are drawn; all in em."""

from functools import lru_cache, partial
from itertools import chain
from unicodedata import category, combining, normalize

import regex

from kiosk import fonts
from kiosk.stamp import wrap
from kiosk.stamp.ink import DISPLAY, TEXT, Face, advances, letters

TALL = 1.45  # em: two marks above a capital, or a Thai vowel and its tone
TALLEST = 1.6
SPACELESS = frozenset({"Mn", "Me", "Cf"})  # marks and signs that take no room
TRIED = 40  # pixels: the size at which words are drawn to be measured

_ABOVE_AND_BELOW = r"\p{Arabic}\p{Khmer}\p{Myanmar}"
_STACKING = regex.compile(rf"[{_ABOVE_AND_BELOW}]")
_SHAPED = regex.compile(rf"[{_ABOVE_AND_BELOW}\p{{Thai}}\p{{Lao}}\p{{Devanagari}}]")


def measured(text: str, face: Face) -> wrap.Measured:
    """Measure words; those whose letters join or stack are drawn for it."""
    found = wrap.measured(text, partial(_width, face))
    if not _SHAPED.search(text):
        return found

    drawn = letters(text, face, TRIED).shape[1] / TRIED
    share = drawn / (found.width or 1.0)
    return wrap.measured(text, lambda g: share * _width(face, g))


def line_height(text: str, face: Face) -> float:
    """Leave room for what is written above and below letters, where there is any."""
    if _STACKING.search(text):
        return TALLEST

    is_tall = face.line_height > DISPLAY.line_height and any(
        _is_stacked(c) for c in text
    )
    return TALL if is_tall or _SHAPED.search(text) else face.line_height


def _is_stacked(character: str) -> bool:
    above = [c for c in normalize("NFD", character)[1:] if combining(c) == 230]
    return character.isupper() and len(above) > 1


@lru_cache(maxsize=1024)
def _width(face: Face, grapheme: str) -> float:
    """Return how wide a grapheme is, in em; an emoji joined of many counts as one."""
    text, emoji = fonts.advances(TEXT.family), fonts.advances(fonts.EMOJI)
    pictured = (emoji[c] for c in grapheme if c in emoji and c not in text)
    whole = next(pictured, 0.0)
    return whole or sum(_advance(face, c) for c in grapheme)


def _advance(face: Face, character: str) -> float:
    if category(character) in SPACELESS:
        return 0.0

    bundled = (fonts.advances(family) for family in (TEXT.family, fonts.OTHERS))
    known = (widths.get(character) for widths in chain([advances(face)], bundled))
    return next((width for width in known if width is not None), 1.0)

"""Choose face, size and lines, so that a guest's words fill the room they have."""

import unicodedata
from collections import ChainMap
from collections.abc import Mapping
from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk import fonts
from kiosk.stamp import wrap
from kiosk.stamp.ink import DISPLAY, EMOJI, TEXT, Face, letters

SMALLEST = 40  # pixels
STEP = 4
LONGEST_DISPLAY = 60  # characters
PLAIN = frozenset(" .,:;!?…'\"‘’“”&")  # the display face's other signs are hairlines
TALL = 1.45  # em: the text face's ink with two marks above a capital
UNSEEN = frozenset(wrap.JOINER + wrap.STYLES + " \n")


class Undrawable(ValueError):
    """Some characters are in no bundled font; `characters` are those."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"We have no letters for: {' '.join(characters)}")
        self.characters = characters


def undrawable(words: str) -> str:
    """Return the characters that no bundled font draws, each once, in order."""
    known = _advances(TEXT)
    missing = (c for c in _composed(words) if c not in known and c not in UNSEEN)
    return "".join(dict.fromkeys(missing))


def fit(words: str, room: int, height: int) -> NDArray[np.uint8]:
    """Return the words' ink: at most `room` wide and, if it can be, `height` high.

    Sizes go from the face's largest to SMALLEST; words that are still too high at
    SMALLEST come out higher.

    Raises:
        Undrawable: no bundled font has some of the characters.
    """
    words = _composed(words)
    if missing := undrawable(words):
        raise Undrawable(missing)

    face = _face(words)
    text = words.upper() if face is DISPLAY else words
    line_height = _line_height(text, face)
    for size in range(face.largest, SMALLEST, -STEP):
        broken = wrap.lines(text, room / size, _advances(face))
        if len(broken) * line_height * size <= height and _is_whole(text, broken):
            drawn = letters("\n".join(broken), face, size, line_height)
            if drawn.shape[1] <= room and drawn.shape[0] <= height:
                return drawn
    broken = wrap.lines(text, room / SMALLEST, _advances(face))
    return narrowed(letters("\n".join(broken), face, SMALLEST, line_height), room)


@lru_cache(maxsize=32)
def fit_line(text: str, room: int, size: int) -> NDArray[np.uint8]:
    """Return one line's ink in the text face, made smaller where it is too wide.

    Kept: the event's and partners' lines stand on every card.
    """
    return narrowed(letters(_composed(text), TEXT, size), room)


def narrowed(drawn: NDArray[np.uint8], room: int) -> NDArray[np.uint8]:
    """Shrink ink that is wider than its room."""
    if drawn.shape[1] <= room:
        return drawn

    scale = room / drawn.shape[1]
    size = (room, max(1, int(drawn.shape[0] * scale)))
    return cv2.resize(drawn, size, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _face(words: str) -> Face:
    display = fonts.advances(DISPLAY.family)
    fits = all(c in display and (c.isalnum() or c in PLAIN) for c in words.upper())
    return DISPLAY if fits and len(words) <= LONGEST_DISPLAY else TEXT


@cache
def _advances(face: Face) -> Mapping[str, float]:
    families = (EMOJI, TEXT.family, face.family)
    return dict(ChainMap(*(fonts.advances(f) for f in reversed(families))))


def _line_height(text: str, face: Face) -> float:
    """Leave room for marks stacked above capitals, where there are any."""
    stacked = face is TEXT and any(_is_stacked(c) for c in text)
    return TALL if stacked else face.line_height


def _is_stacked(character: str) -> bool:
    above = [c for c in unicodedata.normalize("NFD", character)[1:] if _is_above(c)]
    return character.isupper() and len(above) > 1


def _is_above(mark: str) -> bool:
    return unicodedata.combining(mark) == 230


def _is_whole(text: str, broken: list[str]) -> bool:
    """Say whether no word had to be cut."""
    return " ".join(broken) == " ".join(text.split())

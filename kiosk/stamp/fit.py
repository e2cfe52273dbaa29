"""Choose face, size and lines, so that a guest's words fill the room they have."""

import unicodedata
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk import fonts
from kiosk.stamp import ink, wrap
from kiosk.stamp.ink import DISPLAY, EMOJI, TEXT, Face, Hand, letters

SMALLEST = 40  # pixels
STEP = 4
TRIES = 4  # at breaking lines anew when they come out wider than was reckoned
CLOSER = 0.97  # as wide as before, so that at least one character moves on
LONGEST_DISPLAY = 60  # characters
PLAIN = frozenset(" .,:;!?…'\"‘’“”&")  # the display face's other signs are hairlines
TALL = 1.45  # em: the text face's ink with two marks above a capital
UNSEEN = frozenset(wrap.JOINER + wrap.STYLES + " \n")
OURS = Hand()


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


@dataclass(frozen=True, slots=True)
class Fitted:
    """Words as ink, and at how many pixels they stand there."""

    ink: NDArray[np.uint8]
    size: float

    def shrunk(self, room: int, height: int) -> "Fitted":
        """Return the words no wider and no higher than that."""
        high, wide = self.ink.shape[:2]
        scale = min(1.0, room / wide, height / high)
        if scale == 1:
            return self
        size = (max(1, int(wide * scale)), max(1, int(high * scale)))
        small = cv2.resize(self.ink, size, interpolation=cv2.INTER_AREA)
        return Fitted(np.asarray(small, np.uint8), self.size * scale)


def fit(words: str, room: int, height: int, hand: Hand = OURS) -> Fitted:
    """Return the words' ink: at most `room` wide and, if it can be, `height` high.

    Sizes go from the face's largest to SMALLEST; words that are still too high at
    SMALLEST come out higher.

    Raises:
        Undrawable: no bundled font has some of the characters.
    """
    words = _composed(words)
    if missing := undrawable(words):
        raise Undrawable(missing)

    face = _face(words, hand)
    text = words.upper() if face is hand.poster else words
    line_height = _line_height(text, face)
    for size in range(face.largest, SMALLEST, -STEP):
        broken = wrap.lines(text, room / size, _advances(face))
        if len(broken) * line_height * size <= height and _is_whole(text, broken):
            drawn = letters("\n".join(broken), face, size, line_height, hand.colour)
            if drawn.shape[1] <= room and drawn.shape[0] <= height:
                return Fitted(drawn, size)
    return _smallest(text, room, face, line_height, hand)


def _smallest(
    text: str, room: int, face: Face, line_height: float, hand: Hand
) -> Fitted:
    """Break words until they are no wider than their room, at the smallest size."""
    asked = float(room)
    for _ in range(TRIES):
        broken = wrap.lines(text, asked / SMALLEST, _advances(face))
        drawn = letters("\n".join(broken), face, SMALLEST, line_height, hand.colour)
        if drawn.shape[1] <= room:
            break
        asked *= CLOSER * room / drawn.shape[1]
    return Fitted(drawn, SMALLEST).shrunk(room, len(drawn))


@lru_cache(maxsize=32)
def fit_line(text: str, room: int, size: int, hand: Hand = OURS) -> NDArray[np.uint8]:
    """Return one line's ink in the text face, made smaller where it is too wide.

    Kept: the event's and partners' lines stand on every card.
    """
    drawn = letters(_composed(text), hand.text, size, 0, hand.colour)
    return Fitted(drawn, size).shrunk(room, len(drawn)).ink


@lru_cache(maxsize=8)
def fit_lines(text: str, room: int, size: int, hand: Hand = OURS) -> NDArray[np.uint8]:
    """Return some lines' ink in the text face, broken where they are too wide."""
    broken = wrap.lines(_composed(text), room / size, _advances(hand.text))
    drawn = letters("\n".join(broken), hand.text, size, 0, hand.colour)
    return Fitted(drawn, size).shrunk(room, len(drawn)).ink


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _face(words: str, hand: Hand) -> Face:
    known = ink.advances(hand.poster)
    fits = all(c in known and (c.isalnum() or c in PLAIN) for c in words.upper())
    return hand.poster if fits and len(words) <= LONGEST_DISPLAY else hand.text


@cache
def _advances(face: Face) -> Mapping[str, float]:
    bundled = (fonts.advances(family) for family in (TEXT.family, EMOJI))
    return dict(ChainMap(dict(ink.advances(face)), *bundled))


def _line_height(text: str, face: Face) -> float:
    """Leave room for marks stacked above capitals, where there are any."""
    stacked = face.line_height > DISPLAY.line_height and any(map(_is_stacked, text))
    return TALL if stacked else face.line_height


def _is_stacked(character: str) -> bool:
    above = [c for c in unicodedata.normalize("NFD", character)[1:] if _is_above(c)]
    return character.isupper() and len(above) > 1


def _is_above(mark: str) -> bool:
    return unicodedata.combining(mark) == 230


def _is_whole(text: str, broken: list[str]) -> bool:
    """Say whether no word had to be cut."""
    return " ".join(broken) == " ".join(text.split())

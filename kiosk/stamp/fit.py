"""Choose face, size and lines, so that a guest's words fill the room they have."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from unicodedata import normalize

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk import fonts
from kiosk.stamp import ink, measure, wrap
from kiosk.stamp.ink import TEXT, Face, Hand, letters

SMALLEST = 40  # pixels
STEP = 4
TRIES = 4  # at breaking lines anew when they come out wider than was reckoned
CLOSER = 0.97  # as wide as before, so that at least one character moves on
LONGEST_DISPLAY = 60  # characters
PLAIN = frozenset(" .,:;!?…'\"‘’“”&")  # the display face's other signs are hairlines
UNSEEN = frozenset(" \n\u200c\u200d\ufe0e\ufe0f")  # joiners and styles of emoji
LEAST_SHARE = 0.6  # of the size: what is left of it at least for better lines

OURS = Hand()


class Undrawable(ValueError):
    """Some characters are in no bundled font; `characters` are those."""

    def __init__(self, characters: str) -> None:
        super().__init__("No font of ours has some of these characters.")
        self.characters = characters


def undrawable(words: str) -> str:
    """Return the characters that no bundled font draws, each once, in order."""
    missing = (c for c in _composed(words) if not _is_drawn(c))
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
    SMALLEST come out higher. A lone last word makes them smaller, where that helps.

    Raises:
        Undrawable: no bundled font has some of the characters.
    """
    words = _composed(words)
    if missing := undrawable(words):
        raise Undrawable(missing)

    face = _face(words, hand)
    text = words.upper() if face is hand.poster else words
    measured = measure.measured(text, face)
    settings = _settings(measured, face, room, height)
    pen = _Pen(face, hand.colour)
    largest = next(_drawings(settings, pen, room, height), None)
    if largest is None:
        return _smallest(measured, pen, room)

    better = _better(largest, settings)
    drawing = next(_drawings(better, pen, room, height), largest)
    return Fitted(drawing.ink, drawing.setting.size)


@dataclass(frozen=True, slots=True)
class _Setting:
    """A size and the lines it makes."""

    size: int
    broken: wrap.Broken

    @property
    def is_poor(self) -> bool:
        """Whether a lone word ends the lines, or one of them cuts a phrase."""
        return self.broken.is_lone or self.broken.cuts_phrase


@dataclass(frozen=True, slots=True)
class _Drawing:
    ink: NDArray[np.uint8]
    setting: _Setting


@dataclass(frozen=True, slots=True)
class _Pen:
    """The face that words are drawn with, and the colour beside emoji."""

    face: Face
    colour: str

    def drawn(self, setting: _Setting) -> NDArray[np.uint8]:
        """Draw the lines of a setting."""
        text = "\n".join(setting.broken.lines)
        height = measure.line_height(text, self.face)
        return letters(text, self.face, setting.size, height, self.colour)


def _settings(
    measured: wrap.Measured, face: Face, room: int, height: int
) -> Iterator[_Setting]:
    """Set the words at every size that fits by arithmetic, the largest first."""
    each = measure.line_height("".join(p.text for p in measured.pieces), face)
    for size in range(face.largest, SMALLEST, -STEP):
        most = height / each / size  # lines
        if measured.least(room / size) > most:
            continue
        broken = measured.broken(room / size)
        if len(broken.lines) <= most and not broken.cuts_word:
            yield _Setting(size, broken)


def _drawings(
    settings: Iterator[_Setting], pen: _Pen, room: int, height: int
) -> Iterator[_Drawing]:
    """Draw those that fit indeed."""
    for setting in settings:
        drawn = pen.drawn(setting)
        if drawn.shape[1] <= room and drawn.shape[0] <= height:
            yield _Drawing(drawn, setting)


def _smallest(measured: wrap.Measured, pen: _Pen, room: int) -> Fitted:
    """Break words until they are no wider than their room, at the smallest size."""
    asked = float(room)
    for _ in range(TRIES):
        drawn = pen.drawn(_Setting(SMALLEST, measured.broken(asked / SMALLEST)))
        if drawn.shape[1] <= room:
            break
        asked *= CLOSER * room / drawn.shape[1]
    return Fitted(drawn, SMALLEST).shrunk(room, len(drawn))


def _better(largest: _Drawing, smaller: Iterator[_Setting]) -> Iterator[_Setting]:
    """Find better lines for some of the size, where they are poor."""
    if not largest.setting.is_poor:
        return iter(())

    least = LEAST_SHARE * largest.setting.size
    near = takewhile(lambda setting: setting.size >= least, smaller)
    return (setting for setting in near if not setting.is_poor)


@lru_cache(maxsize=32)
def fit_line(text: str, room: int, size: int, hand: Hand = OURS) -> Fitted:
    """Return one line in the text face, made smaller where it is too wide.

    Kept: the event's and partners' lines stand on every card.
    """
    drawn = letters(_composed(text), hand.text, size, 0, hand.colour)
    return Fitted(drawn, size).shrunk(room, len(drawn))


@lru_cache(maxsize=8)
def fit_lines(text: str, room: int, size: int, hand: Hand = OURS) -> NDArray[np.uint8]:
    """Return some lines' ink in the text face, broken where they are too wide."""
    broken = measure.measured(_composed(text), hand.text).broken(room / size)
    drawn = _Pen(hand.text, hand.colour).drawn(_Setting(size, broken))
    return Fitted(drawn, size).shrunk(room, len(drawn)).ink


def _composed(words: str) -> str:
    return normalize("NFC", words)


def _is_drawn(character: str) -> bool:
    families = (TEXT.family, fonts.EMOJI, fonts.OTHERS)
    return character in UNSEEN or any(character in fonts.advances(f) for f in families)


def _face(words: str, hand: Hand) -> Face:
    known = ink.advances(hand.poster)
    fits = all(c in known and (c.isalnum() or c in PLAIN) for c in words.upper())
    return hand.poster if fits and len(words) <= LONGEST_DISPLAY else hand.text

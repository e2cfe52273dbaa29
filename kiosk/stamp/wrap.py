"""Break words into lines by arithmetic: no drawing, widths are em.

Lines break at spaces; Chinese, Japanese and emoji in a row also between two characters.
Thai, Lao, Khmer and Burmese put spaces between phrases: a phrase wider than a line is
cut between graphemes, never before a vowel, tone or mark that belongs to the one
before. There is no dictionary, so such a cut may fall within a word; no line begins
with a closing mark or ends with an opening one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

import regex

Measure: TypeAlias = Callable[[str], float]
"""Says how wide a grapheme is."""

_OPENING = r"[\p{Line_Break=OP}\u0E40-\u0E44\u0EC0-\u0EC4]"  # and vowels written first
_CLOSING = (
    r"[\p{Line_Break=CL}\p{Line_Break=CP}\p{Line_Break=EX}\p{Line_Break=IS}"
    r"\p{Line_Break=NS}\p{Line_Break=CJ}"
    r"\u0E2F\u0E30\u0E32\u0E45\u0E46\u0EAF\u0EB0\u0EB2\u0EC6\u102B\u102C\u1038]"
    r"|[\u1000-\u1021]\u103A"  # a Burmese syllable's last consonant
)
_WIDE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Extended_Pictographic}]"

_GRAPHEMES = regex.compile(r"\X")
_UNITS = regex.compile(rf"(?:\X(?<={_OPENING}))*\X(?:(?={_CLOSING})\X)*")
_IS_WIDE = regex.compile(_WIDE)
_IS_PHRASE = regex.compile(r"(?:\p{Line_Break=SA}.*){4}")
_MAY_BE_CUT = regex.compile(rf"{_WIDE}|\p{{Line_Break=SA}}")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays on one line; `gap` is the space before it."""

    text: str
    width: float
    gap: float


@dataclass(frozen=True, slots=True)
class Broken:
    """Lines, and what is wrong with them."""

    lines: tuple[str, ...]
    is_lone: bool
    cuts_phrase: bool
    cuts_word: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """Words measured once, to be broken for rooms of any width."""

    pieces: tuple[Piece, ...]
    measure: Measure

    @property
    def width(self) -> float:
        """How wide it all is in one line."""
        return sum(p.gap + p.width for p in self.pieces) - self.pieces[0].gap

    def least(self, room: float) -> float:
        """Return how many lines it takes at least, were it not for whole words."""
        space = max(p.gap for p in self.pieces)
        return (self.width + space) / (room + space)

    def broken(self, room: float) -> Broken:
        """Break into as few lines as fit, of even length.

        A last line of one word is left only where each such break has one.
        """
        wide = [p.text for p in self.pieces if p.width > room]
        pieces = [c for p in self.pieces for c in _cut(p, room, self.measure)]
        ends = _breaks(pieces, room)
        return Broken(
            tuple(_joined(pieces[a:b]) for a, b in pairwise([0, *ends])),
            is_lone=len(ends) > 1 and _is_lone(pieces[ends[-2] :]),
            cuts_phrase=bool(wide),
            cuts_word=not all(map(_MAY_BE_CUT.search, wide)),
        )


def measured(words: str, measure: Measure) -> Measured:
    """Measure words, each grapheme once."""
    space = measure(" ")
    return Measured(
        tuple(
            Piece(text, width(text, measure), 0 if at else space)
            for word in words.split()
            for at, text in enumerate(_unbroken(word))
        ),
        measure,
    )


def width(text: str, measure: Measure) -> float:
    """Return how wide some text is, near enough to break lines by."""
    return sum(measure(grapheme) for grapheme in _GRAPHEMES.findall(text))


def _unbroken(word: str) -> Iterator[str]:
    """Split a word where a line may break although there is no space."""
    if not _IS_WIDE.search(word):
        yield word
        return

    units = _UNITS.findall(word)
    text = units[0]
    for before, unit in pairwise(units):
        if _IS_WIDE.search(before) and _IS_WIDE.search(unit):
            yield text
            text = ""
        text += unit
    yield text


def _cut(piece: Piece, room: float, measure: Measure) -> Iterator[Piece]:
    """Cut what is wider than a line between all its graphemes."""
    if piece.width <= room:
        yield piece
        return

    for at, text in enumerate(_UNITS.findall(piece.text)):
        yield Piece(text, width(text, measure), 0 if at else piece.gap)


def _is_lone(last: Sequence[Piece]) -> bool:
    """Say whether a last line is one word; a phrase is many."""
    return len(last) == 1 and not _IS_PHRASE.search(last[0].text)


def _joined(pieces: Sequence[Piece]) -> str:
    spaced = "".join(" " * (p.gap > 0) + p.text for p in pieces[1:])
    return pieces[0].text + spaced


def _breaks(pieces: Sequence[Piece], room: float) -> list[int]:
    """Return where each line ends, by least (lines, lone last word, unevenness)."""
    at = [0.0, *accumulate(p.gap + p.width for p in pieces)]
    best: list[tuple[int, bool, float, int]] = [(0, False, 0.0, 0)]

    def slack(start: int, end: int) -> float:
        return room - (at[end] - at[start] - pieces[start].gap)

    def line(start: int, end: int) -> tuple[int, bool, float, int]:
        before, _, cost, _ = best[start]
        is_lone = end == len(pieces) and start > 0 and _is_lone(pieces[start:])
        return before + 1, is_lone, cost + slack(start, end) ** 2, start

    for end in range(1, len(at)):
        first = end - 1
        while first and slack(first - 1, end) >= 0:
            first -= 1
        best.append(min(line(start, end) for start in range(first, end)))
    return _trace(best)


def _trace(best: Sequence[tuple[int, bool, float, int]]) -> list[int]:
    ends, at = [], len(best) - 1
    while at:
        ends.append(at)
        at = best[at][3]
    return ends[::-1]

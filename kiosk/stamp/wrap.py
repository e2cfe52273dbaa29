"""Break words into lines by arithmetic: no drawing, widths are em."""

import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate

JOINER = "\u200d"
STYLES = "\ufe0e\ufe0f"
SKINS = range(0x1F3FB, 0x1F400)
FLAGS = range(0x1F1E6, 0x1F200)

LONE_WORD = 4.0  # em: a last line of one word costs this much by a whole line


def width(text: str, advances: Mapping[str, float]) -> float:
    """Return how wide some text is, near enough to break lines by."""
    return sum(_cluster_width(c, advances) for c in clusters(text))


def clusters(text: str) -> list[str]:
    """Split text into what a reader sees as one character each."""
    found: list[str] = []
    for character in text:
        if found and _clings(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def cut(word: str, room: float, advances: Mapping[str, float]) -> list[str]:
    """Cut a word that is wider than a line into pieces that fit."""
    pieces = [""]
    for cluster in clusters(word):
        if pieces[-1] and width(pieces[-1] + cluster, advances) > room:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def lines(words: str, room: float, advances: Mapping[str, float]) -> list[str]:
    """Break words into as few lines as fit, of even length.

    A last line of one word is avoided where another break allows it.
    """
    pieces = [p for w in words.split() for p in cut(w, room, advances)]
    widths = [width(p, advances) for p in pieces]
    ends = _breaks(widths, room, advances.get(" ", 0.25))
    return [" ".join(pieces[a:b]) for a, b in zip([0, *ends], ends, strict=False)]


def _clings(cluster: str, character: str) -> bool:
    if ord(character) in FLAGS and len(cluster) == 1:
        return ord(cluster) in FLAGS
    return (
        cluster.endswith(JOINER)
        or character == JOINER
        or character in STYLES
        or ord(character) in SKINS
        or unicodedata.combining(character) > 0
        or unicodedata.category(character) in {"Mn", "Me", "Cf"}
    )


def _cluster_width(cluster: str, advances: Mapping[str, float]) -> float:
    """Count an emoji joined of many as one."""
    return advances.get(cluster[0], 1.3)


def _breaks(widths: Sequence[float], room: float, space: float) -> list[int]:
    """Return where each line ends, by least (lines, unevenness)."""
    at = [0.0, *accumulate(w + space for w in widths)]
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]

    def line(start: int, end: int) -> tuple[int, float, int]:
        before, cost, _ = best[start]
        is_lone = end == len(widths) and 0 < start == end - 1
        uneven = (room - (at[end] - at[start] - space)) ** 2
        return before + 1, cost + uneven + is_lone * LONE_WORD * room, start

    for end in range(1, len(at)):
        first = bisect_left(at, at[end] - space - room)
        best.append(min(line(s, end) for s in range(min(first, end - 1), end)))
    return _trace(best)


def _trace(best: Sequence[tuple[int, float, int]]) -> list[int]:
    ends, at = [], len(best) - 1
    while at:
        ends.append(at)
        at = best[at][2]
    return ends[::-1]

"""How wide each character is, kept small: Chinese alone has thousands."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

Runs: TypeAlias = tuple[Sequence[int], Sequence[int], Sequence[float]]
"""Neighbours of one width, in order: their first and last code points, and em."""


class Widths(Mapping[str, float]):
    """How wide each character is, in em."""

    def __init__(self, runs: Runs) -> None:
        self._firsts, self._lasts, self._widths = runs

    def __getitem__(self, character: str) -> float:
        """Return the width of a character that is drawn."""
        code = ord(character)
        at = bisect_right(self._firsts, code) - 1
        if at < 0 or code > self._lasts[at]:
            raise KeyError(character)

        return self._widths[at]

    def __iter__(self) -> Iterator[str]:
        for first, last in zip(self._firsts, self._lasts, strict=True):
            yield from map(chr, range(first, last + 1))

    def __len__(self) -> int:
        lasts = zip(self._firsts, self._lasts, strict=True)
        return sum(last - first + 1 for first, last in lasts)


def as_runs(widths: Mapping[int, float]) -> Runs:
    """Gather neighbours of one width; there is at least one character."""
    codes = sorted(widths)
    ends = [a for a, b in pairwise(codes) if b > a + 1 or widths[a] != widths[b]]
    starts = [b for a, b in pairwise(codes) if b > a + 1 or widths[a] != widths[b]]
    firsts = [codes[0], *starts]
    return firsts, [*ends, codes[-1]], [widths[code] for code in firsts]

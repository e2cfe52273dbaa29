"""What guests write: attacks cleaned or refused, flagged, and fitted to a card."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial

from benchmarks.table import Row, at_most, told
from benchmarks.turns import Times, in_turn, timed
from kiosk.booth.drafts import readable
from kiosk.flags import of_words
from kiosk.stamp.fit import fit
from kiosk.words import WordsRefused, clean
from tests.kiosk.attacks import ALL, WORST
from tests.kiosk.stamp.sentences import LONG
from tests.night import EVENT

TURNS = 25
MOST = 5.0  # ms
ROOM, HEIGHT = 837, 300  # pixels: beside the code of a card


def measure() -> Sequence[Row]:
    """Tell the slowest of each kind; what is kept of an attack is fitted too."""
    attack, name = _slowest(readable, ALL)
    fitted, at = _slowest(_fitted, ALL)
    flagged, by = _slowest(_flagged, WORST)
    sentence, script = _slowest(_fitted, LONG)
    return [
        at_most(
            "words: the worst attack, cleaned or refused", attack.ms, MOST, "ms", name
        ),
        at_most("words: the worst to look for flags in", flagged.ms, MOST, "ms", by),
        told("words: the same, and fitted where accepted", fitted.ms, "ms", at),
        told("words: 120 characters of the worst script", sentence.ms, "ms", script),
    ]


def _slowest(
    work: Callable[[str], object], texts: Mapping[str, str]
) -> tuple[Times, str]:
    works = [timed(partial(_tried, work, text)) for text in texts.values()]
    found = zip(in_turn(TURNS, *works), texts, strict=True)
    return max(found, key=lambda each: each[0].median)


def _tried(work: Callable[[str], object], text: str) -> None:
    with suppress(WordsRefused):
        work(text)


def _flagged(text: str) -> None:
    of_words(clean(text), EVENT.lists)


def _fitted(text: str) -> None:
    fit(readable(text), ROOM, HEIGHT)

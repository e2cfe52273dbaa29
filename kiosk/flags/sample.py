"""How often the lists are right: measured on sentences that people have labelled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.flags import OF_WORDS, of_words
from kiosk.flags.lists import SHIPPED, Lists
from kiosk.toml import ConfigError

SAMPLES = (SHIPPED / "sample.tsv", SHIPPED / "blind.tsv")
"""The second half was written by someone who had not seen the lists."""
NONE = "-"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a guest might write, and the flags that a person gave it."""

    language: str
    flags: frozenset[str]
    words: str
    found: frozenset[str]

    @property
    def is_wrong(self) -> bool:
        """Whether the lists say otherwise than the person."""
        return self.flags != self.found


@dataclass(frozen=True, slots=True)
class Score:
    """How one flag did in one language."""

    flag: str
    language: str
    right: int
    missed: int
    mistaken: int

    @property
    def count(self) -> int:
        """How many sentences have this flag."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """How many of those flagged should have been; 1 when none was flagged."""
        flagged = self.right + self.mistaken
        return self.right / flagged if flagged else 1.0

    @property
    def recall(self) -> float:
        """How many were flagged that should have been; 1 when there are none."""
        return self.right / self.count if self.count else 1.0


def read(file: Path, lists: Lists) -> Sequence[Sentence]:
    """Read a sample: language, flags and sentence a line, between tabs.

    Raises:
        ConfigError: one line that names the file, the line in it, and what is wrong.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read as UTF-8 text.") from error
    numbered = enumerate(lines, 1)
    return [
        _sentence(f"{file.name}, line {number}", line, lists)
        for number, line in numbered
        if line.strip() and not line.startswith("#")
    ]


def scores(sentences: Sequence[Sentence]) -> Iterator[Score]:
    """Count, for each flag and language, what was found, missed and mistaken."""
    for language in sorted({each.language for each in sentences}):
        here = [each for each in sentences if each.language == language]
        for flag in OF_WORDS:
            yield Score(
                flag=flag,
                language=language,
                right=sum(flag in each.flags & each.found for each in here),
                missed=sum(flag in each.flags - each.found for each in here),
                mistaken=sum(flag in each.found - each.flags for each in here),
            )


def told(name: str, sentences: Sequence[Sentence], *, wrong: bool) -> Iterator[str]:
    """Say in lines how the lists did on a sample, and where they were wrong."""
    yield f"{name}: {len(sentences)} sentences"
    yield "  flag     language  count  precision  recall"
    for each in scores(sentences):
        if each.count or each.mistaken:
            yield (
                f"  {each.flag:8} {each.language:8} {each.count:6}"
                f" {each.precision:10.2f} {each.recall:7.2f}"
            )
    for sentence in sentences if wrong else ():
        if sentence.is_wrong:
            yield f"  {sentence.language}  {_said(sentence)}: {sentence.words}"


def _said(sentence: Sentence) -> str:
    missed = [f"missed {each}" for each in sorted(sentence.flags - sentence.found)]
    mistaken = [f"mistaken {each}" for each in sorted(sentence.found - sentence.flags)]
    return ", ".join(missed + mistaken)


def _sentence(place: str, line: str, lists: Lists) -> Sentence:
    language, _, rest = line.partition("\t")
    flags, tab, words = rest.partition("\t")
    wanted = frozenset(flags.split(",")) - {NONE}
    if not tab or not wanted <= frozenset(OF_WORDS):
        raise ConfigError(
            f"{place}: expected language, flags of {', '.join(OF_WORDS)} or {NONE},"
            " and a sentence, between tabs."
        )
    found = frozenset(map(str, of_words(words, lists)))
    return Sentence(language=language, flags=wanted, words=words, found=found)

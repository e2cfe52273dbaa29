"""The lists of words that an operator edits: read, and looked for in guests' words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.flags.entry import Entry, Groups, WrongEntry, read_entry
from kiosk.flags.spelling import UNSEEN, Spelled, Token
from kiosk.toml import ConfigError

LISTED = ("rude", "help", "school")
"""The flags that have lists; a file is called by one of them, and a language."""
FOLDER = "flags"
SHIPPED = Path(__file__).parent.parent.parent / "event" / FOLDER
_EXPECTED = " or ".join(f"{name}.LANGUAGE.txt" for name in LISTED)
NOTHING = re.compile(r"(?!)")
_SHORTEST_HIDDEN = 3  # letters; what is shorter is in many words by chance


@dataclass(frozen=True, slots=True)
class WordList:
    """The entries of one flag, in every language.

    `first` finds entries by their first word, `stem` how words begin that `stems` may
    match. `hidden` are single words and phrases without blanks or tones, as they may
    stand with something between their letters.
    """

    first: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    stem: re.Pattern[str] = NOTHING
    stems: Sequence[Entry] = ()
    innocent: "WordList | None" = None
    hidden: frozenset[str] = frozenset()
    single: frozenset[str] = frozenset()
    lines: str = ""

    def is_in(self, spelled: Spelled) -> bool:
        """Say whether any entry is in a guest's words."""
        tokens = spelled.tokens
        if self.innocent:
            spared = set[int]().union(*self.innocent.matches(tokens))
            tokens = [
                UNSEEN if at in spared else tokens[at] for at in range(len(tokens))
            ]
        return any(self.matches(tokens)) or self._is_hidden(spelled)

    def matches(self, tokens: Sequence[Token]) -> Iterator[range]:
        """Yield where the words stand that an entry matched."""
        for start, token in enumerate(tokens):
            for entry in self._begin(token):
                end = entry.match(tokens, start)
                if end is not None:
                    yield range(start, end)

    def _begin(self, token: Token) -> Iterator[Entry]:
        for reading in token.read | token.unmasked:
            yield from self.first.get(reading, ())
            if self.stem.match(reading):
                yield from self.stems

    def _is_hidden(self, spelled: Spelled) -> bool:
        """Look for words whose letters stand apart, in pieces, or behind stars."""
        if spelled.joined & self.single:
            return True
        apart = any(_is_within(run, self.hidden) for run in spelled.apart)
        # One search of all of them is far quicker than one each.
        return apart or any(mask.search(self.lines) for mask in spelled.masked)


@dataclass(frozen=True, slots=True)
class Lists:
    """What words are looked at by: lists by flag, and numbers anyone may name."""

    by_flag: Mapping[str, WordList]
    helplines: tuple[str, ...] = ()


def load_lists(
    folder: Path, languages: Iterable[str], helplines: Iterable[str] = ()
) -> Lists:
    """Read the lists of an event's folder, or those that come with the booth.

    An event that has a folder of lists has all of them: rude and help in each of its
    languages. An empty file is a list of nothing.

    Raises:
        ConfigError: one line that names the file, the line in it, and what is wrong.
    """
    home = folder / FOLDER
    if not home.is_dir():
        home = SHIPPED
    for name in ("rude", "help"):
        for language in languages:
            _expect(home / f"{name}.{language}.txt")
    entries: dict[str, list[Entry]] = {name: [] for name in LISTED}
    for file in sorted(home.glob("*.txt")):
        entries[_flag(file)] += _read(file)
    by_flag = {name: _listed(found) for name, found in entries.items()}
    return Lists(by_flag=by_flag, helplines=tuple(helplines))


def _expect(file: Path) -> None:
    if not file.is_file():
        raise ConfigError(
            f"{FOLDER}/{file.name} is missing: expected a list, which may be empty."
        )


def _flag(file: Path) -> str:
    name, _, language = file.stem.partition(".")
    if name not in LISTED or not language.isalpha():
        raise ConfigError(f"{FOLDER}/{file.name}: expected {_EXPECTED}.")
    return name


def _read(file: Path) -> Iterator[Entry]:
    groups: Groups = {}
    for number, line in enumerate(_lines(file), 1):
        try:
            entry = read_entry(line, groups)
        except WrongEntry as error:
            place = f"{FOLDER}/{file.name}, line {number}"
            raise ConfigError(f"{place}: {line.strip()}: {error}.") from error
        if entry:
            yield entry


def _lines(file: Path) -> Sequence[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        name = f"{FOLDER}/{file.name}"
        raise ConfigError(f"{name}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        name = f"{FOLDER}/{file.name}"
        raise ConfigError(f"{name}: expected text saved as UTF-8.") from error


def _listed(entries: Sequence[Entry]) -> WordList:
    guilty = [each for each in entries if not each.is_innocent]
    hidden = frozenset(each.hidden for each in guilty if each.hidden)
    stems = [each for each in guilty if each.stem]
    innocent = [each for each in entries if each.is_innocent]
    return WordList(
        first=_by_first(guilty),
        stem=_stem(stems),
        stems=stems,
        innocent=_listed(
            [replace(each, is_innocent=False, hidden="") for each in innocent]
        )
        if innocent
        else None,
        hidden=hidden,
        single=frozenset(key for each in guilty for key in each.single),
        lines="\n".join(sorted(hidden)),
    )


def _stem(entries: Iterable[Entry]) -> re.Pattern[str]:
    ways = [way for each in entries for way in each.stem]
    return re.compile("|".join(ways)) if ways else NOTHING


def _by_first(entries: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in entry.first:
            found[key].append(entry)
    return dict(found)


def _is_within(run: str, hidden: frozenset[str]) -> bool:
    if run in hidden:
        return True
    return any(each in run for each in hidden if len(each) >= _SHORTEST_HIDDEN)

"""One line of a list: a word or a phrase, and how strictly it is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kiosk.flags.spelling import Token, exact, fold, ways, words_of

GAP = ".."  # up to three words of any kind
_LONGEST_GAP = 3  # words
_WORD = re.compile(r"[^\W_]+\*?|\*[^\W_]+\*")
_PLAIN = re.compile(r"[=*]?[^\W_]+\*?")
_GROUP = re.compile(r"@(\w+)\s*=\s*(.*)")
_NAME = re.compile(r"@\w+")

Groups: TypeAlias = dict[str, str]
"""Words that may stand for each other, between bars, by the name of their group."""


class WrongEntry(ValueError):
    """A line of a list that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Part:
    """One place of an entry, and what may stand there.

    `keys` are compared with words as written, `bare` with words that were disguised.
    """

    keys: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    is_gap: bool = False
    may_miss: bool = False

    def fits(self, token: Token) -> bool:
        """Say whether a written word may stand here."""
        if not (
            self.keys.isdisjoint(token.read) and self.bare.isdisjoint(token.unmasked)
        ):
            return True
        return self.has_stem and any(map(self._has_begun, token.read | token.unmasked))

    @property
    def has_stem(self) -> bool:
        """Whether words of more than one ending may stand here."""
        return bool(self.beginnings or self.inner)

    def _has_begun(self, reading: str) -> bool:
        if reading.startswith(self.beginnings):
            return True
        return any(each in reading for each in self.inner)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list.

    `hidden` is what its letters spell without blanks and tones, empty where they could
    spell more than one thing; `single` is how one word alone may be written.
    """

    parts: tuple[Part, ...]
    is_innocent: bool
    hidden: str
    single: frozenset[str]

    @property
    def first(self) -> frozenset[str]:
        """The words it may begin with."""
        return frozenset().union(*(part.keys | part.bare for part in self._openings))

    @property
    def stem(self) -> Sequence[str]:
        """How words begin, as patterns, that stand first with more than one ending."""
        inner = [f".*{each}" for part in self._openings for each in part.inner]
        return [*inner, *(each for part in self._openings for each in part.beginnings)]

    def match(self, tokens: Sequence[Token], start: int) -> int | None:
        """Return where a match that starts here ends, else None."""
        return _match(self.parts, 0, tokens, start)

    @property
    def _openings(self) -> Sequence[Part]:
        count = 1
        while self.parts[count - 1].may_miss:
            count += 1
        return self.parts[:count]


def read_entry(line: str, groups: Groups) -> Entry | None:
    """Read one line; None for a blank one, a comment or a group, which is remembered.

    Raises:
        WrongEntry: it cannot be understood.
    """
    said = line.partition("#")[0].strip()
    if group := _GROUP.fullmatch(said):
        groups[group[1].casefold()] = _either(group[2], groups)
        return None
    if not said:
        return None

    wholes = [_alternatives(each, groups) for each in words_of(said.lstrip("!"))]
    return _entry(wholes, is_innocent=said.startswith("!"))


def _entry(wholes: Sequence[str], *, is_innocent: bool) -> Entry:
    parts = tuple(map(_part, wholes))
    if not parts or parts[0].is_gap or parts[-1].is_gap:
        raise WrongEntry("expected words at both ends")
    if all(part.may_miss for part in parts):
        raise WrongEntry("expected a word that may not be left out")

    is_plain = all(_PLAIN.fullmatch(each) for each in wholes)
    return Entry(
        parts=parts,
        is_innocent=is_innocent,
        hidden=_letters("".join(wholes)) if is_plain else "",
        single=_single(parts[0]) if is_plain and len(parts) == 1 else frozenset(),
    )


def _letters(said: str) -> str:
    return fold(said.replace("=", "").replace("*", ""))


def _single(part: Part) -> frozenset[str]:
    return part.keys.union(part.beginnings, part.inner)


def _either(said: str, groups: Groups) -> str:
    """Write the words of a group as an entry's are."""
    words = words_of(said.replace("|", " "))
    return "|".join(_alternatives(each, groups) for each in words)


def _alternatives(said: str, groups: Groups) -> str:
    """Put the words of a group where its name stands."""

    def members(name: re.Match[str]) -> str:
        if name[0][1:] not in groups:
            raise WrongEntry(f"expected a group {name[0]} in a line above")
        return groups[name[0][1:]]

    return _NAME.sub(members, said)


def _part(said: str) -> Part:
    if said == GAP:
        return Part(is_gap=True)

    write = _in_one_way if said.startswith("=") else ways
    words = said.removeprefix("=").removesuffix("?").split("|")
    for word in words:
        if not _WORD.fullmatch(word):
            raise WrongEntry("expected words, =a, a|b, a?, stem*, *stem* or ..")
    plain = [each for each in words if "*" not in each]
    return Part(
        keys=frozenset(key for each in plain for key in write(each)),
        bare=frozenset(fold(each) for each in plain),
        beginnings=tuple(fold(e[:-1]) for e in words if e[-1] == "*" != e[0]),
        inner=tuple(fold(e[1:-1]) for e in words if e[0] == "*"),
        may_miss=said.endswith("?"),
    )


def _in_one_way(word: str) -> frozenset[str]:
    return frozenset({exact(word)})


def _match(
    parts: Sequence[Part], place: int, tokens: Sequence[Token], at: int
) -> int | None:
    """Return where the parts from this place on end, beginning at that token."""
    if place == len(parts):
        return at
    part = parts[place]
    if part.is_gap:
        return _after_a_gap(parts, place + 1, tokens, at)
    if at < len(tokens) and part.fits(tokens[at]):
        end = _match(parts, place + 1, tokens, at + 1)
        if end is not None:
            return end
    return _match(parts, place + 1, tokens, at) if part.may_miss else None


def _after_a_gap(
    parts: Sequence[Part], place: int, tokens: Sequence[Token], at: int
) -> int | None:
    for start in range(at, at + _LONGEST_GAP + 1):
        end = _match(parts, place, tokens, start)
        if end is not None:
            return end
    return None

"""Words as they were meant: whatever was done to hide them is one more reading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from unicodedata import normalize

TONES = "\u0300\u0301\u0303\u0309\u0323"  # ngang has none
_QUALITIES = "\u0302\u0306\u031b"  # of â, ă and ơ
_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕһԁɡӏѵԝαβεικνορτυχᴜսцոօհ",
    "aeopcyxijshdgivwabeikvoptuxuuunoh",
)
_LEET = str.maketrans("034578@$!|+€", "oeastbasilte")
_ONES = ("i", "l")  # what a 1 stands for
_DISGUISE = re.compile(r"[0134578@$!|+€]")
_SIGNS = re.compile(r"[@$!|]+")
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_WORD = re.compile(r"[^\W_]+")
_ENDS = '.,;:!?…"“”‘()[]{}<>~'
_STOPS = (".", ",", ";", ":", "!", "?", "…")
_STRETCHED = re.compile(r"(.)\1{2,}")
_MASKED = re.compile(r"[^\W\d_][^\W\d_*]*\*[^\W\d_*]*(?:\*[^\W\d_*]*)*")
_LETTERS_APART = 2  # letters in a row, each alone, that may be one word


@dataclass(frozen=True, slots=True)
class Token:
    """One written word: how it reads, and how once its disguise is off.

    A disguise has no tones: it is compared without.
    """

    read: frozenset[str]
    unmasked: frozenset[str] = frozenset()


UNSEEN = Token(frozenset())  # a stop between phrases, or a word not to be looked at


@dataclass(frozen=True, slots=True)
class Spelled:
    """A guest's words one by one, and what only reads as a word when put together.

    `apart` are letters that stood alone, joined; `joined` are two pieces of one word;
    `masked` have a * for each letter that is hidden.
    """

    tokens: Sequence[Token]
    apart: Sequence[str]
    joined: frozenset[str]
    masked: Sequence[re.Pattern[str]]


def spelled(words: str) -> Spelled:
    """Read a guest's words."""
    plain = _plain(words)
    chunks = plain.split()
    tokens = [token for chunk in chunks for token in _tokens(chunk)]
    pieces = _WORD.findall(plain)
    return Spelled(
        tokens=tokens,
        apart=[fold(run) for run in _apart(pieces)],
        joined=frozenset(_joined(chunks, pieces)),
        masked=[_mask(core) for core in map(_core, chunks) if _MASKED.fullmatch(core)],
    )


def exact(word: str) -> str:
    """Write a word in one way, its tone at the end: hòa and hoà are the same."""
    apart = normalize("NFD", word)
    tone = "".join(each for each in apart if each in TONES)
    letters = "".join(each for each in apart if _is_kept(each))
    return normalize("NFC", letters) + tone


def fold(word: str) -> str:
    """Write a word without its tones, hooks and bars, as many type it."""
    apart = normalize("NFD", word).replace("đ", "d")
    return "".join(each for each in apart if not "\u0300" <= each <= "\u036f")


@cache
def ways(word: str) -> frozenset[str]:
    """Return how people write a word: with its tones, or without some or all marks."""
    whole = exact(word)
    tone = "".join(each for each in whole if each in TONES)
    return frozenset(
        {whole, whole.rstrip(TONES), fold(word) + tone, fold(word)}
        | {exact(word.replace("đ", "d"))}
    )


def words_of(text: str) -> list[str]:
    """Split a list's entry into words, written as guests' are."""
    return _plain(text).split()


def _plain(words: str) -> str:
    plain = normalize("NFKC", words).casefold().translate(_LOOK_ALIKE)
    return _APOSTROPHES.sub("", normalize("NFC", plain))


def _is_kept(each: str) -> bool:
    return each in _QUALITIES or not "\u0300" <= each <= "\u036f"


def _tokens(chunk: str) -> Iterator[Token]:
    """Read what stands between two blanks: one disguised word, or plain ones."""
    core = _core(chunk)
    unmasked = _unmasked(core)
    if unmasked:
        yield Token(frozenset({exact(core)}), unmasked)
    else:
        for word in _WORD.findall(chunk):
            yield Token(frozenset(exact(each) for each in _shorter(word)))
    if chunk.endswith(_STOPS):
        yield UNSEEN


def _core(chunk: str) -> str:
    return chunk.rstrip(_ENDS).lstrip(_ENDS.replace("!", ""))


def _unmasked(core: str) -> frozenset[str]:
    """Take digits and signs for the letters they look like, where letters remain."""
    has_letters = any(each.isalpha() for each in core)
    if not _DISGUISE.search(core) or not (has_letters or _SIGNS.fullmatch(core)):
        return frozenset()

    plain = fold(core).translate(_LEET)
    readings = {plain.replace("1", one) for one in _ONES}
    whole = (each for each in readings if each.isalpha() and len(each) > 2)
    return frozenset(short for each in whole for short in _shorter(each))


def _shorter(word: str) -> frozenset[str]:
    """Return a word, and it without the letters that stretch it."""
    if not _STRETCHED.search(word):
        return frozenset({word})
    return frozenset({word, _STRETCHED.sub(r"\1", word), _STRETCHED.sub(r"\1\1", word)})


def _apart(pieces: Sequence[str]) -> Iterator[str]:
    """Yield the letters that stand alone in a row, put together."""
    run = ""
    for piece in [*pieces, "  "]:
        if len(piece) == 1:
            run += piece
        else:
            if len(run) >= _LETTERS_APART:
                yield run
            run = ""


def _joined(chunks: Sequence[str], pieces: Sequence[str]) -> Iterator[str]:
    """Yield words cut in two by a blank beside one letter, or by signs within."""
    for one, two in pairwise(pieces):
        if 1 in (len(one), len(two)):
            yield exact(one + two)
    for chunk in chunks:
        inner = _WORD.findall(chunk)
        if len(inner) > 1:
            yield exact("".join(inner))


def _mask(chunk: str) -> re.Pattern[str]:
    letters = "".join("." if each == "*" else each for each in fold(chunk))
    return re.compile(f"^{letters}$", re.MULTILINE)

"""What people read, in their language, and what they write, made fit to keep."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from unicodedata import category, normalize

import regex
from babel.dates import format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from kiosk.event import CATALOGUES

LONGEST = 120  # graphemes: characters as a reader counts them
_LONGEST_INPUT = 2000  # code points that are looked at; 120 couples kissing are 1200
_MOST_MARKS = 3  # marks on one letter: Khmer needs three, Vietnamese none once composed
_MOST_LATIN_MARKS = 2  # beside those that composed into the letter
_MOST_TYPED_MARKS = 8  # composing sorts them, in quadratic time
_MOST_PARTS = 12  # code points of one grapheme; two kissing, each with a skin, are 10

_SPACE = regex.compile(r"[\s\u2800]+")
_EMOJI_GLUE = (
    r"(?<=\p{Extended_Pictographic})\uFE0F"
    r"|(?<=[0-9#*])\uFE0F(?=\u20E3)"
    r"|(?<=[\p{Extended_Pictographic}\uFE0F\p{Emoji_Modifier}])"
    r"\u200D(?=\p{Extended_Pictographic})"
    r"|(?<=\U0001F3F4)\U000E0067\U000E0062"  # England, Scotland, Wales
    r"(?:\U000E0065\U000E006E\U000E0067|\U000E0073\U000E0063\U000E0074"
    r"|\U000E0077\U000E006C\U000E0073)\U000E007F"
)
_JOINING = r"\p{Arabic}\p{Devanagari}\p{Khmer}\p{Myanmar}"
_LETTER_GLUE = rf"(?<=[{_JOINING}\u064B-\u0652])[\u200C\u200D](?=[{_JOINING}])"
_GLUES = r"\u200C\u200D\uFE0F\U000E0020-\U000E007F"
_READ = (
    r"\p{Prepended_Concatenation_Mark}"  # signs of Arabic: Unicode calls them unseen
)
_UNSEEN = regex.compile(
    rf"[[\p{{Cc}}\p{{Cf}}\p{{Default_Ignorable_Code_Point}}]--[{_GLUES}{_READ}]]+",
    regex.VERSION1,
)
_GLUE_OR_LOOSE = regex.compile(rf"({_EMOJI_GLUE}|{_LETTER_GLUE})|[{_GLUES}]")
_SEEN = regex.compile(r"[\p{L}\p{N}\p{P}\p{S}]")
_UNPRINTABLE = regex.compile(r"[\p{Cn}\p{Co}\p{Cs}\uFFFC\uFFFD]")
_LONE_MARKS = regex.compile(r"(?:^|(?<=\s))\p{M}+")
_TYPED_MARKS = regex.compile(rf"\p{{M}}{{{_MOST_TYPED_MARKS + 1}}}")
_PILED_MARKS = regex.compile(
    rf"(?:\p{{M}}[\u200C\u200D]?){{{_MOST_MARKS + 1}}}"
    rf"|[\p{{Latin}}\p{{Greek}}\p{{Cyrillic}}\p{{Common}}]"
    rf"\p{{M}}{{{_MOST_LATIN_MARKS + 1}}}"
)
_GRAPHEME = regex.compile(r"\X")


class WordsRefused(ValueError):
    """A guest's words cannot be kept; `message` is a sentence to translate for them."""

    def __init__(self, message: str, **values: object) -> None:
        """Keep the sentence and the values for its {placeholders}."""
        super().__init__(message.format(**values))
        self.message = message
        self.values = values


def _(message: str) -> str:
    """Mark a sentence for the catalogues."""
    return message


class Undrawable(WordsRefused):
    """A guest's words hold characters that no font of ours draws."""

    MOST = 10  # named; the rest of a whole sentence would say no more

    def __init__(self, characters: str) -> None:
        """Name the characters, apart from each other."""
        named = " ".join(map(_alone, characters[: self.MOST]))
        more = " …" if len(characters) > self.MOST else ""
        message = _("We cannot draw these yet: {characters}")
        super().__init__(message, characters=named + more)


def _alone(character: str) -> str:
    """Give a mark the circle that stands for a letter."""
    return f"◌{character}" if category(character).startswith("M") else character


def clean(text: str) -> str:
    """Make a guest's words one composed, printable line of at most 120 graphemes.

    Raises:
        WordsRefused: nothing is left, or they are too long or cannot be printed.
    """
    if len(text) > _LONGEST_INPUT:
        raise _too_long()
    if _UNPRINTABLE.search(text):
        raise WordsRefused(_("One of the characters cannot be printed."))

    words = _one_line(text)
    _check(words)
    return words


def length(words: str) -> int:
    """Count the characters of a text as its reader does (graphemes)."""
    return len(_GRAPHEME.findall(words))


def translate(language: str, message: str, **values: object) -> str:
    """Say an English sentence in a language, or in English where that has no words."""
    said = _catalogue(language).get(message) or message
    return said.format(**values) if values else said


def number(language: str, value: int) -> str:
    """Write a number as its readers do: 1.285 in Vietnamese, 1,285 in English."""
    return format_decimal(value, locale=language)


def clock(at: float) -> str:
    """Return the time of day where the booth stands, of seconds since 1970: "20:43"."""
    return datetime.fromtimestamp(at, UTC).astimezone().strftime("%H:%M")


def moment(language: str, at: datetime) -> str:
    """Return a day and its time where the booth stands: "Tue 24/11, 18:05"."""
    return str(format_datetime(at.astimezone(), "EEE d/M, HH:mm", locale=language))


def _one_line(text: str) -> str:
    spaced = _UNSEEN.sub("", _SPACE.sub(" ", text))
    seen = _GLUE_OR_LOOSE.sub(lambda found: found[1] or "", spaced)
    if _TYPED_MARKS.search(seen):
        raise _too_many_marks()

    composed = normalize("NFC", _LONE_MARKS.sub("", seen))
    return _SPACE.sub(" ", composed).strip()


def _check(words: str) -> None:
    graphemes = _GRAPHEME.findall(words)
    if not _SEEN.search(words):
        raise WordsRefused(_("Write your promise first."))
    if _PILED_MARKS.search(words):
        raise _too_many_marks()
    if len(graphemes) > LONGEST:
        raise _too_long()
    if any(len(grapheme) > _MOST_PARTS for grapheme in graphemes):
        raise WordsRefused(_("One of the characters is joined of too many parts."))


def _too_many_marks() -> WordsRefused:
    return WordsRefused(_("There are too many marks on one letter."))


def _too_long() -> WordsRefused:
    return WordsRefused(
        _("That is too long: at most {longest} characters fit on a card."),
        longest=LONGEST,
    )


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    path = CATALOGUES / language / "LC_MESSAGES" / "kiosk.po"
    if not path.is_file():
        return {}

    with path.open("rb") as file:
        entries = read_po(file, locale=language)
    return {str(entry.id): str(entry.string) for entry in entries if entry.id}


def speech(language: str) -> dict[str, object]:
    """Return what a template speaks with: `_`, `number`, `moment` and `language`."""
    return {
        "language": language,
        "_": partial(translate, language),
        "number": partial(number, language),
        "moment": partial(moment, language),
    }

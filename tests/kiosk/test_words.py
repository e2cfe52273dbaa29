"""What guests write is made fit to keep, and every sentence has its Vietnamese."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from unicodedata import normalize

import pytest
from babel.messages import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.config import ROOT
from kiosk.event import CATALOGUES
from kiosk.words import WordsRefused, clean, length, number, translate

FAMILY = "👨‍👩‍👧‍👦"
SECOND = ("both", "page", "translate")  # the sentence is their second argument
IS_SENTENCE = re.compile(r"[A-Z].* .*\.")
WALES = "🏴󠁧󠁢󠁷󠁬󠁳󠁿"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mình sẽ lắng nghe", "Mình sẽ lắng nghe"),
        (normalize("NFD", "Ẫ Ỗ Ựớ tiếng"), "Ẫ Ỗ Ựớ tiếng"),
        ("  two\t\tspaces \n and\r\nlines ", "two spaces and lines"),
        ("no\u00a0break\u3000wide\u2028line\u0085next", "no break wide line next"),
        ("bell\x07 nul\x00 del\x7f", "bell nul del"),
        ("\u202eevil\u202c \u2066x\u2069 \u200fy", "evil x y"),
        ("zero\u200bwidth\u2060\ufeffjoin\u200der", "zerowidthjoiner"),
        ("soft\u00adhyphen", "softhyphen"),
        ("e\u200b\u0301", "é"),
        ("hangul\u3164filler", "hangulfiller"),
        (f"{FAMILY} ❤️‍🔥 👍🏽 🇻🇳 1️⃣ {WALES}", f"{FAMILY} ❤️‍🔥 👍🏽 🇻🇳 1️⃣ {WALES}"),
        ("\u200d👍\u200d", "👍"),
        ("\U0001fae8", "\U0001fae8"),
        ("<script>alert('1')</script>", "<script>alert('1')</script>"),
        ("{name} %s {{ 7 * 7 }}", "{name} %s {{ 7 * 7 }}"),
        ("ក្ស្មៅ สิ่งนี้", "ក្ស្មៅ สิ่งนี้"),
        ("x" * 120, "x" * 120),
        (FAMILY * 120, FAMILY * 120),
        (normalize("NFD", "ế" * 120), "ế" * 120),
        (" " * 500 + "x", "x"),
    ],
)
def test_words_are_kept_as_one_composed_line(written: str, kept: str) -> None:
    assert clean(written) == kept


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "Write your promise first."),
        (" \t\n\u3000", "Write your promise first."),
        ("\u200b\u2060\u3164\u2800\x00", "Write your promise first."),
        ("\u0301", "Write your promise first."),
        ("x" * 121, "That is too long: at most 120 characters fit on a card."),
        (FAMILY * 121, "That is too long: at most 120 characters fit on a card."),
        ("x" * 10_000, "That is too long: at most 120 characters fit on a card."),
        ("\u0301" * 10_000, "That is too long: at most 120 characters fit on a card."),
        ("Z\u0351\u0352\u0353\u0354algo", "There are too many marks on one letter."),
        ("\u0378", "One of the characters cannot be printed."),
        ("\ue000", "One of the characters cannot be printed."),
        ("\uffff", "One of the characters cannot be printed."),
        ("half a pair \ud800", "One of the characters cannot be printed."),
    ],
)
def test_words_that_cannot_be_kept_are_refused_with_a_sentence(
    written: str, said: str
) -> None:
    with pytest.raises(WordsRefused) as caught:
        clean(written)

    assert str(caught.value) == said
    in_vietnamese = translate("vi", caught.value.message, **caught.value.values)
    assert in_vietnamese != said
    assert "{" not in in_vietnamese


@given(st.text(max_size=200))
@example("a \u200b b")
@example("\u0378")
@example("1\ufe0f\u20e3")
def test_whatever_is_written_is_refused_or_stays_as_it_was_cleaned(text: str) -> None:
    try:
        kept = clean(text)
    except WordsRefused:
        return

    assert clean(kept) == kept
    assert 1 <= length(kept) <= 120
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", kept)


@pytest.mark.parametrize(
    ("text", "graphemes"),
    [("", 0), ("Ế", 1), (normalize("NFD", "Ế"), 1), (FAMILY, 1), ("🇻🇳🇻🇳", 2)],
)
def test_length_counts_characters_as_a_reader_does(text: str, graphemes: int) -> None:
    assert length(text) == graphemes


def test_numbers_are_written_as_their_readers_write_them() -> None:
    assert number("vi", 1285) == "1.285"
    assert number("en", 1285) == "1,285"


def test_a_sentence_without_a_translation_is_said_in_english() -> None:
    assert translate("vi", "Nobody translated {this}.", this="x") == (
        "Nobody translated x."
    )
    assert translate("en", "Write your promise first.") == "Write your promise first."


def test_a_value_with_braces_is_said_as_it_is() -> None:
    assert translate("en", "At {place}.", place="{0}") == "At {0}."


def in_the_code() -> Iterator[str]:
    """Find every sentence that code and templates say in `_("…")` or `say("…")`."""
    methods = [("kiosk/**.py", "python"), ("templates/**.html", "jinja2")]
    keywords = {"_": None, "say": None, **dict.fromkeys(SECOND, (2,))}
    for *_, message, _, _ in extract_from_dir(
        ROOT, method_map=methods, keywords=keywords, directory_filter=is_ours
    ):
        assert isinstance(message, str), "one sentence in each _()"
        yield message


def is_ours(folder: str) -> bool:
    """Leave out what set-up fetched and tests wrote."""
    kept = {"kiosk", "templates"}
    inside = folder.removeprefix(str(ROOT)).strip("/\\").replace("\\", "/")
    return inside.split("/")[0] in kept


def of_the_islands() -> Iterator[str]:
    """Find the sentences that camera and sync say, which the status page shows."""
    files = (
        file for island in ("camera", "sync") for file in (ROOT / island).iterdir()
    )
    for file in files:
        if file.suffix == ".py":
            tree = ast.parse(file.read_text(encoding="utf-8"))
            yield from filter(IS_SENTENCE.fullmatch, strings_said(tree))


def strings_said(tree: ast.AST) -> Iterator[str]:
    """Walk over the strings of a module, but for its docstrings and its log."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not isinstance(node, ast.JoinedStr | ast.Expr):
            yield from strings_said(node)


def in_the_catalogue(language: str) -> dict[str, Message]:
    file = CATALOGUES / language / "LC_MESSAGES" / "kiosk.po"
    catalogue = read_po(BytesIO(file.read_bytes()), locale=language, abort_invalid=True)
    return {str(entry.id): entry for entry in catalogue if entry.id}


def test_every_sentence_has_its_vietnamese() -> None:
    said = in_the_catalogue("vi")

    missing = {each for each in in_the_code() if each not in said}
    assert not missing
    assert not {each for each in of_the_islands() if each not in said}
    assert not [each for each in said.values() if not each.string or each.fuzzy]


def test_translations_keep_the_placeholders_of_their_sentence() -> None:
    for each in in_the_catalogue("vi").values():
        wanted = sorted(re.findall(r"\{\w+\}", str(each.id)))
        assert sorted(re.findall(r"\{\w+\}", str(each.string))) == wanted, each.id


def test_translations_are_composed_and_without_stray_spaces() -> None:
    for each in in_the_catalogue("vi").values():
        said = str(each.string)
        assert said == normalize("NFC", said)
        assert said == said.strip()

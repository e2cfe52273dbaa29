"""How large the words are, in which face, and what they are broken into."""

import numpy as np
import pytest

from kiosk.stamp import undrawable
from kiosk.stamp.fit import Undrawable, fit
from kiosk.stamp.ink import DISPLAY, TEXT, Face, has_emoji, letters
from kiosk.stamp.measure import line_height
from tests.kiosk.stamp.pictures import WORDS
from tests.kiosk.stamp.sentences import LONG, SHORT

STACKED = "ẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ"


@pytest.mark.parametrize("face", [DISPLAY, TEXT])
@pytest.mark.parametrize("capital", STACKED)
def test_stacked_capitals_are_not_clipped(capital: str, face: Face) -> None:
    alone = letters(capital, face, 72).astype(int).sum()

    between = letters(f"H\n{capital}\nH", face, 72, 2.5).astype(int).sum()
    beside = letters("H\nH", face, 72, 2.5).astype(int).sum()
    assert alone == pytest.approx(between - beside, rel=0.01)


@pytest.mark.parametrize("face", [DISPLAY, TEXT])
def test_lines_of_stacked_capitals_do_not_collide(face: Face) -> None:
    upper, lower = "ỆỰỢẬ ỆỰỢẬ", "ẪỖỂỮ ẪỖỂỮ"
    line_height = 1.45 if face is TEXT else face.line_height
    apart = sum(len(letters(line, face, 72)) for line in (upper, lower))

    together = letters(f"{upper}\n{lower}", face, 72, line_height)
    rows = (together > 128).any(axis=1)
    assert len(together) >= apart
    assert not rows.all()


@pytest.mark.parametrize("words", [*WORDS, *SHORT.values(), *LONG.values()])
@pytest.mark.parametrize("room", [837, 400])
def test_words_fill_no_more_than_their_width(words: str, room: int) -> None:
    assert fit(words, room, 300).ink.shape[1] <= room


@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
def test_120_characters_of_any_script_fit_on_a_card(words: str) -> None:
    assert len(fit(words, 837, 400).ink) <= 400


@pytest.mark.parametrize("words", SHORT.values(), ids=SHORT)
def test_lines_of_a_script_do_not_collide(words: str) -> None:
    each = line_height(words, TEXT)

    assert len(letters(words, TEXT, 72, each)) <= 72 * each


@pytest.mark.parametrize("words", SHORT.values(), ids=SHORT)
def test_every_script_is_drawn_as_dark_as_any_other(words: str) -> None:
    """Bold, not as thin as the variable fonts are when nobody asks."""
    drawn = letters(words, TEXT, 72)

    ink = drawn[..., 3] if drawn.ndim == 3 else drawn
    assert 0.14 < (ink > 128).mean() < 0.75


def test_a_short_promise_is_larger_than_a_long_one() -> None:
    assert len(fit("Yêu", 837, 300).ink) > len(letters("YÊU", DISPLAY, 60))


@pytest.mark.parametrize("words", ["Yêu thương", "quyết tâm", "I promise"])
def test_a_lone_last_word_is_avoided_by_a_smaller_size(words: str) -> None:
    one_line = letters(words.upper(), DISPLAY, DISPLAY.largest)

    assert len(fit(words, one_line.shape[1] - 40, 300).ink) < len(one_line)


def test_a_lone_last_word_is_not_avoided_at_any_price() -> None:
    assert len(fit("responsibility internationally", 600, 300).ink) > 120


def test_emoji_keep_their_colours() -> None:
    drawn = fit("Mình hứa ❤️", 837, 300).ink

    blue, green, red, alpha = np.moveaxis(drawn.astype(int), 2, 0)
    assert ((red - np.maximum(blue, green) > 80) & (alpha > 200)).sum() > 100


def test_a_family_joined_of_four_is_one_emoji() -> None:
    family = letters("👨‍👩‍👧‍👦", TEXT, 72)

    assert has_emoji("👨‍👩‍👧‍👦")
    assert family.shape[1] < 72 * 1.6


@pytest.mark.parametrize("keycap", ["1️⃣", "#️⃣", "0⃣"])
def test_a_keycap_is_whole_wherever_it_stands(keycap: str) -> None:
    beside, another = letters(f"🇻🇳 {keycap} a", TEXT, 72), letters("🇻🇳 👍 a", TEXT, 72)

    assert beside.shape[1] == pytest.approx(another.shape[1], abs=8)


def test_markup_is_printed_as_it_was_typed() -> None:
    typed = letters("<b>&amp;</b>", TEXT, 40)

    assert typed.shape[1] > letters("&", TEXT, 40).shape[1] * 5


@pytest.mark.parametrize("words", WORDS)
def test_words_of_our_languages_and_emoji_can_be_drawn(words: str) -> None:
    assert undrawable(words) == ""


def test_what_no_font_draws_is_named_once_and_in_order() -> None:
    assert undrawable("a ᚠ b 𒀀𒀀 한 ב ᚠ") == "ᚠ𒀀"


def test_undrawable_words_are_told_by_name_but_not_in_a_log() -> None:
    with pytest.raises(Undrawable) as refused:
        fit("ᚠ", 837, 300)

    assert refused.value.characters == "ᚠ"
    assert "ᚠ" not in str(refused.value)


@pytest.mark.parametrize(
    "sequence",
    [
        "👨‍🚗",  # joined by no font
        "🇻",
        "🇽🇽",
        "🏽",
        "🚗🏽",
        "a⃣",
        "♥",
        "☺",
        "ạ̈",  # a mark above a composed letter
        "я́",
        "ạ́",
        "कि",
        "한",
        "ﷺ",
    ],
)
def test_what_no_font_joins_is_drawn_beside_each_other(sequence: str) -> None:
    assert undrawable(sequence) == ""
    drawn = letters(sequence, TEXT, 72)
    assert (drawn[..., 3] if drawn.ndim == 3 else drawn).any()

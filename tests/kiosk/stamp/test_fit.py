"""How large the words are, in which face, and what they are broken into."""

import numpy as np
import pytest

from kiosk.stamp import undrawable
from kiosk.stamp.fit import Undrawable, fit
from kiosk.stamp.ink import DISPLAY, TEXT, Face, has_emoji, letters
from tests.kiosk.stamp.pictures import WORDS

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


@pytest.mark.parametrize("words", WORDS)
def test_words_fill_no_more_than_their_width(words: str) -> None:
    assert fit(words, 837, 300).ink.shape[1] <= 837


def test_a_short_promise_is_larger_than_a_long_one() -> None:
    assert len(fit("Yêu", 837, 300).ink) > len(letters("YÊU", DISPLAY, 60))


def test_emoji_keep_their_colours() -> None:
    drawn = fit("Mình hứa ❤️", 837, 300).ink

    blue, green, red, alpha = np.moveaxis(drawn.astype(int), 2, 0)
    assert ((red - np.maximum(blue, green) > 80) & (alpha > 200)).sum() > 100


def test_a_family_joined_of_four_is_one_emoji() -> None:
    family = letters("👨‍👩‍👧‍👦", TEXT, 72)

    assert has_emoji("👨‍👩‍👧‍👦")
    assert family.shape[1] < 72 * 1.6


def test_markup_is_printed_as_it_was_typed() -> None:
    typed = letters("<b>&amp;</b>", TEXT, 40)

    assert typed.shape[1] > letters("&", TEXT, 40).shape[1] * 5


@pytest.mark.parametrize("words", WORDS)
def test_words_of_our_languages_and_emoji_can_be_drawn(words: str) -> None:
    assert undrawable(words) == ""


def test_what_no_font_draws_is_named_once_and_in_order() -> None:
    assert undrawable("a 한 b שש ب 한") == "한שب"


def test_undrawable_words_are_told_by_name() -> None:
    with pytest.raises(Undrawable, match="한"):
        fit("한", 837, 300)

"""Words run the way their first letter does, in every line."""

import numpy as np
import pytest
from numpy.typing import NDArray

from kiosk.stamp.direction import directed, is_right_to_left
from kiosk.stamp.ink import TEXT, letters
from tests.kiosk.stamp.sentences import SHORT

TO_THE_LEFT = {"Arabic", "Persian", "Hebrew"}


@pytest.mark.parametrize("script", SHORT)
def test_words_run_the_way_of_their_script(script: str) -> None:
    assert is_right_to_left(SHORT[script]) == (script in TO_THE_LEFT)


@pytest.mark.parametrize(
    ("words", "is_so"),
    [
        ("", False),
        ("… 123 !", False),
        ("👋 שלום Hà Nội", True),
        ("Hà Nội שלום", False),
        ("٣ أيام", True),
    ],
)
def test_the_first_letter_tells_the_way(words: str, is_so: bool) -> None:
    assert is_right_to_left(words) == is_so


def test_words_of_one_way_are_left_as_they_are() -> None:
    assert directed("Mình hứa\n1 2 3") == "Mình hứa\n1 2 3"


def columns(lines: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which columns the upper and the lower of two lines have ink in."""
    drawn = letters(lines, TEXT, 72, 2)
    half = len(drawn) // 2
    upper, lower = (part.max(axis=0) > 128 for part in (drawn[:half], drawn[half:]))
    return upper, lower


def test_lines_that_run_to_the_left_stand_at_the_right() -> None:
    upper, lower = columns("שלום חברים טובים\nשלום")

    assert upper[:40].any()
    assert not lower[:40].any()
    assert upper[-10:].any()
    assert lower[-10:].any()


def test_a_line_that_begins_in_latin_runs_as_the_others_do() -> None:
    upper, lower = columns("שלום חברים טובים\nIII ש.")
    _, alone = columns("שלום חברים טובים\nש. III")

    assert not lower[: len(lower) // 2].any()
    assert upper[-10:].any()
    assert (lower != alone).any()


def test_a_line_that_begins_in_hebrew_runs_as_the_vietnamese_before_it() -> None:
    _, lower = columns("Mình yêu Hà Nội lắm\nשלום")

    assert lower[:10].any()
    assert not lower[len(lower) // 2 :].any()

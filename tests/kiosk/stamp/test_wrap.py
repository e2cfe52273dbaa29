"""Lines are broken at spaces, evenly, by arithmetic."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.stamp.wrap import Broken, measured, width
from tests.kiosk.stamp.sentences import LONG

SENTENCES = (
    "Mình sẽ lắng nghe nhiều hơn và nói lời thương khi còn có thể nghiêng thuở ạ",
    "I will carry my own water bottle responsibly, and bring it home again",
)
SYLLABLES = [syllable for sentence in SENTENCES for syllable in sentence.split()]
WIDEST = max(map(len, SYLLABLES))


def even(_: str) -> float:
    return 1.0


def broken(words: str, room: float) -> Broken:
    return measured(words, even).broken(room)


def lines(words: str, room: float) -> list[str]:
    return list(broken(words, room).lines)


def test_words_that_fit_stay_on_one_line() -> None:
    assert lines("xin chào", 8) == ["xin chào"]


def test_lines_break_at_spaces_only() -> None:
    assert lines("một hai ba bốn", 8) == ["một hai", "ba bốn"]


def test_a_last_line_of_one_word_is_avoided() -> None:
    assert lines("aaa bbb ccc dd", 11) == ["aaa bbb", "ccc dd"]


def test_lines_are_of_even_length() -> None:
    assert lines("a b c d e f g h i j", 17) == ["a b c d e", "f g h i j"]


def test_a_word_wider_than_a_line_is_cut() -> None:
    assert lines("abcdefgh", 3) == ["ab", "cde", "fgh"]
    assert broken("abcdefgh", 3).cuts_word
    assert not broken("abc defgh", 5).cuts_word


def test_nothing_is_lost_or_added() -> None:
    words = "một câu dài hơn một dòng rất nhiều, phải xuống dòng nhiều lần"

    assert " ".join(lines(words, 14)) == words


@given(
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=40),
    st.floats(WIDEST, 60),
)
@example(["nghiêng", "responsibly,", "ạ"], 20.0)
@example(["Mình", "sẽ", "responsibly,"], 17.0)  # evener with a lone word
def test_sentences_are_whole_in_few_lines_and_end_in_no_lone_word(
    syllables: list[str], room: float
) -> None:
    found = broken(" ".join(syllables), room)

    assert " ".join(found.lines).split() == syllables
    assert len(found.lines) == greedy(syllables, room)
    assert all(width(line, even) <= room for line in found.lines)
    assert not found.cuts_word
    assert found.is_lone == is_lone_word_forced(syllables, room)


def greedy(syllables: Sequence[str], room: float) -> int:
    """Count the lines when each takes all the words it can."""
    count, line = 0, ""
    for syllable in syllables:
        longer = f"{line} {syllable}" if line else syllable
        is_new = not line or width(longer, even) > room
        count, line = count + is_new, syllable if is_new else longer
    return count


def is_lone_word_forced(syllables: Sequence[str], room: float) -> bool:
    """Say whether every break into so few lines leaves the last word alone."""
    lines = greedy(syllables, room)
    if lines == 1:
        return False

    return not any(
        greedy(syllables[:at], room) <= lines - 1
        for at in range(1, len(syllables) - 1)
        if width(" ".join(syllables[at:]), even) <= room
    )


@pytest.mark.parametrize("words", ["a bc def gh i", "一二三四五六七", "x" * 30])
@pytest.mark.parametrize("room", [1, 2, 3.5, 7, 100])
def test_no_fewer_lines_are_needed_than_the_least(words: str, room: float) -> None:
    assert measured(words, even).least(room) <= len(lines(words, room))


@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
@pytest.mark.parametrize("room", [6.0, 9.5, 21.0])
def test_nothing_is_lost_in_any_script(words: str, room: float) -> None:
    kept = "".join(lines(words, room)).replace(" ", "")

    assert kept == words.replace(" ", "")


@pytest.mark.parametrize(
    ("words", "room", "expected"),
    [
        ("我愛你中國人", 3, ["我愛你", "中國人"]),
        ("我愛你，中國", 3, ["我愛", "你，", "中國"]),
        ("我愛你「中國」", 4, ["我愛你", "「中國」"]),
        ("ไปไหน", 3, ["ไป", "ไหน"]),
        ("言う「ありが」と", 4, ["言う「あ", "りが」と"]),
        ("きょう", 2, ["きょ", "う"]),
        ("👍🏿👍🏿👍🏿👍🏿", 2, ["👍🏿👍🏿", "👍🏿👍🏿"]),
        ("yêu👍🏿 quá", 5, ["yêu👍🏿", "quá"]),
        ("เราเก้า", 3, ["เรา", "เก้า"]),
        ("ခင်ခင်", 2, ["ခင်", "ခင်"]),
    ],
)
def test_scripts_without_spaces_break_where_a_reader_would_bear_it(
    words: str, room: float, expected: list[str]
) -> None:
    assert lines(words, room) == expected


def test_a_phrase_is_no_lone_word_though_nothing_parts_its_words() -> None:
    thai = broken("ฉันจะดูแลโลก และรักเพื่อนบ้าน", 16)

    assert len(thai.lines) == 2
    assert not thai.is_lone
    assert not thai.cuts_phrase


def test_a_phrase_wider_than_a_line_is_cut_and_says_so() -> None:
    thai = broken("ฉันจะดูแลโลก", 6)

    assert thai.cuts_phrase
    assert not thai.cuts_word

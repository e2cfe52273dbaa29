"""Lines are broken at spaces, evenly, by arithmetic."""

from kiosk.stamp.wrap import clusters, lines

EVEN = dict.fromkeys(map(chr, range(0x2000)), 1.0)


def test_words_that_fit_stay_on_one_line() -> None:
    assert lines("xin chào", 8, EVEN) == ["xin chào"]


def test_lines_break_at_spaces_only() -> None:
    assert lines("một hai ba bốn", 8, EVEN) == ["một hai", "ba bốn"]


def test_a_last_line_of_one_word_is_avoided() -> None:
    assert lines("aaa bbb ccc dd", 11, EVEN) == ["aaa bbb", "ccc dd"]


def test_lines_are_of_even_length() -> None:
    assert lines("a b c d e f g h i j", 17, EVEN) == ["a b c d e", "f g h i j"]


def test_a_word_wider_than_a_line_is_cut() -> None:
    assert lines("abcdefgh", 3, EVEN) == ["abc", "def", "gh"]


def test_nothing_is_lost_or_added() -> None:
    words = "một câu dài hơn một dòng rất nhiều, phải xuống dòng nhiều lần"

    assert " ".join(lines(words, 14, EVEN)) == words


def test_what_a_reader_sees_as_one_is_never_cut() -> None:
    seen = ["a", "👨‍👩‍👧‍👦", "👍🏿", "🇻🇳", "🇱🇦", "❤️", "e\u0301", "1\ufe0f\u20e3"]

    assert clusters("".join(seen)) == seen

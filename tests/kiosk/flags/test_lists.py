"""Lists are files that an operator edits: what a line means, what is wrong in one."""

from pathlib import Path

import pytest

from kiosk.flags import Flag, load_lists, of_words
from kiosk.flags.lists import FOLDER, SHIPPED
from kiosk.toml import ConfigError


def an_event(folder: Path, **lists: str) -> Path:
    """Write lists, for instance rude_en, into an event's folder."""
    home = folder / FOLDER
    home.mkdir()
    for name in ("rude_en", "help_en"):
        lists.setdefault(name, "")
    for name, text in lists.items():
        file = home / f"{name.replace('_', '.')}.txt"
        file.write_text(text, encoding="utf-8")
    return folder


def flags(folder: Path, said: str) -> tuple[Flag, ...]:
    return of_words(said, load_lists(folder, ["en"]))


@pytest.mark.parametrize(
    ("line", "found", "spared"),
    [
        ("khốn nạn", ["khốn nạn", "khon nan", "KHỐN NẠN!", "bọn khôn nan"], ["khốn"]),
        ("=đĩ", ["con đĩ", "ĐĨ!"], ["đi", "di", "dĩ", "d1"]),
        ("=cặc", ["cặc", "c4c"], ["các", "cac"]),
        ("hoà", ["hòa", "hoà", "hoa"], ["hoá", "họa"]),
        ("a|b c", ["a c", "b c"], ["a b", "c"]),
        ("a b? c", ["a c", "a b c"], ["a x c"]),
        ("a .. c", ["a c", "a x c", "a x y z c"], ["a x y z w c"]),
        ("fu*", ["fu", "fuss", "fu2"], ["tofu"]),
        ("*fu*", ["tofu", "fuss"], ["foo"]),
        ("@x = a|b\n@x c", ["a c", "b c"], ["@x c"]),
        ("@x = a\n@y = @x|b\n@y c", ["a c", "b c"], ["c"]),
        ("@X = A|b\n@x c", ["a c", "B c"], ["c"]),
        ("cat\n!cat food", ["my cat", "cat, food"], ["cat food"]),
        ("# cat\n\n  dog  # not cat", ["dog"], ["cat"]),
        ("\ufeffdog", ["dog"], ["cat"]),
        ("save me", ["save me", "save  me"], ["save. Me too"]),
    ],
)
def test_a_line_means_what_the_head_of_the_list_says(
    tmp_path: Path, line: str, found: list[str], spared: list[str]
) -> None:
    event = an_event(tmp_path, rude_en=line)

    assert [each for each in found if flags(event, each) != (Flag.RUDE,)] == []
    assert [each for each in spared if flags(event, each)] == []


@pytest.mark.parametrize(
    ("line", "wish"),
    [
        ("a||b", "expected words, =a, a|b, a?, stem*, *stem* or .."),
        ("*", "expected words, =a, a|b, a?, stem*, *stem* or .."),
        ("ca*t", "expected words, =a, a|b, a?, stem*, *stem* or .."),
        ("cat, dog", "expected words, =a, a|b, a?, stem*, *stem* or .."),
        ("..", "expected words at both ends"),
        ("a ..", "expected words at both ends"),
        (".. a", "expected words at both ends"),
        ("!", "expected words at both ends"),
        ("a? b?", "expected a word that may not be left out"),
        ("@none b", "expected a group @none in a line above"),
    ],
)
def test_a_bad_line_is_named_by_file_and_number(
    tmp_path: Path, line: str, wish: str
) -> None:
    event = an_event(tmp_path, help_en=f"# explained\nhelp\n{line}\n")

    with pytest.raises(ConfigError) as refused:
        load_lists(event, ["en"])
    assert str(refused.value) == f"flags/help.en.txt, line 3: {line}: {wish}."


def test_an_event_without_a_folder_of_lists_has_the_booths(tmp_path: Path) -> None:
    assert load_lists(tmp_path, ["vi", "en"]) == load_lists(SHIPPED.parent, ["vi"])
    assert flags(tmp_path, "fuck") == (Flag.RUDE,)


def test_an_event_with_its_own_lists_has_no_other(tmp_path: Path) -> None:
    event = an_event(tmp_path, rude_fr="zut")

    assert flags(event, "fuck") == ()
    assert flags(event, "zut") == (Flag.RUDE,)


def test_a_list_that_is_missing_stops_the_start(tmp_path: Path) -> None:
    an_event(tmp_path)

    with pytest.raises(ConfigError) as refused:
        load_lists(tmp_path, ["en", "vi"])
    assert str(refused.value) == (
        "flags/rude.vi.txt is missing: expected a list, which may be empty."
    )


@pytest.mark.parametrize("name", ["rudes_en", "rude", "rude_en_old"])
def test_a_list_of_another_name_stops_the_start(tmp_path: Path, name: str) -> None:
    event = an_event(tmp_path, **{name: "cat"})

    with pytest.raises(ConfigError, match=r"expected rude\.LANGUAGE\.txt or help"):
        load_lists(event, ["en"])


def test_a_list_that_is_not_text_stops_the_start(tmp_path: Path) -> None:
    (an_event(tmp_path) / FOLDER / "rude.en.txt").write_bytes(b"\xff\xfe")

    with pytest.raises(ConfigError) as refused:
        load_lists(tmp_path, ["en"])
    assert str(refused.value) == "flags/rude.en.txt: expected text saved as UTF-8."

"""A template's folder: read whole, or refused in one line that says where."""

from collections.abc import Callable
from os import mkfifo
from pathlib import Path
from shutil import copytree

import cv2
import numpy as np
import pytest

from kiosk.layout import TEMPLATES, Format, load_layout, template
from kiosk.places import misplaced
from kiosk.toml import ConfigError

OURS = ("band", "night")

WRONG = {
    "an unknown key": ("photo = [0, 0, 1280, 1072]", "foto = [1]", "[4x5] foto:"),
    "a box of three": (
        "[0, 0, 1280, 1072]",
        "[0, 0, 1280]",
        "[4x5] photo = [0, 0, 1280]",
    ),
    "a colour by name": ('ground = "#FFC21F"', 'ground = "gold"', "[colours] ground"),
    "a size of nothing": ("largest = 92", "largest = 2", "[4x5.words] largest = 2"),
    "words below the floor": (
        "largest = 92",
        "largest = 39",
        "[4x5.words] largest = 39",
    ),
    "no size": ("size = [1280, 1600]\n", "", "[4x5] size is missing"),
    "a frame not there": (
        'frame = "frame-16x9.png"',
        'frame = "a.png"',
        'frame = "a.png"',
    ),
    "a way out": ('frame = "frame-16x9.png"', 'frame = "../a.png"', "[16x9] frame"),
    "an unknown font": ('poster = "Phudu"', 'poster = "Arial"', "[fonts] poster"),
    "not TOML": ("[colours]", "[colours", "is not written as TOML"),
}
"""What stands in layout.toml, what is written instead, and what the one line says."""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give a template that can be changed."""
    return copytree(TEMPLATES / "band", tmp_path / "own")


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("format_", Format)
def test_ours_have_every_format_in_its_proportions(name: str, format_: Format) -> None:
    layout = load_layout(TEMPLATES / name, format_)

    width, height = map(int, format_.value.split("x"))
    assert layout.plan.size[0] * height == layout.plan.size[1] * width
    assert max(layout.plan.size) >= 1600
    assert misplaced(layout) == []


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_line(
    wrong: tuple[str, str, str], own: Path
) -> None:
    before, after, said = wrong
    text = (own / "layout.toml").read_text()
    assert before in text
    (own / "layout.toml").write_text(text.replace(before, after, 1))

    with pytest.raises(ConfigError) as refused:
        load_layout(own, Format.WIDE if "frame" in before else Format.TALL)

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_format_that_a_template_lacks_is_named(own: Path) -> None:
    text = (own / "layout.toml").read_text()
    (own / "layout.toml").write_text(text[: text.index('["9x16"]')])

    with pytest.raises(ConfigError, match=r"\[9x16\] is missing"):
        load_layout(own, Format.STORY)


def cut(file: Path) -> None:
    """Leave the first half of a picture."""
    file.write_bytes(file.read_bytes()[:900])


def shrink(file: Path) -> None:
    """Put a whole picture of another size in its place."""
    assert cv2.imwrite(str(file), np.zeros((200, 300, 4), np.uint8))


@pytest.mark.parametrize(
    "spoil", [lambda file: file.write_text("not a picture"), cut, shrink]
)
def test_a_frame_that_cannot_be_laid_on_the_card_is_refused(
    own: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(own / "frame-16x9.png")

    with pytest.raises(ConfigError, match=r"frame = .* as large as the card"):
        load_layout(own, Format.WIDE)


@pytest.mark.parametrize("data", [b"hello", b"", b"\x00\x01\x00\x00" + bytes(60)])
def test_a_font_that_is_none_is_refused(own: Path, data: bytes) -> None:
    (own / "mine.ttf").write_bytes(data)
    text = (own / "layout.toml").read_text()
    (own / "layout.toml").write_text(
        text.replace('poster = "Phudu"', 'poster = "mine.ttf"')
    )

    with pytest.raises(ConfigError, match=r"\[fonts\] poster"):
        load_layout(own, Format.TALL)


PLACES = {
    "words over the photo": ("[56, 1106, 837, 374]", "[56, 1000, 837, 374]"),
    "words in the photo's last block": ("[0, 0, 1280, 1072]", "[0, 0, 1280, 1105]"),
    "plate in the photo": ("top = 1130", "top = 600"),
    "words over the strip": ("[56, 1106, 837, 374]", "[56, 1106, 837, 474]"),
    "code over the words": ("[937, 1429, 287, 60]", "[637, 1429, 287, 60]"),
    "words that may take all of the photo": ("grow = 448", "grow = 1060"),
    "no strip": ("[0, 1514, 1280, 86]", "[0, 1514, 1280, 8]"),
}


def test_a_file_that_an_editor_marked_as_utf_8_is_read(own: Path) -> None:
    file = own / "layout.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert load_layout(own, Format.TALL).plan.size == (1280, 1600)


@pytest.mark.parametrize("key", ["frame", "text"])
def test_a_pipe_in_a_templates_folder_is_refused_at_once(own: Path, key: str) -> None:
    file = own / "layout.toml"
    named = {"frame": 'frame = "frame-16x9.png"', "text": 'text = "Be Vietnam Pro"'}
    piped = {"frame": 'frame = "pipe.png"', "text": 'text = "pipe.ttf"'}
    file.write_text(file.read_text().replace(named[key], piped[key], 1))
    mkfifo(own / piped[key].split('"')[1])

    with pytest.raises(ConfigError, match="pipe"):
        load_layout(own, Format.WIDE)


@pytest.mark.parametrize("change", PLACES.values(), ids=PLACES)
def test_areas_that_overlap_or_vanish_are_said(
    own: Path, change: tuple[str, str]
) -> None:
    text = (own / "layout.toml").read_text()
    assert change[0] in text
    (own / "layout.toml").write_text(text.replace(*change, 1))

    assert misplaced(load_layout(own, Format.TALL))


def test_an_events_own_template_comes_before_ours(tmp_path: Path) -> None:
    own = copytree(TEMPLATES / "night", tmp_path / "cards" / "band")

    assert template("band", tmp_path) == own
    assert template("night", tmp_path) == TEMPLATES / "night"


@pytest.mark.parametrize("name", ["layout.toml", "frame-16x9.png"])
def test_what_a_card_is_drawn_by_changes_the_fingerprint(own: Path, name: str) -> None:
    before = load_layout(own, Format.WIDE).fingerprint
    data = (own / name).read_bytes()
    (own / name).write_bytes(data[:60] + b"!" + data[61:])
    if name == "layout.toml":
        (own / name).write_bytes(data + b"\n")

    assert load_layout(own, Format.WIDE).fingerprint != before


@pytest.mark.parametrize("name", [".DS_Store", "sketch.psd", "frame-3x2.png"])
def test_what_lies_beside_does_not(own: Path, name: str) -> None:
    before = load_layout(own, Format.WIDE).fingerprint
    (own / name).write_bytes(b"something else")

    assert load_layout(own, Format.WIDE).fingerprint == before


def test_the_same_template_elsewhere_has_the_same_fingerprint(own: Path) -> None:
    ours = load_layout(TEMPLATES / "band", Format.TALL)

    assert load_layout(own, Format.TALL).fingerprint == ours.fingerprint
    assert load_layout(own, Format.WIDE).fingerprint != ours.fingerprint

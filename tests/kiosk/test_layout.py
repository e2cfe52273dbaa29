"""A template's folder: read whole, or refused in one line that says where."""

from pathlib import Path
from shutil import copytree

import pytest

from kiosk.layout import TEMPLATES, Format, load_layout, outside, template
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
    assert outside(layout) == []


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


def test_a_frame_that_is_no_picture_is_refused(own: Path) -> None:
    (own / "frame-16x9.png").write_text("not a picture")

    with pytest.raises(ConfigError, match="frame"):
        load_layout(own, Format.WIDE)


def test_an_events_own_template_comes_before_ours(tmp_path: Path) -> None:
    own = copytree(TEMPLATES / "night", tmp_path / "cards" / "band")

    assert template("band", tmp_path) == own
    assert template("night", tmp_path) == TEMPLATES / "night"


@pytest.mark.parametrize("file", ["layout.toml", "frame-16x9.png", "logos/new.png"])
def test_whatever_changes_in_the_folder_changes_the_fingerprint(
    own: Path, file: str
) -> None:
    before = load_layout(own, Format.TALL).fingerprint
    changed = own / file
    changed.parent.mkdir(exist_ok=True)
    changed.write_bytes((changed.read_bytes() if changed.exists() else b"") + b"\n")

    assert load_layout(own, Format.TALL).fingerprint != before


def test_the_same_template_elsewhere_has_the_same_fingerprint(own: Path) -> None:
    ours = load_layout(TEMPLATES / "band", Format.TALL)

    assert load_layout(own, Format.TALL).fingerprint == ours.fingerprint
    assert load_layout(own, Format.WIDE).fingerprint != ours.fingerprint

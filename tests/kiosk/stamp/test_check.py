"""What a template's maker is told before the night."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
import regex
from PIL import Image

from kiosk import words
from kiosk.layout import TEMPLATES, Format, Layout, load_layout
from kiosk.stamp import faults
from kiosk.stamp.check import LONGEST
from kiosk.stamp.contrast import contrast, luminance
from kiosk.stamp.raster import plain
from tests.kiosk.stamp.pictures import LAYOUTS, WORDS, lettering

FAULTS = {
    "modules": ("side = 287", "side = 230", "module of the code is 5 pixels"),
    "quiet zone": ("side = 287", "side = 260, quiet = 2", "2.1 modules of quiet"),
    "contrast": ('ink = "#1A0C2E"', 'ink = "#B07000"', "words: #B07000 stands out 2."),
    "size": ("837, 374], largest = 92, grow = 448", "300, 200]", "less than 40;"),
    "outside": ("[0, 1514, 1280, 86]", "[0, 1530, 1280, 86]", "logos = [0, 1530"),
    "over the photo": ("[56, 1106, 837", "[56, 1006, 837", "photo and words overlap"),
    "light on dark": ('plate_ink = "#1A0C2E"', 'plate_ink = "#FFFFFF"', "is lighter"),
    "short code": ("[937, 1429, 287, 60]", "[937, 1429, 60, 60]", "code: the letters"),
    "round": ("side = 287", "side = 287, radius = 100", "radius = 100 leaves 0.0"),
    "high code": ("287, 60], size = 50", "287, 16], size = 70", "code: it would be 5"),
    "high names": ("86], size = 30", "20], size = 100", "logos: it would be "),
    "high event": (
        "event = { size = 40, under = 38 }",
        "event = { size = 60, box = [56, 1484, 837, 24] }",
        "event: it would be ",
    ),
    "strip": ('strip_ink = "#1A0C2E"', 'strip_ink = "#C0B0A0"', "logos: #C0B0A0"),
}
"""What stands in layout.toml, what is planted in its place, and what is said."""


def planted(folder: Path, before: str, after: str) -> Layout:
    """Return a template of ours with one thing changed."""
    own = copytree(TEMPLATES / "band", folder / "own")
    text = (own / "layout.toml").read_text()
    start = text.index('["4x5"]') if before in text.partition('["4x5"]')[2] else 0
    assert before in text[start:]
    changed = text[:start] + text[start:].replace(before, after, 1)
    (own / "layout.toml").write_text(changed)
    return load_layout(own, Format.TALL)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("text", [WORDS[0], WORDS[4], WORDS[17], WORDS[30]])
def test_nothing_is_wrong_with_ours(text: str, layout: Layout) -> None:
    assert list(faults(lettering(text), layout)) == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_each_fault_is_said_in_one_line(
    fault: tuple[str, str, str], tmp_path: Path
) -> None:
    before, after, said = fault

    lines = list(faults(lettering(), planted(tmp_path, before, after)))

    assert any(said in line for line in lines), lines
    assert not any("\n" in line for line in lines)


def test_lines_that_are_too_long_for_their_place_are_said() -> None:
    lines = "Đêm nhạc vì những người ở lại " * 9
    crowded = {
        "event": replace(lettering(), event_line=lines),
        "logos": replace(lettering(), partners=(lines, lines)),
    }

    for key, each in crowded.items():
        told = list(faults(each, LAYOUTS["band 4x5"]))
        assert [line.partition(":")[0] for line in told] == [key]
        assert "less than 18" in told[0]


def test_words_beside_the_code_that_do_not_fit_are_said() -> None:
    wordy = replace(lettering(), find="Tìm ảnh của bạn bằng mã này ở đây, hôm nay")

    told = list(faults(wordy, LAYOUTS["band 3x2"]))

    assert [line.partition(":")[0] for line in told] == ["find"]


def test_a_line_that_no_font_of_ours_has_is_said() -> None:
    told = list(faults(replace(lettering(), event_line="Live 𒀀"), LAYOUTS["band 4x5"]))

    assert told == ["event.toml: no font of ours has 𒀀"]


def test_art_that_hides_the_strips_names_is_said(tmp_path: Path) -> None:
    own = copytree(TEMPLATES / "band", tmp_path / "own")
    dark = Image.new("RGBA", (1620, 1080))
    dark.paste((40, 20, 60, 255), (1088, 1008, 1620, 1080))
    dark.save(own / "frame-3x2.png")

    told = list(faults(lettering(), load_layout(own, Format.CLASSIC)))

    assert len(told) == 1
    assert told[0].startswith("logos: #1A0C2E stands out 1.")


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_frame_that_hides_the_photo_is_said(tmp_path: Path, mode: str) -> None:
    own = copytree(TEMPLATES / "band", tmp_path / "own")
    Image.new(mode, (1620, 1080), "#FFC21F").save(own / "frame-3x2.png")

    told = list(faults(lettering(), load_layout(own, Format.CLASSIC)))

    assert [line for line in told if "hides 100 % of the photo" in line]


def test_the_longest_words_are_as_many_as_a_guest_may_write() -> None:
    assert len(regex.findall(r"\X", LONGEST)) == words.LONGEST


def test_contrast_is_counted_as_the_guideline_does() -> None:
    black, white, grey = (
        float(luminance(plain(1, 1, (each, each, each)))[0]) for each in (0, 255, 119)
    )

    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.48, abs=0.01)

"""The fonts that cards are lettered with."""

import os
import shutil
from html import escape
from pathlib import Path
from unicodedata import category, name

import numpy as np
import pytest
import pyvips
from numpy.typing import NDArray

from kiosk import fonts
from kiosk.fonts.make import FACES, build


def test_fonts_that_are_missing_are_told_with_what_mends_it(tmp_path: Path) -> None:
    with pytest.raises(fonts.FontsMissing, match="Fonts are missing: run make setup"):
        fonts.use(tmp_path)


def test_widths_that_are_missing_are_told_too(tmp_path: Path) -> None:
    with pytest.raises(fonts.FontsMissing):
        fonts.advances("Phudu", tmp_path)


def test_fonts_that_are_built_have_nothing_to_do(tmp_path: Path) -> None:
    shutil.copytree(fonts.FOLDER, tmp_path / "fonts")

    assert not build(tmp_path / "fonts")


def test_fonts_of_another_recipe_are_built_again_and_leave_no_old_ones(
    tmp_path: Path,
) -> None:
    (tmp_path / "recipe").write_text("2")
    (tmp_path / "of-old.ttf").touch()

    assert [build(tmp_path), build(tmp_path)] == [True, False]
    assert not (tmp_path / "of-old.ttf").exists()
    for family in (*FACES, fonts.EMOJI, fonts.OTHERS):
        assert dict(fonts.advances(family, tmp_path)) == dict(fonts.advances(family))


def test_a_package_that_lacks_a_script_stops_the_build(tmp_path: Path) -> None:
    packages = tmp_path / "node_modules"
    for manifest in fonts.ROOT.glob("node_modules/@*/*/package.json"):
        there = packages / manifest.relative_to(fonts.ROOT / "node_modules")
        there.parent.mkdir(parents=True)
        shutil.copy(manifest, there)

    with pytest.raises(FileNotFoundError):
        build(tmp_path / "fonts", packages)
    assert not (tmp_path / "fonts" / "recipe").exists()


@pytest.mark.parametrize("family", FACES)
def test_each_face_has_every_vietnamese_letter(family: str) -> None:
    letters = "ĂÂĐÊÔƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ0123456789"

    assert set(letters) <= set(fonts.advances(family))


def test_pango_is_told_to_see_our_fonts() -> None:
    fonts.use()

    assert os.environ["FONTCONFIG_FILE"].endswith(".fonts/fonts.conf")


def test_every_letter_that_is_said_to_be_drawn_is_drawn() -> None:
    """Take every seventeenth: all of them take half a minute."""
    fonts.use()
    box = ink_of("\ue000")
    assert is_framed(box)

    for family in (fonts.OTHERS, fonts.EMOJI, *FACES):
        for letter in [c for c in fonts.advances(family) if is_seen(c)][::17]:
            drawn = ink_of(letter)
            assert drawn.any(), name(letter)
            assert drawn.shape != box.shape or not is_framed(drawn), name(letter)


def is_framed(drawn: NDArray[np.uint8]) -> bool:
    """Say whether there are lines above and below, as of a box for what is missing."""
    return bool(drawn[0, 2:-2].min() > 60 < drawn[-1, 2:-2].min())


def ink_of(letter: str) -> NDArray[np.uint8]:
    text = escape(letter)
    drawn = pyvips.Image.text(text, font="Be Vietnam Pro Bold 24", dpi=72).numpy()
    return np.asarray(drawn, np.uint8)


def is_seen(letter: str) -> bool:
    """Leave out spaces, joiners and an emoji's tags."""
    return category(letter) not in {"Zs", "Cf", "Cc", "Mn"}

"""The fonts that cards are lettered with."""

import os
from pathlib import Path

import pytest

from kiosk import fonts


def test_fonts_that_are_missing_are_told_with_what_mends_it(tmp_path: Path) -> None:
    with pytest.raises(fonts.FontsMissing, match="Fonts are missing: run make setup"):
        fonts.use(tmp_path)


def test_widths_that_are_missing_are_told_too(tmp_path: Path) -> None:
    with pytest.raises(fonts.FontsMissing):
        fonts.advances("Phudu", tmp_path)


def test_a_second_build_has_nothing_to_do(tmp_path: Path) -> None:
    assert [fonts.build(tmp_path), fonts.build(tmp_path)] == [True, False]


def test_an_unfinished_build_is_made_again(tmp_path: Path) -> None:
    fonts.build(tmp_path)
    (tmp_path / "recipe").unlink()

    assert fonts.build(tmp_path)


@pytest.mark.parametrize("family", fonts.FACES)
def test_each_face_has_every_vietnamese_letter(family: str) -> None:
    letters = "ĂÂĐÊÔƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ0123456789"

    assert set(letters) <= set(fonts.advances(family))


def test_pango_is_told_to_see_our_fonts() -> None:
    fonts.use()

    assert os.environ["FONTCONFIG_FILE"].endswith(".fonts/fonts.conf")

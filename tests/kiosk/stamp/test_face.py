"""A template may bring fonts and logos of its own."""

from pathlib import Path
from shutil import copytree

import cv2
import numpy as np
import pytest
from fontTools.ttLib import TTFont

from kiosk import fonts
from kiosk.layout import TEMPLATES, Format, Layout, load_layout
from kiosk.stamp import prepare
from kiosk.stamp.face import hand
from kiosk.stamp.ink import DISPLAY, letters
from tests.kiosk.stamp.pictures import lettering


@pytest.fixture
def own(tmp_path: Path) -> Layout:
    """Give a template whose poster face and logo are its own."""
    folder = copytree(TEMPLATES / "band", tmp_path / "own")
    (folder / "fonts").mkdir()
    with TTFont(fonts.FOLDER / "phudu-800.ttf") as font:
        for record in font["name"].names:
            if record.nameID in {1, 16}:
                record.string = "Chữ nhà mình"
        font.save(folder / "fonts" / "Ours.ttf")
    logo = np.zeros((200, 400, 4), np.uint8)
    cv2.circle(logo, (200, 100), 90, (0, 0, 0, 255), -1)
    assert cv2.imwrite(str(folder / "logo.png"), logo)
    text = (folder / "layout.toml").read_text()
    text = text.replace('poster = "Phudu"', 'poster = "fonts/Ours.ttf"')
    (folder / "layout.toml").write_text('logos = ["logo.png"]\n' + text)
    return load_layout(folder, Format.TALL)


def test_its_letters_are_drawn_with_it(own: Layout) -> None:
    poster = hand(own).poster

    drawn = letters("MÌNH HỨA", poster, 80)
    assert poster.family == "Chữ nhà mình"
    assert np.array_equal(drawn, letters("MÌNH HỨA", DISPLAY, 80))
    assert not np.array_equal(drawn, letters("MÌNH HỨA", hand(own).text, 80))


def test_its_lines_leave_room_for_stacked_marks(own: Layout) -> None:
    poster = hand(own).poster

    rows = (letters("ẪỖỆỮ\nẪỖỆỮ", poster, 80) > 128).any(axis=1)
    assert poster.line_height >= 1.1
    assert not rows.all()


def test_its_logo_stands_in_the_strip(own: Layout) -> None:
    left, top, width, height = own.plan.logos.box
    ours = load_layout(TEMPLATES / "band", Format.TALL)

    with_logo = prepare(lettering(), own).ground.picture[top : top + height]
    without = prepare(lettering(), ours).ground.picture[top : top + height]
    changed = np.any(with_logo != without, axis=2)
    assert changed[:, left + width // 2 : left + width].any()

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from kiosk.store import devices
from kiosk.web.opening import CannotOpen, closing_database
from kiosk.web.pairing import draw, explained, listed, revoke

LINK = "http://192.0.2.7:8000/enter/dGHQsQU08D3HOLcv8cmCdA"
LIGHT = {" ": (0, 0), "\xa0": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


class Terminal(io.StringIO):
    """A terminal with colours."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Have a folder with a volunteer's tablet and two walls."""
    with closing_database(tmp_path) as database, database.transaction() as db:
        for role, name in (("volunteer", "Mai's tablet"), ("wall", ""), ("wall", "")):
            devices.sign_in(db, role, time.time(), event="live", name=name)
    return tmp_path


@pytest.mark.parametrize("out", [io.StringIO, Terminal])
def test_a_code_in_a_dark_terminal_can_be_scanned(out: type[io.StringIO]) -> None:
    drawn = out()

    draw(LINK, drawn)

    assert scanned(drawn.getvalue()) == LINK


def test_a_terminal_is_told_its_colours_so_that_a_light_one_can_be_scanned_too() -> (
    None
):
    drawn = Terminal()

    draw(LINK, drawn)

    for line in drawn.getvalue().splitlines():
        assert "\x1b[38;5;255m" in line
        assert line.endswith("\x1b[0m")


def test_a_link_is_said_with_what_its_device_needs(tmp_path: Path) -> None:
    assert list(explained(tmp_path, LINK)) == [f"{LINK}   (once, within 10 minutes)"]
    (_, alone) = explained(tmp_path, "http://127.0.0.1:8000/enter/x")
    (_, trust) = explained(tmp_path, LINK.replace("http:", "https:"))

    assert "answers on this computer alone" in alone
    assert str(tmp_path / "tls" / "pledgebooth-ca.crt") in trust


def test_devices_are_listed_by_name_role_and_since_when(data: Path) -> None:
    lines = sorted(listed(data))

    for line, name in zip(lines, ("Mai's tablet", "Wall 1", "Wall 2"), strict=True):
        assert re.fullmatch(rf"{name} +(volunteer|wall) +awake +since \d\d:\d\d", line)


@pytest.mark.parametrize("name", ["Mai's tablet", "MAI'S TABLET"])
def test_a_device_is_revoked_by_its_name(data: Path, name: str) -> None:
    assert list(revoke(data, name)) == ["Mai's tablet: revoked."]

    assert len(list(listed(data))) == 2
    with pytest.raises(CannotOpen, match="No paired device is called"):
        list(revoke(data, name))


@pytest.mark.parametrize("name", ["Wall 2", "wall 2", "Màn hình 2"])
def test_a_device_without_a_name_is_revoked_by_its_number(
    data: Path, name: str
) -> None:
    assert list(revoke(data, name)) == ["Wall 2: revoked."]


def test_all_are_revoked_at_once(data: Path) -> None:
    assert len(list(revoke(data, ""))) == 3
    assert list(listed(data)) == ["No device is paired."]
    assert list(revoke(data, "")) == []


def scanned(text: str) -> str:
    """Read what a camera would see of dark letters' ground and light letters."""
    plain = re.sub(r"\x1b\[[\d;]*m", "", text).splitlines()
    rows: Iterator[list[tuple[int, int]]] = (
        [LIGHT[each] for each in line] for line in plain
    )
    halves = np.array(list(rows), np.uint8).transpose(0, 2, 1)
    pixels = halves.reshape(-1, halves.shape[-1]) * 255
    (code,) = zxingcpp.read_barcodes(
        np.kron(pixels, np.ones((4, 4), np.uint8)), try_invert=False
    )
    return str(code.text)

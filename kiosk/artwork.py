"""Files that cards are drawn with: pictures and fonts, looked at before the night."""

from os import SEEK_END
from pathlib import Path

NEEDED = frozenset({"head", "hhea", "hmtx", "name", "OS/2"})  # tables of a font
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
LARGEST = 4000  # pixels wide, and high, of a picture that is drawn on cards
A_PICTURE = "a PNG picture in this folder, at most 4000 pixels wide and high"


def is_picture(file: Path, size: tuple[int, int] | None = None) -> bool:
    """Say whether a file is a whole PNG that we draw, of this size where it matters.

    Only its head and its end are looked at.
    """
    if not file.is_file():  # a pipe would be waited for without end
        return False
    try:
        with file.open("rb") as opened:
            head = opened.read(len(PNG) + 8)
            opened.seek(-min(len(PNG_END), file.stat().st_size), SEEK_END)
            end = opened.read()
    except OSError:
        return False
    at = len(PNG)
    sides = int.from_bytes(head[at : at + 4]), int.from_bytes(head[at + 4 :])
    is_whole = head.startswith(PNG) and end == PNG_END
    is_right = sides == size if size else all(0 < each <= LARGEST for each in sides)
    return is_whole and is_right


def is_font(file: Path) -> bool:
    """Say whether a file has what letters are drawn and measured by."""
    from fontTools.ttLib import TTFont, TTLibError  # only where a template brings one

    if not file.is_file():
        return False
    try:
        with file.open("rb") as opened, TTFont(opened, lazy=True) as font:
            return bool(font.getBestCmap()) and not NEEDED - set(font.keys())
    except (OSError, TTLibError):
        return False

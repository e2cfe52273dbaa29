"""The fonts that cards are lettered with; pango may see no others."""

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kiosk.fonts.widths import Widths

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".fonts"
EMOJI = "Noto Color Emoji"
OTHERS = "other scripts"
"""What `advances` calls all the scripts together that are not Vietnamese or English."""


class FontsMissing(Exception):
    """The fonts have not been built."""

    def __init__(self) -> None:
        super().__init__("Fonts are missing: run make setup")


def use(folder: Path = FOLDER) -> None:
    """Let pango see our fonts and no others; call before it draws its first text.

    Raises:
        FontsMissing: set-up has not built them.
    """
    if not (folder / "recipe").exists():
        raise FontsMissing

    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")


@cache
def advances(family: str, folder: Path = FOLDER) -> Mapping[str, float]:
    """Return how wide each character of a face, EMOJI or OTHERS is, in em.

    Read when first asked for: a booth whose guests write Vietnamese never reads OTHERS.

    Raises:
        FontsMissing: set-up has not built the fonts.
    """
    try:
        runs = json.loads((folder / widths_file(family)).read_bytes())
    except FileNotFoundError as error:
        raise FontsMissing from error

    widths = Widths(runs)
    return widths if family == OTHERS else dict(widths)  # faster, for every letter


@cache
def advances_of(file: str) -> Mapping[str, float]:
    """Return how wide each character of a template's own font is, in em."""
    from kiosk.fonts.make import measure  # fontTools weighs 10 MB

    return {chr(code): width for code, width in measure(Path(file)).items()}


def widths_file(family: str) -> str:
    """Name the file that keeps a family's widths."""
    return f"{family.lower().replace(' ', '-')}.json"

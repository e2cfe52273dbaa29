"""Build the fonts that cards are lettered with, and let only those be seen.

The browser's fonts come from npm as woff2 subsets, which pango cannot read. Set-up
merges them into one TTF a face: ``python -m kiosk.fonts``.
"""

import json
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".fonts"
PACKAGES = ROOT / "node_modules"
EMOJI = Path("@expo-google-fonts/noto-color-emoji")
EMOJI_FILE = EMOJI / "400Regular/NotoColorEmoji_400Regular.ttf"
SUBSETS = ("latin", "latin-ext", "vietnamese")

FACES = {
    "Phudu": ("phudu", 800, "Phudu"),
    "Be Vietnam Pro": ("be-vietnam-pro", 700, "Be Vietnam Pro"),
}
"""Family as pango calls it: npm's name, weight, and the name in our TTF."""

RECIPE = "2"  # another number builds the fonts again

CONFIGURATION = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <dir prefix="relative">../node_modules/{EMOJI.as_posix()}</dir>
  <cachedir prefix="xdg">pledgebooth/fonts</cachedir>
  <match target="font">
    <test name="scalable" compare="eq"><bool>false</bool></test>
    <edit name="scalable" mode="assign"><bool>true</bool></edit>
    <edit name="matrix" mode="assign">
      <times>
        <name>matrix</name>
        <matrix>
          <name>pixelsizefixupfactor</name><double>0</double>
          <double>0</double><name>pixelsizefixupfactor</name>
        </matrix>
      </times>
    </edit>
  </match>
</fontconfig>
"""


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
def advances(family: str, folder: Path = FOLDER) -> dict[str, float]:
    """Return how wide each character of a family is, in em.

    Raises:
        FontsMissing: set-up has not built the fonts.
    """
    try:
        widths = json.loads((folder / "advances.json").read_bytes())
    except FileNotFoundError as error:
        raise FontsMissing from error

    return dict(widths[family])


@cache
def widths(file: str) -> dict[str, float]:
    """Return how wide each character of a template's own font is, in em."""
    return _measure(Path(file))


def build(folder: Path = FOLDER, packages: Path = PACKAGES) -> bool:
    """Build what is missing or old; return whether anything was done.

    Raises:
        FileNotFoundError: npm's packages have not been fetched.
    """
    recipe = _recipe(packages)
    marker = folder / "recipe"
    if marker.exists() and marker.read_text() == recipe:
        return False

    folder.mkdir(exist_ok=True)
    widths = {family: _merge(family, folder, packages) for family in FACES}
    widths["Noto Color Emoji"] = _measure(packages / EMOJI_FILE)
    (folder / "advances.json").write_text(json.dumps(widths))
    (folder / "fonts.conf").write_text(CONFIGURATION)
    marker.write_text(recipe)
    return True


def _recipe(packages: Path) -> str:
    names = [f"@fontsource/{face[0]}" for face in FACES.values()] + [str(EMOJI)]
    manifests = (json.loads((packages / n / "package.json").read_text()) for n in names)
    return "\n".join([RECIPE, *(f"{m['name']} {m['version']}" for m in manifests)])


def _merge(family: str, folder: Path, packages: Path) -> dict[str, float]:
    from fontTools.merge import Merger  # set-up only: a booth never needs it

    package, weight, name = FACES[family]
    files = packages / "@fontsource" / package / "files"
    subsets = [f"{files}/{package}-{s}-{weight}-normal.woff2" for s in SUBSETS]
    built = folder / f"{package}-{weight}.ttf"
    with Merger().merge(subsets) as font:
        font.flavor = None
        _rename(font["name"].names, name)
        font.save(built)
    return _measure(built)


def _rename(records: Iterable[Any], name: str) -> None:
    """Give the family one plain name: what npm ships calls itself 'Phudu Light'."""
    for record in records:
        if record.nameID in {1, 16}:
            record.string = name


def _measure(file: Path) -> dict[str, float]:
    from fontTools.ttLib import TTFont  # a booth with our own fonts never needs it

    with TTFont(file, lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"]
        drawn = font.getBestCmap().items()
        return {chr(code): round(widths[glyph][0] / em, 4) for code, glyph in drawn}


if __name__ == "__main__":
    print("Fonts built." if build() else "Fonts are up to date.")

"""Build the fonts at set-up: ``python -m kiosk.fonts.make``.

They come from npm as woff2 subsets, which pango cannot read. Those of a face are merged
into one TTF, those of other scripts unpacked as they are.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from kiosk.fonts import EMOJI, FOLDER, OTHERS, ROOT, widths_file
from kiosk.fonts.widths import as_runs

PACKAGES = ROOT / "node_modules"
EMOJI_PACKAGE = "@expo-google-fonts/noto-color-emoji"
EMOJI_FILE = f"{EMOJI_PACKAGE}/400Regular/NotoColorEmoji_400Regular.ttf"
SUBSETS = ("latin", "latin-ext", "vietnamese")

FACES = {
    "Phudu": ("phudu", 800, "Phudu"),
    "Be Vietnam Pro": ("be-vietnam-pro", 700, "Be Vietnam Pro"),
}
"""Family as pango calls it: npm's name, weight, and the name in our TTF."""

SCRIPTS = {
    "Noto Sans": (
        "@fontsource/noto-sans",
        ("cyrillic", "cyrillic-ext", "greek", "greek-ext", "devanagari", "latin-ext"),
    ),
    "Noto Sans Thai": ("@fontsource/noto-sans-thai", ("thai",)),
    "Noto Sans Lao": ("@fontsource/noto-sans-lao", ("lao",)),
    "Noto Sans Khmer": ("@fontsource/noto-sans-khmer", ("khmer",)),
    "Noto Sans Myanmar": ("@fontsource/noto-sans-myanmar", ("myanmar",)),
    "Noto Sans Arabic": ("@fontsource/noto-sans-arabic", ("arabic",)),
    "Noto Sans Hebrew": ("@fontsource/noto-sans-hebrew", ("hebrew",)),
    "Noto Sans SC": ("@fontsource-variable/noto-sans-sc", ("[0-9]*",)),
    "Noto Sans KR": ("@fontsource-variable/noto-sans-kr", ("[0-9]*",)),
}
"""Family as pango calls it: npm's name and which of its files; the first is preferred.

SC draws Chinese and Japanese, both in Chinese forms. The variable packages hold every
weight in a tenth of the room; pango takes the bold one out of them.
"""

SPACES = frozenset({0x20, 0xA0})
BLANK = frozenset({0xFDFD})  # a whole sentence in one glyph: pango draws nothing of it

RECIPE = "3"  # another number builds the fonts again

_FAMILIES = "".join(f"<string>{family}</string>" for family in SCRIPTS)
CONFIGURATION = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <dir prefix="relative">../node_modules/{EMOJI_PACKAGE}</dir>
  <cachedir prefix="xdg">pledgebooth/fonts</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last">{_FAMILIES}</edit>
  </match>
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


def build(folder: Path = FOLDER, packages: Path = PACKAGES) -> bool:
    """Build what is missing or old; return whether anything was done.

    Raises:
        FileNotFoundError: npm's packages have not been fetched.
    """
    recipe = _recipe(packages)
    marker = folder / "recipe"
    if marker.exists() and marker.read_text() == recipe:
        return False

    _empty(folder)
    for family in FACES:
        _keep(folder, family, _merge(family, folder, packages))
    _keep(folder, EMOJI, measure(packages / EMOJI_FILE))
    _keep(folder, OTHERS, _unpack_scripts(folder, packages))
    (folder / "fonts.conf").write_text(CONFIGURATION)
    marker.write_text(recipe)
    return True


def _recipe(packages: Path) -> str:
    names = [f"@fontsource/{package}" for package, _, _ in FACES.values()]
    names += [package for package, _ in SCRIPTS.values()]
    names.append(EMOJI_PACKAGE)
    manifests = (json.loads((packages / n / "package.json").read_text()) for n in names)
    return "\n".join([RECIPE, *(f"{m['name']} {m['version']}" for m in manifests)])


def _empty(folder: Path) -> None:
    """Take away what another recipe left: pango would still see it."""
    folder.mkdir(exist_ok=True)
    for old in (folder / "recipe", *folder.rglob("*.ttf")):
        old.unlink(missing_ok=True)


def _keep(folder: Path, family: str, widths: Mapping[int, float]) -> None:
    (folder / widths_file(family)).write_text(json.dumps(as_runs(widths)))


def _merge(family: str, folder: Path, packages: Path) -> Mapping[int, float]:
    from fontTools.merge import Merger  # set-up only: a booth never needs it

    package, weight, name = FACES[family]
    files = packages / "@fontsource" / package / "files"
    subsets = [f"{files}/{package}-{s}-{weight}-normal.woff2" for s in SUBSETS]
    built = folder / f"{package}-{weight}.ttf"
    with Merger().merge(subsets) as font:
        font.flavor = None
        _rename(font["name"].names, name)
        font.save(built)
    return measure(built)


def _unpack_scripts(folder: Path, packages: Path) -> Mapping[int, float]:
    """Unpack every script, on all cores: Chinese and Korean are 200 files."""
    work = [
        (file, family, folder / "scripts" / f"{file.stem}.ttf")
        for family in SCRIPTS
        for file in _script_files(family, packages)
    ]
    (folder / "scripts").mkdir(exist_ok=True)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        measured = list(pool.map(_unpack, *zip(*work, strict=True), chunksize=8))
    widths: dict[int, float] = {}
    for each in reversed(measured):
        widths |= each
    return widths


def _script_files(family: str, packages: Path) -> Sequence[Path]:
    package, subsets = SCRIPTS[family]
    name, weight = package.split("/")[1], "wght" if "variable" in package else "700"
    files = packages / package / "files"
    names = [f"{name}-{subset}-{weight}-normal.woff2" for subset in subsets]
    found = [file for name in names for file in files.glob(name)]
    if len(found) < len(subsets):
        raise FileNotFoundError(f"{package} lacks some of {', '.join(subsets)}")

    return sorted(found)


def _unpack(file: Path, family: str, built: Path) -> Mapping[int, float]:
    from fontTools.ttLib import TTFont  # set-up only: a booth never needs it

    with TTFont(file, lazy=True, recalcBBoxes=False) as font:
        font.flavor = None
        font.cfg["fontTools.ttLib:OPTIMIZE_FONT_SPEED"] = True
        _rename(font["name"].names, family)
        if "fvar" in font:  # fontconfig lists each, and they would fill its memory
            font["fvar"].instances = []
        font.save(built, reorderTables=None)
    return measure(built)


def _rename(records: Iterable[Any], name: str) -> None:
    """Give the family one plain name: what npm ships calls itself 'Phudu Light'."""
    for record in records:
        if record.nameID in {1, 16}:
            record.string = name


def measure(file: Path) -> Mapping[int, float]:
    """Return the width in em of each character that leaves ink, and of the spaces.

    An outline tells which do; an emoji is in layers, and taken as drawn.
    """
    from fontTools.ttLib import TTFont  # a booth with our own fonts never needs it

    with TTFont(file, lazy=True) as font:
        em, widths, names = font["head"].unitsPerEm, font["hmtx"], font.getBestCmap()
        ends = font["loca"] if "loca" in font and "COLR" not in font else None
        places = {code: font.getGlyphID(name) for code, name in names.items()}
        return {
            code: round(widths[names[code]][0] / em, 4)
            for code, at in places.items()
            if code in SPACES or ends is None or ends[at] < ends[at + 1]
            if code not in BLANK
        }


if __name__ == "__main__":
    print("Fonts built." if build() else "Fonts are up to date.")

"""A picture file of any making becomes a frame, or is refused in a sentence."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from kiosk.config import ROOT
from kiosk.stamp import PhotoRefused, read_photo
from kiosk.stamp.raster import Raster
from tests.kiosk.stamp.pictures import frame, likeness

PEAK = """
import runpy
import sys
from contextlib import suppress
from pathlib import Path

with suppress(SystemExit):
    runpy.run_module("kiosk", run_name="__main__", alter_sys=True)
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""
MOST = 200  # MB

SMALL: Raster = frame(640, 480)
Maker = Callable[[Image.Image, Path], None]


def turned(picture: Image.Image, file: Path) -> None:
    """Save a picture on its side, and say so in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.rotate(90, expand=True).save(file, quality=95, exif=exif)


def deep(picture: Image.Image, file: Path) -> None:
    """Save a picture's grey with 16 bits."""
    grey = np.asarray(picture.convert("L"), np.uint16) * 257
    Image.fromarray(grey).save(file)


def see_through(picture: Image.Image, file: Path) -> None:
    """Save a picture with an alpha that hides nothing."""
    picture.convert("RGBA").save(file)


KINDS: dict[str, tuple[str, Maker]] = {
    "JPEG": ("a.jpg", lambda picture, file: picture.save(file, quality=95)),
    "progressive": (
        "a.jpg",
        lambda picture, file: picture.save(file, quality=95, progressive=True),
    ),
    "CMYK": (
        "a.jpg",
        lambda picture, file: picture.convert("CMYK").save(file, quality=95),
    ),
    "PNG": ("a.png", lambda picture, file: picture.save(file)),
    "WebP": ("a.webp", lambda picture, file: picture.save(file, quality=95)),
    "16 bits": ("a.png", deep),
    "alpha": ("a.png", see_through),
    "turned by EXIF": ("a.jpg", turned),
    "under another name": ("a.png", lambda p, f: p.save(f, "JPEG", quality=95)),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_it_is_seen_as_it_was_meant(kind: tuple[str, Maker], tmp_path: Path) -> None:
    name, save = kind
    save(Image.fromarray(SMALL[..., ::-1]), tmp_path / name)

    seen = read_photo(tmp_path / name)

    meant = SMALL
    if save is deep:
        grey = np.asarray(Image.fromarray(SMALL[..., ::-1]).convert("L"), np.uint8)
        meant = np.ascontiguousarray(np.repeat(grey[..., None], 3, axis=2))
    assert likeness(seen, meant) > 20
    assert seen.flags.c_contiguous


def test_a_large_one_is_made_smaller(tmp_path: Path) -> None:
    Image.new("RGB", (4000, 3000)).save(tmp_path / "a.jpg")

    assert read_photo(tmp_path / "a.jpg").shape == (1536, 2048, 3)


def cut(file: Path) -> None:
    """Write half of a JPEG."""
    Image.fromarray(SMALL).save(file, "JPEG")
    file.write_bytes(file.read_bytes()[:4000])


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing there": (lambda file: file.exists(), "there is no such file"),
    "a folder": (lambda file: file.mkdir(), "there is no such file"),
    "empty": (lambda file: file.write_bytes(b""), "damaged, or is none"),
    "text": (lambda file: file.write_text("hello"), "damaged, or is none"),
    "half of one": (cut, "damaged, or is none"),
    "a drawing": (
        lambda file: file.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
        ),
        "expected a JPEG, PNG or WebP",
    ),
    "a bomb": (
        lambda file: Image.new("RGB", (12_000, 12_000)).save(file, "PNG"),
        "too many",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_is_no_photo_is_refused_in_a_sentence(
    case: tuple[Callable[[Path], object], str], tmp_path: Path
) -> None:
    make, said = case
    make(tmp_path / "a.jpg")

    with pytest.raises(PhotoRefused, match=said):
        read_photo(tmp_path / "a.jpg")


def grain(width: int, height: int) -> Image.Image:
    """Return a picture as hard to keep as any."""
    small = np.random.default_rng(1).integers(0, 255, (height // 4, width // 4, 3))
    return Image.fromarray(small.astype(np.uint8)).resize((width, height))


def deep_and_see_through(file: Path) -> None:
    """Save 16 bits of four colours: Pillow cannot, OpenCV can."""
    picture = np.full((3000, 3100, 4), 40_000, np.uint16)
    assert cv2.imwrite(str(file.with_suffix(".png")), picture)
    file.with_suffix(".png").rename(file)


LARGE: dict[str, Callable[[Path], object]] = {
    "JPEG": lambda file: grain(8000, 6000).save(file, "JPEG"),
    "progressive": lambda file: grain(3330, 2500).save(
        file, "JPEG", progressive=True, subsampling=0
    ),
    "progressive, half its colours": lambda file: grain(4270, 3900).save(
        file, "JPEG", progressive=True, subsampling=2
    ),
    "progressive CMYK": lambda file: (
        grain(2520, 2480)
        .convert("CMYK")
        .save(file, "JPEG", progressive=True, subsampling=0)
    ),
    "PNG": lambda file: grain(6000, 4000).save(file, "PNG"),
    "16 bits of four": deep_and_see_through,
    "a bomb": lambda file: Image.new("RGB", (12_000, 12_000)).save(file, "PNG"),
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_card_of_the_largest_of_each_kind_stays_below_200_mb(
    kind: str, tmp_path: Path
) -> None:
    LARGE[kind](tmp_path / "large")
    out = ("--out", str(tmp_path / "card.jpg"))
    how = ("--template", "night", "--format", "16x9")
    asked = [sys.executable, "-c", PEAK, "card", str(tmp_path / "large"), *how, *out]

    peak = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)

    assert int(peak.stdout.splitlines()[-1]) < MOST
    assert (tmp_path / "card.jpg").exists() == (kind != "a bomb")

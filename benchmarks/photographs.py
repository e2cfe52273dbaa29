"""Over 30 real photographs for the benches; none is in this repository.

27 come in the npm package material-kit (MIT; the photographs by Unsplash's authors,
free to use): portraits, people in the street, halls and views, 400 to 2,900 pixels
wide. It is fetched once by npm, known by its fingerprint, and never unpacked. Five more
are in scikit-image, which the tests use already: an astronaut and a coffee (public
domain, CC0), a cat and a rocket (CC0), a motorcycle (Middlebury stereo, free for
research). Small ones are enlarged, so they are softer than a 1080p camera's own.
"""

import base64
import hashlib
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast

import cv2
import numpy as np

from camera.driver import Frame
from kiosk.assets import ROOT, npm

PACKAGE = "material-kit"
VERSION = "2.0.4"
SHA512 = (
    "YtcRcqV0s7iByigCfcoHqtrUgXaicyYyZYikn6cdUuKdPdYvQplOUvUgvzmNTvDPcZXzLt8MUk9YfpWW"
    "OGISOQ=="
)
FOLDER = ROOT / ".photographs"
INSIDE = "package/assets/img/"
SCREENSHOTS = {"landing.jpg", "profile.jpg"}
OURS = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")
STEREO = "motorcycle_left.png"
HEADROOM = 1 / 3  # of what is cut off above and below is above


class PhotographsMissing(RuntimeError):
    """The photographs could not be fetched, or are others than they were."""


@cache
def names() -> Sequence[str]:
    """List what photographs there are."""
    with _package() as package:
        members = (name.removeprefix(INSIDE) for name in package.getnames())
        theirs = sorted(name for name in members if name.endswith(".jpg"))
    return (*(name for name in theirs if name not in SCREENSHOTS), *OURS, STEREO)


def portraits() -> Sequence[str]:
    """List those of one face."""
    return tuple(name for name in names() if name.startswith("faces/"))


def photographs(width: int, height: int) -> Iterator[tuple[str, Frame]]:
    """Give each with its name, in this size."""
    for name in names():
        yield name, photograph(name, width, height)


def photograph(name: str, width: int, height: int) -> Frame:
    """Give one in this size in pixels, cut to its shape with the head kept."""
    picture = _decoded(name)
    scale = max(width / picture.shape[1], height / picture.shape[0])
    size = [max(width, round(picture.shape[1] * scale)), 0]
    size[1] = max(height, round(picture.shape[0] * scale))
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    large = cv2.resize(picture, size, interpolation=how)
    top = round((size[1] - height) * HEADROOM)
    left = (size[0] - width) // 2
    cut = large[top : top + height, left : left + width]
    return cast(Frame, np.ascontiguousarray(cut))


def _decoded(name: str) -> Frame:
    picture = cv2.imdecode(np.frombuffer(_bytes(name), np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise PhotographsMissing(f"{name} is no photograph.")
    return cast(Frame, picture)


def _bytes(name: str) -> bytes:
    if name in {*OURS, STEREO}:
        return files("skimage").joinpath("data", name).read_bytes()

    with _package() as package:
        member = package.extractfile(INSIDE + name)
        return member.read() if member else b""


def _package() -> tarfile.TarFile:
    file = FOLDER / f"{PACKAGE}-{VERSION}.tgz"
    if not file.is_file():
        _fetch()
    _check(file)
    return tarfile.open(file)


def _fetch() -> None:
    FOLDER.mkdir(exist_ok=True)
    wanted = f"{PACKAGE}@{VERSION}"
    how = ("--ignore-scripts", "--silent", "--pack-destination", str(FOLDER))
    answer = subprocess.run(
        [*npm(), "pack", wanted, *how], stdout=subprocess.DEVNULL, check=False
    )
    if answer.returncode != 0:
        raise PhotographsMissing("npm could not fetch them: is there a network?")


@cache
def _check(file: Path) -> None:
    digest = base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
    if digest != SHA512:
        file.unlink()
        raise PhotographsMissing("The photographs are not those they were.")

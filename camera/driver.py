"""What a camera is, and how one is opened."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name
from typing import Protocol, TypeAlias, cast
from urllib.parse import urlsplit

import msgspec
import numpy as np
from numpy.typing import NDArray

from camera.settings import Settings

Frame: TypeAlias = NDArray[np.uint8]
"""One picture: height x width x 3, blue-green-red, 0-255."""

TEST_CARD = "testcard"
OURS = {TEST_CARD: "camera.testcard:TestCard"}
OPENCV = "camera.opencv:OpenCVCamera"


class CameraError(Exception):
    """A camera gives no picture; the text is a sentence for people."""


class Camera(Protocol):
    """An open camera."""

    def read(self) -> Frame:
        """Wait for the next frame, in memory of its own; else raise CameraError."""

    def close(self) -> None:
        """Let go of the device."""


def open_first(settings: Settings) -> tuple[Settings, Camera]:
    """Open the first source that opens, and return the settings that name it.

    Raises:
        CameraError: the named source does not open; only `auto` falls back.
    """
    if settings.source != "auto":
        return settings, _open(settings)

    for source in (*plugged_in(), TEST_CARD):
        chosen = msgspec.structs.replace(settings, source=source)
        try:
            return chosen, _open(chosen)
        except CameraError:
            continue
    raise CameraError("The camera is unplugged.")


def plugged_in() -> tuple[str, ...]:
    """List the sources worth trying on this machine, in order."""
    if not sys.platform.startswith("linux"):
        return ("0", "1", "2")

    devices = (path.name.removeprefix("video") for path in Path("/dev").glob("video*"))
    return tuple(sorted((name for name in devices if name.isdigit()), key=int))


def name_of(source: str) -> str:
    """Name a source for people, without the password a URL may hold."""
    if source == TEST_CARD:
        return "test card"
    if source.isdigit():
        return f"camera {source}"
    if "://" in source:
        return f"camera at {urlsplit(source).hostname or 'an address'}"
    return Path(source).name


def _open(settings: Settings) -> Camera:
    driver = OURS.get(settings.source, settings.source)
    if not re.fullmatch(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", driver):
        driver = OPENCV
    return _driver(driver)(settings)


def _driver(name: str) -> Callable[[Settings], Camera]:
    try:
        return cast(Callable[[Settings], Camera], resolve_name(name))
    except (ImportError, AttributeError) as error:
        raise CameraError("The camera's driver cannot be loaded.") from error

"""Where the figures are taken: a real booth, a real lens, a folder of their own."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.line import Line
from tests.lens import NOISE, Lens
from tests.served import Served
from tests.waiting import eventually

RATE = 25  # frames a second
_NEVER = threading.Event()


def rest(seconds: float) -> None:
    """Let the others go on for so long."""
    _NEVER.wait(seconds)


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards; TMPDIR says on which disk."""
    with TemporaryDirectory(prefix="pledgebooth-bench-") as name:
        yield Path(name)


@contextmanager
def booth(camera: str = "testcard") -> Iterator[Served]:
    """Serve a booth whose camera is open."""
    with folder() as place, Served(place, camera=camera) as served:
        wait_for_camera(Line(served.port))
        yield served


@contextmanager
def booth_with_a_lens(noise: int = NOISE) -> Iterator[Served]:
    """Serve a booth that reads a 1080p lens in another process."""
    with Lens(1920, 1080, RATE, noise) as lens, booth(lens.url) as served:
        yield served


def wait_for_camera(line: Line) -> None:
    """Return when the booth's camera gives frames; on a busy machine it may pause."""
    eventually(lambda: bool(json.loads(line.get("/booth/camera"))["is_live"]))

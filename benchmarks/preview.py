"""What the preview costs, and how far it is behind the lens.

The lens is a process that streams 1080p, with a counter in each frame. The cost is the
processor time of this process with a viewer less that without one, turn by turn.
"""

import time
from collections.abc import Sequence
from statistics import median

import simplejpeg

from benchmarks.scene import RATE, rest
from benchmarks.table import Row, at_least, at_most, told
from camera.feed import Feed
from camera.settings import Settings
from tests.lens import Lens, counter_of

TURNS = 8
SECONDS = 2.0  # a turn
LOOKS = 60


def measure() -> Sequence[Row]:
    """Watch a lens as one booth's screen does."""
    with Lens(1920, 1080, RATE) as lens:
        feed = Feed(Settings(source=lens.url))
        feed.start()
        try:
            feed.still(after=time.monotonic(), wait=10)
            return _rows(feed, lens)
        finally:
            feed.stop()


def _rows(feed: Feed, lens: Lens) -> Sequence[Row]:
    turns = [(_unwatched(), _watched(feed, lens)) for _ in range(TURNS)]
    idle = median(spent for spent, _ in turns)
    cost = median(watched - spent for spent, (watched, _) in turns)
    shown = median(share for _, (_, share) in turns)
    return [
        at_most("preview 640×360", 100 * cost, 5, "% of a core"),
        at_most("preview, behind the lens", _behind(feed, lens), 100, "ms", "or less"),
        at_least("preview, of the camera's frames", 100 * shown, 95, "%"),
        told("reading 1080p without a viewer", 100 * idle, "% of a core"),
    ]


def _unwatched() -> float:
    began = time.process_time()
    rest(SECONDS)
    return (time.process_time() - began) / SECONDS


def _watched(feed: Feed, lens: Lens) -> tuple[float, float]:
    """Return the share of a core, and of the camera's frames, that a viewer took."""
    number = frames = 0
    first, began, until = lens.counter_now(), time.process_time(), _in(SECONDS)
    while time.monotonic() < until:
        number, _ = feed.preview(after=number)
        frames += 1
    spent = (time.process_time() - began) / SECONDS
    return spent, frames / (lens.counter_now() - first)


def _in(seconds: float) -> float:
    return time.monotonic() + seconds


def _behind(feed: Feed, lens: Lens) -> float:
    number, behind = 0, []
    for _ in range(LOOKS):
        number, jpeg = feed.preview(after=number)
        now = lens.counter_now()
        behind.append(now - counter_of(simplejpeg.decode_jpeg(jpeg, "BGR")))
    # A frame whose successor has not begun is less than one interval old.
    return (sum(behind) / len(behind) + 1) * 1000 / RATE

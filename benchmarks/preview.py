"""What the preview costs, and how far it is behind the lens.

The lens is a process that streams 1080p, with a counter in each frame. The cost is the
processor time of this process with a viewer less that without one.
"""

import sys
import time

import simplejpeg

from camera.feed import Feed
from camera.settings import Settings
from tests.lens import Lens, counter_of

SECONDS = 6.0
RATE = 25
MOST_CORE = 5.0  # per cent
MOST_BEHIND = 100.0  # milliseconds
LEAST_RATE = 0.95  # of the camera's


def main() -> int:
    """Measure, print each figure beside its target, and return the exit code."""
    with Lens(1920, 1080, RATE) as lens:
        feed = Feed(Settings(source=lens.url))
        feed.start()
        try:
            return _report(feed, lens)
        finally:
            feed.stop()


def _report(feed: Feed, lens: Lens) -> int:
    feed.still(after=time.monotonic(), wait=10)
    idle, _ = _spent(feed, is_watched=False)
    watched, frames = _spent(feed, is_watched=True)
    good = (
        _say("preview, % of a core", 100 * (watched - idle), MOST_CORE),
        _say("preview, ms behind the lens", _behind(feed, lens), MOST_BEHIND),
        _say("preview, s a frame", SECONDS / frames, 1 / RATE / LEAST_RATE),
    )
    print(f"{'reading 1080p, % of a core':34} {100 * idle:8.2f}")
    return 0 if all(good) else 1


def _say(what: str, figure: float, target: float) -> bool:
    is_met = figure <= target
    print(f"{what:34} {figure:8.3f}  <= {target:7.3f}  {'' if is_met else 'MISSED'}")
    return is_met


def _spent(feed: Feed, *, is_watched: bool) -> tuple[float, int]:
    until, began = time.monotonic() + SECONDS, time.process_time()
    number = frames = 0
    while time.monotonic() < until:
        if is_watched:
            number, _ = feed.preview(after=number)
            frames += 1
        else:
            time.sleep(0.1)
    return (time.process_time() - began) / SECONDS, frames


def _behind(feed: Feed, lens: Lens) -> float:
    number, behind = 0, []
    for _ in range(50):
        number, jpeg = feed.preview(after=number)
        now = lens.counter_now()
        behind.append(now - counter_of(simplejpeg.decode_jpeg(jpeg, "BGR")))
    # A frame whose successor has not begun is less than one interval old.
    return (sum(behind) / len(behind) + 1) * 1000 / RATE


if __name__ == "__main__":
    sys.exit(main())

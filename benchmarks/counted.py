"""Run one of stamping's works some times: `python -m benchmarks.counted WORK TIMES`.

Meant to be counted: what two runs differ by is what so many more times cost.
"""

import sys
from collections.abc import Callable, Mapping

import cv2
import simplejpeg

from benchmarks.stamp import LAYOUT, card_and_thumb, lettered, photograph
from kiosk import stamp

FRAME = photograph()


def bare(number: int) -> None:
    """Encode the frame and no more."""
    del number
    simplejpeg.encode_jpeg(FRAME, 90, "BGR", "420")


def prepared(number: int) -> None:
    """Make card and thumbnail, words and QR laid out before."""
    card_and_thumb(FRAME, OVERLAY)
    del number


def fresh(number: int) -> None:
    """Lay out other words and make card and thumbnail."""
    card_and_thumb(FRAME, stamp.prepare(lettered(number), LAYOUT))


WORKS: Mapping[str, Callable[[int], None]] = {
    "bare": bare,
    "prepared": prepared,
    "fresh": fresh,
}
OVERLAY = stamp.prepare(lettered(0), LAYOUT)

if __name__ == "__main__":
    cv2.setNumThreads(1)
    work = WORKS[sys.argv[1]]
    for turn in range(1, int(sys.argv[2]) + 1):
        work(turn)

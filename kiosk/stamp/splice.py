"""Put one JPEG into another without encoding either again.

All of a card but its photo is known before the shutter, so it is encoded while the
guest poses; afterwards only the photo is. A JPEG may start afresh after every so many
blocks: such runs of the photo's blocks go between those of what surrounds it, each
followed by the marker whose turn it is. So do runs that many cards share. All come
from one encoder at one quality.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, zip_longest
from math import gcd
from struct import pack, unpack_from
from typing import TypeAlias

import cv2
import numpy as np

from kiosk.places import BLOCK
from kiosk.stamp.raster import Box, Raster

START_OF_FRAME = 0xC0
START_OF_SCAN = 0xDA
END = b"\xff\xd9"
RESTARTS = tuple(bytes((0xFF, 0xD0 + turn)) for turn in range(8))
RESTART = re.compile(rb"\xff[\xd0-\xd7]")


Runs: TypeAlias = Sequence[bytes | None]
"""A card's runs of blocks from its top on, each within a line; None: the photo's."""


@dataclass(frozen=True, slots=True)
class Surround:
    """The JPEG of all but a photo: its head, and what stands before each of its runs.

    A run is `interval` blocks; one more part follows the photo's last. Where the photo
    is as wide as the card, all of it counts as one run.
    """

    head: bytes
    parts: tuple[bytes, ...]
    interval: int


def runs_around(
    card: Raster, hole: Box, quality: int, first: int = 0, last: int | None = None
) -> list[bytes | None]:
    """Encode a card but for a hole that is whole blocks, or reaches to its edge.

    Only from the first line of blocks until before the last, where these are given.
    """
    tall, wide = card.shape[:2]
    left, top, width, height = hole
    across = _across(hole, wide)
    begin, end = first * BLOCK, tall if last is None else min(tall, last * BLOCK)
    middle = card[max(begin, top) : min(end, top + height)]
    before = _runs_of(middle[:, :left], quality, across)
    behind = _runs_of(middle[:, left + width :], quality, across)
    lines = _blocks(len(middle))
    holes: list[bytes | None] = [None] * (_blocks(width) // across)
    beside = zip(_lines(before, lines), _lines(behind, lines), strict=True)
    return [
        *_runs_of(card[begin : min(end, top)], quality, across),
        *chain.from_iterable((*a, *holes, *b) for a, b in beside),
        *_runs_of(card[max(begin, top + height) : end], quality, across),
    ]


def redrawn(
    runs: Runs, card: Raster, hole: Box, quality: int, rows: tuple[int, int]
) -> Runs:
    """Return runs with those anew that have some of these rows of pixels.

    `rows` are the first that changed, and the one after the last.
    """
    each = len(runs) // _blocks(len(card))
    first, last = rows[0] // BLOCK, min(_blocks(rows[1]), _blocks(len(card)))
    new = runs_around(card, hole, quality, first, last)
    return [*runs[: first * each], *new, *runs[last * each :]]


def surround(runs: Runs, size: tuple[int, int], hole: Box, quality: int) -> Surround:
    """Put the runs of a card of this size together, but for its photo's."""
    interval = _across(hole, size[0])
    head = _head(quality, interval, *size)
    turn = next((turn for turn, run in enumerate(runs) if run is None), 0)
    is_whole = hole[2] == size[0] and turn % len(RESTARTS) == 0
    return Surround(head, _parts(runs, is_whole=is_whole), interval)


def encoded(picture: Raster, quality: int, interval: int) -> bytes:
    """Encode a picture whose runs can be told apart: 4:2:0, baseline, no metadata."""
    how = (
        *(cv2.IMWRITE_JPEG_QUALITY, quality),
        *(cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420),
        *(cv2.IMWRITE_JPEG_RST_INTERVAL, interval),
    )
    _, data = cv2.imencode(".jpg", picture, how)
    return data.tobytes()


def filled(around: Surround, photo: bytes) -> bytes:
    """Return the card's JPEG, given that of the photo as `encoded` made it."""
    data = photo[_data(photo) : -len(END)]
    runs = RESTART.split(data) if len(around.parts) > 2 else [data]
    woven = zip_longest(around.parts, runs, fillvalue=b"")
    return b"".join((around.head, *chain.from_iterable(woven), END))


def segments(jpeg: bytes) -> list[tuple[int, int]]:
    """Return each marker before the picture's data, and where it stands."""
    found: list[tuple[int, int]] = []
    at = 2
    while not found or found[-1][0] != START_OF_SCAN:
        found.append((jpeg[at + 1], at))
        at += 2 + unpack_from(">H", jpeg, at + 2)[0]
    return found


def _across(hole: Box, wide: int) -> int:
    """Return how many blocks a run is: as many as go into what is beside each other."""
    left, _, width, _ = hole
    return gcd(*(_blocks(each) for each in (left, width, wide - left - width, wide)))


def _runs_of(part: Raster, quality: int, interval: int) -> list[bytes]:
    if not part.size:
        return []
    data = encoded(part, quality, interval)
    return RESTART.split(data[_data(data) : -len(END)])


def _lines(runs: Sequence[bytes], count: int) -> Iterator[Sequence[bytes]]:
    """Share runs out among lines."""
    each = len(runs) // max(1, count)
    return (runs[at * each : (at + 1) * each] for at in range(count))


def _blocks(length: int) -> int:
    return -(-length // BLOCK)


def _parts(runs: Runs, *, is_whole: bool) -> tuple[bytes, ...]:
    """Join the runs between the photo's, each run followed by its marker.

    A photo that is whole has the markers between its own runs already.
    """
    parts: list[list[bytes]] = [[]]
    for turn, (run, following) in enumerate(pairwise((*runs, END))):
        if run is not None:
            parts[-1].append(run)
        elif not is_whole or turn == 0 or runs[turn - 1] is not None:
            parts.append([])
        is_within = is_whole and run is following is None
        if following is not END and not is_within:
            parts[-1].append(RESTARTS[turn % len(RESTARTS)])
    return tuple(b"".join(part) for part in parts)


@lru_cache(maxsize=8)
def _head(quality: int, interval: int, width: int, height: int) -> bytes:
    """Return what stands before a picture's data, whatever it shows."""
    jpeg = encoded(np.zeros((1, 1, 3), np.uint8), quality, interval)
    frame = _marker(jpeg, START_OF_FRAME)
    head = jpeg[: _data(jpeg)]
    return head[: frame + 5] + pack(">HH", height, width) + head[frame + 9 :]


def _marker(jpeg: bytes, wanted: int) -> int:
    return next(at for marker, at in segments(jpeg) if marker == wanted)


def _data(jpeg: bytes) -> int:
    """Return where the picture's data begins."""
    start = _marker(jpeg, START_OF_SCAN)
    return start + 2 + int(unpack_from(">H", jpeg, start + 2)[0])

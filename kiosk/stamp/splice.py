"""Put one JPEG into another without encoding either again.

All of a card but its photo is known before the shutter, so it is encoded while the
guest poses; afterwards only the photo is. A JPEG may start afresh after every so many
blocks: such runs of the photo's blocks go between those of what surrounds it, each
followed by the marker whose turn it is. All come from one encoder at one quality.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from math import gcd
from struct import pack, unpack_from

import cv2

from kiosk.places import BLOCK
from kiosk.stamp.raster import Box, Raster

START_OF_FRAME = 0xC0
START_OF_SCAN = 0xDA
LONGEST = 0xFFFF  # blocks a run: the number has two bytes
END = b"\xff\xd9"
RESTARTS = tuple(bytes((0xFF, 0xD0 + turn)) for turn in range(8))
RESTART = re.compile(rb"\xff[\xd0-\xd7]")


@dataclass(frozen=True, slots=True)
class Surround:
    """The JPEG of all but a photo: its head, and what stands before each of its runs.

    A run is `interval` blocks; one more part follows the photo's last.
    """

    head: bytes
    parts: tuple[bytes, ...]
    interval: int


def surround(card: Raster, hole: Box, quality: int) -> Surround:
    """Encode a card but for a hole that is whole blocks, or reaches to its edge."""
    _, _, width, height = hole
    tall, wide = card.shape[:2]
    across, deep = _run(hole, wide)
    lines = _blocks(height) // deep
    above, before, behind, below = (
        _piece(part, quality, across * deep) for part in _around(card, hole)
    )
    holes: list[bytes | None] = [None] * (_blocks(width) // across)
    beside = zip(_lines(before, lines), _lines(behind, lines), strict=True)
    middle = chain.from_iterable((*a, *holes, *b) for a, b in beside)
    sample = encoded(card[:1, :1], quality, across * deep)
    order = [*above, *middle, *below]
    return Surround(_head(sample, wide, tall), _parts(order), across * deep)


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
    woven = zip_longest(around.parts, _runs(photo), fillvalue=b"")
    return b"".join((around.head, *chain.from_iterable(woven), END))


def segments(jpeg: bytes) -> list[tuple[int, int]]:
    """Return each marker before the picture's data, and where it stands."""
    found: list[tuple[int, int]] = []
    at = 2
    while not found or found[-1][0] != START_OF_SCAN:
        found.append((jpeg[at + 1], at))
        at += 2 + unpack_from(">H", jpeg, at + 2)[0]
    return found


def _run(hole: Box, wide: int) -> tuple[int, int]:
    """Return how many blocks across and down a run is, as large as can be.

    Beside something else it is blocks of one row; else it is whole rows.
    """
    left, top, width, height = hole
    across = gcd(*(_blocks(each) for each in (left, width, wide - left - width, wide)))
    deep = gcd(_blocks(top), _blocks(height)) if width == wide else 1
    return across, deep if across * deep <= LONGEST else 1


def _around(card: Raster, hole: Box) -> Sequence[Raster]:
    """Return what is above a hole, before, behind and below it: no copies."""
    left, top, width, height = hole
    right, bottom = left + width, top + height
    beside = card[top:bottom]
    return card[:top], beside[:, :left], beside[:, right:], card[bottom:]


def _piece(part: Raster, quality: int, interval: int) -> list[bytes]:
    return _runs(encoded(part, quality, interval)) if part.size else []


def _lines(runs: Sequence[bytes], count: int) -> Iterator[Sequence[bytes]]:
    """Share runs out among lines."""
    each = len(runs) // count
    return (runs[at * each : (at + 1) * each] for at in range(count))


def _blocks(length: int) -> int:
    return -(-length // BLOCK)


def _parts(order: Sequence[bytes | None]) -> tuple[bytes, ...]:
    """Join the runs between the photo's, each run followed by its marker."""
    parts: list[list[bytes]] = [[]]
    for turn, run in enumerate(order):
        if run is None:
            parts.append([])
        else:
            parts[-1].append(run)
        if turn < len(order) - 1:
            parts[-1].append(RESTARTS[turn % 8])
    return tuple(b"".join(part) for part in parts)


def _head(jpeg: bytes, width: int, height: int) -> bytes:
    """Return what stands before the picture's data, for another size."""
    frame = _marker(jpeg, START_OF_FRAME)
    head = jpeg[: _data(jpeg)]
    return head[: frame + 5] + pack(">HH", height, width) + head[frame + 9 :]


def _runs(jpeg: bytes) -> list[bytes]:
    return RESTART.split(jpeg[_data(jpeg) : -len(END)])


def _marker(jpeg: bytes, wanted: int) -> int:
    return next(at for marker, at in segments(jpeg) if marker == wanted)


def _data(jpeg: bytes) -> int:
    """Return where the picture's data begins."""
    start = _marker(jpeg, START_OF_SCAN)
    return start + 2 + int(unpack_from(">H", jpeg, start + 2)[0])

"""Every figure that the design promises: who measures it, or which issue brings it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from benchmarks import (
    behind,
    cuts,
    dark,
    decode,
    desk,
    evening,
    frames,
    grown,
    instructions,
    keep,
    live,
    memory,
    mural,
    preview,
    shoot,
    stamp,
    start,
    wall,
    words,
)
from benchmarks.table import Row

Group: TypeAlias = Callable[[], Sequence[Row]]
"""Measures some figures that need the same scene."""


@dataclass(frozen=True, slots=True)
class Later:
    """A figure that cannot be measured before an issue is done."""

    issue: str


GROUPS: Mapping[str, Group] = {
    "start": start.measure,
    "memory": memory.measure,
    "stamp": stamp.measure,
    "words": words.measure,
    "instructions": instructions.measure,
    "decode": decode.measure,
    "shoot": shoot.measure,
    "dark": dark.measure,
    "keep": keep.measure,
    "preview": preview.measure,
    "live": live.measure,
    "wall": wall.measure,
    "behind": behind.measure,
    "frames": frames.measure,
    "mural": mural.measure,
    "grown": grown.measure,
    "desk": desk.measure,
    "cuts": cuts.measure,
    "evening": evening.measure,
}
"""What can be measured, by the name it is asked for."""

PROMISED: Mapping[str, str | Later] = {
    "stamp a 1080p frame, words and QR prepared: ≤ 1.3 x a bare encode": "stamp",
    "the same, words and QR fresh: ≤ 1.8 x": "stamp",
    "the read-back: ≤ 1.0 x more": "stamp",
    "the same as instruction counts: ≤ 1.4 x and ≤ 1.7 x": "instructions",
    "two threads stamp ≥ 1.8 x as much as one": "stamp",
    "a card's code reads in copies down to 800 px: 100 %": "decode",
    "an attack by Unicode: cleaned or refused in < 5 ms": "words",
    "shutter to shown draft: ≤ 2 x its parts, median < 60 ms": "shoot",
    "shutter to shown draft with the dark merge: < 120 ms": "dark",
    "in the dark: ≥ 6 dB over one frame at 5 and 10 lux, ≤ 80 ms at 1080p": "dark",
    "keep to durable answer: ≤ 1.5 x, median < 40 ms": "keep",
    "preview 640×360: the camera's rate, ≤ 5 % of a core, ≤ 100 ms behind": "preview",
    "one approval to 50 screens: p99 ≤ 25 ms": "live",
    "one approval to 500 screens: p99 ≤ 60 ms": "live",
    "the last screen ≤ 4 x a bare asyncio SSE server": "live",
    "500 screens that come at once are connected in ≤ 2 s": "live",
    "a screen 500 entries behind is whole again in ≤ 1 s": "behind",
    "the wall, 60 tiles, 1 photo a second, 6 x throttle: ≤ 1 % missed": "frames",
    "approve to painted on the wall: ≤ 150 ms, median": "wall",
    "the campaign's picture of 3,000 photos: ≤ 3 s, one more ≤ 20 ms": "mural",
    "newest page, queue, feed at 100,000 pledges: ≤ 1.5 x those at 100": "grown",
    "nothing is lost with 10 random cuts a second for 60 s": "cuts",
    "3,000 photos later a wall's memory is within 20 %": "evening",
    "moderation painted at 100,000 pledges: ≤ 1 s": "desk",
    "upload over a shaped 10 Mbit/s link: ≥ 95 % of raw TCP": Later("5/8"),
    "start to first page: < 1 s": "start",
    "idle memory, all processes, camera open: < 160 MB PSS": "memory",
}
"""The design's table of figures: the name that measures each, or when it comes."""

"""From the shutter to the shown draft, over HTTP, beside what it is made of."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import simplejpeg

from benchmarks.line import Line
from benchmarks.scene import booth_with_a_lens, rest, wait_for_camera
from benchmarks.stamp import LAYOUT, lettered
from benchmarks.table import Row, at_most, told
from benchmarks.turns import (
    Times,
    Work,
    in_turn,
    least_ratio,
    ratio,
    summed,
    timed,
)
from kiosk import stamp
from kiosk.stamp.code import read_back
from kiosk.stamp.picture import CARD_QUALITY, ORIGINAL_QUALITY, THUMB_QUALITY
from tests.served import Served

TURNS = 60
POSE = 0.4  # seconds; a guest poses for three
QUALITIES = {  # the photo is what the card's own encode made
    "card": CARD_QUALITY,
    "thumb": THUMB_QUALITY,
    "draft": THUMB_QUALITY,
    "original": ORIGINAL_QUALITY,
}


def measure() -> Sequence[Row]:
    """Compare with the bare encodes, the read-back and an empty page's answer."""
    with booth_with_a_lens() as served:
        line = Line(served.port)
        line.post(f"/visits/{posed(line)}/shoot")
        bare, back = bare_works(one_original(served))
        page = timed(lambda: line.get("/healthz"))
        times = in_turn(TURNS, lambda: shown(line), bare, back, page)
    return rows(times[0], times[1:])


def rows(shown: Times, floors: Sequence[Times]) -> Sequence[Row]:
    """Judge the time until the draft is shown."""
    bare, back, page = floors
    floor = summed(bare, back, page)
    parts = f"encodes {bare}, read-back {back}, empty page {page}"
    return [
        at_most(
            "shutter to shown draft",
            ratio(shown, floor),
            2,
            "x",
            f"{least_ratio(shown, floor)}; {parts}",
        ),
        at_most("shutter to shown draft, median", shown.ms, 60, "ms", str(shown)),
        told("shutter to shown draft, p95", 1000 * shown.at(0.95), "ms"),
    ]


def shown(line: Line) -> float:
    """Take one photo; return the seconds from the shutter until its draft is here."""
    visit = posed(line)
    began = perf_counter()
    draft = line.post(f"/visits/{visit}/shoot")["draft"]
    line.get(draft)
    return perf_counter() - began


def posed(line: Line) -> str:
    """Open a visit whose guest has posed long enough for the frames to be new."""
    line.hang_up()
    wait_for_camera(line)
    visit = line.begin(face=True)
    line.post(f"/visits/{visit}/pose")
    rest(POSE)
    return visit


def one_original(served: Served) -> bytes:
    """Keep one pledge and return the whole frame it was made from."""
    line = Line(served.port)
    visit = posed(line)
    line.post(f"/visits/{visit}/shoot")
    line.post(f"/visits/{visit}/keep")
    (original,) = Path(served.data / "album").glob("*/*/original.jpg")
    return original.read_bytes()


def bare_works(original: bytes) -> tuple[Work, Work]:
    """Return the bare encodes of a frame's four pictures, and the read-back."""
    overlay = stamp.prepare(lettered(1), LAYOUT)
    pictures = stamp.stamp(simplejpeg.decode_jpeg(original, "BGR"), overlay)
    pixels = [
        (simplejpeg.decode_jpeg(getattr(pictures, name), "BGR"), quality)
        for name, quality in QUALITIES.items()
    ]

    def encode() -> None:
        for picture, quality in pixels:
            simplejpeg.encode_jpeg(picture, quality, "BGR", "420")

    size = LAYOUT.plan.size
    return timed(encode), timed(lambda: read_back(pictures.card, overlay.plate, size))

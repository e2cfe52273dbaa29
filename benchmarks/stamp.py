"""Stamp a 1080p frame, beside a bare encode of the same frame."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import count

import cv2
import numpy as np
import simplejpeg

from benchmarks.line import WORDS
from benchmarks.table import Row, at_least, at_most, told
from benchmarks.turns import Times, Work, in_turn, least_ratio, ratio, timed
from kiosk import stamp
from kiosk.config import ROOT
from kiosk.event import load_event
from kiosk.layout import TEMPLATES, Format, Layout, load_layout
from kiosk.stamp.card import card, thumb
from kiosk.stamp.code import read_back
from kiosk.stamp.picture import fill
from kiosk.stamp.raster import Raster

TURNS = 150
TOGETHER = 10  # times a turn, when two threads are compared with one
SLOW_TURNS = 40
OTHER_TURNS = 30
LAYOUT = load_event(ROOT / "event").layout
URL = "https://pledge.example.org/p/0123456789abcdefghjk"


def measure() -> Sequence[Row]:
    """Compare stamping with what it cannot do without."""
    frame, lettering = photograph(), lettered(0)
    overlay = stamp.prepare(lettering, LAYOUT)
    finished = stamp.stamp(frame, overlay).card
    bare, prepared, fresh, back, whole = in_turn(
        TURNS,
        *_works(frame, LAYOUT),
        timed(lambda: read_back(finished, overlay.plate, LAYOUT.plan.size)),
        timed(lambda: stamp.stamp(frame, overlay)),
    )
    return [
        _row("stamp: card and thumbnail, words and QR prepared", prepared, bare, 1.3),
        _row("stamp: the same, words and QR fresh", fresh, bare, 1.8),
        _row("stamp: the read-back", back, bare, 1.0),
        told("stamp: all five pictures and read-back", ratio(whole, bare), "x"),
        *_others(frame),
        _two_at_once(frame, overlay),
    ]


def _others(frame: Raster) -> Iterator[Row]:
    """Tell what every template and format takes, and the slowest of them."""
    layouts = {
        f"{folder.name} {format_}": load_layout(folder, format_)
        for folder in sorted(TEMPLATES.iterdir())
        for format_ in Format
    }
    found = {name: _ratios(frame, layout) for name, layout in layouts.items()}
    for at, what in enumerate(("prepared", "fresh")):
        figures = {name: each[at] for name, each in found.items()}
        note = ", ".join(f"{name} {figure:.2f}" for name, figure in figures.items())
        slowest = max(figures.values())
        yield told(f"stamp: {what}, the slowest layout", slowest, "x", note)


def _ratios(frame: Raster, layout: Layout) -> tuple[float, float]:
    bare, prepared, fresh = in_turn(OTHER_TURNS, *_works(frame, layout))
    return ratio(prepared, bare), ratio(fresh, bare)


def _works(frame: Raster, layout: Layout) -> tuple[Work, Work, Work]:
    """Return the bare encode, a card of prepared words, and one of fresh words."""
    overlay, numbers = stamp.prepare(lettered(0), layout), count(1)

    def fresh() -> None:
        card_and_thumb(frame, stamp.prepare(lettered(next(numbers)), layout))

    return (
        timed(lambda: simplejpeg.encode_jpeg(frame, 90, "BGR", "420")),
        timed(lambda: card_and_thumb(frame, overlay)),
        timed(fresh),
    )


def _two_at_once(frame: Raster, overlay: stamp.Overlay) -> Row:
    """Stamp in two threads, beside as often in one.

    The machine may have less than two cores to give: no more is asked of a stamping
    than nearly what the bare encode gains beside it.
    """

    def stampings() -> None:
        for _ in range(TOGETHER):
            card_and_thumb(frame, overlay)

    def encodes() -> None:
        for _ in range(TOGETHER):
            simplejpeg.encode_jpeg(frame, 90, "BGR", "420")

    one, two, bare_one, bare_two = in_turn(
        SLOW_TURNS,
        *(timed(stampings), timed(lambda: _both(stampings))),
        *(timed(encodes), timed(lambda: _both(encodes))),
    )
    gain, of_bare = 2 * ratio(one, two), 2 * ratio(bare_one, bare_two)
    what, note = "stamp: two threads, of one", f"the bare encode {of_bare:.2f} x"
    return at_least(what, gain, min(1.8, round(0.95 * of_bare, 2)), "x", note)


def _both(work: Callable[[], None]) -> None:
    with ThreadPoolExecutor(2) as threads:
        wait([threads.submit(work), threads.submit(work)])


def _row(what: str, work: Times, bare: Times, most: float) -> Row:
    note = f"bare encode {bare}; {least_ratio(work, bare)}"
    return at_most(what, ratio(work, bare), most, "x", note)


def card_and_thumb(frame: Raster, overlay: stamp.Overlay) -> None:
    """Encode the two pictures that the targets speak of."""
    taken = fill(frame, *overlay.photo_size)
    card(overlay.ground.around(taken), overlay)
    thumb(taken)


def lettered(number: int) -> stamp.Lettering:
    """Return words and a code that were not laid out before."""
    return stamp.Lettering(
        words=f"{WORDS} {number}",
        event_line="Live in Hanoi · 26.05.2012",
        code="HN 4K7P",
        url=f"{URL[:-6]}{number:06d}",
    )


def photograph() -> Raster:
    """Return a 1080p frame with a photograph's detail: soft shapes and grain."""
    grain = np.random.default_rng(1)
    soft = grain.integers(0, 255, (27, 48, 3), np.uint8)
    frame = cv2.resize(soft, (1920, 1080), interpolation=cv2.INTER_CUBIC)
    noise = grain.normal(0, 4, frame.shape)
    return np.asarray(np.clip(frame + noise, 0, 255), np.uint8)

"""Say what on a card could not be read: for whoever makes a template."""

from collections.abc import Iterator
from math import sqrt

import cv2
import numpy as np
import simplejpeg
import zxingcpp

from kiosk.layout import QUIET, Layout
from kiosk.places import misplaced
from kiosk.stamp.card import card
from kiosk.stamp.code import FORMATS, module_size, modules
from kiosk.stamp.contrast import contrast_faults, cover_faults, plate_faults
from kiosk.stamp.fit import SMALLEST
from kiosk.stamp.lines import line_faults
from kiosk.stamp.overlay import Overlay, prepare
from kiosk.stamp.panel import Lettering, fitted
from kiosk.stamp.raster import plain

MODULE = 6  # pixels: with fewer a phone cannot read a copy sent through a chat
CORNER = 2  # modules that a round corner must leave: a code is read by its corners
COPY = 640  # pixels, the longer edge of the smallest copy that must read
GREY = (128, 128, 128)
LONGEST = (
    "Mình hứa sẽ không bao giờ im lặng khi thấy bạn bè bị rủ rê đi làm việc nhẹ"
    " lương cao ở một nơi xa lạ mà không rõ địa chỉ"
)
"""As many words as a guest may write."""


def faults(lettering: Lettering, layout: Layout) -> Iterator[str]:
    """Yield a line for each thing that could not be read, or has no place."""
    wrong = misplaced(layout)
    yield from wrong
    yield from _code_faults(lettering, layout)
    yield from plate_faults(layout)
    if not wrong:  # what has no place on the card cannot be drawn
        yield from cover_faults(layout)
        yield from _size_faults(lettering, layout)
        yield from line_faults(lettering, layout)
        made = prepare(lettering, layout)
        yield from contrast_faults(made, layout)
        yield from _copy_faults(made)


def _code_faults(lettering: Lettering, layout: Layout) -> Iterator[str]:
    plate, count = layout.plan.plate, len(modules(lettering.url))
    module = module_size(lettering.url, plate)
    if module < MODULE:
        least = (count + 2 * plate.quiet) * MODULE
        yield (
            f"plate: a module of the code is {module} pixels, less than {MODULE};"
            f" it needs side = {least}"
        )
    quiet = (plate.side - module * count) / 2 / max(1, module)
    if quiet < QUIET:
        yield (
            f"plate: the code has {quiet:.1f} modules of quiet around it, less than"
            f" {QUIET}; it needs quiet = {QUIET}"
        )
    cut = min(plate.radius, plate.side / 2) * (1 - sqrt(0.5)) / max(1, module)
    if quiet - cut < CORNER:
        yield (
            f"plate: radius = {plate.radius} leaves {max(0.0, quiet - cut):.1f} modules"
            f" of quiet at the code's corners, less than {CORNER}"
        )


def _size_faults(lettering: Lettering, layout: Layout) -> Iterator[str]:
    longest = Lettering(
        words=LONGEST, event_line=lettering.event_line, code="", url=lettering.url
    )
    for each in (lettering, longest):
        size = fitted(each, layout).words.size
        if size < SMALLEST:
            yield (
                f"words: {_begin(each.words)} would be {size:.0f} pixels, less than"
                f" {SMALLEST}; they need a larger box, or more to grow"
            )


def _copy_faults(made: Overlay) -> Iterator[str]:
    """Look whether the code reads from a small copy, as a chat sends it."""
    hole = made.ground.around(plain(*made.photo_size, GREY))
    whole = simplejpeg.decode_jpeg(card(hole, made), "BGR")
    scale = COPY / max(whole.shape)
    size = (round(whole.shape[1] * scale), round(whole.shape[0] * scale))
    small = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    copy = simplejpeg.encode_jpeg(np.asarray(small, np.uint8), 50, "BGR", "420")
    seen = simplejpeg.decode_jpeg(copy, "BGR")
    read = [each.text for each in zxingcpp.read_barcodes(seen, formats=FORMATS)]
    if made.url not in read:
        yield f"plate: the code cannot be read from a copy {COPY} pixels long"


def _begin(words: str) -> str:
    """Return the first words, to say which are meant."""
    return f"“{words[:24]}…”" if len(words) > 25 else f"“{words}”"

"""Say what on a card could not be read: for whoever makes a template."""

from collections.abc import Iterator

import cv2
import numpy as np
import simplejpeg
import zxingcpp

from kiosk.layout import QUIET, Layout
from kiosk.places import misplaced
from kiosk.stamp.card import card
from kiosk.stamp.code import FORMATS, module_size, modules
from kiosk.stamp.contrast import contrast_faults, plate_faults
from kiosk.stamp.face import hand
from kiosk.stamp.fit import SMALLEST, fit_lines
from kiosk.stamp.overlay import Overlay, prepare
from kiosk.stamp.panel import Lettering, event_line, fitted
from kiosk.stamp.raster import plain
from kiosk.stamp.short_code import short_code_size
from kiosk.stamp.strip import names

MODULE = 6  # pixels: with fewer a phone cannot read a copy sent through a chat
LINE = 18  # pixels: what is smaller than this is not read from a phone
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
        yield from _size_faults(lettering, layout)
        yield from _line_faults(lettering, layout)
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


def _line_faults(lettering: Lettering, layout: Layout) -> Iterator[str]:
    """Look at what is made smaller where it is too long for its place."""
    named = names(layout, lettering.partners, (*lettering.logos, *layout.logos))
    sizes = {
        "event": event_line(lettering, layout).size,
        "code": short_code_size(lettering.code, layout),
        "logos": min(each.size for each in named),
    }
    for key, size in sizes.items():
        if size < LINE:
            yield (
                f"{key}: the letters would be {size:.0f} pixels, less than {LINE};"
                " they need a wider box, or fewer words in event.toml"
            )
    if layout.plan.find and lettering.find:
        _, _, width, height = layout.plan.find.box
        lines = fit_lines(lettering.find, width, layout.plan.find.size, hand(layout))
        if len(lines) > height:
            yield (
                f"find: “{lettering.find}” would be {len(lines)} pixels high, more"
                f" than its box's {height}"
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

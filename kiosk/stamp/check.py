"""Say what on a card could not be read: for whoever makes a template."""

from collections.abc import Iterator

import cv2
import numpy as np
import simplejpeg
import zxingcpp

from kiosk.layout import QUIET, Box, Layout
from kiosk.places import misplaced
from kiosk.stamp.card import card
from kiosk.stamp.code import FORMATS, module_size, modules
from kiosk.stamp.fit import SMALLEST
from kiosk.stamp.overlay import Overlay, prepare
from kiosk.stamp.panel import Lettering, fitted
from kiosk.stamp.raster import Raster, parse, plain, within

MODULE = 6  # pixels: with fewer a phone cannot read a copy sent through a chat
CONTRAST = 4.5  # to 1, for text (WCAG 2.2, 1.4.3)
COPY = 640  # pixels, the longer edge of the smallest copy that must read
GREY = (128, 128, 128)
LONGEST = (
    "Mình hứa sẽ không bao giờ im lặng khi thấy bạn bè bị rủ rê đi làm việc nhẹ"
    " lương cao ở một nơi xa lạ không rõ địa chỉ nhé"
)
"""As many words as a guest may write."""


def faults(lettering: Lettering, layout: Layout) -> Iterator[str]:
    """Yield a line for each thing that could not be read, or has no place."""
    wrong = misplaced(layout)
    yield from wrong
    yield from _code_faults(lettering, layout)
    yield from _plate_faults(layout)
    if not wrong:  # what has no place on the card cannot be drawn
        yield from _size_faults(lettering, layout)
        made = prepare(lettering, layout)
        yield from _contrast_faults(made)
        yield from _copy_faults(made)


def contrast(one: float, other: float) -> float:
    """Return the ratio of two luminances, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = max(one, other), min(one, other)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(pixels: Raster) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return each pixel's relative luminance, 0 to 1 (WCAG 2.2)."""
    share = pixels.reshape(-1, 3)[:, ::-1] / 255
    low, high = share / 12.92, ((share + 0.055) / 1.055) ** 2.4
    linear = np.where(share <= 0.04045, low, high)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]), np.float64)


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


def _plate_faults(layout: Layout) -> Iterator[str]:
    colours = layout.colours
    light, dark = (
        float(luminance(plain(1, 1, parse(each)))[0])
        for each in (colours.plate, colours.plate_ink)
    )
    if light < dark:
        yield "plate_ink is lighter than plate: phones look for a dark code on light"


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


def _contrast_faults(made: Overlay) -> Iterator[str]:
    colours, plan = made.layout.colours, made.layout.plan
    room = fitted(made.lettering, made.layout).room
    parts: list[tuple[str, str, Box | None]] = [
        ("words", colours.ink, room),
        ("event", colours.ink, plan.event.box),
        ("find", colours.ink, plan.find.box if plan.find else None),
        ("code", colours.ink, plan.code.box),
    ]
    for name, ink, box in parts:
        if box:
            yield from _too_alike(name, ink, within(made.ground.picture, box))
    strip, plate = (plain(1, 1, parse(c)) for c in (colours.strip, colours.plate))
    yield from _too_alike("logos", colours.strip_ink, strip)
    yield from _too_alike("plate", colours.plate_ink, plate)


def _too_alike(name: str, ink: str, ground: Raster) -> Iterator[str]:
    """Compare with the worst of the ground, but for a hundredth: edges of art."""
    of_ink = float(luminance(plain(1, 1, parse(ink)))[0])
    lights = luminance(ground)
    worst = min(
        contrast(of_ink, float(np.percentile(lights, share))) for share in (1, 50, 99)
    )
    if worst < CONTRAST:
        yield (
            f"{name}: {ink} stands out {worst:.1f} to 1 from what is under it, less"
            f" than {CONTRAST} to 1"
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

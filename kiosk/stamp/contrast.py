"""Whether a card's letters stand out from what is under them."""

from collections.abc import Iterator

import numpy as np

from kiosk.layout import Box, Layout
from kiosk.stamp import frame, ink
from kiosk.stamp.overlay import Overlay
from kiosk.stamp.raster import Raster, parse, plain, within

HIDDEN = 40  # % of the photo that a frame may cover
CONTRAST = 4.5  # to 1, for text (WCAG 2.2, 1.4.3)


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


def plate_faults(layout: Layout) -> Iterator[str]:
    """Say whether phones would look for the code in vain."""
    colours = layout.colours
    light, dark = (
        float(luminance(plain(1, 1, parse(each)))[0])
        for each in (colours.plate, colours.plate_ink)
    )
    if light < dark:
        yield "plate_ink is lighter than plate: phones look for a dark code on light"


def contrast_faults(made: Overlay, template: Layout) -> Iterator[str]:
    """Yield a line for each part of a card whose letters do not stand out enough."""
    colours, plan = made.layout.colours, made.layout.plan
    parts: list[tuple[str, str, Box | None]] = [
        ("words", colours.ink, plan.words.box),
        ("event", colours.ink, plan.event.box),
        ("find", colours.ink, plan.find.box if plan.find else None),
        ("code", colours.ink, plan.code.box),
    ]
    for name, colour, box in parts:
        if box:
            yield from _too_alike(name, colour, within(made.ground.picture, box))
    yield from _too_alike("logos", colours.strip_ink, _strip(made, template))
    yield from _too_alike("plate", colours.plate_ink, plain(1, 1, parse(colours.plate)))


def _strip(made: Overlay, template: Layout) -> Raster:
    """Return what is under the strip's names."""
    box = made.layout.plan.logos.box
    under = plain(*box[2:], parse(template.colours.strip))
    if template.plan.frame:
        art = frame.moved(frame.picture(template), template, made.ground.photo)
        ink.put(under, within(art, box), 0, 0)
    return under


def cover_faults(layout: Layout) -> Iterator[str]:
    """Say whether the frame hides the photo: a picture saved without its alpha does."""
    if not layout.plan.frame:
        return
    alpha = within(frame.picture(layout), layout.plan.photo)[..., 3]
    hidden = 100 * float(alpha.mean()) / 255
    if hidden > HIDDEN:
        yield (
            f"frame: {layout.plan.frame} hides {hidden:.0f} % of the photo, more than"
            f" {HIDDEN} %; it needs to be transparent there"
        )


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

"""Whether the lines beside the words have room: event, names, short code, and more."""

from collections.abc import Iterator, Mapping

from kiosk.layout import Box, Layout
from kiosk.stamp.face import hand
from kiosk.stamp.fit import fit_lines, undrawable
from kiosk.stamp.panel import Lettering, event_line
from kiosk.stamp.short_code import short_code, short_code_size
from kiosk.stamp.strip import names

LEAST = 18  # pixels: what is smaller than this is not read from a phone


def line_faults(lettering: Lettering, layout: Layout) -> Iterator[str]:
    """Yield a line for each that is unreadably small, too high, or of unknown signs."""
    said = (lettering.event_line, *lettering.partners, lettering.find)
    if missing := undrawable("".join(said)):
        yield f"event.toml: no font of ours has {missing}"
        return
    for key, size in _sizes(lettering, layout).items():
        if size < LEAST:
            yield (
                f"{key}: the letters would be {size:.0f} pixels, less than {LEAST};"
                " they need a wider box, or fewer words in event.toml"
            )
    for key, (high, box) in _heights(lettering, layout).items():
        if box and high > box[3]:
            yield f"{key}: it would be {high} pixels high, more than its box's {box[3]}"


def _sizes(lettering: Lettering, layout: Layout) -> Mapping[str, float]:
    """Return at how many pixels each stands, made smaller where it is too long."""
    named = names(layout, lettering.partners, (*lettering.logos, *layout.logos))
    return {
        "event": event_line(lettering, layout).size,
        "code": short_code_size(lettering.code, layout),
        "logos": min(each.size for each in named),
    }


def _heights(
    lettering: Lettering, layout: Layout
) -> Mapping[str, tuple[int, Box | None]]:
    """Return how many pixels high each is, and the box it has."""
    plan = layout.plan
    named = names(layout, lettering.partners, (*lettering.logos, *layout.logos))
    high = {
        "event": (len(event_line(lettering, layout).ink), plan.event.box),
        "code": (len(short_code(lettering.code, layout)), plan.code.box),
        "logos": (max(len(each.ink) for each in named), plan.logos.box),
    }
    if plan.find and lettering.find:
        _, _, width, _ = plan.find.box
        lines = fit_lines(lettering.find, width, plan.find.size, hand(layout))
        high["find"] = len(lines), plan.find.box
    return high

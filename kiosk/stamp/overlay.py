"""Lay out everything on a card but its photo, before the shutter."""

from dataclasses import dataclass

from kiosk.layout import Layout
from kiosk.stamp.code import put_code
from kiosk.stamp.face import hand
from kiosk.stamp.fit import fit_lines
from kiosk.stamp.ground import Ground, ground
from kiosk.stamp.panel import Lettering, Panel, below_words, event_line, fitted
from kiosk.stamp.raster import Box, Raster
from kiosk.stamp.sheet import Sheet
from kiosk.stamp.short_code import put_short_code
from kiosk.stamp.splice import Surround


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """All of a card but its photo: `drawn` has nothing in the photo's place."""

    lettering: Lettering
    layout: Layout
    ground: Ground
    around: Surround
    drawn: Raster

    @property
    def url(self) -> str:
        """The address in the code."""
        return self.lettering.url

    @property
    def photo_size(self) -> tuple[int, int]:
        """Width and height of the photo on the card."""
        return self.ground.photo[2:]

    @property
    def proportion(self) -> float:
        """How wide the photo is for its height: many words take from it."""
        return self.photo_size[0] / self.photo_size[1]

    @property
    def plate(self) -> Box:
        """Where the code's plate is on the card."""
        return self.layout.plan.plate.box


def prepare(lettering: Lettering, layout: Layout) -> Overlay:
    """Lay out a card's words and make its code.

    Raises:
        Undrawable: no bundled font has some of the words' characters.
    """
    panel = fitted(lettering, layout)
    shared = ground(layout, panel.grown, lettering.partners, lettering.logos)
    layout = panel.layout
    sheet = Sheet(shared, layout.colours.ink)
    plan = layout.plan
    _put_words(sheet, panel, lettering)
    sheet.paste(shared.plate, plan.plate.left, plan.plate.top)
    put_code(sheet.card, lettering.url, plan.plate, layout.colours)
    put_short_code(sheet, lettering.code, layout)
    if plan.find and lettering.find:
        find = fit_lines(lettering.find, plan.find.box[2], plan.find.size, hand(layout))
        sheet.put(find, *plan.find.box[:2])
    return Overlay(
        lettering=lettering,
        layout=layout,
        ground=shared,
        around=sheet.surround(),
        drawn=sheet.card,
    )


def _put_words(sheet: Sheet, panel: Panel, lettering: Lettering) -> None:
    """Draw the words in the middle of their room's height, and the event's line."""
    plan, words = panel.layout.plan, panel.words.ink
    left, top, width, height = plan.words.box
    event = event_line(lettering, panel.layout).ink
    below = below_words(lettering, panel.layout)
    inset = width - words.shape[1] if panel.to_left else 0
    start = top + (height - len(words) - below) // 2
    sheet.put(words, left + inset, start)
    if plan.event.box:
        x, y, _, high = plan.event.box
        sheet.put(event, x, y + (high - len(event)) // 2)
    else:
        sheet.put(event, left, start + len(words) + plan.event.under)

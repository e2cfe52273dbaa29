"""The words and their room, which takes from the photo what they lack."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.layout import Layout
from kiosk.places import STEP, grown
from kiosk.stamp.direction import is_right_to_left
from kiosk.stamp.face import hand
from kiosk.stamp.fit import SMALLEST, Fitted, fit, fit_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """What is on a card; on its strip `partners`, the campaign first, and `logos`.

    `find` are the words beside the code, where the layout has room for them. A logo
    is a PNG file whose shape is drawn in one colour.
    """

    words: str
    event_line: str
    code: str
    url: str
    find: str = ""
    partners: tuple[str, ...] = ()
    logos: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The words, and the layout with as much room for them as they need.

    That has `grown` by so many pixels. Words that run to the left stand at the right.
    """

    words: Fitted
    to_left: bool
    grown: int
    layout: Layout


def fitted(lettering: Lettering, layout: Layout) -> Panel:
    """Fit the words into their room, which takes from the photo what they lack.

    What is too high for the largest room is drawn smaller.
    """
    below = below_words(lettering, layout)
    for by in range(0, layout.plan.words.grow + 1, STEP):
        larger = grown(layout, by)
        _, _, width, height = larger.plan.words.box
        words = fit(lettering.words, width, height - below, hand(layout))
        if len(words.ink) <= height - below:
            break
    return Panel(
        words=words.shrunk(width, max(1, height - below)),
        to_left=is_right_to_left(lettering.words),
        grown=by,
        layout=larger,
    )


def fits(words: str, event_line: str, layout: Layout) -> bool:
    """Say whether words stand in a layout no smaller than they can be read.

    Raises:
        Undrawable: no bundled font has some of the characters.
    """
    lettering = Lettering(words=words, event_line=event_line, code="", url="")
    return fitted(lettering, layout).words.size >= SMALLEST


def event_line(lettering: Lettering, layout: Layout) -> Fitted:
    """Return the event's line, no wider than its place."""
    event = layout.plan.event
    room = (event.box or layout.plan.words.box)[2]
    return fit_line(lettering.event_line, room, event.size, hand(layout))


def below_words(lettering: Lettering, layout: Layout) -> int:
    """Return how much of the words' room the event's line takes, in pixels."""
    event = layout.plan.event
    return 0 if event.box else event.under + len(event_line(lettering, layout).ink)

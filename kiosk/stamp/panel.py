"""The words and their room, which takes from the photo what they lack."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.layout import Layout
from kiosk.stamp.direction import is_right_to_left
from kiosk.stamp.face import hand
from kiosk.stamp.fit import Fitted, fit, fit_line
from kiosk.stamp.raster import Box

STEP = 64  # pixels that the words' room grows by


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
    """The words, and the room that they and the photo have beside each other.

    Words that run to the left stand at the right of their room.
    """

    words: Fitted
    to_left: bool
    room: Box
    photo: Box


def fitted(lettering: Lettering, layout: Layout) -> Panel:
    """Fit the words into their room, which takes from the photo what they lack.

    What is too high for the largest room is drawn smaller.
    """
    plan, below = layout.plan, below_words(lettering, layout)
    for grown in range(0, plan.words.grow + 1, STEP):
        room, photo = _grown(plan.words.box, plan.photo, grown)
        words = fit(lettering.words, room[2], room[3] - below, hand(layout))
        if len(words.ink) <= room[3] - below:
            break
    return Panel(
        words=words.shrunk(room[2], max(1, room[3] - below)),
        to_left=is_right_to_left(lettering.words),
        room=room,
        photo=photo,
    )


def event_line(lettering: Lettering, layout: Layout) -> Fitted:
    """Return the event's line, no wider than its place."""
    event = layout.plan.event
    room = (event.box or layout.plan.words.box)[2]
    return fit_line(lettering.event_line, room, event.size, hand(layout))


def below_words(lettering: Lettering, layout: Layout) -> int:
    """Return how much of the words' room the event's line takes, in pixels."""
    event = layout.plan.event
    return 0 if event.box else event.under + len(event_line(lettering, layout).ink)


def _grown(words: Box, photo: Box, by: int) -> tuple[Box, Box]:
    """Move the edge between words and photo into the photo."""
    left, top, width, height = words
    x, y, wide, high = photo
    if top >= y + high:
        return (left, top - by, width, height + by), (x, y, wide, high - by)
    if left >= x + wide:
        return (left - by, top, width + by, height), (x, y, wide - by, high)
    if top + height <= y:
        return (left, top, width, height + by), (x, y + by, wide, high - by)
    return (left, top, width + by, height), (x + by, y, wide - by, high)

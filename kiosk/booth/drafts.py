"""Drafts: a guest's words and face on a card, in memory only."""

from dataclasses import replace

from kiosk import stamp, words
from kiosk.booth import cards
from kiosk.booth.house import House
from kiosk.booth.visit import (
    RETAKES,
    CodeUnreadable,
    NoRetakesLeft,
    NothingToKeep,
    Plan,
    Sketch,
    Visit,
)
from kiosk.pledge import new_token
from kiosk.words import _

TRIES = 5  # codes tried when one cannot be read back


def readable(said: str) -> str:
    """Return a guest's words as a card would have them.

    Raises:
        WordsRefused: they cannot be put on a card.
    """
    said = words.clean(said)
    if missing := stamp.undrawable(said):
        raise words.Undrawable(missing)
    return said


def fitting(house: House, said: str) -> str:
    """Return a guest's words as a card has room for them.

    Raises:
        WordsRefused: they cannot be put on a card, or not so that they can be read.
    """
    said = readable(said)
    if not stamp.fits(said, house.event.line, house.event.layout):
        raise words.WordsRefused(_("These words are too wide for a card. Use fewer."))
    return said


def overlay(house: House, plan: Plan, code: str, token: str) -> stamp.Overlay:
    """Lay out all that goes on the card before there is a photo."""
    written = cards.lettering(house, plan, code, token)
    return stamp.prepare(written, house.event.layout)


def sketched(house: House, sketch: Sketch) -> bytes:
    """Draw what a guest chooses, before there is a visit: no code stands on it."""
    written = cards.lettering(house, sketch, code="", token="")
    overlay = stamp.prepare(written, house.event.layout)
    return stamp.sketch(overlay, sketch.colour, sketch.drawing)


def photographed(house: House, visit: Visit) -> Visit:
    """Take the photo.

    Raises:
        CameraLost: no frame came that is newer than the touch.
        NoRetakesLeft: it was the last one.
        NothingToKeep: nobody has touched the button.
    """
    if visit.shots > RETAKES:
        raise NoRetakesLeft("That was the last photo for this visit.")
    if not visit.pressed:
        raise NothingToKeep("Nobody has touched the button yet.")

    shot = house.lens.still(after=visit.pressed)
    taken = replace(visit, frame=shot.frame, fault=shot.fault)
    return replace(taken, shots=visit.shots + 1, pressed=0.0)


def drawn(house: House, visit: Visit) -> Visit:
    """Draw the card, with a new code when the first cannot be read back.

    Raises:
        CodeUnreadable: none of them can.
    """
    for _try in range(TRIES):
        try:
            pictures = cards.pictures(visit.overlay, visit.plan, visit.frame)
        except stamp.UnreadableCode:
            token = new_token()
            again = overlay(house, visit.plan, visit.code, token)
            visit = replace(visit, token=token, overlay=again)
        else:
            return replace(visit, pictures=pictures, drafts=visit.drafts + 1)
    raise CodeUnreadable("The card's code could not be read back.")

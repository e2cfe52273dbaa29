"""Drafts: a guest's words and face on a card, in memory only."""

from dataclasses import replace

from kiosk import stamp, words
from kiosk.booth.house import House
from kiosk.booth.visit import (
    RETAKES,
    CodeUnreadable,
    NoRetakesLeft,
    NothingToKeep,
    Plan,
    Visit,
)
from kiosk.pledge import new_token

TRIES = 5  # codes tried when one cannot be read back
FIND = "Find your photo"  # beside the code, where a card has room for it


def readable(said: str) -> str:
    """Return a guest's words as a card would have them.

    Raises:
        WordsRefused: they cannot be put on a card.
    """
    said = words.clean(said)
    if missing := stamp.undrawable(said):
        raise words.Undrawable(missing)
    return said


def overlay(house: House, plan: Plan, code: str, token: str) -> stamp.Overlay:
    """Lay out all that goes on the card before there is a photo."""
    event = house.event
    return stamp.prepare(
        stamp.Lettering(
            words=plan.words,
            event_line=event.line,
            code=code,
            url=house.link(token),
            partners=(event.campaign.name[plan.language], *event.partners),
            logos=event.logo_files,
            find=words.translate(plan.language, FIND),
        ),
        event.layout,
    )


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
    for _ in range(TRIES):
        try:
            pictures = _pictures(visit)
        except stamp.UnreadableCode:
            token = new_token()
            again = overlay(house, visit.plan, visit.code, token)
            visit = replace(visit, token=token, overlay=again)
        else:
            return replace(visit, pictures=pictures, drafts=visit.drafts + 1)
    raise CodeUnreadable("The card's code could not be read back.")


def _pictures(visit: Visit) -> stamp.Pictures:
    if visit.frame is None:
        plan = visit.plan
        return stamp.without_face(visit.overlay, plan.colour, plan.drawing)
    return stamp.stamp(visit.frame, visit.overlay)

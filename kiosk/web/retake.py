"""Asking for another photo: a volunteer's question, and the guest's answer."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from msgspec import Struct, json

from kiosk.booth.retakes import Reason
from kiosk.web import current
from kiosk.web.booth import opened

retake = Blueprint("retake", __name__)


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """A volunteer's reason, and which revision of the pledge they saw."""

    reason: Reason
    revision: int


@retake.post("/pledges/<pledge_id>/retake")
def ask(pledge_id: str) -> ResponseReturnValue:
    """Ask a guest who is still at the booth for another photo."""
    asked = json.decode(request.get_data(), type=Asked)
    pledge = current.booth().retakes.ask(
        pledge_id, asked.reason, revision=asked.revision, who=current.device()
    )
    return {"id": pledge.id, "revision": pledge.revision, "retake": pledge.retake}


@retake.post("/visits/<visit>/again")
def again(visit: str) -> ResponseReturnValue:
    """Begin the visit for another photo: the guest says yes."""
    return opened(current.booth().retakes.again(visit))


@retake.post("/visits/<visit>/stay")
def stay(visit: str) -> ResponseReturnValue:
    """Keep the photo that there is: the guest says no."""
    current.booth().retakes.stay(visit)
    return "", 204

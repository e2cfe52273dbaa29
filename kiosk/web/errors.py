"""The only table from errors to status codes, and how an error is said."""

import logging
from collections.abc import Mapping

import msgspec
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, HTTPException

from camera.feed import CameraLost
from kiosk import words
from kiosk.album import AlbumFull, NotSaved
from kiosk.booth.cards import PhotoGone
from kiosk.booth.retakes import GuestGone
from kiosk.booth.visit import CodeUnreadable, NoRetakesLeft, NothingToKeep, VisitOver
from kiosk.pledge import GuardianNeeded, NoRetake, NotAllowed, NotInThisLane
from kiosk.store import AlreadyDecided, UnknownPledge
from kiosk.store.acts import NothingToUndo
from kiosk.store.devices import LinkSpent, UnknownDevice
from kiosk.web import current, first
from kiosk.web.locks import TooManyGuesses
from kiosk.web.roles import Role, roles
from kiosk.words import WordsRefused, _

log = logging.getLogger(__name__)

NOT_UNDERSTOOD = _("That was not understood. Nothing was lost; please try again.")
NOT_HERE = _("There is nothing here.")
OUR_FAULT = _("Something went wrong on our side. Nothing that was kept is lost.")

STATUS: Mapping[type[Exception], int] = {
    AlbumFull: 507,
    AlreadyDecided: 409,
    CameraLost: 409,
    CodeUnreadable: 503,
    FileNotFoundError: 404,
    GuardianNeeded: 422,
    GuestGone: 409,
    LinkSpent: 410,
    NoRetake: 409,
    NoRetakesLeft: 409,
    NotAllowed: 409,
    NotInThisLane: 422,
    NotSaved: 500,
    NothingToKeep: 409,
    NothingToUndo: 409,
    PhotoGone: 409,
    TooManyGuesses: 429,
    UnicodeDecodeError: 400,
    UnknownDevice: 404,
    UnknownPledge: 404,
    VisitOver: 410,
    WordsRefused: 422,
    msgspec.MsgspecError: 400,
}
SENTENCES: Mapping[type[Exception], str] = {
    AlbumFull: _("There is no room for another photo."),
    AlreadyDecided: first.SOMEBODY,
    CameraLost: _("The camera is resting. Your promise is safe here."),
    CodeUnreadable: _("The card could not be made. Please try once more."),
    FileNotFoundError: NOT_HERE,
    GuardianNeeded: _("A parent needs to be with you for this."),
    GuestGone: _("The guest has left the booth. The photo waits as it is."),
    LinkSpent: _("This link has been used. Ask for a new one."),
    NoRetake: _("No other photo can be asked for here."),
    NoRetakesLeft: _("That was the last photo for this visit."),
    NotAllowed: _("That can no longer be decided."),
    NotInThisLane: _("That choice is not open to this age."),
    NotSaved: _("The photo could not be saved. Nothing of it was kept."),
    NothingToKeep: _("There is no picture to keep yet."),
    NothingToUndo: _("There is nothing of yours to undo here."),
    PhotoGone: _("The photo itself is no longer here, so its words stay as they are."),
    UnicodeDecodeError: NOT_UNDERSTOOD,
    UnknownDevice: _("This device is not paired any more."),
    UnknownPledge: NOT_HERE,
    VisitOver: _("This visit has ended. Nothing of it was kept."),
    msgspec.MsgspecError: NOT_UNDERSTOOD,
}
PAIRED = frozenset({"booth.show", "wall.show", "moderation.show"})
"""Pages that a device sees once it is paired; until then they say how."""

HTTP: Mapping[int, str] = {
    400: NOT_UNDERSTOOD,
    403: _("This page is not for this device."),
    405: NOT_HERE,
    413: _("That is more than fits here."),
}


def init_app(app: Flask) -> None:
    """Answer every error of the table, and every other, with a sentence."""
    for kind in STATUS:
        app.register_error_handler(kind, _told)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _broken)


def _told(error: Exception) -> ResponseReturnValue:
    kind = next(each for each in STATUS if isinstance(error, each))
    more: dict[str, object] = {}
    if isinstance(error, WordsRefused):
        message, values = error.message, error.values
    elif isinstance(error, AlreadyDecided):
        message, values = SENTENCES[kind], {}
        more = first.told(error.pledge_id)
    elif isinstance(error, TooManyGuesses):
        message, values = str(error), {"seconds": round(error.wait)}
        more = {"wait": round(error.wait)}
    else:
        message, values = SENTENCES[kind], {}
    return _answer(STATUS[kind], kind.__name__, message, values, more)


def _refused(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    return _answer(status, type(error).__name__, HTTP.get(status, NOT_HERE))


def _broken(error: Exception) -> ResponseReturnValue:
    log.error("An answer failed.", exc_info=error)
    return _answer(500, "OurFault", OUR_FAULT)


def _answer(
    status: int,
    kind: str,
    message: str,
    values: Mapping[str, object] | None = None,
    more: Mapping[str, object] | None = None,
) -> ResponseReturnValue:
    if current.is_public():
        return "", status

    said = words.translate(current.language(), message, **(values or {}))
    if "text/html" in request.headers.get("Accept", ""):
        if status == Forbidden.code and request.endpoint in PAIRED:
            return render_template("unpaired.html"), status
        home = "/" if Role.BOOTH in roles() else "/moderation"
        return render_template("error.html", message=said, home=home), status
    return {"error": kind, "message": said, **(more or {})}, status

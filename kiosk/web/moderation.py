"""The volunteers' screen: the PIN that wakes it, the queue, and the decisions."""

from typing import cast

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from msgspec import Struct, json
from werkzeug.security import check_password_hash

from kiosk import store
from kiosk.pledge import Decision, Pledge
from kiosk.store import devices, feed, modes, tallies
from kiosk.store.devices import Session
from kiosk.web import current
from kiosk.web.news import LONGEST_QUEUE, QUEUE, blank_since, news
from kiosk.web.roles import Role, roles

moderation = Blueprint("moderation", __name__)


class Pin(Struct, frozen=True, forbid_unknown_fields=True):
    """What the pad sends."""

    pin: str


class Decided(Struct, frozen=True, forbid_unknown_fields=True):
    """A volunteer's touch, and which revision of the pledge they saw."""

    decision: Decision
    revision: int


class Mended(Struct, frozen=True, forbid_unknown_fields=True):
    """Words without their typo, and which revision of the pledge was seen."""

    words: str
    revision: int


class Starred(Struct, frozen=True, forbid_unknown_fields=True):
    """A volunteer's choice for the stage."""

    is_starred: bool


@moderation.get("/moderation")
def show() -> ResponseReturnValue:
    """Show the queue to a volunteer, or the pad that wakes their device."""
    house = current.booth().house
    with house.database.reading() as db:
        counts, cursor = tallies.now(db), feed.now(db).cursor
        since, mode = blank_since(db), modes.now(db)
        pledges = store.queue(db, LONGEST_QUEUE)
    if Role.VOLUNTEER not in roles():
        return render_template(
            "pin.html",
            waiting=counts[Decision.WAITING],
            blank_since=since,
            device=current.called(_own()),
        )
    return render_template(
        "moderation.html",
        pledges=pledges,
        tallies=counts,
        cursor=cursor,
        blank_since=since,
        mode=mode,
        photo=house.event.layout.proportion,
    )


@moderation.post("/moderation/pin")
def wake() -> ResponseReturnValue:
    """Look at one guess of the PIN, which wakes the device that was asleep."""
    guess = json.decode(request.get_data(), type=Pin).pin
    front, own = current.front(), _own()
    right = front.locks.try_once(own.id, lambda: check_password_hash(front.pin, guess))
    if right:
        with front.booth.house.database.transaction() as db:
            devices.wake(db, own.id)
        return {"next": "/moderation"}
    wait = round(front.locks.wait(own.id))
    said = current.say("That is not the PIN.")
    return {"error": "WrongPin", "message": said, "wait": wait}, 403


@moderation.post("/moderation/leave")
def leave() -> ResponseReturnValue:
    """Put this device to sleep; the PIN wakes it. Nothing stays in its browser."""
    with current.booth().house.database.transaction() as db:
        devices.put_to_sleep(db, _own().id)
    return {"next": "/moderation"}, {"Clear-Site-Data": '"cache", "storage"'}


@moderation.get("/moderation/feed")
def show_news() -> ResponseReturnValue:
    """Tell what follows this screen's cursor."""
    return news(QUEUE, request.args.get("after", ""), current.language())


@moderation.post("/pledges/<pledge_id>/decision")
def decide(pledge_id: str) -> ResponseReturnValue:
    """Approve, keep private or remove."""
    asked = json.decode(request.get_data(), type=Decided)
    desk = current.booth().desk
    return _answer(
        desk.decide(
            pledge_id, asked.decision, revision=asked.revision, who=current.device()
        )
    )


@moderation.post("/pledges/<pledge_id>/undo")
def undo(pledge_id: str) -> ResponseReturnValue:
    """Take back this volunteer's last decision on a pledge."""
    return _answer(current.booth().desk.undo(pledge_id, who=current.device()))


@moderation.post("/pledges/<pledge_id>/star")
def star(pledge_id: str) -> ResponseReturnValue:
    """Choose a pledge for the stage, or no longer."""
    asked = json.decode(request.get_data(), type=Starred)
    desk = current.booth().desk
    return _answer(
        desk.star(pledge_id, is_starred=asked.is_starred, who=current.device())
    )


@moderation.post("/pledges/<pledge_id>/words")
def mend(pledge_id: str) -> ResponseReturnValue:
    """Mend a typo in a waiting pledge."""
    asked = json.decode(request.get_data(), type=Mended)
    mender = current.booth().mender
    return _answer(
        mender.mend(
            pledge_id, asked.words, revision=asked.revision, who=current.device()
        )
    )


@moderation.post("/pledges/<pledge_id>/restore")
def restore(pledge_id: str) -> ResponseReturnValue:
    """Decline a guest's request for removal."""
    desk = current.booth().desk
    return _answer(desk.restore(pledge_id, who=current.device()))


@moderation.post("/pledges/<pledge_id>/withdraw")
def withdraw(pledge_id: str) -> ResponseReturnValue:
    """Carry out a guest's request for removal."""
    desk = current.booth().desk
    return _answer(desk.confirm(pledge_id, who=current.device()))


def _own() -> Session:
    """Return the session without which the table lets nobody in here."""
    return cast(Session, current.session())


def _answer(pledge: Pledge) -> dict[str, object]:
    with current.booth().house.database.reading() as db:
        counts = tallies.now(db)
    return {
        "id": pledge.id,
        "revision": pledge.revision,
        "decision": pledge.decision,
        "is_starred": pledge.is_starred,
        "tallies": counts,
    }

"""The volunteers' screen: the PIN that wakes it, the queue, and the decisions."""

from typing import Annotated, cast

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from msgspec import Meta, Struct, json
from werkzeug.security import check_password_hash

from kiosk import store
from kiosk.booth import bulk
from kiosk.booth.bulk import Seen
from kiosk.booth.leases import LEASE, Holder
from kiosk.pledge import Decision, Pledge
from kiosk.store import acts, devices, feed, modes, tallies
from kiosk.store.devices import Session
from kiosk.store.pace import MANY_WAITING
from kiosk.web import current
from kiosk.web.news import LONGEST_QUEUE, QUEUE, blank_since, how_it_goes, news
from kiosk.web.roles import Role, roles

moderation = Blueprint("moderation", __name__)

PageName = Annotated[str, Meta(min_length=1, max_length=40)]
"""What one open page calls itself: a device may have two, a reload makes another."""

MOST_SHOWN = 30  # photos one screen shows at once: the grid's, and room to spare


class Pin(Struct, frozen=True, forbid_unknown_fields=True):
    """What the pad sends."""

    pin: str


class Decided(Struct, frozen=True, forbid_unknown_fields=True):
    """A volunteer's touch, and which revision of the pledge they saw."""

    decision: Decision
    revision: int


class AllDecided(Struct, frozen=True, forbid_unknown_fields=True):
    """A volunteer's touch for many pledges, each with the revision that was seen."""

    decision: Decision
    pledges: Annotated[list[Seen], Meta(min_length=1, max_length=bulk.MOST)]


class Looked(Struct, frozen=True, forbid_unknown_fields=True):
    """What a page would show, the most urgent first, and how many of it at once."""

    page: PageName
    wanted: Annotated[
        list[Annotated[str, Meta(max_length=40)]], Meta(max_length=LONGEST_QUEUE)
    ]
    shown: Annotated[int, Meta(ge=0, le=MOST_SHOWN)]


class Undone(Struct, frozen=True, forbid_unknown_fields=True):
    """A way back, and the page that is to show what comes back."""

    page: PageName | None = None


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
        since, goes, mode = blank_since(db), how_it_goes(db), modes.now(db)
        pledges = store.queue(db, LONGEST_QUEUE)
        done = acts.undoable(db, _own().id, current.now())
        booths = store.booths(db)
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
        done=[each._asdict() for each in done],
        tallies=counts,
        booths=booths,
        cursor=cursor,
        blank_since=since,
        pace=goes,
        many=MANY_WAITING,
        mode=mode,
        photo=house.event.layout.proportion,
        safeguarding=house.event.safeguarding,
    )


@moderation.post("/moderation/pin")
def wake() -> ResponseReturnValue:
    """Look at one guess of the PIN, which wakes the device that was asleep."""
    guess = json.decode(request.get_data(), type=Pin).pin
    front, own = current.front(), _own()
    right = front.locks.try_once(own.id, lambda: check_password_hash(front.pin, guess))
    if right:
        with front.booth.house.database.transaction() as db:
            devices.wake(db, own.id, current.now())
        return {"next": "/moderation"}
    wait = round(front.locks.wait(own.id))
    said = current.say("That is not the PIN.")
    return {"error": "WrongPin", "message": said, "wait": wait}, 403


@moderation.post("/moderation/leave")
def leave() -> ResponseReturnValue:
    """Put this device to sleep; the PIN wakes it. Nothing stays in its browser."""
    current.booth().leases.sign_out(_own().id)
    with current.booth().house.database.transaction() as db:
        devices.put_to_sleep(db, _own().id, current.now(), who=_own().id)
    return {"next": "/moderation"}, {"Clear-Site-Data": '"cache", "storage"'}


@moderation.get("/moderation/feed")
def show_news() -> ResponseReturnValue:
    """Tell what follows this screen's cursor."""
    return news(QUEUE, request.args.get("after", ""), current.language())


@moderation.post("/moderation/leases")
def lease() -> ResponseReturnValue:
    """Say which of the waiting photos this page may show now, and for how long.

    `here` are those whose guests may be asked for another.
    """
    asked = json.decode(request.get_data(), type=Looked)
    leases, who = current.booth().leases, _holder(asked.page)
    if not asked.shown:
        leases.leave(who)
        return {"held": [], "others": [], "share": 0, "seconds": 0, "here": []}
    held = leases.take(who, asked.wanted, asked.shown)
    return {
        "held": held,
        "here": current.booth().retakes.may_be_asked(held),
        "others": leases.others(who, asked.wanted),
        "share": leases.share(len(asked.wanted)),
        "seconds": LEASE,
    }


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


@moderation.post("/pledges/decisions")
def decide_all() -> ResponseReturnValue:
    """Approve, keep private or remove many; each says what came of it."""
    asked = json.decode(request.get_data(), type=AllDecided)
    desk, who = current.booth().desk, current.device()
    outcomes = bulk.decide_all(desk, asked.pledges, asked.decision, who=who)
    with current.booth().house.database.reading() as db:
        return {"outcomes": outcomes, "tallies": tallies.now(db)}


@moderation.post("/pledges/<pledge_id>/undo")
def undo(pledge_id: str) -> ResponseReturnValue:
    """Take back this volunteer's last decision on a pledge."""
    page = json.decode(request.get_data() or b"{}", type=Undone).page
    if page:
        current.booth().leases.hold(_holder(page), pledge_id)
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


def _holder(page: str) -> Holder:
    return Holder(session=_own().id, page=page)


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

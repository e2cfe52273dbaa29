"""Letting a device in, by a one-time link, and having it leave."""

from contextlib import suppress
from typing import Annotated, Literal

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from msgspec import Meta, Struct, json

from kiosk import stamp
from kiosk.store import devices
from kiosk.store.devices import UnknownDevice
from kiosk.web import current
from kiosk.web.guard import is_this_computer
from kiosk.web.roles import Role

door = Blueprint("door", __name__)

NEXT = {
    Role.BOOTH: "/",
    Role.WALL: "/wall",
    Role.VOLUNTEER: "/moderation",
    Role.OPERATOR: "/status",
}


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """What the device that pairs wants to be called; nothing: by its number."""

    name: Annotated[str, Meta(max_length=devices.LONGEST_NAME)] = ""


class Paired(Struct, frozen=True, forbid_unknown_fields=True):
    """What the operator wants to pair."""

    role: Literal["volunteer", "wall", "booth"]


@door.get("/enter/<code>")
def enter(code: str) -> ResponseReturnValue:
    """Show the button that spends a one-time link; looking spends nothing."""
    house = current.booth().house
    with house.database.reading() as db:
        link = devices.look_at_link(db, code, current.now())
        number = devices.next_number(db, link.role, house.event.slug)
    return render_template(
        "enter.html",
        role=link.role,
        name=link.name,
        usual=current.say(current.CALLED[link.role], number=number),
        left=round(link.ends_at - current.now()),
        lasts=round(devices.ONE_TIME),
    )


@door.post("/enter/<code>")
def spend(code: str) -> ResponseReturnValue:
    """Spend a one-time link and let this device in."""
    asked = json.decode(request.get_data() or b"{}", type=Named)
    house, known = current.booth().house, current.session()
    with house.database.transaction() as db:
        link = devices.use_link(db, code, current.now())
        if known:
            with suppress(UnknownDevice):
                devices.sign_out(db, known.id, current.now(), who=known.id)
        cookie = devices.sign_in(
            db,
            link.role,
            current.now(),
            event=house.event.slug,
            name=asked.name or link.name,
        )
    answer = jsonify({"next": NEXT[Role(link.role)]})
    answer.set_cookie(
        current.COOKIE,
        cookie,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure,
    )
    return answer


@door.post("/devices")
def pair() -> ResponseReturnValue:
    """Make a one-time link for another device, as a QR to scan."""
    asked = json.decode(request.get_data(), type=Paired)
    with current.booth().house.database.transaction() as db:
        code = devices.new_link(db, asked.role, current.now())
    base = current.front().base
    link = f"{base}/enter/{code}"
    return {
        "link": link,
        "qr": stamp.qr_svg(link),
        "seconds": round(devices.ONE_TIME),
        "only_here": is_this_computer(base),
    }


@door.post("/devices/<device_id>/revoke")
def revoke(device_id: str) -> ResponseReturnValue:
    """End a device's pairing; its sockets close at the next look."""
    with current.booth().house.database.transaction() as db:
        devices.sign_out(db, device_id, current.now(), who=current.device())
    return {"revoked": device_id}

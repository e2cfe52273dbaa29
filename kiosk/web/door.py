"""Letting a device in: one-time links now, a QR to pair with later."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from kiosk.store import devices
from kiosk.web import current
from kiosk.web.roles import Role

door = Blueprint("door", __name__)

NEXT = {Role.VOLUNTEER: "/moderation", Role.OPERATOR: "/status"}


@door.get("/enter/<code>")
def enter(code: str) -> ResponseReturnValue:
    """Show the button that spends a one-time link; looking spends nothing."""
    with current.booth().house.database.reading() as db:
        role = devices.link_role(db, code, current.now())
    return render_template("enter.html", code=code, role=role)


@door.post("/enter/<code>")
def spend(code: str) -> ResponseReturnValue:
    """Spend a one-time link and let this device in."""
    with current.booth().house.database.transaction() as db:
        role = devices.use_link(db, code, current.now())
    return let_in(Role(role))


def let_in(role: Role) -> ResponseReturnValue:
    """Begin a session, or wake the one this device has, and say where to go."""
    known = current.session()
    with current.booth().house.database.transaction() as db:
        if known and known.is_asleep and known.role == role:
            devices.wake(db, known.id)
            return {"next": NEXT[role]}
        if known:
            devices.sign_out(db, known.id, current.now())
        cookie = devices.sign_in(db, role, current.now())
    answer = jsonify({"next": NEXT[role]})
    answer.set_cookie(current.COOKIE, cookie, httponly=True, samesite="Strict")
    return answer

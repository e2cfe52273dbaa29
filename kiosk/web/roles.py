"""Who may do what: one table; what is not in it is refused."""

from collections.abc import Mapping
from enum import StrEnum

from flask import Flask, abort, request
from werkzeug.exceptions import Forbidden, NotFound

from kiosk.web import current


class Role(StrEnum):
    """What a request can come as; it may be several at once."""

    BOOTH = "booth"
    WALL = "wall"
    ASLEEP = "asleep"  # a volunteer's device that the PIN wakes
    VOLUNTEER = "volunteer"
    OPERATOR = "operator"
    ATTENDEE = "attendee"  # anyone on the public listener
    STRANGER = "stranger"  # anyone on the staff listener


_BOOTH = frozenset({Role.BOOTH})
_WALL = frozenset({Role.WALL})
_VOLUNTEER = frozenset({Role.VOLUNTEER})
_OPERATOR = frozenset({Role.OPERATOR})
_PICTURES = frozenset({Role.WALL, Role.VOLUNTEER})
_BLANKS = frozenset({Role.WALL, Role.ASLEEP, Role.VOLUNTEER})
_ASLEEP = frozenset({Role.ASLEEP})
_TABLETS = frozenset({Role.ASLEEP, Role.VOLUNTEER})
_STAFF_SIDE = frozenset({Role.STRANGER})
_GUESTS = frozenset({Role.ATTENDEE, Role.STRANGER})

MAY: Mapping[str, frozenset[Role]] = {
    "booth.show": _BOOTH,
    "booth.camera": _BOOTH,
    "booth.read": _BOOTH,
    "booth.open_visit": _BOOTH,
    "booth.preview": _BOOTH,
    "booth.pose": _BOOTH,
    "booth.shoot": _BOOTH,
    "booth.reword": _BOOTH,
    "booth.make_faceless": _BOOTH,
    "booth.sketch": _BOOTH,
    "booth.draft": _BOOTH,
    "booth.keep": _BOOTH,
    "booth.qr": _BOOTH,
    "booth.card": _BOOTH,
    "booth.light": _BOOTH,
    "booth.end": _BOOTH,
    "wall.show": _WALL,
    "wall.show_news": _WALL,
    "wall.place": _WALL,
    "wall.code": _WALL,
    "wall.picture": _WALL,
    "wall.blank": _BLANKS,
    "wall.unblank": _VOLUNTEER,
    "wall.show_as": _VOLUNTEER,
    "gallery.picture": _PICTURES,
    "moderation.show": _TABLETS,
    "moderation.wake": _ASLEEP,
    "moderation.leave": _VOLUNTEER,
    "moderation.show_news": _VOLUNTEER,
    "moderation.lease": _VOLUNTEER,
    "moderation.decide": _VOLUNTEER,
    "moderation.decide_all": _VOLUNTEER,
    "moderation.undo": _VOLUNTEER,
    "moderation.mend": _VOLUNTEER,
    "moderation.star": _VOLUNTEER,
    "moderation.restore": _VOLUNTEER,
    "moderation.withdraw": _VOLUNTEER,
    "hung.found": _VOLUNTEER,
    "retake.ask": _VOLUNTEER,
    "retake.again": _BOOTH,
    "retake.stay": _BOOTH,
    "practice.show": _VOLUNTEER,
    "status.show": _OPERATOR,
    "status.healthz": _STAFF_SIDE,
    "door.enter": _STAFF_SIDE,
    "door.spend": _STAFF_SIDE,
    "door.pair": _OPERATOR,
    "door.revoke": _OPERATOR,
    "page.show": _GUESTS,
    "page.remove": _GUESTS,
    "page.card": _GUESTS,
    "asset": _STAFF_SIDE,
}
"""The roles that may use each endpoint (PROMISES.md, "Who may do what")."""

SCREENS: Mapping[str, Role] = {
    "booth": Role.BOOTH,
    "wall": Role.WALL,
    "moderation": Role.VOLUNTEER,
}
"""The role that may listen as each screen."""

READING = frozenset({"GET", "HEAD", "OPTIONS"})
ITS_OWN_SECRET = frozenset({"page.remove"})
"""Writes that a page without scripts must reach; the link's token is their proof."""


def init_app(app: Flask) -> None:
    """Refuse, before any view, whoever may not and whatever another site sent."""
    app.before_request(_only_the_listed)
    app.before_request(_only_from_our_own_pages)


def roles() -> frozenset[Role]:
    """Return everything this request comes as."""
    if current.is_public():
        return frozenset({Role.ATTENDEE})

    found = {Role.STRANGER}
    if current.is_loopback():
        found |= {Role.BOOTH, Role.WALL}
    if session := current.session():
        found.add(Role.ASLEEP if session.is_asleep else Role(session.role))
    return frozenset(found)


def _only_the_listed() -> None:
    if request.endpoint is None:
        abort(NotFound.code)
    if not MAY.get(request.endpoint, frozenset()) & roles():
        abort(NotFound.code if current.is_public() else Forbidden.code)


def _only_from_our_own_pages() -> None:
    """Refuse writes that another site's page makes a browser send (CSRF)."""
    if request.method in READING or request.endpoint in ITS_OWN_SECRET:
        return

    if request.headers.get("Origin") != request.host_url.rstrip("/"):
        abort(Forbidden.code)

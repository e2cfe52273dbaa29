"""What a guest's phone opens: the page, the card, and the way to have both removed."""

from contextlib import suppress

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from kiosk import store
from kiosk.page import Pages
from kiosk.pledge import Pledge
from kiosk.store import UnknownPledge
from kiosk.web import current

page = Blueprint("page", __name__)

TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}


@page.get("/p/<token>")
def show(token: str) -> ResponseReturnValue:
    """Show the guest's page, or the same "on its way" for every other token."""
    pages, pledge = current.booth().house.pages, _reachable(token)
    if pledge is None:
        return _answer(pages, pages.soon())
    return _answer(pages, pages.photo(pledge, "door"))


@page.post("/p/<token>/remove")
def remove(token: str) -> ResponseReturnValue:
    """Hide the pledge at once, waiting or not; the answer is the same for any token."""
    pages = current.booth().house.pages
    with suppress(UnknownPledge):
        current.booth().desk.hide(token)
    return _answer(pages, pages.removed())


@page.get("/card/<token>.<any(jpg, webp):kind>")
def card(token: str, kind: str) -> ResponseReturnValue:
    """Send the card of an open link."""
    pledge = _reachable(token)
    if pledge is None:
        abort(404)
    file = current.booth().house.album.path(pledge.place, f"card.{kind}")
    return Response(file.read_bytes(), mimetype=TYPES[kind])


def _reachable(token: str) -> Pledge | None:
    with current.booth().house.database.reading() as db:
        try:
            pledge = store.by_token(db, token)
        except UnknownPledge:
            return None
    return pledge if pledge.is_reachable else None


def _answer(pages: Pages, html: bytes) -> Response:
    answer = Response(html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = (
        f"{pages.policy}; frame-ancestors 'none'"
    )
    return answer

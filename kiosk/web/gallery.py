"""The pictures of the album: any for a volunteer, what hangs for a wall."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from kiosk import store
from kiosk.web import current
from kiosk.web.roles import Role, roles

gallery = Blueprint("gallery", __name__)

ON_A_WALL = frozenset({"photo", "thumb"})  # never the card: it carries the guest's code


@gallery.get("/pictures/<pledge_id>/<any(photo, thumb, card):name>.jpg")
def picture(pledge_id: str, name: str) -> ResponseReturnValue:
    """Send one picture of a pledge to who may see it."""
    house = current.booth().house
    with house.database.reading() as db:
        pledge = store.get(db, pledge_id)
    for_volunteer = Role.VOLUNTEER in roles() and not pledge.is_erased
    for_wall = pledge.is_on_wall and name in ON_A_WALL
    file = house.album.path(pledge.place, f"{name}.jpg")
    if not (for_volunteer or for_wall) or not file.exists():
        abort(404)
    return Response(file.read_bytes(), mimetype="image/jpeg")

"""The hall's wall: approved pledges, and nothing else."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from msgspec import Struct, json

from kiosk import stamp, store, words
from kiosk.store import blanks, feed, modes
from kiosk.store.filters import Filter
from kiosk.store.modes import Mode
from kiosk.web import current
from kiosk.web.news import TILES, blank_since, news, news_and_others
from kiosk.web.news import wall as view_of

wall = Blueprint("wall", __name__)


class Shown(Struct, frozen=True, forbid_unknown_fields=True):
    """How a volunteer wants the walls to show photos."""

    mode: Mode


@wall.get("/wall")
def show() -> ResponseReturnValue:
    """Show the wall as it hangs now."""
    house = current.booth().house
    only = _only()
    with house.database.reading() as db:
        head = feed.now(db)
        is_blank = blanks.since(db) is not None
        mode = modes.now(db)
        tiles = [] if is_blank else store.on_wall(db, TILES, only)
    return render_template(
        "wall.html",
        is_blank=is_blank,
        mode=mode,
        only=only.query,
        goal=house.config.wall.goal,
        promises=head.kept,
        tiles=tiles,
        cursor=head.cursor,
        **words.speech(house.event.languages[0]),
    )


@wall.post("/wall/blank")
def blank() -> ResponseReturnValue:
    """Take every photo off every wall."""
    current.booth().hall.blank(who=current.device())
    return _blankness()


@wall.post("/wall/unblank")
def unblank() -> ResponseReturnValue:
    """Have the walls show photos again."""
    current.booth().hall.unblank(who=current.device())
    return _blankness()


@wall.post("/wall/mode")
def show_as() -> ResponseReturnValue:
    """Have every wall show photos in another way."""
    mode = json.decode(request.get_data(), type=Shown).mode
    current.booth().hall.show_as(mode, who=current.device())
    return {"mode": mode}


@wall.get("/wall/picture")
def place() -> ResponseReturnValue:
    """Tell how the campaign's picture stands, and where one pledge's photo is in it."""
    seen = current.booth().murals.look(_only(), request.args.get("show", ""))
    told = {"columns": seen.columns, "rows": seen.rows, "room": seen.room}
    return told | {"cell": seen.cell}


@wall.get("/wall/picture.jpg")
def picture() -> ResponseReturnValue:
    """Send the campaign's picture as it hangs now; nothing while walls are blank."""
    with current.booth().house.database.reading() as db:
        if blanks.since(db) is not None:
            abort(404)
    seen = current.booth().murals.look(_only())
    return Response(seen.jpeg, mimetype="image/jpeg")


@wall.get("/wall/code.svg")
def code() -> ResponseReturnValue:
    """Send the code of the campaign's own page, for every phone in the hall."""
    url = current.booth().house.event.campaign.url
    return Response(stamp.qr_svg(url), mimetype="image/svg+xml")


@wall.get("/wall/feed")
def show_news() -> ResponseReturnValue:
    """Tell what follows a wall's cursor, and of what else may hang when it asks."""
    language = current.booth().house.event.languages[0]
    after = request.args.get("after", "")
    others = request.args.get("others", 0, type=int)
    if others > 0:
        return news_and_others(_only(), after, language, others)
    return news(view_of(_only()), after, language)


def _only() -> Filter:
    return Filter.of(request.query_string.decode("utf-8", "replace"))


def _blankness() -> dict[str, object]:
    with current.booth().house.database.reading() as db:
        return {"blank_since": blank_since(db)}

"""The hall's wall: approved pledges, and nothing else."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kiosk import store, words
from kiosk.store import blanks, feed
from kiosk.web import current
from kiosk.web.news import TILES, WALL, blank_since, news

wall = Blueprint("wall", __name__)


@wall.get("/wall")
def show() -> ResponseReturnValue:
    """Show the wall as it hangs now."""
    house = current.booth().house
    with house.database.reading() as db:
        head = feed.now(db)
        is_blank = blanks.since(db) is not None
        tiles = [] if is_blank else store.on_wall(db, TILES)
    return render_template(
        "wall.html",
        is_blank=is_blank,
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


@wall.get("/wall/feed")
def show_news() -> ResponseReturnValue:
    """Tell what follows a wall's cursor."""
    language = current.booth().house.event.languages[0]
    return news(WALL, request.args.get("after", ""), language)


def _blankness() -> dict[str, object]:
    with current.booth().house.database.reading() as db:
        return {"blank_since": blank_since(db)}

"""The hall's wall: approved pledges, and nothing else."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kiosk import store, words
from kiosk.store import feed
from kiosk.web import current
from kiosk.web.news import TILES, WALL, news

wall = Blueprint("wall", __name__)


@wall.get("/wall")
def show() -> ResponseReturnValue:
    """Show the wall as it hangs now."""
    house = current.booth().house
    with house.database.reading() as db:
        head = feed.now(db)
        tiles = store.on_wall(db, TILES)
    return render_template(
        "wall.html",
        goal=house.config.wall.goal,
        promises=head.kept,
        tiles=tiles,
        cursor=head.cursor,
        **words.speech(house.event.languages[0]),
    )


@wall.get("/wall/feed")
def show_news() -> ResponseReturnValue:
    """Tell what follows a wall's cursor."""
    language = current.booth().house.event.languages[0]
    return news(WALL, request.args.get("after", ""), language)

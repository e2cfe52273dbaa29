"""The practice queue: planted cases with their answers; nothing of it is kept."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from kiosk.web import current

practice = Blueprint("practice", __name__)


@practice.get("/moderation/practice")
def show() -> ResponseReturnValue:
    """Show every case; right and wrong are told by the page itself."""
    return render_template("practice.html", cases=current.booth().house.event.practice)

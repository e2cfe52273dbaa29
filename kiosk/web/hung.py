"""What hangs on the wall, and any pledge by its short code or its booth and time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from msgspec import Meta, Struct
from sqlalchemy import Connection

from kiosk import hours, store
from kiosk.pledge import Pledge, codes_like
from kiosk.store.filters import Filter
from kiosk.web import current
from kiosk.words import _

hung = Blueprint("hung", __name__)

MOST = 60  # pledges in one answer

Time = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")]
Code = Annotated[str, Meta(max_length=40)]
Booth = Annotated[str, Meta(max_length=40)]


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """What a volunteer looks for: one pledge, a code, a booth and time, or nothing."""

    pledge: str = ""
    code: Code = ""
    begin: Time = msgspec.field(default="", name="from")
    end: Time = msgspec.field(default="", name="to")
    booth: Booth = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The pledges an answer shows, and what it says of them."""

    pledges: Sequence[Pledge]
    said: str


@hung.get("/moderation/found")
def found() -> ResponseReturnValue:
    """Draw what hangs, newest first, or what is looked for."""
    asked = msgspec.convert(request.args.to_dict(), type=Asked)
    with current.booth().house.database.reading() as db:
        answer = _look(db, asked)
    return render_template("_found.html", found=answer.pledges, said=answer.said)


def _look(db: Connection, asked: Asked) -> Found:
    if asked.pledge:
        return Found([store.get(db, asked.pledge)], "")
    if asked.code:
        return _by_code(db, asked.code)
    if asked.begin or asked.end:
        return _by_time(db, asked)
    only = Filter(booths=frozenset(filter(None, [asked.booth])))
    hanging = store.on_wall(db, MOST, only)
    return Found(hanging, current.say(_("The newest come first.")))


def _by_code(db: Connection, said: str) -> Found:
    codes = codes_like(said, current.booth().house.config.booth.prefix)
    pledges = store.by_beginning(db, codes, MOST)
    return _counted(pledges, _("Nothing carries this code. Look by the time instead."))


def _by_time(db: Connection, asked: Asked) -> Found:
    begin, end = hours.span(asked.begin or asked.end, asked.end, current.now())
    pledges = store.kept_between(db, begin, end, MOST, asked.booth)
    return _counted(pledges, _("Nothing was kept then. Try a few minutes more."))


def _counted(pledges: Sequence[Pledge], none: str) -> Found:
    if not pledges:
        return Found([], current.say(none))
    if len(pledges) == MOST:
        many = _("The first {count}. Say it more exactly.")
        return Found(pledges, current.say(many, count=MOST))
    if len(pledges) == 1:
        return Found(pledges, current.say(_("1 found.")))
    return Found(pledges, current.say(_("{count} found."), count=len(pledges)))

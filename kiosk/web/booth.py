"""The guest's screen, and the verbs it calls."""

import os
from collections.abc import Iterator
from typing import Annotated

import msgspec
from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec import Meta, Struct

from kiosk import stamp, words
from kiosk.booth.visit import RETAKES, Plan, Sketch, Visit
from kiosk.pledge import Age, Consent, Pledge, Scope
from kiosk.store import feed
from kiosk.web import current

booth = Blueprint("booth", __name__)

Theme = Annotated[str, Meta(max_length=40)]
Colour = Annotated[str, Meta(pattern=rf"^({'|'.join(stamp.COLOURS)})?\Z")]
Drawing = Annotated[str, Meta(pattern=rf"^({'|'.join(stamp.DRAWINGS)})?\Z")]


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """What the booth's screen sends when the guest agrees."""

    language: str
    words: str
    people: Annotated[int, Meta(ge=1, le=6)]
    age: Age
    face: bool
    scopes: list[Scope]
    theme: Theme | None = None
    colour: Colour = ""
    drawing: Drawing = ""
    guardian: bool = False


class Written(Struct, frozen=True, forbid_unknown_fields=True):
    """What a guest has written, before anything else is asked."""

    words: str


class Reworded(Struct, frozen=True, forbid_unknown_fields=True):
    """Other words for the same picture."""

    words: str
    theme: Theme | None = None


class Colours(Struct, frozen=True, forbid_unknown_fields=True):
    """How a card without a face should look."""

    colour: Colour = ""
    drawing: Drawing = ""


class Sketched(Struct, frozen=True, forbid_unknown_fields=True):
    """What a card without a face would say, and how it would look."""

    language: str
    words: str
    colour: Colour = ""
    drawing: Drawing = ""


@booth.get("/")
def show() -> ResponseReturnValue:
    """Show the booth, at its start."""
    house = current.booth().house
    with house.database.reading() as db:
        kept = feed.now(db).kept
    return render_template(
        "booth.html",
        booth=house.config.booth,
        languages=house.event.languages,
        pledges=house.event.pledges,
        speech=words.speech,
        promises_so_far=kept,
        practice=current.front().public_port is not None,
        test_card=house.lens.health.is_test_card,
        colours=stamp.COLOURS,
        drawings=stamp.DRAWINGS,
        photo=house.event.layout.proportion,
        helpline=house.event.helpline,
    )


@booth.get("/booth/camera")
def camera() -> ResponseReturnValue:
    """Say whether there is a camera, and which process answers.

    Another process than before knows no visit.
    """
    health = current.booth().house.lens.health
    return {
        "is_live": health.is_live,
        "is_test_card": health.is_test_card,
        "process": os.getpid(),
    }


@booth.post("/words")
def read() -> ResponseReturnValue:
    """Say how a guest's words would stand on a card, or why they cannot."""
    written = msgspec.json.decode(request.get_data(), type=Written)
    return {"words": current.booth().visits.read(written.words)}


@booth.post("/sketch")
def sketch() -> ResponseReturnValue:
    """Draw a card without a face as it would be; nothing is kept of it."""
    asked = msgspec.json.decode(request.get_data(), type=Sketched)
    drawn = current.booth().visits.sketch(
        Sketch(
            language=_language(asked.language),
            words=asked.words,
            colour=asked.colour or stamp.COLOURS[0],
            drawing=asked.drawing or stamp.DRAWINGS[0],
        )
    )
    return Response(drawn, mimetype="image/jpeg")


@booth.post("/visits")
def open_visit() -> ResponseReturnValue:
    """Begin a visit: the guest has agreed."""
    asked = msgspec.json.decode(request.get_data(), type=Asked)
    return opened(current.booth().visits.open(_plan(asked)))


def opened(visit: Visit) -> ResponseReturnValue:
    """Say where the camera's screen finds the visit that has begun."""
    preview = url_for("booth.preview", visit=visit.id)
    told = {"visit": visit.id, "retakes": RETAKES, "preview": preview}
    return {**told, "photo": visit.overlay.proportion}, 201


@booth.get("/visits/<visit>/preview")
def preview(visit: str) -> ResponseReturnValue:
    """Stream what the camera sees to the one screen whose visit it is."""
    frames = current.booth().visits.preview(visit)
    return Response(
        _multipart(frames), mimetype="multipart/x-mixed-replace; boundary=frame"
    )


@booth.post("/visits/<visit>/pose")
def pose(visit: str) -> ResponseReturnValue:
    """Note the touch that starts the countdown."""
    current.booth().visits.pose(visit)
    return "", 204


@booth.post("/visits/<visit>/shoot")
def shoot(visit: str) -> ResponseReturnValue:
    """Take the photo, or draw the card without a face."""
    return _draft(current.booth().visits.shoot(visit))


@booth.post("/visits/<visit>/words")
def reword(visit: str) -> ResponseReturnValue:
    """Put other words on the draft."""
    asked = msgspec.json.decode(request.get_data(), type=Reworded)
    return _draft(current.booth().visits.reword(visit, asked.words, asked.theme))


@booth.post("/visits/<visit>/faceless")
def make_faceless(visit: str) -> ResponseReturnValue:
    """Go on without a face."""
    asked = msgspec.json.decode(request.get_data(), type=Colours)
    colour = asked.colour or stamp.COLOURS[0]
    drawing = asked.drawing or stamp.DRAWINGS[0]
    current.booth().visits.make_faceless(visit, colour, drawing)
    return "", 204


@booth.get("/visits/<visit>/draft/<int:number>.jpg")
def draft(visit: str, number: int) -> ResponseReturnValue:
    """Send the draft as the guest may see it; the number only keeps pages apart."""
    del number
    return Response(current.booth().visits.draft(visit), mimetype="image/jpeg")


@booth.post("/visits/<visit>/keep")
def keep(visit: str) -> ResponseReturnValue:
    """Keep the draft the guest has just seen."""
    return _kept(visit, current.booth().visits.keep(visit)), 201


@booth.get("/visits/<visit>/qr.svg")
def qr(visit: str) -> ResponseReturnValue:
    """Send the code of what this visit kept."""
    pledge = current.booth().visits.kept(visit)
    link = current.booth().house.link(pledge.token)
    return Response(stamp.qr_svg(link), mimetype="image/svg+xml")


@booth.get("/visits/<visit>/card.jpg")
def card(visit: str) -> ResponseReturnValue:
    """Send the card that this visit kept, in small and without its code."""
    pledge = current.booth().visits.kept(visit)
    thumb = current.booth().house.album.path(pledge.place, "thumb.jpg")
    return Response(thumb.read_bytes(), mimetype="image/jpeg")


@booth.get("/visits/<visit>/light")
def light(visit: str) -> ResponseReturnValue:
    """Tell whether what this visit kept hangs, and when it stands in the light.

    Nothing hangs where no wall for it listens, is blank, or shows words alone. `asked`
    is why another photo would be better, if a volunteer asks for one; a screen that is
    `covered` says so, and hears of none.
    """
    pledge = current.booth().visits.kept(visit)
    hall, screens = current.booth().hall, current.front().screens
    is_hanging = pledge.is_on_wall and hall.shows_photos and screens.show(pledge)
    starts, ends = hall.light(pledge.id) if is_hanging else (None, None)
    asked = current.booth().retakes.hear(pledge, is_covered="covered" in request.args)
    told = {"is_hanging": is_hanging, "starts": starts, "ends": ends}
    return {**told, "asked": asked}


@booth.post("/visits/<visit>/end")
def end(visit: str) -> ResponseReturnValue:
    """Let go of the visit."""
    current.booth().visits.end(visit)
    return "", 204


def _plan(asked: Asked) -> Plan:
    event = current.booth().house.event
    return Plan(
        language=_language(asked.language),
        words=asked.words,
        theme=asked.theme,
        consent=Consent(
            people=asked.people,
            age=asked.age,
            guardian=asked.guardian,
            confirmed_by=None,
            scopes=frozenset(asked.scopes),
            version=event.consent_version,
        ),
        has_face=asked.face,
        colour=asked.colour or stamp.COLOURS[0],
        drawing=asked.drawing or stamp.DRAWINGS[0],
    )


def _language(asked: str) -> str:
    """Return a language of the event: the one asked for, else its first."""
    languages = current.booth().house.event.languages
    return asked if asked in languages else languages[0]


def _draft(visit: Visit) -> ResponseReturnValue:
    address = url_for("booth.draft", visit=visit.id, number=visit.drafts)
    told = {"draft": address, "retakes": visit.retakes, "fault": visit.fault}
    return {**told, "photo": visit.overlay.proportion}, 201


def _kept(visit: str, pledge: Pledge) -> dict[str, object]:
    return {
        "code": pledge.code,
        "number": pledge.number,
        "qr": url_for("booth.qr", visit=visit),
        "card": url_for("booth.card", visit=visit),
        "practice": current.front().public_port is not None,
    }


def _multipart(frames: Iterator[bytes]) -> Iterator[bytes]:
    for jpeg in frames:
        length = str(len(jpeg)).encode()
        head = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: "
        yield head + length + b"\r\n\r\n" + jpeg + b"\r\n"

"""The application that serves one booth: its screens, its guards, its headers."""

from pathlib import Path

from flask import Flask, Response, request

from kiosk import words
from kiosk.web import assets, current, errors, roles
from kiosk.web.booth import booth
from kiosk.web.current import Front
from kiosk.web.door import door
from kiosk.web.gallery import gallery
from kiosk.web.hung import hung
from kiosk.web.moderation import moderation
from kiosk.web.page import page
from kiosk.web.practice import practice
from kiosk.web.retake import retake
from kiosk.web.status import status
from kiosk.web.wall import wall

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
LARGEST = 64 * 1024  # bytes of a request's body

SCREENS = (
    booth,
    retake,
    moderation,
    hung,
    practice,
    wall,
    gallery,
    status,
    door,
    page,
)

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def create_app(front: Front) -> Flask:
    """Make the application that serves one booth."""
    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.extensions["pledgebooth"] = front
    app.context_processor(_spoken)
    app.after_request(_guarded)
    for part in (assets, roles, errors):
        part.init_app(app)
    for screen in SCREENS:
        app.register_blueprint(screen)
    return app


def _spoken() -> dict[str, object]:
    event = current.booth().house.event
    return {"event": event, **words.speech(current.language())}


def _guarded(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.endpoint != "asset":
        answer.headers["Cache-Control"] = "no-store"
    return answer

"""What this request is about: which booth, which listener, whose session."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request

from kiosk import words
from kiosk.store import devices
from kiosk.store.devices import Session
from kiosk.words import _

if TYPE_CHECKING:
    from kiosk.booth import Booth
    from kiosk.web.locks import Locks
    from kiosk.web.screens import Screens

COOKIE = "pledgebooth"
CALLED: Mapping[str, str] = {
    "volunteer": _("Volunteer {number}"),
    "wall": _("Wall {number}"),
    "booth": _("Booth {number}"),
    "operator": _("Operator {number}"),
}
"""What a device of each role is called that has no name of its own."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})


@dataclass(frozen=True, slots=True)
class Front:
    """What the screens need besides the booth.

    `base` is where staff find it; `public_port` is None when there is no public
    listener; `pin` is a hash.
    """

    booth: "Booth"
    base: str
    public_port: int | None
    pin: str
    locks: "Locks"
    screens: "Screens"


def front() -> Front:
    """Return the front of the house this application serves."""
    return cast(Front, current_app.extensions["pledgebooth"])


def booth() -> "Booth":
    """Return the booth behind the screens."""
    return front().booth


def is_public() -> bool:
    """Say whether the request came in by the listener for guests' phones.

    The port is the listener's own, whatever a Host header claims.
    """
    port = front().public_port
    return port is not None and request.environ.get("SERVER_PORT") == str(port)


def is_loopback() -> bool:
    """Say whether the request comes from this very machine; no header is believed."""
    return request.environ.get("REMOTE_ADDR") in LOOPBACK


def session() -> Session | None:
    """Return the session of this request's cookie, looked up once."""
    if "session" not in g:
        g.session = _session()
    return cast("Session | None", g.session)


def device() -> str:
    """Return who is guessing: the device when it is known, else its address."""
    known = session()
    return known.id if known else str(request.environ.get("REMOTE_ADDR"))


def called(device: Session) -> str:
    """Return what a paired device is called, in the language to answer in."""
    return device.name or say(CALLED[device.role], number=device.number)


def language() -> str:
    """Return the language to answer in: asked for, else the browser's, else ours."""
    languages = booth().house.event.languages
    asked = request.cookies.get("language")
    if asked in languages:
        return str(asked)
    return request.accept_languages.best_match(languages) or languages[0]


def say(message: str, **values: object) -> str:
    """Say an English sentence in the language to answer in."""
    return words.translate(language(), message, **values)


def number(value: int) -> str:
    """Write a number as the readers of that language do."""
    return words.number(language(), value)


def now() -> float:
    """Return the seconds since 1970."""
    return time.time()


def _session() -> Session | None:
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return None

    with booth().house.database.reading() as db:
        known = devices.session(db, cookie)
    if known:
        front().screens.see(known.id)
    return known

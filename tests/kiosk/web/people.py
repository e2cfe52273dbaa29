"""Whoever asks the booth something: this machine, tablets, strangers, phones."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from kiosk.store import devices
from kiosk.web.current import COOKIE, Front
from kiosk.web.roles import Role

STAFF, PUBLIC = 8000, 8001
HERE = "127.0.0.1"
ON_THE_NETWORK = "192.0.2.9"
PIN = "271828"
OWN = f"http://{HERE}:{STAFF}"

ASKED: Mapping[str, object] = {
    "language": "vi",
    "words": "Mình sẽ lắng nghe, không phán xét.",
    "theme": "listen",
    "people": 1,
    "age": "18+",
    "face": False,
    "scopes": ["wall"],
    "colour": "violet",
    "drawing": "hands",
    "guardian": False,
}
"""What the booth's screen sends when a guest agrees to a card without a face."""


class Device:
    """One device with its own cookies; by default this very machine."""

    def __init__(self, app: Flask, address: str = HERE, port: int = STAFF) -> None:
        self._client = app.test_client()
        self.app = app
        self.address = address
        self.port = port
        self.headers: dict[str, str] = {}

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, **environ: object
    ) -> TestResponse:
        return self.send("GET", path, b"", headers, **environ)

    def post(
        self,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        **environ: object,
    ) -> TestResponse:
        """Write as our own pages do: JSON, with their Origin."""
        data = b"" if body is None else json.dumps(body).encode()
        return self.send("POST", path, data, headers, **environ)

    def send(
        self,
        method: str,
        path: str,
        data: bytes,
        headers: Mapping[str, str] | None = None,
        **environ: object,
    ) -> TestResponse:
        """Ask; a header that is empty is not sent."""
        own = {"Origin": OWN, "Content-Type": "application/json"} | self.headers
        sent = own | dict(headers or {})
        return self._client.open(
            path,
            buffered=not path.endswith("/preview"),
            method=method,
            data=data,
            headers={name: value for name, value in sent.items() if value},
            base_url=f"http://{HERE}:{self.port}",
            environ_overrides={"REMOTE_ADDR": self.address, **environ},
        )

    @property
    def cookie(self) -> str:
        """The session this device carries, as a header says it."""
        carried = self._client.get_cookie(COOKIE, domain=HERE)
        return f"{COOKIE}={carried.value}" if carried else ""

    def choose(self, language: str) -> None:
        """Touch a language at the screen."""
        self._client.set_cookie("language", language, domain=HERE)

    def carry(self, cookie: str) -> None:
        """Take a session's cookie along."""
        self._client.set_cookie(COOKIE, cookie, domain=HERE)


def a_stranger(app: Flask) -> Device:
    """Be anyone on the staff's network."""
    return Device(app, ON_THE_NETWORK)


def a_phone(app: Flask) -> Device:
    """Be a guest's phone, at the listener for phones."""
    return Device(app, ON_THE_NETWORK, PUBLIC)


def a_device(app: Flask, role: Role) -> Device:
    """Be a device with this role and no other, but for a stranger's."""
    if role is Role.ATTENDEE:
        return a_phone(app)

    device = a_stranger(app)
    if role is not Role.STRANGER:
        device.carry(a_session(front_of(app), role))
    return device


def a_session(front: Front, role: Role) -> str:
    """Sign a device in and return its cookie."""
    awake = Role.VOLUNTEER if role is Role.ASLEEP else role
    with front.booth.house.database.transaction() as db:
        event = front.booth.house.event.slug
        cookie = devices.sign_in(db, awake, 0.0, event=event)
        session = devices.session(db, cookie)
        assert session
        if role is Role.ASLEEP:
            devices.put_to_sleep(db, session.id, 0.0, who=session.id)
    return cookie


def a_link(front: Front, role: Role, made: float) -> str:
    """Make a one-time code at that second."""
    with front.booth.house.database.transaction() as db:
        return devices.new_link(db, role, made)


def front_of(app: Flask) -> Front:
    """Return the front that an application serves."""
    front: Front = app.extensions["pledgebooth"]
    return front


def agreed(guest: Device, **changes: object) -> str:
    """Agree, and return the visit's address."""
    answer = guest.post("/visits", {**ASKED, **changes})
    assert answer.status_code == 201, answer.text
    return f"/visits/{answer.json['visit']}"  # type: ignore[index]  # 201 is JSON


def drawn(guest: Device, **changes: object) -> str:
    """Go to the draft of a card without a face; return the visit's address."""
    visit = agreed(guest, **changes)
    assert guest.post(f"{visit}/shoot").status_code == 201
    return visit


def told(answer: TestResponse) -> dict[str, Any]:
    """Return what an answer says, as JSON."""
    said = answer.get_json()
    assert isinstance(said, dict), answer.text
    return said


def heard(answer: TestResponse) -> str:
    """Return every letter of an answer, as its reader would see it."""
    if answer.is_json:
        return json.dumps(answer.get_json(), ensure_ascii=False)
    return answer.text

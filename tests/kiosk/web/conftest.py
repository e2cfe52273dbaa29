"""A whole night in this process: the real application over a folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from werkzeug.security import generate_password_hash

from kiosk.booth import Booth
from kiosk.config import Config
from kiosk.web.current import Front
from kiosk.web.listening import Listening
from kiosk.web.night import Night, open_night
from kiosk.web.roles import Role
from tests.kiosk.web.people import (
    HERE,
    PIN,
    PUBLIC,
    STAFF,
    Device,
    a_device,
    a_phone,
    a_stranger,
    front_of,
)
from tests.night import ADDRESS, EVENT, a_camera
from tests.waiting import eventually


@pytest.fixture
def listening(tmp_path: Path) -> Listening:
    """Say where a night is served; nobody listens there."""
    return Listening(
        config=Config(camera=a_camera()),
        event=EVENT,
        data=tmp_path / "data",
        staff=(HERE, STAFF),
        public=(HERE, PUBLIC),
        address=ADDRESS,
        pin=generate_password_hash(PIN, "pbkdf2:sha256:1"),
    )


@pytest.fixture
def night(listening: Listening) -> Iterator[Night]:
    """Open a night whose camera rests and whose jobs have not begun."""
    listening.data.mkdir()
    night = open_night(listening)
    yield night
    night.database.close()


@pytest.fixture
def app(night: Night) -> Flask:
    """Return the application, behind its guard and with its sockets."""
    return cast(Flask, night.app)


@pytest.fixture
def front(app: Flask) -> Front:
    """Return what the screens stand on."""
    return front_of(app)


@pytest.fixture
def booth(front: Front) -> Booth:
    """Return the booth behind the screens."""
    return front.booth


@pytest.fixture
def filming(night: Night, booth: Booth) -> Iterator[Booth]:
    """Let the test card run."""
    night.lens.start()
    eventually(lambda: night.lens.health.is_live)
    yield booth
    night.lens.stop()


@pytest.fixture
def here(app: Flask) -> Device:
    """Be this very machine: the booth's screen, and the wall's."""
    return Device(app)


@pytest.fixture
def volunteer(app: Flask) -> Device:
    """Be a volunteer's tablet, awake, on the staff's network."""
    return a_device(app, Role.VOLUNTEER)


@pytest.fixture
def operator(app: Flask) -> Device:
    """Be the operator's computer."""
    return a_device(app, Role.OPERATOR)


@pytest.fixture
def stranger(app: Flask) -> Device:
    """Be anyone on the staff's network."""
    return a_stranger(app)


@pytest.fixture
def phone(app: Flask) -> Device:
    """Be a guest's phone."""
    return a_phone(app)

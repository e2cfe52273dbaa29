"""The only module that knows the socket: it says that there is news, and what."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event, Lock

from flask import Flask, request
from flask_socketio import SocketIO, join_room

from kiosk.store import feed
from kiosk.web import current
from kiosk.web.news import QUEUE, WALL, View, news
from kiosk.web.roles import SCREENS, roles

log = logging.getLogger(__name__)

LOOK = 0.25  # seconds between two looks for what other processes committed
ALIVE = 25.0  # seconds a screen may be silent and still count
VIEWS: Mapping[str, View] = {"wall": WALL, "moderation": QUEUE}


@dataclass(slots=True)
class Screens:
    """The screens that listen: what each is, and when it was last heard."""

    _lock: Lock = field(default_factory=Lock)
    _heard: dict[str, tuple[str, str, float]] = field(default_factory=dict)

    def hear(self, sid: str, screen: str, language: str) -> None:
        """Note a sign of life."""
        with self._lock:
            self._heard[sid] = (screen, language, time.monotonic())

    def again(self, sid: str) -> None:
        """Note another sign of life."""
        with self._lock:
            if sid in self._heard:
                screen, language, _ = self._heard[sid]
                self._heard[sid] = (screen, language, time.monotonic())

    def forget(self, sid: str) -> None:
        """Note that a screen has gone."""
        with self._lock:
            self._heard.pop(sid, None)

    def rooms(self) -> set[tuple[str, str]]:
        """Return the kinds of screen and their languages that listen now."""
        with self._lock:
            return {(screen, language) for screen, language, _ in self._heard.values()}

    def count(self, screen: str) -> int:
        """Count the screens of a kind that are alive."""
        since = time.monotonic() - ALIVE
        with self._lock:
            heard = self._heard.values()
            return sum(kind == screen and at > since for kind, _, at in heard)


class Live:
    """The sockets of one application, and the job that feeds them."""

    name = "live"

    def __init__(self, app: Flask, screens: Screens, origins: list[str]) -> None:
        """Serve sockets to pages of these origins."""
        self.screens = screens
        self._app = app
        self._wake = Event()
        self._socket = SocketIO(
            app,
            async_mode="threading",
            cors_allowed_origins=origins,
            max_http_buffer_size=64_000,
            serve_client=False,
            ping_interval=10,
            ping_timeout=10,
        )
        self._socket.on_event("connect", self._connect)
        self._socket.on_event("disconnect", self._disconnect)
        self._socket.on_event("alive", self._alive)

    def notice(self) -> None:
        """Look at the feed now; a signal only wakes, the feed decides what is sent."""
        self._wake.set()

    def run(self, stop: Event) -> None:
        """Send what follows the last entry sent, to each kind of screen."""
        with self._app.test_request_context():
            cursors: dict[tuple[str, str], str] = {}
            while not stop.is_set():
                with current.booth().house.database.reading() as db:
                    head = feed.now(db).cursor
                for room in self.screens.rooms():
                    after = cursors.setdefault(room, head)
                    cursors[room] = self._send(room, after, head)
                self._wake.wait(LOOK)
                self._wake.clear()

    def _send(self, room: tuple[str, str], after: str, head: str) -> str:
        screen, language = room
        if after == head or screen not in VIEWS:
            return head

        told = news(VIEWS[screen], after, language)
        self._socket.emit("news", told, to=_name(room))
        return str(told["cursor"])

    def _connect(self, auth: object = None) -> bool:
        screen = auth.get("screen") if isinstance(auth, dict) else None
        if not isinstance(screen, str) or SCREENS.get(screen) not in roles():
            return False
        languages = current.booth().house.event.languages
        language = languages[0] if screen == "wall" else current.language()
        join_room(_name((screen, language)))
        self.screens.hear(_sid(), screen, language)
        return True

    def _disconnect(self, _reason: object = None) -> None:
        self.screens.forget(_sid())

    def _alive(self, _nothing: object = None) -> None:
        self.screens.again(_sid())


def _name(room: tuple[str, str]) -> str:
    return ":".join(room)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it

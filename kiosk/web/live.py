"""The only module that knows the socket: it says that there is news, and what."""

from collections.abc import Iterable
from threading import Event, Lock

from flask import Flask, request
from flask_socketio import SocketIO

from kiosk.store import devices, feed
from kiosk.store.audit import ITSELF
from kiosk.store.filters import EVERYTHING, Filter
from kiosk.web import current
from kiosk.web.news import QUEUE, View, news, wall
from kiosk.web.roles import SCREENS, roles
from kiosk.web.screens import Listener, Screens
from kiosk.web.wire import framed, wire_of, write

DROPPED = 330.0  # seconds of silence after which a tablet has to be woken
LOOK = 0.25  # seconds between two looks for what other processes committed


class Live:
    """The sockets of one application, and the job that feeds them."""

    name = "live"

    def __init__(self, app: Flask, screens: Screens, origins: list[str]) -> None:
        """Serve sockets to pages of these origins."""
        self.screens = screens
        self._app = app
        self._wake = Event()
        self._one_by_one = Lock()
        self._must_share = Event()
        self._cursors: dict[str, str] = {}  # by room: what it was sent last
        self._socket = SocketIO(
            app,
            async_mode="threading",
            transports=["websocket"],  # a malformed poll would hold a thread for good
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

    def share_out(self) -> None:
        """Let the volunteers' screens ask now what they may look at."""
        self._must_share.set()
        self._wake.set()

    def run(self, stop: Event) -> None:
        """Send what follows the last entry sent, to each kind of screen."""
        with self._app.test_request_context():
            while not stop.is_set():
                self._turn(self._cursors)
                self._wake.wait(LOOK)
                self._wake.clear()
        for sid in self.screens.sids():
            self._socket.server.disconnect(sid)

    def _turn(self, cursors: dict[str, str]) -> None:
        with current.booth().house.database.reading() as db:
            head, awake = feed.now(db).cursor, devices.awake(db)
        for sid in self.screens.asleep(awake):
            # Signing out does not reach an open socket by itself.
            self._socket.server.disconnect(sid)
            self.screens.forget(sid)
        current.booth().leases.tidy(awake)
        rooms = {each.room: each for each in self.screens.listeners()}
        for listener in rooms.values():
            after = cursors.setdefault(listener.room, head)
            cursors[listener.room] = self._send(listener, after, head)
        self._share_out(rooms.values())
        self._rest_tablets()  # last: a disk that takes no more holds up no removal

    def _rest_tablets(self) -> None:
        """Put to sleep the tablets whose page went without a word, minutes ago.

        A page that is open rests by itself; a tab that the tablet dropped cannot.
        """
        with current.booth().house.database.reading() as db:
            silent = self.screens.silent(devices.tablets(db), DROPPED)
        if silent:
            with current.booth().house.database.transaction() as db:
                for each in silent:
                    devices.put_to_sleep(db, each, current.now(), who=ITSELF)

    def _share_out(self, rooms: Iterable[Listener]) -> None:
        if not self._must_share.is_set():
            return

        self._must_share.clear()  # first: what is said from now on is another time
        for each in rooms:
            if each.screen == "moderation":
                self._tell(each.room, "leases", {})

    def _send(self, listener: Listener, after: str, head: str) -> str:
        view = _view(listener)
        if after == head or view is None:
            return head

        told = news(view, after, listener.language)
        self._tell(listener.room, "news", told)
        return str(told["cursor"])

    def _tell(self, room: str, event: str, told: object) -> None:
        frame = framed(event, told)
        for sid, listener in self.screens.within(room):
            if not (listener.wire and write(listener.wire, frame)):
                self.screens.leave_alone(sid)
                self._socket.emit(event, told, to=sid)

    def _connect(self, auth: object = None) -> bool:
        screen = auth.get("screen") if isinstance(auth, dict) else None
        if not isinstance(screen, str) or SCREENS.get(screen) not in roles():
            return False
        languages = current.booth().house.event.languages
        session = current.session()
        listener = Listener(
            screen=screen,
            language=languages[0] if screen == "wall" else current.language(),
            session=session.id if session and session.role == SCREENS[screen] else None,
            only=_only(auth) if screen == "wall" else EVERYTHING,
            wire=wire_of(request.environ),
        )
        with self._one_by_one, current.booth().house.database.reading() as db:
            # The first of its kind is told what comes from this very moment on: the
            # next turn may be a quarter of a second away.
            if listener.room not in {each.room for each in self.screens.listeners()}:
                self._cursors[listener.room] = feed.now(db).cursor
            self.screens.hear(_sid(), listener)
        return True

    def _disconnect(self, *_said: object) -> None:
        self.screens.forget(_sid())

    def _alive(self, *_said: object) -> None:
        self.screens.again(_sid())


def _view(listener: Listener) -> View | None:
    if listener.screen == "wall":
        return wall(listener.only)
    return QUEUE if listener.screen == "moderation" else None


def _only(auth: object) -> Filter:
    query = auth.get("only") if isinstance(auth, dict) else None
    return Filter.of(query) if isinstance(query, str) else EVERYTHING


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it

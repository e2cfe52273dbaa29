"""Serve the booth: two listeners, one process, its jobs started after the fork."""

import errno
import logging
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Any

from camera.feed import Feed
from kiosk import stamp, words
from kiosk.album import AlbumFull, NotSaved
from kiosk.booth import Booth, open_booth
from kiosk.booth.house import House
from kiosk.booth.recovery import recover
from kiosk.config import Config
from kiosk.config import Event as Occasion
from kiosk.database import Database
from kiosk.events import Events
from kiosk.page import Pages
from kiosk.pledge import Pledge
from kiosk.web import create_app
from kiosk.web.current import Front
from kiosk.web.guard import ANY, Guard, names, network_address
from kiosk.web.live import Live
from kiosk.web.locks import Locks
from kiosk.web.screens import Screens
from kiosk.workers import Job, Workers
from sync.bucket import open_bucket
from sync.uploader import Uploader

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

THREADS = 600  # more than the sockets of a large hall: each holds one
IN_USE = frozenset({errno.EADDRINUSE, errno.EACCES})
GRACE = 2  # seconds; open sockets would hold a restart for 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where this night is served.

    `address` is where links begin; `public` the listener for guests' phones, None
    when the cloud answers them; `pin` is a hash.
    """

    config: Config
    event: Occasion
    data: Path
    staff: tuple[str, int]
    public: tuple[str, int] | None
    address: str
    pin: str

    @property
    def binds(self) -> Sequence[tuple[str, int]]:
        """The addresses to bind, staff first."""
        return [self.staff, *([self.public] if self.public else [])]

    @property
    def base(self) -> str:
        """Where staff find the booth, as they would type it."""
        host, port = self.staff
        name = network_address() if host in ANY else host
        return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"

    @property
    def hosts(self) -> set[str]:
        """The names this machine answers to."""
        return {name for host, _ in self.binds for name in names(host)}


@dataclass(frozen=True, slots=True)
class Night:
    """One process's booth: what answers, and what works behind it."""

    app: "WSGIApplication"
    lens: Feed
    workers: Workers
    database: Database

    def begin(self) -> None:
        """Open the camera and start the jobs."""
        self.lens.start()
        self.workers.start()

    def end(self) -> None:
        """Stop the jobs and let go of camera and database."""
        self.workers.stop()
        self.lens.stop()
        self.database.close()


class WarmUp:
    """Draws once what the first guest would otherwise wait for."""

    name = "warm-up"

    def run(self, stop: Event) -> None:
        """Warm the lettering and end."""
        del stop
        stamp.warm()


def open_night(listening: Listening) -> Night:
    """Open the booth behind its screens, recovering what a power cut left."""
    booth = open_booth(
        listening.config, listening.event, listening.data, listening.address
    )
    house = booth.house
    if back := recover(house.album, house.database):
        log.warning("%d photos came back from the album; they wait.", back)
    pages = Pages(listening.event, words.translate)
    _publish_soon(booth, pages)
    public_port = listening.public[1] if listening.public else None
    front = Front(
        booth=booth,
        pages=pages,
        public_port=public_port,
        pin=listening.pin,
        locks=Locks(),
        screens=Screens(),
    )
    app = create_app(front)
    live = Live(app, front.screens, _origins(listening))
    uploader = _uploader(listening, house)
    _tell(house.events, live, uploader)
    uploaders = [uploader] * listening.config.cloud.threads
    rooms: list[Job] = [booth.visits, booth.desk, booth.darkroom]
    jobs: list[Job] = [WarmUp(), live, *rooms, *uploaders]
    app.wsgi_app = Guard(app.wsgi_app, listening.hosts, public_port)  # type: ignore[method-assign]  # Flask's own way in
    return Night(app, house.lens, Workers(jobs), house.database)


def _publish_soon(booth: Booth, pages: Pages) -> None:
    try:
        booth.desk.publish_soon(pages.soon())
    except (AlbumFull, NotSaved) as error:
        log.warning('The page "on its way" is not in the bucket: %s', error)


def _tell(events: Events, live: Live, uploader: Uploader) -> None:
    def news(_pledge: Pledge) -> None:
        live.notice()
        uploader.wake()

    events.kept.connect(news, weak=False)
    events.decided.connect(news, weak=False)


def _uploader(listening: Listening, house: House) -> Uploader:
    return Uploader(
        partial(open_bucket, listening.config.cloud, listening.data / "bucket"),
        house.database.transaction,
        house.album.root,
    )


def _origins(listening: Listening) -> list[str]:
    port = listening.staff[1]
    hosts = {"127.0.0.1", "localhost", *map(str.lower, names(listening.staff[0]))}
    return [f"http://{host}:{port}" for host in sorted(hosts)]


def serve(listening: Listening) -> None:
    """Serve until the operator stops it."""
    if sys.platform == "win32":
        _serve_simply(listening)
    else:
        _serve_with_gunicorn(listening)


def _serve_with_gunicorn(listening: Listening) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in _gunicorn_settings(listening).items():
                self.cfg.set(name, value)

        def load(self) -> "WSGIApplication":
            night = open_night(listening)
            night.begin()
            _end_with(night)
            print("Ready.", flush=True)  # noqa: T201  # to the operator
            self.cfg.set("worker_exit", lambda _server, _worker: night.end())
            return night.app

    Server().run()


def _end_with(night: Night) -> None:
    """Let the jobs hear of the end first: open sockets would hold the server."""
    served = signal.getsignal(signal.SIGTERM)

    def end(number: int, frame: FrameType | None) -> None:
        night.workers.ask_to_stop()
        if callable(served):
            served(number, frame)

    signal.signal(signal.SIGTERM, end)


def _gunicorn_settings(listening: Listening) -> dict[str, Any]:
    return {
        "bind": [_bind(host, port) for host, port in listening.binds],
        "worker_class": "gthread",
        "workers": 1,
        "threads": THREADS,
        "worker_connections": THREADS + 100,
        "graceful_timeout": GRACE,
        "control_socket_disable": True,
        "loglevel": "warning",
        "proc_name": "pledgebooth",
    }


def _serve_simply(listening: Listening) -> None:
    """Serve where gunicorn does not run, and in tests."""
    from threading import Thread

    from werkzeug.serving import make_server

    night = open_night(listening)
    servers = [
        make_server(host, port, night.app, threaded=True)
        for host, port in listening.binds
    ]
    night.begin()
    print("Ready.", flush=True)  # noqa: T201  # to the operator
    for server in servers[1:]:
        Thread(target=server.serve_forever, daemon=True).start()
    try:
        servers[0].serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        night.end()


def _bind(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def free_port(host: str, port: int, taken: int = 0) -> int:
    """Return `port`, or the next one but `taken` that nobody listens on.

    Raises:
        OSError: the host is not this machine's, or no port is left.
    """
    for tried in range(port, min(port + 100, 65536)):
        if tried != taken and _is_free(host, tried):
            return tried
    raise OSError(errno.EADDRINUSE, f"no port is free from {port} on")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            return True
    except OSError as error:
        if error.errno in IN_USE:
            return False
        raise

"""Serve the booth: two listeners, one process, its jobs started after the fork."""

import gc
import logging
import os
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from kiosk.config import Config, Event
from kiosk.web.guard import ALWAYS, ANY, names, network_address
from kiosk.web.tls import Tls

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from kiosk.web.night import Night

THREADS = 600  # more than the sockets of a large hall: each holds one
GRACE = 2  # seconds; open sockets would hold a restart for 30
TURN = 0.0005  # seconds a thread computes while others wait; Python's 0.005 is a frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where this night is served.

    `address` is where links begin; `public` the listener for guests' phones, None
    when the cloud answers them; `pin` is a hash; `tls` is None for plain HTTP.
    """

    config: Config
    event: Event
    data: Path
    staff: tuple[str, int]
    public: tuple[str, int] | None
    address: str
    pin: str
    tls: Tls | None = None

    @property
    def scheme(self) -> str:
        """How staff's addresses begin."""
        return "https" if self.tls else "http"

    @property
    def public_port(self) -> int | None:
        """The port of the listener for guests' phones, when there is one."""
        return self.public[1] if self.public else None

    @property
    def binds(self) -> list[str]:
        """The addresses to bind; the booth's own screen always finds this computer."""
        host, port = self.staff
        return [_authority(each, port) for each in staff_hosts(host)]

    @property
    def here(self) -> str:
        """Where the booth's own screen finds it, on this computer."""
        host, port = self.staff
        name = "::1" if host in ("::", "::1") else "127.0.0.1"
        return f"{self.scheme}://{_authority(name, port)}"

    @property
    def base(self) -> str:
        """Where staff find it, as they would type it."""
        host, port = self.staff
        name = network_address() if host in ANY else host
        return f"{self.scheme}://{_authority(name, port)}"

    @property
    def hosts(self) -> set[str]:
        """The names this machine answers to."""
        public = names(self.public[0]) if self.public else set()
        return names(self.staff[0]) | public


def staff_hosts(host: str) -> list[str]:
    """Name what to listen on for staff: this computer is always among it."""
    return [host] if host in ANY | ALWAYS else ["127.0.0.1", host]


def listen_on(host: str, port: int) -> socket.socket:
    """Listen at an address.

    Raises:
        OSError: it is in use, or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def serve(listening: Listening) -> None:
    """Serve until the operator stops it.

    Raises:
        OSError: the public address is in use.
    """
    phones = listen_on(*listening.public) if listening.public else None
    if sys.platform == "win32":
        _serve_simply(listening, phones)
    else:
        _serve_with_gunicorn(listening, phones)


def _serve_with_gunicorn(listening: Listening, phones: socket.socket | None) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in _gunicorn_settings(listening).items():
                self.cfg.set(name, value)

        def load(self) -> "WSGIApplication":
            night = _open(listening, phones)
            _end_with(night)
            self.cfg.set("worker_exit", lambda _server, _worker: _leave(night))
            return night.app

    Server().run()


def _open(listening: Listening, phones: socket.socket | None) -> "Night":
    # Only here: the process that watches this one needs no camera and no lettering.
    from kiosk.web.night import open_night

    night = open_night(listening, phones)
    night.begin()
    _be_prompt()
    print("Ready.", flush=True)  # noqa: T201  # to the operator
    return night


def _be_prompt() -> None:
    """Let no thread hold up the others: news for the hall waits for each of them.

    What was loaded until now stays; to look through it for garbage, again and again,
    stops every thread for tens of milliseconds.
    """
    sys.setswitchinterval(TURN)
    gc.freeze()


def _leave(night: "Night") -> None:
    """End the night, and this process with it.

    Python would end threads that are inside OpenCV, which aborts the process then.
    """
    night.end()
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)


def _end_with(night: "Night") -> None:
    """Let the jobs hear of the end first: open sockets would hold the server."""
    served = signal.getsignal(signal.SIGTERM)

    def end(number: int, frame: FrameType | None) -> None:
        night.workers.ask_to_stop()
        if callable(served):
            served(number, frame)

    signal.signal(signal.SIGTERM, end)


def _gunicorn_settings(listening: Listening) -> dict[str, Any]:
    tls = listening.tls
    return {
        "bind": listening.binds,
        "certfile": str(tls.certificate) if tls else None,
        "keyfile": str(tls.key) if tls else None,
        "worker_class": "gthread",
        "workers": 1,
        "threads": THREADS,
        "worker_connections": THREADS + 100,
        "graceful_timeout": GRACE,
        "control_socket_disable": True,
        "loglevel": "warning",
        "proc_name": "pledgebooth",
    }


def _serve_simply(listening: Listening, phones: socket.socket | None) -> None:
    """Serve where gunicorn does not run."""
    from threading import Thread

    from werkzeug.serving import make_server

    night = _open(listening, phones)
    host, port = listening.staff
    tls = listening.tls
    files = (str(tls.certificate), str(tls.key)) if tls else None
    first, *others = (
        make_server(each, port, night.app, threaded=True, ssl_context=files)
        for each in staff_hosts(host)
    )
    for each in others:
        Thread(target=each.serve_forever, daemon=True).start()
    try:
        first.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        night.end()


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

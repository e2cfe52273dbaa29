"""Serve the booth: two listeners, one process, its jobs started after the fork."""

import gc
import logging
import os
import signal
import socket
import sys
from types import FrameType
from typing import TYPE_CHECKING, Any

from kiosk.web.listening import Listening, listen_on, staff_hosts

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from kiosk.web.night import Night

THREADS = 600  # more than the sockets of a large hall: each holds one
GRACE = 2  # seconds; open sockets would hold a restart for 30
TURN = 0.0005  # seconds a thread computes while others wait; Python's 0.005 is a frame


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

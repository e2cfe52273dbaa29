"""The listener for guests' phones: its own few threads, so that it can stall nobody."""

import socket
import time
from collections.abc import Iterable
from threading import Event
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

from kiosk.web.app import LARGEST

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 4
MOST_CONNECTIONS = 200
SILENCE = 5  # seconds until a phone that says nothing more is let go
SLOWEST = 120.0  # seconds more that an answer may take to arrive
LONGEST = 15.0  # seconds until any line is: some say a letter at a time
LARGEST_HEAD = 16 * 1024  # bytes
TURN = 0.25  # seconds


class Phones:
    """The job that answers on the public address."""

    name = "phones"

    def __init__(self, app: "WSGIApplication", listening: socket.socket) -> None:
        """Answer with `app` whoever knocks at a socket that is listened on."""
        self._app = app
        self._listening = listening

    def run(self, stop: Event) -> None:
        """Answer phones until stopped."""
        open_: dict[int, Any] = {}
        server = create_server(
            self._app,
            map=open_,
            sockets=[self._listening],
            threads=THREADS,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=SILENCE,
            cleanup_interval=1,
            max_request_header_size=LARGEST_HEAD,
            max_request_body_size=LARGEST,
            log_socket_errors=False,
            ident=None,
        )
        try:
            while not stop.is_set():
                wasyncore.loop(timeout=TURN, map=open_, use_poll=True, count=1)
                _let_go(list(open_.values()), time.time() - LONGEST)
        finally:
            server.task_dispatcher.shutdown(timeout=1)
            wasyncore.close_all(open_)


def _let_go(open_: Iterable[object], since: float) -> None:
    """Hang up on lines begun before `since`, whether or not they read what we say.

    A slow phone may take longer over an answer, which holds no thread; one that asks
    on and reads nothing holds one.
    """
    for each in open_:
        if isinstance(each, HTTPChannel) and each.creation_time < since:
            is_reading = each.total_outbufs_len > 0 and not each.requests
            if not is_reading or each.creation_time < since - SLOWEST:
                each.handle_close()

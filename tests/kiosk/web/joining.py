"""A real socket to an application in this process, as any device on any listener."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.kiosk.web.listening import may_listen
from tests.kiosk.web.people import HERE, OWN, Device

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATH = "/socket.io/?EIO=4&transport=websocket"


class Quiet(WSGIRequestHandler):
    """Serves without a word."""

    def log(self, *_: object) -> None:
        """Say nothing."""


def joins(
    device: Device, auth: object, headers: Mapping[str, str] | None = None
) -> bool:
    """Ask to listen, and say whether the booth lets this device."""
    with served_to(device) as url:
        said = {"Origin": OWN, "Host": HERE, "Cookie": device.cookie}
        sent = {name: value for name, value in said.items() if value}
        return may_listen(url, auth, sent | dict(headers or {}))


@contextmanager
def served_to(device: Device) -> Iterator[str]:
    """Serve the application to this device alone: all that comes, comes from it."""

    def seen(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        environ.update(REMOTE_ADDR=device.address, SERVER_PORT=str(device.port))
        return device.app(environ, start_response)

    server = make_server(HERE, 0, seen, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://{HERE}:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

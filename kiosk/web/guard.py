"""Outermost of all: which names this machine answers to, and what phones may reach."""

import re
import socket
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PUBLIC_PATHS = ("/p/", "/card/")
HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[^:\[\]]*))(?::\d{1,5})?")
ALWAYS = frozenset({"127.0.0.1", "localhost", "::1"})
ANY = frozenset({"0.0.0.0", "::"})  # noqa: S104  # compared with, never bound here


class Guard:
    """Refuse a Host that is not ours, before anything looks at the request."""

    def __init__(
        self, inner: "WSGIApplication", hosts: Iterable[str], public_port: int | None
    ) -> None:
        """Stand before `inner`; `public_port` is the listener for guests' phones."""
        self._inner = inner
        self._hosts = ALWAYS | {host.lower() for host in hosts}
        self._public_port = None if public_port is None else str(public_port)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request, or refuse it."""
        if _name(environ.get("HTTP_HOST", "")) not in self._hosts:
            return _refuse(start_response, "400 Bad Request")
        is_public = environ.get("SERVER_PORT") == self._public_port
        if is_public and not environ.get("PATH_INFO", "").startswith(PUBLIC_PATHS):
            return _refuse(start_response, "404 Not Found")
        return self._inner(environ, start_response)


def names(host: str) -> set[str]:
    """Return the names a listener bound to `host` answers by."""
    if host not in ANY:
        return {host}

    name = socket.gethostname()
    return {name, socket.getfqdn(), f"{name}.local", network_address()}


def is_this_computer(address: str) -> bool:
    """Say whether an address, such as http://127.0.0.1:8000, leads nobody else here."""
    return urlsplit(address).hostname in ALWAYS


def network_address() -> str:
    """Return this machine's address on its network, 127.0.0.1 when there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: for documents; nothing is sent
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _name(host: str) -> str:
    said = HOST.fullmatch(host.lower())
    return (said["v6"] or said["name"]) if said else ""


def _refuse(start_response: Callable[..., Any], status: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return [b""]

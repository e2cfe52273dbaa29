"""Where a night is served: its addresses, and how each of them is reached."""

import socket
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Config, Event
from kiosk.web.guard import ALWAYS, ANY, names, network_address
from kiosk.web.tls import Tls


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


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

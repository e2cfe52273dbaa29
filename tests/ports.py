"""Ports that nobody listens on."""

import random
import socket


def free_ports(count: int) -> list[int]:
    """Choose ports below those that clients are given.

    A client of a server that is down could otherwise be given the server's own port.
    """
    free: list[int] = []
    while len(free) < count:
        port = random.randrange(10_000, 30_000)  # noqa: S311  # no secret
        if port not in free and _is_free(port):
            free.append(port)
    return free


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True

"""A screen's socket, written to from the job that has the news.

The socket's own thread would write the same bytes; to wake five hundred of them, each
for one message, takes longer than to write them all.
"""

import socket
from collections.abc import Mapping
from ssl import SSLSocket

from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from socketio.packet import EVENT, Packet
from wsproto.frame_protocol import FrameProtocol

AT_ONCE = getattr(socket, "MSG_DONTWAIT", None)  # None on Windows
SERVERS = ("gunicorn.socket", "werkzeug.socket")  # where each keeps the socket


def framed(event: str, told: object) -> bytes:
    """Return an event as the bytes that every screen is sent: a frame of RFC 6455."""
    said = Packet(EVENT, data=[event, told]).encode()
    text = EnginePacket(MESSAGE, said).encode()
    return bytes(FrameProtocol(client=False, extensions=[]).send_data(text))


def wire_of(environ: Mapping[str, object]) -> socket.socket | None:
    """Return the socket of a request; None for TLS, which takes one thread.

    None, too, where the system cannot write without waiting.
    """
    if AT_ONCE is None:
        return None

    found = next((environ[each] for each in SERVERS if each in environ), None)
    is_plain = isinstance(found, socket.socket) and not isinstance(found, SSLSocket)
    return found if is_plain else None  # type: ignore[return-value]  # narrowed above


def write(wire: socket.socket, frame: bytes) -> bool:
    """Write a frame if it fits at once; say whether the screen needs no other way.

    Where only a part of it fits the connection is of no use any more: the screen comes
    again, and asks for what it missed.
    """
    try:
        if wire.send(frame, AT_ONCE or 0) < len(frame):
            wire.shutdown(socket.SHUT_RDWR)
    except OSError:  # full, or gone
        return False
    return True

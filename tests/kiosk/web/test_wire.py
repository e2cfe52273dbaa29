"""A screen's socket, written to beside the thread that owns it."""

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from errno import ENOTCONN

import pytest
from wsproto.frame_protocol import FrameProtocol

from kiosk.web import wire
from kiosk.web.wire import framed, wire_of, write

LONGER_THAN_ANY_BUFFER = 1 << 24  # bytes


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Connect the booth's end with a screen's."""
    booth, screen = socket.socketpair()
    screen.settimeout(1)
    with closing(booth), closing(screen):
        yield booth, screen


@pytest.mark.parametrize("words", ["Đứng về phía bạn", "x" * 126, "x" * 70_000])
def test_a_frame_is_the_event_as_a_browser_reads_it(words: str) -> None:
    reader = FrameProtocol(client=True, extensions=[])

    reader.receive_bytes(framed("news", {"words": words}))

    said = "".join(str(each.payload) for each in reader.received_frames())
    assert said.startswith("42")
    assert json.loads(said.removeprefix("42")) == ["news", {"words": words}]


def test_what_is_written_arrives(ends: tuple[socket.socket, socket.socket]) -> None:
    booth, screen = ends

    assert write(booth, b"news")

    assert screen.recv(100) == b"news"


def test_a_screen_that_reads_nothing_is_left_to_its_own_thread(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    booth, screen = ends
    filled = filled_up(booth)

    assert not write(booth, b"news")

    booth.close()
    assert b"".join(iter(lambda: screen.recv(1 << 20), b"")) == b"x" * filled


def test_a_connection_that_took_half_a_frame_is_ended(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    booth, screen = ends

    assert write(booth, b"x" * LONGER_THAN_ANY_BUFFER)

    read = b"".join(iter(lambda: screen.recv(1 << 20), b""))
    assert 0 < len(read) < LONGER_THAN_ANY_BUFFER


def test_a_screen_that_has_gone_is_left_to_its_own_thread(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    booth, _screen = ends
    booth.close()

    assert not write(booth, b"news")


def test_a_connection_that_was_reset_is_left_to_its_own_thread() -> None:
    class Reset(socket.socket):
        def shutdown(self, how: int, /) -> None:
            raise OSError(ENOTCONN, "not connected")

    with socket.socketpair()[0] as one, Reset(fileno=one.detach()) as booth:
        assert not write(booth, b"x" * LONGER_THAN_ANY_BUFFER)


def test_where_a_write_would_wait_no_socket_is_written_to(
    monkeypatch: pytest.MonkeyPatch, ends: tuple[socket.socket, socket.socket]
) -> None:
    monkeypatch.setattr(wire, "AT_ONCE", None)  # as on Windows

    assert wire_of({"gunicorn.socket": ends[0]}) is None


@pytest.mark.parametrize("server", ["gunicorn.socket", "werkzeug.socket"])
def test_a_plain_socket_is_found_and_a_secured_one_left_alone(
    server: str, ends: tuple[socket.socket, socket.socket]
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    with closing(context.wrap_socket(socket.socket())) as secured:
        assert wire_of({server: secured}) is None
    assert wire_of({server: ends[0]}) is ends[0]
    assert wire_of({}) is None


def filled_up(booth: socket.socket) -> int:
    """Write until nothing more fits; return how many bytes did."""
    filled = 0
    while True:
        try:
            filled += booth.send(b"x", socket.MSG_DONTWAIT)
        except BlockingIOError:
            return filled

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.kiosk.web.people import ASKED
from tests.kiosk.web.processes import Caller, Overheard, a_volunteer
from tests.waiting import eventually

MORE_THAN_THE_BOOTH_HAS_THREADS = 750
MORE_THAN_PHONES_MAY_OPEN = 250
AS_MANY_AS_THREADS = 4
HALF = b"GET /p/none HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Overheard]:
    """Serve a booth whose links open on the Wi-Fi."""
    with Overheard(tmp_path) as served:
        yield served


def test_strangers_who_never_finish_asking_cannot_stop_the_booth(
    booth: Overheard,
) -> None:
    with ExitStack() as open_:
        for _ in range(MORE_THAN_THE_BOOTH_HAS_THREADS):
            open_.enter_context(knocks(booth)).sendall(HALF)
        eventually(lambda: not is_answered(booth))

        guest = Caller(booth)
        visit = guest.post("/visits", ASKED).told["visit"]
        guest.post(f"/visits/{visit}/shoot")
        assert guest.post(f"/visits/{visit}/keep").status == 201


def test_a_phone_is_answered_again_when_those_who_said_nothing_are_let_go(
    booth: Overheard,
) -> None:
    with ExitStack() as open_:
        for _ in range(MORE_THAN_PHONES_MAY_OPEN):
            open_.enter_context(knocks(booth))
        eventually(lambda: not is_answered(booth))

        eventually(lambda: is_answered(booth))


def test_a_line_that_says_a_letter_at_a_time_is_let_go(booth: Overheard) -> None:
    with knocks(booth) as line:
        line.sendall(HALF)

        eventually(lambda: is_let_go(line))


def test_phones_that_ask_on_and_read_nothing_are_let_go(booth: Overheard) -> None:
    asks = f"GET /card/{an_open_token(booth)}.jpg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with ExitStack() as open_:
        for _ in range(AS_MANY_AS_THREADS):
            open_.enter_context(knocks(booth)).sendall(100 * asks.encode())
        eventually(lambda: not is_answered(booth))

        eventually(lambda: is_answered(booth))


def test_a_phone_that_sends_too_much_is_told_so(booth: Overheard) -> None:
    with knocks(booth) as line:
        line.sendall(HALF + b"x" * 20_000 + b"\r\n\r\n")

        assert b" 431 " in line.recv(1000).partition(b"\r\n")[0]


def test_phones_are_answered_again_after_the_worker_was_killed(
    booth: Overheard,
) -> None:
    booth.kill_worker()

    eventually(lambda: is_answered(booth))


def an_open_token(booth: Overheard) -> str:
    """Keep and approve one photo, a large card; return the secret of its link."""
    guest, volunteer = Caller(booth), a_volunteer(booth)
    eventually(lambda: bool(guest.get("/booth/camera").told["is_live"]))
    visit = guest.post("/visits", {**ASKED, "face": True}).told["visit"]
    guest.post(f"/visits/{visit}/pose")
    guest.post(f"/visits/{visit}/shoot")
    assert guest.post(f"/visits/{visit}/keep").status == 201
    (entry,) = volunteer.get("/moderation/feed").told["entries"]
    decision = {"decision": "approved", "revision": 1}
    volunteer.post(f"/pledges/{entry['id']}/decision", decision)
    with closing(sqlite3.connect(booth.data / "kiosk.db")) as db:
        return str(db.execute("SELECT token FROM links").fetchone()[0])


def knocks(booth: Overheard, patience: float = 10.0) -> socket.socket:
    """Open a line to the listener for phones."""
    return socket.create_connection(("127.0.0.1", booth.public_port), patience)


def is_let_go(line: socket.socket) -> bool:
    """Say one more letter, and hear whether anybody listens."""
    try:
        line.sendall(b"x")
    except OSError:
        return True
    return False


def is_answered(booth: Overheard) -> bool:
    """Say whether a phone gets its page within two seconds."""
    try:
        with knocks(booth, patience=2.0) as line:
            line.sendall(HALF + b"no\r\n\r\n")
            return line.recv(100).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return False

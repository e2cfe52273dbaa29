import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from http.client import HTTPConnection
from itertools import pairwise

import pytest
import websocket

from kiosk.web.current import COOKIE
from kiosk.web.roles import Role
from tests.kiosk.web.listening import Screen, listens, may_listen
from tests.kiosk.web.people import ASKED
from tests.kiosk.web.processes import Caller, Overheard, a_paired, a_volunteer
from tests.served import ROOT, fetch
from tests.waiting import eventually

WORDS = "Mình sẽ đứng về phía bạn."
TEXT = {"Content-Type": "text/plain;charset=UTF-8"}
SOON = 10.0  # seconds: five times the figure of R7


@pytest.fixture(scope="module")
def booth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Overheard]:
    """Serve one booth for all of these."""
    with Overheard(tmp_path_factory.mktemp("night")) as booth:
        yield booth


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Overheard]:
    """Serve a booth that answers on the network, as for tablets."""
    booth = Overheard(tmp_path_factory.mktemp("abroad"))
    booth.serve_at("0.0.0.0")  # noqa: S104  # what tablets need
    with booth:
        yield booth


@pytest.fixture(scope="module")
def volunteer(booth: Overheard) -> Caller:
    """Be a volunteer's tablet."""
    return a_volunteer(booth)


def test_a_guests_promise_comes_to_the_volunteers_and_not_to_the_wall(
    booth: Overheard, volunteer: Caller
) -> None:
    with (
        listens(booth.url, "moderation", volunteer.headers) as tablet,
        listens(booth.url, "wall") as wall,
    ):
        code = keep(booth)

        (arrived,) = tablet.hears(1)[0]["entries"]
        (counted,) = wall.hears(1)[0]["entries"]

    assert code in arrived["html"]
    assert WORDS in arrived["html"]
    assert set(counted) == {"seq"}


def test_an_approval_comes_to_the_wall_and_a_change_of_mind_takes_it_down(
    booth: Overheard, volunteer: Caller
) -> None:
    with listens(booth.url, "wall") as wall:
        keep(booth)
        pledge = newest(volunteer)
        decide(volunteer, pledge, "approved", 1)
        eventually(lambda: len(entries(wall, pledge)) == 1, SOON)
        decide(volunteer, pledge, "private", 2)
        eventually(lambda: len(entries(wall, pledge)) == 2, SOON)

    hung, taken_down = entries(wall, pledge)
    assert WORDS in str(hung["html"])
    assert taken_down["html"] is None


def test_every_news_says_which_cursor_it_follows(
    booth: Overheard, volunteer: Caller
) -> None:
    with listens(booth.url, "wall") as wall:
        for count in range(1, 4):
            keep(booth)
            wall.hears(count)

        news = wall.news
    for before, after in pairwise(news):
        assert after["after"] == before["cursor"]
        assert not after["reset"]


def test_a_screen_that_was_cut_off_finds_all_it_missed(
    booth: Overheard, volunteer: Caller
) -> None:
    with listens(booth.url, "wall") as wall:
        keep(booth)
        seen = wall.hears(1)[-1]["cursor"]
    keep(booth)
    pledge = newest(volunteer)
    decide(volunteer, pledge, "approved", 1)

    with listens(booth.url, "wall"):
        missed = Caller(booth).get(f"/wall/feed?after={seen}").told

    assert not missed["reset"]
    assert pledge in [each.get("id") for each in missed["entries"]]


def test_a_command_beside_the_server_takes_a_photo_off_the_wall(
    booth: Overheard, volunteer: Caller
) -> None:
    code = keep(booth)
    pledge = newest(volunteer)
    with listens(booth.url, "wall") as wall:
        decide(volunteer, pledge, "approved", 1)
        wall.hears(1)

        config = str(booth.data.parent / "config.toml")
        answer = command(booth, "takedown", *code.split(), "--config", config)

        eventually(
            lambda: {"id": pledge, "html": None} in without_seq(wall, pledge), SOON
        )
    assert answer.returncode == 0, answer.stderr
    assert f"{code}: withdrawn" in answer.stdout
    assert volunteer.get(f"/pictures/{pledge}/thumb.jpg").status == 404
    assert pledge not in volunteer.get("/wall").body.decode()


def test_a_screen_that_goes_to_sleep_hears_no_more(booth: Overheard) -> None:
    leaving, staying = a_volunteer(booth), a_volunteer(booth)
    with (
        listens(booth.url, "moderation", leaving.headers) as asleep,
        listens(booth.url, "moderation", staying.headers) as awake,
    ):
        assert leaving.post("/moderation/leave", {}).status == 200
        keep(booth)
        awake.hears(1)

        assert asleep.news == []
        eventually(lambda: not asleep.is_open, SOON)


@pytest.mark.parametrize(
    ("role", "screen", "page"),
    [
        (Role.VOLUNTEER, "moderation", "/moderation/feed"),
        (Role.WALL, "wall", "/wall/feed"),
        (Role.BOOTH, "booth", "/"),
    ],
)
def test_a_revoked_device_hears_no_more_and_is_refused(
    abroad: Overheard, role: Role, screen: str, page: str
) -> None:
    there = abroad.link(role).partition("/enter/")[0]
    revoked, staying = (abroad.session(role) for _ in range(2))
    headers = {"Cookie": f"{COOKIE}={revoked}", "Origin": there}
    other = {"Cookie": f"{COOKIE}={staying}", "Origin": there}
    with (
        listens(there, screen, headers) as its,
        listens(there, screen, other) as kept,
    ):
        assert fetch(f"{there}{page}", **headers)[0] == 200
        operator = a_paired(abroad, Role.OPERATOR)
        found = device_id(revoked)
        assert operator.post(f"/devices/{found}/revoke").status == 200

        eventually(lambda: not its.is_open, SOON)

        assert kept.is_open
        assert fetch(f"{there}{page}", **headers)[0] == 403
        assert fetch(f"{there}{page}", **other)[0] == 200
        assert not may_listen(there, screen, headers)


def test_a_device_revoked_by_a_command_hears_no_more(abroad: Overheard) -> None:
    device = a_paired(abroad, Role.VOLUNTEER)
    with listens(abroad.url, "moderation", device.headers) as tablet:
        command(abroad, "revoke", "--all")

        eventually(lambda: not tablet.is_open, SOON)
    assert device.get("/moderation/feed").status == 403


def test_this_machines_own_wall_needs_no_pairing_and_cannot_be_revoked(
    abroad: Overheard,
) -> None:
    with listens(abroad.url, "wall") as wall:
        command(abroad, "revoke", "--all")
        keep(abroad)

        wall.hears(1)
    assert not may_listen(abroad.link(Role.WALL).partition("/enter/")[0], "wall")


def test_the_first_screen_of_its_kind_is_told_nothing_old(booth: Overheard) -> None:
    device = a_volunteer(booth)
    with listens(booth.url, "moderation", device.headers) as before:
        keep(booth)
        before.hears(1)
    keep(booth)

    with listens(booth.url, "moderation", device.headers) as first:
        keep(booth)
        first.hears(1)

        assert len(first.news[0]["entries"]) == 1


def test_a_session_that_was_replaced_hears_no_more(booth: Overheard) -> None:
    device, staying = a_volunteer(booth), a_volunteer(booth)
    with (
        listens(booth.url, "moderation", device.headers) as old,
        listens(booth.url, "moderation", staying.headers) as awake,
    ):
        device.post(f"/enter/{booth.link(Role.VOLUNTEER).rpartition('/')[2]}", {})
        keep(booth)
        awake.hears(1)

        assert old.news == []


def test_only_a_volunteer_listens_to_the_queue(
    booth: Overheard, volunteer: Caller
) -> None:
    assert may_listen(booth.url, "moderation", volunteer.headers)
    assert not may_listen(booth.url, "moderation")
    assert may_listen(booth.url, "booth")
    assert may_listen(booth.url, "wall")
    assert not may_listen(booth.url, "status")


def test_another_site_and_the_phones_listener_have_no_socket(booth: Overheard) -> None:
    public = f"http://127.0.0.1:{booth.public_port}"

    assert may_listen(booth.url, "wall", {"Origin": booth.url})
    assert not may_listen(booth.url, "wall", {"Origin": "https://evil.example"})
    assert not may_listen(booth.url, "wall", {"Origin": public})
    assert not may_listen(booth.url, "wall", {"Host": "evil.example"})
    assert not may_listen(public, "wall")


@pytest.mark.parametrize(
    ("event", "what"),
    [
        ("alive", {}),
        ("alive", None),
        ("alive", {"very": ["odd"] * 100}),
        ("decide", {"id": "any", "decision": "approved"}),
        ("news", {"entries": []}),
        ("connect", {}),
        ("join", "moderation:vi"),
        ("alive", "x" * 40_000),
    ],
)
def test_what_a_screen_says_changes_nothing(
    booth: Overheard, volunteer: Caller, event: str, what: object
) -> None:
    before = volunteer.get("/moderation/feed").told["tallies"]
    with listens(booth.url, "wall") as wall:
        wall.say(event, what)

        keep(booth)

        eventually(lambda: any("promises" in each for each in wall.news))
    after = volunteer.get("/moderation/feed").told["tallies"]
    assert after == before | {"waiting": before["waiting"] + 1}


@pytest.mark.parametrize(
    "packet", [b"9", b"45-", b"401.5", b"40{", b"4", b"42[", b"\xff", b"x" * 70_000]
)
def test_what_is_no_packet_at_all_is_answered_without_a_wait(
    booth: Overheard, packet: bytes
) -> None:
    there = "/socket.io/?EIO=4&transport=polling"
    line = HTTPConnection("127.0.0.1", booth.port, timeout=SOON)
    with closing(line):
        line.request("GET", there)
        sid = re.search(rb'"sid":"([^"]+)', line.getresponse().read())
        session = sid[1].decode() if sid else "nobody"
        line.request("POST", f"{there}&sid={session}", packet, TEXT)
        assert line.getresponse().status < 500


def test_what_is_no_packet_at_all_harms_nobody_else(booth: Overheard) -> None:
    line = websocket.create_connection(
        f"ws://127.0.0.1:{booth.port}/socket.io/?EIO=4&transport=websocket"
    )
    with closing(line), listens(booth.url, "wall") as wall:
        for packet in ("40{", "4", "42[", "401.5", "9", ""):
            line.send(packet)
        keep(booth)

        assert wall.hears(1)


def test_a_frame_of_more_than_64_kb_ends_its_socket_and_no_other(
    booth: Overheard,
) -> None:
    with listens(booth.url, "wall") as large, listens(booth.url, "wall") as small:
        large.say("alive", "x" * 70_000)
        eventually(lambda: not large.is_open)

        keep(booth)

        assert small.hears(1)


def keep(booth: Overheard) -> str:
    """Keep one promise and return its short code."""
    guest = Caller(booth)
    visit = guest.post("/visits", {**ASKED, "words": WORDS}).told["visit"]
    assert guest.post(f"/visits/{visit}/shoot").status == 201
    return str(guest.post(f"/visits/{visit}/keep").told["code"])


def newest(volunteer: Caller) -> str:
    """Return the id of what was kept last."""
    entries = volunteer.get("/moderation/feed").told["entries"]
    return str(entries[-1]["id"])


def decide(volunteer: Caller, pledge: str, decision: str, revision: int) -> None:
    """Touch a decision."""
    body = {"decision": decision, "revision": revision}
    assert volunteer.post(f"/pledges/{pledge}/decision", body).status == 200


def entries(screen: Screen, pledge: str) -> list[dict[str, str | None]]:
    """Return all a screen heard of one pledge."""
    heard = [entry for news in screen.news for entry in news["entries"]]
    return [each for each in heard if each.get("id") == pledge]


def without_seq(screen: Screen, pledge: str) -> list[dict[str, str | None]]:
    """Return all a screen heard of one pledge, but for the numbers."""
    return [
        {key: value for key, value in each.items() if key != "seq"}
        for each in entries(screen, pledge)
    ]


def command(booth: Overheard, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run an act of the operator's beside the server."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words, "--data", str(booth.data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def device_id(cookie: str) -> str:
    """Return what the operator's page calls a device."""
    return sha256(cookie.encode()).hexdigest()

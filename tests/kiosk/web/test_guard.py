import sqlite3
import time
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.album import ALBUM
from kiosk.booth import Booth
from kiosk.database import DATABASE
from kiosk.pledge import Decision, Pledge
from kiosk.web.app import HEADERS
from kiosk.web.current import Front
from kiosk.web.guard import names, network_address
from kiosk.web.listening import Listening
from kiosk.web.roles import ITS_OWN_SECRET, READING, Role
from tests.kiosk.web.joining import PATH, joins
from tests.kiosk.web.people import Device, a_device, a_link, a_phone
from tests.kiosk.web.test_roles import Call, every_call
from tests.night import a_plan, files_in, kept

EVERYWHERE = "0.0.0.0"  # noqa: S104  # asked about, never bound
FORWARDED = {
    "X-Forwarded-For": "127.0.0.1",
    "X-Real-IP": "127.0.0.1",
    "Forwarded": "for=127.0.0.1;host=127.0.0.1",
    "X-Forwarded-Host": "127.0.0.1",
    "X-Forwarded-Port": "8000",
    "X-Remote-Addr": "127.0.0.1",
    "Client-IP": "127.0.0.1",
}
FOREIGN_HOSTS = [
    "evil.example",
    "evil.example:8000",
    "",
    "127.0.0.1.evil.example",
    "evil.example#127.0.0.1",
    "127.0.0.1@evil.example",
    "[::1].evil.example",
    "2130706433",
    EVERYWHERE,
    "localhost.",
]
FOREIGN_ORIGINS = [
    "",  # none
    "null",
    "https://evil.example",
    "http://evil.example:8000",
    "http://127.0.0.1",
    "http://127.0.0.1:8001",
    "http://127.0.0.1:8000.evil.example",
    "https://127.0.0.1:8000",
    "http://localhost:8000",
    "http://127.0.0.1:8000/",
]


@pytest.fixture
def pledge(booth: Booth) -> Pledge:
    """Have one pledge on the wall."""
    return booth.desk.decide(
        kept(booth).id, Decision.APPROVED, revision=1, who="a volunteer"
    )


def test_a_stranger_on_the_network_gets_health_token_pages_and_the_way_in(
    app: Flask, stranger: Device, filming: Booth
) -> None:
    reached = {
        call.endpoint
        for call in every_call(app, filming)
        if answered(stranger, call).status_code not in (403, 404)
    }

    assert reached == {
        "status.healthz",
        "page.show",
        "page.card",
        "page.remove",
        "door.enter",
        "door.spend",
        "asset",
    }
    assert stranger.get("/healthz").data == b"ok"


def test_headers_that_claim_to_be_this_machine_are_not_believed(
    stranger: Device,
) -> None:
    assert stranger.get("/", FORWARDED).status_code == 403
    assert stranger.get("/wall", FORWARDED).status_code == 403
    assert stranger.post("/moderation/pin", {"pin": "1"}, FORWARDED).status_code == 403
    assert not joins(stranger, {"screen": "wall"}, FORWARDED)


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
@pytest.mark.parametrize("path", ["/", "/healthz", "/p/none", PATH, "/nowhere"])
def test_a_foreign_host_is_refused_before_anything_looks(
    here: Device, host: str, path: str
) -> None:
    answer = here.get(path, HTTP_HOST=host)

    assert (answer.status_code, answer.data) == (400, b"")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_this_machine_answers_by_its_own_names(here: Device, host: str) -> None:
    assert here.get("/healthz", HTTP_HOST=host).status_code == 200


def test_a_listener_for_everyone_answers_by_every_name_of_this_machine() -> None:
    found = names(EVERYWHERE)

    assert network_address() in found
    assert EVERYWHERE not in found
    assert names("192.0.2.7") == {"192.0.2.7"}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/wall",
        "/wall/feed",
        "/moderation",
        "/status",
        "/healthz",
        "/enter/none",
        "/static/v/css/kiosk.css",
        "/booth/camera",
        "/p",
        "/card",
        "//wall",
        "/p/../wall",
        "/p/%2e%2e/wall",
        "/p/x/../../wall",
        "/p/x/feed",
        "/card/x/y.jpg",
        "/pictures/x/thumb.jpg",
        PATH,
        "/socket.io/?EIO=4&transport=websocket",
        "/P/x",
    ],
)
@pytest.mark.parametrize("host", ["127.0.0.1:8001", "127.0.0.1:8000", "localhost"])
def test_the_listener_for_phones_knows_nothing_but_pages_whatever_host_is_said(
    phone: Device, path: str, host: str
) -> None:
    answer = phone.get(path, HTTP_HOST=host)

    assert (answer.status_code, answer.data) == (404, b"")


def test_a_volunteers_cookie_opens_nothing_on_the_listener_for_phones(
    app: Flask, pledge: Pledge
) -> None:
    volunteer = a_device(app, Role.VOLUNTEER)
    picture = f"/pictures/{pledge.id}/card.jpg"

    assert volunteer.get(picture).status_code == 200
    assert volunteer.get(picture, SERVER_PORT="8001").status_code == 404


def test_the_listener_for_phones_serves_the_page_and_the_card(
    phone: Device, pledge: Pledge
) -> None:
    assert phone.get(f"/p/{pledge.token}").status_code == 200
    assert phone.get(f"/card/{pledge.token}.jpg").mimetype == "image/jpeg"
    assert phone.get(f"/card/{pledge.token}.webp").mimetype == "image/webp"
    assert phone.get(f"/card/{pledge.token}.png").status_code == 404


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_write_that_is_not_from_our_own_page_changes_nothing(
    app: Flask, filming: Booth, listening: Listening, origin: str
) -> None:
    devices = [Device(app), *(a_device(app, role) for role in Role)]
    writes = [
        call
        for call in every_call(app, filming)
        if call.method not in READING and call.endpoint not in ITS_OWN_SECRET
    ]
    before = snapshot(listening.data)

    for device in devices:
        device.headers = {"Origin": origin}
        for call in writes:
            assert answered(device, call).status_code in (403, 404)
    assert snapshot(listening.data) == before


def test_a_guest_may_ask_for_removal_from_any_page(
    app: Flask, pledge: Pledge, booth: Booth
) -> None:
    phone = a_phone(app)
    removal = f"/p/{pledge.token}/remove"

    answer = phone.post(removal, headers={"Origin": "null"})

    assert answer.status_code == 200
    assert booth.desk.hide(pledge.token).is_hidden


def test_looking_changes_nothing(
    app: Flask, filming: Booth, listening: Listening
) -> None:
    kept(filming, a_plan("một lời hứa còn đợi"))
    devices = [Device(app), *(a_device(app, role) for role in Role)]
    calls = [each for each in every_call(app, filming) if each.method in READING]
    before = snapshot(listening.data)

    for device in devices:
        for call in calls:
            answered(device, call).close()
            assert snapshot(listening.data) == before, call


def test_every_answer_of_the_application_carries_its_guards(
    app: Flask, filming: Booth
) -> None:
    devices = [Device(app), *(a_device(app, role) for role in Role)]
    calls = [*every_call(app, filming), Call("none", "GET", "/nowhere")]
    wrong = [
        (call, answer.status_code, missing)
        for device in devices
        for call in calls
        for answer in [answered(device, call)]
        if answer.headers.get("Content-Length") != "0"
        for missing in not_guarded(answer, call)
    ]

    assert wrong == []


def test_the_policy_allows_no_script_or_style_of_others(here: Device) -> None:
    policy = here.get("/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert policy == (
        "default-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


def test_a_session_is_out_of_reach_of_scripts_and_other_sites(
    front: Front, stranger: Device
) -> None:
    answer = stranger.post(f"/enter/{a_link(front, Role.WALL, time.time())}")

    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def not_guarded(answer: TestResponse, call: Call) -> list[str]:
    """Name what an answer lacks."""
    missing = [name for name in HEADERS if name not in answer.headers]
    if call.endpoint != "asset" and answer.headers["Cache-Control"] != "no-store":
        missing.append("no-store")
    return missing


def answered(device: Device, call: Call) -> TestResponse:
    """Try one call, without waiting for the end of a stream."""
    answer = device.send(call.method, call.path, b"{}")
    answer.close()
    return answer


def snapshot(data: Path) -> tuple[dict[str, bytes], str]:
    """Read all that the booth holds: its files, and its database in words."""
    with sqlite3.connect(data / DATABASE) as db:
        dump = "\n".join(db.iterdump())
    album = data / ALBUM
    return {each: (album / each).read_bytes() for each in files_in(album)}, dump


def test_the_snapshot_sees_a_change(booth: Booth, listening: Listening) -> None:
    before = snapshot(listening.data)

    kept(booth)

    assert snapshot(listening.data) != before

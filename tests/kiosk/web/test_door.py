import re
import time
from dataclasses import replace
from typing import cast

import numpy as np
import pytest
import zxingcpp
from flask import Flask
from msgspec import structs

from kiosk.booth import Booth
from kiosk.store import devices
from kiosk.store.devices import ONE_TIME
from kiosk.web.current import Front
from kiosk.web.listening import Listening
from kiosk.web.night import open_night
from kiosk.web.roles import Role
from tests.kiosk.web.people import (
    OWN,
    Device,
    a_device,
    a_link,
    a_session,
    a_stranger,
    drawn,
    told,
)
from tests.night import at_once

ENGLISH = {"Accept-Language": "en", "Accept": "text/html"}


@pytest.fixture
def link(front: Front) -> str:
    """Make a volunteer's link, good now."""
    return f"/enter/{a_link(front, Role.VOLUNTEER, time.time())}"


def test_looking_at_a_link_spends_nothing(stranger: Device, link: str) -> None:
    pages = [stranger.get(link, ENGLISH) for _ in range(3)]

    assert [each.status_code for each in pages] == [200, 200, 200]
    assert "Pair this device" in pages[0].text
    assert "Set-Cookie" not in pages[0].headers
    assert stranger.post(link, {}).status_code == 200


@pytest.mark.parametrize(
    ("role", "there"),
    [
        (Role.VOLUNTEER, "/moderation"),
        (Role.WALL, "/wall"),
        (Role.BOOTH, "/"),
        (Role.OPERATOR, "/status"),
    ],
)
def test_a_link_lets_a_device_in_as_what_it_was_made_for(
    front: Front, stranger: Device, role: Role, there: str
) -> None:
    answer = stranger.post(f"/enter/{a_link(front, role, time.time())}", {})

    assert told(answer) == {"next": there}
    assert stranger.get(there).status_code == 200


def test_a_link_works_once(app: Flask, stranger: Device, link: str) -> None:
    stranger.post(link, {})

    second = a_stranger(app)
    for answer in (second.post(link, {}), second.get(link), stranger.post(link, {})):
        assert (answer.status_code, told(answer)["error"]) == (410, "LinkSpent")
    assert second.get("/moderation").status_code == 403


def test_of_four_devices_at_once_one_is_let_in(app: Flask, link: str) -> None:
    ends = at_once(4, lambda _: a_stranger(app).post(link, {}).status_code)

    assert sorted(each.result() for each in ends) == [200, 410, 410, 410]


@pytest.mark.parametrize("age", [ONE_TIME, ONE_TIME + 1, 86_400])
def test_a_link_is_good_for_ten_minutes(
    front: Front, stranger: Device, age: float
) -> None:
    old = f"/enter/{a_link(front, Role.OPERATOR, time.time() - age)}"

    assert stranger.get(old, ENGLISH).status_code == 410
    assert stranger.post(old, {}).status_code == 410


@pytest.mark.parametrize("code", ["x", "%00", "%ff", "..", "' OR 1=1 --", "0" * 5000])
def test_a_made_up_link_is_a_spent_one(stranger: Device, code: str) -> None:
    for answer in (stranger.get(f"/enter/{code}"), stranger.post(f"/enter/{code}", {})):
        assert (answer.status_code, told(answer)["error"]) == (410, "LinkSpent")


def test_another_sites_page_cannot_spend_a_link(stranger: Device, link: str) -> None:
    foreign = stranger.post(link, {}, {"Origin": "https://evil.example"})

    assert foreign.status_code == 403
    assert stranger.post(link, {}).status_code == 200


def test_a_link_ends_the_session_that_was_there(
    app: Flask, front: Front, link: str
) -> None:
    before = a_session(front, Role.OPERATOR)
    device, thief = a_stranger(app), a_stranger(app)
    device.carry(before)
    thief.carry(before)

    device.post(link, {})

    assert device.get("/moderation").status_code == 200
    assert thief.get("/status").status_code == 403


def test_a_spent_link_is_said_on_a_page(stranger: Device) -> None:
    page = stranger.get("/enter/none", ENGLISH)

    assert "This link has been used. Ask for a new one." in page.text


def test_the_greatest_part_of_a_link_is_chance(front: Front) -> None:
    codes = {a_link(front, Role.WALL, time.time()) for _ in range(50)}

    assert len(codes) == 50
    assert {len(each) for each in codes} == {22}  # 128 bits in base64


def test_a_device_is_called_as_it_wants_else_as_its_link_says_else_by_number(
    app: Flask, front: Front, operator: Device
) -> None:
    now, house = time.time(), front.booth.house
    with house.database.transaction() as db:
        codes = [
            devices.new_link(db, "wall", now, name) for name in ("", "Left", "Left")
        ]
    for code, body in zip(codes, ({}, {}, {"name": " Right "}), strict=True):
        assert a_stranger(app).post(f"/enter/{code}", body).status_code == 200

    for language, first in (("vi", "Màn hình 1"), ("en", "Wall 1")):
        page = operator.get("/status", {"Accept-Language": language}).text
        for name in (first, "Left", "Right"):
            assert f"<b>{name}</b>" in page


@pytest.mark.parametrize(
    "body", [{"name": 7}, {"name": "x" * 41}, {"role": "operator"}]
)
def test_what_is_no_name_pairs_nothing(
    stranger: Device, link: str, body: dict[str, object]
) -> None:
    assert stranger.post(link, body).status_code == 400
    assert stranger.post(link, {"name": ""}).status_code == 200


@pytest.mark.parametrize("role", ["volunteer", "wall", "booth"])
def test_the_operator_pairs_a_device_by_a_code_on_the_screen(
    app: Flask, operator: Device, role: str
) -> None:
    said = told(operator.post("/devices", {"role": role}))

    assert read(said["qr"]) == said["link"]
    assert said["link"].startswith(f"{OWN}/enter/")
    assert (said["seconds"], said["only_here"]) == (600, True)
    device = a_stranger(app)
    there = told(device.post(said["link"].removeprefix(OWN), {}))["next"]
    assert device.get(there).status_code == 200
    assert device.get("/status").status_code == 403


def test_nobody_is_made_operator_from_the_status_page(operator: Device) -> None:
    for role in ("operator", "asleep", "stranger", "", 7):
        assert operator.post("/devices", {"role": role}).status_code == 400


def test_a_paired_wall_shows_and_a_paired_booth_takes_promises(
    app: Flask, filming: Booth
) -> None:
    wall, booth = a_device(app, Role.WALL), a_device(app, Role.BOOTH)

    assert wall.get("/wall").status_code == 200
    assert wall.get("/").status_code == 403
    visit = drawn(booth)
    assert booth.post(f"{visit}/keep").status_code == 201
    assert booth.get("/wall").status_code == 403
    assert booth.get("/moderation/feed").status_code == 403


def test_a_revoked_device_may_nothing_and_its_code_is_spent(
    app: Flask, operator: Device
) -> None:
    link = told(operator.post("/devices", {"role": "volunteer"}))["link"]
    path, device = link.removeprefix(OWN), a_stranger(app)
    device.post(path, {"name": "Mai"})
    page = operator.get("/status").text
    (found,) = re.findall(r'data-device="(\w+)">(?:(?!</li>).)*<b>Mai</b>', page, re.S)

    assert told(operator.post(f"/devices/{found}/revoke")) == {"revoked": found}

    assert device.get("/moderation/feed").status_code == 403
    assert device.get("/moderation").status_code == 403
    assert device.post(path, {}).status_code == 410
    assert "<b>Mai</b>" not in operator.get("/status").text
    again = operator.post(f"/devices/{found}/revoke")
    assert (again.status_code, told(again)["error"]) == (404, "UnknownDevice")


@pytest.mark.parametrize("role", set(Role) - {Role.OPERATOR})
def test_only_the_operator_pairs_and_revokes(app: Flask, role: Role) -> None:
    device = a_device(app, role)

    for path in ("/devices", "/devices/none/revoke"):
        refused = device.post(path, {"role": "wall"})
        assert refused.status_code in (403, 404)
        assert "UnknownDevice" not in refused.text


def test_a_session_of_another_event_is_none(
    listening: Listening, app: Flask, front: Front
) -> None:
    cookie = a_session(front, Role.VOLUNTEER)
    last_year = structs.replace(listening.event, slug="last-year")

    night = open_night(replace(listening, event=last_year))

    device = Device(cast(Flask, night.app))
    device.carry(cookie)
    assert device.get("/moderation/feed").status_code == 403
    night.database.close()


def read(svg: str) -> str:
    """Read a QR from its drawing."""
    side = int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
    pixels = np.full((side, side), 255, np.uint8)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg):
        pixels[int(y), int(x)] = 0
    large = np.kron(pixels, np.ones((4, 4), np.uint8))
    (code,) = zxingcpp.read_barcodes(large)
    return str(code.text)

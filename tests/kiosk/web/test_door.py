import time

import pytest
from flask import Flask

from kiosk.store.devices import ONE_TIME
from kiosk.web.current import Front
from kiosk.web.roles import Role
from tests.kiosk.web.people import Device, a_link, a_session, a_stranger, told
from tests.night import at_once

ENGLISH = {"Accept-Language": "en", "Accept": "text/html"}


@pytest.fixture
def link(front: Front) -> str:
    """Make a volunteer's link, good now."""
    return f"/enter/{a_link(front, Role.VOLUNTEER, time.time())}"


def test_looking_at_a_link_spends_nothing(stranger: Device, link: str) -> None:
    pages = [stranger.get(link, ENGLISH) for _ in range(3)]

    assert [each.status_code for each in pages] == [200, 200, 200]
    assert "Open on this device" in pages[0].text
    assert "Set-Cookie" not in pages[0].headers
    assert stranger.post(link, {}).status_code == 200


@pytest.mark.parametrize(
    ("role", "there"), [(Role.VOLUNTEER, "/moderation"), (Role.OPERATOR, "/status")]
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

"""The audit: what devices and guests do is a line each, and no secret is in it."""

import time

import pytest
from flask import Flask

from kiosk.booth import Booth
from kiosk.store import audit, devices
from kiosk.store.audit import COMMAND, GUEST, ITSELF
from kiosk.web import pairing
from kiosk.web.current import Front
from kiosk.web.listening import Listening
from kiosk.web.live import DROPPED
from kiosk.web.night import Night
from kiosk.web.roles import Role
from tests.kiosk.web.people import PIN, Device, a_link, told
from tests.night import kept
from tests.waiting import eventually

Acts = list[tuple[str, str, str]]


@pytest.fixture
def mai(front: Front, stranger: Device) -> str:
    """Pair a tablet by its link; return the device's id."""
    code = a_link(front, Role.VOLUNTEER, time.time())
    assert stranger.post(f"/enter/{code}", {"name": "Máy của Mai"}).status_code == 200
    with front.booth.house.database.reading() as db:
        return next(each.id for each in devices.paired(db) if each.name)


def acts(listening: Listening) -> Acts:
    lines = audit.lines(listening.data / audit.FILE)
    return [(each.who, each.what, each.about) for each in lines]


def test_a_tablet_that_sleeps_and_wakes_is_a_line_each(
    listening: Listening, stranger: Device, mai: str
) -> None:
    stranger.post("/moderation/leave")
    assert stranger.post("/moderation/pin", {"pin": "000000"}).status_code == 403
    assert stranger.post("/moderation/pin", {"pin": PIN}).status_code == 200

    assert acts(listening) == [
        (mai, "paired", mai),
        (mai, "asleep", mai),
        (mai, "awake", mai),
    ]


def test_the_booth_that_puts_a_silent_tablet_to_sleep_is_a_line(
    night: Night, front: Front, listening: Listening, mai: str
) -> None:
    front.screens._seen[mai] = -DROPPED  # noqa: SLF001  # minutes pass

    night.begin()
    try:
        eventually(lambda: acts(listening)[1:] == [(ITSELF, "asleep", mai)])
    finally:
        night.end()


def test_a_device_that_is_revoked_is_a_line(
    listening: Listening, operator: Device, mai: str
) -> None:
    assert operator.post(f"/devices/{mai}/revoke").status_code == 200

    who, what, about = acts(listening)[-1]
    assert (what, about) == ("revoked", mai)
    assert who not in (mai, COMMAND)


def test_the_command_that_revokes_is_a_line(listening: Listening, mai: str) -> None:
    assert list(pairing.revoke(listening.data, "Máy của Mai"))

    assert acts(listening)[-1] == (COMMAND, "revoked", mai)


def test_a_guests_request_and_its_answer_are_a_line_each(
    app: Flask, booth: Booth, listening: Listening, phone: Device, volunteer: Device
) -> None:
    pledge = kept(booth)
    before = acts(listening)
    for answer in ("restore", "withdraw"):
        phone.post(f"/p/{pledge.token}/remove")
        assert told(volunteer.post(f"/pledges/{pledge.id}/{answer}"))["id"] == pledge.id

    told_ = acts(listening)[len(before) :]
    assert [(what, about) for _, what, about in told_] == [
        ("hidden", pledge.id),
        ("restored", pledge.id),
        ("hidden", pledge.id),
        ("withdrawn", pledge.id),
    ]
    assert [who == GUEST for who, _, _ in told_] == [True, False, True, False]


def test_no_secret_is_in_it(
    booth: Booth, listening: Listening, phone: Device, stranger: Device, mai: str
) -> None:
    pledge = kept(booth)
    phone.post(f"/p/{pledge.token}/remove")
    stranger.post("/moderation/leave")
    stranger.post("/moderation/pin", {"pin": PIN})
    cookie = stranger.cookie.partition("=")[2]

    text = (listening.data / audit.FILE).read_text()

    for secret in (pledge.token, pledge.words, pledge.code, PIN, cookie):
        assert secret not in text

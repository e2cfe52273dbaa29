"""What blank walls, and the volunteers beside them, are told."""

import re

import pytest
from flask import Flask

from kiosk.booth import Booth
from kiosk.pledge import Decision
from kiosk.web.roles import Role
from tests.kiosk.web.people import Device, a_device, told
from tests.kiosk.web.test_wall import hung
from tests.night import a_plan, kept

CLOCK = re.compile(r"[0-2]\d:[0-5]\d")


@pytest.fixture
def volunteer(app: Flask) -> Device:
    return a_device(app, Role.VOLUNTEER)


def cursor(device: Device, feed: str) -> str:
    return str(told(device.get(feed))["cursor"])


def test_a_blank_wall_is_told_to_take_everything_down(
    here: Device, booth: Booth, volunteer: Device
) -> None:
    hung(booth, "Lời hứa đang treo.")
    before = cursor(here, "/wall/feed")

    assert volunteer.post("/wall/blank").status_code == 200

    news = told(here.get(f"/wall/feed?after={before}"))
    assert (news["is_blank"], news["reset"], news["entries"]) == (True, True, [])
    assert "Lời hứa đang treo." not in here.get("/wall").text
    assert " data-blank" in here.get("/wall").text


@pytest.mark.parametrize("asked", ["after the blank", "before it"])
def test_what_is_approved_meanwhile_comes_when_photos_are_shown_again(
    here: Device, booth: Booth, volunteer: Device, asked: str
) -> None:
    hung(booth, "Lời hứa từ trước.")
    before = cursor(here, "/wall/feed")
    volunteer.post("/wall/blank")
    if asked == "after the blank":
        before = cursor(here, "/wall/feed")
    hung(booth, "Lời hứa lúc đang tắt.")
    assert told(here.get(f"/wall/feed?after={before}"))["entries"] == []

    volunteer.post("/wall/unblank")

    news = told(here.get(f"/wall/feed?after={before}"))
    assert (news["is_blank"], news["reset"]) == (False, True)
    shown = "".join(each["html"] for each in news["entries"])
    assert shown.index("Lời hứa từ trước.") < shown.index("Lời hứa lúc đang tắt.")


def test_photos_that_are_shown_again_are_told_once(
    here: Device, booth: Booth, volunteer: Device
) -> None:
    hung(booth, "Lời hứa từ trước.")
    volunteer.post("/wall/blank")
    volunteer.post("/wall/unblank")
    after = cursor(here, "/wall/feed")

    news = told(here.get(f"/wall/feed?after={after}"))

    assert (news["reset"], news["entries"]) == (False, [])


def test_volunteers_go_on_and_see_since_when_walls_are_blank(
    booth: Booth, volunteer: Device
) -> None:
    before = cursor(volunteer, "/moderation/feed")
    answer = told(volunteer.post("/wall/blank"))
    pledge = kept(booth, a_plan("Lời hứa đang đợi."))

    news = told(volunteer.get(f"/moderation/feed?after={before}"))

    assert CLOCK.fullmatch(str(news["blank_since"]))
    assert answer["blank_since"] == news["blank_since"]
    assert not news["reset"]
    assert [each["id"] for each in news["entries"] if "id" in each] == [pledge.id]
    assert str(news["blank_since"]) in volunteer.get("/moderation").text


def test_a_tablet_that_sleeps_may_blank_and_not_show_again(
    app: Flask, booth: Booth
) -> None:
    sleeper = a_device(app, Role.ASLEEP)
    hung(booth, "Lời hứa đang treo.")

    assert sleeper.post("/wall/blank").status_code == 200
    assert sleeper.post("/wall/unblank").status_code == 403


def test_nothing_said_to_a_blank_wall_shows_a_photo(
    here: Device, booth: Booth, volunteer: Device
) -> None:
    pledge = hung(booth, "Lời hứa đang treo.")
    volunteer.post("/wall/blank")

    booth.desk.decide(pledge.id, Decision.PRIVATE, revision=2, who="them")
    booth.desk.undo(pledge.id, who="them")

    for after in ("", "0.0", cursor(here, "/wall/feed")):
        assert told(here.get(f"/wall/feed?after={after}"))["entries"] == []

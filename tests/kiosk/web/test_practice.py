"""Volunteers practise on samples; nothing of it is kept or sent."""

import pytest
from flask import Flask

from kiosk.pledge import Decision
from kiosk.web.roles import Role
from tests.kiosk.web.people import Device, a_device
from tests.night import EVENT

CASES = EVENT.practice


def test_a_volunteer_sees_every_case_in_both_languages(volunteer: Device) -> None:
    for language in EVENT.languages:
        page = volunteer.get("/moderation/practice", {"Accept-Language": language})
        assert page.status_code == 200
        assert page.text.count('class="lesson"') == len(CASES) == 20


@pytest.mark.parametrize("role", [Role.WALL, Role.BOOTH, Role.OPERATOR, Role.ASLEEP])
def test_only_a_volunteer_practises(app: Flask, role: Role) -> None:
    assert a_device(app, role).get("/moderation/practice").status_code == 403


def test_the_cases_ask_for_every_answer() -> None:
    asked = {each.answer for each in CASES}

    assert asked == {"approved", "private", "removed", "withdraw", "restore"}
    assert set(Decision) - {"waiting"} <= asked


def test_a_cry_for_help_is_never_removed() -> None:
    (cry,) = [each for each in CASES if "please help me" in each.words["en"]]

    assert cry.answer == "private"
    assert "removed" not in cry.also

"""When a guest at the booth is told to look up."""

import pytest

from kiosk.booth import Booth
from kiosk.pledge import Decision
from kiosk.store.modes import Mode
from kiosk.web import current
from kiosk.web.screens import Listener
from tests.kiosk.web.people import ASKED, Device, told
from tests.kiosk.web.test_wall import hung

NOTHING = {"is_hanging": False, "starts": None, "ends": None, "asked": None}


@pytest.fixture
def a_wall(here: Device) -> None:
    """Have one wall that is alive."""
    with here.app.app_context():
        screens = current.front().screens
    screens.hear("wall", Listener(screen="wall", language="vi", session=None))


def keep(here: Device, **asked: object) -> str:
    visit = told(here.post("/visits", {**ASKED, **asked}))["visit"]
    here.post(f"/visits/{visit}/shoot")
    here.post(f"/visits/{visit}/keep")
    return str(visit)


def decide(booth: Booth, visit: str, decision: Decision) -> None:
    pledge = booth.visits.kept(visit)
    booth.desk.decide(pledge.id, decision, revision=pledge.revision, who="a volunteer")


def light(here: Device, visit: str) -> dict[str, object]:
    return told(here.get(f"/visits/{visit}/light"))


@pytest.mark.usefixtures("a_wall")
def test_a_guest_is_told_when_to_look_up_once_a_volunteer_said_yes(
    here: Device, booth: Booth
) -> None:
    hung(booth, "Lời hứa trước."), hung(booth, "Lời hứa trước nữa.")
    visit = keep(here)
    assert light(here, visit) == NOTHING

    decide(booth, visit, Decision.APPROVED)

    said = light(here, visit)
    assert said["is_hanging"]
    assert 13 < float(str(said["starts"])) <= 15
    assert 5.9 < float(str(said["ends"])) - float(str(said["starts"])) < 6.1


@pytest.mark.parametrize("how", [Decision.PRIVATE, Decision.WAITING])
@pytest.mark.usefixtures("a_wall")
def test_who_does_not_hang_is_told_nothing(
    here: Device, booth: Booth, how: Decision
) -> None:
    visit = keep(here)
    if how is not Decision.WAITING:
        decide(booth, visit, how)

    assert light(here, visit) == NOTHING


@pytest.mark.usefixtures("a_wall")
def test_who_did_not_want_the_wall_is_told_nothing(here: Device, booth: Booth) -> None:
    visit = keep(here, scopes=[])
    decide(booth, visit, Decision.APPROVED)

    assert light(here, visit) == NOTHING


@pytest.mark.parametrize("why", ["blank", "stage", "no wall", "a wall that left"])
def test_nobody_is_sent_to_a_wall_that_will_not_show_them(
    here: Device, booth: Booth, why: str, request: pytest.FixtureRequest
) -> None:
    if why != "no wall":
        request.getfixturevalue("a_wall")
    visit = keep(here)
    decide(booth, visit, Decision.APPROVED)
    assert light(here, visit)["is_hanging"] is (why != "no wall")

    if why == "blank":
        booth.hall.blank(who="them")
    elif why == "stage":
        booth.hall.show_as(Mode.STAGE, who="them")
    else:
        with here.app.app_context():
            current.front().screens.forget("wall")

    assert light(here, visit) == NOTHING


def test_a_visit_that_is_over_is_told_nothing(here: Device) -> None:
    visit = keep(here)
    here.post(f"/visits/{visit}/end")

    assert here.get(f"/visits/{visit}/light").status_code == 410

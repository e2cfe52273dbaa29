"""What walls are told of their mode, of the light, and of what only some are for."""

from collections.abc import Callable, Mapping

import pytest
from flask import Flask

from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from kiosk.store.modes import Mode
from kiosk.web.roles import Role
from tests.kiosk.web.people import Device, a_device, told
from tests.kiosk.web.test_wall import hung
from tests.night import a_consent, a_plan, kept

MODES = ["mosaic", "slideshow", "picture", "stage"]


@pytest.fixture
def volunteer(app: Flask) -> Device:
    return a_device(app, Role.VOLUNTEER)


def news(device: Device, feed: str = "/wall/feed") -> dict[str, object]:
    return told(device.get(feed))


@pytest.mark.parametrize("mode", MODES[1:])
def test_walls_are_switched_live_without_beginning_anew(
    here: Device, volunteer: Device, mode: str
) -> None:
    before = news(here)

    assert told(volunteer.post("/wall/mode", {"mode": mode})) == {"mode": mode}

    after = news(here, f"/wall/feed?after={before['cursor']}")
    assert (before["mode"], after["mode"]) == ("mosaic", mode)
    assert after["cursor"] != before["cursor"]
    assert not after["reset"]
    assert f'data-mode="{mode}"' in here.get("/wall").text
    assert news(volunteer, "/moderation/feed")["mode"] == mode


def test_the_mode_they_have_already_is_no_news(here: Device, volunteer: Device) -> None:
    before = news(here)["cursor"]

    volunteer.post("/wall/mode", {"mode": "mosaic"})

    assert news(here)["cursor"] == before


@pytest.mark.parametrize("body", [{}, {"mode": "disco"}, {"mode": None}, "mosaic"])
def test_a_mode_that_is_none_changes_nothing(
    here: Device, volunteer: Device, body: object
) -> None:
    assert volunteer.post("/wall/mode", body).status_code == 400
    assert news(here)["mode"] == "mosaic"


def test_a_wall_cannot_switch_itself(here: Device) -> None:
    assert here.post("/wall/mode", {"mode": "stage"}).status_code == 403


def test_who_is_approved_is_told_with_their_time_in_the_light(
    here: Device, booth: Booth
) -> None:
    first, second = hung(booth, "Lời hứa một."), hung(booth, "Lời hứa hai.")

    schedule = news(here)["lights"]

    assert isinstance(schedule, list)
    assert [each["id"] for each in schedule] == [first.id, second.id]
    assert schedule[0]["starts"] <= 0 < schedule[0]["ends"] <= 8
    assert schedule[1]["starts"] == schedule[0]["ends"]
    assert 6.5 < schedule[1]["ends"] - schedule[1]["starts"] <= 7.5


@pytest.mark.parametrize("how", ["private", "removed", "hidden", "withdrawn", "blank"])
def test_nobody_stands_in_the_light_who_may_not_hang(
    here: Device, booth: Booth, how: str
) -> None:
    pledge = hung(booth, "Lời hứa một.")

    if how == "blank":
        booth.hall.blank(who="them")
    elif how == "hidden":
        booth.desk.hide(pledge.token)
    elif how == "withdrawn":
        booth.desk.withdraw(pledge.id)
    else:
        booth.desk.decide(pledge.id, Decision(how), revision=2, who="them")

    assert news(here)["lights"] == []


def test_what_is_not_for_the_wall_gets_no_light(here: Device, booth: Booth) -> None:
    alone = a_consent(scopes=frozenset())
    own = kept(booth, a_plan("Của riêng mình.", consent=alone))
    booth.desk.decide(own.id, Decision.APPROVED, revision=1, who="them")

    assert news(here)["lights"] == []


def test_a_wall_with_a_filter_shows_its_own_and_hears_of_nothing_else(
    here: Device, booth: Booth
) -> None:
    before = news(here, "/wall/feed?theme=speak")["cursor"]
    other = hung(booth, "Lời hứa lắng nghe.")  # of the theme "listen"
    told_of = news(here, f"/wall/feed?theme=speak&after={before}")

    page = here.get("/wall?theme=speak").text
    assert "Lời hứa lắng nghe." not in page + str(told_of)
    assert told_of["lights"] == []
    assert news(here, "/wall/feed?theme=speak")["entries"] == []
    assert "Lời hứa lắng nghe." in here.get("/wall?theme=listen").text
    assert other.id in str(news(here, "/wall/feed?theme=listen&theme=speak")["lights"])


def test_a_wall_may_ask_for_others_of_all_that_hang(here: Device, booth: Booth) -> None:
    hanging = {hung(booth, f"Lời hứa {number}.").id for number in range(5)}
    waiting = kept(booth, a_plan("Lời hứa còn đợi."))
    cursor = news(here)["cursor"]

    asked = [news(here, f"/wall/feed?after={cursor}&others=12") for _ in range(10)]

    others = [each for told_of in asked for each in told_of["others"]]  # type: ignore[attr-defined]  # a list, by JSON
    assert {each["id"] for each in others} == hanging
    assert all(each["html"] for each in others)
    assert waiting.id not in str(asked)
    assert "others" not in news(here)


def test_who_comes_into_the_light_next_is_the_first_of_the_others(
    here: Device, booth: Booth
) -> None:
    pledges = [kept(booth, a_plan(f"Lời hứa {number}.")) for number in range(8)]
    for each in reversed(pledges):
        booth.desk.decide(each.id, Decision.APPROVED, revision=1, who="them")
    booth.desk.hide(pledges[6].token)

    others = news(here, "/wall/feed?others=3")["others"]

    assert isinstance(others, list)
    asked = [pledges[number].id for number in (7, 5, 4)]
    assert [each["id"] for each in others] == asked


def test_a_wall_is_not_given_who_comes_into_the_light_of_others(
    here: Device, booth: Booth
) -> None:
    pledge = hung(booth, "Lời hứa một.")

    assert pledge.id in str(news(here, "/wall/feed?others=3")["others"])
    assert news(here, "/wall/feed?theme=speak&others=3")["others"] == []


@pytest.mark.parametrize("others", ["-1", "0", "x", "1000000"])
def test_how_many_others_has_an_end(here: Device, booth: Booth, others: str) -> None:
    for number in range(20):
        hung(booth, f"Lời hứa {number}.")

    told_of = news(here, f"/wall/feed?others={others}").get("others", [])

    assert isinstance(told_of, list)
    assert len(told_of) <= 12


def test_a_blank_wall_is_given_no_others(here: Device, booth: Booth) -> None:
    hung(booth, "Lời hứa một.")
    booth.hall.blank(who="them")

    assert news(here, "/wall/feed?others=6")["others"] == []


@pytest.fixture
def staged(booth: Booth) -> Pledge:
    """Have walls show the stage, and one promise chosen for it."""
    pledge = hung(booth, "Lời hứa cho sân khấu.")
    hung(booth, "Lời hứa khác.")
    booth.desk.star(pledge.id, is_starred=True)
    booth.hall.show_as(Mode.STAGE, who="them")
    return pledge


def test_the_stage_is_told_the_words_that_were_chosen_and_no_others(
    here: Device, staged: Pledge
) -> None:
    assert news(here)["stars"] == [
        {
            "id": staged.id,
            "number": 1,
            "words": "Lời hứa cho sân khấu.",
            "language": "vi",
        }
    ]


@pytest.mark.parametrize("how", ["unstarred", "private", "hidden", "blank", "mosaic"])
def test_no_words_are_read_out_that_may_not_hang(
    here: Device, booth: Booth, staged: Pledge, how: str
) -> None:
    revision = staged.revision + 1
    ways: Mapping[str, Callable[[], object]] = {
        "unstarred": lambda: booth.desk.star(staged.id, is_starred=False),
        "private": lambda: booth.desk.decide(
            staged.id, Decision.PRIVATE, revision=revision, who="them"
        ),
        "hidden": lambda: booth.desk.hide(staged.token),
        "blank": lambda: booth.hall.blank(who="them"),
        "mosaic": lambda: booth.hall.show_as(Mode.MOSAIC, who="them"),
    }

    ways[how]()

    assert news(here)["stars"] == []


def test_the_stage_hears_of_a_star_at_once(here: Device, booth: Booth) -> None:
    pledge = hung(booth, "Lời hứa cho sân khấu.")
    booth.hall.show_as(Mode.STAGE, who="them")
    before = news(here)["cursor"]

    booth.desk.star(pledge.id, is_starred=True)

    told_of = news(here, f"/wall/feed?after={before}")
    assert told_of["cursor"] != before
    assert pledge.id in str(told_of["stars"])

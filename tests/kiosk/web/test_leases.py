"""Who may look at which photo, asked and answered over the network."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask

from kiosk.booth import Booth
from kiosk.database import DATABASE, Database, sqlite_url
from kiosk.store import devices
from kiosk.web.roles import Role
from tests.kiosk.web.listening import listens
from tests.kiosk.web.people import Device, a_device, told
from tests.kiosk.web.processes import Caller, Overheard, a_volunteer
from tests.night import kept
from tests.waiting import eventually

SOON = 10.0  # seconds


@pytest.fixture
def second(app: Flask) -> Device:
    """Be another volunteer's tablet."""
    return a_device(app, Role.VOLUNTEER)


@pytest.fixture
def waiting(booth: Booth) -> list[str]:
    """Have four pledges that wait."""
    return [kept(booth).id for _ in range(4)]


def look(
    device: Device, wanted: list[str], shown: int = 2, page: str = "1"
) -> list[str]:
    """Ask what a page may show, and return it."""
    body = {"page": page, "wanted": wanted, "shown": shown}
    answer = told(device.post("/moderation/leases", body))
    return list(answer["held"])


def test_two_tablets_are_given_different_photos(
    volunteer: Device, second: Device, waiting: list[str]
) -> None:
    assert look(volunteer, waiting) == waiting[:2]
    assert look(second, waiting) == waiting[2:]


def test_the_answer_says_what_others_look_at_and_what_is_fair(
    volunteer: Device, second: Device, waiting: list[str]
) -> None:
    look(volunteer, waiting)

    body = {"page": "1", "wanted": waiting, "shown": 1}
    assert told(second.post("/moderation/leases", body)) == {
        "held": waiting[2:3],
        "others": waiting[:2],
        "share": 2,
        "seconds": 30.0,
        "here": [],
    }


def test_a_page_that_shows_nothing_holds_nothing(
    volunteer: Device, second: Device, waiting: list[str]
) -> None:
    look(volunteer, waiting, 4)

    assert look(volunteer, waiting, 0) == []

    assert look(second, waiting, 4) == waiting


def test_a_device_that_signs_out_holds_nothing(
    volunteer: Device, second: Device, waiting: list[str]
) -> None:
    look(volunteer, waiting, 2, page="1")
    look(volunteer, waiting, 2, page="2")

    volunteer.post("/moderation/leave")

    assert look(second, waiting, 4) == waiting


def test_a_photo_that_somebody_else_looks_at_can_be_decided_all_the_same(
    volunteer: Device, second: Device, waiting: list[str]
) -> None:
    look(volunteer, waiting)
    body = {"decision": "private", "revision": 1}

    early = second.post(f"/pledges/{waiting[0]}/decision", body)
    late = volunteer.post(f"/pledges/{waiting[0]}/decision", body)

    assert (early.status_code, late.status_code) == (200, 409)


def test_what_undo_brings_back_is_for_the_page_that_undid_it(
    volunteer: Device, second: Device, waiting: list[str]
) -> None:
    there = f"/pledges/{waiting[0]}"
    volunteer.post(f"{there}/decision", {"decision": "private", "revision": 1})

    assert volunteer.post(f"{there}/undo", {"page": "1"}).status_code == 200

    assert look(second, waiting, 4) == waiting[1:3]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"page": "1", "wanted": []},
        {"page": "", "wanted": [], "shown": 1},
        {"page": "x" * 41, "wanted": [], "shown": 1},
        {"page": "1", "wanted": [], "shown": -1},
        {"page": "1", "wanted": [], "shown": 31},
        {"page": "1", "wanted": "a", "shown": 1},
        {"page": "1", "wanted": ["a"] * 201, "shown": 1},
        {"page": "1", "wanted": ["a" * 41], "shown": 1},
        {"page": "1", "wanted": [7], "shown": 1},
        {"page": "1", "wanted": [], "shown": 1, "who": "me"},
    ],
)
def test_a_question_that_is_none_is_refused_and_holds_nothing(
    volunteer: Device, second: Device, waiting: list[str], body: object
) -> None:
    assert volunteer.post("/moderation/leases", body).status_code == 400
    assert look(second, waiting, 4) == waiting


# The booth in its own process: who is told, and when


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Overheard]:
    """Serve one booth for all of these."""
    with Overheard(tmp_path_factory.mktemp("night")) as booth:
        yield booth


def asks(volunteer: Caller, wanted: list[str], shown: int) -> list[str]:
    """Ask what a page may show, and return it."""
    body = {"page": "1", "wanted": wanted, "shown": shown}
    return list(volunteer.post("/moderation/leases", body).told["held"])


def revoke_the_first(served: Overheard) -> None:
    """End the session of the device that was paired before the newest one."""
    database = Database(sqlite_url(served.data / DATABASE))
    with closing(database), database.transaction() as db:
        *_, first, _newest = devices.paired(db)
        devices.sign_out(db, first.id, 0.0, who="an operator")


@pytest.mark.parametrize("how", ["gives it back", "signs out", "is revoked"])
def test_a_screen_is_told_when_another_leaves_its_photos(
    served: Overheard, how: str
) -> None:
    leaving, staying = a_volunteer(served), a_volunteer(served)
    assert asks(leaving, ["a"], 1) == ["a"]
    with listens(served.url, "moderation", staying.headers) as screen:
        heard: list[object] = []
        screen.client.on("leases", heard.append)

        if how == "gives it back":
            asks(leaving, [], 0)
        elif how == "signs out":
            leaving.post("/moderation/leave", {})
        else:
            revoke_the_first(served)

        eventually(lambda: bool(heard), SOON)
        assert asks(staying, ["a"], 1) == ["a"]
        asks(staying, [], 0)


def test_walls_and_booths_hear_nothing_of_who_looks_at_what(served: Overheard) -> None:
    volunteer = a_volunteer(served)
    with (
        listens(served.url, "wall") as wall,
        listens(served.url, "moderation", volunteer.headers) as screen,
    ):
        heard: list[str] = []
        wall.client.on("leases", lambda _said: heard.append("wall"))
        screen.client.on("leases", lambda _said: heard.append("volunteer"))

        asks(volunteer, ["a"], 1)

        eventually(lambda: bool(heard), SOON)
        assert heard == ["volunteer"]
        asks(volunteer, [], 0)

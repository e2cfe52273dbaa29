"""A volunteer asks, the one booth whose guest it is hears, and the guest answers."""

import pytest
from flask import Flask

from kiosk.booth import Booth
from kiosk.booth.retakes import Reason, Retakes
from kiosk.booth.visits import HERE, Visits
from kiosk.pledge import Decision, Pledge, Retake
from kiosk.web.roles import Role
from tests.kiosk.booth.folders import now
from tests.kiosk.web.people import Device, a_device, a_stranger, agreed, heard, told
from tests.night import Clock

FOREIGN = {"Origin": "https://elsewhere.example"}
pytestmark = pytest.mark.usefixtures("filming")


@pytest.fixture
def visit(here: Device) -> str:
    """Keep a photo, and stand at the done screen; return the visit's address."""
    return taken(here, agreed(here, face=True))


@pytest.fixture
def pledge(booth: Booth, visit: str) -> Pledge:
    return booth.visits.kept(visit.rpartition("/")[2])


def taken(here: Device, visit: str) -> str:
    """Pose, photograph and keep."""
    for verb in ("pose", "shoot", "keep"):
        assert here.post(f"{visit}/{verb}").status_code in (201, 204)
    return visit


def ask(who: Device, pledge: Pledge, **body: object) -> tuple[int, dict[str, object]]:
    said = {"reason": "eyes", "revision": pledge.revision, **body}
    answer = who.post(f"/pledges/{pledge.id}/retake", said)
    return answer.status_code, told(answer)


def here_of(volunteer: Device, *wanted: str) -> object:
    """Return whose guests a page is told it may ask."""
    body = {"page": "1", "wanted": wanted, "shown": 5}
    return told(volunteer.post("/moderation/leases", body))["here"]


def asked_at(here: Device, visit: str) -> object:
    return told(here.get(f"{visit}/light"))["asked"]


def test_the_guest_is_asked_takes_another_and_the_first_is_gone(
    here: Device, volunteer: Device, booth: Booth, visit: str, pledge: Pledge
) -> None:
    assert here_of(volunteer, pledge.id) == [pledge.id]
    assert asked_at(here, visit) is None

    status, answer = ask(volunteer, pledge)
    assert (status, answer["retake"], answer["revision"]) == (200, "asked", 2)
    assert asked_at(here, visit) == "eyes"
    again = here.post(f"{visit}/again")
    assert again.status_code == 201
    assert set(told(again)) == {"visit", "retakes", "preview", "photo"}
    other = taken(here, f"/visits/{told(again)['visit']}")

    kept = booth.visits.kept(other.rpartition("/")[2])
    assert (kept.words, kept.consent) == (pledge.words, pledge.consent)
    assert now(booth.house, pledge).is_withdrawn
    assert here.get(f"{visit}/light").status_code == 410


def test_the_old_link_says_nothing_and_the_new_one_waits(
    here: Device, volunteer: Device, phone: Device, visit: str, pledge: Pledge
) -> None:
    ask(volunteer, pledge)
    before = phone.get(f"/p/{pledge.token}").text
    taken(here, f"/visits/{told(here.post(f'{visit}/again'))['visit']}")

    assert phone.get(f"/p/{pledge.token}").text == before
    assert phone.get(f"/card/{pledge.token}.jpg").status_code == 404


def test_another_volunteer_sees_that_it_was_asked(
    app: Flask, here: Device, volunteer: Device, visit: str, pledge: Pledge
) -> None:
    ask(volunteer, pledge)
    other = a_device(app, Role.VOLUNTEER)

    assert here_of(other, pledge.id) == []
    assert ask(other, pledge, reason="dark") == (
        200,
        {"id": pledge.id, "revision": 2, "retake": "asked"},
    )
    assert asked_at(here, visit) == "eyes"


def test_every_volunteers_queue_says_so_and_what_came_of_it(
    here: Device, volunteer: Device, booth: Booth, visit: str, pledge: Pledge
) -> None:
    ask(volunteer, pledge)
    assert 'data-retake="asked"' in heard(volunteer.get("/moderation"))

    assert here.post(f"{visit}/stay").status_code == 204

    assert now(booth.house, pledge).retake is Retake.DECLINED
    assert 'data-retake="declined"' in heard(volunteer.get("/moderation"))
    assert asked_at(here, visit) is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_volunteer_is_told_that_the_guest_has_left(
    here: Device, volunteer: Device, visit: str, pledge: Pledge, language: str
) -> None:
    volunteer.choose(language)
    here.post(f"{visit}/end")

    status, answer = ask(volunteer, pledge)

    assert (status, answer["error"]) == (409, "GuestGone")
    left = {"vi": "Bạn ấy rời quầy rồi.", "en": "The guest has left the booth."}
    assert str(answer["message"]).startswith(left[language])
    assert here_of(volunteer, pledge.id) == []


def test_a_done_screen_that_is_heard_of_keeps_its_guest_here(
    here: Device, volunteer: Device, booth: Booth
) -> None:
    clock = Clock(1.0)
    booth.visits = Visits(booth.house, clock)
    booth.retakes = Retakes(booth.house, booth.visits)
    visit = taken(here, agreed(here, face=True))
    pledge = booth.visits.kept(visit.rpartition("/")[2])
    clock.now += HERE - 1
    here.get(f"{visit}/light")
    clock.now += HERE - 1
    assert here_of(volunteer, pledge.id) == [pledge.id]

    clock.now += HERE

    assert here_of(volunteer, pledge.id) == []


def test_a_done_screen_that_is_covered_asks_nobody_and_nobody_is_there(
    here: Device, volunteer: Device, booth: Booth, visit: str, pledge: Pledge
) -> None:
    covered = here.get(f"{visit}/light?covered")
    assert covered.status_code == 200
    assert here_of(volunteer, pledge.id) == []
    assert ask(volunteer, pledge)[0] == 409

    here.get(f"{visit}/light")  # touched: somebody looks at the code
    assert here_of(volunteer, pledge.id) == [pledge.id]
    assert ask(volunteer, pledge)[0] == 200
    assert told(here.get(f"{visit}/light?covered"))["asked"] is None
    booth.retakes.step()

    assert now(booth.house, pledge).retake is Retake.NOBODY
    assert asked_at(here, visit) is None


def test_what_somebody_decided_meanwhile_is_not_asked_for(
    volunteer: Device, booth: Booth, pledge: Pledge
) -> None:
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="minh")

    status, answer = ask(volunteer, pledge)

    assert (status, answer["error"]) == (409, "AlreadyDecided")
    assert answer["decision"] == "approved"


def test_a_pledge_that_is_none_is_not_asked_for(
    volunteer: Device, pledge: Pledge
) -> None:
    body = {"reason": "eyes", "revision": 1}

    assert volunteer.post("/pledges/none/retake", body).status_code == 404
    assert pledge.is_waiting


@pytest.mark.parametrize("revision", [0, -1, 2, 10**23])
def test_a_revision_that_nobody_saw_asks_nothing(
    here: Device, volunteer: Device, visit: str, pledge: Pledge, revision: int
) -> None:
    status, _ = ask(volunteer, pledge, revision=revision)

    assert status in (400, 409)
    assert asked_at(here, visit) is None


@pytest.mark.parametrize(
    "body",
    [
        {"reason": "ugly"},
        {"reason": ""},
        {"reason": None},
        {"reason": ["eyes"]},
        {"revision": "1"},
        {"revision": None},
        {"words": "Look up!"},
    ],
)
def test_no_words_but_ours_are_said_to_a_guest(
    here: Device,
    volunteer: Device,
    visit: str,
    pledge: Pledge,
    body: dict[str, object],
) -> None:
    status, _ = ask(volunteer, pledge, **body)

    assert status == 400
    assert asked_at(here, visit) is None


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.VOLUNTEER, Role.ATTENDEE}))
def test_nobody_else_asks(app: Flask, booth: Booth, pledge: Pledge, role: Role) -> None:
    status, _ = ask(a_device(app, role), pledge)

    assert status == 403
    assert now(booth.house, pledge) == pledge


@pytest.mark.parametrize("verb", ["again", "stay"])
def test_nobody_but_the_booth_answers(
    app: Flask, volunteer: Device, booth: Booth, visit: str, pledge: Pledge, verb: str
) -> None:
    ask(volunteer, pledge)

    for who in (volunteer, a_stranger(app), a_device(app, Role.WALL)):
        assert who.post(f"{visit}/{verb}").status_code == 403
    assert now(booth.house, pledge).retake is Retake.ASKED


def test_another_booth_neither_hears_of_it_nor_answers(
    app: Flask, volunteer: Device, booth: Booth, pledge: Pledge
) -> None:
    ask(volunteer, pledge)
    other = a_device(app, Role.BOOTH)

    assert other.get("/visits/another/light").status_code == 410
    assert other.post("/visits/another/again").status_code == 410
    assert other.post("/visits/another/stay").status_code == 410
    assert now(booth.house, pledge).retake is Retake.ASKED


def test_another_sites_page_asks_and_answers_nothing(
    here: Device, volunteer: Device, booth: Booth, visit: str, pledge: Pledge
) -> None:
    body = {"reason": "eyes", "revision": 1}
    asked = volunteer.post(f"/pledges/{pledge.id}/retake", body, FOREIGN)
    assert asked.status_code == 403
    for verb in ("again", "stay"):
        assert here.post(f"{visit}/{verb}", headers=FOREIGN).status_code == 403
    assert now(booth.house, pledge) == pledge


def test_the_reason_is_logged_and_kept_nowhere(
    volunteer: Device,
    booth: Booth,
    pledge: Pledge,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(0)
    assert ask(volunteer, pledge, reason=Reason.SOMEBODY)[0] == 200
    booth.retakes.step()

    assert "somebody" not in caplog.text
    folder = booth.house.album.root.parent
    kept = [each.read_bytes() for each in folder.rglob("*") if each.is_file()]
    assert not any(b"somebody" in each for each in kept)

from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk import store
from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from kiosk.web.app import create_app
from kiosk.web.current import Front
from kiosk.web.locks import FREE, Locks
from kiosk.web.roles import Role
from tests.kiosk.web.joining import joins
from tests.kiosk.web.people import PIN, Device, a_device, a_session, told
from tests.night import Clock, a_plan, at_once, kept

VIETNAMESE, ENGLISH = {"Accept-Language": "vi"}, {"Accept-Language": "en"}
WORDS = "Mình sẽ kể cho bạn nghe."
MENDED = "Mình sẽ kể cho bạn bè nghe."


@pytest.fixture
def waiting(booth: Booth) -> Pledge:
    """Have one pledge that waits."""
    return kept(booth, a_plan(WORDS))


@pytest.fixture
def clock() -> Clock:
    """Have a clock that the locks go by."""
    return Clock(1000.0)


@pytest.fixture
def locked(front: Front, clock: Clock) -> Flask:
    """Open the same booth with locks that go by that clock."""
    return create_app(replace(front, locks=Locks(clock)))


def test_a_device_without_the_pin_sees_how_many_wait_and_nothing_of_them(
    here: Device, waiting: Pledge
) -> None:
    answer = here.get("/moderation", ENGLISH)

    assert answer.status_code == 200
    assert "1 photo is waiting." in answer.text
    for secret in (waiting.id, waiting.words, waiting.code, waiting.token):
        assert secret not in answer.text


def test_the_pin_wakes_a_device(here: Device, waiting: Pledge) -> None:
    answer = here.post("/moderation/pin", {"pin": PIN})

    assert (answer.status_code, told(answer)) == (200, {"next": "/moderation"})
    assert waiting.words in here.get("/moderation").text


def test_a_wrong_pin_is_told_in_both_languages(here: Device) -> None:
    vietnamese = here.post("/moderation/pin", {"pin": "000000"}, VIETNAMESE)
    english = here.post("/moderation/pin", {"pin": "000000"}, ENGLISH)

    assert (vietnamese.status_code, english.status_code) == (403, 403)
    assert told(english) == {
        "error": "WrongPin",
        "message": "That is not the PIN.",
        "wait": 0,
    }
    assert told(vietnamese)["message"] not in ("", told(english)["message"])
    assert "Set-Cookie" not in english.headers


@pytest.mark.parametrize(
    "guess", ["", PIN[:-1], f"{PIN}0", f" {PIN}", "٢٧١٨٢٨", "0" * 9]
)
def test_only_the_pin_itself_is_right(here: Device, guess: str) -> None:
    assert here.post("/moderation/pin", {"pin": guess}).status_code == 403


def test_guessing_is_slowed_down_and_the_wait_is_said(
    locked: Flask, clock: Clock
) -> None:
    here = Device(locked)
    for _ in range(FREE):
        answer = here.post("/moderation/pin", {"pin": "000000"})
    assert (answer.status_code, told(answer)["wait"]) == (403, 30)

    refused = here.post("/moderation/pin", {"pin": PIN}, ENGLISH)

    assert refused.status_code == 429
    assert told(refused) == {
        "error": "TooManyGuesses",
        "message": "Too many tries. Wait 30 seconds, then try again.",
        "wait": 30,
    }
    clock.now += 31
    assert here.post("/moderation/pin", {"pin": PIN}).status_code == 200


def test_a_burst_of_guesses_is_mostly_not_looked_at(locked: Flask) -> None:
    def guess(number: int) -> int:
        here = Device(locked)
        return here.post("/moderation/pin", {"pin": f"{number:06}"}).status_code

    answers = [each.result() for each in at_once(30, guess)]

    assert answers.count(403) <= 10
    assert answers.count(429) == 30 - answers.count(403)


def test_another_device_gets_in_while_one_waits(locked: Flask, front: Front) -> None:
    for _ in range(FREE + 1):
        Device(locked).post("/moderation/pin", {"pin": "000000"})
    paired = Device(locked, "192.0.2.9")
    paired.carry(a_session(front, Role.ASLEEP))

    assert Device(locked).post("/moderation/pin", {"pin": PIN}).status_code == 429
    assert paired.post("/moderation/pin", {"pin": PIN}).status_code == 200


def test_a_made_up_cookie_is_not_another_device(locked: Flask) -> None:
    answers = []
    for number in range(FREE + 1):
        here = Device(locked)
        here.carry(f"made up {number}")
        answers.append(here.post("/moderation/pin", {"pin": "000000"}).status_code)

    assert answers == [403] * FREE + [429]


def test_a_stranger_may_not_even_guess(stranger: Device) -> None:
    assert stranger.post("/moderation/pin", {"pin": PIN}).status_code == 403
    assert stranger.get("/moderation").status_code == 403


def test_a_device_put_to_sleep_sees_nothing_until_the_pin_wakes_it(
    app: Flask, volunteer: Device, waiting: Pledge
) -> None:
    assert joins(volunteer, {"screen": "moderation"})

    assert told(volunteer.post("/moderation/leave")) == {"next": "/moderation"}

    assert waiting.words not in volunteer.get("/moderation").text
    assert volunteer.get("/moderation/feed").status_code == 403
    assert volunteer.get(f"/pictures/{waiting.id}/thumb.jpg").status_code == 403
    assert decide(volunteer, waiting, "approved").status_code == 403
    assert not joins(volunteer, {"screen": "moderation"})
    assert volunteer.post("/moderation/pin", {"pin": PIN}).status_code == 200
    assert waiting.words in volunteer.get("/moderation").text


def test_signing_in_again_ends_the_session_before(app: Flask, front: Front) -> None:
    stolen = a_session(front, Role.VOLUNTEER)
    device, thief = (a_device(app, Role.STRANGER) for _ in range(2))
    device.carry(stolen)
    thief.carry(stolen)

    device.post("/moderation/pin", {"pin": PIN})

    assert device.get("/moderation/feed").status_code == 200
    assert thief.get("/moderation/feed").status_code == 403


@pytest.mark.parametrize("decision", ["approved", "private", "removed"])
def test_a_decision_is_answered_with_what_it_became(
    volunteer: Device, waiting: Pledge, decision: str
) -> None:
    answer = decide(volunteer, waiting, decision)

    assert answer.status_code == 200
    said = told(answer)
    assert (said["id"], said["revision"], said["decision"]) == (waiting.id, 2, decision)
    assert said["tallies"] == {
        "waiting": 0,
        "approved": 0,
        "private": 0,
        "removed": 0,
        "requests": 0,
        decision: 1,
    }


def test_the_second_volunteer_is_told_she_was_late(
    app: Flask, volunteer: Device, waiting: Pledge, booth: Booth
) -> None:
    second = a_device(app, Role.VOLUNTEER)
    decide(volunteer, waiting, "private")

    late = decide(second, waiting, "approved", ENGLISH)

    assert late.status_code == 409
    assert told(late)["error"] == "AlreadyDecided"
    assert told(late)["message"] == "Another volunteer was first."
    assert now(booth, waiting).decision is Decision.PRIVATE


def test_the_late_volunteer_sees_what_was_decided(
    app: Flask, volunteer: Device, waiting: Pledge
) -> None:
    second = a_device(app, Role.VOLUNTEER)
    decide(volunteer, waiting, "private")

    assert told(decide(second, waiting, "approved"))["decision"] == "private"


def test_of_eight_volunteers_at_once_one_wins(
    app: Flask, waiting: Pledge, booth: Booth
) -> None:
    tablets = [a_device(app, Role.VOLUNTEER) for _ in range(8)]
    choices = ["approved", "private", "removed", "approved"] * 2

    ends = at_once(8, lambda at: decide(tablets[at], waiting, choices[at]).status_code)
    codes = [each.result() for each in ends]

    assert sorted(codes) == [200] + [409] * 7
    assert now(booth, waiting).decision == choices[codes.index(200)]


def test_undo_brings_the_pledge_back_to_the_queue(
    volunteer: Device, waiting: Pledge, booth: Booth
) -> None:
    decide(volunteer, waiting, "removed")

    answer = volunteer.post(f"/pledges/{waiting.id}/undo", {})

    assert (answer.status_code, told(answer)["decision"]) == (200, "waiting")
    assert now(booth, waiting).is_waiting
    assert waiting.words in volunteer.get("/moderation").text


def test_undo_is_for_ones_own_decisions_and_once(
    app: Flask, volunteer: Device, waiting: Pledge
) -> None:
    second = a_device(app, Role.VOLUNTEER)
    undo = f"/pledges/{waiting.id}/undo"
    assert told(volunteer.post(undo, {}))["error"] == "NothingToUndo"
    decide(volunteer, waiting, "approved")

    assert second.post(undo, {}).status_code == 409
    assert volunteer.post(undo, {}).status_code == 200
    assert volunteer.post(undo, {}).status_code == 409


def test_a_request_is_restored_or_withdrawn(
    volunteer: Device, waiting: Pledge, booth: Booth
) -> None:
    decide(volunteer, waiting, "approved")
    booth.desk.hide(waiting.token)
    assert now(booth, waiting).is_asked_back

    restored = volunteer.post(f"/pledges/{waiting.id}/restore", {})

    assert (restored.status_code, told(restored)["tallies"]["requests"]) == (200, 0)
    assert now(booth, waiting).is_on_wall
    booth.desk.hide(waiting.token)
    assert volunteer.post(f"/pledges/{waiting.id}/withdraw", {}).status_code == 200
    assert now(booth, waiting).is_withdrawn


def test_what_is_withdrawn_can_never_come_back(
    volunteer: Device, waiting: Pledge, booth: Booth
) -> None:
    decide(volunteer, waiting, "approved")
    booth.desk.hide(waiting.token)
    volunteer.post(f"/pledges/{waiting.id}/withdraw", {})
    gone = now(booth, waiting)

    for verb in ("undo", "restore"):
        assert volunteer.post(f"/pledges/{waiting.id}/{verb}", {}).status_code == 409
    assert decide(volunteer, gone, "approved").status_code == 409
    assert now(booth, waiting).is_withdrawn


def test_nothing_is_withdrawn_that_nobody_asked_back(
    volunteer: Device, waiting: Pledge, booth: Booth
) -> None:
    answer = volunteer.post(f"/pledges/{waiting.id}/withdraw", {})

    assert answer.status_code == 409
    assert not now(booth, waiting).is_withdrawn


def test_a_mend_is_answered_with_what_it_became(
    volunteer: Device, waiting: Pledge, booth: Booth
) -> None:
    answer = mend(volunteer, waiting, MENDED)

    assert answer.status_code == 200
    said = told(answer)
    assert (said["id"], said["revision"], said["decision"]) == (
        waiting.id,
        2,
        "waiting",
    )
    assert said["tallies"]["waiting"] == 1
    assert (now(booth, waiting).words, now(booth, waiting).said) == (MENDED, WORDS)
    assert told(mend(volunteer, waiting, MENDED)) == said


def test_the_queue_shows_mended_words_and_what_the_guest_wrote(
    volunteer: Device, booth: Booth
) -> None:
    pledge = kept(booth, a_plan("I wil speak up", language="en"))
    assert "Khách viết:" not in volunteer.get("/moderation", VIETNAMESE).text

    mended = told(mend(volunteer, pledge, "I will speak up"))

    page = volunteer.get("/moderation", VIETNAMESE).text
    assert 'lang="en">I will speak up</h2>' in page
    assert 'Khách viết: <span lang="en">I wil speak up</span>' in page
    again = {"words": "I wil speak up", "revision": mended["revision"]}
    volunteer.post(f"/pledges/{pledge.id}/words", again)
    assert "Khách viết:" not in volunteer.get("/moderation", VIETNAMESE).text


def test_pictures_of_what_was_mended_have_another_address(
    volunteer: Device, waiting: Pledge
) -> None:
    address = f"/pictures/{waiting.id}/thumb.jpg?v="
    before = volunteer.get(f"{address}1").data
    assert f"{address}1" in volunteer.get("/moderation").text

    mend(volunteer, waiting, MENDED)

    assert f"{address}2" in volunteer.get("/moderation").text
    assert volunteer.get(f"{address}2").data != before


def test_the_second_volunteer_to_mend_is_told_she_was_late(
    app: Flask, volunteer: Device, waiting: Pledge, booth: Booth
) -> None:
    second = a_device(app, Role.VOLUNTEER)
    mend(volunteer, waiting, MENDED)

    late = mend(second, waiting, "Mình kể.", ENGLISH)

    assert (late.status_code, told(late)["decision"]) == (409, "waiting")
    assert told(late)["message"] == "Another volunteer was first."
    assert now(booth, waiting).words == MENDED


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Write your promise first."),
        ("a" * 121, "That is too long: at most 120 characters fit on a card."),
        ("Mình 𒀀", "We cannot draw these yet: 𒀀"),
    ],
)
def test_words_that_fit_no_card_are_refused_in_the_volunteers_language(
    volunteer: Device, waiting: Pledge, booth: Booth, words: str, sentence: str
) -> None:
    english = mend(volunteer, waiting, words, ENGLISH)
    vietnamese = mend(volunteer, waiting, words, VIETNAMESE)

    assert (english.status_code, vietnamese.status_code) == (422, 422)
    assert told(english)["message"] == sentence
    assert told(vietnamese)["message"] not in ("", sentence)
    assert now(booth, waiting) == waiting


def test_a_photo_that_is_gone_is_told_as_such(
    volunteer: Device, filming: Booth
) -> None:
    pledge = kept(filming, a_plan(WORDS, face=True))
    filming.house.album.drop(pledge.place, "original.jpg", "photo.jpg")

    answer = mend(volunteer, pledge, MENDED, ENGLISH)

    assert (answer.status_code, told(answer)["error"]) == (409, "PhotoGone")


def test_mended_words_are_never_logged(
    volunteer: Device, waiting: Pledge, caplog: pytest.LogCaptureFixture
) -> None:
    mend(volunteer, waiting, MENDED)
    mend(volunteer, waiting, "𒀀 bí mật")

    for secret in (WORDS, MENDED, "bí mật"):
        assert secret not in caplog.text


@pytest.mark.parametrize("verb", ["decision", "words", "undo", "restore", "withdraw"])
def test_an_unknown_pledge_is_told_as_such(volunteer: Device, verb: str) -> None:
    bodies: dict[str, dict[str, object]] = {
        "decision": {"decision": "approved", "revision": 1},
        "words": {"words": MENDED, "revision": 1},
    }

    answer = volunteer.post(f"/pledges/none/{verb}", bodies.get(verb, {}), ENGLISH)

    assert (answer.status_code, told(answer)["message"]) == (
        404,
        "There is nothing here.",
    )


@pytest.mark.parametrize("role", [Role.WALL, Role.BOOTH, Role.OPERATOR, Role.ASLEEP])
def test_only_a_volunteer_decides(
    app: Flask, waiting: Pledge, booth: Booth, role: Role
) -> None:
    device = a_device(app, role)

    answers = (
        [decide(device, waiting, "approved").status_code]
        + [
            device.post(f"/pledges/{waiting.id}/{verb}", {}).status_code
            for verb in ("undo", "restore", "withdraw")
        ]
        + [mend(device, waiting, MENDED).status_code]
    )

    assert answers == [403] * 5
    assert now(booth, waiting) == waiting


def decide(
    device: Device,
    pledge: Pledge,
    decision: str,
    headers: dict[str, str] | None = None,
) -> TestResponse:
    """Touch a decision, about the pledge as it was seen."""
    body = {"decision": decision, "revision": pledge.revision}
    return device.post(f"/pledges/{pledge.id}/decision", body, headers)


def mend(
    device: Device, pledge: Pledge, words: str, headers: dict[str, str] | None = None
) -> TestResponse:
    """Mend the words of the pledge as it was seen."""
    body = {"words": words, "revision": pledge.revision}
    return device.post(f"/pledges/{pledge.id}/words", body, headers)


def now(booth: Booth, pledge: Pledge) -> Pledge:
    """Return the pledge as it is."""
    with booth.house.database.reading() as db:
        return store.get(db, pledge.id)

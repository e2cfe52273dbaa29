import time
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk import store
from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from kiosk.store import devices
from kiosk.web.app import create_app
from kiosk.web.current import Front
from kiosk.web.locks import FREE, Locks
from kiosk.web.roles import Role
from tests.kiosk.web.joining import joins
from tests.kiosk.web.people import (
    ON_THE_NETWORK,
    PIN,
    Device,
    a_device,
    a_link,
    a_session,
    front_of,
    told,
)
from tests.night import Clock, a_plan, at_once, kept

VIETNAMESE, ENGLISH = {"Accept-Language": "vi"}, {"Accept-Language": "en"}
FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP")
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


@pytest.fixture
def asleep(app: Flask) -> Device:
    """Be a paired tablet that sleeps."""
    return a_device(app, Role.ASLEEP)


def tablet(locked: Flask, session: str, **headers: str) -> Device:
    """Be a paired tablet at the booth whose locks go by the clock."""
    device = Device(locked, ON_THE_NETWORK)
    device.carry(session)
    device.headers.update(headers)
    return device


def test_a_device_that_sleeps_sees_how_many_wait_and_nothing_of_them(
    asleep: Device, waiting: Pledge
) -> None:
    answer = asleep.get("/moderation", ENGLISH)

    assert answer.status_code == 200
    assert "1 photo is waiting." in answer.text
    assert "Volunteer 1" in answer.text
    for secret in (waiting.id, waiting.words, waiting.code, waiting.token):
        assert secret not in answer.text


@pytest.mark.parametrize("language", [VIETNAMESE, ENGLISH])
def test_a_device_that_is_not_paired_is_told_how_and_is_given_no_pad(
    here: Device, stranger: Device, waiting: Pledge, language: dict[str, str]
) -> None:
    title = {"vi": "Ghép máy này", "en": "Pair this device"}
    for device in (here, stranger):
        answer = device.get("/moderation", {**language, "Accept": "text/html"})

        assert answer.status_code == 403
        assert title[language["Accept-Language"]] in answer.text
        assert "<pin-pad" not in answer.text
        assert waiting.words not in answer.text


def test_the_pin_wakes_a_device_as_it_was(asleep: Device, waiting: Pledge) -> None:
    before = asleep.cookie

    answer = asleep.post("/moderation/pin", {"pin": PIN})

    assert (answer.status_code, told(answer)) == (200, {"next": "/moderation"})
    assert "Set-Cookie" not in answer.headers
    assert asleep.cookie == before
    assert waiting.words in asleep.get("/moderation").text


@pytest.mark.parametrize("role", set(Role) - {Role.ASLEEP})
def test_the_pin_pairs_nobody(app: Flask, here: Device, role: Role) -> None:
    for device in (a_device(app, role), here):
        refused = device.post("/moderation/pin", {"pin": PIN})

        assert refused.status_code in (403, 404)
        assert "WrongPin" not in refused.text
        assert "Set-Cookie" not in refused.headers
    assert here.get("/moderation/feed").status_code == 403


def test_a_wrong_pin_is_told_in_both_languages(asleep: Device) -> None:
    vietnamese = asleep.post("/moderation/pin", {"pin": "000000"}, VIETNAMESE)
    english = asleep.post("/moderation/pin", {"pin": "000000"}, ENGLISH)

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
def test_only_the_pin_itself_is_right(asleep: Device, guess: str) -> None:
    refused = asleep.post("/moderation/pin", {"pin": guess})

    assert (refused.status_code, told(refused)["error"]) == (403, "WrongPin")


def test_guessing_is_slowed_down_and_the_wait_is_said(
    locked: Flask, front: Front, clock: Clock
) -> None:
    asleep = tablet(locked, a_session(front, Role.ASLEEP))
    for _ in range(FREE):
        answer = asleep.post("/moderation/pin", {"pin": "000000"})
    assert (answer.status_code, told(answer)["wait"]) == (403, 30)

    refused = asleep.post("/moderation/pin", {"pin": PIN}, ENGLISH)

    assert refused.status_code == 429
    assert told(refused) == {
        "error": "TooManyGuesses",
        "message": "Too many tries. Wait 30 seconds, then try again.",
        "wait": 30,
    }
    clock.now += 31
    assert asleep.post("/moderation/pin", {"pin": PIN}).status_code == 200


def test_of_forty_guesses_at_once_at_most_ten_are_looked_at_whatever_they_claim(
    locked: Flask, front: Front
) -> None:
    session = a_session(front, Role.ASLEEP)

    def guess(number: int) -> str:
        claims = dict.fromkeys(FORWARDED, f"198.51.100.{number}")
        device = tablet(locked, session, **claims)
        return str(
            told(device.post("/moderation/pin", {"pin": f"{number:06}"}))["error"]
        )

    answers = [each.result() for each in at_once(40, guess)]

    assert answers.count("WrongPin") <= 10
    assert answers.count("TooManyGuesses") == 40 - answers.count("WrongPin")


def test_meanwhile_another_tablet_with_the_right_pin_gets_in(
    locked: Flask, front: Front
) -> None:
    guessing, honest = (a_session(front, Role.ASLEEP) for _ in range(2))
    took: list[float] = []
    for _ in range(FREE):
        tablet(locked, guessing).post("/moderation/pin", {"pin": "000000"})

    def act(number: int) -> int:
        if number:
            guess = {"pin": f"{number:06}"}
            return tablet(locked, guessing).post("/moderation/pin", guess).status_code
        began = time.monotonic()
        answer = tablet(locked, honest).post("/moderation/pin", {"pin": PIN})
        took.append(time.monotonic() - began)
        return answer.status_code

    honest_answer, *others = (each.result() for each in at_once(41, act))

    assert honest_answer == 200
    assert took[0] <= 25  # five times the figure of R17
    assert set(others) <= {403, 429}
    assert (
        tablet(locked, guessing).post("/moderation/pin", {"pin": PIN}).status_code
        == 429
    )


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


def test_leaving_has_the_browser_forget_all_but_which_device_it_is(
    volunteer: Device,
) -> None:
    answer = volunteer.post("/moderation/leave")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert volunteer.cookie


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
    assert told(late)["message"] == "Volunteer 1 has kept this photo private."
    assert now(booth, waiting).decision is Decision.PRIVATE


@pytest.mark.parametrize(
    ("did", "sentence"),
    [
        ("approved", "Máy của Mai has approved this photo."),
        ("private", "Máy của Mai has kept this photo private."),
        ("removed", "Máy của Mai has removed this photo."),
        ("undone", "Máy của Mai has taken the decision back."),
        ("mended", "Máy của Mai has mended these words."),
    ],
)
def test_the_second_volunteer_reads_who_was_first_and_what_they_did(
    stranger: Device, volunteer: Device, waiting: Pledge, did: str, sentence: str
) -> None:
    code = a_link(front_of(stranger.app), Role.VOLUNTEER, time.time())
    stranger.post(f"/enter/{code}", {"name": "Máy của Mai"})
    if did == "mended":
        mend(stranger, waiting, MENDED)
    else:
        decide(stranger, waiting, "private" if did == "undone" else did)
    if did == "undone":
        stranger.post(f"/pledges/{waiting.id}/undo")

    late = decide(volunteer, waiting, "approved", ENGLISH)

    assert (late.status_code, told(late)["message"]) == (409, sentence)
    late = decide(volunteer, waiting, "approved", VIETNAMESE)
    assert told(late)["message"].startswith("Máy của Mai đã ")


def test_who_was_first_is_told_when_that_device_is_gone(
    app: Flask, operator: Device, volunteer: Device, waiting: Pledge, booth: Booth
) -> None:
    second = a_device(app, Role.VOLUNTEER)
    decide(volunteer, waiting, "approved")
    with booth.house.database.reading() as db:
        tablets = [each for each in devices.paired(db) if each.role == "volunteer"]
    (first,) = [each for each in tablets if each.number == 1]
    operator.post(f"/devices/{first.id}/revoke")

    late = decide(second, waiting, "private", ENGLISH)

    assert told(late)["message"] == "Volunteer 1 has approved this photo."


def test_a_volunteer_whom_the_guest_forestalled_is_told_so(
    volunteer: Device, waiting: Pledge, booth: Booth
) -> None:
    booth.desk.hide(waiting.token)

    late = decide(volunteer, waiting, "approved", ENGLISH)

    assert late.status_code == 409
    assert told(late)["message"] == "Its guest has just asked for this photo back."


def test_nobody_is_named_for_what_no_device_did(
    volunteer: Device, waiting: Pledge, booth: Booth
) -> None:
    private = booth.desk.decide(waiting.id, Decision.PRIVATE, revision=1, who="?")
    with booth.house.database.transaction() as db:
        store.save(db, private, replace(private, revision=9))

    late = decide(volunteer, waiting, "approved", ENGLISH)

    assert told(late)["message"] == "Another volunteer was first."


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
    assert told(late)["message"] == "Volunteer 1 has mended these words."
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


def test_a_volunteer_chooses_a_pledge_for_the_stage_and_no_longer(
    volunteer: Device, booth: Booth, waiting: Pledge
) -> None:
    decide(volunteer, waiting, "approved")

    chosen = star(volunteer, waiting, is_starred=True)

    assert chosen.status_code == 200
    assert (told(chosen)["is_starred"], told(chosen)["revision"]) == (True, 3)
    assert starred(booth) == [waiting.id]
    assert told(star(volunteer, waiting, is_starred=True))["revision"] == 3
    assert told(star(volunteer, waiting, is_starred=False))["revision"] == 4
    assert starred(booth) == []


def test_what_no_wall_may_show_is_not_read_out(
    volunteer: Device, booth: Booth, waiting: Pledge
) -> None:
    answer = star(volunteer, waiting, is_starred=True)

    assert answer.status_code == 409
    assert now(booth, waiting) == waiting


def test_whatever_takes_a_pledge_off_the_wall_takes_it_off_the_stage(
    volunteer: Device, booth: Booth, waiting: Pledge
) -> None:
    decide(volunteer, waiting, "approved")
    star(volunteer, waiting, is_starred=True)

    decide(volunteer, now(booth, waiting), "private")
    assert starred(booth) == []
    volunteer.post(f"/pledges/{waiting.id}/undo")
    assert starred(booth) == [waiting.id]
    booth.desk.hide(waiting.token)
    assert starred(booth) == []


def test_what_was_pulled_back_and_is_approved_again_is_chosen_anew(
    volunteer: Device, booth: Booth, waiting: Pledge
) -> None:
    decide(volunteer, waiting, "approved")
    star(volunteer, waiting, is_starred=True)
    decide(volunteer, now(booth, waiting), "private")

    decide(volunteer, now(booth, waiting), "approved")

    assert starred(booth) == []
    assert told(star(volunteer, waiting, is_starred=True))["is_starred"]


def test_an_approval_that_is_undone_and_done_again_is_chosen_anew(
    volunteer: Device, booth: Booth, waiting: Pledge
) -> None:
    decide(volunteer, waiting, "approved")
    star(volunteer, waiting, is_starred=True)
    volunteer.post(f"/pledges/{waiting.id}/undo")

    decide(volunteer, now(booth, waiting), "approved")

    assert starred(booth) == []


def test_what_its_guest_asked_back_and_was_restored_is_chosen_anew(
    volunteer: Device, booth: Booth, waiting: Pledge
) -> None:
    decide(volunteer, waiting, "approved")
    star(volunteer, waiting, is_starred=True)

    booth.desk.hide(waiting.token)
    volunteer.post(f"/pledges/{waiting.id}/restore")

    assert now(booth, waiting).is_on_wall
    assert starred(booth) == []


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
        + [star(device, waiting, is_starred=True).status_code]
    )

    assert answers == [403] * 6
    assert now(booth, waiting) == waiting


def test_many_are_decided_at_a_touch_and_each_answer_is_told(
    app: Flask, volunteer: Device, booth: Booth
) -> None:
    own = ("Mình sẽ lắng nghe bạn bè.", "I will ask twice.", "Kể cho em gái mình.")
    pledges = [kept(booth, a_plan(words)) for words in own]
    decide(a_device(app, Role.VOLUNTEER), pledges[1], "private")

    answer = decide_all(volunteer, pledges, "approved")

    assert answer.status_code == 200
    outcomes = dict(
        zip((each.id for each in pledges), ("done", "late", "done"), strict=True)
    )
    assert told(answer)["outcomes"] == outcomes
    tallies = told(answer)["tallies"]
    assert (tallies["waiting"], tallies["approved"], tallies["private"]) == (0, 2, 1)


@pytest.mark.parametrize("count", [0, 51])
def test_at_least_one_and_at_most_fifty_are_decided_at_a_touch(
    volunteer: Device, waiting: Pledge, booth: Booth, count: int
) -> None:
    assert decide_all(volunteer, [waiting] * count, "approved").status_code == 400
    assert now(booth, waiting) == waiting


@pytest.mark.parametrize("role", [Role.WALL, Role.BOOTH, Role.OPERATOR, Role.ASLEEP])
def test_only_a_volunteer_decides_about_many(
    app: Flask, waiting: Pledge, booth: Booth, role: Role
) -> None:
    answer = decide_all(a_device(app, role), [waiting], "approved")

    assert answer.status_code == 403
    assert now(booth, waiting) == waiting


def decide_all(device: Device, pledges: list[Pledge], decision: str) -> TestResponse:
    """Touch one decision for many, as they were seen."""
    seen = [{"id": each.id, "revision": each.revision} for each in pledges]
    return device.post("/pledges/decisions", {"decision": decision, "pledges": seen})


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


# What a volunteer should look at twice


def test_a_cry_for_help_is_told_on_the_card_and_so_is_whom_to_fetch(
    volunteer: Device, booth: Booth
) -> None:
    kept(booth, a_plan("Em bị nhốt trong nhà, gọi 0912345678"))
    volunteer.choose("en")

    page = volunteer.get("/moderation").text

    assert 'data-flags="help phone"' in page
    assert "Fetch the person who runs the booth, now." in page
    assert 'href="tel:' not in page  # nobody is named in the event as it is shipped


def star(device: Device, pledge: Pledge, *, is_starred: bool) -> TestResponse:
    """Choose a pledge for the stage, or no longer."""
    return device.post(f"/pledges/{pledge.id}/star", {"is_starred": is_starred})


def starred(booth: Booth) -> list[str]:
    """Return the ids of what the stage reads."""
    with booth.house.database.reading() as db:
        return [each.id for each in store.starred(db, 10)]

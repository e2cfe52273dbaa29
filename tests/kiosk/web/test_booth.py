from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import cv2
import numpy as np
import pytest
import zxingcpp
from flask import Flask
from werkzeug.test import TestResponse

from kiosk import store
from kiosk.booth import Booth
from kiosk.config import Config
from kiosk.pledge import Decision
from kiosk.web.listening import Listening
from kiosk.web.night import open_night
from tests.jpegs import segments
from tests.kiosk.web.people import ASKED, Device, agreed, drawn, told
from tests.lens import Lens, Mode
from tests.night import a_camera, at_once, files_in
from tests.waiting import eventually

VIETNAMESE, ENGLISH = {"Accept-Language": "vi"}, {"Accept-Language": "en"}
CODE = r"HN [2-9A-HJKMNP-Z]{4}"


def test_the_booth_opens_in_both_languages(here: Device) -> None:
    page = here.get("/").text

    assert "Chạm để bắt đầu" in page
    assert "Touch to start" in page


def test_a_guest_agrees_poses_shoots_keeps_and_takes_a_code_home(
    here: Device, filming: Booth
) -> None:
    agreed_to = told(here.post("/visits", {**ASKED, "face": True}))
    visit = f"/visits/{agreed_to['visit']}"
    assert agreed_to["retakes"] == 2
    assert here.post(f"{visit}/pose").status_code == 204

    shown = told(here.post(f"{visit}/shoot"))
    assert shown["retakes"] == 2
    assert read_back(here.get(shown["draft"])) == []
    answer = here.post(f"{visit}/keep")

    assert answer.status_code == 201
    kept = told(answer)
    assert (kept["number"], kept["practice"]) == (1, True)
    assert kept["qr"] == f"{visit}/qr.svg"
    assert here.get(kept["qr"]).mimetype == "image/svg+xml"
    assert here.get(kept["card"]).mimetype == "image/jpeg"
    assert read_back(here.get(kept["card"])) == []


def test_the_guest_is_asked_again_when_they_take_the_photo_again(
    here: Device, filming: Booth
) -> None:
    visit = agreed(here, face=True)
    left = []
    for _ in range(3):
        here.post(f"{visit}/pose")
        left.append(told(here.post(f"{visit}/shoot"))["retakes"])

    assert left == [2, 1, 0]
    refused = here.post(f"{visit}/pose", headers=ENGLISH)
    assert (refused.status_code, told(refused)["message"]) == (
        409,
        "That was the last photo for this visit.",
    )
    assert here.post(f"{visit}/keep").status_code == 201


@pytest.mark.parametrize(
    ("mode", "fault"), [("ok", None), ("blurred", "blurred"), ("dark", "black")]
)
def test_what_is_wrong_with_a_photo_is_answered_with_it(
    listening: Listening, mode: Mode, fault: str | None
) -> None:
    listening.data.mkdir()
    with Lens(640, 360, 10) as lens, seeing(listening, lens) as here:
        lens.mode(mode)
        visit = agreed(here, face=True)
        here.post(f"{visit}/pose")

        shown = told(here.post(f"{visit}/shoot"))
        reworded = here.post(f"{visit}/words", {"words": "Mình sẽ hỏi.", "theme": None})

    assert shown["fault"] == fault
    assert told(reworded)["fault"] == fault


def test_a_card_without_a_face_has_no_fault(here: Device) -> None:
    assert told(here.post(f"{agreed(here)}/shoot"))["fault"] is None


def test_nothing_is_photographed_before_the_button(
    here: Device, filming: Booth
) -> None:
    visit = agreed(here, face=True)

    assert told(here.post(f"{visit}/shoot"))["error"] == "NothingToKeep"
    assert told(here.post(f"{visit}/keep"))["error"] == "NothingToKeep"
    assert told(here.get(f"{visit}/draft/1.jpg"))["error"] == "NothingToKeep"


def test_no_code_is_told_before_keep(here: Device, booth: Booth) -> None:
    opened = here.post("/visits", dict(ASKED))
    visit = f"/visits/{told(opened)['visit']}"
    shot = here.post(f"{visit}/shoot")
    draft = here.get(told(shot)["draft"])
    reworded = here.post(f"{visit}/words", {"words": "Mình sẽ hỏi bạn.", "theme": None})
    early = [opened, shot, draft, reworded, here.get("/"), here.get(f"{visit}/qr.svg")]

    kept = told(here.post(f"{visit}/keep"))

    with booth.house.database.reading() as db:
        (pledge,) = store.by_code(db, kept["code"])
    for answer in early:
        assert pledge.token.encode() not in answer.data
        assert pledge.code.encode() not in answer.data
    assert early[-1].status_code == 410


def test_the_draft_is_a_picture_without_a_code_and_without_metadata(
    here: Device,
) -> None:
    visit = drawn(here)

    draft = here.get(f"{visit}/draft/1.jpg")

    assert draft.mimetype == "image/jpeg"
    assert not {"APP1", "COM"} & set(segments(draft.data))
    assert read_back(draft) == []


def test_a_draft_is_never_on_disk(here: Device, listening: Listening) -> None:
    before = files_in(listening.data / "album")

    drawn(here)

    assert files_in(listening.data / "album") == before


def test_keep_said_twice_is_the_same_promise(here: Device, booth: Booth) -> None:
    visit = drawn(here)

    answers = [here.post(f"{visit}/keep") for _ in range(2)]

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].data == answers[1].data
    assert how_many(booth) == 1


def test_keep_said_four_times_at_once_is_one_promise(
    app: Flask, here: Device, booth: Booth
) -> None:
    visit = drawn(here)

    answers = at_once(4, lambda _: Device(app).post(f"{visit}/keep").data)

    assert len({each.result() for each in answers}) == 1
    assert how_many(booth) == 1


def test_keep_said_again_after_a_restart_has_the_same_answer(
    here: Device, listening: Listening
) -> None:
    visit = drawn(here)
    before = here.post(f"{visit}/keep")

    night = open_night(listening)
    again = Device(night.app)  # type: ignore[arg-type]  # it is Flask's
    after = again.post(f"{visit}/keep")

    assert after.data == before.data
    assert again.get(f"{visit}/card.jpg").data == here.get(f"{visit}/card.jpg").data
    assert again.get(f"{visit}/qr.svg").data == here.get(f"{visit}/qr.svg").data
    night.database.close()


def test_a_draft_is_gone_after_a_restart(here: Device, listening: Listening) -> None:
    visit = drawn(here)

    night = open_night(listening)
    again = Device(night.app)  # type: ignore[arg-type]  # it is Flask's

    assert again.post(f"{visit}/keep").status_code == 410
    assert again.get(f"{visit}/draft/1.jpg").status_code == 410
    night.database.close()


def test_the_preview_streams_to_the_visit_between_agree_and_keep(
    here: Device, filming: Booth
) -> None:
    visit = agreed(here, face=True)

    stream = here.get(f"{visit}/preview")
    parts = pictures_of(stream)

    assert stream.mimetype == "multipart/x-mixed-replace"
    assert next(parts) != next(parts)
    stream.close()


def test_the_preview_ends_with_keep(here: Device, filming: Booth) -> None:
    visit = agreed(here, face=True)
    stream = here.get(f"{visit}/preview")
    parts = pictures_of(stream)
    next(parts)

    here.post(f"{visit}/pose")
    here.post(f"{visit}/shoot")
    here.post(f"{visit}/keep")

    assert len(list(parts)) <= 1
    assert refused_preview(here, visit) == 410


def test_the_preview_ends_with_the_visit(here: Device, filming: Booth) -> None:
    visit = agreed(here, face=True)
    parts = pictures_of(here.get(f"{visit}/preview"))
    next(parts)

    here.post(f"{visit}/end")

    assert len(list(parts)) <= 1
    assert refused_preview(here, visit) == 410


def test_the_next_guest_ends_the_preview_of_the_one_before(
    here: Device, filming: Booth
) -> None:
    visit = agreed(here, face=True)
    parts = pictures_of(here.get(f"{visit}/preview"))
    next(parts)

    agreed(here, face=True)

    assert len(list(parts)) <= 1


def test_nobody_gets_a_preview_without_a_visit_for_a_photo(
    here: Device, filming: Booth
) -> None:
    without_a_face = agreed(here)

    assert refused_preview(here, "/visits/none") in (404, 410)
    assert refused_preview(here, without_a_face) in (404, 410)


def test_a_face_needs_a_camera_and_a_colour_card_does_not(here: Device) -> None:
    refused = here.post("/visits", {**ASKED, "face": True}, VIETNAMESE)

    assert (refused.status_code, told(refused)["error"]) == (409, "CameraLost")
    assert here.post(f"{drawn(here)}/keep").status_code == 201
    assert told(here.get("/booth/camera"))["is_live"] is False


def test_a_guest_whose_camera_is_lost_goes_on_without_a_face(
    here: Device, filming: Booth, booth: Booth
) -> None:
    visit = agreed(here, face=True)
    here.post(f"{visit}/pose")

    colours = {"colour": "sea", "drawing": "lotus"}
    assert here.post(f"{visit}/faceless", colours).status_code == 204
    here.post(f"{visit}/shoot")
    kept = told(here.post(f"{visit}/keep"))

    with booth.house.database.reading() as db:
        (pledge,) = store.by_code(db, kept["code"])
    assert (pledge.has_face, pledge.colour, pledge.drawing) == (False, "sea", "lotus")


def test_the_mirror_shows_what_the_card_keeps_also_under_many_words(
    here: Device, filming: Booth
) -> None:
    few = told(here.post("/visits", {**ASKED, "face": True}))
    many = told(
        here.post("/visits", {**ASKED, "face": True, "words": "👨‍👩‍👧‍👦" * 120})
    )

    layout = filming.house.event.layout
    assert few["photo"] == pytest.approx(layout.proportion)
    assert many["photo"] > 1.1 * few["photo"]
    visit = f"/visits/{many['visit']}"
    fewer = told(here.post(f"{visit}/words", {"words": "Mình hứa", "theme": None}))
    assert fewer["photo"] == pytest.approx(layout.proportion)


SKETCHED = {"language": "vi", "words": "Mình hứa", "colour": "sea", "drawing": "lotus"}


def test_a_card_without_a_face_is_shown_as_it_will_be(here: Device) -> None:
    shown = here.post("/sketch", SKETCHED)
    visit = told(here.post("/visits", {**ASKED, **SKETCHED, "face": False}))["visit"]
    draft = here.get(told(here.post(f"/visits/{visit}/shoot"))["draft"])

    assert shown.mimetype == "image/jpeg"
    assert shown.data == draft.data
    assert read_back(shown) == []
    other = here.post("/sketch", {**SKETCHED, "colour": "night"})
    assert other.data != shown.data


def test_a_sketch_of_words_that_fit_no_card_says_why(here: Device) -> None:
    answer = here.post("/sketch", {**SKETCHED, "words": "ᚠ"})

    assert answer.status_code == 422
    assert "ᚠ" in told(answer)["message"]


def test_a_sketch_keeps_nothing(here: Device, booth: Booth) -> None:
    before = files_in(booth.house.album.root)

    here.post("/sketch", SKETCHED)

    assert files_in(booth.house.album.root) == before


def test_other_words_are_drawn_on_the_same_visit(here: Device, booth: Booth) -> None:
    visit = drawn(here)
    first = here.get(f"{visit}/draft/1.jpg").data

    again = here.post(f"{visit}/words", {"words": "Mình sẽ gọi 111.", "theme": None})

    assert told(again)["draft"] == f"{visit}/draft/2.jpg"
    assert here.get(f"{visit}/draft/2.jpg").data != first
    here.post(f"{visit}/keep")
    with booth.house.database.reading() as db:
        assert store.queue(db, 1)[0].words == "Mình sẽ gọi 111."


def test_a_refused_change_of_words_leaves_the_draft_as_it_was(here: Device) -> None:
    visit = drawn(here)
    before = here.get(f"{visit}/draft/1.jpg").data

    assert here.post(f"{visit}/words", {"words": " "}).status_code == 422

    assert here.get(f"{visit}/draft/1.jpg").data == before
    assert here.post(f"{visit}/keep").status_code == 201


def test_a_visit_that_ended_keeps_nothing(here: Device, booth: Booth) -> None:
    visit = drawn(here)

    assert here.post(f"{visit}/end").status_code == 204

    for verb in ("keep", "shoot", "pose"):
        assert here.post(f"{visit}/{verb}").status_code in (409, 410)
    assert how_many(booth) == 0


def test_ending_a_visit_late_takes_nothing_kept_away(
    here: Device, booth: Booth
) -> None:
    visit = drawn(here)
    kept = here.post(f"{visit}/keep")

    here.post(f"{visit}/end")

    assert here.post(f"{visit}/keep").data == kept.data
    assert how_many(booth) == 1


def test_the_done_screen_survives_its_photos_erasure(
    here: Device, booth: Booth
) -> None:
    visit = drawn(here)
    code = told(here.post(f"{visit}/keep"))["code"]
    with booth.house.database.reading() as db:
        (pledge,) = store.by_code(db, code)

    booth.desk.withdraw(pledge.id)
    booth.desk.erase()

    assert here.get(f"{visit}/card.jpg").status_code in (404, 410)
    assert here.post(f"{visit}/keep").status_code in (201, 404, 410)


@pytest.mark.parametrize(
    ("age", "asked", "error"),
    [
        ("7-15", {"face": True, "scopes": []}, "NotInThisLane"),
        ("7-15", {"scopes": ["wall"]}, "NotInThisLane"),
        ("16-17", {"scopes": ["campaign"]}, "NotInThisLane"),
        ("16-17", {"scopes": ["album"]}, "NotInThisLane"),
        ("0-6", {"scopes": []}, "GuardianNeeded"),
        ("0-6", {"scopes": ["wall"], "guardian": True}, "NotInThisLane"),
        ("0-6", {"face": True, "scopes": [], "guardian": True}, "NotInThisLane"),
        ("7-15", {"face": True, "scopes": [], "guardian": True}, "NotInThisLane"),
    ],
)
def test_the_youngest_decides_what_may_be_chosen(
    here: Device, age: str, asked: dict[str, object], error: str
) -> None:
    answer = here.post("/visits", {**ASKED, "age": age, **asked}, VIETNAMESE)

    assert (answer.status_code, told(answer)["error"]) == (422, error)


@pytest.mark.parametrize(
    ("age", "guardian"), [("7-15", False), ("7-15", True), ("0-6", True)]
)
def test_a_child_gets_a_card_without_a_face(
    here: Device, booth: Booth, age: str, guardian: bool
) -> None:
    visit = drawn(here, age=age, guardian=guardian, scopes=[])

    here.post(f"{visit}/keep")

    with booth.house.database.reading() as db:
        (pledge,) = store.queue(db, 1)
    assert (pledge.has_face, pledge.consent.age.value) == (False, age)
    assert pledge.consent.confirmed_by is None


def test_a_removed_promise_still_counts_and_the_count_goes_on(
    here: Device, booth: Booth
) -> None:
    code = told(here.post(f"{drawn(here)}/keep"))["code"]
    with booth.house.database.reading() as db:
        (pledge,) = store.by_code(db, code)
    booth.desk.decide(pledge.id, Decision.REMOVED, revision=1, who="a volunteer")

    assert told(here.post(f"{drawn(here)}/keep"))["number"] == 2


def test_with_a_cloud_there_is_no_practice(listening: Listening) -> None:
    listening.data.mkdir()
    night = open_night(replace(listening, public=None))
    here = Device(night.app)  # type: ignore[arg-type]  # it is Flask's

    assert told(here.post(f"{drawn(here)}/keep"))["practice"] is False
    night.database.close()


@contextmanager
def seeing(listening: Listening, lens: Lens) -> Iterator[Device]:
    """Open a night whose camera sees what a lens streams."""
    night = open_night(replace(listening, config=Config(camera=a_camera(lens.url))))
    night.lens.start()
    eventually(lambda: night.lens.health.is_live)
    yield Device(night.app)  # type: ignore[arg-type]  # it is Flask's
    night.lens.stop()
    night.database.close()


def refused_preview(here: Device, visit: str) -> int:
    """Ask for a preview that must not be had."""
    answer = here.get(f"{visit}/preview")
    assert answer.mimetype == "application/json"
    return answer.status_code


def pictures_of(stream: TestResponse) -> Iterator[bytes]:
    """Take a stream of pictures apart as it comes."""
    for part in stream.iter_encoded():
        head, _, jpeg = part.partition(b"\r\n\r\n")
        assert head.startswith(b"--frame\r\nContent-Type: image/jpeg")
        assert jpeg.startswith(b"\xff\xd8")
        yield jpeg


def read_back(answer: TestResponse) -> list[str]:
    """Read every code in a picture."""
    picture = cv2.imdecode(np.frombuffer(answer.data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None, answer.status
    return [str(each.text) for each in zxingcpp.read_barcodes(picture)]


def how_many(booth: Booth) -> int:
    """Count the promises in the database and in the album."""
    with booth.house.database.reading() as db:
        rows = len(store.ids(db))
    assert len(list(booth.house.album.places())) == rows
    return rows

import logging
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from kiosk import words
from kiosk.booth import Booth
from kiosk.booth.visit import VisitOver
from kiosk.web.errors import HTTP, NOT_HERE, OUR_FAULT, SENTENCES, STATUS
from kiosk.web.locks import TooManyGuesses
from kiosk.words import WordsRefused
from tests.kiosk.web.people import Device, a_phone, agreed, told

ENGLISH, VIETNAMESE = {"Accept-Language": "en"}, {"Accept-Language": "vi"}
A_PAGE = {"Accept": "text/html"}
SAY_THEMSELVES = {WordsRefused, TooManyGuesses}


def test_every_error_of_the_table_has_a_sentence() -> None:
    assert set(STATUS) - SAY_THEMSELVES == set(SENTENCES)


@pytest.mark.parametrize(
    "sentence",
    sorted({*SENTENCES.values(), *HTTP.values(), NOT_HERE, OUR_FAULT}),
)
def test_every_sentence_is_said_in_vietnamese_too(sentence: str) -> None:
    assert words.translate("vi", sentence) != sentence
    assert sentence.endswith(".")


def test_no_error_but_a_refusing_disk_and_our_own_fault_is_a_fault_of_the_server() -> (
    None
):
    ours = {kind.__name__ for kind, status in STATUS.items() if status >= 500}

    assert ours == {"AlbumFull", "CodeUnreadable", "NotSaved"}


def test_a_refusal_is_said_in_the_language_of_the_one_who_asked(here: Device) -> None:
    gone = "/visits/none/shoot"

    vietnamese = told(here.post(gone, headers=VIETNAMESE))
    english = told(here.post(gone, headers=ENGLISH))

    assert english == {
        "error": "VisitOver",
        "message": "This visit has ended. Nothing of it was kept.",
    }
    assert vietnamese["message"] == words.translate("vi", english["message"])


def test_the_language_chosen_at_the_screen_comes_before_the_browsers(
    here: Device,
) -> None:
    here.choose("en")

    said = told(here.post("/visits/none/shoot", headers=VIETNAMESE))

    assert said["message"] == "This visit has ended. Nothing of it was kept."


def test_a_language_we_do_not_speak_is_answered_in_ours(here: Device) -> None:
    here.choose("xx")

    said = told(here.post("/visits/none/shoot", headers={"Accept-Language": "xx, ;;"}))

    assert said["message"] == words.translate("vi", SENTENCES[VisitOver])


def test_who_asked_for_a_page_gets_a_page(here: Device, stranger: Device) -> None:
    nowhere = here.get("/nowhere", {**A_PAGE, **ENGLISH})
    refused = stranger.get("/", {**A_PAGE, **VIETNAMESE})

    assert (nowhere.status_code, nowhere.mimetype) == (404, "text/html")
    assert "There is nothing here." in nowhere.text
    assert (refused.status_code, refused.mimetype) == (403, "text/html")
    assert '<html lang="vi"' in refused.text


def test_a_phone_is_told_nothing_but_the_number(app: Flask) -> None:
    answer = a_phone(app).get("/card/none.jpg", A_PAGE)

    assert (answer.status_code, answer.data) == (404, b"")


def test_a_broken_database_is_our_fault_and_shows_nobody_our_code(
    here: Device, booth: Booth, caplog: pytest.LogCaptureFixture
) -> None:
    with booth.house.database.transaction() as db:
        db.execute(text("DROP TABLE feed_head"))

    with caplog.at_level(logging.ERROR):
        answer = here.get("/", ENGLISH)

    assert answer.status_code == 500
    assert told(answer) == {"error": "OurFault", "message": OUR_FAULT}
    assert "An answer failed." in caplog.messages


def test_a_disk_that_refuses_is_told_and_the_next_guest_is_served(
    here: Device, booth: Booth, tmp_path: Path
) -> None:
    album = booth.house.album.root
    aside = album.rename(tmp_path / "aside")
    album.write_bytes(b"a file where the folder was")
    visit = agreed(here)
    here.post(f"{visit}/shoot")

    refused = here.post(f"{visit}/keep", headers=ENGLISH)

    assert refused.status_code == 500
    assert told(refused)["error"] == "NotSaved"
    album.unlink()
    aside.rename(album)
    assert here.post(f"{visit}/keep").status_code == 201

import re

import pytest
from flask import Flask

from kiosk.booth import Booth
from kiosk.pledge import Decision
from kiosk.store.pace import MANY_WAITING
from kiosk.web.current import Front
from kiosk.web.roles import Role
from kiosk.web.screens import Listener
from tests.kiosk.web.people import Device, a_device, told
from tests.night import a_plan, kept

VIETNAMESE, ENGLISH = {"Accept-Language": "vi"}, {"Accept-Language": "en"}
JSON = {"Accept": "application/json"}
CHECKS = ["camera", "disk", "uploads", "queue", "screens", "promises"]


def test_the_operator_sees_six_things_in_both_languages(operator: Device) -> None:
    vietnamese = operator.get("/status", VIETNAMESE).text
    english = operator.get("/status", ENGLISH).text

    for page in (vietnamese, english):
        assert re.findall(r'data-check="(\w+)"', page) == CHECKS
    assert "Nothing has been sent yet." in english
    assert words_of(vietnamese).isdisjoint(words_of(english))


@pytest.mark.parametrize("role", set(Role) - {Role.OPERATOR})
def test_nobody_else_sees_the_status(app: Flask, role: Role) -> None:
    device = a_device(app, role)

    assert device.get("/status").status_code in (403, 404)
    if role is not Role.ATTENDEE:
        assert device.get("/healthz", JSON).data == b"ok"


def test_health_is_one_word_and_more_for_the_operator(
    operator: Device, stranger: Device
) -> None:
    assert stranger.get("/healthz").mimetype == "text/plain"
    assert operator.get("/healthz").data == b"ok"

    health = told(operator.get("/healthz", {**JSON, **ENGLISH}))

    assert [each["name"] for each in health["checks"]] == CHECKS
    assert health["overall"] == "stop"
    assert check(operator, "camera")["verdict"] == "stop"


def test_the_worst_is_said_first_with_what_to_do(
    operator: Device, filming: Booth
) -> None:
    page = operator.get("/status", ENGLISH).text

    assert 'class="verdict verdict--warn"' in page
    assert "One thing needs you" in page
    assert "No camera: the test card is on" in page


def test_a_queue_that_grows_asks_for_a_second_volunteer(
    operator: Device, booth: Booth
) -> None:
    for number in range(MANY_WAITING):
        kept(booth, a_plan(f"Lời hứa số {number}."))
    assert check(operator, "queue")["verdict"] == "good"

    kept(booth)

    queue = check(operator, "queue")
    assert queue["verdict"] == "warn"
    assert queue["headline"] == "16 photos wait, the oldest for 0 min"


def test_a_request_for_removal_is_shown_to_the_operator(
    operator: Device, booth: Booth
) -> None:
    pledge = kept(booth)
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")
    booth.desk.hide(pledge.token)

    queue = check(operator, "queue")

    assert (queue["verdict"], queue["detail"]) == (
        "warn",
        "1 guests asked for removal.",
    )


def test_what_waits_for_the_bucket_is_counted(operator: Device, booth: Booth) -> None:
    before = check(operator, "uploads")["headline"]
    pledge = kept(booth)
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")

    after = check(operator, "uploads")["headline"]

    assert number_in(after) - number_in(before) == 3


def test_the_screens_that_listen_are_counted(operator: Device, front: Front) -> None:
    assert check(operator, "screens")["verdict"] == "warn"

    front.screens.hear("one", Listener(screen="wall", language="vi", session=None))
    front.screens.hear(
        "two", Listener(screen="moderation", language="vi", session=None)
    )

    screens = check(operator, "screens")
    assert screens["verdict"] == "good"
    assert screens["headline"] == "1 on the wall, 1 moderating"


def test_promises_are_counted_by_what_became_of_them(
    operator: Device, booth: Booth
) -> None:
    for decision in (Decision.APPROVED, Decision.PRIVATE, Decision.REMOVED):
        booth.desk.decide(kept(booth).id, decision, revision=1, who="them")

    promises = check(operator, "promises")

    assert promises["headline"] == "3 promises tonight"
    assert promises["detail"] == "1 approved, 1 private, 1 removed."


def test_the_status_holds_no_words_codes_or_links(
    operator: Device, booth: Booth
) -> None:
    pledge = kept(booth, a_plan("Lời của một người khách."))

    page = operator.get("/status").text

    for secret in (pledge.words, pledge.code, pledge.token, pledge.id):
        assert secret not in page


def check(operator: Device, name: str) -> dict[str, str]:
    """Return what is said about one thing."""
    health = told(operator.get("/healthz", {**JSON, **ENGLISH}))
    (found,) = (each for each in health["checks"] if each["name"] == name)
    assert isinstance(found, dict)
    return found


def number_in(headline: str) -> int:
    """Return the number a headline begins with, 0 when it has none."""
    found = re.match(r"\d+", headline)
    return int(found[0]) if found else 0


def words_of(page: str) -> set[str]:
    """Return the headlines of a page."""
    return set(re.findall(r'class="check__headline">([^<]+)<', page))

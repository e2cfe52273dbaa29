import re
from base64 import b64encode
from hashlib import sha256

import pytest
from flask import Flask
from werkzeug.datastructures import Headers

from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge, new_token
from kiosk.web.roles import Role
from tests.jpegs import segments
from tests.kiosk.web.people import Device, a_device, told
from tests.night import a_plan, kept

MALFORMED = [
    "x",
    "0" * 20,
    "O" * 20,
    "0" * 19,
    "0" * 21,
    "..",
    "%00",
    "%ff%fe",
    "' OR 1=1 --",
    "<script>",
    "%F0%9F%98%80",
    "0" * 5000,
]
STATES = ["waiting", "removed", "withdrawn", "hidden", "undone"]


@pytest.fixture
def pledge(booth: Booth) -> Pledge:
    """Have one approved pledge, kept in English."""
    pledge = kept(booth, a_plan("I will ask my friends.", language="en"))
    return booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")


def test_a_link_opens_the_guests_page_in_their_language(
    phone: Device, pledge: Pledge
) -> None:
    answer = phone.get(f"/p/{pledge.token}")

    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert '<html lang="en"' in answer.text
    assert pledge.words in answer.text
    assert f'action="{pledge.token}/remove"' in answer.text


def test_a_private_pledge_opens_for_its_guest(phone: Device, booth: Booth) -> None:
    pledge = kept(booth, a_plan("Chỉ cho mình."))
    booth.desk.decide(pledge.id, Decision.PRIVATE, revision=1, who="them")

    assert "Chỉ cho mình." in phone.get(f"/p/{pledge.token}").text
    assert phone.get(f"/card/{pledge.token}.jpg").status_code == 200


@pytest.mark.parametrize("token", [*MALFORMED, *STATES])
def test_every_link_that_opens_nothing_gets_the_same_page(
    phone: Device, booth: Booth, token: str
) -> None:
    unknown = phone.get(f"/p/{new_token()}")

    answer = phone.get(f"/p/{in_state(booth, token) if token in STATES else token}")

    assert answer.status_code == unknown.status_code == 200
    assert answer.data == unknown.data
    assert headers(answer.headers) == headers(unknown.headers)


@pytest.mark.parametrize("token", [*MALFORMED, *STATES])
def test_no_card_comes_with_a_link_that_opens_nothing(
    phone: Device, booth: Booth, token: str
) -> None:
    there = in_state(booth, token) if token in STATES else token

    for kind in ("jpg", "webp"):
        answer = phone.get(f"/card/{there}.{kind}")
        assert (answer.status_code, answer.data) == (404, b"")


def test_the_cards_of_a_link_are_the_albums_own(
    phone: Device, booth: Booth, pledge: Pledge
) -> None:
    for kind, mimetype in (("jpg", "image/jpeg"), ("webp", "image/webp")):
        answer = phone.get(f"/card/{pledge.token}.{kind}")
        file = booth.house.album.path(pledge.place, f"card.{kind}")
        assert (answer.data, answer.mimetype) == (file.read_bytes(), mimetype)
    assert "APP1" not in segments(phone.get(f"/card/{pledge.token}.jpg").data)


def test_a_guests_removal_hides_at_once_everywhere(
    phone: Device, here: Device, pledge: Pledge
) -> None:
    soon = phone.get(f"/p/{new_token()}").data

    answer = phone.post(f"/p/{pledge.token}/remove")

    assert answer.status_code == 200
    assert phone.get(f"/p/{pledge.token}").data == soon
    assert phone.get(f"/card/{pledge.token}.jpg").status_code == 404
    assert phone.get(f"/card/{pledge.token}.webp").status_code == 404
    assert pledge.words not in here.get("/wall").text
    assert here.get(f"/pictures/{pledge.id}/thumb.jpg").status_code == 404


def test_a_guests_removal_comes_to_the_volunteers_as_a_request(
    app: Flask, phone: Device, pledge: Pledge
) -> None:
    volunteer = a_device(app, Role.VOLUNTEER)
    before = told(volunteer.get("/moderation/feed"))["tallies"]

    phone.post(f"/p/{pledge.token}/remove")

    queue = told(volunteer.get("/moderation/feed"))
    assert sum(queue["tallies"].values()) == sum(before.values())
    assert queue["tallies"]["requests"] == 1
    assert f'class="request" data-pledge="{pledge.id}"' in queue["entries"][0]["html"]
    assert pledge.words in volunteer.get("/moderation").text


@pytest.mark.parametrize("token", [*MALFORMED, *STATES])
def test_the_answer_to_a_removal_is_the_same_for_every_link(
    phone: Device, booth: Booth, pledge: Pledge, token: str
) -> None:
    there = in_state(booth, token) if token in STATES else token

    other = phone.post(f"/p/{there}/remove")
    first = phone.post(f"/p/{pledge.token}/remove")
    again = phone.post(f"/p/{pledge.token}/remove")

    assert first.status_code == other.status_code == again.status_code == 200
    assert first.data == other.data == again.data


@pytest.mark.parametrize("page", ["photo", "soon", "removed"])
def test_each_page_runs_only_what_its_policy_names_by_hash(
    phone: Device, pledge: Pledge, page: str
) -> None:
    answer = {
        "photo": lambda: phone.get(f"/p/{pledge.token}"),
        "soon": lambda: phone.get("/p/none"),
        "removed": lambda: phone.post("/p/none/remove"),
    }[page]()

    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert named(policy, "script-src") == hashes(answer.text, "script")
    assert named(policy, "style-src") == hashes(answer.text, "style")
    assert not re.search(r'\s(?:style|on\w+)="', answer.text)


@pytest.mark.parametrize("page", ["/p/{token}", "/p/none"])
def test_no_page_asks_anything_of_a_third(
    phone: Device, pledge: Pledge, page: str
) -> None:
    html = phone.get(page.format(token=pledge.token)).text

    asked = re.findall(r'(?:src|srcset|href|action)="([^"]*)"', html)
    assert [each for each in asked if re.match(r"\w+:|//", each)] == [
        each for each in asked if each.startswith(("tel:", "mailto:", "data:"))
    ]
    assert "@import" not in html
    assert "url(" not in html.replace("url(data:", "").replace('url("data:', "")


def test_words_that_look_like_code_are_words_on_the_page(
    phone: Device, booth: Booth
) -> None:
    pledge = kept(booth, a_plan('<script>alert(1)</script> "><img src=x>'))
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")

    html = phone.get(f"/p/{pledge.token}").text

    assert html.count("<script>") == 1
    assert "<img src=x>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_page_is_not_kept_by_anyone_on_its_way(
    phone: Device, pledge: Pledge
) -> None:
    for path in ("/p/{}", "/card/{}.jpg", "/card/{}.webp"):
        sent = phone.get(path.format(pledge.token)).headers
        assert sent["Cache-Control"] == "no-store"
        assert "ETag" not in sent


def in_state(booth: Booth, state: str) -> str:
    """Keep a pledge, bring it into that state, and return its token."""
    pledge = kept(booth)
    if state != "waiting":
        became = Decision.REMOVED if state == "removed" else Decision.APPROVED
        booth.desk.decide(pledge.id, became, revision=1, who="them")
    if state == "withdrawn":
        booth.desk.withdraw(pledge.id)
    if state == "hidden":
        booth.desk.hide(pledge.token)
    if state == "undone":
        booth.desk.undo(pledge.id, who="them")
    return pledge.token


def headers(sent: Headers) -> dict[str, str]:
    """Return what was sent beside the page, but for the time."""
    return {name: value for name, value in sent.items() if name != "Date"}


def named(policy: str, kind: str) -> set[str]:
    """Return what a policy allows of one kind."""
    (found,) = (each for each in policy.split("; ") if each.startswith(f"{kind} "))
    return set(found.split(" ")[1:])


def hashes(html: str, tag: str) -> set[str]:
    """Return the hashes of every element of that name, as a browser makes them."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
    assert found
    digests = (sha256(each.encode()).digest() for each in found)
    return {f"'sha256-{b64encode(each).decode()}'" for each in digests}

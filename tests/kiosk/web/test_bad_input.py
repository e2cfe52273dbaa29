"""R12: whatever is sent, the answer is a sentence, and the next guest is served."""

import json
from collections.abc import Mapping
from typing import NamedTuple

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk import store, words
from kiosk.booth import Booth
from kiosk.pledge import Decision
from kiosk.web.errors import NOT_UNDERSTOOD
from kiosk.web.roles import Role
from tests.kiosk.web.joining import PATH, joins
from tests.kiosk.web.people import ASKED, Device, a_device, agreed, drawn, told
from tests.night import kept

VIETNAMESE, ENGLISH = {"Accept-Language": "vi"}, {"Accept-Language": "en"}
A_SCRIPT = "<script>alert(1)</script>"


class Odd(NamedTuple):
    """One thing nobody should send, and where."""

    path: str
    body: bytes = b""
    method: str = "POST"
    headers: Mapping[str, str] = {}


def visit(**changes: object) -> Odd:
    """Ask for a visit with something else in it."""
    return Odd("/visits", json.dumps({**ASKED, **changes}).encode())


def without(key: str) -> Odd:
    """Ask for a visit and leave something out."""
    left = {name: value for name, value in ASKED.items() if name != key}
    return Odd("/visits", json.dumps(left).encode())


def raw(body: bytes) -> Odd:
    """Ask for a visit in other bytes than JSON's."""
    return Odd("/visits", body)


WORDS_REFUSED = {
    "nothing": visit(words=""),
    "blanks": visit(words="   \t\n  "),
    "blanks of other scripts": visit(words="\u00a0\u2003\u3000\u2800"),
    "nothing to be seen": visit(words="\u200b\u200d\u2060\ufeff"),
    "control characters alone": visit(words="\x00\x01\x1b\x7f"),
    "121 characters": visit(words="a" * 121),
    "10,000 characters": visit(words="a" * 10_000),
    "60,000 characters": visit(words="a" * 60_000),
    "marks piled up": visit(words="a" + "\u0301" * 40),
    "a private character": visit(words="Mình \ue000"),
    "an unassigned character": visit(words="Mình \U0003fffd"),
    "a noncharacter": visit(words="Mình \uffff"),
    "a script we cannot draw": visit(words="𒀀𒀁𒀂"),
    "what stands for a pasted picture": visit(words="Mình \ufffc"),
    "a hundred people in one emoji": visit(words="\u200d".join("\U0001f468" * 100)),
    "10,000 marks": visit(words="a" + "\u0301" * 10_000),
}
NOT_UNDERSTOOD_AT_ALL = {
    "no body": raw(b""),
    "blank body": raw(b"  \n "),
    "half an object": raw(b'{"words": "M'),
    "not JSON": raw(b"words=hello&age=18"),
    "two objects": raw(b"{}{}"),
    "a trailing comma": raw(b'{"words": "x",}'),
    "single quotes": raw(b"{'words': 'x'}"),
    "NaN": raw(b"NaN"),
    "null": raw(b"null"),
    "a list": raw(b"[]"),
    "a text": raw(b'"words"'),
    "a number": raw(b"7"),
    "an empty object": raw(b"{}"),
    "broken UTF-8": raw(b'{"words": "\xff\xfe"}'),
    "broken UTF-8 in a key": raw(b'{"\xc3\x28": 1}'),
    "half a letter": raw('{"words": "ờ'.encode()[:-1] + b'"}'),
    "an overlong letter": raw(b'{"words": "\xc0\xaf"}'),
    "a surrogate in UTF-8": raw(b'{"words": "\xed\xa0\x80"}'),
    "UTF-16": raw('{"words": "x"}'.encode("utf-16")),
    "a byte order mark": raw(b"\xef\xbb\xbf{}"),
    "a lone high surrogate": raw(b'{"words": "\\ud800"}'),
    "a lone low surrogate": raw(b'{"words": "\\udc00x"}'),
    "a broken escape": raw(b'{"words": "\\u12g4"}'),
    "a raw NUL": raw(b'{"words": "a\x00b"}'),
    "ten thousand lists": raw(b"[" * 10_000),
    "sixty thousand objects": raw(b'{"a":' * 10_000),
    "nesting in an unknown field": raw(b'{"x":' + b"[" * 20_000 + b"]" * 20_000 + b"}"),
    "an unknown field": visit(sponsor="x"),
    "a field in other letters": visit(Words="x"),
    "words that are a number": visit(words=7),
    "words that are a list": visit(words=["x"]),
    "words that are nothing": visit(words=None),
    "a language that is a number": visit(language=7),
    "a language that is nothing": visit(language=None),
    "people below nothing": visit(people=-1),
    "nobody": visit(people=0),
    "seven people": visit(people=7),
    "half a person": visit(people=1.5),
    "people in words": visit(people="two"),
    "people beyond counting": visit(people=10**40),
    "people beyond a float": raw(
        json.dumps(dict(ASKED)).replace('"people": 1', '"people": 1e999').encode()
    ),
    "yes for people": visit(people=True),
    "an unknown age": visit(age="99+"),
    "an age in years": visit(age=18),
    "no age": visit(age=None),
    "an unknown scope": visit(scopes=["wall", "billboard"]),
    "a scope that is a number": visit(scopes=[1]),
    "scopes that are a text": visit(scopes="wall"),
    "scopes within scopes": visit(scopes=[["wall"]]),
    "a face that is a text": visit(face="yes"),
    "a face that is a number": visit(face=1),
    "a guardian that is a text": visit(guardian="mother"),
    "a theme that is too long": visit(theme="x" * 41),
    "a theme that is a list": visit(theme=[]),
    "an unknown colour": visit(colour="beige"),
    "a colour that is a path": visit(colour="../../../etc/passwd"),
    "a colour that is a number": visit(colour=7),
    "an unknown drawing": visit(drawing="skull"),
    "a drawing that is a path": visit(drawing="../../static/art/hands"),
    "a drawing that is too long": visit(drawing="x" * 41),
    "a drawing with NUL": visit(drawing="hands\x00"),
    "no words": without("words"),
    "no people": without("people"),
    "no age at all": without("age"),
    "no face": without("face"),
    "no scopes": without("scopes"),
    "no language": without("language"),
}
TO_A_VISIT = {
    "words that are nothing": ("words", b'{"words": null}'),
    "words without a body": ("words", b""),
    "words in broken UTF-8": ("words", b'{"words": "\xff"}'),
    "words and more": ("words", b'{"words": "x", "age": "18+"}'),
    "colours without a body": ("faceless", b""),
    "an unknown colour": ("faceless", b'{"colour": "beige", "drawing": "hands"}'),
    "an unknown drawing": ("faceless", b'{"colour": "sea", "drawing": "skull"}'),
    "a drawing elsewhere": (
        "faceless",
        b'{"colour": "sea", "drawing": "../art/hands"}',
    ),
}
TO_A_PLEDGE = [
    b"",
    b"{}",
    b"null",
    b'{"decision": "approved"}',
    b'{"revision": 1}',
    b'{"decision": "loved", "revision": 1}',
    b'{"decision": "waiting", "revision": 1}',
    b'{"decision": "approved", "revision": "1"}',
    b'{"decision": "approved", "revision": 1.5}',
    b'{"decision": "approved", "revision": -1}',
    b'{"decision": "approved", "revision": 99999999999999999999999}',
    b'{"decision": "approved", "revision": 1, "who": "me"}',
    b'{"decision": "\xff", "revision": 1}',
    b'{"decision": "approved", "revision": null}',
]
WORDS_TO_A_PLEDGE = [
    b"",
    b"{}",
    b'{"words": "x"}',
    b'{"revision": 1}',
    b'{"words": null, "revision": 1}',
    b'{"words": "", "revision": 1}',
    b'{"words": "x", "revision": "1"}',
    b'{"words": "x", "revision": -1}',
    b'{"words": "x", "revision": 99999999999999999999999}',
    b'{"words": "x", "revision": 1, "said": "y"}',
    b'{"words": "\xff", "revision": 1}',
    b'{"words": "\\ud800", "revision": 1}',
    b'{"words": "\\u0000", "revision": 1}',
    b'{"words": "' + b"x" * 60_000 + b'", "revision": 1}',
]
STARS = [
    b"",
    b"{}",
    b"null",
    b'{"is_starred": 1}',
    b'{"is_starred": "true"}',
    b'{"is_starred": null}',
    b'{"is_starred": true, "revision": 1}',
    b'{"is_starred": true, "is_starred": [true]}',
]
PINS = [
    b"",
    b'{"pin": 271828}',
    b'{"pin": null}',
    b'{"pin": ["271828"]}',
    b'{"pin": "\xff"}',
    b'{"pin": "\\ud800"}',
    b'{"pin": "\\u0000"}',
    b'{"pin": "' + b"1" * 60_000 + b'"}',
    b'{"PIN": "271828"}',
]
ELSEWHERE = {
    "a large body": Odd("/visits", b" " * 65 * 1024),
    "a large body of words": visit(words="a" * 70_000),
    "a form": Odd(
        "/visits",
        b"words=x",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    ),
    "a file": Odd(
        "/visits",
        b'--x\r\nContent-Disposition: form-data; name="f"; filename=a\r\n\r\n\r\n--x--',
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    ),
    "a boundary that is none": Odd(
        "/visits", b"x", headers={"Content-Type": "multipart/form-data"}
    ),
    "an odd charset": Odd(
        "/visits", b"{}", headers={"Content-Type": "application/json; charset=klingon"}
    ),
    "a length that is a text": Odd("/visits", b"{}", headers={"Content-Length": "two"}),
    "a length below nothing": Odd("/visits", b"{}", headers={"Content-Length": "-1"}),
    "a length that is wrong": Odd("/visits", b"{}", headers={"Content-Length": "1"}),
    "TRACE": Odd("/", method="TRACE"),
    "PUT": Odd("/visits", b"{}", method="PUT"),
    "DELETE": Odd("/visits/x", method="DELETE"),
    "PATCH": Odd("/wall", method="PATCH"),
    "PROPFIND": Odd("/", method="PROPFIND"),
    "a method of ours": Odd("/", method="BREW"),
    "GET of a verb": Odd("/visits/x/keep", method="GET"),
    "POST to a page": Odd("/wall", b"{}"),
    "a long path": Odd("/" + "x" * 10_000, method="GET"),
    "a long visit": Odd(f"/visits/{'x' * 10_000}/keep"),
    "a visit with NUL": Odd("/visits/%00/keep"),
    "a visit that is no text": Odd("/visits/%ff%fe/keep"),
    "a visit of dots": Odd("/visits/%2e%2e/keep"),
    "a draft below nothing": Odd("/visits/x/draft/-1.jpg", method="GET"),
    "a draft beyond counting": Odd(f"/visits/x/draft/{'9' * 5000}.jpg", method="GET"),
    "a draft in other figures": Odd("/visits/x/draft/%D9%A1.jpg", method="GET"),
    "a picture of nobody": Odd("/pictures/%00/thumb.jpg", method="GET"),
    "a long question": Odd("/wall/feed?after=" + "9" * 10_000, method="GET"),
    "a question of bytes": Odd("/wall/feed?after=%ff%fe%00", method="GET"),
    "many questions": Odd("/wall/feed?" + "after=1&" * 2000, method="GET"),
    "a cookie of bytes": Odd("/", method="GET", headers={"Cookie": "pledgebooth=ÿþ"}),
    "a cookie without end": Odd(
        "/", method="GET", headers={"Cookie": "pledgebooth=" + "x" * 8000}
    ),
    "a cookie without a name": Odd("/", method="GET", headers={"Cookie": "=;=;;;"}),
    "two hundred cookies": Odd("/", method="GET", headers={"Cookie": "a=b; " * 200}),
    "an odd language": Odd(
        "/", method="GET", headers={"Accept-Language": "vi;q=x,,*;q=-1,\u00ff"}
    ),
    "two thousand languages": Odd(
        "/", method="GET", headers={"Accept-Language": "xx," * 2000}
    ),
    "an odd wish": Odd("/nowhere", method="GET", headers={"Accept": ";;q=,text/html"}),
    "an odd range": Odd(
        "/static/v/css/kiosk.css", method="GET", headers={"Range": "bytes=9-1,-,x"}
    ),
    "an odd time": Odd(
        "/static/v/css/kiosk.css", method="GET", headers={"If-Modified-Since": "never"}
    ),
    "an odd origin": Odd("/visits", b"{}", headers={"Origin": "ÿ" * 100}),
    "a socket of another age": Odd("/socket.io/?EIO=3&transport=polling", method="GET"),
    "a socket without a way": Odd("/socket.io/?EIO=4", method="GET"),
    "a socket of nobody": Odd(f"{PATH}&sid=nobody", b"40"),
    "a socket by PUT": Odd(PATH, b"40", method="PUT"),
}


@pytest.mark.parametrize("odd", WORDS_REFUSED.values(), ids=WORDS_REFUSED.keys())
def test_words_that_fit_no_card_are_refused_in_the_guests_language(
    here: Device, booth: Booth, odd: Odd
) -> None:
    english, vietnamese = in_both_languages(here, odd)

    assert english.status_code == vietnamese.status_code == 422
    assert told(english)["error"] == "WordsRefused"
    said_in_both(english, vietnamese)
    the_next_guest_is_served(here, booth)


@pytest.mark.parametrize("odd", WORDS_REFUSED.values(), ids=WORDS_REFUSED.keys())
def test_words_are_refused_while_they_are_typed_as_they_are_for_the_visit(
    here: Device, odd: Odd
) -> None:
    typed = json.dumps({"words": json.loads(odd.body)["words"]}).encode()

    english, vietnamese = in_both_languages(here, Odd("/words", typed))

    assert english.status_code == vietnamese.status_code == 422
    assert told(english) == told(in_both_languages(here, odd)[0])
    said_in_both(english, vietnamese)


@pytest.mark.parametrize(
    "odd", NOT_UNDERSTOOD_AT_ALL.values(), ids=NOT_UNDERSTOOD_AT_ALL.keys()
)
def test_what_cannot_be_understood_is_refused_in_the_guests_language(
    here: Device, booth: Booth, odd: Odd
) -> None:
    english, vietnamese = in_both_languages(here, odd)

    assert english.status_code in (400, 422)
    assert told(english)["message"] == NOT_UNDERSTOOD
    said_in_both(english, vietnamese)
    the_next_guest_is_served(here, booth)


@pytest.mark.parametrize(("verb", "body"), TO_A_VISIT.values(), ids=TO_A_VISIT.keys())
def test_what_a_visit_cannot_understand_leaves_it_as_it_was(
    here: Device, verb: str, body: bytes
) -> None:
    there = drawn(here)
    odd = Odd(f"{there}/{verb}", body)

    english, vietnamese = in_both_languages(here, odd)

    assert english.status_code in (400, 422)
    said_in_both(english, vietnamese)
    assert here.post(f"{there}/keep").status_code == 201


@pytest.mark.parametrize("body", TO_A_PLEDGE)
def test_a_decision_that_is_none_decides_nothing(
    volunteer: Device, booth: Booth, body: bytes
) -> None:
    pledge = kept(booth)
    odd = Odd(f"/pledges/{pledge.id}/decision", body)

    english, vietnamese = in_both_languages(volunteer, odd)

    assert english.status_code in (400, 409, 422)
    said_in_both(english, vietnamese)
    with booth.house.database.reading() as db:
        assert store.get(db, pledge.id) == pledge


@pytest.mark.parametrize("body", STARS)
def test_a_star_that_is_none_chooses_nothing(
    volunteer: Device, booth: Booth, body: bytes
) -> None:
    pledge = kept(booth)

    english, vietnamese = in_both_languages(
        volunteer, Odd(f"/pledges/{pledge.id}/star", body)
    )

    assert english.status_code == 400
    said_in_both(english, vietnamese)
    with booth.house.database.reading() as db:
        assert store.get(db, pledge.id) == pledge


@pytest.mark.parametrize("body", WORDS_TO_A_PLEDGE)
def test_words_that_are_none_mend_nothing(
    volunteer: Device, booth: Booth, body: bytes
) -> None:
    pledge = kept(booth)

    english, vietnamese = in_both_languages(
        volunteer, Odd(f"/pledges/{pledge.id}/words", body)
    )

    assert english.status_code in (400, 409, 422)
    said_in_both(english, vietnamese)
    with booth.house.database.reading() as db:
        assert store.get(db, pledge.id) == pledge


@pytest.mark.parametrize("body", PINS)
def test_a_pin_that_is_none_wakes_nothing(app: Flask, body: bytes) -> None:
    asleep = a_device(app, Role.ASLEEP)
    english, vietnamese = in_both_languages(asleep, Odd("/moderation/pin", body))

    assert english.status_code in (400, 403)
    said_in_both(english, vietnamese)
    assert "Set-Cookie" not in english.headers


@pytest.mark.parametrize("odd", ELSEWHERE.values(), ids=ELSEWHERE.keys())
@pytest.mark.parametrize("role", [None, Role.STRANGER, Role.VOLUNTEER, Role.ATTENDEE])
def test_nothing_that_is_sent_breaks_an_answer(
    app: Flask, here: Device, booth: Booth, odd: Odd, role: Role | None
) -> None:
    device = a_device(app, role) if role else here

    for answer in in_both_languages(device, odd):
        assert answer.status_code < 500, answer.text
        assert "Traceback" not in answer.text
        assert answer.status_code < 400 or role or is_a_sentence(answer)
    the_next_guest_is_served(here, booth)


def test_a_body_that_is_too_large_is_said_so(here: Device) -> None:
    english, vietnamese = in_both_languages(here, ELSEWHERE["a large body"])

    assert english.status_code == 413
    assert told(english)["message"] == "That is more than fits here."
    said_in_both(english, vietnamese)


def test_a_language_we_do_not_have_becomes_ours(here: Device, booth: Booth) -> None:
    there = drawn(here, language="tlh")

    assert here.post(f"{there}/keep").status_code == 201
    with booth.house.database.reading() as db:
        assert store.queue(db, 1)[0].language == "vi"


def test_words_of_exactly_120_characters_are_kept_whole(
    here: Device, booth: Booth
) -> None:
    long = ("Ngày mai mình sẽ " * 8)[:119] + "."

    assert here.post(f"{drawn(here, words=long)}/keep").status_code == 201

    with booth.house.database.reading() as db:
        assert store.queue(db, 1)[0].words == words.clean(long)


def test_control_characters_between_words_are_dropped(
    here: Device, booth: Booth
) -> None:
    odd = "Mình\x00 sẽ\x1b[31m \u202egọi\u202c\n\t111."

    assert here.post(f"{drawn(here, words=odd)}/keep").status_code == 201

    with booth.house.database.reading() as db:
        assert store.queue(db, 1)[0].words == "Mình sẽ[31m gọi 111."


def test_a_script_is_kept_as_words_and_shown_as_words_everywhere(
    here: Device, volunteer: Device, phone: Device, booth: Booth
) -> None:
    here.post(f"{drawn(here, words=A_SCRIPT)}/keep")
    with booth.house.database.reading() as db:
        (pledge,) = store.queue(db, 1)
    queue = [volunteer.get("/moderation").text, in_feed(volunteer, "/moderation/feed")]
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")
    wall = [here.get("/wall").text, in_feed(here, "/wall/feed")]
    bucket = booth.house.album.path(pledge.place, "page.html").read_text("utf-8")

    pages = [*queue, *wall, phone.get(f"/p/{pledge.token}").text, bucket]

    assert pledge.words == A_SCRIPT
    for html in pages:
        assert A_SCRIPT not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize(
    "auth", [[[]] * 1000, {"screen": "x" * 60_000}, {"screen": {"a": [1]}}, True]
)
def test_a_socket_that_says_odd_things_is_refused_and_the_next_is_not(
    here: Device, auth: object
) -> None:
    assert not joins(here, auth)
    assert joins(here, {"screen": "wall"})


def in_both_languages(device: Device, odd: Odd) -> tuple[TestResponse, TestResponse]:
    """Send it twice, as an English and as a Vietnamese browser."""
    english, vietnamese = (
        device.send(odd.method, odd.path, odd.body, {**language, **odd.headers})
        for language in (ENGLISH, VIETNAMESE)
    )
    return english, vietnamese


def said_in_both(english: TestResponse, vietnamese: TestResponse) -> None:
    """See that both were told the same thing, each in their language."""
    assert is_a_sentence(english)
    assert is_a_sentence(vietnamese)
    assert told(english)["error"] == told(vietnamese)["error"]
    assert told(english)["message"] != told(vietnamese)["message"]
    assert english.status_code == vietnamese.status_code


def is_a_sentence(answer: TestResponse) -> bool:
    """Say whether an answer is one line for people, without our insides."""
    if not answer.is_json:
        is_socket = answer.request.path.startswith("/socket.io")
        return is_socket or not answer.data or 'class="lead"' in answer.text
    said = str(told(answer)["message"])
    insides = ("{", "}", "Error", "`", "$.", "\n", "object")
    return (said.endswith(".") or ": " in said) and not any(
        each in said for each in insides
    )


def the_next_guest_is_served(here: Device, booth: Booth) -> None:
    """Keep a good promise, and find only good ones."""
    assert here.post(f"{agreed(here)}/shoot").status_code == 201
    with booth.house.database.reading() as db:
        assert all(each.words == ASKED["words"] for each in store.queue(db, 9))


def in_feed(device: Device, path: str) -> str:
    """Return the drawing of the one pledge that a feed tells of."""
    (entry,) = told(device.get(path))["entries"]
    return str(entry["html"])

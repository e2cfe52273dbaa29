from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask import Flask

from kiosk.booth import Booth
from kiosk.pledge import Decision
from kiosk.web.roles import MAY, READING, SCREENS, Role
from tests.kiosk.web.joining import joins
from tests.kiosk.web.people import Device, a_device, a_session, front_of
from tests.night import a_consent, a_plan, kept

FOREIGN = {"Origin": "https://elsewhere.example"}


class Call(NamedTuple):
    """One way to use the booth."""

    endpoint: str
    method: str
    path: str


def test_every_endpoint_is_in_the_table_and_every_entry_exists(app: Flask) -> None:
    assert {each.endpoint for each in app.url_map.iter_rules()} == set(MAY)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_exactly_what_the_table_says(
    app: Flask, filming: Booth, role: Role
) -> None:
    roles = {role} if role is Role.ATTENDEE else {role, Role.STRANGER}
    calls = list(every_call(app, filming))

    let_in = {call for call in calls if is_let_in(a_device(app, role), call)}

    assert let_in == {call for call in calls if MAY[call.endpoint] & roles}


def test_this_machine_is_the_booth_and_the_wall_and_no_more(
    app: Flask, filming: Booth
) -> None:
    here = {Role.BOOTH, Role.WALL, Role.STRANGER}
    calls = list(every_call(app, filming))

    let_in = {call for call in calls if is_let_in(Device(app), call)}

    assert let_in == {call for call in calls if MAY[call.endpoint] & here}


@pytest.mark.parametrize("role", list(Role))
def test_what_the_table_does_not_name_is_refused(app: Flask, role: Role) -> None:
    app.add_url_rule("/cellar", "cellar", lambda: "wine")

    assert a_device(app, role).get("/cellar").status_code in (403, 404)
    assert Device(app).get("/cellar").status_code == 403


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_each_role_may_listen_only_as_its_own_screen(
    app: Flask, role: Role, screen: str
) -> None:
    assert joins(a_device(app, role), {"screen": screen}) == (SCREENS[screen] is role)


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_this_machine_listens_as_booth_and_wall(app: Flask, screen: str) -> None:
    assert joins(Device(app), {"screen": screen}) == (screen != "moderation")


@pytest.mark.parametrize(
    "auth",
    [
        None,
        {},
        [],
        7,
        {"screen": None},
        {"screen": 7},
        {"screen": ["wall"]},
        {"screen": "status"},
        {"screen": "operator"},
        {"screen": ""},
        {"Screen": "wall"},
    ],
)
def test_a_socket_that_does_not_say_a_known_screen_is_refused(
    here: Device, auth: object
) -> None:
    assert not joins(here, auth)


def test_another_sites_page_may_not_listen(here: Device) -> None:
    assert joins(here, {"screen": "wall"})
    assert not joins(here, {"screen": "wall"}, FOREIGN)


def test_a_session_that_has_ended_is_a_strangers(app: Flask, volunteer: Device) -> None:
    made_up = a_device(app, Role.STRANGER)
    made_up.carry("x" * 43)

    assert volunteer.get("/moderation").status_code == 200
    assert made_up.get("/moderation").status_code == 403


def test_a_session_on_this_machine_adds_to_what_it_may(app: Flask) -> None:
    device = Device(app)
    device.carry(a_session(front_of(app), Role.OPERATOR))

    assert device.get("/").status_code == 200
    assert device.get("/status").status_code == 200


def every_call(app: Flask, booth: Booth) -> Iterator[Call]:
    """Yield each endpoint with each of its methods: reading comes first."""
    pledge = kept(booth)
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")
    visit = booth.visits.open(a_plan(face=True, consent=a_consent()))
    values: dict[str, object] = {
        "visit": visit.id,
        "number": 1,
        "pledge_id": pledge.id,
        "name": "thumb",
        "token": pledge.token,
        "kind": "jpg",
        "device_id": "none",
        "code": "none",
        "version": "v",
        "path": "css/kiosk.css",
    }
    of_the_kept = dict.fromkeys(("booth.qr", "booth.card"), pledge.submission)
    found = {
        Call(rule.endpoint, method, built[1])
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if (
            built := rule.build(
                {**values, "visit": of_the_kept.get(rule.endpoint, visit.id)},
                append_unknown=False,
            )
        )
    }
    return iter(sorted(found, key=lambda call: call.method not in READING))


def is_let_in(device: Device, call: Call) -> bool:
    """Try it, and say whether the table let it through."""
    answer = device.send(call.method, call.path, b"{}")
    said = answer.get_json(silent=True) or {}
    answer.close()
    if "error" in said:
        return bool(said["error"] != "Forbidden")
    return answer.status_code not in (403, 404)

"""On day 15 a request is carried out, and never by a clock that is wrong."""

from datetime import UTC, datetime

import pytest

from kiosk import store
from kiosk.booth import Booth
from kiosk.booth.desk import Desk
from kiosk.booth.house import House
from kiosk.booth.recovery import rebuild
from kiosk.database import DATABASE
from kiosk.pledge import Decision, Pledge
from tests.night import Clock, kept, open_house

DAY, YEAR = 86400.0, 365 * 86400.0
BEGUN = 1_800_000_000.0


@pytest.fixture
def clock() -> Clock:
    return Clock(BEGUN)


@pytest.fixture
def desk(house: House, clock: Clock) -> Desk:
    return Desk(house, clock)


@pytest.fixture
def asked(booth: Booth, desk: Desk) -> Pledge:
    """Have a pledge that hung and was asked back."""
    pledge = kept(booth)
    desk.decide(pledge.id, Decision.APPROVED, revision=1, who="lan")
    desk.carry_out()  # as it does from the first second on
    return desk.hide(pledge.token)


def now(house: House, pledge: Pledge) -> Pledge:
    with house.database.reading() as db:
        return store.get(db, pledge.id)


def live(desk: Desk, clock: Clock, seconds: float) -> None:
    """Let the booth run for so long, a quarter of a day at a time."""
    for _ in range(round(seconds / (DAY / 4))):
        clock.now += DAY / 4
        desk.carry_out()


def test_a_request_says_when_it_was_made(house: House, asked: Pledge) -> None:
    assert asked.hidden_at == datetime.fromtimestamp(BEGUN, UTC)
    assert now(house, asked) == asked


def test_what_nobody_answered_is_withdrawn_on_day_15_and_not_before(
    house: House, desk: Desk, clock: Clock, asked: Pledge
) -> None:
    live(desk, clock, 14.75 * DAY)
    assert not now(house, asked).is_withdrawn

    live(desk, clock, 0.5 * DAY)

    assert now(house, asked).is_withdrawn


def test_a_booth_that_stood_in_a_cupboard_knows_its_days(
    house: House, desk: Desk, clock: Clock, asked: Pledge
) -> None:
    clock.now += 20 * DAY

    Desk(house, clock).carry_out()

    assert now(house, asked).is_withdrawn


@pytest.mark.parametrize("jump", [10 * YEAR, 40 * DAY, -10 * YEAR, -2 * DAY])
def test_a_clock_that_jumps_withdraws_nothing_and_days_count_anew(
    house: House, desk: Desk, clock: Clock, asked: Pledge, jump: float
) -> None:
    live(desk, clock, 10 * DAY)
    clock.now += jump
    desk.carry_out()
    Desk(house, clock).carry_out()
    live(desk, clock, 14.75 * DAY)
    assert not now(house, asked).is_withdrawn

    live(desk, clock, 0.5 * DAY)

    assert now(house, asked).is_withdrawn


def test_a_clock_that_was_wrong_for_an_hour_withdraws_nothing(
    house: House, desk: Desk, clock: Clock, asked: Pledge
) -> None:
    clock.now += 10 * YEAR
    desk.carry_out()
    later = desk.hide(kept(Booth(house)).token)
    clock.now += 3600 - 10 * YEAR
    desk.carry_out()
    live(desk, clock, 14.75 * DAY)
    assert not now(house, asked).is_withdrawn
    assert not now(house, later).is_withdrawn

    live(desk, clock, 0.5 * DAY)

    assert now(house, asked).is_withdrawn
    assert now(house, later).is_withdrawn


def test_what_was_answered_is_left_alone(
    house: House, desk: Desk, clock: Clock, asked: Pledge
) -> None:
    restored = desk.restore(asked.id)
    assert restored.hidden_at is None

    live(desk, clock, 20 * DAY)

    assert now(house, asked) == restored


def test_a_request_outlives_a_lost_database(
    house: House, desk: Desk, asked: Pledge
) -> None:
    root = house.album.root
    written = (root / asked.place / "hidden").stat().st_mtime
    house.database.close()

    rebuild(house.album, root.parent / DATABASE)

    again = open_house(root.parent)
    found = now(again, asked)
    again.database.close()
    assert found.is_asked_back
    assert found.hidden_at == datetime.fromtimestamp(written, UTC)

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.database import Database, sqlite_url
from kiosk.store import lights
from kiosk.store.lights import Light

NINE = 1_337_000_000.0


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / "kiosk.db"))
    yield database
    database.close()


def given(database: Database, pledge: str, now: float = NINE) -> None:
    with database.transaction() as db:
        lights.add(db, pledge, now)


def told(database: Database, now: float = NINE) -> list[Light]:
    with database.reading() as db:
        return list(lights.following(db, now))


def test_the_first_stands_in_the_light_at_once_for_eight_seconds(
    database: Database,
) -> None:
    given(database, "first")

    assert told(database) == [Light("first", NINE, NINE + 8)]
    assert told(database, NINE + 8) == []


def test_the_more_wait_the_shorter_is_each_ones_time_and_never_under_three_seconds(
    database: Database,
) -> None:
    for number in range(9):
        given(database, str(number))

    schedule = told(database)

    holds = [each.ends_at - each.starts_at for each in schedule]
    assert holds == [8, 7, 6, 5, 4, 3, 3, 3, 3]
    assert [each.pledge for each in schedule] == [str(number) for number in range(9)]
    ends = [each.ends_at for each in schedule]
    assert [each.starts_at for each in schedule[1:]] == ends[:-1]


def test_a_time_that_was_given_never_moves(database: Database) -> None:
    given(database, "first")
    given(database, "second", NINE + 1)
    before = told(database, NINE + 2)[1]

    for number in range(20):
        given(database, str(number), NINE + 2)

    assert told(database, NINE + 2)[1] == before


def test_of_a_long_line_only_the_next_may_be_asked_for(database: Database) -> None:
    for number in range(9):
        given(database, str(number))

    with database.reading() as db:
        soon = lights.following(db, NINE + 9, 3)

    assert [each.pledge for each in soon] == ["1", "2", "3"]


def test_the_light_is_long_again_when_nobody_waits(database: Database) -> None:
    for number in range(9):
        given(database, str(number))

    given(database, "late", NINE + 60)

    assert told(database, NINE + 61) == [Light("late", NINE + 60, NINE + 68)]


def test_who_is_approved_twice_stands_in_the_light_once(database: Database) -> None:
    given(database, "one")
    given(database, "one", NINE + 1)

    assert told(database, NINE + 1) == [Light("one", NINE, NINE + 8)]


@pytest.mark.parametrize("back", [30.0, 7200.0, 10 * 365 * 86400.0])
def test_a_clock_that_is_set_back_holds_nobody_up(
    database: Database, back: float
) -> None:
    for number in range(5):
        given(database, str(number))
    assert told(database, NINE - back) == []

    given(database, "after", NINE - back)

    assert told(database, NINE - back) == [Light("after", NINE - back, NINE - back + 8)]

"""A clock is believed from when it last jumped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.database import Database, sqlite_url
from kiosk.store import clock

DAY, YEAR = 86400.0, 365 * 86400.0


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / "kiosk.db"))
    yield database
    database.close()


@pytest.mark.parametrize(
    ("steps", "jumped"),
    [
        ([60.0, DAY, 31 * DAY], False),
        ([60.0, -7200.0, 3600.0], False),
        ([DAY, 32 * DAY], True),
        ([DAY, 10 * YEAR], True),
        ([DAY, -2 * DAY], True),
        ([DAY, -10 * YEAR], True),
    ],
)
def test_days_count_from_the_last_jump_of_the_clock(
    database: Database, steps: list[float], jumped: bool
) -> None:
    begun = now = 1_800_000_000.0
    with database.transaction() as db:
        since = clock.see(db, now)
        for step in steps:
            now += step
            since = clock.see(db, now)

    assert since == (now if jumped else begun)

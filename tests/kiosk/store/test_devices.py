from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.database import Database, sqlite_url
from kiosk.store import devices
from kiosk.store.devices import ONE_TIME, LinkSpent
from tests.night import at_once

NOW = 1_000_000.0


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / "kiosk.db"))
    yield database
    database.close()


def test_a_one_time_link_lets_one_device_in(database: Database) -> None:
    with database.transaction() as db:
        code = devices.new_link(db, "volunteer", NOW)
        assert devices.use_link(db, code, NOW) == "volunteer"

    with pytest.raises(LinkSpent), database.transaction() as db:
        devices.use_link(db, code, NOW)


def test_looking_at_a_link_spends_nothing(database: Database) -> None:
    with database.transaction() as db:
        code = devices.new_link(db, "operator", NOW)
        assert devices.link_role(db, code, NOW) == "operator"
        assert devices.use_link(db, code, NOW) == "operator"
        with pytest.raises(LinkSpent):
            devices.link_role(db, code, NOW)


def test_a_link_is_good_for_ten_minutes(database: Database) -> None:
    assert ONE_TIME == 600
    with database.transaction() as db:
        code = devices.new_link(db, "operator", NOW)
        with pytest.raises(LinkSpent):
            devices.use_link(db, code, NOW + ONE_TIME)
        assert devices.use_link(db, code, NOW + ONE_TIME - 1) == "operator"


def test_a_link_nobody_made_opens_nothing(database: Database) -> None:
    with pytest.raises(LinkSpent), database.transaction() as db:
        devices.use_link(db, "guessed", NOW)


def test_of_eight_who_spend_a_link_at_once_one_gets_in(database: Database) -> None:
    with database.transaction() as db:
        code = devices.new_link(db, "operator", NOW)

    def spend(_: int) -> str:
        with database.transaction() as db:
            return devices.use_link(db, code, NOW)

    told = [each.exception() for each in at_once(8, spend)]

    assert told.count(None) == 1
    assert sum(isinstance(each, LinkSpent) for each in told) == 7


def test_a_session_is_known_by_its_cookie_until_it_ends(database: Database) -> None:
    with database.transaction() as db:
        cookie = devices.sign_in(db, "volunteer", NOW)
        session = devices.session(db, cookie)
        assert session
        assert (session.role, session.is_asleep) == ("volunteer", False)
        devices.sign_out(db, session.id, NOW + 1)

        assert devices.session(db, cookie) is None
        assert devices.session(db, "guessed") is None


def test_a_session_put_to_sleep_is_asleep_and_others_are_not(
    database: Database,
) -> None:
    with database.transaction() as db:
        cookie, other = (devices.sign_in(db, "volunteer", NOW) for _ in range(2))
        mine = devices.session(db, cookie)
        assert mine
        devices.put_to_sleep(db, mine.id)

        asleep, awake = devices.session(db, cookie), devices.session(db, other)
    assert asleep
    assert asleep.is_asleep
    assert awake
    assert not awake.is_asleep


def test_whoever_reads_the_database_cannot_sign_in(
    database: Database, tmp_path: Path
) -> None:
    with database.transaction() as db:
        secrets = [devices.sign_in(db, "operator", NOW) for _ in range(2)]
        secrets.append(devices.new_link(db, "operator", NOW))
    database.close()

    stored = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    for each in secrets:
        assert each.encode() not in stored
    assert len({len(each) for each in secrets}) == 2

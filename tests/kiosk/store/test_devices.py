from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.database import Database, sqlite_url
from kiosk.store import audit, devices
from kiosk.store.devices import LONGEST_NAME, ONE_TIME, LinkSpent, UnknownDevice
from tests.night import at_once

NOW = 1_000_000.0
EVENT = "live-in-hanoi"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / "kiosk.db"))
    yield database
    database.close()


def test_a_one_time_link_lets_one_device_in(database: Database) -> None:
    with database.transaction() as db:
        code = devices.new_link(db, "volunteer", NOW)
        assert devices.use_link(db, code, NOW).role == "volunteer"

    with pytest.raises(LinkSpent), database.transaction() as db:
        devices.use_link(db, code, NOW)


def test_looking_at_a_link_spends_nothing(database: Database) -> None:
    with database.transaction() as db:
        code = devices.new_link(db, "operator", NOW)
        assert devices.look_at_link(db, code, NOW).role == "operator"
        assert devices.use_link(db, code, NOW).role == "operator"
        with pytest.raises(LinkSpent):
            devices.look_at_link(db, code, NOW)


def test_a_link_is_good_for_ten_minutes(database: Database) -> None:
    assert ONE_TIME == 600
    with database.transaction() as db:
        code = devices.new_link(db, "operator", NOW)
        with pytest.raises(LinkSpent):
            devices.use_link(db, code, NOW + ONE_TIME)
        last = NOW + ONE_TIME - 1
        assert devices.use_link(db, code, last).role == "operator"


def test_a_link_nobody_made_opens_nothing(database: Database) -> None:
    with pytest.raises(LinkSpent), database.transaction() as db:
        devices.use_link(db, "guessed", NOW)


def test_of_eight_who_spend_a_link_at_once_one_gets_in(database: Database) -> None:
    with database.transaction() as db:
        code = devices.new_link(db, "operator", NOW)

    def spend(_: int) -> str:
        with database.transaction() as db:
            return devices.use_link(db, code, NOW).role

    told = [each.exception() for each in at_once(8, spend)]

    assert told.count(None) == 1
    assert sum(isinstance(each, LinkSpent) for each in told) == 7


def test_a_session_is_known_by_its_cookie_until_it_ends(database: Database) -> None:
    with database.transaction() as db:
        cookie = devices.sign_in(db, "volunteer", NOW, event=EVENT)
        session = devices.session(db, cookie)
        assert session
        assert (session.role, session.is_asleep) == ("volunteer", False)
        devices.sign_out(db, session.id, NOW + 1, who="an operator")

        assert devices.session(db, cookie) is None
        assert devices.session(db, "guessed") is None


def test_a_session_put_to_sleep_is_asleep_and_others_are_not(
    database: Database,
) -> None:
    with database.transaction() as db:
        cookie, other = (
            devices.sign_in(db, "volunteer", NOW, event=EVENT) for _ in range(2)
        )
        mine = devices.session(db, cookie)
        assert mine
        devices.put_to_sleep(db, mine.id, NOW, who=mine.id)

        asleep, awake = devices.session(db, cookie), devices.session(db, other)
    assert asleep
    assert asleep.is_asleep
    assert awake
    assert not awake.is_asleep


def test_whoever_reads_the_database_cannot_sign_in(
    database: Database, tmp_path: Path
) -> None:
    with database.transaction() as db:
        secrets = [devices.sign_in(db, "operator", NOW, event=EVENT) for _ in range(2)]
        secrets.append(devices.new_link(db, "operator", NOW))
    database.close()

    stored = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    for each in secrets:
        assert each.encode() not in stored
    assert len({len(each) for each in secrets}) == 2


def test_devices_are_numbered_by_role_and_event_and_no_number_comes_twice(
    database: Database,
) -> None:
    with database.transaction() as db:
        for role in ("volunteer", "wall", "volunteer"):
            devices.sign_in(db, role, NOW, event=EVENT)
        second = next(each for each in devices.paired(db) if each.number == 2)
        devices.sign_out(db, second.id, NOW, who="an operator")
        devices.sign_in(db, "volunteer", NOW, event=EVENT)
        devices.sign_in(db, "volunteer", NOW, event="another")
        numbers = sorted((each.role, each.number) for each in devices.paired(db))

    assert numbers == [*(("volunteer", each) for each in (1, 1, 3)), ("wall", 1)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Mai's tablet", "Mai's tablet"),
        ("  Mai's\n\ttablet ", "Mai's tablet"),
        ("a\u202eb\x00c", "a b c"),
        ("", ""),
        ("n" * 100, "n" * LONGEST_NAME),
    ],
)
def test_a_name_is_one_line_of_what_can_be_read(
    database: Database, given: str, kept: str
) -> None:
    with database.transaction() as db:
        code = devices.new_link(db, "wall", NOW, given)
        link = devices.use_link(db, code, NOW)
        devices.sign_in(db, link.role, NOW, event=EVENT, name=given)

        assert link.name == kept
        assert [each.name for each in devices.paired(db)] == [kept]


def test_a_device_is_signed_out_once(database: Database) -> None:
    with database.transaction() as db:
        devices.sign_in(db, "wall", NOW, event=EVENT)
        (wall,) = devices.paired(db)
        devices.sign_out(db, wall.id, NOW, who="an operator")

        assert devices.paired(db) == []
        assert wall.id not in devices.awake(db)
    for gone in (wall.id, "nobody"):
        with pytest.raises(UnknownDevice), database.transaction() as db:
            devices.sign_out(db, gone, NOW, who="an operator")


def test_pairing_ends_with_the_event(database: Database, tmp_path: Path) -> None:
    with database.transaction() as db:
        before = devices.sign_in(db, "wall", NOW, event="last year")
        today = devices.sign_in(db, "wall", NOW, event=EVENT)

        devices.end_others(db, EVENT, NOW)

        assert devices.session(db, before) is None
        assert devices.session(db, today)
    assert [each.what for each in audit.lines(tmp_path / audit.FILE)] == [
        *("paired", "paired", "revoked")
    ]

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError

from kiosk import store
from kiosk.database import Database, DatabaseBroken, sqlite_url
from kiosk.store import UnknownPledge, feed
from tests.night import a_pledge, at_once

IMPORTS = """
import sys
from kiosk.database import Database
Database(sys.argv[1]).close()
print("alembic" in sys.modules)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    database = Database(sqlite_url(file))
    yield database
    database.close()


def test_every_connection_is_durable_strict_and_patient(database: Database) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }

    with ExitStack() as stack:  # more at once than the pool keeps
        for _ in range(8):
            db = stack.enter_context(database.reading())
            for name, value in wanted.items():
                assert db.execute(text(f"PRAGMA {name}")).scalar() == value


def test_a_connection_given_back_and_taken_again_is_as_strict(
    database: Database,
) -> None:
    for _ in range(3):
        with database.transaction() as db:
            assert db.execute(text("PRAGMA synchronous")).scalar() == 2
            assert db.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_transaction_is_written_whole_or_not_at_all(database: Database) -> None:
    pledge = a_pledge()

    with pytest.raises(KeyError), database.transaction() as db:
        store.add(db, pledge)
        feed.add(db, "kept", pledge)
        raise KeyError("the power goes")

    with database.reading() as db:
        assert feed.now(db).seq == 0
        with pytest.raises(UnknownPledge):
            store.get(db, pledge.id)


def test_a_reader_sees_one_picture_whatever_is_written_meanwhile(
    database: Database,
) -> None:
    with database.reading() as reader:
        before = feed.now(reader)
        with database.transaction() as writer:
            feed.count(writer)

        assert feed.now(reader) == before
    with database.reading() as reader:
        assert feed.now(reader).kept == before.kept + 1


def test_writers_wait_for_one_another_and_none_is_lost(database: Database) -> None:
    def count(_: int) -> None:
        for _ in range(10):
            with database.transaction() as db:
                seen = feed.now(db).kept  # reads before it writes
                db.execute(update(feed.head).values(kept=seen + 1))

    for each in at_once(4, count):
        each.result()

    with database.reading() as db:
        assert feed.now(db).kept == 40


def test_a_link_to_no_pledge_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), database.transaction() as db:
        db.execute(text("INSERT INTO links VALUES ('token', 'nobody', 'card')"))


def test_what_is_written_is_there_after_the_file_is_opened_again(
    database: Database, file: Path
) -> None:
    pledge = a_pledge()
    with database.transaction() as db:
        store.add(db, pledge)
    database.close()

    again = Database(sqlite_url(file))
    with again.reading() as db:
        assert store.get(db, pledge.id) == pledge
    again.close()


@pytest.mark.parametrize("rubbish", [b"this is no database" * 1000, b"\xff" * 50_000])
def test_a_file_that_is_no_database_is_told_in_one_sentence(
    file: Path, rubbish: bytes
) -> None:
    file.write_bytes(rubbish)

    with pytest.raises(DatabaseBroken) as caught:
        Database(sqlite_url(file))

    assert "\n" not in str(caught.value)
    assert "python -m kiosk rebuild" in str(caught.value)


def test_a_database_whose_pages_are_overwritten_is_told(
    database: Database, file: Path
) -> None:
    database.close()
    data = file.read_bytes()
    file.write_bytes(data[:100] + b"\xa5" * (len(data) - 100))

    with pytest.raises(DatabaseBroken):
        Database(sqlite_url(file))


def test_a_database_cut_short_is_told(database: Database, file: Path) -> None:
    database.close()
    file.write_bytes(file.read_bytes()[:5000])

    with pytest.raises(DatabaseBroken):
        Database(sqlite_url(file))


def test_a_write_that_another_program_holds_up_fails_and_the_next_one_works(
    database: Database, file: Path
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with database.reading() as db:
            db.execute(text("PRAGMA busy_timeout = 50"))  # on the pooled connection
        with pytest.raises(OperationalError), database.transaction() as db:
            feed.count(db)

    with database.transaction() as db:
        assert feed.count(db) == 1


def test_a_database_of_today_is_opened_without_alembic(
    database: Database, file: Path
) -> None:
    found = subprocess.run(
        [sys.executable, "-c", IMPORTS, sqlite_url(file)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        text=True,
    )

    assert found.stdout.strip() == "False"

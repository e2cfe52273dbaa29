from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect

from kiosk import database, store
from kiosk.database import MIGRATIONS, SCHEMA, Database, sqlite_url
from kiosk.store import acts, devices, feed, tallies
from sync import outbox

TABLES = [
    *(store.pledges, store.links, acts.acts, feed.feed, feed.head),
    *(devices.sessions, devices.one_time, outbox.outbox, tallies.tallies),
]


def everything() -> MetaData:
    """Put the kiosk's tables and the outbox together."""
    together = MetaData()
    for each in (database.metadata, outbox.metadata):
        for table in each.sorted_tables:
            table.to_metadata(together)
    return together


def test_the_migrations_make_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    opened = Database(sqlite_url(tmp_path / "kiosk.db"))

    with opened.reading() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert compare_metadata(context, everything()) == []
        made = set(inspect(db).get_table_names()) - {"alembic_version"}
    assert made == {table.name for table in TABLES}
    opened.close()


def test_the_code_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA


def test_two_databases_never_have_the_same_epoch(tmp_path: Path) -> None:
    epochs = set()
    for name in ("one.db", "two.db"):
        opened = Database(sqlite_url(tmp_path / name))
        with opened.reading() as db:
            epochs.add(feed.now(db).epoch)
            assert feed.now(db).seq == feed.now(db).kept == 0
        opened.close()

    assert len(epochs) == 2


def test_a_database_of_today_is_opened_again_as_it_was(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "kiosk.db")
    first = Database(url)
    with first.reading() as db:
        head = feed.now(db)
    first.close()

    again = Database(url)
    with again.reading() as db:
        assert feed.now(db) == head
    again.close()

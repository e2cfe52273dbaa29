from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, inspect, text

from kiosk import database, store
from kiosk.album import ALBUM, Album
from kiosk.booth import Booth
from kiosk.booth.recovery import rebuild
from kiosk.database import DATABASE, MIGRATIONS, SCHEMA, Database, sqlite_url
from kiosk.pledge import Decision, Pledge
from kiosk.store import (
    acts,
    audit,
    blanks,
    clock,
    devices,
    feed,
    lights,
    modes,
    tallies,
)
from kiosk.store.audit import FILE, Line
from sync import outbox
from tests.night import a_pledge, open_house

TABLES = [
    *(store.pledges, store.links, acts.acts, blanks.blanks, clock.clock),
    *(lights.lights, modes.modes),
    *(feed.feed, feed.head, devices.sessions, devices.one_time),
    *(outbox.outbox, tallies.tallies),
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


# Nights that began with an older version


@pytest.fixture
def first_night(tmp_path: Path) -> Pledge:
    """Leave a night as the first version left it: one approved pledge, undone."""
    pledge = a_pledge().decided(Decision.APPROVED).undone(Decision.WAITING)
    engine = create_engine(sqlite_url(tmp_path / DATABASE))
    with engine.begin() as db:
        migrated(db, "0001")
        row = store._row(pledge)  # noqa: SLF001  # what the first version wrote, too
        for new in ("said", "flags", "is_starred", "hidden_at", "retake", "replaces"):
            del row[new]
        put(db, "pledges", row)
        put(db, "links", {"pledge": pledge.id, "token": pledge.token, "kind": "card"})
        put(db, "acts", an_act(pledge.id, 2, "waiting", "approved"))
        db.execute(text("UPDATE tallies SET count = 1 WHERE name = 'waiting'"))
        db.execute(text("UPDATE feed_head SET kept = 1, epoch = 'first'"))
    engine.dispose()
    return pledge


def migrated(db: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = db
    command.upgrade(config, revision)


def put(db: Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(f":{name}" for name in row)
    db.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), row)  # noqa: S608  # our own names


def an_act(pledge: str, revision: int, before: str, after: str) -> dict[str, object]:
    return {
        "pledge": pledge,
        "revision": revision,
        "before": before,
        "after": after,
        "who": "lan",
        "at": 1000.0,
        "is_undone": False,
    }


def test_a_night_that_began_with_the_first_version_goes_on(
    tmp_path: Path, first_night: Pledge
) -> None:
    house = open_house(tmp_path)
    booth = Booth(house)

    with house.database.reading() as db:
        assert store.get(db, first_night.id) == first_night
        assert feed.now(db).epoch == "first"
        assert [row.kind for row in db.execute(acts.acts.select())] == ["decided"]
    assert first_night.said is None
    house.album.save(first_night.place, {"pledge.json": b"{}"})
    mended = booth.mender.mend(first_night.id, "Mình sẽ nghe.", revision=3, who="minh")
    removed = booth.desk.decide(
        mended.id, Decision.REMOVED, revision=mended.revision, who="lan"
    )
    assert booth.desk.undo(removed.id, who="lan").words == "Mình sẽ nghe."
    house.database.close()


def test_an_act_of_the_first_version_can_still_be_undone(
    tmp_path: Path, first_night: Pledge
) -> None:
    engine = create_engine(sqlite_url(tmp_path / DATABASE))
    with engine.begin() as db:
        put(db, "acts", an_act(first_night.id, 3, "approved", "waiting"))
    engine.dispose()

    opened = Database(sqlite_url(tmp_path / DATABASE))
    with opened.reading() as db:
        assert acts.last(db, first_night, "lan").before is Decision.APPROVED
    opened.close()


def test_a_request_of_an_older_night_counts_from_its_last_change(
    tmp_path: Path, first_night: Pledge
) -> None:
    engine = create_engine(sqlite_url(tmp_path / DATABASE))
    with engine.begin() as db:
        db.execute(text("UPDATE pledges SET is_hidden = 1, changed_at = 1000.0"))
    engine.dispose()

    opened = Database(sqlite_url(tmp_path / DATABASE))
    with opened.reading() as db:
        (asked,) = store.asked_back(db)
    opened.close()
    assert asked.id == first_night.id
    assert asked.hidden_at is not None
    assert asked.hidden_at.timestamp() == 1000.0


@pytest.fixture
def noted_night(tmp_path: Path) -> list[Line]:
    """Leave a night as version 0010 left it, with the audit in its database."""
    engine = create_engine(sqlite_url(tmp_path / DATABASE))
    with engine.begin() as db:
        migrated(db, "0010")
        session = {"id": "d1", "role": "volunteer", "made_at": 1.0, "is_asleep": False}
        put(db, "sessions", session | {"name": "", "number": 2, "event": "e"})
        for number, what in enumerate(("approved", "undone", "wall blanked")):
            line = {"at": 1.1 * number, "who": "d1", "what": what, "about": "p1"}
            put(db, "audit", line)
    engine.dispose()
    return [
        Line(at=1.1 * number, who="d1", what=what, about="p1", called="volunteer 2")
        for number, what in enumerate(("approved", "undone", "wall blanked"))
    ]


def test_the_audit_of_an_older_night_is_carried_over(
    tmp_path: Path, noted_night: list[Line]
) -> None:
    Database(sqlite_url(tmp_path / DATABASE)).close()

    assert list(audit.lines(tmp_path / FILE)) == noted_night


def test_a_power_cut_while_the_audit_is_carried_over_doubles_no_line(
    tmp_path: Path, noted_night: list[Line]
) -> None:
    before = (tmp_path / DATABASE).read_bytes()
    Database(sqlite_url(tmp_path / DATABASE)).close()
    (tmp_path / DATABASE).write_bytes(before)

    Database(sqlite_url(tmp_path / DATABASE)).close()

    assert list(audit.lines(tmp_path / FILE)) == noted_night


def test_a_rebuild_of_an_older_night_keeps_its_audit(
    tmp_path: Path, noted_night: list[Line]
) -> None:
    rebuild(Album(tmp_path / ALBUM), tmp_path / DATABASE)

    assert list(audit.lines(tmp_path / FILE)) == noted_night


@pytest.mark.parametrize("decision", list(Decision))
def test_what_an_older_night_counted_twice_is_counted_once(
    tmp_path: Path, first_night: Pledge, decision: Decision
) -> None:
    engine = create_engine(sqlite_url(tmp_path / DATABASE))
    with engine.begin() as db:
        migrated(db, "0011")
        db.execute(text("UPDATE tallies SET count = 0"))
        for name in (decision, "requests"):
            db.execute(
                text("UPDATE tallies SET count = 1 WHERE name = :n"), {"n": name}
            )
        is_hidden = "UPDATE pledges SET is_hidden = :asked, decision = :now"
        asked = decision is not Decision.REMOVED
        db.execute(text(is_hidden), {"asked": asked, "now": decision})
    engine.dispose()

    opened = Database(sqlite_url(tmp_path / DATABASE))
    with opened.reading() as db:
        counted = tallies.now(db)
    opened.close()
    assert counted["requests"] == 1
    assert counted[decision] == (decision is Decision.REMOVED)


def test_an_older_night_has_every_table_of_today(
    tmp_path: Path, first_night: Pledge
) -> None:
    opened = Database(sqlite_url(tmp_path / DATABASE))

    with opened.reading() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert compare_metadata(context, everything()) == []
    opened.close()

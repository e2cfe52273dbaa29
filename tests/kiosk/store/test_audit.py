"""The audit's file: durable before the act, and never in an act's way."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select

from kiosk.database import DATABASE, Database, sqlite_url
from kiosk.store import audit, modes
from kiosk.store.audit import Line
from tests.night import PowerCut, power_cut


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / DATABASE))
    yield database
    database.close()


def note(database: Database, what: str) -> None:
    """Do an act of which the database keeps something, and note it."""
    with database.transaction() as db:
        db.execute(insert(modes.modes), {"mode": what, "at": 1.0, "who": "lan"})
        audit.note(db, what, who="lan", at=1.5, about="p1")


def noted(folder: Path) -> list[str]:
    return [each.what for each in audit.lines(folder / audit.FILE)]


def done(database: Database) -> list[str]:
    with database.reading() as db:
        return list(db.scalars(select(modes.modes.c.mode).order_by(modes.modes.c.id)))


def test_a_folder_without_an_act_has_no_line(tmp_path: Path) -> None:
    assert noted(tmp_path) == []


def test_a_line_is_read_as_it_was_written(database: Database, tmp_path: Path) -> None:
    note(database, "stage")

    assert list(audit.lines(tmp_path / audit.FILE)) == [
        Line(at=1.5, who="lan", what="stage", about="p1")
    ]


def test_a_power_cut_before_the_act_leaves_its_line(
    database: Database, tmp_path: Path
) -> None:
    event.listen(database.engine, "commit", lambda _db: power_cut())
    with pytest.raises(PowerCut):
        note(database, "stage")

    again = Database(sqlite_url(tmp_path / DATABASE))
    assert noted(tmp_path) == ["stage"]
    assert "stage" not in done(again)
    again.close()


def test_a_half_written_line_costs_no_other(database: Database, tmp_path: Path) -> None:
    file = tmp_path / audit.FILE
    note(database, "mosaic")
    note(database, "stage")
    file.write_bytes(file.read_bytes()[:-9])

    note(database, "slideshow")
    note(database, "picture")

    assert noted(tmp_path) == ["mosaic", "slideshow", "picture"]


def test_a_disk_that_refuses_the_line_does_not_stop_the_act(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / audit.FILE).mkdir()

    note(database, "stage")

    assert done(database)[-1] == "stage"
    (said,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert "The audit lacks a line (stage p1)" in said.message


@pytest.mark.skipif(os.name != "posix", reason="limits are of Unix")
def test_a_line_of_which_the_disk_takes_a_part_is_told(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import resource

    note(database, "stage")
    size = (tmp_path / audit.FILE).stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with database.reading() as db:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, before[1]))
        try:
            audit.note(db, "mosaic", who="lan", at=2.0)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert "The audit lacks a line" in caplog.text
    assert noted(tmp_path) == ["stage"]

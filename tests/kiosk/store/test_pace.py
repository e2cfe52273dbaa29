"""How long guests wait, and whether the volunteers keep up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, event

from kiosk import store
from kiosk.database import Database, sqlite_url
from kiosk.pledge import Decision, Pledge
from kiosk.store import acts
from kiosk.store.acts import Act
from kiosk.store.pace import RECENT, pace
from tests.night import a_pledge

NOON = 1_337_000_000.0


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    database = Database(sqlite_url(tmp_path / "kiosk.db"))
    with database.transaction() as db:
        yield db
    database.close()


def keep(db: Connection, at: float, number: int = 1) -> Pledge:
    """Keep a pledge at that second; its id says so too."""
    pledge = replace(
        a_pledge(number=number),
        id=str(UUID(int=(int(at * 1000) << 80) + number)),
        kept_at=datetime.fromtimestamp(at, UTC),
    )
    store.add(db, pledge)
    return pledge


def decide(db: Connection, pledge: Pledge, at: float) -> Act:
    """Keep a pledge private at that second."""
    after = pledge.decided(Decision.PRIVATE)
    store.save(db, pledge, after)
    act = Act(
        pledge=after.id,
        revision=after.revision,
        before=Decision.WAITING,
        after=Decision.PRIVATE,
        who="lan",
        at=at,
    )
    acts.add(db, act)
    return act


def test_a_night_that_begins_has_no_waits(db: Connection) -> None:
    now = pace(db, NOON)

    assert (now.oldest, now.median, now.arrived, now.decided) == (None, None, 0, 0)
    assert not now.is_outpaced


def test_the_oldest_is_told_in_seconds_and_never_below_none(db: Connection) -> None:
    keep(db, NOON - 65, 1)
    keep(db, NOON - 5, 2)

    assert pace(db, NOON).oldest == 65
    assert pace(db, NOON - 3600).oldest == 0  # a clock that was set back


def test_the_usual_wait_is_the_median_of_what_was_decided(db: Connection) -> None:
    for number, wait in enumerate((10.0, 20.0, 600.0), 1):
        decide(db, keep(db, NOON - 1000, number), NOON - 1000 + wait)

    assert pace(db, NOON).median == 20


def test_what_was_undone_counts_neither_as_wait_nor_as_decided(db: Connection) -> None:
    decide(db, keep(db, NOON - 20, 1), NOON)
    acts.undo(db, decide(db, keep(db, NOON - 90, 2), NOON))

    now = pace(db, NOON)

    assert (now.median, now.decided) == (20, 1)


def test_more_that_come_than_are_decided_in_five_minutes_outpace(
    db: Connection,
) -> None:
    decide(db, keep(db, NOON - RECENT - 100, 1), NOON - RECENT - 50)
    keep(db, NOON - RECENT - 1, 2)
    decide(db, keep(db, NOON - RECENT + 1, 3), NOON - 1)
    even = pace(db, NOON)
    keep(db, NOON - 2, 4)

    now = pace(db, NOON)

    assert (even.arrived, even.decided, even.is_outpaced) == (1, 1, False)
    assert (now.arrived, now.decided, now.is_outpaced) == (2, 1, True)


def test_no_question_looks_at_every_pledge(db: Connection) -> None:
    asked: list[str] = []
    event.listen(
        db.engine,
        "before_cursor_execute",
        lambda _conn, _cursor, statement, *_rest: asked.append(statement),
    )
    keep(db, NOON - 5)
    del asked[:]
    pace(db, NOON)
    questions = [each for each in asked if each.startswith("SELECT")]

    for each in questions:
        blanks = tuple(0 for _ in range(each.count("?")))
        plan = db.exec_driver_sql(f"EXPLAIN QUERY PLAN {each}", blanks)
        steps = [row[3] for row in plan]
        assert not [step for step in steps if step.startswith("SCAN pledges")]
        assert not [step for step in steps if "TEMP B-TREE" in step]
    assert len(questions) == 4

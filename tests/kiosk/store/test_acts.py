from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from kiosk.database import Database, sqlite_url
from kiosk.pledge import Decision, Pledge
from kiosk.store import acts
from kiosk.store.acts import MENDED, UNDOABLE, Act, NothingToUndo
from tests.night import a_pledge


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    database = Database(sqlite_url(tmp_path / "kiosk.db"))
    with database.transaction() as db:
        yield db
    database.close()


def approve(db: Connection, who: str) -> tuple[Pledge, Act]:
    pledge = a_pledge().decided(Decision.APPROVED)
    act = Act(
        pledge=pledge.id,
        revision=pledge.revision,
        before=Decision.WAITING,
        after=Decision.APPROVED,
        who=who,
        at=1000.0,
    )
    acts.add(db, act)
    return pledge, act


def test_a_volunteers_last_act_on_a_pledge_is_found(db: Connection) -> None:
    pledge, act = approve(db, "lan")

    assert acts.last(db, pledge, "lan") == act


def test_nobody_undoes_what_another_did(db: Connection) -> None:
    pledge, _ = approve(db, "lan")

    with pytest.raises(NothingToUndo):
        acts.last(db, pledge, "minh")


def test_an_act_is_undone_once(db: Connection) -> None:
    pledge, act = approve(db, "lan")
    acts.undo(db, act)

    with pytest.raises(NothingToUndo):
        acts.last(db, pledge, "lan")


def test_nothing_is_undone_that_has_changed_since(db: Connection) -> None:
    pledge, _ = approve(db, "lan")

    with pytest.raises(NothingToUndo):
        acts.last(db, pledge.hidden(pledge.kept_at), "lan")


def test_a_volunteers_last_twenty_acts_can_be_undone(db: Connection) -> None:
    done = [approve(db, "lan") for _ in range(UNDOABLE + 1)]
    approve(db, "minh")

    assert UNDOABLE == 20
    for pledge, act in done[1:]:
        assert acts.last(db, pledge, "lan") == act
    with pytest.raises(NothingToUndo):
        acts.last(db, done[0][0], "lan")


def test_a_mend_is_written_down_and_never_undone(db: Connection) -> None:
    pledge = a_pledge().mended("Mình sẽ nghe.")
    act = Act(
        pledge=pledge.id,
        revision=pledge.revision,
        before=pledge.decision,
        after=pledge.decision,
        who="lan",
        at=1000.0,
        kind=MENDED,
    )

    acts.add(db, act)

    (row,) = db.execute(select(acts.acts.c.kind, acts.acts.c.who)).all()
    assert tuple(row) == ("mended", "lan")
    with pytest.raises(NothingToUndo):
        acts.last(db, pledge, "lan")


def test_undoing_one_act_leaves_the_others(db: Connection) -> None:
    _, act = approve(db, "lan")
    other, kept = approve(db, "lan")
    acts.undo(db, act)

    assert acts.last(db, other, "lan") == kept

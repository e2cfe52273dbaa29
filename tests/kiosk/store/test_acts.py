from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from kiosk import store
from kiosk.database import Database, sqlite_url
from kiosk.pledge import Decision, Pledge
from kiosk.store import acts
from kiosk.store.acts import DECIDED, MENDED, UNDOABLE, Act, NothingToUndo
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


def test_what_was_undone_uses_up_none_of_the_twenty(db: Connection) -> None:
    done = [approve(db, "lan") for _ in range(UNDOABLE)]
    for _ in range(UNDOABLE):
        acts.undo(db, approve(db, "lan")[1])

    assert [acts.last(db, pledge, "lan") for pledge, _ in done] == [a for _, a in done]


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


# What may still be taken back


def decided(db: Connection, decision: Decision, *, who: str, at: float) -> Pledge:
    """Keep a pledge, and decide about it."""
    before = a_pledge()
    store.add(db, before)
    return changed(db, before, before.decided(decision), who=who, at=at)


def changed(
    db: Connection, before: Pledge, after: Pledge, *, who: str, at: float
) -> Pledge:
    store.save(db, before, after)
    act = Act(
        pledge=after.id,
        revision=after.revision,
        before=before.decision,
        after=after.decision,
        who=who,
        at=at,
        kind=DECIDED if before.decision != after.decision else MENDED,
    )
    acts.add(db, act)
    return after


def may_undo(db: Connection, who: str = "lan", now: float = 1000.0) -> list[str]:
    return [each.id for each in acts.undoable(db, who, now)]


def test_a_volunteers_own_decisions_may_be_taken_back_the_newest_last(
    db: Connection,
) -> None:
    mine = [decided(db, Decision.PRIVATE, who="lan", at=990.0) for _ in range(2)]
    decided(db, Decision.PRIVATE, who="minh", at=990.0)

    assert may_undo(db) == [each.id for each in mine]
    assert acts.undoable(db, "lan", 1000.0)[0][1:] == (mine[0].code, "private", 10.0)
    for each in mine:
        assert acts.last(db, each, "lan").pledge == each.id


def test_no_more_than_twenty_may_be_taken_back(db: Connection) -> None:
    mine = [decided(db, Decision.PRIVATE, who="lan", at=990.0) for _ in range(22)]

    assert may_undo(db) == [each.id for each in mine[2:]]


@pytest.mark.parametrize("what", ["undone", "hidden", "decided"])
def test_what_has_changed_since_may_not_be_taken_back(
    db: Connection, what: str
) -> None:
    pledge = decided(db, Decision.APPROVED, who="lan", at=990.0)
    if what == "undone":
        acts.undo(db, acts.last(db, pledge, "lan"))
    elif what == "hidden":
        store.save(db, pledge, pledge.hidden(pledge.kept_at))
    else:
        after = pledge.decided(Decision.PRIVATE)
        changed(db, pledge, after, who="minh", at=991.0)

    assert may_undo(db) == []


def test_a_mend_may_not_be_taken_back(db: Connection) -> None:
    waits = a_pledge()
    store.add(db, waits)
    changed(db, waits, waits.mended("Mình sẽ nghe."), who="lan", at=991.0)

    assert may_undo(db) == []


def test_a_removal_may_be_taken_back_for_ten_seconds(db: Connection) -> None:
    removed = decided(db, Decision.REMOVED, who="lan", at=990.0)
    late = decided(db, Decision.REMOVED, who="lan", at=989.0)

    assert may_undo(db, now=1000.0) == [removed.id]
    assert late.decision is Decision.REMOVED


def test_what_was_chosen_for_the_stage_since_may_still_be_taken_back(
    db: Connection,
) -> None:
    pledge = decided(db, Decision.APPROVED, who="lan", at=990.0)
    starred = pledge.starred(is_starred=True)
    store.save(db, pledge, starred)
    acts.follow(db, pledge, starred)

    assert may_undo(db) == [pledge.id]

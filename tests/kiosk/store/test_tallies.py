from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import store
from kiosk.database import Database, sqlite_url
from kiosk.pledge import Decision, NotAllowed, Pledge
from kiosk.store import AlreadyDecided, tallies
from tests.night import a_pledge

Change = Callable[[Pledge], Pledge]
CHANGES: dict[str, Change] = {
    **{str(each): partial(Pledge.decided, decision=each) for each in Decision},
    **{f"undo {each}": partial(Pledge.undone, before=each) for each in Decision},
    "hide": lambda pledge: pledge.hidden(pledge.kept_at),
    "restore": Pledge.restored,
    "withdraw": Pledge.withdrawn,
    "erase": Pledge.erased,
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path_factory.mktemp("night") / "kiosk.db"))
    yield database
    database.close()


@given(st.lists(st.sampled_from(sorted(CHANGES)), max_size=8))
def test_the_tallies_are_what_a_recount_would_say(
    database: Database, changes: list[str]
) -> None:
    pledge = a_pledge()
    with database.transaction() as db:
        store.add(db, pledge)
        for name in changes:
            pledge = changed(pledge, CHANGES[name])
            store.save(db, store.get(db, pledge.id), pledge)

        assert tallies.now(db) == recounted(
            [store.get(db, each) for each in store.ids(db)]
        )


def test_a_decision_that_came_late_is_not_counted(database: Database) -> None:
    before = a_pledge()
    with database.transaction() as db:
        store.add(db, before)
        store.save(db, before, before.decided(Decision.APPROVED))
    with database.reading() as db:
        counted = tallies.now(db)

    with pytest.raises(AlreadyDecided), database.transaction() as db:
        store.save(db, before, before.decided(Decision.REMOVED))

    with database.reading() as db:
        assert tallies.now(db) == counted


def changed(pledge: Pledge, change: Change) -> Pledge:
    """Change it, or leave it where that is not allowed."""
    try:
        return change(pledge)
    except NotAllowed:
        return pledge


def recounted(pledges: list[Pledge]) -> dict[str, int]:
    """Count as a volunteer would who looks at them all."""
    counts = Counter(dict.fromkeys((*map(str, Decision), "requests"), 0))
    for each in pledges:
        if each.is_hidden and not each.is_gone:
            counts["requests"] += 1
        elif each.decision is Decision.REMOVED or not each.is_withdrawn:
            counts[str(each.decision)] += 1
    return dict(counts)

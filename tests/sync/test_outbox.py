"""The rules of wishing."""

import time

import pytest
from sqlalchemy import Connection

from sync import outbox
from sync.outbox import LONGEST_PAUSE, Backlog, Wish
from tests.sync.world import Database, page, tombstone

NOW = 1_800_000_000.0


def test_a_wish_is_due_at_once(database: Database) -> None:
    database.wish(page())

    assert database.due() == [page()]


def test_wishing_twice_is_wishing_once(database: Database) -> None:
    database.wish(page(), page())
    database.wish(page())

    assert database.due() == [page()]


def test_a_higher_revision_replaces_a_lower_one(database: Database) -> None:
    database.wish(page(revision=1))

    database.wish(page(revision=2, file="card.jpg"))

    assert database.due() == [page(revision=2, file="card.jpg")]


def test_a_lower_revision_never_replaces_a_higher_one(database: Database) -> None:
    database.wish(tombstone(revision=2))

    database.wish(page(revision=1))

    assert database.due() == [tombstone(revision=2)]


@pytest.mark.parametrize(
    "wishes",
    [
        (page(revision=3), tombstone(revision=3)),
        (tombstone(revision=3), page(revision=3)),
    ],
)
def test_at_one_revision_a_tombstone_stays(
    database: Database, wishes: tuple[Wish, Wish]
) -> None:
    database.wish(*wishes)

    assert database.due() == [tombstone(revision=3)]


def test_removals_go_first_and_the_rest_as_wished(database: Database) -> None:
    card, first, second = page("card/a.jpg"), page("p/a"), page("p/b")

    database.wish(card, first, second, tombstone("p/c"))

    assert database.due() == [tombstone("p/c"), card, first, second]
    assert database.due(limit=2) == [tombstone("p/c"), card]


def test_targets_do_not_see_each_other(database: Database) -> None:
    database.wish(Wish("hub", "p/abc", "page.html", "text/html", True, 1))

    assert database.due() == []
    assert database.waiting().count == 0


def test_a_settled_wish_is_not_due_until_it_is_wished_again(database: Database) -> None:
    database.wish(page())

    with database.transaction() as db:
        assert outbox.settle(db, *due_in(db))
    assert database.due() == []

    database.wish(page())
    assert database.due() == [page()]


@pytest.mark.parametrize("newer", [tombstone(), page(revision=2), page(revision=1)])
def test_an_old_wish_does_not_settle_the_newer_one(
    database: Database, newer: Wish
) -> None:
    database.wish(page())
    (carried_out,) = database.due()
    database.wish(newer)

    with database.transaction() as db:
        assert not outbox.settle(db, carried_out)

    assert database.due() == [newer]


def test_a_postponed_wish_waits_and_says_why(database: Database) -> None:
    database.wish(page())

    postpone(database, until=NOW + 5, problem="The cloud cannot be reached.")

    assert database.due(NOW + 4) == []
    assert database.due(NOW + 5)[0].tries == 1
    assert database.waiting().problem == "The cloud cannot be reached."


def test_postponing_an_old_wish_does_not_hold_the_newer_one(database: Database) -> None:
    database.wish(page())
    (old,) = database.due()
    database.wish(tombstone())

    with database.transaction() as db:
        outbox.postpone(db, old, until=NOW + 5, problem="The cloud is busy.")

    assert database.due(NOW) == [tombstone()]
    assert database.waiting().problem == ""


def test_wishing_again_starts_afresh(database: Database) -> None:
    database.wish(page())
    postpone(database, until=NOW + 100, problem="The cloud is busy.")

    database.wish(page(revision=2))

    assert [each.tries for each in database.due(NOW)] == [0]
    assert database.waiting().problem == ""


def test_a_clock_set_back_ten_years_holds_no_wish(database: Database) -> None:
    database.wish(page())
    postpone(database, until=NOW + LONGEST_PAUSE, problem="The cloud is busy.")

    assert database.due(NOW) == []
    assert database.due(NOW - 10 * 365 * 86_400) == [page()]


def test_the_backlog_of_an_empty_outbox_is_nothing(database: Database) -> None:
    assert database.waiting() == Backlog(0, None, "", None)


def test_the_backlog_counts_what_waits_and_since_when(database: Database) -> None:
    before = time.time()
    database.wish(page("p/a"), page("p/b"), tombstone("p/c"))

    with database.transaction() as db:
        assert outbox.settle(db, *due_in(db, limit=1))

    backlog = database.waiting()
    assert backlog.count == 2
    assert backlog.oldest is not None
    assert backlog.last_settled is not None
    assert before <= backlog.oldest <= backlog.last_settled <= time.time()


def test_a_wish_rolled_back_was_never_made(database: Database) -> None:
    with database.transaction() as db:
        outbox.wish(db, [page()])
        db.rollback()

    assert database.due() == []


def test_looking_for_work_reads_the_index_and_not_the_table(database: Database) -> None:
    with database.transaction() as db:
        plan = db.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT key FROM outbox WHERE target = 'bucket' "
            "AND settled IS 0 AND due <= 1.0 ORDER BY present, position LIMIT 1"
        ).all()

    assert "outbox_waiting" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def postpone(database: Database, *, until: float, problem: str) -> None:
    """Postpone the one wish there is."""
    (wish,) = database.due()
    with database.transaction() as db:
        outbox.postpone(db, wish, until=until, problem=problem)


def due_in(db: Connection, limit: int = 10) -> list[Wish]:
    """Return what is due within a transaction."""
    return outbox.due(db, NOW, limit)

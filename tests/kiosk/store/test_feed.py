from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.database import Database, sqlite_url
from kiosk.store import feed
from tests.night import a_pledge, at_once


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / "kiosk.db"))
    yield database
    database.close()


def test_entries_follow_one_another_without_a_gap_in_the_order_of_their_commits(
    database: Database,
) -> None:
    committed: list[int] = []

    def write(_: int) -> None:
        for _ in range(15):
            with database.transaction() as db:
                feed.add(db, "kept", a_pledge())
                committed.append(feed.now(db).seq)  # nobody else writes meanwhile

    for each in at_once(4, write):
        each.result()

    assert committed == list(range(1, 61))
    with database.reading() as db:
        entries = feed.after(db, 0, 100)
        assert feed.now(db).seq == 60
    assert [each.seq for each in entries] == committed


def test_whoever_reads_meanwhile_never_sees_a_later_entry_before_an_earlier_one(
    database: Database,
) -> None:
    def write_or_read(number: int) -> None:
        for _ in range(20):
            if number < 3:
                with database.transaction() as db:
                    feed.add(db, "kept", a_pledge())
            else:
                with database.reading() as db:
                    seen = [each.seq for each in feed.after(db, 0, 100)]
                    assert seen == list(range(1, feed.now(db).seq + 1))

    for each in at_once(4, write_or_read):
        each.result()


def test_news_that_did_not_come_true_leaves_no_gap(database: Database) -> None:
    pledge = a_pledge()
    with pytest.raises(KeyError), database.transaction() as db:
        feed.count(db)
        feed.add(db, "kept", pledge)
        raise KeyError("the power goes")

    with database.transaction() as db:
        assert feed.count(db) == 1
        feed.add(db, "kept", pledge)
    with database.reading() as db:
        assert [each.seq for each in feed.after(db, 0, 10)] == [1]


def test_an_entry_says_what_happened_to_which_pledge(database: Database) -> None:
    pledge = a_pledge()
    with database.transaction() as db:
        feed.add(db, "kept", pledge)
        feed.add(db, "hidden", pledge.hidden(pledge.kept_at))

    with database.reading() as db:
        assert feed.after(db, 0, 10) == [
            feed.Entry(1, "kept", pledge.id, 1),
            feed.Entry(2, "hidden", pledge.id, 2),
        ]


def test_a_screen_gets_what_follows_its_cursor_oldest_first(database: Database) -> None:
    with database.transaction() as db:
        for _ in range(6):
            feed.add(db, "kept", a_pledge())

    with database.reading() as db:
        assert [each.seq for each in feed.after(db, 2, 3)] == [3, 4, 5]
        assert feed.after(db, 6, 3) == []


def test_promises_are_counted_from_one(database: Database) -> None:
    with database.transaction() as db:
        assert [feed.count(db) for _ in range(3)] == [1, 2, 3]

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from kiosk import store
from kiosk.database import Database, sqlite_url
from kiosk.pledge import Decision, Pledge, Scope
from kiosk.store import AlreadyDecided, UnknownPledge, tallies
from tests.kiosk.store.plans import looks_at_all, plans
from tests.night import a_pledge, at_once

NOTHING = {"waiting": 0, "approved": 0, "private": 0, "removed": 0, "requests": 0}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / "kiosk.db"))
    yield database
    database.close()


def add(database: Database, *pledges: Pledge) -> None:
    with database.transaction() as db:
        for each in pledges:
            store.add(db, each)


def in_every_state() -> list[Pledge]:
    states = product(Decision, (False, True), (False, True), ((), (Scope.WALL,)))
    return [
        a_pledge(
            decision, hidden=hidden, withdrawn=withdrawn, scopes=scopes, number=number
        )
        for number, (decision, hidden, withdrawn, scopes) in enumerate(states, 1)
    ]


def test_a_pledge_comes_back_as_it_went_in(database: Database) -> None:
    pledges = in_every_state()
    add(database, *pledges)

    with database.reading() as db:
        for each in pledges:
            assert store.get(db, each.id) == each
            assert store.by_token(db, each.token) == each
            assert store.by_submission(db, each.submission) == each
            assert store.by_code(db, each.code) == [each]


def test_what_nobody_kept_is_unknown(database: Database) -> None:
    with database.reading() as db:
        for look in (store.get, store.by_token, store.by_submission):
            with pytest.raises(UnknownPledge):
                look(db, "nobody")
        assert store.by_code(db, "HN 2222") == []
        assert store.some(db, []) == {}


def test_one_visit_leaves_one_pledge(database: Database) -> None:
    first = a_pledge()
    add(database, first)

    with pytest.raises(IntegrityError):
        add(database, replace(a_pledge(), submission=first.submission))


def test_a_change_is_saved_once(database: Database) -> None:
    before = a_pledge()
    add(database, before)
    after = before.decided(Decision.APPROVED)

    with database.transaction() as db:
        store.save(db, before, after)
        assert store.get(db, before.id) == after
    with pytest.raises(AlreadyDecided) as caught, database.transaction() as db:
        store.save(db, before, before.decided(Decision.PRIVATE))

    assert caught.value.pledge_id == before.id
    with database.reading() as db:
        assert store.get(db, before.id) == after


def test_of_fifty_who_save_at_once_exactly_one_does(database: Database) -> None:
    before = a_pledge()
    add(database, before)

    def save(_: int) -> None:
        with database.transaction() as db:
            store.save(db, before, before.decided(Decision.APPROVED))

    told = [each.exception() for each in at_once(50, save)]

    assert told.count(None) == 1
    assert sum(isinstance(each, AlreadyDecided) for each in told) == 49


def test_the_queue_is_what_waits_or_was_asked_back_oldest_first(
    database: Database,
) -> None:
    pledges = in_every_state()
    add(database, *reversed(pledges))

    with database.reading() as db:
        queue = store.queue(db, 100)
        few = store.queue(db, 2)

    assert few == [
        each
        for each in queue
        if each in [each for each in queue if each.is_waiting][:2]
        or each in [each for each in queue if each.is_asked_back][:2]
    ]
    assert queue == [each for each in pledges if each.is_waiting or each.is_asked_back]


def test_the_wall_shows_what_may_be_on_it_newest_first(database: Database) -> None:
    pledges = [*in_every_state(), a_pledge(Decision.APPROVED, number=99)]
    add(database, *pledges)

    with database.reading() as db:
        shown = store.on_wall(db, 100)
        assert store.on_wall(db, 1) == shown[:1]

    wanted = [each for each in pledges if each.is_on_wall]
    assert shown == sorted(wanted, key=lambda each: -each.number)


def test_the_stage_reads_what_was_chosen_and_a_wall_may_show_oldest_first(
    database: Database,
) -> None:
    pledges = [*in_every_state(), a_pledge(Decision.APPROVED, number=99)]
    chosen = [replace(each, is_starred=True) for each in pledges]
    older = a_pledge(Decision.APPROVED, number=0)
    add(database, *reversed(chosen), older)

    with database.reading() as db:
        read = store.starred(db, 100)
        assert store.starred(db, 1) == read[:1]

    assert read == [each for each in chosen if each.is_on_wall]


def test_the_stage_never_looks_at_every_pledge(database: Database) -> None:
    def ask(db: Connection) -> object:
        return store.starred(db, 10)

    assert "pledges_starred" in plans(database, ask)[0]
    assert looks_at_all(database, ask) == []


@pytest.mark.parametrize("scope", [Scope.CAMPAIGN, Scope.ALBUM])
def test_no_other_permission_hangs_a_photo_on_the_wall(
    database: Database, scope: Scope
) -> None:
    add(database, a_pledge(Decision.APPROVED, scopes=[scope]))

    with database.reading() as db:
        assert store.on_wall(db, 100) == []


def test_tallies_count_each_once_as_decided_or_as_asked_back(
    database: Database,
) -> None:
    with database.reading() as db:
        assert tallies.now(db) == NOTHING
    states = product(Decision, (False, True))
    add(database, *(a_pledge(each, hidden=hidden) for each, hidden in states))

    with database.reading() as db:
        counted = tallies.now(db)

    assert counted == {
        "waiting": 1,
        "approved": 1,
        "private": 1,
        "removed": 2,
        "requests": 3,
    }


def test_what_is_withdrawn_is_not_counted_as_waiting(database: Database) -> None:
    add(database, a_pledge(hidden=True, withdrawn=True))

    with database.reading() as db:
        assert store.queue(db, 100) == []
        assert tallies.now(db)["waiting"] == 0
        assert tallies.now(db)["requests"] == 0


def test_the_oldest_that_waits_is_told_by_when_it_was_kept(database: Database) -> None:
    new = a_pledge(number=3)
    old = replace(a_pledge(number=2), kept_at=new.kept_at - timedelta(hours=2))
    older = replace(
        a_pledge(Decision.APPROVED, number=1), kept_at=new.kept_at - timedelta(hours=3)
    )
    with database.reading() as db:
        assert store.oldest_waiting(db) is None
    add(database, new, old, older)

    with database.reading() as db:
        assert store.oldest_waiting(db) == old.kept_at


def test_what_is_withdrawn_is_not_the_oldest_that_waits(database: Database) -> None:
    add(database, a_pledge(hidden=True, withdrawn=True))

    with database.reading() as db:
        assert store.oldest_waiting(db) is None


def test_what_is_to_be_erased_is_withdrawn_or_removed_since_long(
    database: Database,
) -> None:
    pledges = in_every_state()
    add(database, *pledges)

    with database.reading() as db:
        early = {each.id for each in store.to_erase(db, 0.0)}
        late = {each.id for each in store.to_erase(db, 1e12)}

    assert early == {each.id for each in pledges if each.is_withdrawn}
    assert late == {each.id for each in pledges if each.is_gone}


def test_what_is_erased_is_not_erased_again(database: Database) -> None:
    erased = a_pledge(Decision.REMOVED).erased()
    add(database, erased, a_pledge(Decision.REMOVED))

    with database.reading() as db:
        assert erased not in store.to_erase(db, 1e12)
        assert len(store.ids(db)) == 2


def test_some_pledges_are_found_by_their_ids(database: Database) -> None:
    pledges = [a_pledge() for _ in range(4)]
    add(database, *pledges)

    with database.reading() as db:
        found = store.some(db, [pledges[0].id, pledges[3].id, "nobody"])

    assert found == {each.id: each for each in (pledges[0], pledges[3])}


def test_a_code_is_free_until_a_pledge_carries_it(database: Database) -> None:
    pledge = a_pledge()
    with database.reading() as db:
        assert store.code_is_free(db, pledge.code)
    add(database, pledge)

    with database.reading() as db:
        assert not store.code_is_free(db, pledge.code)


# Looking for one


def test_pledges_are_found_by_how_their_codes_begin_newest_first(
    database: Database,
) -> None:
    codes = ("HN 4K7P", "HN 4KZZ", "HN 4L22", "DN 4K7P")
    pledges = [
        replace(a_pledge(number=number), code=code) for number, code in enumerate(codes)
    ]
    add(database, *pledges)

    with database.reading() as db:
        both = store.by_beginning(db, ["HN 4K"], 9)
        one = store.by_beginning(db, ["HN 4K7P", "HN 4K7"], 9)
        many = store.by_beginning(db, ["HN 4K", "DN "], 2)
        assert store.by_beginning(db, ["HN %"], 9) == []
        assert store.by_beginning(db, [], 9) == []

    assert [each.code for each in both] == ["HN 4KZZ", "HN 4K7P"]
    assert [each.code for each in one] == ["HN 4K7P"]
    assert [each.code for each in many] == ["DN 4K7P", "HN 4KZZ"]


def test_pledges_are_found_by_when_they_were_kept(database: Database) -> None:
    first = a_pledge()
    pledges = [
        replace(a_pledge(), kept_at=first.kept_at + timedelta(minutes=each))
        for each in range(5)
    ]
    add(database, *reversed(pledges))
    begin = first.kept_at.timestamp()

    with database.reading() as db:
        found = store.kept_between(db, begin + 60, begin + 180, 9)
        assert store.kept_between(db, begin + 60, begin + 180, 1) == found[:1]

    assert found == pledges[1:3]


def test_of_several_booths_one_is_looked_at(database: Database) -> None:
    first = a_pledge()
    others = [replace(a_pledge(), booth=name) for name in ("Quầy 2", "A")]
    add(database, first, *others, replace(a_pledge(), booth="Quầy 2"))
    begin, end = first.kept_at.timestamp() - 9, first.kept_at.timestamp() + 9

    with database.reading() as db:
        assert store.booths(db) == ["A", first.booth, "Quầy 2"]
        assert store.kept_between(db, begin, end, 9, "A") == others[1:]
        assert len(store.kept_between(db, begin, end, 9, "Quầy 2")) == 2
        assert store.kept_between(db, begin, end, 9, "Quầy 3") == []


def test_looking_for_one_never_looks_at_every_pledge(database: Database) -> None:
    def by_code(db: Connection) -> object:
        return store.by_beginning(db, ["HN 4K"], 9)

    def by_time(db: Connection) -> object:
        return store.kept_between(db, 0.0, 9.0, 9)

    def by_booth(db: Connection) -> object:
        return store.kept_between(db, 0.0, 9.0, 9, "Quầy 1")

    assert "pledges_by_booth" in plans(database, by_booth)[0]
    assert looks_at_all(database, by_booth) == []
    assert looks_at_all(database, store.booths) == []
    assert "pledges_by_code" in plans(database, by_code)[0]
    assert "pledges_by_time" in plans(database, by_time)[0]
    assert looks_at_all(database, by_time) == []

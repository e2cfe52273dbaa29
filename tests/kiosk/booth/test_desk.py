import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk import store, words
from kiosk.album import GONE, HIDDEN
from kiosk.booth import Booth
from kiosk.booth.desk import Desk
from kiosk.booth.house import House
from kiosk.booth.recovery import recover
from kiosk.booth.wishes import keys
from kiosk.page import Pages, Removal
from kiosk.pledge import MAY_BECOME, UNDO_REMOVAL, Decision, NotAllowed, Pledge
from kiosk.store import AlreadyDecided, UnknownPledge, feed, tallies
from kiosk.store.acts import NothingToUndo
from kiosk.workers import Workers
from sync import outbox
from tests.night import (
    EVENT,
    PAGES,
    Clock,
    Interrupted,
    PowerCut,
    a_consent,
    a_plan,
    at_once,
    files_in,
    kept,
    open_house,
    power_cut,
    wished,
)
from tests.waiting import eventually

WAITING, APPROVED, PRIVATE, REMOVED = Decision


@pytest.fixture
def clock() -> Clock:
    return Clock(time.time())


@pytest.fixture
def desk(house: House, clock: Clock) -> Desk:
    return Desk(house, clock)


@pytest.fixture
def pledge(booth: Booth) -> Pledge:
    return kept(booth)


@pytest.fixture
def late(tmp_path: Path, meanwhile: Interrupted) -> Desk:
    """Sit a second volunteer down, who is always a moment late."""
    return Desk(open_house(tmp_path, database=meanwhile))


def decide(desk: Desk, pledge: Pledge, decision: Decision, who: str = "lan") -> Pledge:
    return desk.decide(pledge.id, decision, revision=pledge.revision, who=who)


def now(house: House, pledge: Pledge) -> Pledge:
    with house.database.reading() as db:
        return store.get(db, pledge.id)


def files_of(house: House, pledge: Pledge) -> set[str]:
    return files_in(house.album.root / pledge.place)


# Decide


@pytest.mark.parametrize("decision", [APPROVED, PRIVATE, REMOVED])
def test_a_decision_is_kept_and_told(
    house: House, desk: Desk, pledge: Pledge, decision: Decision
) -> None:
    told: list[Pledge] = []
    house.events.decided.connect(told.append, weak=False)

    decided = decide(desk, pledge, decision)

    assert decided.decision is decision
    assert now(house, pledge) == decided
    assert told == [decided]
    with house.database.reading() as db:
        entry = feed.after(db, 1, 10)[-1]
    assert entry == feed.Entry(2, "decided", pledge.id, decided.revision)


def test_a_step_that_is_not_in_the_table_changes_nothing(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    with pytest.raises(NotAllowed):
        decide(desk, pledge, WAITING)
    removed = decide(desk, pledge, REMOVED)
    with pytest.raises(NotAllowed):
        decide(desk, removed, APPROVED)

    assert now(house, pledge) == removed


def test_nobody_decides_about_a_pledge_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(UnknownPledge):
        desk.decide("nobody", APPROVED, revision=1, who="lan")
    with pytest.raises(UnknownPledge):
        desk.undo("nobody", who="lan")
    with pytest.raises(UnknownPledge):
        desk.hide("nobody")
    with pytest.raises(UnknownPledge):
        desk.restore("nobody")
    with pytest.raises(UnknownPledge):
        desk.withdraw("nobody")


def test_the_second_volunteer_is_told_she_was_late(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    first = decide(desk, pledge, APPROVED, who="lan")

    with pytest.raises(AlreadyDecided):
        decide(desk, pledge, REMOVED, who="minh")

    assert now(house, pledge) == first


def test_of_fifty_volunteers_who_decide_at_once_exactly_one_wins(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    decide(desk, pledge, APPROVED)
    waiting = desk.undo(pledge.id, who="lan")

    def one(number: int) -> Pledge:
        return decide(desk, waiting, APPROVED, who=f"volunteer {number}")

    told = [each.exception() for each in at_once(50, one)]

    losers = [each for each in told if each is not None]
    assert len(losers) == 49
    assert {type(each) for each in losers} == {AlreadyDecided}
    assert now(house, pledge).revision == 4
    assert house.album.path(pledge.place, "page.html").read_bytes() == PAGES.photo(
        pledge, "mail"
    )


def test_whoever_wins_files_and_wishes_agree_with_the_row(
    house: House, booth: Booth
) -> None:
    votes = [APPROVED, PRIVATE, REMOVED] * 2
    for turn in range(5):
        pledge = kept(booth)

        def one(number: int, pledge: Pledge = pledge, turn: int = turn) -> Pledge:
            vote = votes[(number + turn) % 6]
            return decide(booth.desk, pledge, vote, who=f"volunteer {number}")

        told = [each.exception() for each in at_once(6, one)]

        after = now(house, pledge)
        assert told.count(None) == 1
        assert (HIDDEN in files_of(house, pledge)) == (after.decision is REMOVED)
        there = {wished(house).get(each, False) for each in keys(pledge)}
        assert there == {after.is_reachable}


def test_a_decision_survives_a_restart(
    house: House, desk: Desk, pledge: Pledge, tmp_path: Path
) -> None:
    decided = decide(desk, pledge, APPROVED)
    house.database.close()
    again = open_house(tmp_path)

    assert recover(again.album, again.database) == 0
    assert now(again, pledge) == decided
    again.database.close()


# What the bucket is to hold


def walk(desk: Desk, pledge: Pledge) -> Iterator[Pledge]:
    """Lead a pledge through everything that can happen to it."""
    yield (pledge := decide(desk, pledge, APPROVED))
    yield (pledge := desk.undo(pledge.id, who="lan"))
    yield (pledge := decide(desk, pledge, PRIVATE))
    yield (pledge := desk.hide(pledge.token))
    yield (pledge := decide(desk, pledge, APPROVED))
    yield (pledge := desk.restore(pledge.id))
    yield (pledge := decide(desk, pledge, REMOVED))
    yield (pledge := desk.undo(pledge.id, who="lan"))
    yield (pledge := desk.hide(pledge.token))
    yield desk.withdraw(pledge.id)


def test_after_every_step_the_bucket_is_to_hold_what_a_link_may_open(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    steps = []
    for each in walk(desk, pledge):
        steps.append(each.is_reachable)
        assert wished(house) == dict.fromkeys(keys(pledge), each.is_reachable)

    assert steps == [True, False, True, False, False, True, False, True, False, False]


def test_a_pledge_nobody_could_reach_is_never_wished_for(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    decide(desk, pledge, REMOVED)
    desk.withdraw(kept(Booth(house)).id)

    assert not any(wished(house).values())


def test_whatever_is_wished_is_a_file_and_pictures_come_before_their_page(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    decide(desk, pledge, APPROVED)

    with house.database.reading() as db:
        wishes = outbox.due(db, time.time(), 10)

    assert [each.key for each in wishes] == keys(pledge)
    assert [each.content_type for each in wishes] == [
        "image/webp",
        "image/jpeg",
        "text/html; charset=utf-8",
    ]
    for each in wishes:
        assert (house.album.root / each.file).stat().st_size > 0


def test_a_pledge_that_is_not_for_the_wall_still_has_its_page(
    house: House, desk: Desk, booth: Booth
) -> None:
    pledge = kept(booth, a_plan(consent=a_consent(scopes=())))

    decided = decide(desk, pledge, APPROVED)

    assert not decided.is_on_wall
    assert wished(house) == dict.fromkeys(keys(pledge), True)


# Undo


@pytest.mark.parametrize(
    ("before", "after"),
    [(before, after) for before, all_ in MAY_BECOME.items() for after in all_],
)
def test_undo_brings_back_what_was_before(
    house: House, desk: Desk, pledge: Pledge, before: Decision, after: Decision
) -> None:
    if before is not WAITING:
        pledge = decide(desk, pledge, before)
    changed = decide(desk, pledge, after)

    undone = desk.undo(changed.id, who="lan")

    assert undone.decision is before
    assert now(house, pledge) == undone
    assert GONE not in files_of(house, pledge)


def test_undo_is_only_for_whoever_decided(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    decided = decide(desk, pledge, REMOVED, who="lan")

    with pytest.raises(NothingToUndo):
        desk.undo(pledge.id, who="minh")

    assert now(house, pledge) == decided


def test_an_act_is_undone_once_and_not_when_something_came_after(
    desk: Desk, pledge: Pledge
) -> None:
    approved = decide(desk, pledge, APPROVED)
    desk.undo(approved.id, who="lan")
    with pytest.raises(NothingToUndo):
        desk.undo(approved.id, who="lan")
    hidden = desk.hide(pledge.token)
    private = decide(desk, hidden, PRIVATE)
    desk.restore(private.id)

    with pytest.raises(NothingToUndo):
        desk.undo(pledge.id, who="lan")


def test_an_approval_can_be_undone_later_than_a_removal(
    desk: Desk, pledge: Pledge, clock: Clock
) -> None:
    decide(desk, pledge, APPROVED)
    clock.now += 3600

    assert desk.undo(pledge.id, who="lan").decision is WAITING


# Remove


def test_a_removal_hides_at_once_and_erases_after_ten_seconds(
    house: House, desk: Desk, filming: Booth, clock: Clock
) -> None:
    pledge = decide(desk, kept(filming, a_plan(face=True)), APPROVED)
    before = files_of(house, pledge)

    removed = decide(desk, pledge, REMOVED)
    with house.database.reading() as db:
        assert store.on_wall(db, 10) == []
    assert not removed.is_reachable
    assert not any(wished(house).values())
    desk.erase()
    assert files_of(house, pledge) == before | {HIDDEN}

    clock.now = time.time() + UNDO_REMOVAL
    desk.erase()

    assert files_of(house, pledge) == {GONE}
    assert now(house, pledge).is_erased
    assert now(house, pledge).words == ""
    assert house.album.gone_keys(pledge.place) == keys(pledge)


def test_a_removal_is_undone_within_ten_seconds_and_not_later(
    desk: Desk, pledge: Pledge, clock: Clock
) -> None:
    decide(desk, pledge, REMOVED)
    clock.now += UNDO_REMOVAL
    undone = desk.undo(pledge.id, who="lan")
    decide(desk, undone, REMOVED)

    clock.now += UNDO_REMOVAL + 0.1

    with pytest.raises(NothingToUndo):
        desk.undo(pledge.id, who="lan")


def test_what_was_undone_is_not_erased(
    house: House, desk: Desk, pledge: Pledge, clock: Clock
) -> None:
    decide(desk, pledge, REMOVED)
    desk.undo(pledge.id, who="lan")
    clock.now += 3600

    desk.erase()

    assert "card.jpg" in files_of(house, pledge)
    assert not now(house, pledge).is_erased


def test_what_is_erased_stays_erased(
    house: House, desk: Desk, pledge: Pledge, clock: Clock
) -> None:
    removed = decide(desk, pledge, REMOVED)
    clock.now = time.time() + UNDO_REMOVAL
    desk.erase()
    erased = now(house, pledge)

    with pytest.raises(NothingToUndo):
        desk.undo(removed.id, who="lan")
    for decision in Decision:
        with pytest.raises(NotAllowed):
            decide(desk, erased, decision)
    desk.erase()

    assert now(house, pledge) == erased


def test_the_eraser_does_its_work_unasked(filming: Booth, clock: Clock) -> None:
    house, eraser = filming.house, Desk(filming.house, clock)
    removed, approved = (kept(filming, a_plan(face=True)) for _ in range(2))
    decide(eraser, removed, REMOVED)
    decide(eraser, approved, APPROVED)
    clock.now = time.time() + UNDO_REMOVAL + 1
    workers = Workers([eraser])

    workers.start()
    eventually(lambda: now(house, removed).is_erased)
    eventually(lambda: "original.jpg" not in files_of(house, approved))
    workers.stop()

    assert files_of(house, removed) == {GONE}


def test_a_photo_that_cannot_be_erased_does_not_keep_the_others(
    house: House, desk: Desk, booth: Booth, clock: Clock
) -> None:
    pledges = [kept(booth) for _ in range(4)]
    for each in pledges:
        decide(desk, each, REMOVED)
    in_the_way = house.album.path(pledges[0].place, GONE)
    in_the_way.mkdir()
    clock.now += 3600

    assert not desk.erase()

    assert "card.jpg" in files_of(house, pledges[0])
    for each in pledges[1:]:
        assert files_of(house, each) == {GONE}
    in_the_way.rmdir()
    assert desk.erase()
    assert files_of(house, pledges[0]) == {GONE}


# A guest's request


def test_a_guests_request_hides_at_once_and_waits_for_a_volunteer(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    decide(desk, pledge, APPROVED)

    hidden = desk.hide(pledge.token)

    assert not hidden.is_reachable
    with house.database.reading() as db:
        assert store.on_wall(db, 10) == []
        assert store.queue(db, 10) == [hidden]
        assert tallies.now(db)["requests"] == 1
    assert desk.hide(pledge.token) == hidden


def test_a_request_that_is_declined_shows_the_photo_again(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    decide(desk, pledge, APPROVED)
    desk.hide(pledge.token)

    restored = desk.restore(pledge.id)

    assert restored.is_on_wall
    with house.database.reading() as db:
        assert store.on_wall(db, 10) == [restored]


def test_a_request_for_what_was_just_removed_ends_its_undo(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    decide(desk, decide(desk, pledge, APPROVED), Decision.REMOVED)

    desk.hide(pledge.token)

    with pytest.raises(NothingToUndo):
        desk.undo(pledge.id, who="lan")
    assert desk.erase()
    assert files_of(house, pledge) == {GONE}


def test_what_was_removed_cannot_be_restored(desk: Desk, pledge: Pledge) -> None:
    removed = decide(desk, desk.hide(pledge.token), Decision.REMOVED)

    with pytest.raises(NotAllowed):
        desk.restore(removed.id)


@pytest.mark.parametrize("decision", [WAITING, APPROVED, PRIVATE])
def test_what_is_withdrawn_is_gone_for_good(
    house: House, desk: Desk, pledge: Pledge, decision: Decision
) -> None:
    if decision is not WAITING:
        pledge = decide(desk, pledge, decision)
    withdrawn = desk.withdraw(pledge.id)
    assert house.album.gone_keys(pledge.place) == keys(pledge)

    with pytest.raises(NotAllowed):
        decide(desk, withdrawn, APPROVED)
    with pytest.raises(NothingToUndo):
        desk.undo(pledge.id, who="lan")
    with pytest.raises(NotAllowed):
        desk.restore(pledge.id)
    desk.erase()

    assert files_of(house, pledge) == {GONE}
    assert now(house, pledge).is_erased
    assert not any(wished(house).values())


def test_whoever_asks_for_what_is_gone_is_told_nothing_new(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    withdrawn = desk.withdraw(pledge.id)

    assert desk.hide(pledge.token) == withdrawn
    assert now(house, pledge) == withdrawn


# Two at the same moment


def test_a_removal_that_came_late_leaves_no_marker(
    house: House, desk: Desk, late: Desk, meanwhile: Interrupted, pledge: Pledge
) -> None:
    meanwhile.meanwhile = lambda: decide(desk, pledge, APPROVED)

    with pytest.raises(AlreadyDecided):
        decide(late, pledge, REMOVED, who="minh")

    assert now(house, pledge).is_on_wall
    assert house.album.gone_keys(pledge.place) is None


def test_a_removal_that_came_later_still_leaves_no_marker(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    def looks_at_her_watch() -> float:
        decide(desk, pledge, APPROVED)
        return time.time()

    with pytest.raises(AlreadyDecided):
        decide(Desk(house, looks_at_her_watch), pledge, REMOVED, who="minh")

    assert now(house, pledge).is_on_wall
    assert house.album.gone_keys(pledge.place) is None


def test_a_removal_that_came_late_leaves_the_marker_of_the_first(
    house: House, desk: Desk, late: Desk, meanwhile: Interrupted, pledge: Pledge
) -> None:
    meanwhile.meanwhile = lambda: decide(desk, pledge, REMOVED)

    with pytest.raises(AlreadyDecided):
        decide(late, pledge, REMOVED, who="minh")

    assert HIDDEN in files_of(house, pledge)


def test_an_approval_that_came_late_leaves_nothing_in_an_erased_folder(
    house: House, desk: Desk, tmp_path: Path, pledge: Pledge
) -> None:
    class Slow(Pages):
        def photo(self, pledge: Pledge, removal: Removal) -> bytes:
            desk.withdraw(pledge.id)
            desk.erase()
            return super().photo(pledge, removal)

    slow = open_house(tmp_path, pages=Slow(EVENT, words.translate))
    with pytest.raises(AlreadyDecided):
        decide(Desk(slow), pledge, APPROVED)
    slow.database.close()

    assert files_of(house, pledge) == {GONE}


def test_a_guest_who_asks_while_a_volunteer_decides_is_hidden_all_the_same(
    house: House, desk: Desk, late: Desk, meanwhile: Interrupted, pledge: Pledge
) -> None:
    meanwhile.meanwhile = lambda: decide(desk, pledge, APPROVED)

    late.hide(pledge.token)

    assert now(house, pledge).is_hidden
    assert not any(wished(house).values())


def test_what_is_withdrawn_while_a_volunteer_decides_is_gone_all_the_same(
    house: House, desk: Desk, late: Desk, meanwhile: Interrupted, pledge: Pledge
) -> None:
    meanwhile.meanwhile = lambda: decide(desk, pledge, APPROVED)

    late.withdraw(pledge.id)

    assert now(house, pledge).is_withdrawn
    assert not any(wished(house).values())


def test_an_undo_is_quicker_than_the_eraser(
    house: House, meanwhile: Interrupted, desk: Desk, tmp_path: Path, pledge: Pledge
) -> None:
    eraser = Desk(open_house(tmp_path, database=meanwhile), lambda: time.time() + 3600)
    decide(desk, pledge, REMOVED)
    meanwhile.meanwhile = lambda: desk.undo(pledge.id, who="lan")

    eraser.erase()

    assert now(house, pledge).decision is WAITING
    assert "card.jpg" in files_of(house, pledge)
    assert house.album.gone_keys(pledge.place) is None


VERBS: list[Callable[[Desk, Pledge], Pledge]] = [
    lambda desk, pledge: decide(desk, pledge, APPROVED),
    lambda desk, pledge: decide(desk, pledge, PRIVATE),
    lambda desk, pledge: desk.hide(pledge.token),
]


@pytest.mark.parametrize("verb", VERBS)
def test_a_decision_whose_row_fails_changes_nothing_and_can_be_made_again(
    house: House,
    late: Desk,
    meanwhile: Interrupted,
    pledge: Pledge,
    verb: Callable[[Desk, Pledge], Pledge],
) -> None:
    meanwhile.meanwhile = power_cut

    with pytest.raises(PowerCut):
        verb(late, pledge)

    assert now(house, pledge) == pledge
    assert wished(house) == {}
    assert verb(late, pledge).revision == 2


# The stage


def test_a_star_is_kept_and_told_and_moves_nothing_else(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    approved = decide(desk, pledge, APPROVED)
    told: list[Pledge] = []
    before = wished(house)
    files = files_of(house, pledge)
    house.events.decided.connect(told.append, weak=False)

    starred = desk.star(pledge.id, is_starred=True)

    assert starred == replace(approved, is_starred=True, revision=3)
    assert now(house, pledge) == starred
    assert told == [starred]
    assert (wished(house), files_of(house, pledge)) == (before, files)
    assert desk.star(pledge.id, is_starred=True) == starred
    with house.database.reading() as db:
        assert feed.after(db, 2, 10) == [feed.Entry(3, "starred", pledge.id, 3)]
        assert {each.revision for each in outbox.due(db, 1e12, 9)} == {2}


def test_a_star_never_overrules_a_decision(
    house: House, pledge: Pledge, desk: Desk, late: Desk, meanwhile: Interrupted
) -> None:
    approved = decide(desk, pledge, APPROVED)
    meanwhile.meanwhile = lambda: decide(desk, approved, PRIVATE)

    with pytest.raises(NotAllowed):
        late.star(pledge.id, is_starred=True)

    assert now(house, pledge).decision is PRIVATE
    assert not now(house, pledge).is_starred


def test_a_star_does_not_take_the_way_back_from_who_approved(
    house: House, desk: Desk, pledge: Pledge
) -> None:
    decide(desk, pledge, APPROVED, who="lan")
    desk.star(pledge.id, is_starred=True)

    undone = desk.undo(pledge.id, who="lan")

    assert undone.decision is WAITING
    assert now(house, pledge) == undone


@pytest.mark.parametrize(
    "decision", [Decision.APPROVED, Decision.PRIVATE, Decision.REMOVED]
)
def test_a_decision_whose_answer_was_lost_is_the_same_when_it_is_sent_again(
    booth: Booth, decision: Decision
) -> None:
    pledge = kept(booth)
    first = booth.desk.decide(pledge.id, decision, revision=1, who="them")

    again = booth.desk.decide(pledge.id, decision, revision=1, who="them")

    assert again == first
    with pytest.raises(AlreadyDecided):
        booth.desk.decide(pledge.id, decision, revision=1, who="somebody")
    assert booth.desk.undo(pledge.id, who="them").is_waiting
    with pytest.raises(AlreadyDecided):
        booth.desk.decide(pledge.id, decision, revision=1, who="them")

"""A guest is asked for another photo while they are there; nothing is ever lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camera.feed import CameraLost, Feed
from kiosk import store
from kiosk.album import ALBUM, GONE, NotSaved
from kiosk.booth import Booth
from kiosk.booth.house import House
from kiosk.booth.recovery import recover
from kiosk.booth.retakes import GuestGone, Reason, Retakes
from kiosk.booth.visit import VisitOver
from kiosk.booth.visits import HERE, LONGEST_VISIT, Visits
from kiosk.booth.wishes import keys
from kiosk.flags import Flag
from kiosk.pledge import Decision, NoRetake, Pledge, Retake, Scope
from kiosk.store import AlreadyDecided, audit, feed
from kiosk.store.acts import NothingToUndo
from tests.kiosk.booth.folders import news, now, told
from tests.kiosk.booth.test_recovery import Cut, built_anew
from tests.kiosk.booth.test_visits import refusing
from tests.night import (
    Clock,
    PowerCut,
    a_camera,
    a_consent,
    a_plan,
    files_in,
    kept,
    open_house,
    power_cut,
    wished,
)
from tests.waiting import eventually

APPROVED, PRIVATE, REMOVED = Decision.APPROVED, Decision.PRIVATE, Decision.REMOVED
PLAN = a_plan("Mình sẽ lắng nghe.", face=True)


@pytest.fixture
def clock() -> Clock:
    return Clock(1.0)


@pytest.fixture
def seen(tmp_path: Path, clock: Clock) -> Iterator[Booth]:
    """Open a booth with a camera, whose guests stay as long as this clock says."""
    lens = Feed(a_camera())
    booth = Booth(open_house(tmp_path, lens=lens))
    booth.visits = Visits(booth.house, clock)
    booth.retakes = Retakes(booth.house, booth.visits, clock)
    lens.start()
    eventually(lambda: lens.health.is_live)
    yield booth
    lens.stop()
    booth.house.database.close()


def ask(booth: Booth, pledge: Pledge, who: str = "lan") -> Pledge:
    return booth.retakes.ask(
        pledge.id, Reason.BLURRED, revision=pledge.revision, who=who
    )


def take(booth: Booth, visit_id: str) -> None:
    """Pose and photograph."""
    booth.visits.pose(visit_id)
    booth.visits.shoot(visit_id)


def retaken(booth: Booth, pledge: Pledge) -> Pledge:
    """Take another photo, as the guest of this pledge, and keep it."""
    visit = booth.retakes.again(pledge.submission)
    take(booth, visit.id)
    return booth.visits.keep(visit.id)


def decide(booth: Booth, pledge: Pledge, decision: Decision) -> Pledge:
    return booth.desk.decide(pledge.id, decision, revision=pledge.revision, who="minh")


def queue(house: House) -> list[str]:
    with house.database.reading() as db:
        return [each.id for each in store.queue(db, 10)]


def lines(house: House) -> list[tuple[str, str, str]]:
    found = audit.lines(house.album.root.parent / audit.FILE)
    return [(each.who, each.what, each.about) for each in found]


# Ask


def test_the_guest_hears_the_reason_and_the_volunteers_that_they_are_asked(
    seen: Booth,
) -> None:
    pledge = kept(seen, PLAN)
    assert seen.retakes.hear(pledge) is None
    assert seen.retakes.may_be_asked([pledge.id]) == [pledge.id]

    asked = ask(seen, pledge)

    assert (
        now(seen.house, pledge)
        == asked
        == replace(pledge, revision=2, retake=Retake.ASKED)
    )
    assert seen.retakes.hear(asked) is Reason.BLURRED
    assert seen.retakes.may_be_asked([pledge.id]) == []
    assert news(seen.house) == [("kept", 1), ("retake", 2)]
    assert lines(seen.house) == [("lan", "asked to retake", pledge.id)]


def test_asked_again_the_answer_is_the_same_pledge_and_the_first_reason_stays(
    seen: Booth,
) -> None:
    pledge = kept(seen, PLAN)
    asked = ask(seen, pledge)

    again = seen.retakes.ask(pledge.id, Reason.EYES, revision=1, who="minh")

    assert again == asked == now(seen.house, pledge)
    assert seen.retakes.hear(asked) is Reason.BLURRED
    assert len(lines(seen.house)) == 1


def test_nobody_is_asked_who_has_left(seen: Booth, clock: Clock) -> None:
    pledge = kept(seen, PLAN)
    clock.now += HERE

    assert seen.retakes.may_be_asked([pledge.id]) == []
    with pytest.raises(GuestGone):
        ask(seen, pledge)

    seen.retakes.hear(pledge)  # a slow page that was there all the time
    assert seen.retakes.may_be_asked([pledge.id]) == [pledge.id]
    seen.visits.end(pledge.submission)
    with pytest.raises(GuestGone):
        ask(seen, pledge)
    assert now(seen.house, pledge) == pledge
    assert lines(seen.house) == []


def test_nobody_is_asked_whose_screen_is_another_guests_now(seen: Booth) -> None:
    pledge = kept(seen, PLAN)
    seen.visits.open(PLAN)

    with pytest.raises(GuestGone):
        ask(seen, pledge)


def test_a_card_without_a_face_is_not_asked_for_again(seen: Booth) -> None:
    pledge = kept(seen)

    assert seen.retakes.may_be_asked([pledge.id]) == []
    with pytest.raises(NoRetake):
        ask(seen, pledge)


@pytest.mark.parametrize("decision", [APPROVED, PRIVATE, REMOVED])
def test_what_is_decided_is_not_asked_for_again(
    seen: Booth, decision: Decision
) -> None:
    pledge = kept(seen, PLAN)
    after = decide(seen, pledge, decision)

    assert seen.retakes.may_be_asked([pledge.id]) == []
    with pytest.raises(AlreadyDecided):
        ask(seen, pledge)
    with pytest.raises(NoRetake):
        ask(seen, after)


def test_a_guest_who_asks_for_the_photo_back_is_not_asked_for_another(
    seen: Booth,
) -> None:
    hidden = seen.desk.hide(kept(seen, PLAN).token)

    assert seen.retakes.may_be_asked([hidden.id]) == []
    with pytest.raises(NoRetake):
        ask(seen, hidden)


def test_only_a_page_that_holds_the_photo_is_told_whose_guest_is_here(
    seen: Booth,
) -> None:
    kept(seen, PLAN)

    assert seen.retakes.may_be_asked(["another"]) == []


@pytest.mark.parametrize("decision", [APPROVED, PRIVATE, REMOVED])
def test_who_saw_it_before_it_was_asked_decides_all_the_same(
    seen: Booth, decision: Decision
) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)

    after = decide(seen, pledge, decision)

    assert (after.decision, after.revision) == (decision, 3)


def test_words_are_mended_while_a_guest_is_asked(seen: Booth) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)

    seen.mender.mend(pledge.id, "Mình sẽ nghe.", revision=1, who="minh")

    mended = now(seen.house, pledge)
    assert (mended.words, mended.retake) == ("Mình sẽ nghe.", Retake.ASKED)
    other = retaken(seen, pledge)
    assert (other.words, other.said) == ("Mình sẽ nghe.", pledge.words)
    assert told(seen.house, other).said == pledge.words


def test_what_the_guest_writes_anew_is_all_that_they_said(seen: Booth) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)
    seen.mender.mend(pledge.id, "Mình sẽ nghe.", revision=1, who="minh")
    visit = seen.retakes.again(pledge.submission)
    take(seen, visit.id)

    seen.visits.reword(visit.id, "Mình sẽ nghe.", None)
    assert seen.visits.reword(visit.id, "Mình sẽ kể.", None).plan.said is None


# No, or nobody


def test_who_keeps_the_photo_leaves_it_waiting_and_is_asked_no_more(
    seen: Booth,
) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)

    seen.retakes.stay(pledge.submission)
    seen.retakes.stay(pledge.submission)

    after = now(seen.house, pledge)
    assert after == replace(pledge, revision=3, retake=Retake.DECLINED)
    assert seen.retakes.hear(after) is None
    assert seen.retakes.may_be_asked([pledge.id]) == []
    assert ask(seen, after) == after


@pytest.mark.parametrize("how", ["says so", "is silent", "another begins"])
def test_who_leaves_without_an_answer_leaves_the_photo_waiting(
    seen: Booth, clock: Clock, how: str
) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)
    seen.retakes.step()
    assert now(seen.house, pledge).retake is Retake.ASKED

    leave(seen, pledge, clock, how)
    seen.retakes.step()
    seen.retakes.step()

    assert now(seen.house, pledge) == replace(pledge, revision=3, retake=Retake.NOBODY)


def leave(booth: Booth, pledge: Pledge, clock: Clock, how: str) -> None:
    if how == "says so":
        booth.visits.end(pledge.submission)
    elif how == "is silent":
        clock.now += HERE
    else:
        booth.visits.open(PLAN)


def test_who_comes_back_to_the_screen_may_still_take_another(
    seen: Booth, clock: Clock
) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)
    clock.now += HERE
    seen.retakes.step()

    other = retaken(seen, pledge)

    assert queue(seen.house) == [other.id]


def test_a_way_back_stays_open_when_the_guest_leaves(seen: Booth) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)
    decide(seen, pledge, APPROVED)

    seen.visits.end(pledge.submission)
    seen.retakes.step()

    assert now(seen.house, pledge).retake is Retake.NOBODY
    assert seen.desk.undo(pledge.id, who="minh").is_waiting


def test_the_volunteers_screens_are_told_that_a_guest_came_or_went(
    seen: Booth,
) -> None:
    told_of: list[object] = []
    seen.house.events.leases.connect(told_of.append, weak=False)

    pledge = kept(seen, PLAN)
    seen.retakes.step()
    seen.retakes.step()
    assert len(told_of) == 1
    seen.visits.end(pledge.submission)
    seen.retakes.step()
    seen.retakes.step()

    assert len(told_of) == 2


# Again


def test_another_photo_is_of_the_same_promise_and_replaces_the_first(
    seen: Booth,
) -> None:
    scopes = (Scope.WALL, Scope.CAMPAIGN)
    consent = replace(a_consent(scopes=scopes), people=3)
    pledge = kept(seen, replace(PLAN, consent=consent, language="en", theme="check"))
    ask(seen, pledge)

    visit = seen.retakes.again(pledge.submission)
    take(seen, visit.id)
    assert now(seen.house, pledge).is_waiting
    other = seen.visits.keep(visit.id)

    same = ("words", "theme", "language", "consent", "has_face", "number")
    assert [getattr(other, name) for name in same] == [
        getattr(pledge, name) for name in same
    ]
    assert other.id != pledge.id
    assert other.token != pledge.token
    assert other.code != pledge.code
    assert queue(seen.house) == [other.id]
    assert now(seen.house, pledge).is_withdrawn
    assert told(seen.house, other).replaces == pledge.id
    assert ("booth", "retaken", pledge.id) in lines(seen.house)
    with seen.house.database.reading() as db:
        assert feed.now(db).kept == 1


def test_of_the_first_photo_nothing_is_left(seen: Booth) -> None:
    pledge = kept(seen, PLAN)
    retaken(seen, ask(seen, pledge))

    assert seen.desk.erase()

    folder = seen.house.album.root / pledge.place
    assert files_in(folder) == {GONE}


def test_what_hangs_by_now_is_replaced_all_the_same(seen: Booth) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)
    visit = seen.retakes.again(pledge.submission)
    take(seen, visit.id)
    decide(seen, pledge, APPROVED)
    assert set(wished(seen.house).values()) == {True}

    other = seen.visits.keep(visit.id)

    assert now(seen.house, pledge).is_withdrawn
    assert wished(seen.house) == dict.fromkeys(keys(pledge), False)
    assert queue(seen.house) == [other.id]
    with pytest.raises(NothingToUndo):
        seen.desk.undo(pledge.id, who="minh")


@pytest.mark.parametrize("is_erased", [False, True])
def test_what_a_volunteer_removed_meanwhile_never_comes_back(
    seen: Booth, is_erased: bool
) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)
    visit = seen.retakes.again(pledge.submission)
    take(seen, visit.id)
    decide(seen, pledge, REMOVED)
    if is_erased:
        seen.desk.withdraw(pledge.id)
        seen.desk.erase()

    other = seen.visits.keep(visit.id)

    assert other.words == pledge.words
    assert now(seen.house, pledge).is_withdrawn
    assert queue(seen.house) == [other.id]


def test_kept_twice_it_is_one_pledge(seen: Booth) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)
    visit = seen.retakes.again(pledge.submission)
    take(seen, visit.id)

    assert seen.visits.keep(visit.id) == seen.visits.keep(visit.id)
    assert seen.visits.kept(visit.id).replaces == pledge.id
    with pytest.raises(VisitOver):
        seen.visits.kept(pledge.submission)
    with pytest.raises(VisitOver):
        seen.retakes.again(pledge.submission)


def test_another_photo_is_not_flagged_as_like_the_one_it_replaces(
    seen: Booth,
) -> None:
    pledge = kept(seen, replace(PLAN, words="Em sẽ kể cho cả lớp em nghe."))

    other = retaken(seen, ask(seen, pledge))

    assert Flag.AGAIN not in other.flags


def test_while_it_is_taken_the_guest_is_there(seen: Booth, clock: Clock) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)
    visit = seen.retakes.again(pledge.submission)
    clock.now += HERE + 1

    seen.retakes.step()
    assert now(seen.house, pledge).retake is Retake.ASKED
    seen.visits.end(visit.id)  # back to the question
    seen.retakes.step()

    asked = now(seen.house, pledge)
    assert asked.retake is Retake.ASKED
    assert seen.retakes.hear(asked) is Reason.BLURRED


@pytest.mark.parametrize("how", ["left", "forgotten"])
def test_given_up_it_leaves_the_first_photo_waiting(
    seen: Booth, clock: Clock, how: str
) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)
    visit = seen.retakes.again(pledge.submission)
    take(seen, visit.id)

    if how == "left":
        seen.visits.end(visit.id)
        seen.visits.end(pledge.submission)
    else:
        clock.now += LONGEST_VISIT + 1
        seen.visits.expire()
    seen.retakes.step()

    assert now(seen.house, pledge).retake is Retake.NOBODY
    assert queue(seen.house) == [pledge.id]
    with pytest.raises(VisitOver):
        seen.visits.keep(visit.id)


def test_nobody_takes_another_who_was_not_asked(seen: Booth) -> None:
    pledge = kept(seen, PLAN)

    with pytest.raises(NoRetake):
        seen.retakes.again(pledge.submission)


def test_a_question_that_was_not_written_down_leaves_nothing_to_answer(
    seen: Booth,
) -> None:
    pledge = kept(seen, PLAN)
    cut(seen.house, power_cut)
    with pytest.raises(PowerCut):
        ask(seen, pledge)
    seen.visits.end(pledge.submission)

    seen.retakes.step()

    assert now(seen.house, pledge) == pledge


def test_no_other_visit_hears_of_it_or_answers(seen: Booth) -> None:
    ask(seen, kept(seen, PLAN))

    for verb in (seen.retakes.again, seen.retakes.stay):
        with pytest.raises(VisitOver):
            verb("another")


def test_without_a_camera_the_first_photo_stays_and_so_does_the_question(
    seen: Booth,
) -> None:
    asked = ask(seen, kept(seen, PLAN))
    seen.house.lens.stop()
    eventually(lambda: not seen.house.lens.health.is_live)

    with pytest.raises(CameraLost):
        seen.retakes.again(asked.submission)

    assert seen.retakes.hear(now(seen.house, asked)) is Reason.BLURRED


def test_a_guest_is_asked_twice_and_not_a_third_time(seen: Booth) -> None:
    first = kept(seen, PLAN)
    second = retaken(seen, ask(seen, first))
    third = retaken(seen, ask(seen, second))

    assert third.number == first.number
    assert seen.retakes.may_be_asked([third.id]) == []
    with pytest.raises(NoRetake):
        ask(seen, third)


# The power goes


def test_a_disk_that_refuses_the_new_photo_keeps_the_first(seen: Booth) -> None:
    pledge = kept(seen, PLAN)
    asked = ask(seen, pledge)
    visit = seen.retakes.again(pledge.submission)
    take(seen, visit.id)

    with refusing(seen.house, "pledges"), pytest.raises(NotSaved):
        seen.visits.keep(visit.id)

    assert now(seen.house, pledge) == asked
    assert [what for _, what, _ in lines(seen.house)] == ["asked to retake"]
    recover(seen.house.album, seen.house.database)
    assert queue(seen.house) == [pledge.id]
    assert seen.visits.keep(visit.id).replaces == pledge.id


@pytest.mark.parametrize("decision", [Decision.WAITING, APPROVED])
def test_a_power_cut_between_the_files_and_the_row_is_finished_at_the_start(
    seen: Booth, tmp_path: Path, decision: Decision
) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)
    visit = seen.retakes.again(pledge.submission)
    take(seen, visit.id)
    if decision is APPROVED:
        decide(seen, pledge, APPROVED)
    cut(seen.house, power_cut)
    with pytest.raises(PowerCut):
        seen.visits.keep(visit.id)
    assert not now(seen.house, pledge).is_withdrawn

    later = open_house(tmp_path)
    assert recover(later.album, later.database) == 1

    [other] = queue(later)
    assert other != pledge.id
    assert now(later, pledge).is_withdrawn
    assert not any(wished(later).values())
    assert recover(later.album, later.database) == 0
    assert queue(later) == [other]
    later.database.close()


def cut(house: House, happens: Callable[[], None]) -> None:
    """Let something happen where the row would be written."""
    house.database.transaction = happens  # type: ignore[method-assign,assignment]  # a plug


def test_a_power_cut_before_the_marker_is_written_is_finished_by_the_eraser(
    seen: Booth, tmp_path: Path
) -> None:
    pledge = kept(seen, PLAN)
    other = retaken(seen, ask(seen, pledge))
    assert not seen.house.album.path(pledge.place, GONE).exists()

    later = open_house(tmp_path)
    recover(later.album, later.database)
    assert Booth(later).desk.erase()

    assert files_in(later.album.root / pledge.place) == {GONE}
    assert queue(later) == [other.id]
    later.database.close()


@pytest.mark.parametrize("is_erased", [False, True])
def test_a_database_built_anew_knows_which_photo_was_replaced(
    seen: Booth, is_erased: bool
) -> None:
    pledge = kept(seen, PLAN)
    other = retaken(seen, ask(seen, pledge))
    if is_erased:
        seen.desk.erase()

    house = built_anew(seen.house)

    assert queue(house) == [other.id]
    house.database.close()


def test_a_power_cut_while_it_is_erased_brings_nothing_back(
    seen: Booth, tmp_path: Path
) -> None:
    pledge = kept(seen, PLAN)
    other = retaken(seen, ask(seen, pledge))
    dying = Booth(replace(seen.house, album=Cut(tmp_path / ALBUM)))
    with pytest.raises(PowerCut):
        dying.desk.erase()

    house = built_anew(seen.house)

    assert queue(house) == [other.id]
    house.database.close()


def test_who_was_asked_before_a_restart_has_left(seen: Booth, tmp_path: Path) -> None:
    pledge = kept(seen, PLAN)
    ask(seen, pledge)

    later = open_house(tmp_path)
    recover(later.album, later.database)
    recover(later.album, later.database)

    assert now(later, pledge).retake is Retake.NOBODY
    assert news(later) == [("kept", 1), ("retake", 2), ("retake", 3)]
    later.database.close()


@pytest.mark.parametrize("how", ["retaken", "withdrawn", "erased"])
def test_a_restart_says_of_nobody_who_answered_that_they_left(
    seen: Booth, tmp_path: Path, how: str
) -> None:
    pledge = kept(seen, PLAN)
    asked = ask(seen, pledge)
    if how == "retaken":
        retaken(seen, asked)
    else:
        seen.desk.withdraw(pledge.id)
    if how == "erased":
        seen.desk.erase()
    before = now(seen.house, pledge)

    later = open_house(tmp_path)
    recover(later.album, later.database)

    assert now(later, pledge) == before
    later.database.close()

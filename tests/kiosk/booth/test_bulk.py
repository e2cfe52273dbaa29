"""Many are decided at a touch, each by itself."""

import pytest

from kiosk import store
from kiosk.booth import Booth
from kiosk.booth.bulk import MOST, Outcome, Seen, decide_all
from kiosk.pledge import Age, Decision, Pledge
from kiosk.store import acts
from tests.night import a_consent, a_plan, kept

OWN = ("Mình sẽ lắng nghe bạn bè.", "I will ask twice.", "Kể cho em gái mình nghe.")


def unlike(booth: Booth) -> list[Pledge]:
    """Keep pledges that no flag holds back."""
    return [kept(booth, a_plan(words)) for words in OWN]


def seen(pledge: Pledge) -> Seen:
    return Seen(pledge.id, pledge.revision)


def now(booth: Booth, pledge: Pledge) -> Pledge:
    with booth.house.database.reading() as db:
        return store.get(db, pledge.id)


@pytest.mark.parametrize(
    "decision", [Decision.APPROVED, Decision.PRIVATE, Decision.REMOVED]
)
def test_all_become_what_was_touched(booth: Booth, decision: Decision) -> None:
    pledges = unlike(booth)

    came = decide_all(booth.desk, [*map(seen, pledges)], decision, who="them")

    assert came == {each.id: Outcome.DONE for each in pledges}
    assert {now(booth, each).decision for each in pledges} == {decision}


def test_what_somebody_else_decided_stays_and_the_rest_is_done(booth: Booth) -> None:
    early, other, _ = unlike(booth)
    booth.desk.decide(early.id, Decision.PRIVATE, revision=1, who="somebody")
    unknown = Seen("none", 1)

    came = decide_all(
        booth.desk,
        [seen(early), unknown, seen(other)],
        Decision.APPROVED,
        who="them",
    )

    assert came == {
        early.id: Outcome.LATE,
        "none": Outcome.LATE,
        other.id: Outcome.DONE,
    }
    assert now(booth, early).decision is Decision.PRIVATE


def test_a_card_that_cannot_be_read_holds_up_no_other(booth: Booth) -> None:
    first, broken, last = unlike(booth)
    booth.house.album.path(broken.place, "card.jpg").unlink()

    them = [seen(first), seen(broken), seen(last)]
    came = decide_all(booth.desk, them, Decision.APPROVED, who="them")

    assert came == {
        first.id: Outcome.DONE,
        broken.id: Outcome.FAILED,
        last.id: Outcome.DONE,
    }
    assert now(booth, broken).is_waiting


@pytest.mark.parametrize("age", [Age.CHILD, Age.SMALL])
def test_a_photo_with_children_is_not_decided_among_many(
    booth: Booth, age: Age
) -> None:
    consent = a_consent(age, scopes=(), guardian=True)
    child, (adult, *_) = kept(booth, a_plan(consent=consent)), unlike(booth)

    came = decide_all(
        booth.desk, [seen(child), seen(adult)], Decision.APPROVED, who="them"
    )

    assert came == {child.id: Outcome.ALONE, adult.id: Outcome.DONE}
    assert now(booth, child).is_waiting


def test_a_photo_with_a_flag_is_not_decided_among_many(booth: Booth) -> None:
    flagged, (plain, *_) = kept(booth, a_plan("Gọi mình: 0912345678")), unlike(booth)

    came = decide_all(
        booth.desk, [seen(flagged), seen(plain)], Decision.APPROVED, who="them"
    )

    assert came == {flagged.id: Outcome.ALONE, plain.id: Outcome.DONE}
    assert now(booth, flagged).is_waiting


def test_each_can_be_taken_back_by_itself(booth: Booth) -> None:
    pledges = unlike(booth)
    decide_all(booth.desk, [*map(seen, pledges)], Decision.APPROVED, who="them")

    for each in reversed(pledges):
        booth.desk.undo(each.id, who="them")

    assert all(now(booth, each).is_waiting for each in pledges)


def test_no_more_than_fifty_are_decided_at_a_touch(booth: Booth) -> None:
    many = [Seen(str(number), 1) for number in range(MOST + 1)]

    assert len(decide_all(booth.desk, many, Decision.PRIVATE, who="them")) == MOST


def test_a_touch_for_many_leaves_an_act_for_each(booth: Booth) -> None:
    pledges = unlike(booth)

    decide_all(booth.desk, [*map(seen, pledges)], Decision.PRIVATE, who="them")

    with booth.house.database.reading() as db:
        for each in pledges:
            assert acts.last(db, now(booth, each), "them").before is Decision.WAITING

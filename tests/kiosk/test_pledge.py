from dataclasses import replace
from itertools import chain, combinations, product
from uuid import UUID

import pytest

from kiosk.pledge import (
    CROCKFORD,
    MAY_BECOME,
    Age,
    Decision,
    GuardianNeeded,
    NotAllowed,
    NotInThisLane,
    Pledge,
    Scope,
    agree,
    codes_like,
    new_code,
    new_id,
    new_token,
)
from tests.night import a_consent, a_pledge

W, A, P, R = Decision
STEPS = {(W, A), (W, P), (W, R), (A, P), (A, R), (P, A), (P, R)}
EVERY_STEP = list(product(Decision, Decision))
EVERY_CHOICE = list(
    chain.from_iterable(combinations(Scope, count) for count in range(4))
)

ALL, WALL, NONE = set(Scope), {Scope.WALL}, set[Scope]()
LANES = {  # age, guardian: may be photographed, may choose; None: not at all
    (Age.ADULT, False): (True, ALL),
    (Age.ADULT, True): (True, ALL),
    (Age.TEEN, False): (True, WALL),
    (Age.TEEN, True): (True, WALL),
    (Age.CHILD, False): (False, NONE),
    (Age.CHILD, True): (False, NONE),
    (Age.SMALL, False): None,
    (Age.SMALL, True): (False, NONE),
}


@pytest.mark.parametrize(("before", "after"), EVERY_STEP)
def test_a_decision_goes_only_where_the_table_says(
    before: Decision, after: Decision
) -> None:
    pledge = a_pledge(before)

    if (before, after) in STEPS:
        assert pledge.decided(after).decision is after
    else:
        with pytest.raises(NotAllowed):
            pledge.decided(after)


def test_the_table_speaks_of_every_decision() -> None:
    assert set(MAY_BECOME) == set(Decision)


@pytest.mark.parametrize(("before", "after"), sorted(STEPS))
def test_undo_brings_back_whatever_was_before(
    before: Decision, after: Decision
) -> None:
    undone = a_pledge(before).decided(after).undone(before)

    assert undone.decision is before
    assert undone.revision == 3


@pytest.mark.parametrize("decision", list(Decision))
def test_nothing_but_undo_leads_back_to_waiting_or_out_of_removed(
    decision: Decision,
) -> None:
    pledge = a_pledge(decision)

    others = [pledge.hidden(pledge.kept_at), pledge.erased()]
    if decision is not R:
        others.append(pledge.hidden(pledge.kept_at).restored())
    assert {each.decision for each in others} == {decision}
    assert W not in MAY_BECOME[decision]
    assert not MAY_BECOME[R]


@pytest.mark.parametrize(("before", "after"), EVERY_STEP)
def test_what_is_withdrawn_stays_withdrawn(before: Decision, after: Decision) -> None:
    pledge = a_pledge(before).withdrawn()

    with pytest.raises(NotAllowed):
        pledge.decided(after)
    with pytest.raises(NotAllowed):
        pledge.undone(after)
    with pytest.raises(NotAllowed):
        pledge.restored()
    assert pledge.hidden(pledge.kept_at).is_withdrawn
    assert pledge.erased().is_withdrawn
    assert pledge.withdrawn().is_withdrawn


def test_what_is_erased_cannot_be_undone_and_has_no_words_left() -> None:
    pledge = a_pledge(A).decided(R).erased()

    with pytest.raises(NotAllowed):
        pledge.undone(A)
    assert pledge.words == ""


def test_every_change_is_one_revision_further() -> None:
    pledge = a_pledge(W)

    changed = [
        pledge.decided(A),
        pledge.undone(W),
        pledge.hidden(pledge.kept_at),
        pledge.restored(),
        pledge.withdrawn(),
        pledge.erased(),
        pledge.mended("Mình sẽ nghe."),
        pledge.redrawn(),
        pledge.starred(is_starred=False),
    ]
    assert {each.revision for each in changed} == {2}
    assert pledge.revision == 1


@pytest.mark.parametrize("withdrawn", [False, True])
@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("decision", list(Decision))
def test_only_what_waits_and_nobody_asks_back_is_mended_or_drawn_again(
    decision: Decision, hidden: bool, withdrawn: bool
) -> None:
    pledge = a_pledge(decision, hidden=hidden, withdrawn=withdrawn)

    if decision is W and not hidden and not withdrawn:
        assert pledge.mended("Mình sẽ nghe.").words == "Mình sẽ nghe."
        assert pledge.redrawn() == replace(pledge, revision=2)
    else:
        with pytest.raises(NotAllowed):
            pledge.mended("Mình sẽ nghe.")
        with pytest.raises(NotAllowed):
            pledge.redrawn()


def test_only_what_a_wall_may_show_is_chosen_for_the_stage() -> None:
    for each in in_every_state():
        if each.is_on_wall:
            assert each.starred(is_starred=True) == replace(
                each, is_starred=True, revision=2
            )
        else:
            with pytest.raises(NotAllowed):
                each.starred(is_starred=True)
        chosen = replace(each, is_starred=True)
        assert chosen.starred(is_starred=False) == replace(each, revision=2)


def test_what_the_guest_wrote_is_remembered_once_words_are_mended() -> None:
    pledge = a_pledge(W)

    mended = pledge.mended("one").mended("two")

    assert (pledge.said, mended.said) == (None, pledge.words)
    assert mended == replace(pledge, words="two", said=pledge.words, revision=3)
    assert mended.erased().said is None


@pytest.mark.parametrize("choice", EVERY_CHOICE)
@pytest.mark.parametrize("face", [True, False])
@pytest.mark.parametrize(("age", "guardian"), sorted(LANES))
def test_the_youngest_decides_the_lane(
    age: Age, guardian: bool, face: bool, choice: tuple[Scope, ...]
) -> None:
    consent = a_consent(age, scopes=choice, guardian=guardian)
    lane = LANES[age, guardian]

    if lane is None:
        with pytest.raises(GuardianNeeded):
            agree(consent, face=face)
    elif face <= lane[0] and set(choice) <= lane[1]:
        assert agree(consent, face=face) == consent
    else:
        with pytest.raises(NotInThisLane):
            agree(consent, face=face)


def test_the_lanes_speak_of_every_age() -> None:
    assert set(LANES) == set(product(Age, (False, True)))


def in_every_state() -> list[Pledge]:
    """Make a pledge of each decision, hidden, withdrawn, for the wall, and not."""
    return [
        a_pledge(decision, hidden=hidden, withdrawn=withdrawn, scopes=scopes)
        for decision, hidden, withdrawn, scopes in product(
            Decision, (False, True), (False, True), ((), (Scope.WALL,))
        )
    ]


def test_a_link_opens_only_what_is_approved_or_private_and_not_asked_back() -> None:
    opens = {
        (each.decision, each.is_hidden, each.is_withdrawn)
        for each in in_every_state()
        if each.is_reachable
    }

    assert opens == {(A, False, False), (P, False, False)}


def test_a_wall_shows_only_what_is_approved_wanted_and_not_asked_back() -> None:
    shown = [each for each in in_every_state() if each.is_on_wall]

    assert len(shown) == 1
    assert shown[0].decision is A
    assert not shown[0].is_hidden
    assert not shown[0].is_withdrawn
    assert Scope.WALL in shown[0].consent.scopes


def test_nothing_that_is_gone_waits_or_is_asked_back() -> None:
    for each in in_every_state():
        if each.is_gone:
            assert not each.is_waiting
            assert not each.is_asked_back
            assert not each.is_reachable


def test_ids_are_uuids_of_the_seventh_kind_in_the_order_of_their_making() -> None:
    ids = [UUID(new_id()) for _ in range(100)]

    assert {each.version for each in ids} == {7}
    assert len(set(ids)) == 100
    milliseconds = [each.int >> 80 for each in ids]
    assert milliseconds == sorted(milliseconds)


def test_a_token_is_20_characters_that_nobody_mistakes() -> None:
    tokens = {new_token() for _ in range(500)}

    assert len(tokens) == 500
    assert {len(each) for each in tokens} == {20}
    assert set("".join(tokens)) == set(CROCKFORD)


def test_a_code_carries_its_booth_and_no_letter_that_looks_like_a_digit() -> None:
    codes = [new_code("HN") for _ in range(500)]

    assert {each[:3] for each in codes} == {"HN "}
    assert not set("01ILO") & set("".join(each[3:] for each in codes))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("4K7P", ["HN 4K7P"]),
        (" 4k 7p ", ["HN 4K7P"]),
        ("hn4k7p", ["HN 4K7P"]),
        ("HN-4K7P", ["HN 4K7P"]),
        ("hn", ["HN ", "HN HN"]),
        ("HN4K", ["HN 4K", "HN HN4K"]),
        ("dn 4k7p", ["DN 4K7P"]),
        ("4K7P9", []),
        ("", []),
        ("%_*", []),
    ],
)
def test_a_code_is_understood_in_any_case_with_or_without_its_booth(
    said: str, meant: list[str]
) -> None:
    assert codes_like(said, "HN") == meant


def test_a_pledge_lies_under_the_day_it_was_kept() -> None:
    pledge = a_pledge()
    late = replace(pledge, kept_at=pledge.kept_at.replace(2026, 5, 26, 23, 59))

    assert late.place == f"2026-05-26/{pledge.id}"

"""Two volunteers are never given the same photo, and each gets a fair share."""

from dataclasses import dataclass, field
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.booth.leases import LEASE, Holder, Leases
from tests.night import Clock, at_once

HERE, THERE = Holder("here", "1"), Holder("there", "1")
FOUR = ["a", "b", "c", "d"]


@dataclass
class Desk:
    """Leases, the clock they go by, and how often others were told."""

    clock: Clock = field(default_factory=lambda: Clock(1000.0))
    told: int = 0

    def __post_init__(self) -> None:
        self.leases = Leases(self._tell, self.clock)

    def _tell(self) -> None:
        self.told += 1


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_first_is_given_the_oldest_and_the_second_the_rest(desk: Desk) -> None:
    assert desk.leases.take(HERE, FOUR, 2) == ["a", "b"]
    assert desk.leases.take(THERE, FOUR, 2) == ["c", "d"]
    assert desk.leases.others(THERE, FOUR) == ["a", "b"]


def test_one_alone_is_given_as_many_as_the_screen_shows(desk: Desk) -> None:
    assert desk.leases.take(HERE, FOUR, 7) == FOUR


def test_two_pages_of_one_device_are_two(desk: Desk) -> None:
    desk.leases.take(HERE, FOUR, 1)

    assert desk.leases.take(Holder("here", "2"), FOUR, 1) == ["b"]


def test_what_is_held_is_taken_from_nobody_until_they_give_it_back(desk: Desk) -> None:
    desk.leases.take(HERE, FOUR, 4)

    assert desk.leases.take(THERE, FOUR, 4) == []
    assert desk.leases.take(HERE, FOUR, 4) == FOUR
    share = desk.leases.share(len(FOUR))
    assert desk.leases.take(HERE, FOUR, share) == ["a", "b"]
    assert desk.leases.take(THERE, FOUR, 4) == ["c", "d"]


def test_whoever_asks_again_may_hold_something_else(desk: Desk) -> None:
    desk.leases.take(HERE, FOUR, 1)

    assert desk.leases.take(HERE, ["c", *FOUR], 1) == ["c"]
    assert desk.leases.take(THERE, FOUR, 1) == ["a"]


def test_a_lease_ends_thirty_seconds_after_the_last_word(desk: Desk) -> None:
    desk.leases.take(HERE, FOUR, 4)
    desk.clock.now += LEASE - 1
    desk.leases.take(HERE, FOUR, 4)
    desk.clock.now += LEASE - 1
    assert desk.leases.take(THERE, FOUR, 4) == []

    desk.clock.now += 1

    assert desk.leases.take(THERE, FOUR, 4) == FOUR
    assert desk.leases.others(HERE, FOUR) == FOUR


def test_a_lease_that_nobody_renews_is_told_to_the_others(desk: Desk) -> None:
    desk.leases.take(HERE, FOUR, 4)
    desk.clock.now += LEASE
    told = desk.told

    desk.leases.tidy({"here"})
    desk.leases.tidy({"here"})

    assert desk.told == told + 1


@pytest.mark.parametrize("how", ["leaves", "signs out", "is put to sleep"])
def test_whoever_goes_leaves_everything_to_the_others(desk: Desk, how: str) -> None:
    desk.leases.take(HERE, FOUR, 4)
    told = desk.told

    if how == "leaves":
        desk.leases.leave(HERE)
    elif how == "signs out":
        desk.leases.sign_out("here")
    else:
        desk.leases.tidy({"there"})

    assert desk.told == told + 1
    assert desk.leases.take(THERE, FOUR, 4) == FOUR


def test_what_one_page_leaves_another_of_the_device_keeps(desk: Desk) -> None:
    other = Holder("here", "2")
    desk.leases.take(HERE, FOUR, 2)
    desk.leases.take(other, FOUR, 2)

    desk.leases.leave(HERE)

    assert desk.leases.others(THERE, FOUR) == ["c", "d"]


def test_others_are_told_of_who_comes_and_what_is_left_and_of_no_renewal(
    desk: Desk,
) -> None:
    desk.leases.take(HERE, FOUR, 4)
    assert desk.told == 1
    desk.leases.take(HERE, FOUR, 4)
    desk.leases.take(HERE, FOUR[1:], 4)  # "a" is decided: nobody wants it
    assert desk.told == 1

    desk.leases.take(HERE, FOUR[1:], 1)

    assert desk.told == 2


def test_what_undo_brings_back_is_held_before_others_hear_of_it(desk: Desk) -> None:
    desk.leases.take(HERE, FOUR[1:], 3)

    desk.leases.hold(HERE, "a")

    assert desk.leases.take(THERE, FOUR, 4) == []
    assert desk.leases.take(HERE, FOUR, 4) == FOUR


def test_undo_takes_nothing_from_others(desk: Desk) -> None:
    desk.leases.take(THERE, FOUR, 4)

    desk.leases.hold(HERE, "a")

    assert desk.leases.others(HERE, FOUR) == FOUR


def test_a_restart_knows_of_nothing(desk: Desk) -> None:
    desk.leases.take(HERE, FOUR, 4)

    assert Desk(desk.clock).leases.take(THERE, FOUR, 4) == FOUR


PEOPLE = [Holder(session, page) for session in "xyz" for page in "12"]
TAKES = st.tuples(
    st.sampled_from(PEOPLE), st.lists(st.sampled_from("abcdefgh"), unique=True)
)
ACTS = st.lists(st.tuples(TAKES, st.integers(1, 5), st.floats(0, LEASE)))


@given(ACTS)
def test_whatever_comes_no_two_hold_the_same(
    acts: list[tuple[tuple[Holder, list[str]], int, float]],
) -> None:
    desk = Desk()
    held: dict[Holder, tuple[set[str], float]] = {}
    for (who, wanted), most, pause in acts:
        desk.clock.now += pause
        held[who] = set(desk.leases.take(who, wanted, most)), desk.clock.now + LEASE

        live = [mine for mine, until in held.values() if until > desk.clock.now]
        assert not any(one & other for one, other in combinations(live, 2))


def test_of_twelve_who_ask_at_once_no_two_hold_the_same(desk: Desk) -> None:
    wanted = [str(number) for number in range(40)]

    def take(number: int) -> list[str]:
        return desk.leases.take(Holder(str(number), "1"), wanted, 3)

    taken = [each for end in at_once(12, take) for each in end.result()]

    assert len(taken) == len(set(taken))
    assert len(taken) >= 12


def test_whoever_comes_while_others_are_there_is_given_a_fair_share(
    desk: Desk,
) -> None:
    desk.leases.take(HERE, [], 7)

    assert desk.leases.take(THERE, FOUR, 7) == ["a", "b"]
    assert desk.leases.take(HERE, FOUR, 7) == ["c", "d"]

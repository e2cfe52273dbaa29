"""Works and their floors take turns, and are compared by their medians."""

import pytest

from benchmarks.turns import WARM_UP, Times, in_turn, ratio, summed, timed


def test_works_take_turns_and_the_warm_up_does_not_count() -> None:
    done: list[str] = []

    def work(name: str, seconds: float) -> float:
        done.append(name)
        return seconds

    a, b = in_turn(2, lambda: work("a", 1.0), lambda: work("b", 2.0))

    assert done == ["a", "b"] * (WARM_UP + 2)
    assert (a, b) == ((1.0, 1.0), (2.0, 2.0))


def test_one_disturbed_turn_does_not_change_a_ratio() -> None:
    assert ratio(Times([3.0, 3.0, 300.0]), Times([2.0, 2.0, 2.0])) == 1.5


def test_parts_are_added_turn_by_turn() -> None:
    assert summed(Times([1.0, 2.0]), Times([10.0, 20.0])) == (11.0, 22.0)


def test_a_percentile_is_one_of_the_times() -> None:
    hundred = Times(float(each) for each in range(100))

    assert hundred.at(0.99) == 99
    assert Times([7.0]).at(0.99) == 7.0


def test_a_work_that_is_timed_takes_time() -> None:
    assert timed(lambda: sum(range(1000)))() > 0


def test_times_say_their_middle_and_their_least_in_milliseconds() -> None:
    assert str(Times([0.001, 0.002, 0.003])) == "2.00 ms (min 1.00)"
    assert Times([5.0, 6.0]).since(4.0) == pytest.approx((1.0, 2.0))

from functools import partial

import pytest

from kiosk.web.locks import FREE, LONGEST, MOST_KNOWN, SHORTEST, Locks, TooManyGuesses
from tests.night import Clock, at_once


@pytest.fixture
def clock() -> Clock:
    """Have a clock to set."""
    return Clock(1000.0)


@pytest.fixture
def locks(clock: Clock) -> Locks:
    """Have nobody waiting."""
    return Locks(clock)


def wrong(locks: Locks, device: str = "a tablet") -> bool:
    """Guess wrongly."""
    return locks.try_once(device, lambda: False)


def right(locks: Locks, device: str = "a tablet") -> bool:
    """Guess rightly."""
    return locks.try_once(device, lambda: True)


def note(looked: list[object], guess: object) -> bool:
    """Look at a wrong guess."""
    looked.append(guess)
    return False


def waiting(locks: Locks, clock: Clock) -> list[float]:
    """Guess wrongly, as soon as one may, and list the waits."""
    waits = []
    for _ in range(8):
        wrong(locks)
        waits.append(locks.wait("a tablet"))
        clock.now += waits[-1]
    return waits


def test_a_few_wrong_guesses_cost_nothing(locks: Locks) -> None:
    for _ in range(FREE - 1):
        assert not wrong(locks)

    assert locks.wait("a tablet") == 0
    assert right(locks)


def test_each_guess_after_them_doubles_the_wait_up_to_five_minutes(
    locks: Locks, clock: Clock
) -> None:
    for _ in range(FREE - 1):
        wrong(locks)

    assert waiting(locks, clock) == [30, 60, 120, 240, 300, 300, 300, 300]
    assert (SHORTEST, LONGEST) == (30, 300)


def test_while_a_device_waits_even_the_right_guess_is_not_looked_at(
    locks: Locks, clock: Clock
) -> None:
    looked: list[object] = []
    for _ in range(FREE):
        wrong(locks)

    with pytest.raises(TooManyGuesses) as refused:
        locks.try_once("a tablet", partial(note, looked, "at it"))

    assert refused.value.wait == 30
    assert looked == []
    clock.now += 30
    assert right(locks)


def test_the_right_guess_forgets_the_wrong_ones(locks: Locks) -> None:
    for _ in range(FREE - 1):
        wrong(locks)
    right(locks)

    for _ in range(FREE - 1):
        wrong(locks)

    assert locks.wait("a tablet") == 0


def test_another_device_does_not_wait(locks: Locks) -> None:
    for _ in range(FREE):
        wrong(locks)

    assert right(locks, "another tablet")


def test_no_more_than_ten_guesses_are_looked_at_in_a_burst(locks: Locks) -> None:
    looked: list[object] = []

    def guess(number: int) -> bool:
        return locks.try_once("a tablet", partial(note, looked, number))

    ends = [each.exception() for each in at_once(40, guess)]

    assert len(looked) <= 10
    assert sum(isinstance(each, TooManyGuesses) for each in ends) == 40 - len(looked)


def test_a_thousand_devices_are_remembered_and_no_more(locks: Locks) -> None:
    for _ in range(FREE):
        wrong(locks, "the first")
    for number in range(MOST_KNOWN - 1):
        wrong(locks, f"tablet {number}")
    assert locks.wait("the first") == 30

    wrong(locks, "one more")

    assert locks.wait("the first") == 0

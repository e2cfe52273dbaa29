"""How long a bucket is left in peace."""

from itertools import pairwise

from sync.backoff import CAP, JITTER, Backoff, pause


def test_pauses_grow_to_ten_seconds_and_a_little_jitter() -> None:
    pauses = [pause(failures) for failures in range(1, 40)]

    assert 0.5 <= pauses[0] <= 0.6
    assert all(later > sooner for sooner, later in pairwise(pauses[:5]))
    assert all(CAP <= each <= CAP * (1 + JITTER) for each in pauses[5:])


def test_nothing_is_asked_until_the_pause_is_over() -> None:
    backoff = Backoff()

    backoff.fail(100.0)

    assert not backoff.is_over(100.4)
    assert backoff.is_over(100.7)


def test_a_success_ends_the_pause() -> None:
    backoff = Backoff()
    backoff.fail(100.0)

    backoff.end()

    assert backoff.is_over(100.0)
    assert backoff.failures == 0


def test_a_clock_set_back_does_not_make_it_wait_for_hours() -> None:
    backoff = Backoff()
    backoff.fail(10_000.0)

    assert backoff.is_over(2_800.0)

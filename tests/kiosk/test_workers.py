import logging
import threading
import time

import pytest

from kiosk.workers import PATIENCE, Workers
from tests.waiting import LONG, eventually


class Failing:
    """A job that fails the first time, and then works until it is stopped."""

    name = "failing"

    def __init__(self) -> None:
        self.begun = 0
        self.works = threading.Event()
        self.ended = threading.Event()

    def run(self, stop: threading.Event) -> None:
        self.begun += 1
        if self.begun == 1:
            raise KeyError("a mistake of ours")
        self.works.set()
        stop.wait()
        self.ended.set()


class Deaf:
    """A job that hears no one until a test lets it go."""

    name = "deaf"

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def run(self, stop: threading.Event) -> None:
        self.let_go.wait()


def test_a_job_that_fails_starts_again(caplog: pytest.LogCaptureFixture) -> None:
    job = Failing()
    workers = Workers([job])

    with caplog.at_level(logging.ERROR):
        workers.start()
        assert job.works.wait(LONG)
    workers.stop()

    assert job.begun == 2
    assert job.ended.is_set()
    assert "failing failed; it starts again in 1 s" in caplog.text


def test_a_failing_job_waits_longer_each_time_but_stops_at_once() -> None:
    class Hopeless:
        name = "hopeless"
        begun = 0

        def run(self, stop: threading.Event) -> None:
            Hopeless.begun += 1
            raise OSError("no such device")

    workers = Workers([Hopeless()])
    workers.start()
    eventually(lambda: Hopeless.begun == 2)

    began = time.monotonic()
    workers.stop()
    assert time.monotonic() - began < 1.0  # the pause was two seconds
    assert Hopeless.begun == 2


def test_a_job_that_ran_well_for_long_starts_again_soon(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Hiccups:
        name = "hiccups"
        begun = 0

        def run(self, stop: threading.Event) -> None:
            self.begun += 1
            if self.begun < 4:
                raise KeyError("a hiccup")
            stop.wait()

    monkeypatch.setattr("kiosk.workers.HEALTHY", 0.0)  # each was long enough
    job = Hiccups()
    workers = Workers([job])
    with caplog.at_level(logging.ERROR):
        workers.start()
        eventually(lambda: job.begun == 4)
    workers.stop()

    said = [each.getMessage() for each in caplog.records]
    assert said == ["hiccups failed; it starts again in 1 s"] * 3


def test_one_failing_job_does_not_disturb_another() -> None:
    job, other = Failing(), Failing()
    other.begun = 1
    workers = Workers([job, other])

    workers.start()
    assert other.works.wait(LONG)
    assert job.works.wait(LONG)
    workers.stop()

    assert other.begun == 2


def test_all_jobs_stop_within_two_seconds_even_when_some_hear_nothing() -> None:
    deaf = [Deaf() for _ in range(4)]
    workers = Workers(deaf)
    workers.start()

    began = time.monotonic()
    workers.stop()

    assert time.monotonic() - began < PATIENCE + 1.0  # and a second for a busy machine
    for each in deaf:
        each.let_go.set()


def test_jobs_that_listen_are_over_when_stop_returns() -> None:
    jobs = [Failing() for _ in range(3)]
    for each in jobs:
        each.begun = 1
    workers = Workers(jobs)
    workers.start()
    for each in jobs:
        assert each.works.wait(LONG)

    workers.stop()

    assert all(each.ended.is_set() for each in jobs)


def test_a_kiosk_without_jobs_starts_and_stops() -> None:
    workers = Workers([])

    workers.start()
    workers.stop()


def test_one_slow_job_among_many_is_waited_for() -> None:
    class Slow:
        """A job that is in the middle of something when it is asked to end."""

        name = "slow"

        def __init__(self) -> None:
            self.begun, self.ended = threading.Event(), threading.Event()

        def run(self, stop: threading.Event) -> None:
            self.begun.set()
            stop.wait()
            busy = time.monotonic() + PATIENCE / 2
            while time.monotonic() < busy:
                pass
            self.ended.set()

    slow = Slow()
    workers = Workers([slow, *(Failing() for _ in range(7))])
    workers.start()
    assert slow.begun.wait(LONG)

    workers.stop()

    assert slow.ended.is_set()

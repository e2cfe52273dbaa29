import time

import numpy as np

from camera.driver import Frame
from camera.opencv import OpenCVCamera
from camera.reader import SURE, Freshness
from camera.settings import Settings
from tests.lens import Lens, counter_of
from tests.waiting import eventually

INTERVAL = 0.04  # seconds
DECODE = 0.01  # seconds: how long a stored frame takes


class Tape:
    """Frames as they come out of a camera, by the clock of the test."""

    def __init__(self) -> None:
        self.now = 100.0
        self.freshness = Freshness(self.now, INTERVAL)
        self.noise = np.random.default_rng(1)

    def frame(self) -> Frame:
        return self.noise.integers(0, 255, (64, 64, 3), np.uint8)

    def read(self, seconds: float, frame: Frame | None = None) -> float:
        began = self.now
        self.now += seconds
        picture = self.frame() if frame is None else frame
        return self.freshness.taken(picture, began=began, returned=self.now)

    def settle(self) -> None:
        """Wait for as many frames as show that nothing is stored."""
        for _ in range(SURE):
            self.read(INTERVAL)


def test_a_frame_that_was_waited_for_came_after_the_waiting_began() -> None:
    tape = Tape()
    began = tape.now

    assert tape.read(INTERVAL) == began
    assert tape.read(INTERVAL) == began + INTERVAL


def test_frames_stored_up_while_nobody_read_are_old() -> None:
    tape = Tape()
    for _ in range(100):
        tape.read(INTERVAL)
    press = tape.now = tape.now + 2.0

    stored = [tape.read(DECODE) for _ in range(50)]

    assert max(stored) < press
    tape.settle()
    fresh = tape.now
    assert tape.read(INTERVAL) == fresh


def test_a_stored_frame_on_a_busy_computer_is_not_taken_for_a_fresh_one() -> None:
    tape = Tape()
    for _ in range(100):
        tape.read(INTERVAL)
    press = tape.now = tape.now + 2.0

    slow = (DECODE, 2 * INTERVAL, DECODE, INTERVAL, INTERVAL, DECODE)

    assert all(tape.read(seconds) < press for seconds in slow)


def test_a_long_sleep_does_not_make_the_camera_old_for_long() -> None:
    tape = Tape()
    for _ in range(100):
        tape.read(INTERVAL)
    tape.now += 30.0
    for _ in range(50):
        tape.read(DECODE)
    tape.settle()

    began = tape.now

    assert tape.read(INTERVAL) == began


def test_frames_stored_while_the_camera_was_opened_are_older_than_that() -> None:
    tape = Tape()
    press = tape.now = tape.now + 0.3

    assert all(tape.read(DECODE) < press for _ in range(7))


def test_the_same_picture_again_is_as_old_as_it_was() -> None:
    tape = Tape()
    frozen = tape.frame()
    first = tape.read(INTERVAL, frozen)

    assert [tape.read(INTERVAL, frozen.copy()) for _ in range(5)] == [first] * 5
    assert tape.read(INTERVAL) > first


def test_one_pixel_makes_another_picture() -> None:
    tape = Tape()
    frame = tape.frame()
    first = tape.read(INTERVAL, frame)
    other = frame.copy()
    other[33, 33] ^= 1

    assert tape.read(INTERVAL, other) > first


def test_a_camera_slower_than_asked_gives_fresh_frames() -> None:
    tape = Tape()
    for _ in range(SURE):
        tape.read(6 * INTERVAL)

    for _ in range(50):
        began = tape.now
        assert tape.read(6 * INTERVAL) == began


def test_a_reader_with_other_work_still_gets_fresh_frames() -> None:
    tape = Tape()
    for _ in range(50):
        tape.now += INTERVAL / 2
        last = tape.now
        taken = tape.read(INTERVAL / 2)

    assert last - 2 * INTERVAL < taken < last


def test_frames_that_come_in_bursts_are_fresh_after_each_wait() -> None:
    tape = Tape()
    for _ in range(30):
        began = tape.now
        burst = [tape.read(seconds) for seconds in (0.1, DECODE, DECODE)]

    assert burst[0] == began
    assert burst == sorted(burst)
    assert burst[-1] < tape.now - DECODE


def test_a_camera_faster_than_asked_gives_fresh_frames_soon() -> None:
    tape = Tape()
    for _ in range(30):
        tape.read(INTERVAL / 2)

    began = tape.now

    assert tape.read(INTERVAL / 2) == began


def test_what_a_real_camera_stored_up_is_never_newer_than_the_press() -> None:
    with Lens() as lens:
        freshness = Freshness(time.monotonic(), INTERVAL)
        camera = OpenCVCamera(Settings(source=lens.url))

        def read() -> tuple[float, int]:
            began = time.monotonic()
            frame = camera.read()
            taken = freshness.taken(frame, began=began, returned=time.monotonic())
            return taken, counter_of(frame)

        counters = [read()[1] for _ in range(60)]
        eventually(lambda: lens.counter_now() > counters[-1] + 50)
        counter, press = lens.counter_now(), time.monotonic()
        frames = [read() for _ in range(90)]
        camera.close()

    assert sum(number <= counter for _, number in frames) > 10
    newer = [number for taken, number in frames if taken > press]
    assert newer
    assert min(newer) > counter

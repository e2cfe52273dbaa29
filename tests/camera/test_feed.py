import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import cv2
import numpy as np
import psutil
import pytest
import simplejpeg

from camera.driver import Frame
from camera.fault import Fault
from camera.feed import CameraLost, Feed
from camera.settings import Settings
from tests.camera import cameras
from tests.camera.cameras import Hanging, HangingOnce, Remembering
from tests.lens import DARK, Lens, Mode, counter_of
from tests.waiting import LONG, eventually


@contextmanager
def running(source: str, **settings: int) -> Iterator[Feed]:
    feed = Feed(Settings(source=source, **settings))  # type: ignore[arg-type]
    feed.start()
    try:
        yield feed
    finally:
        feed.stop()


@pytest.fixture
def lens() -> Iterator[Lens]:
    with Lens() as lens:
        yield lens


@pytest.fixture
def feed(lens: Lens) -> Iterator[Feed]:
    with running(lens.url) as feed:
        eventually(lambda: feed.health.is_live)
        yield feed


def frame_of(lens: Lens) -> Frame:
    capture = cv2.VideoCapture(lens.url)
    _, frame = capture.read()
    capture.release()
    return frame.astype(np.uint8)


def roughness(frame: Frame) -> float:
    """Measure the noise where the photograph is smooth: at its left edge."""
    edge = frame[100:600, 20:220, 1].astype(float)
    return float(np.diff(edge).std())


def look_on(feed: Feed) -> None:
    number = 0
    while True:
        number, _ = feed.preview(after=number, wait=0.5)


def test_a_still_is_never_from_before_the_press(lens: Lens, feed: Feed) -> None:
    for _ in range(20):
        counter, press = lens.counter_now(), time.monotonic()

        shot = feed.still(after=press, wait=LONG)

        assert shot.taken > press
        assert counter_of(shot.frame) > counter


def test_a_still_comes_at_once_when_the_press_was_a_while_ago(feed: Feed) -> None:
    posed = time.monotonic()
    last = feed.preview()[0]
    while feed.preview(after=last)[0] < last + 8:
        pass

    began = time.monotonic()
    shot = feed.still(after=posed)

    assert time.monotonic() - began < 0.25
    assert shot.taken > began - 0.5


def test_the_sharpest_of_the_newest_is_chosen() -> None:
    with running(f"{cameras.__name__}:Focusing") as feed:
        for _ in range(5):
            shot = feed.still(after=time.monotonic(), wait=LONG)

            assert shot.frame.max() == 255


@pytest.mark.parametrize(
    ("mode", "fault"),
    [("ok", None), ("dark", Fault.BLACK), ("blurred", Fault.BLURRED)],
)
def test_a_still_says_what_is_wrong_with_it(
    lens: Lens, feed: Feed, mode: Mode, fault: Fault | None
) -> None:
    lens.mode(mode)

    assert feed.still(after=time.monotonic(), wait=LONG).fault is fault


def test_where_there_is_light_enough_a_still_is_a_frame_as_it_came() -> None:
    with running(f"{cameras.__name__}:Remembering") as feed:
        shot = feed.still(after=time.monotonic(), wait=LONG)

        assert any(shot.frame is frame for frame in Remembering.frames)


def test_a_still_in_the_dark_has_less_noise_and_is_from_after_the_press() -> None:
    with Lens(noise=DARK) as lens, running(lens.url) as feed:
        eventually(lambda: feed.health.is_live)
        counter, press = lens.counter_now(), time.monotonic()

        shot = feed.still(after=press, wait=LONG)

        assert shot.taken > press
        assert counter_of(shot.frame) > counter
        assert roughness(shot.frame) < 0.75 * roughness(frame_of(lens))


def test_the_merge_in_the_dark_can_be_switched_off() -> None:
    with (
        Lens(noise=DARK) as lens,
        running(lens.url, merge_in_the_dark=False) as feed,
    ):
        shot = feed.still(after=0, wait=LONG)

        assert roughness(shot.frame) > 0.9 * roughness(frame_of(lens))


def test_a_preview_is_encoded_once_for_all_who_look(feed: Feed) -> None:
    feed.preview()
    shown: list[list[tuple[int, bytes]]] = [[] for _ in range(5)]

    def look(frames: list[tuple[int, bytes]]) -> None:
        number = 0
        for _ in range(10):
            number, jpeg = feed.preview(after=number, wait=LONG)
            frames.append((number, jpeg))

    viewers = [threading.Thread(target=look, args=(frames,)) for frames in shown]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()

    jpegs: dict[int, set[int]] = {}
    for number, jpeg in (frame for frames in shown for frame in frames):
        jpegs.setdefault(number, set()).add(id(jpeg))
    assert all(len(same) == 1 for same in jpegs.values())
    assert all(a[0] < b[0] for frames in shown for a, b in pairwise(frames))


def test_a_preview_is_the_newest_frame_made_small(feed: Feed) -> None:
    _, jpeg = feed.preview()

    shown = simplejpeg.decode_jpeg(jpeg, colorspace="BGR")
    assert shown.shape == (360, 640, 3)
    assert counter_of(shown)


def test_a_camera_on_its_side_is_turned(lens: Lens) -> None:
    with running(lens.url, turn=90) as feed:
        shot = feed.still(after=0, wait=LONG)
        _, jpeg = feed.preview()

        assert shot.frame.shape == (1280, 720, 3)
        assert counter_of(np.rot90(shot.frame)) > 0
        assert simplejpeg.decode_jpeg(jpeg).shape == (640, 360, 3)
        assert (feed.health.width, feed.health.height) == (720, 1280)


def test_a_camera_that_is_well_has_no_problem(feed: Feed) -> None:
    eventually(lambda: 20 < feed.health.rate < 30)

    health = feed.health

    assert health.is_live
    assert not health.is_test_card
    assert (health.name, health.problem) == ("camera at 127.0.0.1", "")
    assert (health.width, health.height) == (1280, 720)


def test_the_test_card_says_that_it_is_one() -> None:
    with running("testcard", width=640, height=360) as feed:
        feed.still(after=0, wait=LONG)

        assert feed.health.is_live
        assert feed.health.is_test_card


@pytest.mark.parametrize(
    ("mode", "problem"),
    [
        ("gone", "The camera is unplugged."),
        ("stall", "The camera does not answer."),
        ("freeze", "The camera shows the same picture again and again."),
        ("black", "The camera sees only black."),
        ("garbage", "The camera is unplugged."),
    ],
)
def test_a_camera_that_fails_is_told_and_comes_back(
    lens: Lens, feed: Feed, mode: Mode, problem: str
) -> None:
    lens.mode(mode)
    told = eventually(lambda: not feed.health.is_live)
    eventually(lambda: feed.health.problem == problem)
    with pytest.raises(CameraLost):
        feed.still(after=time.monotonic(), wait=0.3)
    lens.mode("ok")
    counter = lens.counter_now()
    back = eventually(lambda: feed.health.is_live)
    shot = feed.still(after=time.monotonic(), wait=LONG)

    assert told < 15
    assert back < LONG
    assert counter_of(shot.frame) > counter
    eventually(lambda: not feed.health.problem)


def test_a_camera_that_comes_later_is_found(lens: Lens) -> None:
    lens.mode("gone")
    with running(lens.url) as feed:
        eventually(lambda: feed.health.problem == "The camera is unplugged.")
        lens.mode("ok")

        assert feed.still(after=0, wait=LONG).number <= 3


def test_twenty_cycles_leave_no_handle_and_no_thread(lens: Lens, feed: Feed) -> None:
    process = psutil.Process()

    def cycle() -> None:
        lens.mode("gone")
        with pytest.raises(CameraLost):
            look_on(feed)
        lens.mode("ok")
        feed.still(after=time.monotonic(), wait=LONG)

    cycle()
    before = process.num_fds(), process.num_threads()
    for _ in range(20):
        cycle()

    assert (process.num_fds(), process.num_threads()) == before


def test_a_hung_read_is_left_behind_and_ends_when_it_comes_back() -> None:
    HangingOnce.first.clear()
    with running(f"{cameras.__name__}:HangingOnce", width=160, height=160) as feed:
        with pytest.raises(CameraLost):
            feed.still(after=0, wait=0.1)
        feed.still(after=0, wait=LONG)
        (hung,) = HangingOnce.first
        before = threading.active_count()

        hung.let_go.set()

        assert hung.is_closed.wait(LONG)
        eventually(lambda: threading.active_count() == before - 1)
        feed.still(after=time.monotonic(), wait=LONG)


def test_stopping_does_not_wait_for_a_hung_camera() -> None:
    with running(f"{cameras.__name__}:Hanging") as feed:
        eventually(lambda: bool(Hanging.opened))

        began = time.monotonic()
        feed.stop()

        assert time.monotonic() - began < 1.5
        for hung in Hanging.opened:
            hung.let_go.set()
            assert hung.is_closed.wait(LONG)


def test_who_waits_for_a_picture_is_told_when_the_feed_stops(lens: Lens) -> None:
    lens.mode("stall")
    feed = Feed(Settings(source=lens.url))
    feed.start()
    told = threading.Event()

    def look() -> None:
        with pytest.raises(CameraLost):
            feed.preview(wait=10 * LONG)
        told.set()

    viewer = threading.Thread(target=look)
    viewer.start()
    feed.stop()

    assert told.wait(LONG)
    viewer.join()


def test_a_stopped_feed_keeps_no_frames_and_can_start_again(lens: Lens) -> None:
    with running(lens.url) as feed:
        feed.still(after=0, wait=LONG)
        feed.stop()
        with pytest.raises(CameraLost):
            feed.preview(wait=0.1)
        feed.start()

        feed.still(after=time.monotonic(), wait=LONG)


@pytest.mark.parametrize(
    ("driver", "problem"),
    [
        ("Faulty", "The camera's driver failed."),
        ("Grey", "The camera sends no pictures."),
        ("NotThere", "The camera's driver cannot be loaded."),
    ],
)
def test_a_bad_driver_is_told_and_does_not_end_the_feed(
    driver: str, problem: str
) -> None:
    with running(f"{cameras.__name__}:{driver}") as feed:
        eventually(lambda: feed.health.problem == problem)

        assert not feed.health.is_live

import itertools
import time

import cv2
import numpy as np
import pytest

from camera import scene
from camera.settings import Settings
from camera.testcard import TestCard


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (160, 160), (480, 640)])
def test_it_is_as_large_as_asked(width: int, height: int) -> None:
    card = TestCard(Settings(width=width, height=height))

    assert card.read().shape == (height, width, 3)


def test_no_frame_is_the_one_before_it() -> None:
    card = TestCard(Settings(width=320, height=180, rate=120))

    frames = [card.read() for _ in range(60)]

    assert not any(np.array_equal(*pair) for pair in itertools.pairwise(frames))


def test_frames_come_at_the_rate_asked_for() -> None:
    card = TestCard(Settings(width=320, height=180, rate=50))
    card.read()

    began = time.monotonic()
    for _ in range(10):
        card.read()

    assert time.monotonic() - began > 0.19


def test_a_frame_that_was_handed_out_does_not_change() -> None:
    card = TestCard(Settings(width=320, height=180, rate=120))
    first = card.read()
    before = first.copy()

    card.read()

    assert np.array_equal(first, before)


def test_the_hand_in_the_middle_wears_marigold() -> None:
    frame = TestCard(Settings(width=960, height=540)).read()

    middle = frame[:, 415:545].astype(int)
    distance = np.abs(middle - np.array(scene.BAND)).sum(axis=2)
    assert (distance < 12).sum() > 300


def test_it_looks_like_a_photograph_to_an_encoder() -> None:
    frame = TestCard(Settings(width=960, height=540)).read()

    assert len(cv2.imencode(".jpg", frame)[1]) > 40_000

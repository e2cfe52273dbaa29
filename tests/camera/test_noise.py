import numpy as np
import pytest

from camera import noise
from tests.camera.dim import clean, noisy, seen


@pytest.mark.parametrize("much", [2, 5, 12])
def test_noise_is_measured_whatever_the_picture_shows(much: float) -> None:
    measured = noise.amount(seen(much, 1), seen(much, 2))

    assert measured == pytest.approx(much, rel=0.2)


def test_a_camera_that_moves_is_no_noise() -> None:
    assert noise.amount(clean(), clean((2.5, 1.5))) < 1.5


def test_light_that_changes_is_no_noise() -> None:
    frame = clean()

    assert noise.amount(frame, (frame * 0.6).astype(np.uint8)) < 1.5


def test_black_and_white_say_nothing_about_noise() -> None:
    frame = np.zeros((540, 960, 3), np.uint8)
    frame[:, 400:] = 255

    assert noise.amount(frame, frame) == 0


def test_dark_parts_may_have_more_noise_than_bright_ones() -> None:
    frame = np.full((540, 960, 3), 60, np.uint8)
    frame[:, 480:] = 200
    pair = [noisy(frame, 4, seed) for seed in (1, 2)]
    for number, each in enumerate(pair):
        each[:, :480] = noisy(frame, 12, 3 + number)[:, :480]

    curve = noise.curve(*pair, step=8)

    assert curve[60] == pytest.approx(12, rel=0.2)
    assert curve[200] == pytest.approx(4, rel=0.2)

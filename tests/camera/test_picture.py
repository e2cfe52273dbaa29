import cv2
import numpy as np
import pytest
import simplejpeg

from camera import picture
from camera.driver import Frame
from tests.lens import photograph


def test_a_blurred_frame_is_less_sharp_than_itself() -> None:
    clear = photograph(1280, 720)
    blurred = cv2.GaussianBlur(clear, (0, 0), 4).astype(np.uint8)

    assert picture.sharpness(blurred) < picture.sharpness(clear)


def test_noise_at_full_size_does_not_pass_for_sharpness() -> None:
    clear = photograph(1920, 1080)
    blurred = cv2.GaussianBlur(clear, (0, 0), 6).astype(np.uint8)
    noise = np.random.default_rng(1).integers(0, 25, blurred.shape, np.uint8)

    assert picture.sharpness(cv2.add(blurred, noise).astype(np.uint8)) < (
        picture.sharpness(clear)
    )


@pytest.mark.parametrize(
    ("degrees", "size"), [(0, (640, 360)), (180, (640, 360)), (90, (360, 640))]
)
def test_a_preview_is_small_and_turned(degrees: int, size: tuple[int, int]) -> None:
    jpeg = picture.preview(photograph(1280, 720), degrees)

    shown = simplejpeg.decode_jpeg(jpeg, colorspace="BGR")
    assert shown.shape[1::-1] == size


def test_turning_is_clockwise() -> None:
    frame: Frame = np.zeros((2, 3, 3), np.uint8)
    frame[0, 0] = 255

    turned = picture.turned(frame, 90)

    assert turned.shape == (3, 2, 3)
    assert turned[0, 1].all()


def test_black_is_told_from_a_dark_hall() -> None:
    hall = np.full((360, 640, 3), 4, np.uint8)
    black = picture.is_black(hall)
    hall[100:140, 200:260] = 90

    assert black
    assert not picture.is_black(hall)

import cv2
import numpy as np
import pytest

from camera import dark
from tests.camera.dim import clean, likeness, seen


def test_a_room_that_is_lit_is_not_dark() -> None:
    assert not dark.is_dark([seen(2, 1), seen(2, 2)])


def test_noise_tells_that_it_is_dark() -> None:
    assert dark.is_dark([seen(6, 1), seen(6, 2)])


def test_a_dim_picture_is_dark_without_noise() -> None:
    frame = (clean() // 4).astype(np.uint8)

    assert dark.is_dark([frame, frame])


def test_one_frame_says_nothing_about_noise() -> None:
    assert not dark.is_dark([seen(12, 1)])


def test_a_camera_that_has_removed_its_noise_gives_its_sharpest_frame() -> None:
    soft = cv2.GaussianBlur(clean(), (0, 0), 3).astype(np.uint8)
    frames = [soft, clean(), soft]

    assert dark.cleaned(frames) is frames[1]


def test_a_blurred_frame_does_not_blur_the_others() -> None:
    frames = [seen(5, number) for number in range(6)]
    for number in (0, 2, 3, 5):
        frames[number] = cv2.GaussianBlur(frames[number], (0, 0), 5).astype(np.uint8)

    photo = dark.cleaned(frames)

    sharp_ones = dark.cleaned([frames[1], frames[4]])
    assert likeness(photo, clean()) == pytest.approx(likeness(sharp_ones, clean()))


def test_a_photo_in_the_dark_is_cleaner_and_brighter() -> None:
    frames = [seen(12, number) // 2 for number in range(6)]

    photo = dark.developed(frames)

    assert photo.mean() > 1.2 * frames[0].mean()
    assert likeness(dark.cleaned(frames), clean() // 2) > (
        likeness(frames[0], clean() // 2) + 4
    )

"""Whether a guest is told: real photographs, as they are and spoilt in known ways."""

from functools import cache
from typing import TypeAlias, cast

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import data

from camera.driver import Frame
from camera.fault import Fault, fault
from camera.settings import Settings
from camera.testcard import TestCard
from tests.kiosk.stamp import pictures
from tests.lens import photograph

Noise: TypeAlias = NDArray[np.float32]
PORTRAITS = ("lens", "stamp", "astronaut", "cat", "bokeh")
PHOTOGRAPHS = (*PORTRAITS, "coffee", "rocket")


@cache
def view(name: str) -> Frame:
    """Return a photograph as a 1080p camera would give it."""
    if name == "lens":
        return photograph(1920, 1080)
    if name == "stamp":
        return pictures.frame()
    return bokeh() if name == "bokeh" else covering(getattr(data, name)())


def covering(picture: Frame) -> Frame:
    """Cut the upper third of a photograph to 1920 x 1080."""
    scale = max(1920 / picture.shape[1], 1080 / picture.shape[0])
    large = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    top, left = (large.shape[0] - 1080) // 3, (large.shape[1] - 1920) // 2
    part = large[top : top + 1080, left : left + 1920]
    return cast(Frame, cv2.cvtColor(part, cv2.COLOR_RGB2BGR))


def bokeh() -> Frame:
    """Set a sharp face, a third of the height, before a hall that is all blur."""
    scene = blurred(view("coffee"), 20).copy()
    face = cv2.resize(photograph(1920, 1080)[:, 420:1500], (540, 540))
    scene[360:900, 690:1230] = face
    return scene


def blurred(frame: Frame, sigma: float) -> Frame:
    """Take a lens out of focus, by so many pixels."""
    return cast(Frame, cv2.GaussianBlur(frame, (0, 0), sigma))


def moved(frame: Frame, pixels: int, *, down: bool = False) -> Frame:
    """Move the guest by so many pixels while the shutter is open."""
    return cast(Frame, cv2.blur(frame, (1, pixels) if down else (pixels, 1)))


def at_night(frame: Frame, lux: int) -> Frame:
    """Give a frame the noise of so much light: 25 electrons a lux at white, read 3.

    Many electrons scatter as a bell curve does; a few are lost in the reading.
    """
    electrons = (frame / np.float32(255)) ** np.float32(2.2) * (25 * lux)
    noisy = electrons + np.sqrt(electrons + 9) * chance()
    return (np.clip(noisy / (25 * lux), 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def dimmed(frame: Frame, light: float) -> Frame:
    """Leave so much of the light, and the noise of a sensor that can do no more."""
    dark = frame * np.float32(light ** (1 / 2.2)) + 3 * chance()
    return cast(Frame, np.clip(dark, 0, 255).astype(np.uint8))


@cache
def chance() -> Noise:
    """Scatter a frame's worth of values around nought, by one on average."""
    return np.random.default_rng(1).standard_normal((1080, 1920, 3), np.float32)


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_good_photograph_is_never_complained_about(name: str) -> None:
    good = view(name)
    soft = blurred(good, 1.5)
    pressed = cv2.imdecode(
        cv2.imencode(".jpg", good, [cv2.IMWRITE_JPEG_QUALITY, 50])[1], cv2.IMREAD_COLOR
    )
    assert pressed is not None

    assert fault(good) is None
    assert fault(soft) is None
    assert fault(pressed.astype(np.uint8)) is None


@pytest.mark.parametrize("lux", [5, 10, 20])
@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_noise_is_not_taken_for_a_fault(name: str, lux: int) -> None:
    assert fault(at_night(view(name), lux)) is None


@pytest.mark.parametrize("name", PORTRAITS)
def test_a_portrait_that_moved_or_is_out_of_focus_is_told(name: str) -> None:
    sharp = view(name)

    assert fault(moved(sharp, 12)) is Fault.BLURRED
    assert fault(moved(sharp, 12, down=True)) is Fault.BLURRED
    assert fault(blurred(sharp, 4)) is Fault.BLURRED
    assert fault(blurred(sharp, 12)) is Fault.BLURRED


@pytest.mark.parametrize("lux", [10, 20])
@pytest.mark.parametrize("name", PORTRAITS)
def test_noise_does_not_make_a_blurred_portrait_sharp(name: str, lux: int) -> None:
    assert fault(at_night(moved(view(name), 16), lux)) is Fault.BLURRED
    assert fault(at_night(blurred(view(name), 6), lux)) is Fault.BLURRED


@pytest.mark.parametrize("name", PORTRAITS)
def test_a_picture_without_light_is_black_and_a_dim_one_is_not(name: str) -> None:
    assert fault(dimmed(view(name), 0.002)) is Fault.BLACK
    assert fault(dimmed(view(name), 0.03)) is not Fault.BLACK


def test_a_lamp_behind_nobody_is_still_black() -> None:
    frame = dimmed(view("lens"), 0.002)
    cv2.circle(frame, (960, 500), 40, (255, 255, 255), -1)

    assert fault(frame) is Fault.BLACK


def test_a_lit_face_in_a_black_hall_is_not_black() -> None:
    hall: Frame = np.zeros((1080, 1920, 3), np.uint8)
    hall[400:640, 860:1060] = view("lens")[100:340, 860:1060]

    assert fault(hall) is not Fault.BLACK


def test_a_wall_without_any_edge_is_not_called_blurred() -> None:
    assert fault(np.full((1080, 1920, 3), 128, np.uint8)) is None


def test_a_camera_on_its_side_is_judged_alike() -> None:
    tall = np.ascontiguousarray(np.rot90(view("lens")))

    assert fault(tall) is None
    assert fault(moved(tall, 16)) is Fault.BLURRED


@pytest.mark.parametrize("shape", [(48, 640, 3), (640, 48, 3), (16, 16, 3)])
def test_no_shape_of_a_frame_is_too_much_to_judge(shape: tuple[int, int, int]) -> None:
    assert fault(np.full(shape, 128, np.uint8)) is None


def test_the_test_card_delights_and_is_not_complained_about() -> None:
    card = TestCard(Settings(width=1280, height=720, rate=60))

    assert {fault(card.read()) for _ in range(10)} == {None}

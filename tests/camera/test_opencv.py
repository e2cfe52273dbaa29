import time
from pathlib import Path

import cv2
import psutil
import pytest

from camera.driver import CameraError
from camera.opencv import OpenCVCamera
from camera.settings import Settings
from tests.lens import Lens, counter_of, photograph


def read_on(camera: OpenCVCamera) -> None:
    while True:
        camera.read()


def test_a_network_camera_is_read() -> None:
    with Lens() as lens:
        camera = OpenCVCamera(Settings(source=lens.url))
        numbers = [counter_of(camera.read()) for _ in range(20)]
        camera.close()

    assert numbers == sorted(set(numbers))


def test_a_frame_is_not_held_back_on_its_way() -> None:
    with Lens() as lens:
        camera = OpenCVCamera(Settings(source=lens.url))
        behind = [lens.counter_now() - counter_of(camera.read()) for _ in range(50)]
        camera.close()

    assert min(behind) <= 1


def test_a_camera_that_is_gone_is_told_at_once() -> None:
    with Lens() as lens:
        camera = OpenCVCamera(Settings(source=lens.url))
        lens.mode("gone")

        with pytest.raises(CameraError, match="unplugged"):
            read_on(camera)
        with pytest.raises(CameraError, match="unplugged"):
            OpenCVCamera(Settings(source=lens.url))
        camera.close()


def test_a_silent_camera_does_not_hold_a_read_for_long() -> None:
    with Lens() as lens:
        camera = OpenCVCamera(Settings(source=lens.url))
        lens.mode("stall")

        began = time.monotonic()
        with pytest.raises(CameraError, match="does not answer"):
            read_on(camera)
        camera.close()

    assert time.monotonic() - began < 7.5


def test_a_camera_that_does_not_open_leaves_nothing_behind() -> None:
    process = psutil.Process()
    settings = Settings(source="http://127.0.0.1:9/video")
    with pytest.raises(CameraError):
        OpenCVCamera(settings)
    before = process.num_fds(), process.num_threads()

    for _ in range(20):
        with pytest.raises(CameraError):
            OpenCVCamera(settings)

    assert (process.num_fds(), process.num_threads()) == before


def test_a_film_goes_on_from_its_beginning_at_its_pace(tmp_path: Path) -> None:
    film = str(tmp_path / "film.avi")
    writer = cv2.VideoWriter(film, cv2.VideoWriter.fourcc(*"MJPG"), 50, (320, 240))
    for _ in range(3):
        writer.write(photograph(320, 240))
    writer.release()
    camera = OpenCVCamera(Settings(source=film, rate=50))

    began = time.monotonic()
    frames = [camera.read() for _ in range(8)]
    camera.close()

    assert {frame.shape for frame in frames} == {(240, 320, 3)}
    assert time.monotonic() - began > 0.13

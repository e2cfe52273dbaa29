import sys

import pytest

from camera.driver import CameraError, name_of, open_first, plugged_in
from camera.settings import Settings
from camera.testcard import TestCard

SMALL = Settings(source="testcard", width=320, height=240)


def test_the_test_card_opens_by_its_name() -> None:
    chosen, camera = open_first(SMALL)

    assert isinstance(camera, TestCard)
    assert name_of(chosen.source) == "test card"
    assert camera.read().shape == (240, 320, 3)


def test_a_driver_opens_by_module_and_class() -> None:
    settings = Settings(source="camera.testcard:TestCard", width=320, height=240)

    chosen, camera = open_first(settings)

    assert isinstance(camera, TestCard)
    assert name_of(chosen.source) == "camera.testcard:TestCard"


@pytest.mark.parametrize("source", ["no.such:Camera", "camera.testcard:NoSuchCamera"])
def test_a_driver_that_is_not_there_is_told(source: str) -> None:
    with pytest.raises(CameraError, match="driver cannot be loaded"):
        open_first(Settings(source=source))


@pytest.mark.parametrize(
    "source", ["99", "/dev/video99", "/no/such/file", "http://127.0.0.1:9/video"]
)
def test_a_named_source_never_falls_back(source: str) -> None:
    with pytest.raises(CameraError, match="unplugged"):
        open_first(Settings(source=source))


def test_auto_takes_the_first_that_opens_and_else_the_test_card() -> None:
    chosen, camera = open_first(Settings(width=320, height=240))
    camera.close()

    assert chosen.source in (*plugged_in(), "testcard")
    assert plugged_in() or isinstance(camera, TestCard)


def test_sources_worth_trying_are_numbers_in_order() -> None:
    assert list(plugged_in()) == sorted(plugged_in(), key=int)
    assert sys.platform.startswith("linux") or plugged_in()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("0", "camera 0"),
        ("testcard", "test card"),
        ("rtsp://guard:secret@10.0.0.7/live", "camera at 10.0.0.7"),
        ("/dev/video2", "video2"),
    ],
)
def test_a_camera_has_a_name_for_people_and_no_password(source: str, name: str) -> None:
    assert name_of(source) == name

import cv2
import numpy as np
import pytest
import simplejpeg

from camera.opencv import OpenCVCamera
from camera.settings import Settings
from tests import lens
from tests.lens import Lens, Unreadable, counter_of, write_counter


@pytest.mark.parametrize("number", [0, 1, 12345, 2**31 + 17, 2**32 - 1])
def test_the_counter_survives_a_crop_a_resize_and_a_jpeg(number: int) -> None:
    picture = lens.photograph(1280, 720).copy()
    write_counter(picture, number)

    larger = cv2.resize(picture, None, fx=1.02, fy=1.02)
    left = (larger.shape[1] - 851) // 2
    jpeg = simplejpeg.encode_jpeg(
        np.ascontiguousarray(larger[:, left : left + 851], np.uint8), 70, "BGR"
    )
    small = cv2.resize(simplejpeg.decode_jpeg(jpeg, "BGR"), (384, 324))

    assert counter_of(picture) == number
    assert counter_of(simplejpeg.decode_jpeg(jpeg, "BGR")) == number
    assert counter_of(small.astype(np.uint8)) == number


def test_a_photograph_without_a_counter_has_none() -> None:
    with pytest.raises(Unreadable):
        counter_of(lens.photograph(1280, 720))


def test_the_lens_streams_its_photograph_with_fresh_noise() -> None:
    with Lens() as streaming:
        before = streaming.counter_now()
        camera = OpenCVCamera(Settings(source=streaming.url))
        first, second = camera.read(), camera.read()
        camera.close()

        assert before < counter_of(first) < counter_of(second)
        difference = cv2.absdiff(first, streaming.photograph)[100:]
        assert 0 < difference.mean() < 15
        assert not np.array_equal(first[100:], second[100:])

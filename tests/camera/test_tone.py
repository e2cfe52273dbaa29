import numpy as np

from camera import tone
from camera.driver import Frame
from tests.camera.dim import clean


def wedge() -> Frame:
    """Give every level from black to white, well lit."""
    row = np.linspace(0, 255, 512).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(row[None, :, None], (256, 512, 3)))


def test_a_picture_with_light_enough_is_left_alone() -> None:
    frame = wedge()

    assert tone.toned(frame) is frame
    assert not tone.is_dim(frame)


def test_a_dark_picture_is_lifted_but_not_to_day() -> None:
    frame = (clean() // 4).astype(np.uint8)

    lifted = tone.toned(frame)

    assert tone.is_dim(frame)
    assert 1.2 < lifted.mean() / frame.mean() < 1.6


def test_black_stays_black_and_white_stays_white() -> None:
    frame = (wedge() // 3).astype(np.uint8)
    frame[:, -4:] = 255

    lifted = tone.toned(frame)

    assert not lifted[:, 0].any()
    assert (lifted[:, -1] == 255).all()
    assert (np.diff(lifted[0, :, 1].astype(int)[:-4]) >= 0).all()


def test_coloured_light_leans_towards_white_and_keeps_its_mood() -> None:
    red = (clean() * np.array([0.4, 0.4, 1.0])).astype(np.uint8)

    toned = tone.toned(red)

    before, after = (each.mean((0, 1)) for each in (red, toned))
    assert after[0] / after[2] > 1.15 * before[0] / before[2]
    assert after[0] < 0.8 * after[2]


def test_the_ordinary_warmth_of_skin_and_wood_is_not_taken_for_coloured_light() -> None:
    frame = clean()

    assert frame.mean((0, 1))[2] > 1.1 * frame.mean((0, 1))[0]
    assert tone.toned(frame) is frame

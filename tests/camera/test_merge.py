from collections.abc import Sequence

import cv2
import numpy as np

from camera.driver import Frame
from camera.merge import View, merged
from tests.camera.dim import clean, likeness, noisy, seen

WAYS = ((0, 0), (1.2, -2), (-3, 0.4), (2.5, 1), (0.5, 3), (-1, -1))
NOISE = 14
BOX = (slice(200, 320), slice(60, 160))


def merge(frames: Sequence[Frame], best: int = 0) -> Frame:
    views = [View.of(frame) for frame in frames]
    return merged(views[best], [*views[:best], *views[best + 1 :]])


def with_a_box(left: int) -> Frame:
    """Hold a bright box somewhere before the photograph."""
    frame = clean()
    frame[200:320, left : left + 100] = 230
    return frame


def test_six_frames_of_a_shaken_camera_have_6_db_less_noise_than_one() -> None:
    frames = [seen(NOISE, number, way) for number, way in enumerate(WAYS)]

    photo = merge(frames)

    gain = likeness(photo, clean()) - likeness(frames[0], clean())
    assert gain > 6


def test_the_best_frame_gives_the_place() -> None:
    frames = [seen(NOISE, number, way) for number, way in enumerate(WAYS)]

    photo = merge(frames, best=2)

    assert likeness(photo, clean(WAYS[2])) > likeness(photo, clean()) + 2


def test_what_moves_is_seen_once_and_leaves_no_ghost() -> None:
    boxes = [with_a_box(60 + 150 * number) for number in range(6)]
    frames = [noisy(box, NOISE, number) for number, box in enumerate(boxes)]

    photo = merge(frames)

    for box in boxes[1:]:
        ghost = np.abs(box.astype(float) - boxes[0]).max(axis=2) > 24
        way = box[ghost].astype(float) - boxes[0][ghost]
        error = photo[ghost].astype(float) - boxes[0][ghost]
        assert abs((way * error).sum() / (way**2).sum()) < 0.05


def test_the_edges_of_what_moves_are_no_worse_than_in_one_frame() -> None:
    boxes = [with_a_box(300 + 5 * number) for number in range(6)]
    frames = [noisy(box, NOISE, number) for number, box in enumerate(boxes)]

    photo = merge(frames)

    for edge in (slice(285, 340), slice(385, 440)):
        part = (slice(190, 330), edge)
        one, truth = frames[0][part], boxes[0][part]
        assert likeness(photo[part], truth) > likeness(one, truth)


def test_light_that_changes_between_frames_is_not_mixed() -> None:
    red, blue = clean(), clean()
    red[:, :, 0] //= 4
    blue[:, :, 2] //= 4
    frames = [noisy(red, NOISE, 0)]
    frames += [noisy(blue, NOISE, number) for number in range(1, 6)]

    photo = merge(frames)

    assert np.abs(photo.mean((0, 1)) - frames[0].mean((0, 1))).max() < 2
    assert likeness(photo, red) > likeness(frames[0], red)


def test_noise_is_calmed_where_one_frame_counts_alone() -> None:
    other = cv2.bitwise_not(clean()).astype(np.uint8)
    frames = [seen(NOISE, 0)] + [noisy(other, NOISE, number) for number in (1, 2)]

    photo = merge(frames)

    assert likeness(photo, clean()) > likeness(frames[0], clean()) + 2


def test_one_frame_alone_stays_as_it_is() -> None:
    frame = seen(NOISE, 0)

    assert merge([frame]) is frame


def test_frames_stay_as_they_were() -> None:
    frames = [seen(NOISE, number) for number in range(3)]
    before = [frame.copy() for frame in frames]

    merge(frames)

    assert all(np.array_equal(a, b) for a, b in zip(frames, before, strict=True))


def test_black_that_noise_has_lifted_is_darker_again() -> None:
    black = clean()
    black[:, :480] = 0
    frames = [noisy(black, NOISE, number) for number in range(6)]

    photo = merge(frames)

    assert photo[:, :440].mean() < 0.8 * frames[0][:, :440].mean()
    assert np.abs(photo[:, 520:].astype(float) - black[:, 520:]).mean() < 5

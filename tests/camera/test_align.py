import numpy as np
import pytest

from camera.align import Anchor, Shift
from tests.camera.dim import clean, noisy, seen


@pytest.mark.parametrize("moved", [(0, 0), (1.5, -0.7), (-3, 2.2)])
@pytest.mark.parametrize("much", [0, 15])
def test_a_shift_is_found_to_a_quarter_of_a_pixel(
    moved: tuple[float, float], much: float
) -> None:
    shift = Anchor(seen(much, 1)).shift_of(seen(much, 2, moved))

    assert shift.x == pytest.approx(moved[0], abs=0.25)
    assert shift.y == pytest.approx(moved[1], abs=0.25)


def test_a_head_that_moves_does_not_take_the_hall_with_it() -> None:
    before, after = clean(), clean((2, 1))
    head = clean()[100:400, 300:560]
    before[150:450, 100:360] = head
    after[150:450, 116:376] = head

    shift = Anchor(noisy(before, 8, 1)).shift_of(noisy(after, 8, 2))

    assert shift.x == pytest.approx(2, abs=0.3)
    assert shift.y == pytest.approx(1, abs=0.3)


def test_where_nothing_is_to_be_seen_nothing_has_moved() -> None:
    nothing = np.full((360, 640, 3), 90, np.uint8)

    assert Anchor(nothing).shift_of(nothing) == Shift()


def test_an_answer_too_far_away_is_not_trusted() -> None:
    other = np.ascontiguousarray(clean()[::-1, ::-1])
    shift = Anchor(clean()).shift_of(other)

    assert max(abs(shift.x), abs(shift.y)) <= 8

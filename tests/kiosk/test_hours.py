"""Times of day as a guest says them."""

from datetime import UTC, datetime

import pytest

from kiosk.hours import span, working_days_after


def at(day: int, hour: int, minute: int) -> float:
    """Return that moment of November 2026 where the booth stands."""
    return datetime(2026, 11, day, hour, minute).astimezone().timestamp()


@pytest.mark.parametrize(
    ("begin", "end", "now", "found"),
    [
        ("20:10", "20:20", at(22, 21, 0), (at(22, 20, 10), at(22, 20, 21))),
        ("20:10", "", at(22, 21, 0), (at(22, 20, 10), at(22, 20, 21))),
        ("20:10", "20:10", at(22, 21, 0), (at(22, 20, 10), at(22, 20, 11))),
        ("20:10", "20:20", at(22, 20, 10), (at(22, 20, 10), at(22, 20, 21))),
        ("20:10", "20:20", at(22, 20, 9), (at(21, 20, 10), at(21, 20, 21))),
        ("23:50", "00:10", at(22, 0, 30), (at(21, 23, 50), at(22, 0, 11))),
        ("23:50", "00:10", at(22, 23, 55), (at(22, 23, 50), at(23, 0, 11))),
        ("23:55", "", at(22, 0, 30), (at(21, 23, 55), at(22, 0, 6))),
    ],
)
def test_a_time_of_day_is_the_last_one_that_has_begun(
    begin: str, end: str, now: float, found: tuple[float, float]
) -> None:
    assert span(begin, end, now) == found


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ((23, 9, 0), (25, 9, 0)),  # Monday to Wednesday
        ((26, 18, 5), (30, 18, 5)),  # Thursday to Monday
        ((20, 18, 5), (24, 18, 5)),  # Friday evening to Tuesday
        ((21, 0, 1), (24, 0, 1)),  # Saturday and Sunday count from Monday on
        ((22, 18, 5), (24, 18, 5)),
        ((22, 23, 59), (24, 23, 59)),
    ],
)
def test_two_working_days_leave_out_saturday_and_sunday(
    asked: tuple[int, int, int], due: tuple[int, int, int]
) -> None:
    moment = datetime.fromtimestamp(at(*asked), UTC)

    assert working_days_after(moment, 2).timestamp() == at(*due)


def test_working_days_go_over_the_end_of_a_year() -> None:
    asked = datetime(2026, 12, 31, 20, 0).astimezone()  # a Thursday

    due = working_days_after(asked, 2)

    assert (due.year, due.month, due.day, due.hour) == (2027, 1, 4, 20)

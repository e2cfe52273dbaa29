from dataclasses import replace

import pytest

from kiosk.store.filters import EVERYTHING, MOST, Filter
from tests.night import a_pledge


def test_a_wall_without_a_filter_is_for_all() -> None:
    assert EVERYTHING.lets(a_pledge())
    assert Filter.of("") == EVERYTHING
    assert EVERYTHING.query == ""


@pytest.mark.parametrize(
    ("query", "lets"),
    [
        ("theme=listen", True),
        ("theme=call&theme=listen", True),
        ("theme=call", False),
        ("booth=Qu%E1%BA%A7y+1", True),
        ("booth=other", False),
        ("theme=listen&booth=other", False),
        ("motion=off&after=3", True),
    ],
)
def test_a_filter_lets_through_what_its_address_names(query: str, lets: bool) -> None:
    pledge = replace(a_pledge(), theme="listen", booth="Quầy 1")

    assert Filter.of(query).lets(pledge) is lets


def test_the_same_filter_is_written_the_same() -> None:
    one = Filter.of("theme=b&theme=a&booth=Quầy 1")
    other = Filter.of("booth=Quầy 1&x=y&theme=a&theme=b&theme=a")

    assert one.query == other.query
    assert Filter.of(one.query) == one


def test_a_filter_has_an_end() -> None:
    query = "&".join(f"theme=t{number}" for number in range(1000))

    assert len(Filter.of(query).themes) == MOST

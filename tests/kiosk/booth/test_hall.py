"""Walls go blank at a touch, stay so, and come back."""

import pytest

from kiosk.booth import Booth
from kiosk.booth.hall import Hall
from kiosk.booth.house import House
from kiosk.store import blanks, feed
from tests.night import Clock, open_house

NOON = 1_337_000_000.0


@pytest.fixture
def hall(house: House) -> Hall:
    return Hall(house, Clock(NOON))


def since(house: House) -> float | None:
    with house.database.reading() as db:
        return blanks.since(db)


def head(house: House) -> int:
    with house.database.reading() as db:
        return feed.now(db).seq


def test_a_night_begins_with_walls_that_show_photos(booth: Booth) -> None:
    assert since(booth.house) is None


def test_walls_are_blank_from_the_touch_on_until_they_are_shown_again(
    house: House, hall: Hall
) -> None:
    hall.blank(who="tablet")
    assert since(house) == NOON

    hall.unblank(who="tablet")

    assert since(house) is None


def test_blank_walls_outlive_the_booth(house: House, hall: Hall) -> None:
    hall.blank(who="tablet")
    house.database.close()

    later = open_house(house.album.root.parent)

    assert since(later) == NOON
    later.database.close()


@pytest.mark.parametrize("verb", ["blank", "unblank"])
def test_twice_is_the_same_as_once(house: House, hall: Hall, verb: str) -> None:
    hall.blank(who="tablet")
    getattr(hall, verb)(who="tablet")
    before = head(house), since(house)

    getattr(hall, verb)(who="another")

    assert (head(house), since(house)) == before


def test_every_screen_is_woken(house: House, hall: Hall) -> None:
    told: list[object] = []
    house.events.hall.connect(told.append, weak=False)

    hall.blank(who="tablet")
    hall.blank(who="tablet")
    hall.unblank(who="tablet")

    assert told == [True, False]


def test_who_did_it_and_when_is_written_down(house: House, hall: Hall) -> None:
    hall.blank(who="tablet")
    hall.unblank(who="another")

    with house.database.reading() as db:
        rows = db.execute(blanks.blanks.select()).all()
    assert [tuple(each)[1:] for each in rows] == [
        (True, "tablet", NOON),
        (False, "another", NOON),
    ]

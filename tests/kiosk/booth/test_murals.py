"""Whose photo is in the campaign's picture, after whatever happens to it."""

import pytest
from msgspec.structs import replace

from kiosk.booth import Booth
from kiosk.booth.house import House
from kiosk.booth.murals import FAR_BEHIND, MOST_KINDS, Murals
from kiosk.pledge import Decision, Pledge
from kiosk.store import feed
from kiosk.store.filters import EVERYTHING, Filter
from tests.night import a_consent, a_plan, kept, open_house


@pytest.fixture
def murals(booth: Booth) -> Murals:
    return booth.murals


def hung(booth: Booth) -> Pledge:
    pledge = kept(booth)
    return booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")


def is_in(murals: Murals, pledge: Pledge, only: Filter = EVERYTHING) -> bool:
    return murals.look(only, pledge.id).cell is not None


def test_a_photo_joins_when_it_is_approved(booth: Booth, murals: Murals) -> None:
    waiting = kept(booth)
    bare = murals.look(EVERYTHING)
    assert not is_in(murals, waiting)

    new = hung(booth)

    now = murals.look(EVERYTHING, new.id)
    assert now.cell is not None
    assert now.room == bare.room - 1
    assert now.jpeg != bare.jpeg


@pytest.mark.parametrize("how", ["private", "removed", "hidden", "withdrawn"])
@pytest.mark.parametrize("made", ["before", "anew"])
def test_nothing_of_what_left_is_in_it(booth: Booth, how: str, made: str) -> None:
    murals = Murals(booth.house)
    bare = murals.look(EVERYTHING).jpeg
    pledge = hung(booth)
    assert is_in(murals, pledge)

    if how == "hidden":
        booth.desk.hide(pledge.token)
    elif how == "withdrawn":
        booth.desk.withdraw(pledge.id)
    else:
        booth.desk.decide(pledge.id, Decision(how), revision=2, who="them")

    seen = murals if made == "before" else Murals(booth.house)
    assert not is_in(seen, pledge)
    assert seen.look(EVERYTHING).jpeg == bare


def test_what_is_not_for_the_wall_never_joins(booth: Booth, murals: Murals) -> None:
    own = kept(booth, a_plan(consent=a_consent(scopes=())))
    booth.desk.decide(own.id, Decision.APPROVED, revision=1, who="them")

    assert not is_in(murals, own)


def test_a_decision_of_another_process_is_seen(booth: Booth, murals: Murals) -> None:
    pledge = hung(booth)
    assert is_in(murals, pledge)
    beside = Booth(open_house(booth.house.album.root.parent))

    beside.desk.withdraw(pledge.id)

    assert not is_in(murals, pledge)
    beside.house.database.close()


def test_a_picture_that_is_far_behind_is_made_anew(
    booth: Booth, murals: Murals, house: House
) -> None:
    pledge = hung(booth)
    assert is_in(murals, pledge)
    with house.database.transaction() as db:
        for _ in range(FAR_BEHIND):
            feed.add(db, "redrawn", pledge)
    booth.desk.withdraw(pledge.id)

    assert not is_in(murals, pledge)


def test_each_kind_of_wall_has_its_own(booth: Booth, murals: Murals) -> None:
    pledge = hung(booth)  # of the theme "listen"
    speak, listen = Filter.of("theme=speak"), Filter.of("theme=listen")

    assert not is_in(murals, pledge, speak)
    assert is_in(murals, pledge, listen)

    for number in range(2 * MOST_KINDS):
        murals.look(Filter.of(f"theme=t{number}"))
    assert len(murals._kinds) == MOST_KINDS  # noqa: SLF001  # what memory it holds


def test_more_than_the_goal_have_room_too(house: House) -> None:
    wall = replace(house.config.wall, goal=3)
    small = Murals(_with(house, wall))
    booth = Booth(house)
    cells = small.look(EVERYTHING).room
    everybody = [hung(booth) for _ in range(cells + 3)]

    assert all(is_in(small, each) for each in everybody)


def test_a_photo_whose_file_is_gone_is_left_out(booth: Booth, murals: Murals) -> None:
    pledge = hung(booth)
    booth.house.album.path(pledge.place, "thumb.jpg").unlink()

    assert not is_in(murals, pledge)


def _with(house: House, wall: object) -> House:
    import dataclasses

    return dataclasses.replace(house, config=replace(house.config, wall=wall))

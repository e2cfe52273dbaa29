from threading import Event, Thread

from kiosk.booth import Booth
from kiosk.booth.darkroom import LOOK
from kiosk.booth.house import House
from kiosk.pledge import Decision
from kiosk.workers import Workers
from tests.kiosk.booth.folders import as_of_old, news, now
from tests.night import PAGES, a_plan, kept
from tests.waiting import eventually


def test_a_card_is_made_small_while_its_pledge_waits(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth)

    booth.darkroom.develop(pledge)

    webp = house.album.path(pledge.place, "card.webp").read_bytes()
    assert webp[:4] == b"RIFF"
    assert webp[8:12] == b"WEBP"
    assert len(webp) < house.album.path(pledge.place, "card.jpg").stat().st_size


def test_what_guests_keep_is_developed_by_itself(house: House, booth: Booth) -> None:
    workers = Workers([booth.darkroom])
    workers.start()

    pledge = kept(booth)

    eventually(house.album.path(pledge.place, "card.webp").exists)
    workers.stop()


def test_nothing_is_developed_in_the_folder_of_what_is_gone(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth)
    card = house.album.path(pledge.place, "card.jpg").read_bytes()
    booth.desk.withdraw(pledge.id)
    booth.desk.erase()
    house.album.add(pledge.place, "card.jpg", card)  # as if it had been read before

    booth.darkroom.develop(pledge)

    left = {each.name for each in (house.album.root / pledge.place).iterdir()}
    assert left == {"withdrawn"}


def test_cards_that_look_otherwise_are_drawn_again_at_the_start(
    house: House, booth: Booth
) -> None:
    pledges = [kept(booth) for _ in range(2)]
    for each in pledges:
        as_of_old(house, each)
    workers = Workers([Booth(house).darkroom])

    workers.start()

    for each in pledges:
        eventually(lambda each=each: now(house, each).revision == 2)  # type: ignore[misc]  # bound at once
        eventually(house.album.path(each.place, "card.webp").exists)
    workers.stop()


def test_nothing_is_drawn_again_while_a_guest_poses(filming: Booth) -> None:
    pledge = kept(filming)
    as_of_old(filming.house, pledge)
    visit = filming.visits.open(a_plan(face=True))
    filming.darkroom.look_over()
    filming.visits.pose(visit.id)

    assert filming.darkroom.look_at_one() == LOOK
    assert now(filming.house, pledge) == pledge
    filming.visits.shoot(visit.id)
    filming.darkroom.look_at_one()

    assert now(filming.house, pledge).revision == 2


def test_the_darkroom_ends_within_a_second_however_many_cards_are_old(
    house: House, booth: Booth
) -> None:
    for _ in range(20):
        as_of_old(house, kept(booth))
    darkroom, stop = booth.darkroom, Event()
    thread = Thread(target=darkroom.run, args=(stop,))
    thread.start()
    eventually(lambda: ("redrawn", 2) in news(house))

    stop.set()

    thread.join(5.0)  # five times the figure
    assert not thread.is_alive()
    assert news(house).count(("redrawn", 2)) < 20


def test_a_decision_that_comes_first_makes_what_it_needs(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth)

    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="lan")

    assert house.album.path(pledge.place, "card.webp").exists()


def test_the_page_on_its_way_is_wished_into_the_bucket_at_every_start(
    house: House, booth: Booth
) -> None:
    booth.desk.publish_soon()
    booth.desk.publish_soon()

    assert house.album.path("", "soon.html").read_bytes() == PAGES.soon()
    assert list(house.album.places()) == []

from kiosk.booth import Booth
from kiosk.booth.house import House
from kiosk.pledge import Decision
from kiosk.workers import Workers
from tests.night import PAGES, kept
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

import pytest
from flask import Flask

from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge, Scope
from kiosk.web.roles import Role
from tests.jpegs import segments
from tests.kiosk.web.people import Device, a_device
from tests.night import a_consent, a_plan, kept

ALL = ("photo", "thumb", "card")


@pytest.fixture
def wall(app: Flask) -> Device:
    """Be a wall on the network."""
    return a_device(app, Role.WALL)


@pytest.fixture
def photo(filming: Booth) -> Pledge:
    """Have one waiting photo of a face."""
    return kept(filming, a_plan(face=True))


def test_a_volunteer_sees_every_picture_of_what_waits(
    volunteer: Device, wall: Device, photo: Pledge
) -> None:
    assert pictures(volunteer, photo) == [200, 200, 200]
    assert pictures(wall, photo) == [404, 404, 404]


def test_a_wall_sees_photo_and_thumb_of_what_hangs_and_never_the_card(
    wall: Device, booth: Booth, photo: Pledge
) -> None:
    booth.desk.decide(photo.id, Decision.APPROVED, revision=1, who="them")

    assert pictures(wall, photo) == [200, 200, 404]


@pytest.mark.parametrize("decision", [Decision.PRIVATE, Decision.REMOVED])
def test_a_wall_sees_no_picture_of_what_does_not_hang(
    wall: Device, booth: Booth, photo: Pledge, decision: Decision
) -> None:
    booth.desk.decide(photo.id, decision, revision=1, who="them")

    assert pictures(wall, photo) == [404, 404, 404]


def test_a_wall_sees_no_picture_of_who_did_not_ask_to_hang(
    wall: Device, booth: Booth
) -> None:
    consent = a_consent(scopes=[Scope.ALBUM])
    pledge = kept(booth, a_plan(consent=consent))
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")

    assert pictures(wall, pledge) == [404, 404, 404]


def test_hidden_pictures_leave_the_wall_and_stay_with_the_volunteers(
    wall: Device, volunteer: Device, booth: Booth, photo: Pledge
) -> None:
    booth.desk.decide(photo.id, Decision.APPROVED, revision=1, who="them")

    booth.desk.hide(photo.token)

    assert pictures(wall, photo) == [404, 404, 404]
    assert pictures(volunteer, photo) == [200, 200, 200]


def test_erased_pictures_are_nobodys(
    wall: Device, volunteer: Device, booth: Booth, photo: Pledge
) -> None:
    booth.desk.decide(photo.id, Decision.APPROVED, revision=1, who="them")

    booth.desk.withdraw(photo.id)
    booth.desk.erase()

    assert pictures(wall, photo) == [404, 404, 404]
    assert pictures(volunteer, photo) == [404, 404, 404]


def test_a_card_without_a_face_has_no_photo(volunteer: Device, booth: Booth) -> None:
    assert pictures(volunteer, kept(booth)) == [404, 200, 200]


def test_pictures_leave_without_metadata(volunteer: Device, photo: Pledge) -> None:
    for name in ALL:
        picture = volunteer.get(f"/pictures/{photo.id}/{name}.jpg").data
        assert not {"APP1", "APP13", "COM"} & set(segments(picture))


@pytest.mark.parametrize(
    "path",
    [
        "none/thumb.jpg",
        "{id}/original.jpg",
        "{id}/pledge.json",
        "{id}/thumb.png",
        "{id}/../{id}/card.jpg",
        "{id}/%2e%2e/kiosk.db",
        "../kiosk.db",
        "%00/thumb.jpg",
    ],
)
def test_nothing_else_of_the_album_is_sent(
    volunteer: Device, photo: Pledge, path: str
) -> None:
    assert volunteer.get(f"/pictures/{path.format(id=photo.id)}").status_code == 404


def pictures(device: Device, pledge: Pledge) -> list[int]:
    """Ask for photo, thumb and card; return the answers' numbers."""
    paths = [f"/pictures/{pledge.id}/{name}.jpg" for name in ALL]
    return [device.get(each).status_code for each in paths]

"""One photo's way from the button to the bucket, over HTTP: start reading here.

Nothing is faked but the lens, which is another process that streams a photograph,
and the cloud, which is a folder. `tests/browser/test_walk.py` goes the same way by
touch, in a browser, to a bucket that speaks S3.
"""

from pathlib import Path

import cv2
import numpy as np
import zxingcpp

from camera.driver import Frame
from tests.jpegs import segments
from tests.kiosk.stamp.pictures import TALL
from tests.kiosk.web.listening import listens
from tests.kiosk.web.people import ASKED
from tests.kiosk.web.processes import Caller, a_volunteer
from tests.lens import Lens, counter_of
from tests.served import Served, fetch
from tests.waiting import eventually


def test_a_photo_goes_from_the_button_to_the_wall_and_the_bucket(
    tmp_path: Path,
) -> None:
    with Lens(1280, 720) as lens, Served(tmp_path, camera=lens.url) as booth:
        guest, volunteer = Caller(booth), a_volunteer(booth)
        eventually(lambda: guest.get("/booth/camera").told["is_live"])
        with listens(booth.url, "wall") as wall:
            visit = agreed(guest)
            pressed = lens.counter_now()
            code = photographed_and_kept(guest, visit)
            assert wall.hears(1)[0]["entries"] == [{"seq": 1}]
            card = the_card(booth)
            opens_nothing_yet(link_on(card))

            approve(volunteer, code)

            (hung,) = wall.hears(2)[1]["entries"]
        assert str(ASKED["words"]) in hung["html"]
        delivered = in_the_bucket(booth, link_on(card))
        assert delivered == card.read_bytes()
        assert fetch(link_on(card))[1].startswith(b"<!doctype html>")

    assert "APP1" not in segments(delivered)
    assert counter_of(photo_on(delivered)) > pressed


def agreed(guest: Caller) -> str:
    """Agree to a photo, look into the mirror, and touch the button."""
    opened = guest.post("/visits", {**ASKED, "face": True})
    visit = f"/visits/{opened.told['visit']}"
    with guest.reading(f"{visit}/preview") as mirror:
        assert b"Content-Type: image/jpeg" in mirror.read(200)
    return visit


def photographed_and_kept(guest: Caller, visit: str) -> str:
    """Stand still, look at the draft, and keep it."""
    assert guest.post(f"{visit}/pose").status == 204
    draft = guest.post(f"{visit}/shoot").told["draft"]
    assert guest.get(draft).body.startswith(b"\xff\xd8")
    kept = guest.post(f"{visit}/keep")
    assert kept.status == 201
    return str(kept.told["code"])


def opens_nothing_yet(link: str) -> None:
    """See that the link's page is every unknown link's."""
    unknown = f"{link[:-20]}{'0' * 20}"
    assert fetch(link) == fetch(unknown)


def approve(volunteer: Caller, code: str) -> None:
    """Approve the one that waits."""
    (entry,) = volunteer.get("/moderation/feed").told["entries"]
    assert code in entry["html"]
    body = {"decision": "approved", "revision": 1}
    assert volunteer.post(f"/pledges/{entry['id']}/decision", body).status == 200


def in_the_bucket(booth: Served, link: str) -> bytes:
    """Wait for the guest's page in the bucket, and return the card beside it."""
    token = link.rpartition("/")[2]
    eventually((booth.data / "bucket" / "p" / token).exists)
    return (booth.data / "bucket" / "card" / f"{token}.jpg").read_bytes()


def the_card(booth: Served) -> Path:
    """Find the one card in the album."""
    (card,) = (booth.data / "album").glob("*/*/card.jpg")
    return card


def link_on(card: Path) -> str:
    """Read the code from the card's pixels."""
    (code,) = zxingcpp.read_barcodes(picture_of(card.read_bytes()))
    return str(code.text)


def photo_on(card: bytes) -> Frame:
    """Cut the photo out of a card."""
    return picture_of(card)[: TALL.plan.photo[3]]


def picture_of(jpeg: bytes) -> Frame:
    """Decode a picture."""
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture.astype(np.uint8)

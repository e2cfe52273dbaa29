"""One photo's whole way, in a real browser: nothing faked but the lens and the cloud.

The lens is another process that streams a photograph; the cloud is SeaweedFS, or
nothing at all.
"""

import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import cv2
import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from camera.driver import Frame
from tests.browser.conftest import LANDSCAPE, PORTRAIT, TABLET, page_of
from tests.browser.steps import (
    EN,
    VI,
    code_of,
    kept,
    let_in,
    looked_at,
    photographed,
    preview_moves,
    screen,
    signed_in,
    tap,
    up_to_consent,
)
from tests.jpegs import segments
from tests.kiosk.stamp.pictures import TALL
from tests.lens import Lens, counter_of
from tests.seaweed import Seaweed
from tests.served import Served, fetch
from tests.waiting import eventually

SEEN = 2_000  # milliseconds from a touch to the wall; about 200 where nothing else runs
UNDRAWN = 300  # pixels: how wide a canvas is before anything is drawn
ALIKE = 0.97  # correlation of a photo with the noisy stream of itself


@pytest.fixture
def lens() -> Lens:
    """Describe a camera that streams a photograph at 1080p."""
    return Lens(1920, 1080, 15)


def test_a_photo_goes_from_a_touch_to_the_wall_and_to_a_phone(
    browser: Browser, tmp_path: Path, lens: Lens
) -> None:
    with (
        Seaweed(tmp_path / "cloud") as cloud,
        lens,
        in_the_cloud(tmp_path, lens, cloud) as booth,
    ):
        guest = page_of(browser, PORTRAIT)
        wall, volunteer = at_the_wall(browser, booth), page_of(browser, TABLET)
        let_in(volunteer, booth.volunteer_link, VI)
        guest.goto(booth.url)

        pressed = posed(guest, lens)
        code = kept(guest, VI)
        expect(volunteer.get_by_text(code)).to_be_visible()
        expect(wall.locator(".tile")).to_have_count(0)
        approved(volunteer, wall)

        card = the_card(booth)
        assert code not in wall.content()
        assert_delivered(card, cloud)
        assert counter_of(photo_on(card)) > pressed
        assert is_the_photograph(photo_on(card), lens.photograph)
        tap(guest, VI.finish)
        screen(guest, "attract")


def test_a_card_without_a_face_goes_the_same_way_in_english(
    browser: Browser, tmp_path: Path, lens: Lens
) -> None:
    with (
        Seaweed(tmp_path / "cloud") as cloud,
        lens,
        in_the_cloud(tmp_path, lens, cloud) as booth,
    ):
        guest = page_of(browser, LANDSCAPE, "en")
        wall = at_the_wall(browser, booth)
        volunteer = at_the_desk(browser, booth, "en")

        guest.goto(booth.url)
        guest.get_by_role("button", name="English").tap()
        without_a_face(guest)
        code = code_of(guest)

        expect(volunteer.get_by_text(code)).to_be_visible()
        looked_at(volunteer)
        volunteer.get_by_role("button", name=EN.approve, exact=True).tap()
        expect(wall.locator(".tile")).to_have_count(1, timeout=SEEN)
        card = the_card(booth)
        assert b'<html lang="en"' in delivered(link_on(card))
        assert not card.with_name("photo.jpg").exists()
        assert not card.with_name("original.jpg").exists()


def test_without_a_network_the_code_opens_on_the_public_listener(
    browser: Browser, tmp_path: Path, lens: Lens
) -> None:
    with lens, Served(tmp_path, camera=lens.url) as booth:
        guest = page_of(browser, PORTRAIT)
        volunteer = at_the_desk(browser, booth)
        guest.goto(booth.url)
        photographed(guest, VI)
        kept(guest, VI)
        card = the_card(booth)
        link = link_on(card)
        status, soon = fetch(link)
        assert (status, soon) == fetch(f"{link[:-1]}{'0' if link[-1] != '0' else '1'}")

        looked_at(volunteer)
        tap(volunteer, VI.approve)
        phone = page_of(browser, (390, 844))
        phone.goto(opened(link, soon))

        expect(phone.get_by_role("img").first).to_be_visible()
        assert fetch(f"{origin(link)}/card/{token_of(link)}.jpg") == (
            200,
            card.read_bytes(),
        )
        bucket = booth.data / "bucket"
        eventually((bucket / "p" / token_of(link)).exists)
        assert (bucket / "card" / f"{token_of(link)}.jpg").read_bytes() == (
            card.read_bytes()
        )
        assert fetch(f"{origin(link)}/moderation")[0] == 404


def test_a_server_killed_between_keep_and_approve_loses_nothing(
    browser: Browser, tmp_path: Path, lens: Lens
) -> None:
    with lens, Served(tmp_path, camera=lens.url) as booth:
        guest = page_of(browser, PORTRAIT)
        guest.goto(booth.url)
        photographed(guest, VI)
        code = kept(guest, VI)

        booth.kill()
        booth.start()

        wall, volunteer = at_the_wall(browser, booth), at_the_desk(browser, booth)
        expect(volunteer.get_by_text(code)).to_be_visible()
        looked_at(volunteer)
        tap(volunteer, VI.approve)
        expect(wall.locator(".tile")).to_have_count(1, timeout=SEEN)


def test_a_server_killed_between_approve_and_upload_delivers_after_it(
    browser: Browser, tmp_path: Path, lens: Lens
) -> None:
    with (
        Seaweed(tmp_path / "cloud") as cloud,
        lens,
        in_the_cloud(tmp_path, lens, cloud) as booth,
    ):
        guest = page_of(browser, PORTRAIT)
        wall, volunteer = at_the_wall(browser, booth), at_the_desk(browser, booth)
        guest.goto(booth.url)
        photographed(guest, VI)
        kept(guest, VI)
        cloud.stop()
        looked_at(volunteer)
        tap(volunteer, VI.approve)
        expect(wall.locator(".tile")).to_have_count(1, timeout=SEEN)
        link = link_on(the_card(booth))
        assert unsettled(booth) > 0

        booth.kill()
        booth.start()
        cloud.start()

        assert b'<html lang="vi"' in delivered(link)
        expect(wall.locator(".tile")).to_have_count(1)
        eventually(lambda: unsettled(booth) == 0)
        assert delivered(f"{cloud.public_url}/card/{token_of(link)}.jpg") == (
            the_card(booth).read_bytes()
        )


def in_the_cloud(folder: Path, lens: Lens, cloud: Seaweed) -> Served:
    """Describe a booth that sends to this cloud."""
    return Served(
        folder,
        camera=lens.url,
        cloud=f'[cloud]\nkind = "s3"\nendpoint = "{cloud.endpoint}"\n'
        f'bucket = "{cloud.bucket}"\n',
        public_url=cloud.public_url,
        environment=cloud.environment,
    )


def at_the_wall(browser: Browser, booth: Served) -> Page:
    """Open a wall."""
    wall = page_of(browser, LANDSCAPE, touch=False)
    wall.goto(f"{booth.url}/wall")
    return wall


def at_the_desk(browser: Browser, booth: Served, language: str = "vi") -> Page:
    """Open a volunteer's tablet and wake it."""
    volunteer = page_of(browser, TABLET, language)
    signed_in(volunteer, booth.url, booth.pin)
    return volunteer


def without_a_face(guest: Page) -> None:
    """Keep a colour card, in English."""
    guest.locator('[data-screen="pledge"]').get_by_role("button").first.tap()
    screen(guest, "people").get_by_role("radio", name="2", exact=True).tap()
    guest.get_by_role("radio", name=EN.adult).tap()
    tap(guest, EN.go_on)
    screen(guest, "consent").get_by_role("checkbox", name=EN.wall).tap()
    tap(guest, EN.colour_card)
    screen(guest, "noface").get_by_role("radio", name="lotus").tap()
    tap(guest, EN.keep_card)


def posed(guest: Page, lens: Lens) -> int:
    """Go to the draft; return the camera's frame number just before the touch."""
    up_to_consent(guest, VI)
    tap(guest, VI.agree)
    screen(guest, "camera")
    preview_moves(guest)
    pressed = lens.counter_now()
    tap(guest, VI.take)
    screen(guest, "keep")
    return pressed


def approved(volunteer: Page, wall: Page) -> None:
    """Approve the one photo and see it, painted, on the wall that did not reload."""
    wall.evaluate("window.isTheSamePage = true")
    looked_at(volunteer)
    tap(volunteer, VI.approve)
    expect(wall.locator(".tile")).to_have_count(1, timeout=SEEN)
    expect(wall.locator(".tile canvas")).not_to_have_js_property("width", UNDRAWN)
    assert wall.evaluate("window.isTheSamePage")


def assert_delivered(card: Path, cloud: Seaweed) -> None:
    """Open the link on the card's pixels and find that very card behind it."""
    link = link_on(card)
    assert link.startswith(f"{cloud.public_url}/p/")
    assert b'<html lang="vi"' in delivered(link)
    in_bucket = delivered(f"{cloud.public_url}/card/{token_of(link)}.jpg")
    assert in_bucket == card.read_bytes()
    assert [each for each in segments(in_bucket) if each.startswith("APP")] == ["APP0"]


def the_card(booth: Served) -> Path:
    """Find the one card in the album."""
    (card,) = (booth.data / "album").glob("*/*/card.jpg")
    return card


def link_on(card: Path) -> str:
    """Read the QR from the card's pixels."""
    picture = cv2.imread(str(card))
    assert picture is not None
    (code,) = zxingcpp.read_barcodes(picture)
    return str(code.text)


def photo_on(card: Path) -> Frame:
    """Cut the photo out of a card."""
    picture = cv2.imread(str(card))
    assert picture is not None
    return picture[: TALL.plan.photo[3]].astype(np.uint8)


def is_the_photograph(picture: Frame, photograph: Frame) -> bool:
    """Compare a photo on a card with what was streamed, below the counter."""
    return (
        likeness(picture, photograph) > ALIKE > likeness(mirrored(picture), photograph)
    )


def likeness(picture: Frame, photograph: Frame) -> float:
    """Correlate the middle of a photo with the best place in a photograph: 0 to 1."""
    height, width = picture.shape[:2]
    middle = picture[height // 6 : -height // 6, width // 6 : -width // 6]
    return float(cv2.matchTemplate(photograph, middle, cv2.TM_CCOEFF_NORMED).max())


def mirrored(picture: Frame) -> Frame:
    """Turn a photo round, as a mirror does and a card must not."""
    return np.ascontiguousarray(picture[:, ::-1])


def token_of(link: str) -> str:
    """Return the secret of a link."""
    return link.rpartition("/")[2]


def origin(link: str) -> str:
    """Return where a link leads."""
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}"


def delivered(url: str) -> bytes:
    """Fetch an address as soon as there is something."""
    eventually(lambda: fetch(url)[0] == 200)
    return fetch(url)[1]


def opened(link: str, soon: bytes) -> str:
    """Return the link once it opens more than the "on its way" page."""
    eventually(lambda: fetch(link)[1] != soon)
    return link


def unsettled(booth: Served) -> int:
    """Count the wishes the bucket has yet to agree with."""
    with sqlite3.connect(booth.data / "kiosk.db") as db:
        found = db.execute("SELECT count(*) FROM outbox WHERE NOT settled")
        return int(found.fetchone()[0])

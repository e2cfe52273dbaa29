"""The mirror shows what the card will keep: nobody at the edge is cut off."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import LANDSCAPE, PORTRAIT, page_of
from tests.browser.steps import preview_moves, screen
from tests.browser.tour import Tour, to_consent
from tests.kiosk.stamp.pictures import TALL
from tests.lens import Lens
from tests.served import Served, fetch

Picture = NDArray[np.uint8]

ALIKE = 0.97  # correlation of one picture with another of the same place
COUNTER = 0.15  # of the height: there each frame carries its own number


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["tall", "wide"])
@pytest.mark.parametrize("turn", [0, 90], ids=["upright", "on-its-side"])
def test_the_mirror_shows_the_part_of_the_picture_that_the_card_keeps(
    browser: Browser, tmp_path: Path, size: tuple[int, int], turn: int
) -> None:
    with (
        Lens(640, 360, 10) as lens,
        Served(tmp_path, camera=lens.url, cloud=f"turn = {turn}") as booth,
    ):
        guest = page_of(browser, size)
        guest.goto(booth.url)
        tour = Tour(guest, "vi")
        to_consent(tour)
        tour.do("agree")
        screen(guest, "camera")
        preview_moves(guest)
        mirrored = seen(guest.locator(".camera__mirror"))
        tour.do("take")
        screen(guest, "keep")
        photo = photo_of(guest)

    mirror = cv2.resize(mirrored[:, ::-1], photo.shape[1::-1]).astype(np.uint8)
    for side in ("left", "right", "low"):
        assert alike(part(mirror, side, turn), part(photo, side, turn)) > ALIKE


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["tall", "wide"])
def test_the_mirror_stands_still_when_the_countdown_begins(
    browser: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    with Lens(640, 360, 10) as lens, Served(tmp_path, camera=lens.url) as booth:
        guest = page_of(browser, size)
        guest.goto(booth.url)
        tour = Tour(guest, "vi")
        to_consent(tour)
        tour.do("agree")
        screen(guest, "camera")
        preview_moves(guest)
        before = guest.locator(".camera__mirror").bounding_box()

        tour.do("take")

        expect(guest.locator('[data-do="stop"]')).to_be_visible()
        assert guest.locator(".camera__mirror").bounding_box() == before


def seen(mirror: Locator) -> Picture:
    """Picture the mirror, without its rim."""
    png = np.frombuffer(mirror.screenshot(), np.uint8)
    picture = cv2.imdecode(png, cv2.IMREAD_COLOR)
    assert picture is not None
    return picture.astype(np.uint8)


def photo_of(guest: Page) -> Picture:
    """Cut the photo out of the draft that is shown."""
    draft = guest.locator('img[data-from="draft"]')
    expect(draft).not_to_have_js_property("naturalWidth", 0)
    jpeg = fetch(str(draft.evaluate("image => image.src")))[1]
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture[: TALL.plan.photo[3] // 2].astype(np.uint8)


def part(picture: Picture, side: str, turn: int) -> Picture:
    """Cut a side off, a sixth of the width, without the rim and the counter."""
    height, width = picture.shape[:2]
    rim, strip = width // 50, width // 6
    top = rim if turn else round(COUNTER * height)
    inner = picture[top : height - rim, rim : width - rim]
    if turn:
        inner = inner[:, : width - rim - round(COUNTER * width * 16 / 9)]
    return {
        "left": inner[:, :strip],
        "right": inner[:, -strip:],
        "low": inner[-strip:],
    }[side]


def alike(one: Picture, other: Picture) -> float:
    """Correlate two pictures, place by place: 1 when they are the same."""
    return float(cv2.matchTemplate(one, other, cv2.TM_CCOEFF_NORMED).max())

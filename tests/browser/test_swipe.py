"""A photo is approved or kept private by a finger, and never removed by one."""

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from tests.browser.beside import keep
from tests.browser.conftest import PHONE, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import looked_at, signed_in
from tests.browser.test_moderation import case, in_the_queue, now
from tests.served import Served

SEEN = 10_000  # milliseconds
UNSEEN = "Ảnh chưa hiện ra. Bạn chờ một chút rồi hãy duyệt."
PRESSED_AS_IT_LEAVES = """([id, key]) => new MutationObserver((_, look) => {
  if (document.querySelector(`.case[data-pledge="${id}"]`)) return;
  look.disconnect();
  document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  window.isPressed = true;
}).observe(document.body, { childList: true, subtree: true })"""
SIZES = pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])


@pytest.fixture
def booth(everyone: Booth) -> Iterator[Booth]:
    """Leave nothing in the queue for the next test."""
    yield everyone
    for pledge in in_the_queue(everyone):
        everyone.desk.withdraw(pledge.id)


def opened(
    browser: Browser, served: Served, booth: Booth, size: tuple[int, int]
) -> tuple[Page, Pledge]:
    """Wake a device that shows one photo."""
    pledge = keep(booth, 0)
    page = page_of(browser, size)
    signed_in(page, served.url, served.pin)
    expect(case(page, pledge)).to_be_visible(timeout=SEEN)
    looked_at(page)
    return page, pledge


@SIZES
@pytest.mark.parametrize(
    ("side", "decision"), [(1, Decision.APPROVED), (-1, Decision.PRIVATE)]
)
def test_a_finger_decides_once_the_word_of_it_is_lit(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    side: int,
    decision: Decision,
) -> None:
    page, pledge = opened(browser, served, booth, size)
    word = page.locator(".swiped--right" if side > 0 else ".swiped--left")
    finger = Finger(page, pledge)
    expect(word).to_be_hidden()

    finger.goes([(side * step * finger.width * 0.05, 0) for step in range(1, 9)])
    expect(word).to_be_visible()
    expect(case(page, pledge)).to_have_attribute("data-far", "")
    shoot(page, f"mod-swipe-{decision}", "vi")
    assert faults(page, touch=FINGER) == []
    assert now(booth, pledge).is_waiting
    finger.lifts()

    expect(case(page, pledge)).to_have_count(0)
    assert now(booth, pledge).decision is decision


@pytest.mark.parametrize("how", ["finger", "button", "key"])
def test_nobody_approves_a_photo_that_has_not_come(
    browser: Browser, served: Served, booth: Booth, how: str
) -> None:
    pledge = keep(booth, 0, face=True)
    page = page_of(browser, TABLET)
    page.route("**/pictures/**", lambda route: route.abort())
    signed_in(page, served.url, served.pin)
    expect(case(page, pledge)).to_be_visible(timeout=SEEN)

    approve(page, pledge, how)

    expect(page.locator(".toast__words")).to_have_text(UNSEEN)
    assert now(booth, pledge).is_waiting
    page.unroute("**/pictures/**")
    approve(page, pledge, how)  # which asks for it anew
    photo = case(page, pledge).locator(".case__photo img")
    expect(photo).not_to_have_js_property("naturalWidth", 0)
    assert now(booth, pledge).is_waiting
    approve(page, pledge, how)
    expect(case(page, pledge)).to_have_count(0)
    assert now(booth, pledge).decision is Decision.APPROVED


@pytest.mark.parametrize("key", ["a", "p"])
def test_what_was_meant_for_a_card_that_has_just_left_decides_nothing(
    browser: Browser, served: Served, booth: Booth, key: str
) -> None:
    page, pledge = opened(browser, served, booth, TABLET)
    following = keep(booth, 1)
    expect(case(page, following)).to_be_attached(timeout=SEEN)
    held(page, 2)
    page.evaluate(PRESSED_AS_IT_LEAVES, [pledge.id, key])

    booth.desk.hide(pledge.token)

    expect(case(page, following)).to_be_visible(timeout=SEEN)
    page.wait_for_function("() => window.isPressed")
    looked_at(page)
    assert now(booth, following).is_waiting
    page.keyboard.press(key)
    expect(case(page, following)).to_have_count(0)


@pytest.mark.parametrize("side", [1, -1])
def test_a_short_way_or_a_way_back_decides_nothing(
    browser: Browser, served: Served, booth: Booth, side: int
) -> None:
    page, pledge = opened(browser, served, booth, PHONE)
    finger = Finger(page, pledge)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    finger.goes([(side * finger.width * 0.2, 0)])
    finger.lifts()
    finger.goes([(side * finger.width * 0.5, 0), (side * finger.width * 0.1, 0)])
    finger.lifts()

    page.evaluate("new Promise(requestAnimationFrame)")
    assert not [each for each in asked if each.endswith("/decision")]
    expect(page.locator(".toast")).to_be_hidden()
    assert now(booth, pledge).is_waiting


def test_up_and_down_is_no_decision(
    browser: Browser, served: Served, booth: Booth
) -> None:
    page, pledge = opened(browser, served, booth, PHONE)
    finger = Finger(page, pledge)

    finger.goes([(4, 60), (20, 140), (finger.width * 0.4, 200)])
    finger.lifts()

    expect(page.locator(".toast")).to_be_hidden()
    expect(page.locator(".acts--sure")).to_be_hidden()
    assert now(booth, pledge).is_waiting


def test_with_reduced_motion_the_word_comes_and_the_photo_stays(
    browser: Browser, served: Served, booth: Booth
) -> None:
    page, pledge = opened(browser, served, booth, PHONE)
    page.emulate_media(reduced_motion="reduce")
    picture = case(page, pledge).locator("img")
    before = picture.bounding_box()
    finger = Finger(page, pledge)

    finger.goes([(finger.width * 0.2, 0), (finger.width * 0.4, 0)])

    expect(page.locator(".swiped--right")).to_be_visible()
    assert picture.bounding_box() == before
    finger.lifts()
    expect(case(page, pledge)).to_have_count(0)


def approve(page: Page, pledge: Pledge, how: str) -> None:
    """Approve the card that is shown."""
    if how == "key":
        page.keyboard.press("a")
    elif how == "button":
        page.locator('.acts [data-do="approved"]').tap()
    else:
        finger = Finger(page, pledge)
        finger.goes([(step * finger.width * 0.05, 0) for step in range(1, 9)])
        finger.lifts()


def held(page: Page, count: int) -> None:
    """Wait until this screen may show so many."""
    expect(page.locator(".rail img:not([hidden])")).to_have_count(count)


class Finger:
    """One finger on the photo, as the browser feels it."""

    def __init__(self, page: Page, pledge: Pledge) -> None:
        """Stand above the middle of the photo."""
        box = case(page, pledge).locator(".case__photo").bounding_box()
        assert box
        self.width = box["width"]
        self._x = box["x"] + box["width"] / 2
        self._y = box["y"] + box["height"] / 2
        self._wire = page.context.new_cdp_session(page)

    def goes(self, ways: Sequence[tuple[float, float]]) -> None:
        """Come down, and go so far from there."""
        self._say("touchStart", [(0, 0)])
        for way in ways:
            self._say("touchMove", [way])

    def lifts(self) -> None:
        """Leave the screen."""
        self._say("touchEnd", [])

    def _say(self, kind: str, places: Sequence[tuple[float, float]]) -> None:
        points = [{"x": self._x + x, "y": self._y + y} for x, y in places]
        said = {"type": kind, "touchPoints": points}
        self._wire.send("Input.dispatchTouchEvent", said)

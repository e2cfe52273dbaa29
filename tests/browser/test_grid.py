"""Many photos at once: chosen by touch, decided together, taken back one by one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from kiosk.booth import Booth
from kiosk.pledge import Age, Decision, Pledge
from tests.browser.beside import decided, keep
from tests.browser.conftest import PHONE, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import signed_in
from tests.browser.test_moderation import case, in_the_queue, now, settled
from tests.night import a_consent, a_plan, kept
from tests.served import Served

SEEN = 45_000  # milliseconds; a page that went without a word counts for 30 s
SIZES = pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


@pytest.fixture
def booth(everyone: Booth) -> Iterator[Booth]:
    """Leave nothing in the queue for the next test."""
    yield everyone
    for pledge in in_the_queue(everyone):
        everyone.desk.withdraw(pledge.id)


@LANGUAGES
@SIZES
def test_all_are_chosen_and_approved_at_two_touches(
    browser: Browser, served: Served, booth: Booth, size: tuple[int, int], language: str
) -> None:
    pledges = [keep(booth, number, face=number == 2) for number in range(8)]
    child = of_a_child(booth)
    page = many(browser, served, size, language)
    expect(tiles(page)).to_have_count(9, timeout=SEEN)
    found = {"grid": measured(page, "mod-grid", language)}
    choose_all(page)
    expect(tile(page, child)).to_have_attribute("data-locked", "children")
    expect(tiles(page).and_(page.locator('[aria-pressed="true"]'))).to_have_count(8)
    found["chosen"] = measured(page, "mod-grid-chosen", language)

    page.locator('.bulk [data-do="approved"]').tap()

    expect(tiles(page)).to_have_count(1)
    expect(page.locator(".toast__words")).to_contain_text("8")
    found["done"] = measured(page, "mod-grid-done", language)
    assert {now(booth, each).decision for each in pledges} == {Decision.APPROVED}
    assert now(booth, child).is_waiting
    assert found == {state: [] for state in found}


@LANGUAGES
@SIZES
def test_to_remove_many_asks_a_second_touch_and_says_how_many(
    browser: Browser, served: Served, booth: Booth, size: tuple[int, int], language: str
) -> None:
    pledges = [keep(booth, number) for number in range(3)]
    page = many(browser, served, size, language)
    for each in pledges[:2]:
        picture = tile(page, each).locator("img")
        expect(picture).not_to_have_js_property("naturalWidth", 0)
        tile(page, each).tap()
    remove = page.locator('.bulk [data-do="ask"]:visible')
    remove.tap()
    expect(remove).to_contain_text("2")
    found = measured(page, "mod-grid-sure", language)
    assert now(booth, pledges[0]).is_waiting

    remove.tap()

    expect(tiles(page)).to_have_count(1)
    assert [now(booth, each).decision for each in pledges] == [
        Decision.REMOVED,
        Decision.REMOVED,
        Decision.WAITING,
    ]
    assert found == []


def test_keys_turn_to_many_and_back_and_decide_only_what_is_chosen(
    browser: Browser, served: Served, booth: Booth
) -> None:
    first, second = keep(booth, 0), keep(booth, 1)
    page = many(browser, served, TABLET)
    page.keyboard.press("a")
    expect(page.locator(".toast")).to_be_hidden()
    picture = tile(page, second).locator("img")
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    tile(page, second).tap()
    page.keyboard.press("p")
    expect(tiles(page)).to_have_count(1)
    page.keyboard.press("g")

    expect(case(page, first)).to_be_visible()
    assert now(booth, first).is_waiting
    assert now(booth, second).decision is Decision.PRIVATE


def test_a_photo_that_is_locked_opens_by_itself(
    browser: Browser, served: Served, booth: Booth
) -> None:
    keep(booth, 0)
    child, flagged = of_a_child(booth), keep(booth, 1)
    page = many(browser, served, TABLET)
    expect(tiles(page)).to_have_count(3, timeout=SEEN)
    why = page.locator(".grid template").get_attribute("data-children")
    expect(tile(page, child)).to_have_accessible_name(f"{child.code}. {why}")
    page.keyboard.press("g")
    case(page, flagged).evaluate("each => (each.dataset.flags = 'word')")
    tile(page, flagged).wait_for(state="detached")
    page.keyboard.press("g")
    expect(tile(page, flagged)).to_have_attribute("data-locked", "flag")

    tile(page, flagged).tap()

    expect(case(page, flagged)).to_be_visible()
    page.keyboard.press("g")
    tile(page, child).tap()
    expect(case(page, child)).to_be_visible()


def test_what_somebody_else_decided_meanwhile_is_told(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledges = [keep(booth, number) for number in range(3)]
    page = many(browser, served, TABLET, "en")
    expect(tiles(page)).to_have_count(3, timeout=SEEN)
    choose_all(page)

    def somebody_first(route: Route) -> None:
        decided(booth, pledges[0], Decision.PRIVATE)
        route.continue_()

    page.route("**/pledges/decisions", somebody_first)
    page.locator('.bulk [data-do="approved"]').tap()

    expect(page.locator(".toast__words")).to_have_text(
        "2 approved. Decided by somebody else: 1. Undo brings them back one by one."
    )
    expect(tiles(page)).to_have_count(0)
    assert now(booth, pledges[0]).decision is Decision.PRIVATE


def test_many_come_back_one_by_one(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledges = [keep(booth, number) for number in range(3)]
    page = many(browser, served, TABLET)
    expect(tiles(page)).to_have_count(3, timeout=SEEN)
    choose_all(page)
    page.locator('.bulk [data-do="approved"]').tap()
    expect(tiles(page)).to_have_count(0)

    for count, each in enumerate(reversed(pledges), 1):
        page.keyboard.press("u")
        expect(page.locator(".toast__words")).to_contain_text(each.code)
        expect(tiles(page)).to_have_count(count)
        settled(page)

    assert all(now(booth, each).is_waiting for each in pledges)


def test_at_most_twenty_one_are_held_and_the_rest_follows(
    browser: Browser, served: Served, booth: Booth
) -> None:
    for number in range(23):
        keep(booth, number)
    page = many(browser, served, TABLET)
    expect(tiles(page)).to_have_count(21, timeout=SEEN)
    measured(page, "mod-grid-full", "vi")

    choose_all(page)
    page.locator('.bulk [data-do="private"]').tap()

    expect(tiles(page)).to_have_count(2)


def many(
    browser: Browser, served: Served, size: tuple[int, int], language: str = "vi"
) -> Page:
    """Wake a device and turn to many photos at once."""
    page = page_of(browser, size, language)
    page.clock.install()
    signed_in(page, served.url, served.pin)
    expect(page.locator(".case:visible")).to_have_count(1, timeout=SEEN)
    page.locator('.dock [data-do="grid"]').tap()
    return page


def choose_all(page: Page) -> None:
    """Choose all, once every photo has come: nobody decides about one that has not."""
    for picture in page.locator(".gt img").all():
        expect(picture).not_to_have_js_property("naturalWidth", 0)
    page.locator('.grid [data-do="all"]').tap()


def of_a_child(booth: Booth) -> Pledge:
    """Receive a child with a parent: a card without a face."""
    consent = a_consent(Age.CHILD, scopes=(), guardian=True)
    return kept(booth, a_plan("Mình sẽ nhớ số 111", consent=consent))


def tiles(page: Page) -> Locator:
    """Find the photos to choose from."""
    return page.locator(".grid__tiles .gt")


def tile(page: Page, pledge: Pledge) -> Locator:
    """Find one of them."""
    return page.locator(f'.gt[data-pledge="{pledge.id}"]')


def measured(page: Page, state: str, language: str) -> list[str]:
    """Measure a screen held in the hand, and picture it."""
    shoot(page, state, language)
    return faults(page, touch=FINGER)

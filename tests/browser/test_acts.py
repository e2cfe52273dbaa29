"""The way back: one decision after another, the newest first, also much later."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from tests.browser.beside import hung, keep
from tests.browser.conftest import PHONE, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import signed_in
from tests.browser.test_moderation import case, in_the_queue, now, press, settled
from tests.served import Served

SEEN = 10_000  # milliseconds
UNDOABLE = 20


@pytest.fixture
def booth(everyone: Booth) -> Iterator[Booth]:
    """Leave nothing in the queue for the next test."""
    yield everyone
    for pledge in in_the_queue(everyone):
        everyone.desk.withdraw(pledge.id)


@pytest.fixture
def volunteer(browser: Browser, served: Served, booth: Booth) -> Page:
    """Wake a volunteer's tablet."""
    page = page_of(browser, TABLET)
    page.clock.install()
    signed_in(page, served.url, served.pin)
    return page


def test_twenty_decisions_come_back_one_by_one_the_newest_first(
    volunteer: Page, booth: Booth
) -> None:
    kept = [keep(booth, number) for number in range(UNDOABLE + 1)]
    for number, each in enumerate(kept):
        expect(case(volunteer, each)).to_be_visible(timeout=SEEN)
        press(volunteer, "pa"[number % 2], each)
    volunteer.clock.fast_forward(20_000)
    expect(volunteer.locator(".toast")).to_be_hidden()

    for each in reversed(kept[1:]):
        undo(volunteer, each)
        expect(case(volunteer, each)).to_be_visible(timeout=SEEN)
    volunteer.keyboard.press("u")

    expect(volunteer.locator(".undo")).to_be_hidden()
    assert now(booth, kept[0]).decision is Decision.PRIVATE
    assert {each.id for each in in_the_queue(booth)} == {each.id for each in kept[1:]}


def test_a_removal_whose_time_is_over_is_skipped_and_told(
    volunteer: Page, booth: Booth
) -> None:
    private, removed, last = (keep(booth, number) for number in range(3))
    expect(case(volunteer, private)).to_be_visible(timeout=SEEN)
    press(volunteer, "p", private)
    remove(volunteer, removed)
    volunteer.clock.fast_forward(10_500)

    undo(volunteer, private)

    expect(case(volunteer, private)).to_be_visible(timeout=SEEN)
    said = volunteer.locator(".toast__words")
    expect(said).to_contain_text(removed.code)
    expect(said).to_contain_text(private.code)
    assert now(booth, removed).decision is Decision.REMOVED
    assert now(booth, last).is_waiting


def test_when_only_late_removals_are_left_undo_says_so_and_ends(
    volunteer: Page, booth: Booth
) -> None:
    removed = keep(booth, 0)
    expect(case(volunteer, removed)).to_be_visible(timeout=SEEN)
    remove(volunteer, removed)
    volunteer.clock.fast_forward(10_500)

    undo(volunteer, removed)

    expect(volunteer.locator(".undo")).to_be_hidden()
    expect(volunteer.locator(".nobody")).to_be_visible()


def test_a_removal_comes_back_within_its_ten_seconds(
    volunteer: Page, booth: Booth
) -> None:
    removed = keep(booth, 0)
    expect(case(volunteer, removed)).to_be_visible(timeout=SEEN)
    remove(volunteer, removed)

    undo(volunteer, removed)

    expect(case(volunteer, removed)).to_be_visible(timeout=SEEN)
    assert now(booth, removed).is_waiting


def test_what_comes_back_is_held_by_the_one_who_took_it_back(
    browser: Browser, served: Served, volunteer: Page, booth: Booth
) -> None:
    first, second = keep(booth, 0), keep(booth, 1)
    expect(case(volunteer, first)).to_be_visible(timeout=SEEN)
    other = page_of(browser, TABLET)
    signed_in(other, served.url, served.pin)
    expect(case(other, second)).to_be_visible(timeout=SEEN)
    press(volunteer, "a", first)

    undo(volunteer, first)

    expect(case(volunteer, first)).to_be_visible(timeout=SEEN)
    taken = other.locator(f'.rail [data-pledge="{first.id}"][data-busy]')
    expect(taken).to_be_visible(timeout=SEEN)
    expect(case(other, second)).to_be_visible()


def test_a_way_back_that_gets_no_answer_stays(volunteer: Page, booth: Booth) -> None:
    pledge = keep(booth, 0)
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)
    press(volunteer, "a", pledge)
    volunteer.route("**/undo", lambda route: route.abort())
    volunteer.locator(".undo").tap()
    said = volunteer.locator("moderation-screen").get_attribute("data-said-nothing")
    expect(volunteer.locator(".toast__words")).to_have_text(str(said))
    volunteer.unroute("**/undo")
    settled(volunteer)

    undo(volunteer, pledge)

    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_way_back_has_a_place_of_its_own(
    browser: Browser, served: Served, booth: Booth, size: tuple[int, int], language: str
) -> None:
    kept = [keep(booth, number) for number in range(3)]
    page = page_of(browser, size, language)
    page.clock.install()
    signed_in(page, served.url, served.pin)
    for each in kept[:2]:
        expect(case(page, each)).to_be_visible(timeout=SEEN)
        press(page, "p", each)
    page.clock.fast_forward(20_000)
    expect(case(page, kept[2])).to_be_visible(timeout=SEEN)
    found = {"undo": measured(page, "mod-way-back", language)}
    press(page, "p", kept[2])
    page.clock.fast_forward(20_000)
    found["nobody"] = measured(page, "mod-way-back-nobody", language)
    page.locator(".undo").tap()
    expect(case(page, kept[2])).to_be_visible(timeout=SEEN)

    assert found == {"undo": [], "nobody": []}


# A page that is opened again: the booth knows what this device did


def test_after_a_reload_the_newest_decisions_come_back_first(
    volunteer: Page, booth: Booth
) -> None:
    kept = [keep(booth, number) for number in range(3)]
    for number, each in enumerate(kept):
        expect(case(volunteer, each)).to_be_visible(timeout=SEEN)
        press(volunteer, "pa"[number % 2], each)

    volunteer.reload()
    expect(volunteer.locator("moderation-screen:defined")).to_be_visible()

    for each in reversed(kept):
        volunteer.keyboard.press("u")
        expect(case(volunteer, each)).to_be_visible(timeout=SEEN)
        settled(volunteer)
    expect(volunteer.locator(".undo")).to_be_hidden()
    assert {each.id for each in in_the_queue(booth)} == {each.id for each in kept}


def test_after_a_reload_a_removal_still_has_its_ten_seconds_and_no_more(
    volunteer: Page, booth: Booth
) -> None:
    private, removed = keep(booth, 0), keep(booth, 1)
    expect(case(volunteer, private)).to_be_visible(timeout=SEEN)
    press(volunteer, "p", private)
    remove(volunteer, removed)
    volunteer.reload()
    expect(volunteer.locator("moderation-screen:defined")).to_be_visible()
    volunteer.clock.fast_forward(10_500)

    volunteer.keyboard.press("u")

    expect(case(volunteer, private)).to_be_visible(timeout=SEEN)
    expect(volunteer.locator(".toast__words")).to_contain_text(removed.code)
    assert now(booth, removed).decision is Decision.REMOVED


def test_another_device_takes_nothing_of_it_back(
    browser: Browser, served: Served, volunteer: Page, booth: Booth
) -> None:
    pledge = keep(booth, 0)
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)
    press(volunteer, "a", pledge)

    other = page_of(browser, TABLET)
    signed_in(other, served.url, served.pin)
    expect(other.locator("moderation-screen:defined")).to_be_visible()
    expect(other.locator(".undo")).to_be_hidden()
    other.keyboard.press("u")

    expect(other.locator(".toast")).to_be_hidden()
    assert now(booth, pledge).decision is Decision.APPROVED


def test_after_a_reload_what_was_pulled_back_hangs_again(
    volunteer: Page, booth: Booth
) -> None:
    pledge = hung(booth, 0)
    volunteer.locator('.tally[data-show="hung"]').tap()
    row = volunteer.locator(f'.find[data-pledge="{pledge.id}"]')
    row.locator('[data-hung="private"]').tap()
    expect(row.locator('[data-hung="approved"]')).to_be_visible()
    volunteer.reload()
    expect(volunteer.locator("moderation-screen:defined")).to_be_visible()

    undo(volunteer, pledge)

    said = str(volunteer.locator("moderation-screen").get_attribute("data-said-back"))
    words = volunteer.locator(".toast__words")
    expect(words).to_have_text(said.replace("{code}", pledge.code))
    assert now(booth, pledge).is_on_wall


def undo(page: Page, pledge: Pledge) -> None:
    """Touch the way back, and let the moment pass that takes no other touch."""
    before = page.locator(".toast__words").inner_text()
    page.locator(".undo").tap()
    expect(page.locator(".toast__words")).not_to_have_text(before)
    expect(page.locator(".toast__words")).to_contain_text(pledge.code)
    settled(page)


def remove(page: Page, pledge: Pledge) -> None:
    """Remove a photo with both touches."""
    page.keyboard.press("r")
    press(page, "r", pledge)


def measured(page: Page, state: str, language: str) -> list[str]:
    """Measure a screen held in the hand, and picture it."""
    shoot(page, state, language)
    return faults(page, touch=FINGER)

"""How long guests wait, said in the bar, and a tone that asks for hands."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from kiosk import store
from kiosk.booth import Booth
from kiosk.pledge import Pledge
from kiosk.store.pace import MANY_WAITING
from tests.browser.beside import keep
from tests.browser.conftest import PHONE, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import signed_in
from tests.browser.test_moderation import case, in_the_queue
from tests.served import Served

SEEN = 10_000  # milliseconds
SIZES = pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
COUNT_TONES = """
window.tones = 0
const create = AudioContext.prototype.createOscillator
AudioContext.prototype.createOscillator = function () {
  window.tones += 1
  return create.call(this)
}
"""


@pytest.fixture
def booth(everyone: Booth) -> Iterator[Booth]:
    """Leave nothing in the queue for the next test."""
    yield everyone
    for pledge in in_the_queue(everyone):
        everyone.desk.withdraw(pledge.id)


def watched(
    browser: Browser, served: Served, size: tuple[int, int], language: str = "vi"
) -> Page:
    """Wake a device whose tones are counted."""
    page = page_of(browser, size, language)
    page.clock.install()
    page.add_init_script(COUNT_TONES)
    signed_in(page, served.url, served.pin)
    return page


@LANGUAGES
@SIZES
def test_the_oldest_wait_runs_and_one_more_volunteer_is_asked_for(
    browser: Browser, served: Served, booth: Booth, size: tuple[int, int], language: str
) -> None:
    page = watched(browser, served, size, language)
    expect(page.locator("[data-oldest]")).to_have_text("–")
    found = {"nobody": measured(page, "mod-meter-nobody", language)}
    pledge = keep(booth, 0)
    expect(case(page, pledge)).to_be_visible(timeout=SEEN)
    expect(page.locator("[data-oldest]")).to_have_text(re.compile(r"^0:\d\d$"))
    expect(page.locator(".meter__help")).to_be_hidden()

    waits_since(booth, pledge, 95)
    keep(booth, 1)

    expect(page.locator("[data-oldest]")).to_have_text(re.compile(r"^1:\d\d$"))
    expect(page.locator(".meter__help")).to_be_visible()
    before = page.locator("[data-oldest]").inner_text()
    page.clock.run_for(3_000)
    expect(page.locator("[data-oldest]")).not_to_have_text(before)
    found["long"] = measured(page, "mod-meter-long", language)
    assert found == {"nobody": [], "long": []}


def test_more_than_fifteen_that_wait_ask_for_one_more(
    browser: Browser, served: Served, booth: Booth
) -> None:
    page = watched(browser, served, TABLET)
    for number in range(MANY_WAITING):
        keep(booth, number)
    waiting = page.locator('.tallies [data-tally="waiting"]')
    expect(waiting).to_have_text(str(MANY_WAITING), timeout=SEEN)
    expect(page.locator(".meter__help")).to_be_hidden()

    keep(booth, 0)

    expect(page.locator(".meter__help")).to_be_visible(timeout=SEEN)


def test_a_tone_asks_once_a_minute_while_somebody_waits_for_long(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = keep(booth, 0)
    page = watched(browser, served, TABLET)
    sound = page.locator(".meter__sound")
    expect(case(page, pledge)).to_be_visible(timeout=SEEN)
    expect(sound).to_have_attribute("data-state", "asleep")
    page.locator(".mod__bar .mark").tap()
    expect(sound).to_have_attribute("data-state", "on")
    page.route("**/moderation/feed*", lambda route: route.abort())
    while page.locator("[data-oldest]").inner_text().startswith("0:"):
        assert tones(page) == 0
        page.clock.run_for(1_000)

    page.clock.run_for(2_000)
    once = tones(page)
    page.clock.run_for(30_000)
    assert (once > 0, tones(page)) == (True, once)
    page.clock.run_for(31_000)

    assert tones(page) == 2 * once


def test_the_tone_is_muted_for_as_long_as_the_device_is_signed_in(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = keep(booth, 0)
    page = watched(browser, served, PHONE)
    expect(case(page, pledge)).to_be_visible(timeout=SEEN)
    sound = page.locator(".meter__sound")
    sound.tap()
    expect(sound).to_have_attribute("data-state", "on")
    sound.tap()
    expect(sound).to_have_attribute("data-state", "off")
    page.reload()
    expect(case(page, pledge)).to_be_visible(timeout=SEEN)
    expect(sound).to_have_attribute("data-state", "off")

    page.clock.run_for(70_000)

    assert tones(page) == 0
    page.locator('[data-do="leave"]').tap()
    expect(page.locator(".pad")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def waits_since(booth: Booth, pledge: Pledge, seconds: float) -> None:
    """Let a guest have waited for so long."""
    since = time.time() - seconds
    here = update(store.pledges).where(store.pledges.c.id == pledge.id)
    with booth.house.database.transaction() as db:
        db.execute(here.values(kept_at=since))


def tones(page: Page) -> int:
    """Count the tones that were made."""
    return int(page.evaluate("window.tones"))


def measured(page: Page, state: str, language: str) -> list[str]:
    """Measure a screen held in the hand, and picture it."""
    shoot(page, state, language)
    return faults(page, touch=FINGER)

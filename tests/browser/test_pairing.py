"""Who is who: codes to scan, names, ends, and tablets that show nothing when idle."""

import cv2
import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from kiosk.booth import Booth
from kiosk.store import devices
from kiosk.store.devices import Session
from kiosk.web.roles import Role
from tests.browser.beside import CALM, beside, hung, keep
from tests.browser.conftest import LANDSCAPE, PHONE, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import paired, signed_in
from tests.browser.test_wall import tile
from tests.served import Served

SEEN = 10_000  # milliseconds: five times the figure of R7
MINUTE = 60_000  # milliseconds
SIZES = pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
KEPT = """async () => ({
  cached: (await caches.keys()).length,
  stored: localStorage.length + sessionStorage.length,
  databases: (await indexedDB.databases()).length,
})"""
HIDE = """isHidden => {
  Object.defineProperty(document, "hidden", { value: isHidden, configurable: true })
  document.dispatchEvent(new Event("visibilitychange"))
}"""


@LANGUAGES
@SIZES
def test_every_way_in_fits_the_device(
    browser: Browser, served: Served, size: tuple[int, int], language: str
) -> None:
    page = page_of(browser, size, language)
    found = {}
    for role in (Role.VOLUNTEER, Role.WALL, Role.BOOTH, Role.OPERATOR):
        page.goto(served.link(role))
        expect(page.locator(".gate__time p")).not_to_be_empty()
        found[role.value] = measured(page, f"pair-{role}", language)
    page.goto(f"{served.url}/moderation")
    expect(page.locator(".rubric li").last).to_be_visible()
    expect(page.locator(".pad")).to_have_count(0)
    found["unpaired"] = measured(page, "unpaired", language)
    assert found == {state: [] for state in found}


def test_the_time_of_a_code_runs(browser: Browser, served: Served) -> None:
    page = page_of(browser, TABLET, "en")
    page.clock.install()
    page.goto(served.link(Role.WALL))
    left = page.locator(".gate__time p")
    expect(left).to_have_text("10:00 left")

    page.clock.run_for(2 * MINUTE)

    expect(left).to_have_text("8:00 left")


@LANGUAGES
@SIZES
def test_the_operator_pairs_a_tablet_by_a_code_and_revokes_it_by_two_touches(
    browser: Browser, served: Served, size: tuple[int, int], language: str
) -> None:
    operator, name = at_the_status(browser, served, size, language), f"Mai {size[0]}"
    operator.locator("[data-pair=volunteer]").tap()
    expect(operator.locator(".way-in svg").first).to_be_visible()
    found = {"code": measured(operator, "status-pair", language)}
    tablet = page_of(browser, TABLET, language)
    tablet.goto(scanned(operator))
    tablet.locator("input").fill(f"{name} {language}")
    tablet.get_by_role("button").tap()
    expect(tablet.locator("moderation-screen")).to_be_visible()

    row = operator.locator(".device", has_text=f"{name} {language}")
    expect(row.locator(".chip--ok")).to_be_visible()
    expect(operator.locator(".way-in")).to_be_hidden()
    row.locator("[data-revoke]").tap()
    expect(row.locator(".btn--bad-solid")).to_be_visible()
    found["sure"] = measured(operator, "status-revoke", language)
    row.locator("[data-revoke]").tap()

    expect(row).to_have_count(0)
    expect(tablet.locator(".rubric li").last).to_be_visible(timeout=SEEN)
    assert found == {state: [] for state in found}


def test_one_touch_revokes_nothing(browser: Browser, served: Served) -> None:
    operator, wall = (page_of(browser, TABLET, "en") for _ in range(2))
    for page, role in ((operator, Role.OPERATOR), (wall, Role.WALL)):
        paired(page, served.url, role)
    operator.clock.install()
    operator.goto(f"{served.url}/status")
    button = operator.locator(".device", has_text="Wall").last.locator("[data-revoke]")

    button.tap()
    expect(button).to_have_text("Touch again to revoke")
    operator.clock.run_for(6_000)

    expect(button).to_have_text("Revoke")
    wall.goto(f"{served.url}/wall")
    expect(wall.locator("wall-screen")).to_be_visible()


def test_a_wall_elsewhere_that_is_revoked_shows_words_alone(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    booth = Served(tmp_path_factory.mktemp("hall"), cloud=CALM)
    booth.serve_at("0.0.0.0")  # noqa: S104  # what an operator chooses for tablets
    with booth, beside(booth) as everyone:
        new = hung(everyone, 0, face=True)
        there = booth.link(Role.WALL)
        wall = page_of(browser, LANDSCAPE)
        wall.goto(f"{away(there)}/wall")
        expect(wall.locator("wall-screen")).to_have_count(0)
        wall.goto(there)
        wall.get_by_role("button").tap()
        expect(tile(wall, new)).to_be_visible(timeout=SEEN)

        device = devices_of(everyone)[-1]
        with everyone.house.database.transaction() as db:
            devices.sign_out(db, device.id, 0.0, who="an operator")

        expect(wall.locator(".tile")).to_have_count(0, timeout=SEEN)
        expect(wall.locator("wall-screen")).to_have_attribute("data-cut", "")
        shoot(wall, "wall-revoked", "vi")
        wall.reload()
        expect(wall.locator(".rubric li").last).to_be_visible()


@pytest.mark.parametrize("minutes", [4, 5])
def test_a_tablet_that_nobody_touches_goes_to_sleep_after_five_minutes(
    browser: Browser, served: Served, everyone: Booth, minutes: int
) -> None:
    waiting = keep(everyone, 0)
    page = page_of(browser, TABLET)
    page.clock.install()
    signed_in(page, served.url, served.pin)
    expect(page.locator(".case").first).to_be_attached(timeout=SEEN)
    page.clock.run_for(2 * MINUTE)
    page.mouse.click(5, 400)

    page.clock.run_for(minutes * MINUTE)

    if minutes < 5:
        expect(page.locator("moderation-screen")).to_be_visible()
    else:
        expect(page.locator(".pad")).to_be_visible()
        assert waiting.words not in page.content()


@pytest.mark.parametrize("seconds", [20, 31])
@pytest.mark.parametrize("sleeps", [False, True])
def test_a_tablet_whose_screen_is_off_shows_nothing_and_sleeps_after_thirty_seconds(
    browser: Browser, served: Served, everyone: Booth, seconds: int, sleeps: bool
) -> None:
    keep(everyone, 0)
    page = page_of(browser, TABLET)
    page.clock.install()
    signed_in(page, served.url, served.pin)

    page.evaluate(HIDE, True)
    expect(page.locator(".case:visible")).to_have_count(0)
    if sleeps:
        now = page.evaluate("Date.now() / 1000")
        page.clock.set_system_time(now + seconds)  # no timer ran meanwhile
    else:
        page.clock.run_for(seconds * 1000)
    if page.locator("moderation-screen").count():
        page.evaluate(HIDE, False)

    if seconds < 30:
        expect(page.locator(".case:visible")).to_have_count(1)
    else:
        expect(page.locator(".pad")).to_be_visible()
        expect(page.locator(".case")).to_have_count(0)


def test_after_signing_out_back_shows_the_pin_and_nothing_is_left(
    browser: Browser, served: Served, everyone: Booth
) -> None:
    waiting = keep(everyone, 2)
    page = page_of(browser, TABLET)
    signed_in(page, served.url, served.pin)
    page.evaluate("localStorage.left = sessionStorage.left = 'behind'")
    page.evaluate("caches.open('left').then(() => indexedDB.open('left') && 0)")
    page.goto(f"{served.url}/healthz")
    page.goto(f"{served.url}/moderation")
    expect(page.locator(".case").first).to_be_attached(timeout=SEEN)

    page.locator('[data-do="leave"]').tap()
    expect(page.locator(".pad")).to_be_visible()

    assert page.evaluate(KEPT) == {"cached": 0, "stored": 0, "databases": 0}
    for way in (page.go_back, page.go_back, page.go_forward, page.go_forward):
        way()
        page.wait_for_load_state()
        assert waiting.words not in page.content()
        assert page.locator(".case").count() == 0
    expect(page.locator(".pad")).to_be_visible()


def test_a_tablet_that_sleeps_while_the_booth_is_away_shows_nothing_and_says_so(
    browser: Browser, served: Served, everyone: Booth
) -> None:
    waiting = keep(everyone, 0)
    page = page_of(browser, TABLET)
    signed_in(page, served.url, served.pin)
    expect(page.locator(".case").first).to_be_attached(timeout=SEEN)
    page.context.set_offline(True)

    page.locator('[data-do="leave"]').tap()

    expect(page.locator(".mod__offline")).to_be_visible()
    assert waiting.words not in page.content()
    shoot(page, "mod-leaving-offline", "vi")
    page.context.set_offline(False)
    expect(page.locator(".pad")).to_be_visible()


def at_the_status(
    browser: Browser, served: Served, size: tuple[int, int], language: str
) -> Page:
    """Be the operator at the status page."""
    page = page_of(browser, size, language)
    paired(page, served.url, Role.OPERATOR)
    page.goto(f"{served.url}/status")
    return page


def away(link: str) -> str:
    """Return where a device on the network finds the booth, by a link it was given."""
    base = link.partition("/enter/")[0]
    assert "127.0.0.1" not in base, "This machine has no network."
    return base


def devices_of(booth: Booth) -> list[Session]:
    """Return the devices that are paired."""
    with booth.house.database.reading() as db:
        return list(devices.paired(db))


def scanned(page: Page) -> str:
    """Read the code on a screen as a camera sees it."""
    seen = np.frombuffer(page.screenshot(full_page=True), np.uint8)
    (code,) = zxingcpp.read_barcodes(cv2.imdecode(seen, cv2.IMREAD_COLOR))
    return str(code.text)


def measured(page: Page, state: str, language: str) -> list[str]:
    """Measure a page that may scroll down, and picture it."""
    shoot(page, state, language)
    return faults(page, touch=FINGER, scrolls=True)

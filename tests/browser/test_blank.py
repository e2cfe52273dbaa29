"""Blank walls: a second's hold, every photo off every wall, and back again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from kiosk.booth import Booth
from tests.browser.beside import CALM, beside, hung, keep
from tests.browser.conftest import LANDSCAPE, PHONE, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import a_volunteer, asleep
from tests.browser.test_wall import at_the_wall, is_marked, mark, tile
from tests.served import Served

HELD = 1100  # milliseconds
SHORT = 600  # milliseconds
SECOND = 1000  # milliseconds: the figure, for a booth of another process
EMPTY_AT = """() => {
  const board = document.querySelector(".wall__board")
  const look = () => board.querySelector(".tile") || (window.emptyAt ??= Date.now())
  new MutationObserver(look).observe(board, { childList: true, subtree: true })
}"""
SEEN = 10_000  # milliseconds: ten times the figure
SIZES = pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


@pytest.fixture
def booth(everyone: Booth) -> Iterator[Booth]:
    """Leave walls that show photos."""
    yield everyone
    everyone.hall.unblank(who="the next test")


@LANGUAGES
@SIZES
def test_a_hold_blanks_every_wall_and_every_volunteer_is_told(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    new = hung(booth, 0, face=True)
    keep(booth, 1)
    walls = [at_the_wall(browser, served) for _ in range(2)]
    page, other = (a_volunteer(browser, served, size, language) for _ in range(2))
    for wall in walls:
        expect(tile(wall, new)).to_be_visible()

    with_pointer_down(page, HELD // 2)
    held = measured(page, "mod-hold", language)
    page.wait_for_timeout(HELD)
    page.mouse.up()

    for wall in walls:
        expect(wall.locator(".tile")).to_have_count(0, timeout=SEEN)
        expect(wall.locator("wall-screen")).to_have_attribute("data-blank", "")
    for each in (page, other):
        expect(each.locator(".blanked")).to_be_visible(timeout=SEEN)
    blank = measured(page, "mod-blanked", language)
    assert (held, blank) == ([], [])


def test_a_touch_shows_photos_again(
    browser: Browser, served: Served, booth: Booth
) -> None:
    new = hung(booth, 0, face=True)
    booth.hall.blank(who="somebody")
    wall, page = at_the_wall(browser, served), a_volunteer(browser, served)
    mark(wall)

    page.locator('[data-do="unblank"]').tap()

    expect(tile(wall, new)).to_be_visible(timeout=SEEN)
    expect(wall.locator("wall-screen")).not_to_have_attribute("data-blank", "")
    assert is_marked(wall)
    expect(page.locator(".blanked")).to_be_hidden(timeout=SEEN)


def test_every_photo_is_off_every_wall_within_a_second(
    browser: Browser, served: Served, booth: Booth
) -> None:
    new, walls = hung(booth, 0), [at_the_wall(browser, served) for _ in range(3)]
    for wall in walls:
        expect(tile(wall, new)).to_be_visible(timeout=SEEN)
        wall.evaluate(EMPTY_AT)

    asked = walls[0].evaluate("Date.now()")
    booth.hall.blank(who="somebody")

    for wall in walls:
        expect(wall.locator(".tile")).to_have_count(0, timeout=SEEN)
        assert wall.evaluate("window.emptyAt") - asked < SECOND


def test_a_finger_that_lets_go_early_changes_nothing_and_is_told(
    browser: Browser, served: Served, booth: Booth
) -> None:
    wall, new = at_the_wall(browser, served), hung(booth, 1)
    expect(tile(wall, new)).to_be_visible(timeout=SEEN)
    page = a_volunteer(browser, served)

    with_pointer_down(page, SHORT)
    page.mouse.up()

    expect(page.locator(".holdtip")).to_be_visible()
    page.wait_for_timeout(2 * HELD)
    expect(page.locator(".blanked")).to_be_hidden()
    expect(tile(wall, new)).to_be_visible()


@pytest.mark.parametrize("key", ["Enter", " "])
@pytest.mark.usefixtures("booth")
def test_the_button_can_be_held_by_a_key(
    browser: Browser, served: Served, key: str
) -> None:
    page = a_volunteer(browser, served)
    panic(page).focus()
    page.keyboard.press(key)
    page.wait_for_timeout(2 * HELD)
    expect(page.locator(".blanked")).to_be_hidden()

    page.keyboard.down(key)
    expect(page.locator(".blanked")).to_be_visible(timeout=SEEN)
    page.keyboard.up(key)


def test_one_key_of_the_walls_own_keyboard_blanks_them_all(
    browser: Browser, served: Served, booth: Booth
) -> None:
    one, other = (at_the_wall(browser, served) for _ in range(2))
    new = hung(booth, 2)
    for wall in (one, other):
        expect(tile(wall, new)).to_be_visible(timeout=SEEN)
    one.keyboard.press("b")
    one.wait_for_timeout(2 * HELD)
    expect(tile(one, new)).to_be_visible()

    one.keyboard.down("b")

    for wall in (one, other):
        expect(wall.locator(".tile")).to_have_count(0, timeout=SEEN)
    one.keyboard.up("b")


def test_a_tablet_that_sleeps_still_blanks_the_wall(
    browser: Browser, served: Served, booth: Booth
) -> None:
    wall, new = at_the_wall(browser, served), hung(booth, 3)
    expect(tile(wall, new)).to_be_visible(timeout=SEEN)
    page = page_of(browser, TABLET, "vi")
    asleep(page, served.url)

    with_pointer_down(page, HELD)
    page.wait_for_timeout(SHORT)
    page.mouse.up()

    expect(wall.locator(".tile")).to_have_count(0, timeout=SEEN)
    assert faults(page, touch=FINGER) == []
    shoot(page, "mod-pin-blank", "vi")


@pytest.mark.parametrize("size", [LANDSCAPE, (1280, 720)], ids=["1080p", "720p"])
def test_a_wall_that_is_opened_while_blank_looks_like_a_poster(
    browser: Browser, served: Served, booth: Booth, size: tuple[int, int]
) -> None:
    hung(booth, 4, face=True)
    booth.hall.blank(who="somebody")

    wall = at_the_wall(browser, served, size)

    expect(wall.locator(".poster__mark")).to_be_visible()
    expect(wall.locator(".tile")).to_have_count(0)
    expect(wall.locator(".wall__top")).to_be_hidden()
    expect(wall.locator(".poster__way")).to_be_hidden()
    assert faults(wall, touch=0) == []
    shoot(wall, "wall-blank", "vi")


def test_a_wall_that_nobody_answers_goes_blank_by_its_key_all_the_same(
    browser: Browser, served: Served, booth: Booth
) -> None:
    wall, new = at_the_wall(browser, served), hung(booth, 5)
    expect(tile(wall, new)).to_be_visible(timeout=SEEN)
    wall.context.set_offline(True)

    wall.keyboard.down("b")
    expect(wall.locator(".tile")).to_have_count(0, timeout=SEEN)
    wall.keyboard.up("b")

    expect(wall.locator("wall-screen")).to_have_attribute("data-blank", "")


def test_a_key_that_a_booth_in_trouble_refused_is_asked_for_again(
    browser: Browser, served: Served, booth: Booth
) -> None:
    one, other = (at_the_wall(browser, served) for _ in range(2))
    new = hung(booth, 0)
    for wall in (one, other):
        expect(tile(wall, new)).to_be_visible(timeout=SEEN)
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.fulfill(status=507, json={"message": "No room."})

    one.route("**/wall/blank", refuse_once)
    one.keyboard.down("b")

    for wall in (one, other):
        screen = wall.locator("wall-screen")
        expect(screen).to_have_attribute("data-blank", "", timeout=SEEN)
        expect(wall.locator(".tile")).to_have_count(0)
    one.keyboard.up("b")
    assert refused


def panic(page: Page) -> Locator:
    """Find the button that blanks the walls."""
    return page.locator("[data-hold]")


def with_pointer_down(page: Page, milliseconds: int) -> None:
    """Press the button and stay on it."""
    box = panic(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(milliseconds)


def measured(page: Page, state: str, language: str) -> list[str]:
    """Measure a volunteer's screen, and leave its picture."""
    shoot(page, state, language)
    return faults(page, touch=FINGER)


def test_a_key_that_nobody_heard_blanks_every_wall_once_the_booth_answers(
    browser: Browser, tmp_path: Path
) -> None:
    with Served(tmp_path, cloud=CALM) as served, beside(served) as booth:
        new = hung(booth, 0)
        wall, other = (at_the_wall(browser, served) for _ in range(2))
        for each in (wall, other):
            expect(tile(each, new)).to_be_visible(timeout=SEEN)
        served.kill()

        wall.keyboard.down("b")
        expect(wall.locator(".tile")).to_have_count(0)
        wall.keyboard.up("b")
        served.start()

        for each in (wall, other):
            expect(each.locator(".tile")).to_have_count(0, timeout=30_000)
            screen = each.locator("wall-screen")
            expect(screen).to_have_attribute("data-blank", "", timeout=30_000)

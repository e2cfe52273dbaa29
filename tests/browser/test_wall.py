"""The hall's wall: what hangs, what comes, what leaves, and what silence does to it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import APIResponse, Browser, Locator, Page, Route, expect

from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from tests.browser.beside import CALM, beside, decided, hung, keep
from tests.browser.conftest import LANDSCAPE, page_of
from tests.browser.measure import faults, shoot
from tests.browser.steps import a_volunteer
from tests.served import ROOT, Served

SIZES = [LANDSCAPE, (1280, 720), (3840, 2160)]
SEEN = 10_000  # milliseconds: five times the figure
AT_ONCE = 3_000  # milliseconds: less than a question may take
UNDRAWN = 300  # pixels: how wide a canvas is before anything is drawn
SILENCE = 31_000  # milliseconds without a word from the server
TICK = 2_000  # milliseconds: longer than between two looks at the clock
ASKS = 11_000  # milliseconds of silence after which a wall has asked


@pytest.fixture(scope="module")
def booth(everyone: Booth) -> Booth:
    """Keep what hangs for the whole file."""
    return everyone


@pytest.mark.parametrize("count", [0, 1, 3, 24])
def test_the_wall_fits_its_screen(
    browser: Browser, served: Served, booth: Booth, count: int
) -> None:
    while promised(served) < count:
        hung(booth, promised(served), face=promised(served) % 2 == 0)
    found = {}
    for size in SIZES:
        wall = at_the_wall(browser, served, size)
        expect(wall.locator(".tile")).to_have_count(count)
        expect(wall.locator("wall-screen")).to_have_attribute(
            "data-hung", str(min(count, 4))
        )
        found[size] = faults(wall, touch=0)
        shoot(wall, f"wall-{count}", "vi")
        wall.context.close()

    assert found == {size: [] for size in SIZES}


def test_what_is_approved_comes_without_a_reload(
    browser: Browser, served: Served, booth: Booth
) -> None:
    wall = at_the_wall(browser, served)
    mark(wall)

    new = hung(booth, 0, face=True)

    expect(tile(wall, new)).to_be_visible(timeout=SEEN)
    photo = tile(wall, new).locator("canvas").first
    expect(photo).not_to_have_js_property("width", UNDRAWN)
    assert is_marked(wall)
    assert new.code not in wall.content()
    assert new.token not in wall.content()


@pytest.mark.parametrize("how", ["private", "removed", "hidden"])
def test_what_is_taken_down_leaves_at_once(
    browser: Browser, served: Served, booth: Booth, how: str
) -> None:
    new = hung(booth, 1)
    wall = at_the_wall(browser, served)
    expect(tile(wall, new)).to_be_visible()
    mark(wall)

    if how == "hidden":
        booth.desk.hide(new.token)
    else:
        decided(booth, new, Decision(how))

    expect(tile(wall, new)).to_have_count(0, timeout=SEEN)
    assert is_marked(wall)


def test_a_takedown_by_command_leaves_at_once(
    browser: Browser, served: Served, booth: Booth
) -> None:
    new = hung(booth, 2, face=True)
    wall = at_the_wall(browser, served)
    expect(tile(wall, new)).to_be_visible()
    mark(wall)

    command = [sys.executable, "-m", "kiosk", "takedown", *new.code.split()]
    subprocess.run([*command, "--data", str(served.data)], cwd=ROOT, check=True)

    expect(tile(wall, new)).to_have_count(0, timeout=SEEN)
    assert is_marked(wall)


def test_what_was_not_meant_for_the_wall_never_comes(
    browser: Browser, served: Served, booth: Booth
) -> None:
    wall = at_the_wall(browser, served)
    waiting = keep(booth, 3, words="Lời hứa đang chờ")
    own = decided(booth, keep(booth, 3), Decision.PRIVATE)
    last = hung(booth, 3)

    expect(tile(wall, last)).to_be_visible(timeout=SEEN)
    expect(tile(wall, waiting)).to_have_count(0)
    expect(tile(wall, own)).to_have_count(0)
    assert "Lời hứa đang chờ" not in wall.content()


def test_a_wall_that_hears_nothing_shows_no_photo_until_it_hears_again(
    browser: Browser, tmp_path: Path
) -> None:
    with Served(tmp_path, cloud=CALM) as served, beside(served) as booth:
        new = hung(booth, 0, face=True)
        wall = page_of(browser, LANDSCAPE, touch=False)
        wall.clock.install()
        wall.goto(f"{served.url}/wall")
        expect(tile(wall, new)).to_be_visible()
        mark(wall)

        served.kill()
        wall.clock.run_for(SILENCE)
        expect(wall.locator(".tile")).to_have_count(0)
        expect(wall.locator("wall-screen")).to_have_attribute("data-cut", "")
        expect(wall.locator(".wall__silence")).to_be_visible()
        assert faults(wall, touch=0) == []
        shoot(wall, "wall-cut", "vi")

        served.start()
        expect(tile(wall, new)).to_be_visible(timeout=30_000)
        expect(wall.locator(".wall__silence")).to_be_hidden()
        assert is_marked(wall)


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_every_screen_listens_again_when_the_booth_has_begun_anew(
    browser: Browser, tmp_path: Path, how: str
) -> None:
    with Served(tmp_path, cloud=CALM) as served, beside(served) as booth:
        new = hung(booth, 0)
        wall, tablet = at_the_wall(browser, served), a_volunteer(browser, served)
        expect(tile(wall, new)).to_be_visible()

        with wall.expect_websocket(), tablet.expect_websocket():
            getattr(served, how)()
            served.start()
        waits = keep(booth, 1)
        booth.desk.hide(new.token)

        expect(tile(wall, new)).to_have_count(0, timeout=AT_ONCE)
        card = tablet.locator(f'.case[data-pledge="{waits.id}"]')
        expect(card).to_be_visible(timeout=AT_ONCE)


def test_what_was_removed_while_the_server_was_away_does_not_come_back(
    browser: Browser, tmp_path: Path
) -> None:
    with Served(tmp_path, cloud=CALM) as served, beside(served) as booth:
        gone, stays = hung(booth, 0), hung(booth, 1)
        wall = at_the_wall(browser, served)
        expect(wall.locator(".tile")).to_have_count(2)
        served.kill()
        booth.desk.withdraw(gone.id)
        served.start()

        expect(tile(wall, gone)).to_have_count(0, timeout=30_000)
        expect(tile(wall, stays)).to_be_visible()


def test_a_wall_that_was_cut_while_it_asked_comes_back_whole(
    browser: Browser, tmp_path: Path
) -> None:
    with Served(tmp_path, cloud=CALM) as served, beside(served) as booth:
        for number in range(5):
            hung(booth, number)
        wall = with_a_clock(browser, served)
        expect(wall.locator(".tile")).to_have_count(5)
        answer = a_held_question(wall)

        wall.clock.run_for(SILENCE - ASKS)
        expect(wall.locator("wall-screen")).to_have_attribute("data-cut", "")
        expect(wall.locator(".tile")).to_have_count(0)
        answer()
        wall.clock.run_for(3_000)  # a slow wall had given the question up

        expect(wall.locator(".tile")).to_have_count(5, timeout=SEEN)
        expect(wall.locator("wall-screen")).not_to_have_attribute("data-cut", "")


def test_what_is_taken_down_leaves_at_once_while_the_wall_asks(
    browser: Browser, served: Served, booth: Booth
) -> None:
    new, stays = hung(booth, 1), hung(booth, 2)
    wall = with_a_clock(browser, served)
    expect(tile(wall, new)).to_be_visible()
    answer = a_held_question(wall)

    decided(booth, new, Decision.REMOVED)
    expect(tile(wall, new)).to_have_count(0, timeout=AT_ONCE)

    answer()
    wall.clock.run_for(3_000)  # a slow wall had given the question up
    late = hung(booth, 3)
    expect(tile(wall, late)).to_be_visible(timeout=SEEN)
    expect(tile(wall, stays)).to_be_visible()
    expect(tile(wall, new)).to_have_count(0)


def test_a_wall_that_slept_shows_no_photo_until_it_hears_again(
    browser: Browser, served: Served, booth: Booth
) -> None:
    new = hung(booth, 0)
    wall = at_the_wall(browser, served)
    expect(tile(wall, new)).to_be_visible()
    wall.route("**/wall/feed*", lambda route: route.abort())

    for _ in range(5):  # what an earlier test removed is erased, and told, just now
        wall.evaluate(
            """silence => {
              const now = Date.now.bind(Date)
              Date.now = () => now() + silence
            }""",
            SILENCE,
        )
        wall.wait_for_timeout(TICK)
        if wall.locator("wall-screen[data-cut]").count():
            break

    expect(wall.locator("wall-screen")).to_have_attribute("data-cut", "")
    expect(wall.locator(".tile")).to_have_count(0)


def test_photos_of_earlier_find_no_place_on_a_wall_where_nothing_hangs(
    browser: Browser, served: Served, booth: Booth
) -> None:
    hung(booth, 0)
    wall = page_of(browser, LANDSCAPE, touch=False)
    wall.clock.install()
    wall.goto(f"{served.url}/wall?theme=speak")
    expect(wall.locator(".tile")).to_have_count(0)

    def with_others(route: Route) -> None:
        other = {"id": "other", "html": '<article class="tile" data-pledge="other">'}
        told = route.fetch().json() | {"others": [other], "promises": 4321}
        route.fulfill(json=told)

    wall.route("**/wall/feed*", with_others)
    wall.clock.run_for(ASKS)

    expect(wall.locator(".count__number")).to_have_text("4.321")
    expect(wall.locator(".wall__silence")).to_be_hidden()


def test_a_photo_that_does_not_come_leaves_its_words_until_it_does(
    browser: Browser, tmp_path: Path
) -> None:
    with Served(tmp_path, cloud=CALM) as served, beside(served) as booth:
        wall = with_a_clock(browser, served)
        wall.route("**/thumb.jpg*", lambda _route: None)  # hangs
        with wall.expect_request("**/thumb.jpg*"):
            new = hung(booth, 0, face=True)
        pass_two_seconds(wall)
        pass_two_seconds(wall)
        pass_two_seconds(wall)
        expect(tile(wall, new)).to_contain_class("tile--words", timeout=SEEN)
        wall.unroute("**/thumb.jpg*")

        for _ in range(20):
            pass_two_seconds(wall)
        expect(tile(wall, new)).not_to_contain_class("tile--words")
        photo = tile(wall, new).locator("canvas").first
        expect(photo).not_to_have_js_property("width", UNDRAWN)


def test_whoever_leaves_the_light_for_another_card_stays_sharp(
    browser: Browser, tmp_path: Path
) -> None:
    with Served(tmp_path, cloud=CALM) as served, beside(served) as booth:
        pledges = [hung(booth, number, face=True) for number in range(3)]
        wall = with_a_clock(browser, served)
        expect(tile(wall, pledges[0])).to_be_visible()
        thumbs = wall.locator(".slot--card canvas[data-thumb]")
        expect(thumbs).to_have_count(0)

        lit = set()
        for _ in range(20):
            pass_two_seconds(wall)
            light = wall.locator(".slot--light .tile")
            lit.add(light.get_attribute("data-pledge", timeout=SEEN))

        assert len(lit) > 1
        expect(thumbs).to_have_count(0)


def at_the_wall(
    browser: Browser, served: Served, size: tuple[int, int] = LANDSCAPE
) -> Page:
    """Open a wall."""
    wall = page_of(browser, size, touch=False)
    wall.goto(f"{served.url}/wall")
    return wall


def with_a_clock(browser: Browser, served: Served) -> Page:
    """Open a wall whose time passes when we say so."""
    wall = page_of(browser, LANDSCAPE, touch=False)
    wall.clock.install()
    wall.goto(f"{served.url}/wall")
    return wall


def pass_two_seconds(wall: Page) -> None:
    """Let time pass, and what was asked meanwhile be answered: else the wall is cut."""
    wall.clock.run_for(2_000)
    wall.wait_for_timeout(50)


def a_held_question(wall: Page) -> Callable[[], None]:
    """Have a wall ask, and again in vain; return what gives it the answer of then."""
    held: list[tuple[Route, APIResponse]] = []
    is_answered = Event()

    def hold(route: Route) -> None:
        if not held:
            held.append((route, route.fetch()))
        elif is_answered.is_set():
            route.continue_()
        else:
            route.abort()

    def answer() -> None:
        is_answered.set()
        route, response = held[0]
        route.fulfill(response=response)

    wall.route("**/wall/feed*", hold)
    wall.clock.run_for(ASKS)
    while not held:
        wall.wait_for_timeout(50)
    return answer


def tile(wall: Page, pledge: Pledge) -> Locator:
    """Find where a pledge hangs."""
    return wall.locator(f'.wall__board [data-pledge="{pledge.id}"]')


def mark(wall: Page) -> None:
    """Leave something in the page that no navigation survives."""
    wall.evaluate("window.stayed = true")


def is_marked(wall: Page) -> bool:
    """Say whether the page is still the one that was marked."""
    return bool(wall.evaluate("window.stayed === true"))


def promised(served: Served) -> int:
    """Count the cards in the album."""
    return len(list((served.data / "album").glob("*/*/card.jpg")))

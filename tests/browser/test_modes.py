"""The ways a wall shows photos: switched live, in the light that was scheduled."""

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route, expect
from sqlalchemy import delete, insert

from kiosk import store
from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from kiosk.store import lights
from kiosk.store.lights import Light
from kiosk.store.modes import Mode
from kiosk.web.news import TILES
from tests.browser.beside import CALM, beside, decided, hung
from tests.browser.conftest import LANDSCAPE, page_of
from tests.browser.measure import booth_faults, faults, shoot
from tests.browser.steps import VI, kept, photographed, screen
from tests.browser.test_wall import (
    SEEN,
    SIZES,
    at_the_wall,
    is_marked,
    mark,
    pass_two_seconds,
    tile,
)
from tests.served import Served

PHOTO_MODES = ["mosaic", "slideshow", "picture"]
LIT = ".slot--light .tile, .slot--slide .tile"
LIT_IS = f"""id => document.querySelector("{LIT}")?.dataset.pledge === id"""
NOTE_WHO_COMES = """id => new MutationObserver(() => {
  window.came ||= Boolean(document.querySelector(`[data-pledge="${id}"]`))
}).observe(document.querySelector("wall-screen"), {
  childList: true,
  subtree: true,
})"""
NOTE_ANY_TILE = """() => {
  window.old = document.querySelector("wall-screen")
  new MutationObserver(() => {
    window.came ||= Boolean(document.querySelector(".tile"))
  }).observe(document.body, { childList: true, subtree: true })
}"""
NOTE_SHOWN_TILE = """() => new MutationObserver(() => {
  const shown = "wall-screen:not(.is-coming, [data-blank]) .wall__board .tile"
  window.came ||= Boolean(document.querySelector(shown))
}).observe(document.body, { childList: true, subtree: true, attributes: true })"""
BEGIN_ANEW = """async () => {
  const { src } = document.querySelector("script[type=module]")
  const { renew } = await import(src.replace("wall.js", "rest.js"))
  renew(document.querySelector("wall-screen"))
}"""
SLOW_PICTURE = """() => {
  const fetched = window.fetch
  window.fetch = async (...wish) => {
    const isSlow = String(wish[0]).includes("picture.jpg")
    if (isSlow) await new Promise((resume) => setTimeout(resume, 500))
    return fetched(...wish)
  }
}"""
HOUR = 3_600_000  # milliseconds
RENEWED = """async photos => {
  const old = document.querySelector("wall-screen")
  const bare = []
  const look = () => {
    if (!document.querySelector(photos)) bare.push(performance.now())
    if (!window.isRenewed) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  const { src } = document.querySelector("script[type=module]")
  const { renew } = await import(src.replace("wall.js", "rest.js"))
  await renew(old)
  while (old.isConnected) await new Promise(requestAnimationFrame)
  window.isRenewed = true
  return { bare: bare.length, screens: document.querySelectorAll("wall-screen").length }
}"""


@pytest.fixture
def booth(everyone: Booth) -> Iterator[Booth]:
    """Leave walls as a night begins."""
    yield everyone
    everyone.hall.unblank(who="the next test")
    everyone.hall.show_as(Mode.MOSAIC, who="the next test")


def shown_as(booth: Booth, wall: Page, mode: str) -> None:
    booth.hall.show_as(Mode(mode), who="a volunteer")
    screen = wall.locator("wall-screen")
    expect(screen).to_have_attribute("data-mode", mode, timeout=SEEN)


def lit(wall: Page) -> str | None:
    return wall.locator(LIT).first.get_attribute("data-pledge")


def picture(wall: Page) -> bytes:
    """Fetch the campaign's picture as this wall may."""
    address = wall.url.replace("/wall", "/wall/picture.jpg")
    return wall.request.get(address).body()


@pytest.mark.parametrize("count", [0, 1, 3, 70])
def test_every_mode_fits_every_size_of_wall(
    browser: Browser, served: Served, booth: Booth, count: int
) -> None:
    while len(hanging(booth)) < count:
        hung(booth, len(hanging(booth)), face=len(hanging(booth)) % 2 == 0)
    found = {}
    for size in SIZES:
        wall = at_the_wall(browser, served, size)
        for mode in [*PHOTO_MODES, "stage"]:
            shown_as(booth, wall, mode)
            wall.wait_for_timeout(1000)  # what flies or fades has landed
            found[size, mode] = faults(wall, touch=0)
            shoot(wall, f"wall-{mode}-{count}", "vi")
        wall.context.close()

    assert found == {each: [] for each in found}


@pytest.mark.parametrize("words", ["W" * 20 + " 23", "Cố lê" + "n" * 25])
def test_a_word_longer_than_its_line_breaks_in_every_mode(
    browser: Browser, served: Served, booth: Booth, words: str
) -> None:
    new = hung(booth, 0, words=words, face=True)
    booth.desk.star(new.id, is_starred=True)
    _forget_the_schedule(booth)
    wall = at_the_wall(browser, served)
    wide = {}
    for mode in ("mosaic", "slideshow", "stage"):
        shown_as(booth, wall, mode)
        said = wall.locator(".reader h2" if mode == "stage" else ".tile__words")
        shown = said.filter(has_text=words)
        expect(shown.first).to_be_visible()
        wide[mode] = shown.evaluate_all("""all => all.map(
          each => each.scrollWidth - each.clientWidth).filter(more => more > 1)""")
        shoot(wall, f"wall-{mode}-word-{words[0]}", "vi")
    booth.desk.star(new.id, is_starred=False)

    assert wide == {each: [] for each in wide}


def hanging(booth: Booth) -> list[str]:
    with booth.house.database.reading() as db:
        return [each.id for each in store.on_wall(db, 1000)]


def test_a_wall_is_switched_live_and_back_with_all_its_photos(
    browser: Browser, served: Served, booth: Booth
) -> None:
    new = [hung(booth, number, face=True) for number in range(5)]
    wall = at_the_wall(browser, served)
    expect(tile(wall, new[0])).to_be_visible()
    before = min(len(hanging(booth)), TILES)
    expect(wall.locator(".tile")).to_have_count(before, timeout=SEEN)
    mark(wall)

    shown_as(booth, wall, "slideshow")
    expect(wall.locator(".slot--slide .tile")).to_have_count(1)
    expect(wall.locator(".slides__next .tile")).to_have_count(3)
    shown_as(booth, wall, "picture")
    expect(wall.locator(".mural")).to_be_visible(timeout=SEEN)
    shown_as(booth, wall, "stage")
    expect(wall.locator(".tile")).to_have_count(0)
    shown_as(booth, wall, "mosaic")

    expect(wall.locator(".tile")).to_have_count(before, timeout=SEEN)
    assert is_marked(wall)


@pytest.mark.parametrize("mode", PHOTO_MODES)
@pytest.mark.parametrize("how", ["removed", "hidden", "blank"])
def test_what_is_taken_down_leaves_at_once_in_every_mode(
    browser: Browser, served: Served, booth: Booth, mode: str, how: str
) -> None:
    wall = at_the_wall(browser, served)
    shown_as(booth, wall, mode)
    bare = picture(wall)
    new = hung(booth, 0, face=True)
    if mode == "picture":
        expect(wall.locator(".room__number")).not_to_have_text("–")
        assert picture(wall) != bare
    else:
        expect(tile(wall, new)).to_be_visible(timeout=SEEN)

    if how == "blank":
        booth.hall.blank(who="somebody")
        expect(wall.locator(".mural")).to_have_count(0, timeout=SEEN)
        expect(wall.locator(".tile")).to_have_count(0, timeout=SEEN)
        return
    booth.desk.hide(new.token) if how == "hidden" else decided(
        booth, new, Decision.REMOVED
    )

    expect(tile(wall, new)).to_have_count(0, timeout=SEEN)
    assert picture(wall) == bare
    if mode == "picture":
        expect(wall.locator(".mural")).to_have_count(1, timeout=SEEN)


def test_who_left_is_not_in_the_picture_when_no_tile_of_theirs_was_held(
    browser: Browser, served: Served, booth: Booth
) -> None:
    while len(hanging(booth)) < 64:
        hung(booth, 0)
    first = hanging(booth)[-1]
    wall = at_the_wall(browser, served)
    shown_as(booth, wall, "picture")
    mural = wall.locator(".mural")
    expect(mural).to_be_visible(timeout=SEEN)
    wall.wait_for_timeout(1000)  # what was asked for has come
    mural.evaluate("picture => picture.classList.add('is-old')")

    booth.desk.withdraw(first)

    expect(wall.locator(".mural.is-old")).to_have_count(0, timeout=SEEN)
    expect(mural).to_have_count(1)


def test_who_left_does_not_come_late_into_the_picture(
    browser: Browser, served: Served, booth: Booth
) -> None:
    _forget_the_schedule(booth)
    wall = at_the_wall(browser, served)
    shown_as(booth, wall, "picture")
    asked: list[tuple[Route, APIResponse]] = []
    wall.route(
        re.compile(r"/wall/picture\?.*show=.+"),
        lambda route: asked.append((route, route.fetch())),
    )
    new = hung(booth, 0, face=True)
    expect(wall.locator(".mural")).to_have_count(1, timeout=SEEN)
    while not asked:
        wall.wait_for_timeout(50)
    wall.wait_for_timeout(1000)  # the picture with them has come
    wall.locator(".mural").evaluate("picture => picture.classList.add('is-old')")

    decided(booth, new, Decision.REMOVED)
    expect(wall.locator("wall-screen")).not_to_have_attribute("data-blank", "")
    expect(wall.locator(".mural.is-old")).to_have_count(0, timeout=SEEN)
    wall.evaluate(NOTE_WHO_COMES, new.id)
    for route, answer in asked:
        route.fulfill(response=answer)
    wall.wait_for_timeout(1000)  # the answer has been read

    assert not wall.evaluate("window.came")


def test_who_comes_into_the_light_hangs_then_on_a_wall_that_was_opened_since(
    browser: Browser, served: Served, booth: Booth
) -> None:
    while len(hanging(booth)) < 70:
        hung(booth, 0)
    newest, *_, oldest = hanging(booth)
    wall = at_the_wall(browser, served)
    expect(wall.locator(".tile")).to_have_count(61, timeout=SEEN)
    assert wall.locator(f'.tile[data-pledge="{oldest}"]').count() == 0
    schedule(booth, [newest, oldest], lasts=8.0)

    wall.reload()  # the booth's done screen has said when

    wall.wait_for_function(LIT_IS, arg=newest, timeout=SEEN)
    wall.wait_for_function(LIT_IS, arg=oldest, timeout=15_000)
    begins = {each.pledge: each.starts_at for each in following(booth)}[oldest]
    assert time.time() - begins < 3


def test_who_is_in_line_keeps_their_place_on_a_wall_where_all_are(
    browser: Browser, served: Served, booth: Booth
) -> None:
    while len(hanging(booth)) < 70:
        hung(booth, 0)
    wall = at_the_wall(browser, served)
    expect(wall.locator(".tile")).to_have_count(61, timeout=SEEN)
    line = list(reversed(hanging(booth)[:61]))  # the first to hang is lit first
    schedule(booth, line, lasts=30.0)

    for _ in range(3):
        new = hung(booth, 0)
        expect(tile(wall, new)).to_be_visible(timeout=SEEN)

    expect(wall.locator(".tile")).to_have_count(61)
    held = [f'.tile[data-pledge="{each}"]' for each in line[:20]]
    assert [wall.locator(each).count() for each in held] == [1] * 20


def schedule(booth: Booth, ids: Sequence[str], *, lasts: float) -> None:
    """Give each its seconds in the light, from now on, one after the other."""
    now = time.time()
    rows = [
        {
            "pledge": each,
            "starts_at": now + lasts * place,
            "ends_at": now + lasts * (place + 1),
        }
        for place, each in enumerate(ids)
    ]
    with booth.house.database.transaction() as db:
        db.execute(delete(lights.lights))
        db.execute(insert(lights.lights), rows)


def following(booth: Booth) -> Sequence[Light]:
    with booth.house.database.reading() as db:
        return lights.following(db, time.time())


def test_a_picture_that_cannot_be_made_anew_is_taken_off_the_wall(
    browser: Browser, served: Served, booth: Booth
) -> None:
    new = hung(booth, 0)
    wall = at_the_wall(browser, served)
    shown_as(booth, wall, "picture")
    expect(wall.locator(".mural")).to_be_visible(timeout=SEEN)
    wall.route("**/wall/picture.jpg*", lambda route: route.abort())

    decided(booth, new, Decision.REMOVED)

    expect(wall.locator(".mural")).to_have_count(0, timeout=SEEN)


def test_each_stands_in_the_light_in_the_order_of_approval(
    browser: Browser, served: Served, booth: Booth
) -> None:
    _forget_the_schedule(booth)
    wall = at_the_wall(browser, served)
    expect(wall.locator(".wall__silence")).to_be_hidden()
    first, second, third = (hung(booth, number) for number in range(3))
    began = time.monotonic()

    for pledge, starts in ((first, 0.0), (second, 8.0), (third, 15.0)):
        light = wall.locator(f'.slot--light[data-new] [data-pledge="{pledge.id}"]')
        expect(light).to_be_visible(timeout=SEEN)
        assert abs(time.monotonic() - began - starts) < 3


def test_a_guest_at_the_booth_is_told_when_to_look_up_and_then_is_there(
    browser: Browser, served: Served, booth: Booth
) -> None:
    _forget_the_schedule(booth)
    wall, guest = at_the_wall(browser, served), page_of(browser, LANDSCAPE)
    guest.goto(served.url)
    photographed(guest, VI)
    code = kept(guest, VI)
    done = screen(guest, "done")
    expect(done.get_by_text("Một bạn tình nguyện viên xem trước")).to_be_visible()
    for number in range(2):
        hung(booth, number)

    mine = _approved(booth, code)
    soon = done.locator('[data-when="light_soon"]')
    expect(soon).to_be_visible()
    told, at = int("".join(filter(str.isdigit, soon.inner_text()))), time.monotonic()
    shoot(guest, "done-light", "vi")
    assert booth_faults(guest) == []

    light = wall.locator(f'.slot--light [data-pledge="{mine.id}"]')
    expect(light).to_be_visible(timeout=40_000)
    assert abs(time.monotonic() - at - told) <= 3
    expect(done.locator('[data-when="light_now"]')).to_be_visible()


def test_when_nothing_comes_photos_take_turns_and_facts_stand_between(
    browser: Browser, served: Served, booth: Booth
) -> None:
    new = [hung(booth, number) for number in range(4)]
    _forget_the_schedule(booth)
    wall = page_of(browser, LANDSCAPE, touch=False)
    wall.clock.install()
    wall.goto(f"{served.url}/wall")
    expect(tile(wall, new[0])).to_be_visible()

    seen, facts = set(), 0
    for _ in range(60):
        pass_two_seconds(wall)
        seen.add(lit(wall))
        if wall.locator(".wall__aside").is_visible():
            facts += 1
            if facts == 1:
                assert faults(wall, touch=0) == []
                shoot(wall, "wall-fact", "vi")
                expect(wall.locator(".aside:visible small")).to_contain_text("Nguồn:")

    assert len(seen) > 2
    assert 2 <= facts <= 20
    expect(wall.locator(".slot--light")).not_to_have_attribute("data-new", "")


def test_a_fact_leaves_the_only_photo_most_of_the_time(
    browser: Browser, tmp_path: Path
) -> None:
    with Served(tmp_path, cloud=CALM) as served, beside(served) as booth:
        new = hung(booth, 0)
        _forget_the_schedule(booth)
        wall = page_of(browser, LANDSCAPE, touch=False)
        wall.clock.install()
        wall.goto(f"{served.url}/wall")
        expect(tile(wall, new)).to_be_visible()

        facts = 0
        for _ in range(60):
            pass_two_seconds(wall)
            facts += wall.locator(".wall__aside").is_visible()

    assert 4 <= facts <= 20  # one turn of five


def test_photos_of_earlier_come_back_when_more_hang_than_a_wall_holds(
    browser: Browser, served: Served, booth: Booth
) -> None:
    while len(hanging(booth)) < 75:
        hung(booth, 0)
    _forget_the_schedule(booth)
    wall = page_of(browser, LANDSCAPE, touch=False)
    wall.clock.install()
    wall.goto(f"{served.url}/wall")
    expect(wall.locator(".tile")).to_have_count(61)
    first = _ids(wall)

    for _ in range(40):
        pass_two_seconds(wall)

    assert _ids(wall) - first
    expect(wall.locator(".tile")).to_have_count(61)
    back = min(_ids(wall) - first)
    booth.desk.withdraw(back)
    gone = wall.locator(f'[data-pledge="{back}"]')
    expect(gone).to_have_count(0, timeout=SEEN)


@pytest.mark.parametrize("mode", PHOTO_MODES)
def test_a_wall_begins_anew_without_a_bare_moment(
    browser: Browser, served: Served, booth: Booth, mode: str
) -> None:
    new = hung(booth, 0, face=True)
    wall = at_the_wall(browser, served)
    shown_as(booth, wall, mode)
    photos = ".mural" if mode == "picture" else ".slot .tile"
    expect(wall.locator(photos).first).to_be_visible(timeout=SEEN)
    mark(wall)
    wall.evaluate(SLOW_PICTURE)

    told = wall.evaluate(RENEWED, photos)

    assert told == {"bare": 0, "screens": 1}
    assert is_marked(wall)
    decided(booth, new, Decision.REMOVED)
    expect(tile(wall, new)).to_have_count(0, timeout=SEEN)


@pytest.mark.parametrize("how", ["blank", "bare"])
def test_a_wall_that_shows_no_photo_begins_anew_too_and_stays_so(
    browser: Browser, served: Served, booth: Booth, how: str
) -> None:
    hung(booth, 0)  # of the theme "listen"
    if how == "blank":
        booth.hall.blank(who="somebody")
    wall = page_of(browser, LANDSCAPE, touch=False)
    wall.clock.install()
    wall.goto(f"{served.url}/wall{'' if how == 'blank' else '?theme=speak'}")
    expect(wall.locator(".wall__silence")).to_be_hidden()
    wall.evaluate(NOTE_ANY_TILE)

    wall.clock.fast_forward(HOUR)
    for _ in range(30):
        pass_two_seconds(wall)

    assert wall.evaluate("!window.old.isConnected")
    expect(wall.locator("wall-screen")).to_have_count(1)
    assert not wall.evaluate("window.came")


def test_a_wall_that_is_blanked_while_it_begins_anew_stays_blank(
    browser: Browser, served: Served, booth: Booth
) -> None:
    new = hung(booth, 0)
    wall = at_the_wall(browser, served)
    expect(tile(wall, new)).to_be_visible()
    pages: list[tuple[Route, APIResponse]] = []
    wall.route("**/wall", lambda route: pages.append((route, route.fetch())))
    wall.evaluate(BEGIN_ANEW)
    while not pages:
        wall.wait_for_timeout(50)
    booth.hall.blank(who="somebody")
    expect(wall.locator(".tile")).to_have_count(0, timeout=SEEN)
    wall.route("**/wall/feed*", lambda route: route.abort())  # no other news

    wall.evaluate(NOTE_SHOWN_TILE)
    route, answer = pages[0]
    route.fulfill(response=answer)
    wall.wait_for_timeout(2000)  # the screen that came is ready

    assert not wall.evaluate("window.came")
    expect(wall.locator("wall-screen")).to_have_count(1)


def test_the_picture_is_fetched_once_and_once_more_for_all_who_come_meanwhile(
    browser: Browser, served: Served, booth: Booth
) -> None:
    for number in range(5):
        hung(booth, number)
    booth.hall.show_as(Mode.PICTURE, who="a volunteer")
    wall = page_of(browser, LANDSCAPE, touch=False)
    asked: list[str] = []
    wall.on(
        "request",
        lambda each: asked.append(each.url) if "picture.jpg" in each.url else None,
    )

    wall.goto(f"{served.url}/wall")
    expect(wall.locator(".mural")).to_be_visible(timeout=SEEN)
    wall.wait_for_timeout(1000)  # what else was asked for has come

    assert 1 <= len(asked) <= 3


def test_a_wall_of_one_theme_shows_only_that(
    browser: Browser, served: Served, booth: Booth
) -> None:
    new = hung(booth, 0)  # of the theme "listen"
    other, mine = (page_of(browser, LANDSCAPE, touch=False) for _ in range(2))
    other.goto(f"{served.url}/wall?theme=speak")
    mine.goto(f"{served.url}/wall?theme=listen")
    expect(tile(mine, new)).to_be_visible()

    late = hung(booth, 1)

    expect(tile(mine, late)).to_be_visible(timeout=SEEN)
    expect(other.locator(".tile")).to_have_count(0)


@pytest.mark.parametrize("how", ["address", "system"])
def test_a_wall_that_is_asked_to_be_still_moves_nothing(
    browser: Browser, served: Served, booth: Booth, how: str
) -> None:
    wall = page_of(browser, LANDSCAPE, touch=False)
    if how == "system":
        wall.emulate_media(reduced_motion="reduce")
    wall.goto(f"{served.url}/wall{'?motion=off' if how == 'address' else ''}")
    new = hung(booth, 0, face=True)
    expect(tile(wall, new)).to_be_visible(timeout=SEEN)

    for mode in PHOTO_MODES:
        shown_as(booth, wall, mode)
        moving = wall.evaluate(
            "document.getAnimations().filter((each) => each.playState === 'running'"
            " && each.effect.getComputedTiming().duration > 0).length"
        )
        assert moving == 0, mode


def _approved(booth: Booth, code: str) -> Pledge:
    with booth.house.database.reading() as db:
        (pledge,) = store.by_code(db, code)
    return decided(booth, pledge, Decision.APPROVED)


def _ids(wall: Page) -> set[str]:
    tiles = wall.locator(".tile").all()
    return {str(each.get_attribute("data-pledge")) for each in tiles}


def _forget_the_schedule(booth: Booth) -> None:
    """Begin as if the light of earlier tests were over."""
    with booth.house.database.transaction() as db:
        db.execute(delete(lights.lights))

"""No photo is on two volunteers' screens at once, whatever they do."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import func, select

from kiosk import store
from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from kiosk.store import acts
from tests.browser.beside import decided, keep
from tests.browser.conftest import PHONE, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import signed_in
from tests.served import Served
from tests.waiting import eventually

SEEN = 10_000  # milliseconds
MANY = 30
SETTLE = 320  # milliseconds that a screen takes no other touch

NOTE_WHAT_IS_SEEN = """
window.seen = []
const shown = () => {
  const cases = [...document.querySelectorAll(".case")].filter((each) => !each.hidden)
  const places = [...document.querySelectorAll(".rail button, .grid button")]
  const pictured = places.filter((each) => each.querySelector("img[src]"))
  return new Set([...cases, ...pictured].map(({ dataset }) => dataset.pledge))
}
let before = new Set()
const note = () => {
  const [now, at] = [shown(), performance.timeOrigin + performance.now()]
  for (const id of now) if (!before.has(id)) window.seen.push([id, at, true])
  for (const id of before) if (!now.has(id)) window.seen.push([id, at, false])
  before = now
}
const options = { subtree: true, childList: true, attributes: true }
addEventListener("DOMContentLoaded", () => {
  note()
  new MutationObserver(note).observe(document.body, options)
})
"""


class Sight(NamedTuple):
    """One photo on one screen, from when to when, in milliseconds."""

    screen: int
    pledge: str
    since: float
    until: float


@pytest.fixture
def booth(browser: Browser, everyone: Booth) -> Iterator[Booth]:
    """Leave nothing in the queue for the next test, and nobody who looks at it."""
    yield everyone
    for context in browser.contexts:
        for page in context.pages:
            page.goto("about:blank")
    for pledge in waiting(everyone):
        everyone.desk.withdraw(pledge.id)


def test_three_who_decide_thirty_photos_never_see_the_same_one(
    browser: Browser, served: Served, booth: Booth
) -> None:
    kept = [keep(booth, number) for number in range(MANY // 2)]
    screens = [noting(browser, served, size) for size in (TABLET, TABLET, PHONE)]
    kept += [keep(booth, number) for number in range(MANY - len(kept))]

    def decide() -> bool:
        for each, key in zip(screens, "apa", strict=True):
            each.keyboard.press(key)
            each.wait_for_timeout(SETTLE / len(screens))
        return not waiting(booth)

    eventually(decide)

    sights = [
        sight
        for number, each in enumerate(screens)
        for sight in sights_of(each, number)
    ]
    assert {each.pledge for each in sights} == {each.id for each in kept}
    assert seen_twice(sights) == []
    assert {each.screen for each in sights} == {0, 1, 2}
    for each in kept:
        assert decisions_on(booth, each) == 1


def test_nothing_is_shown_before_the_booth_has_said_whose_it_is(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = keep(booth, 0)
    page = page_of(browser, TABLET)
    signed_in(page, served.url, served.pin)
    expect(case(page, pledge)).to_be_visible(timeout=SEEN)
    page.route("**/moderation/leases", lambda route: route.abort())

    page.reload()

    expect(page.locator(".rail button")).to_have_count(1)
    expect(case(page, pledge)).to_be_hidden()
    expect(page.locator(".rail img[src]")).to_have_count(0)
    expect(page.locator(".acts").first).to_be_hidden()


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_another_looks_at_is_a_place_without_a_photo(
    browser: Browser, served: Served, booth: Booth, size: tuple[int, int], language: str
) -> None:
    first = keep(booth, 0)
    one = page_of(browser, TABLET)
    signed_in(one, served.url, served.pin)
    expect(case(one, first)).to_be_visible(timeout=SEEN)
    other = page_of(browser, size, language)
    signed_in(other, served.url, served.pin)
    expect(other.locator(".taken")).to_be_visible()
    found = {"taken": measured(other, "mod-taken", language)}

    second = keep(booth, 1)
    expect(case(other, second)).to_be_visible(timeout=SEEN)
    expect(case(one, first)).to_be_visible()
    found["beside"] = measured(other, "mod-beside", language)

    expect(other.locator(f'.rail [data-pledge="{first.id}"] img[src]')).to_have_count(0)
    decided(booth, second, Decision.PRIVATE)
    expect(other.locator(".taken")).to_be_visible(timeout=SEEN)
    assert found == {"taken": [], "beside": []}


@pytest.mark.parametrize("how", ["closes", "signs out", "is hidden"])
def test_who_goes_leaves_the_photo_to_the_other(
    browser: Browser, served: Served, booth: Booth, how: str
) -> None:
    pledge = keep(booth, 0)
    leaving, staying = (page_of(browser, TABLET) for _ in range(2))
    signed_in(leaving, served.url, served.pin)
    expect(case(leaving, pledge)).to_be_visible(timeout=SEEN)
    signed_in(staying, served.url, served.pin)
    expect(staying.locator(".taken")).to_be_visible()

    if how == "closes":
        leaving.close()
    elif how == "signs out":
        leaving.locator('[data-do="leave"]').tap()
        expect(leaving.locator(".pad")).to_be_visible()
    else:
        turned(leaving, is_hidden=True)
        expect(case(leaving, pledge)).to_be_hidden()

    expect(case(staying, pledge)).to_be_visible(timeout=SEEN)
    if how == "is hidden":
        turned(leaving, is_hidden=False)
        expect(leaving.locator(".taken")).to_be_visible()


def test_a_screen_that_the_booth_does_not_hear_shows_no_photo_after_its_lease(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = keep(booth, 0)
    page = page_of(browser, TABLET)
    page.clock.install()
    signed_in(page, served.url, served.pin)
    expect(case(page, pledge)).to_be_visible(timeout=SEEN)
    page.route("**/moderation/leases", lambda route: route.abort())

    page.clock.run_for(27_000)
    expect(case(page, pledge)).to_be_visible()
    page.clock.run_for(2_000)

    expect(case(page, pledge)).to_be_hidden()
    expect(page.locator(".rail img[src]")).to_have_count(0)
    page.unroute("**/moderation/leases")
    page.clock.run_for(10_000)
    expect(case(page, pledge)).to_be_visible()


def test_a_volunteer_who_comes_gets_half_of_what_one_held(
    browser: Browser, served: Served, booth: Booth
) -> None:
    kept = [keep(booth, number) for number in range(4)]
    one = noting(browser, served, TABLET)
    # A page of the test before may have gone without a word: it counts for a lease.
    expect(one.locator(".rail img[src]")).to_have_count(4, timeout=4 * SEEN)

    other = noting(browser, served, TABLET)

    expect(case(other, kept[2])).to_be_visible(timeout=SEEN)
    for each in (one, other):
        expect(each.locator(".rail img[src]")).to_have_count(2)
        expect(each.locator(".rail [data-busy]")).to_have_count(2)
    assert seen_twice([*sights_of(one, 0), *sights_of(other, 1)]) == []


def noting(browser: Browser, served: Served, size: tuple[int, int]) -> Page:
    """Wake a volunteer's device that notes what is seen on it, and when."""
    page = page_of(browser, size)
    page.add_init_script(NOTE_WHAT_IS_SEEN)
    signed_in(page, served.url, served.pin)
    return page


def sights_of(page: Page, screen: int) -> list[Sight]:
    """Return each photo that was on a screen, and for how long."""
    begun: dict[str, float] = {}
    sights = []
    for pledge, at, is_seen in page.evaluate("window.seen"):
        if is_seen:
            begun[pledge] = at
        else:
            sights.append(Sight(screen, pledge, begun.pop(pledge), at))
    end = float("inf")
    return sights + [Sight(screen, each, at, end) for each, at in begun.items()]


def seen_twice(sights: list[Sight]) -> list[tuple[Sight, Sight]]:
    """Return the photos that were on two screens at the same moment."""
    return [
        (one, other)
        for one, other in combinations(sights, 2)
        if one.pledge == other.pledge
        and one.screen != other.screen
        and max(one.since, other.since) < min(one.until, other.until)
    ]


def turned(page: Page, *, is_hidden: bool) -> None:
    """Turn to another page, or back, as the browser tells it."""
    page.evaluate(
        """isHidden => {
          const hidden = { value: isHidden, configurable: true }
          Object.defineProperty(document, "hidden", hidden)
          document.dispatchEvent(new Event("visibilitychange"))
        }""",
        is_hidden,
    )


def waiting(booth: Booth) -> list[Pledge]:
    """Read what waits for a volunteer."""
    with booth.house.database.reading() as db:
        return list(store.queue(db, 100))


def decisions_on(booth: Booth, pledge: Pledge) -> int:
    """Count the decisions about a pledge."""
    with booth.house.database.reading() as db:
        about = select(func.count()).where(acts.acts.c.pledge == pledge.id)
        return int(db.execute(about).scalar_one())


def case(page: Page, pledge: Pledge) -> Locator:
    """Find the card of a pledge in the queue."""
    return page.locator(f'.case[data-pledge="{pledge.id}"]')


def measured(page: Page, state: str, language: str) -> list[str]:
    """Measure a screen held in the hand, and picture it."""
    shoot(page, state, language)
    return faults(page, touch=FINGER)

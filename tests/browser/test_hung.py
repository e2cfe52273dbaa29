"""What hangs on the wall: found, chosen for the stage, pulled back, removed."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import delete

from kiosk import store
from kiosk.booth import Booth
from kiosk.booth.desk import Desk
from kiosk.pledge import Decision, Pledge
from kiosk.words import translate
from tests.browser.beside import beside, decided, hung, keep
from tests.browser.conftest import PHONE, TABLET
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import a_volunteer
from tests.night import Clock
from tests.served import Served

SEEN = 10_000  # milliseconds: five times the figure
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
LONG_NAME = "Quầy số 12 bên cổng chính phía tây lầu 2"
FOUND = {"vi": "Tìm thấy 1 ảnh.", "en": "1 found."}
SIZES = pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])


@pytest.fixture
def booth(everyone: Booth) -> Iterator[Booth]:
    """Leave nothing on the wall or in the queue for the next test."""
    yield everyone
    with everyone.house.database.reading() as db:
        left = [*store.queue(db, 100), *store.on_wall(db, 100)]
    for pledge in left:
        everyone.desk.withdraw(pledge.id)


@pytest.fixture
def other(served: Served) -> Iterator[Booth]:
    """Have another booth's guests in the same album."""
    with beside(served, LONG_NAME) as other:
        yield other
        with other.house.database.transaction() as db:
            db.execute(delete(store.links))
            db.execute(delete(store.pledges))


@LANGUAGES
@SIZES
def test_every_state_of_the_list_fits_the_device(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    pledges = [hung(booth, number, face=number == 2) for number in range(5)]
    booth.desk.star(pledges[3].id, is_starred=True)
    waiting = keep(booth, 0)
    page = opened(browser, served, size, language)
    expect(finds(page)).to_have_count(5)
    found = {"list": measured(page, "mod-hung", language)}
    button(page, pledges[4], "removed").tap()
    found["sure"] = measured(page, "mod-hung-remove", language)
    button(page, pledges[4], "private").tap()
    expect(page.locator(".toast")).to_be_visible()
    expect(button(page, pledges[4], "private")).to_have_count(0)
    found["back"] = measured(page, "mod-hung-back", language)
    code(page).fill(waiting.code.lower())
    expect(finds(page)).to_have_count(1)
    found["code"] = measured(page, "mod-hung-code", language)
    code(page).fill("2")
    code(page).fill("1111")
    expect(finds(page)).to_have_count(0)
    found["none"] = measured(page, "mod-hung-none", language)

    assert found == {state: [] for state in found}


def test_a_photo_is_pulled_back_in_two_touches_and_hung_again_by_undo(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = hung(booth, 0)
    page = a_volunteer(browser, served)

    page.locator('.tally[data-show="hung"]').tap()
    button(page, pledge, "private").tap()

    expect(page.locator(".toast__words")).to_contain_text(pledge.code)
    expect(button(page, pledge, "private")).to_have_count(0)
    assert now(booth, pledge).decision is Decision.PRIVATE
    page.locator('.toast [data-do="undo"]').tap()
    expect(button(page, pledge, "private")).to_be_visible()
    assert now(booth, pledge).is_on_wall


def test_undo_by_key_goes_the_same_way_and_only_once(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = hung(booth, 0)
    page = opened(browser, served)
    button(page, pledge, "private").tap()
    expect(button(page, pledge, "private")).to_have_count(0)
    expect(page.locator('.toast [data-do="undo"]')).to_be_visible()

    page.evaluate("new Promise((done) => setTimeout(done, 350))")
    page.keyboard.press("u")
    page.keyboard.press("u")

    expect(button(page, pledge, "private")).to_be_visible()
    assert now(booth, pledge).revision == pledge.revision + 2


def test_a_second_key_does_not_take_back_what_was_decided_in_the_queue(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge, other = hung(booth, 0), keep(booth, 1)
    page = a_volunteer(browser, served)
    expect(page.locator(f'.case[data-pledge="{other.id}"]')).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator(".toast")).to_be_visible()
    page.locator('[data-show="hung"]').tap()
    button(page, pledge, "private").tap()
    expect(button(page, pledge, "private")).to_have_count(0)
    page.evaluate("new Promise((done) => setTimeout(done, 350))")

    for _ in range(3):
        page.keyboard.press("u")

    expect(button(page, pledge, "private")).to_be_visible()
    assert now(booth, other).decision is Decision.PRIVATE


def test_what_is_private_is_found_and_hung_after_all(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = decided(booth, keep(booth, 0), Decision.PRIVATE)
    page = opened(browser, served)
    code(page).fill(pledge.code)
    expect(finds(page)).to_have_count(1)
    photo = row(page, pledge).locator("img")
    expect(photo).not_to_have_js_property("naturalWidth", 0)

    button(page, pledge, "approved").tap()

    expect(button(page, pledge, "private")).to_be_visible()
    assert now(booth, pledge).is_on_wall
    page.locator('.toast [data-do="undo"]').tap()
    expect(button(page, pledge, "approved")).to_be_visible()
    assert now(booth, pledge).decision is Decision.PRIVATE


def test_remove_needs_a_second_touch(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = hung(booth, 0)
    page = opened(browser, served)

    button(page, pledge, "removed").tap()
    expect(button(page, pledge, "removed")).to_have_class(
        "btn btn--bad is-armed btn--bad-solid"
    )
    assert now(booth, pledge).is_on_wall
    button(page, pledge, "removed").tap()

    expect(row(page, pledge).locator("img")).to_have_count(0)
    assert now(booth, pledge).decision is Decision.REMOVED


def test_a_star_is_set_and_taken_and_keeps_the_focus(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = hung(booth, 0)
    page = opened(browser, served)
    star = button(page, pledge, "star")

    star.focus()
    page.keyboard.press("Enter")

    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()
    assert now(booth, pledge).is_starred
    page.evaluate("new Promise((done) => setTimeout(done, 350))")
    star.tap()
    expect(star).to_have_attribute("aria-pressed", "false")
    assert not now(booth, pledge).is_starred


def test_what_others_do_is_drawn_where_it_stands_and_new_ones_wait_for_a_touch(
    browser: Browser, served: Served, booth: Booth
) -> None:
    first, second = hung(booth, 0), hung(booth, 1)
    page = opened(browser, served)
    expect(finds(page)).to_have_count(2)
    fresh = page.locator('[data-hung="fresh"]')
    expect(fresh).to_be_hidden()

    third = hung(booth, 2)
    decided(booth, first, Decision.PRIVATE)
    expect(button(page, first, "private")).to_have_count(0, timeout=SEEN)
    expect(finds(page)).to_have_count(2)
    hung(booth, 3)
    expect(fresh).to_be_visible(timeout=SEEN)
    fresh.tap()

    expect(finds(page)).to_have_count(3)
    expect(row(page, third)).to_be_visible()
    expect(row(page, second)).to_be_visible()
    expect(fresh).to_be_hidden()


def test_letters_of_a_code_decide_nothing(
    browser: Browser, served: Served, booth: Booth
) -> None:
    waiting = keep(booth, 0)
    page = opened(browser, served)

    code(page).focus()
    page.keyboard.type("apru")

    page.locator('.tally[data-show="queue"]').tap()
    expect(page.locator(f'.case[data-pledge="{waiting.id}"]')).to_be_visible()
    assert now(booth, waiting) == waiting


def test_a_guest_who_says_about_when_is_found_by_the_time(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = keep(booth, 0)
    page = opened(browser, served)
    page.locator('[name="from"]').fill(pledge.kept_at.astimezone().strftime("%H:%M"))

    expect(row(page, pledge)).to_be_visible()
    page.locator('.hung__search [type="reset"]').tap()
    expect(row(page, pledge)).to_have_count(0)


@LANGUAGES
@SIZES
def test_where_booths_are_several_one_is_chosen_in_two_touches(
    browser: Browser,
    served: Served,
    booth: Booth,
    other: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    here, there = hung(booth, 0), hung(other, 1)
    page = opened(browser, served, size, language)
    expect(finds(page)).to_have_count(2)

    page.locator('[name="booth"]').select_option(LONG_NAME)

    expect(row(page, here)).to_have_count(0)
    expect(row(page, there)).to_be_visible()
    assert measured(page, "mod-hung-booth", language) == []
    page.locator('[name="from"]').fill(there.kept_at.astimezone().strftime("%H:%M"))
    expect(page.locator(".hung__said")).to_have_text(FOUND[language])
    expect(row(page, there)).to_be_visible()
    code(page).fill(here.code)
    expect(row(page, here)).to_be_visible()
    expect(page.locator('[name="booth"]')).to_have_value("")


def test_the_walls_mode_is_chosen_here_and_seen_by_every_volunteer(
    browser: Browser, served: Served, booth: Booth
) -> None:
    one, other = opened(browser, served), opened(browser, served, PHONE, "en")
    expect(other.get_by_role("radio", name="Mosaic")).to_be_checked()

    one.get_by_role("radio", name="Sân khấu").check()

    expect(other.get_by_role("radio", name="Stage")).to_be_checked(timeout=SEEN)
    one.context.set_offline(True)
    one.get_by_role("radio", name="Tường ảnh").click()
    expect(one.locator(".toast")).to_be_visible()
    expect(one.get_by_role("radio", name="Sân khấu")).to_be_checked()
    one.context.set_offline(False)
    other.get_by_role("radio", name="Mosaic").check()
    expect(one.get_by_role("radio", name="Tường ảnh")).to_be_checked(timeout=SEEN)


@LANGUAGES
@SIZES
def test_a_request_says_by_when_it_must_be_answered_and_when_it_is_late(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    long_ago = Clock(time.time() - 6 * 86400)
    late, fresh = hung(booth, 0), hung(booth, 2, face=True)
    Desk(booth.house, long_ago).hide(late.token)
    booth.desk.hide(fresh.token)
    page = a_volunteer(browser, served, size, language)
    page.locator('.tally[data-show="requests"]').tap()

    due = {
        each: page.locator(f'.request[data-pledge="{each.id}"] .request__due')
        for each in (late, fresh)
    }
    by = {"vi": "Trả lời trước ", "en": "Answer by "}[language]
    was_due = {"vi": "Trễ rồi: ", "en": "Late: "}[language]
    expect(due[fresh]).to_contain_text(by)
    expect(due[late].locator("span:visible")).to_contain_text(was_due)
    expect(due[fresh].locator("span:visible")).to_contain_text(by)
    assert measured(page, "mod-requests-clock", language) == []


def test_the_later_of_two_volunteers_is_told_and_sees_what_it_is(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = hung(booth, 0)
    page = opened(browser, served)
    expect(button(page, pledge, "private")).to_be_visible()
    page.route(
        "**/decision",
        lambda route: (decided(booth, pledge, Decision.PRIVATE), route.continue_()),
    )

    button(page, pledge, "private").tap()

    expect(page.locator(".toast__words")).to_have_text(
        translate("vi", "Another volunteer was first.")
    )
    expect(button(page, pledge, "private")).to_have_count(0)


def opened(
    browser: Browser,
    served: Served,
    size: tuple[int, int] = TABLET,
    language: str = "vi",
) -> Page:
    """Wake a device and go to what hangs."""
    page = a_volunteer(browser, served, size, language)
    page.locator('.tally[data-show="hung"]').tap()
    expect(page.locator(".hung__said")).not_to_be_empty()
    return page


def finds(page: Page) -> Locator:
    """Find every row of the list."""
    return page.locator(".find")


def row(page: Page, pledge: Pledge) -> Locator:
    """Find the row of a pledge."""
    return page.locator(f'.find[data-pledge="{pledge.id}"]')


def button(page: Page, pledge: Pledge, wish: str) -> Locator:
    """Find one of the buttons in a pledge's row."""
    return row(page, pledge).locator(f'[data-hung="{wish}"]')


def code(page: Page) -> Locator:
    """Find the field for a short code."""
    return page.locator('.hung [name="code"]')


def now(booth: Booth, pledge: Pledge) -> Pledge:
    """Read what has become of a pledge."""
    with booth.house.database.reading() as db:
        return store.get(db, pledge.id)


def measured(page: Page, state: str, language: str) -> list[str]:
    """Measure a screen held in the hand, and picture it."""
    shoot(page, state, language)
    return faults(page, touch=FINGER)

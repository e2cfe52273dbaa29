"""A promise that may ask for help: its words alone, whom to call, and two asks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kiosk import store
from kiosk.booth import Booth
from kiosk.config import ROOT
from kiosk.flags import Flag
from kiosk.pledge import Decision
from kiosk.words import translate
from tests.browser.beside import CALM, decided, hung, keep
from tests.browser.conftest import PHONE, TABLET
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import a_volunteer, looked_at
from tests.served import Served

SETTLE = 400  # milliseconds: longer than a screen rests after a touch
CRY = {"vi": "Mình muốn có ai đó nói chuyện với mình", "en": "I want to die"}
RUDE = "đm bọn lừa đảo, lớp 10A1 gọi 0912 345 678"
GOES_ON = """() => {
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }))
  return document.querySelector(".rail img").hidden
}"""
"""Go on to the next card, and say at once whether the rail hides the first."""
PRESSED_TWICE = """() => ["a", "a"].forEach((key) =>
  document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })))"""
SIZES = pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve an event whose safeguarding lead is named."""
    folder = tmp_path_factory.mktemp("served")
    with Served(folder, cloud=CALM, event=an_event(folder)) as opened:
        yield opened


@pytest.fixture
def booth(everyone: Booth) -> Iterator[Booth]:
    """Leave nothing in the queue for the next test."""
    yield everyone
    with everyone.house.database.reading() as db:
        left = [*store.queue(db, 100), *store.on_wall(db, 100)]
    for pledge in left:
        everyone.desk.withdraw(pledge.id)


def an_event(folder: Path) -> Path:
    """Name somebody in a copy of the event."""
    event = folder / "event"
    event.mkdir(parents=True)
    for file in (ROOT / "event").glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        named = text.replace('lead = ""', 'lead = "Chị Lan"')
        named = named.replace('phone = ""', 'phone = "0900 000 000"')
        (event / file.name).write_text(named, encoding="utf-8")
    return event


def measured(page: Page, state: str, language: str) -> list[str]:
    shoot(page, state, language)
    return faults(page, touch=FINGER, scrolls=True)


def waiting(browser: Browser, served: Served, booth: Booth, *said: str) -> Page:
    for words in said:
        keep(booth, 0, words=words)
    return volunteer(browser, served, len(said))


def volunteer(browser: Browser, served: Served, count: int) -> Page:
    page = a_volunteer(browser, served)
    expect(page.locator(".rail button")).to_have_count(count)  # its script is there
    return page


def tap(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).tap()


def decision(booth: Booth, pledge: str) -> Decision:
    with booth.house.database.reading() as db:
        return store.get(db, pledge).decision


def guard(page: Page) -> Locator:
    return page.locator(".guard__said")


@LANGUAGES
@SIZES
def test_the_safeguarding_card_and_its_asks_fit_the_device(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    keep(booth, int(language == "en"), words=CRY[language])
    keep(booth, 0, words=RUDE, face=True)
    page = a_volunteer(browser, served, size, language)
    expect(guard(page)).to_contain_text(CRY[language])
    found = {"guard": measured(page, "mod-safeguarding", language)}
    page.locator('.guard__acts [data-do="ask"]').tap()
    found["sure"] = measured(page, "mod-safeguarding-remove", language)
    page.locator('.acts--sure [data-do="ask"]').tap()
    found["lead"] = measured(page, "mod-safeguarding-lead", language)
    page.locator('.guard__sure [data-do="calm"]').tap()
    page.locator('.guard__acts [data-do="look"]').tap()
    expect(page.locator(".case:not([hidden])")).to_be_visible()
    found["looked"] = measured(page, "mod-safeguarding-looked", language)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".case:not([hidden]) [data-flag=phone]")).to_be_visible()
    found["flags"] = measured(page, "mod-flags", language)
    assert found == {state: [] for state in found}


@pytest.mark.parametrize("how", ["key", "touch"])
def test_a_second_touch_on_the_card_does_not_decide_on_the_photo_under_it(
    browser: Browser, served: Served, booth: Booth, how: str
) -> None:
    cry = keep(booth, 0, words=CRY["vi"], face=True)
    page = volunteer(browser, served, 1)
    expect(guard(page)).to_contain_text(CRY["vi"])
    photo = page.locator(".case__photo img")
    photo.evaluate("each => { each.loading = 'eager' }")
    expect(photo).not_to_have_js_property("naturalWidth", 0)

    if how == "key":
        page.evaluate(PRESSED_TWICE)
    else:
        place = page.locator('.guard__acts [data-do="look"]').bounding_box()
        assert place
        middle = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        page.mouse.dblclick(*middle, delay=20)

    expect(page.locator(".case:not([hidden])")).to_be_visible()
    page.wait_for_timeout(SETTLE)
    assert decision(booth, cry.id) is Decision.WAITING
    page.keyboard.press("a")
    expect(page.locator(".case")).to_have_count(0)
    assert decision(booth, cry.id) is Decision.APPROVED


def test_a_cry_for_help_is_shown_as_words_alone_with_whom_to_call(
    browser: Browser, served: Served, booth: Booth
) -> None:
    page = waiting(browser, served, booth, CRY["vi"])

    expect(guard(page)).to_contain_text(CRY["vi"])
    expect(page.locator(".case__photo")).to_be_hidden()
    expect(page.locator(".callrow")).to_have_attribute("href", "tel:0900000000")
    expect(page.locator(".callrow")).to_contain_text("Chị Lan")
    flags = page.locator(".case").get_attribute("data-flags") or ""
    assert Flag.HELP in flags.split()  # and perhaps "again": the last test's words


def test_a_cry_for_help_is_removed_only_after_two_asks(
    browser: Browser, served: Served, booth: Booth
) -> None:
    page = waiting(browser, served, booth, CRY["vi"])
    waits = page.locator(".case")

    tap(page, "Gỡ")
    tap(page, "Chạm lần nữa để gỡ")
    expect(page.locator(".guard__sure")).to_contain_text("Đây có thể là lời kêu cứu.")
    expect(waits).to_have_count(1)
    tap(page, "Người phụ trách biết rồi: gỡ")

    expect(waits).to_have_count(0)
    expect(page.locator('[data-tally="removed"]')).to_have_text(re.compile("[1-9]"))


def test_no_rail_shows_who_may_need_help_until_somebody_looks(
    browser: Browser, served: Served, booth: Booth
) -> None:
    keep(booth, 0, words=CRY["vi"], face=True)
    keep(booth, 0, words=RUDE, face=True)
    page = volunteer(browser, served, 2)
    cry, other = (button.locator("img") for button in rail(page))
    expect(guard(page)).to_contain_text(CRY["vi"])

    expect(other).to_be_visible()
    expect(cry).to_be_hidden()
    assert cry.get_attribute("src") is None
    assert measured(page, "mod-safeguarding-rail", "vi") == []
    tap(page, translate("vi", "It is not that"))
    expect(cry).to_be_visible()
    assert page.evaluate(GOES_ON)
    expect(cry).to_be_hidden()
    expect(other).to_be_visible()


@SIZES
@LANGUAGES
def test_no_grid_shows_who_may_need_help(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    cry = keep(booth, int(language == "en"), words=CRY[language], face=True)
    others = [keep(booth, 0, words=each, face=True) for each in (RUDE, "Mình hứa")]
    page = a_volunteer(browser, served, size, language)
    page.locator('.dock [data-do="grid"]').tap()
    tile = page.locator(f'.gt[data-pledge="{cry.id}"]')
    for each in others:
        expect(page.locator(f'.gt[data-pledge="{each.id}"] img')).to_be_visible()

    expect(tile).to_be_visible()
    expect(tile.locator("img")).to_be_hidden()
    assert tile.locator("img").get_attribute("src") is None
    assert measured(page, "mod-grid-help", language) == []
    tile.tap()
    expect(guard(page)).to_contain_text(CRY[language])


@SIZES
def test_no_list_shows_who_may_need_help_unless_it_hangs(
    browser: Browser, served: Served, booth: Booth, size: tuple[int, int]
) -> None:
    private = keep(booth, 0, words=CRY["vi"], face=True)
    decided(booth, private, Decision.PRIVATE)
    hangs = hung(booth, 0, words=CRY["vi"], face=True)
    asked = keep(booth, 0, words=CRY["vi"], face=True)
    booth.desk.hide(asked.token)
    page = a_volunteer(browser, served, size)

    page.locator('.tally[data-show="requests"]').tap()
    request = page.locator(f'.request[data-pledge="{asked.id}"]')
    expect(request).to_contain_text(CRY["vi"])
    expect(request.locator("img")).to_have_count(0)
    assert measured(page, "mod-requests-help", "vi") == []
    page.locator('.tally[data-show="hung"]').tap()
    for pledge, pictures in ((hangs, 1), (private, 0)):
        page.locator('.hung [name="code"]').fill(pledge.code)
        row = page.locator(f'.find[data-pledge="{pledge.id}"]')
        expect(row).to_contain_text(CRY["vi"])
        expect(row.locator("img")).to_have_count(pictures)
    assert measured(page, "mod-hung-help-private", "vi") == []


@SIZES
@LANGUAGES
def test_a_cry_for_help_in_a_list_is_approved_only_after_a_look(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    cry = keep(booth, int(language == "en"), words=CRY[language], face=True)
    decided(booth, cry, Decision.PRIVATE)
    page = a_volunteer(browser, served, size, language)
    page.locator('.tally[data-show="hung"]').tap()
    page.locator('.hung [name="code"]').fill(cry.code)
    row = page.locator(f'.find[data-pledge="{cry.id}"]')
    look, approve = (row.locator(f'[data-hung="{e}"]') for e in ("look", "approved"))
    expect(look).to_be_visible()
    expect(approve).to_be_hidden()
    assert measured(page, "mod-hung-help-private", language) == []

    look.dblclick()

    expect(row.locator("img")).not_to_have_js_property("naturalWidth", 0)
    expect(approve).to_be_focused()
    page.wait_for_timeout(SETTLE)
    assert measured(page, "mod-hung-help-look", language) == []
    assert decision(booth, cry.id) is Decision.PRIVATE
    approve.tap()
    expect(row.locator('[data-hung="private"]')).to_be_visible()
    assert decision(booth, cry.id) is Decision.APPROVED


@SIZES
@LANGUAGES
def test_a_cry_for_help_that_hangs_is_removed_only_after_two_asks(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    cry = hung(booth, int(language == "en"), words=CRY[language], face=True)
    hung(booth, 0)
    page = a_volunteer(browser, served, size, language)
    page.locator('.tally[data-show="hung"]').tap()
    remove = page.locator(f'.find[data-pledge="{cry.id}"] [data-hung="removed"]')

    said = []
    for state in ("mod-hung-help", "mod-hung-help-remove", "mod-hung-help-lead"):
        said.append(remove.inner_text())
        assert measured(page, state, language) == []
        assert decision(booth, cry.id) is Decision.APPROVED
        remove.tap()

    expect(remove).to_have_count(0)
    assert decision(booth, cry.id) is Decision.REMOVED
    asked = ("Remove", "Touch again to remove", "The lead knows: remove")
    assert said == [translate(language, words) for words in asked]


def test_a_cry_for_help_that_hangs_forgets_its_asks(
    browser: Browser, served: Served, booth: Booth
) -> None:
    cry, other = (hung(booth, 0, words=each) for each in (CRY["vi"], "Mình sẽ nghe"))
    page = a_volunteer(browser, served)
    page.locator('.tally[data-show="hung"]').tap()
    remove = page.locator(f'.find[data-pledge="{cry.id}"] [data-hung="removed"]')

    remove.tap()
    remove.tap()
    expect(remove).to_have_text("Người phụ trách biết rồi: gỡ", use_inner_text=True)
    page.locator(f'.find[data-pledge="{other.id}"] [data-hung="removed"]').tap()

    expect(remove).to_have_text("Gỡ", use_inner_text=True)
    remove.tap()
    expect(remove).to_have_text("Chạm lần nữa để gỡ", use_inner_text=True)


def test_the_keyboard_asks_twice_too_and_escape_calms(
    browser: Browser, served: Served, booth: Booth
) -> None:
    page = waiting(browser, served, booth, CRY["vi"])

    page.keyboard.press("r")
    page.keyboard.press("r")
    expect(page.locator(".guard__sure")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator(".guard__sure")).to_be_hidden()
    expect(page.locator(".guard__acts")).to_be_visible()
    expect(page.locator(".case")).to_have_count(1)


def test_another_promise_is_removed_after_one_ask(
    browser: Browser, served: Served, booth: Booth
) -> None:
    page = waiting(browser, served, booth, RUDE)

    tap(page, "Gỡ")
    tap(page, "Chạm lần nữa để gỡ")

    expect(page.locator(".case")).to_have_count(0)


def test_nobody_approves_a_cry_for_help_by_a_key_before_looking(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = keep(booth, 0, words=CRY["vi"]).id
    page = volunteer(browser, served, 1)
    expect(guard(page)).to_contain_text(CRY["vi"])

    page.keyboard.press("a")
    expect(page.locator(".case:not([hidden])")).to_be_visible()
    assert decision(booth, pledge) is Decision.WAITING
    looked_at(page)
    page.keyboard.press("a")

    expect(page.locator(".case")).to_have_count(0)
    assert decision(booth, pledge) is Decision.APPROVED


def test_keeping_it_private_takes_one_touch(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = keep(booth, 0, words=CRY["vi"]).id
    page = volunteer(browser, served, 1)

    tap(page, "Để riêng tư, đã gọi")

    expect(page.locator(".case")).to_have_count(0)
    assert decision(booth, pledge) is Decision.PRIVATE


def test_a_flag_is_a_chip_on_the_card_and_a_mark_in_the_rail(
    browser: Browser, served: Served, booth: Booth
) -> None:
    page = waiting(browser, served, booth, RUDE, "Mình sẽ lắng nghe", CRY["vi"])

    chips = page.locator(".case:not([hidden]) [data-flag]")
    expect(chips).to_have_text(["Có từ cần xem", "Số điện thoại", "Tên trường, lớp"])
    marks = [button.locator(".rail__mark").count() for button in rail(page)]
    assert marks == [1, 0, 1]
    for mark in page.locator(".rail__mark").all():
        expect(mark).to_be_visible()


def rail(page: Page) -> list[Locator]:
    return page.locator(".rail button").all()

"""The volunteers' screen: the PIN, the queue as it comes, and one decision a touch."""

import dataclasses
import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from playwright.sync_api import APIResponse, Browser, Locator, Page, Route, expect

from kiosk import store
from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from kiosk.store import devices
from kiosk.store.acts import MENDED as MENDS
from kiosk.web.current import COOKIE
from kiosk.web.first import DID
from kiosk.web.roles import Role
from kiosk.words import translate
from tests.browser.beside import decided, door, hung, keep
from tests.browser.conftest import LANDSCAPE, PHONE, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import VI, asleep, looked_at, paired, signed_in
from tests.served import Served, fetch

SETTLE = 350  # milliseconds
SEEN = 10_000  # milliseconds: five times the figure
LATE = "Another volunteer was first."
TOO_LONG = "That is too long: at most {longest} characters fit on a card."
TYPO = "I wil learn to spot the signs, and tell my frends"
MENDED = "I will learn to spot the signs, and tell my friends"
LAPTOP = (1440, 900)
ALL_SIZES = pytest.mark.parametrize(
    "size", [TABLET, PHONE, LAPTOP], ids=["tablet", "phone", "laptop"]
)
SIZES = pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


@pytest.fixture
def booth(everyone: Booth) -> Iterator[Booth]:
    """Leave nothing in the queue for the next test."""
    yield everyone
    for pledge in in_the_queue(everyone):
        everyone.desk.withdraw(pledge.id)


@pytest.fixture
def volunteer(browser: Browser, served: Served, booth: Booth) -> Page:
    """Wake a volunteer's tablet."""
    return a_volunteer(browser, served)


@LANGUAGES
@SIZES
def test_every_state_of_the_queue_fits_the_device(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    page = page_of(browser, size, language)
    signed_in(page, served.url, served.pin)
    expect(page.locator(".nobody")).to_be_visible()
    found = {"nobody": measured(page, "mod-nobody", language)}
    kept = [keep(booth, number, face=number == 2) for number in range(5)]
    expect(page.locator(".case")).to_have_count(5, timeout=SEEN)
    for pledge in kept:
        expect(case(page, pledge)).to_be_visible()
        found[pledge.words] = measured(page, "mod", language)
        page.keyboard.press("ArrowDown")
    page.locator('.acts:not(.acts--sure) [data-do="ask"]').tap()
    found["sure"] = measured(page, "mod-remove", language)
    page.locator('.acts--sure [data-do="private"]').tap()
    expect(page.locator(".toast")).to_be_visible()
    found["undo"] = measured(page, "mod-undo", language)
    booth.desk.hide(hung(booth, 0).token)
    expect(tally(page, "requests")).to_have_text("1", timeout=SEEN)
    page.locator('[data-show="requests"]').first.tap()
    expect(page.locator(".request")).to_be_visible()
    found["requests"] = measured(page, "mod-requests", language)
    assert found == {state: [] for state in found}


def test_nothing_asks_for_a_decision_before_a_photo_is_chosen(
    browser: Browser, served: Served, booth: Booth
) -> None:
    keep(booth, 0)
    page = page_of(browser, TABLET, "vi")
    page.route("**/js/moderation.js", lambda route: route.abort())

    paired(page, served.url, Role.VOLUNTEER)
    page.goto(f"{served.url}/moderation")

    expect(page.locator(".mod__bar")).to_be_visible()
    expect(page.locator(".acts").first).to_be_hidden()


@LANGUAGES
@SIZES
def test_the_pin_pad_fits_the_device(
    browser: Browser, served: Served, size: tuple[int, int], language: str
) -> None:
    page = page_of(browser, size, language)
    asleep(page, served.url)

    assert measured(page, "mod-pin", language) == []


@LANGUAGES
def test_a_wrong_pin_is_told_and_the_right_one_opens_by_touch(
    browser: Browser, served: Served, language: str
) -> None:
    page = page_of(browser, TABLET, language)
    asleep(page, served.url)
    for digit in wrong(served.pin):
        page.locator(f'[data-digit="{digit}"]').tap()
    said = {"vi": "Chưa đúng PIN.", "en": "That is not the PIN."}[language]
    expect(page.get_by_role("alert")).to_have_text(said)
    expect(page.locator(".dots .is-on")).to_have_count(0)

    for digit in served.pin:
        page.locator(f'[data-digit="{digit}"]').tap()

    expect(page.locator("moderation-screen")).to_be_visible()


def test_the_pin_can_be_typed_and_mended_on_a_keyboard(
    browser: Browser, served: Served
) -> None:
    page = page_of(browser, LANDSCAPE, touch=False)
    asleep(page, served.url)
    page.keyboard.type(served.pin[:5])
    page.keyboard.type(wrong(served.pin)[5])
    expect(page.get_by_role("alert")).to_have_text("Chưa đúng PIN.")
    page.keyboard.type("12")
    expect(page.locator(".dots .is-on")).to_have_count(2)
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")

    page.keyboard.type(served.pin)

    expect(page.locator("moderation-screen")).to_be_visible()


def test_the_queue_arrives_by_itself_oldest_first(
    volunteer: Page, booth: Booth
) -> None:
    volunteer.evaluate("window.stayed = true")

    first, second = keep(booth, 0), keep(booth, 1)

    expect(case(volunteer, first)).to_be_visible(timeout=SEEN)
    expect(volunteer.locator(".rail [data-pledge]")).to_have_count(2)
    expect(case(volunteer, second)).to_be_hidden()
    expect(tally(volunteer, "waiting")).to_have_text("2")
    assert volunteer.evaluate("window.stayed")


def test_keys_decide_and_take_back(volunteer: Page, booth: Booth) -> None:
    approved, private, removed = (keep(booth, number) for number in range(3))
    expect(volunteer.locator(".rail [data-pledge]")).to_have_count(3, timeout=SEEN)

    press(volunteer, "a", approved)
    assert now(booth, approved).decision is Decision.APPROVED
    press(volunteer, "p", private)
    assert now(booth, private).decision is Decision.PRIVATE
    volunteer.keyboard.press("r")
    expect(volunteer.locator(".acts--sure")).to_be_visible()
    assert now(booth, removed).decision is Decision.WAITING
    press(volunteer, "r", removed)
    assert now(booth, removed).decision is Decision.REMOVED
    expect(volunteer.locator(".nobody")).to_be_visible()
    volunteer.keyboard.press("u")

    expect(case(volunteer, removed)).to_be_visible()
    assert now(booth, removed).decision is Decision.WAITING


def test_remove_needs_a_second_touch_and_forgets_the_first(
    volunteer: Page, booth: Booth
) -> None:
    pledge = keep(booth, 0)
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)
    volunteer.locator('.acts:not(.acts--sure) [data-do="ask"]').tap()
    volunteer.locator('.acts--sure [data-do="calm"]').tap()

    expect(volunteer.locator(".acts--sure")).to_be_hidden()
    expect(case(volunteer, pledge)).to_be_visible()
    assert now(booth, pledge).decision is Decision.WAITING


@LANGUAGES
def test_of_two_volunteers_one_wins_and_the_other_reads_so(
    browser: Browser, served: Served, booth: Booth, language: str
) -> None:
    pledge = keep(booth, 0)
    pair = [a_volunteer(browser, served, language) for _ in range(2)]
    for each in pair:
        each.route("**/moderation/leases", has_forgotten)
        each.reload()
        expect(case(each, pledge)).to_be_visible(timeout=SEEN)

    # Neither waits for the other's answer: both touches are under way together.
    for each, decision in zip(pair, ("approved", "private"), strict=True):
        each.evaluate(
            "name => document.querySelector(`.acts [data-do=${name}]`).click()",
            decision,
        )

    for each in pair:
        expect(each.locator(".toast__words")).not_to_be_empty()
        expect(case(each, pledge)).to_have_count(0)
    said = [each.locator(".toast__words").inner_text() for each in pair]
    assert sum(pledge.code in each for each in said) == 1
    first = 0 if pledge.code in said[0] else 1
    did = DID[(Decision.APPROVED, Decision.PRIVATE)[first]]
    device = name_of(pair[first], booth, language)
    assert said[1 - first] == translate(language, did, device=device)
    loser = pair[1 - first]
    expect(loser.locator('.toast [data-do="undo"]')).to_be_hidden()
    assert measured(loser, "mod-late", language) == []


def test_a_late_touch_on_a_card_that_was_decided_is_told(
    browser: Browser, served: Served, volunteer: Page, booth: Booth
) -> None:
    pledge = keep(booth, 0)
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)

    decided(booth, pledge, Decision.APPROVED)

    expect(case(volunteer, pledge)).to_have_count(0, timeout=SEEN)
    expect(tally(volunteer, "waiting")).to_have_text("0")


def test_undo_brings_the_card_back_and_takes_it_off_the_wall(
    browser: Browser, served: Served, volunteer: Page, booth: Booth
) -> None:
    pledge = keep(booth, 0, face=True)
    wall = page_of(browser, LANDSCAPE, touch=False)
    wall.goto(f"{served.url}/wall")
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)
    looked_at(volunteer)
    volunteer.get_by_role("button", name=VI.approve).tap()
    on_wall = wall.locator(f'.wall__board [data-pledge="{pledge.id}"]')
    expect(on_wall).to_be_visible(timeout=SEEN)

    settled(volunteer)
    volunteer.locator('.toast [data-do="undo"]').tap()

    expect(case(volunteer, pledge)).to_be_visible()
    expect(on_wall).to_have_count(0, timeout=SEEN)


@pytest.mark.parametrize("answer", ["restore", "withdraw"])
def test_a_guest_who_asks_is_out_of_sight_before_anyone_answers(
    browser: Browser, served: Served, volunteer: Page, booth: Booth, answer: str
) -> None:
    pledge = hung(booth, 0, face=True)
    wall = page_of(browser, LANDSCAPE, touch=False)
    wall.goto(f"{served.url}/wall")
    on_wall = wall.locator(f'.wall__board [data-pledge="{pledge.id}"]')
    expect(on_wall).to_be_visible()

    ask_to_remove(browser, served, pledge)
    expect(on_wall).to_have_count(0, timeout=SEEN)
    assert fetch(f"{door(served)}/card/{pledge.token}.jpg")[0] == 404
    expect(tally(volunteer, "requests")).to_have_text("1")
    volunteer.locator('[data-show="requests"]').first.tap()
    request = volunteer.locator(f'.request[data-pledge="{pledge.id}"]')
    expect(request).to_contain_text(pledge.code)
    for _ in ("touched", "touched again"):
        assert fetch(f"{door(served)}/card/{pledge.token}.jpg")[0] == 404
        request.locator(f'[data-answer="{answer}"]').tap()

    expect(request).to_have_count(0)
    expect(volunteer.locator(".toast__words")).to_contain_text(pledge.code)
    expect(on_wall).to_have_count(1 if answer == "restore" else 0, timeout=SEEN)
    card = fetch(f"{door(served)}/card/{pledge.token}.jpg")[0]
    assert card == (200 if answer == "restore" else 404)


def test_what_is_restored_while_it_waits_stays_in_the_queue(
    volunteer: Page, booth: Booth
) -> None:
    pledge, another = keep(booth, 0), keep(booth, 1)
    booth.desk.hide(pledge.token)
    expect(case(volunteer, another)).to_be_attached(timeout=SEEN)
    volunteer.locator('[data-show="requests"]').first.tap()
    restore = volunteer.locator(f'[data-pledge="{pledge.id}"] [data-answer="restore"]')
    held: list[tuple[Route, APIResponse]] = []
    volunteer.route("**/restore", lambda route: held.append((route, route.fetch())))

    restore.tap()
    restore.tap()
    expect(case(volunteer, pledge)).to_be_attached(timeout=SEEN)  # the news were first
    ((route, answer),) = held
    route.fulfill(response=answer)

    expect(volunteer.locator(".toast__words")).to_contain_text(pledge.code)
    expect(case(volunteer, pledge)).to_have_count(1)


def test_signing_out_leaves_nothing_on_the_screen(
    volunteer: Page, served: Served, booth: Booth
) -> None:
    pledge = keep(booth, 0, words="Một điều riêng 4714")
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)

    volunteer.locator('[data-do="leave"]').tap()

    expect(volunteer.locator(".pad")).to_be_visible()
    assert "4714" not in volunteer.content()
    assert pledge.code not in volunteer.content()
    volunteer.go_back()
    assert "4714" not in volunteer.content()
    volunteer.go_forward()
    expect(volunteer.locator(".pad")).to_be_visible()
    volunteer.goto(f"{served.url}/pictures/{pledge.id}/card.jpg")
    expect(volunteer.get_by_role("img")).to_have_count(0)


def test_a_screen_says_so_when_the_booth_does_not_answer(
    volunteer: Page, booth: Booth
) -> None:
    pledge = keep(booth, 0)
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)
    looked_at(volunteer)
    volunteer.context.set_offline(True)

    volunteer.get_by_role("button", name=VI.approve).tap()
    said = volunteer.locator("moderation-screen").get_attribute("data-said-nothing")
    expect(volunteer.locator(".toast__words")).to_have_text(str(said))
    expect(case(volunteer, pledge)).to_be_visible()
    volunteer.context.set_offline(False)
    settled(volunteer)

    press(volunteer, "a", pledge)
    assert now(booth, pledge).decision is Decision.APPROVED


# A typo


@LANGUAGES
@ALL_SIZES
def test_a_typo_is_mended_where_the_words_stand(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    pledge = keep(booth, 1, face=True, words=TYPO)
    page = page_of(browser, size, language)
    signed_in(page, served.url, served.pin)
    mending(page, pledge).tap()
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value(TYPO)
    expect(field(page)).to_have_attribute("lang", "en")
    called = translate(language, "Mend the typo, and only that")
    expect(field(page)).to_have_accessible_name(called)

    field(page).fill(MENDED)
    save(page).tap()

    expect(page.locator(".mend")).to_be_hidden()
    expect(case(page, pledge).locator(".case__words")).to_have_text(MENDED)
    wrote = f"{translate(language, 'The guest wrote:')} {TYPO}"
    expect(case(page, pledge).locator(".case__said")).to_have_text(wrote)
    expect(page.locator(".toast__words")).to_contain_text(pledge.code)
    expect(page.locator('.toast [data-do="undo"]')).to_be_hidden()
    assert now(booth, pledge).words == MENDED


@LANGUAGES
@ALL_SIZES
def test_mending_fits_the_device_and_moves_no_decision(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
) -> None:
    page, pledge = page_of(browser, size, language), keep(booth, 1, words=TYPO)
    signed_in(page, served.url, served.pin)
    expect(case(page, pledge)).to_be_visible()
    found = {"mod": stands(page, "mod", language)}

    mending(page, pledge).tap()
    found["open"] = stands(page, "mod-mend", language)
    field(page).fill("a" * 121)
    over = translate(language, "{number} too many", number=1)
    expect(page.locator(".mend__left")).to_have_text(over)
    save(page).tap()
    refusal = translate(language, TOO_LONG, longest=120)
    expect(page.locator(".mend__refusal")).to_have_text(refusal)
    found["refused"] = stands(page, "mod-mend-refused", language)
    field(page).fill(MENDED)
    save(page).tap()
    expect(case(page, pledge).locator(".case__said")).to_be_visible()
    found["mended"] = stands(page, "mod-mended", language)

    assert found == dict.fromkeys(found, ([], found["mod"][1]))


def test_long_words_fit_while_they_are_mended_and_after(
    browser: Browser, served: Served, booth: Booth
) -> None:
    long = ("Ngày mai mình sẽ " * 8)[:119] + "x"
    pledge = keep(booth, 0, words=long)
    page = page_of(browser, PHONE)
    signed_in(page, served.url, served.pin)

    mending(page, pledge).tap()
    found = measured(page, "mod-mend-long", "vi")
    field(page).fill(long[:119])
    save(page).tap()

    expect(case(page, pledge).locator(".case__said")).to_be_visible()
    assert found == measured(page, "mod-mended-long", "vi") == []


def test_a_mended_card_shows_its_new_picture(volunteer: Page, booth: Booth) -> None:
    pledge = keep(booth, 0, words=TYPO)
    picture = case(volunteer, pledge).locator("img")
    stub = volunteer.locator(".rail img")
    expect(picture).to_have_attribute("src", re.compile("v=1$"), timeout=SEEN)

    booth.mender.mend(pledge.id, MENDED, revision=1, who="somebody")

    for each in (picture, stub):
        expect(each).to_have_attribute("src", re.compile("v=2$"), timeout=SEEN)
        expect(each).not_to_have_js_property("naturalWidth", 0)


def test_letters_that_are_typed_decide_nothing(volunteer: Page, booth: Booth) -> None:
    first, pledge, last = (keep(booth, at, words=f"{TYPO} {at}") for at in range(3))
    expect(volunteer.locator(".rail [data-pledge]")).to_have_count(3, timeout=SEEN)
    press(volunteer, "p", first)
    mending(volunteer, pledge).tap()

    field(volunteer).fill("")
    volunteer.keyboard.type("aprup")
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"):
        volunteer.keyboard.press(key)
    volunteer.locator(".rail").click(position={"x": 1, "y": 1})
    volunteer.keyboard.press("a")
    expect(volunteer.locator('.acts [data-do="approved"]')).to_be_disabled()
    expect(field(volunteer)).to_have_value("aprup")
    volunteer.keyboard.press("Escape")

    expect(volunteer.locator(".mend")).to_be_hidden()
    expect(case(volunteer, pledge).locator(".case__words")).to_have_text(pledge.words)
    assert [now(booth, each) for each in (pledge, last)] == [pledge, last]
    assert now(booth, first).decision is Decision.PRIVATE
    press(volunteer, "a", pledge)
    assert now(booth, pledge).decision is Decision.APPROVED


def test_enter_saves_and_never_mind_does_not(volunteer: Page, booth: Booth) -> None:
    pledge = keep(booth, 0, words=TYPO)
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)
    mending(volunteer, pledge).tap()
    field(volunteer).fill("Something else")
    volunteer.locator('.mend [data-do="calm"]').tap()
    expect(volunteer.locator(".mend")).to_be_hidden()
    assert now(booth, pledge) == pledge

    mending(volunteer, pledge).tap()
    expect(field(volunteer)).to_have_value(TYPO)
    field(volunteer).fill(MENDED)
    volunteer.keyboard.press("Enter")

    expect(volunteer.locator(".mend")).to_be_hidden()
    expect(case(volunteer, pledge).locator(".case__words")).to_have_text(MENDED)
    expect(volunteer.locator('.acts [data-do="approved"]')).to_be_enabled()


def test_news_of_others_leaves_the_field_and_news_of_this_one_closes_it(
    volunteer: Page, booth: Booth
) -> None:
    first, pledge = keep(booth, 0), keep(booth, 1, words=TYPO)
    volunteer.locator(f'.rail [data-pledge="{pledge.id}"]').tap()
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)
    mending(volunteer, pledge).tap()
    field(volunteer).fill("I wil")

    keep(booth, 2)
    decided(booth, first, Decision.PRIVATE)
    expect(tally(volunteer, "private")).not_to_have_text("0", timeout=SEEN)
    expect(volunteer.locator(".rail [data-pledge]")).to_have_count(2, timeout=SEEN)
    expect(field(volunteer)).to_have_value("I wil")
    expect(case(volunteer, first)).to_have_count(0)
    decided(booth, pledge, Decision.APPROVED)

    expect(volunteer.locator(".mend")).to_be_hidden(timeout=SEEN)
    expect(volunteer.locator(".toast__words")).to_have_text(translate("vi", LATE))
    expect(case(volunteer, pledge)).to_have_count(0)


def test_a_card_drawn_again_leaves_what_is_being_written(
    volunteer: Page, booth: Booth
) -> None:
    pledge = keep(booth, 0, words=TYPO)
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)
    mending(volunteer, pledge).tap()
    field(volunteer).fill(MENDED)
    house = booth.house
    other = dataclasses.replace(house, event=replace(house.event, name="Live in Huế"))

    Booth(other).mender.redraw(pledge.id)

    expect(case(volunteer, pledge)).to_have_attribute(
        "data-revision", "2", timeout=SEEN
    )
    expect(field(volunteer)).to_have_value(MENDED)
    volunteer.keyboard.press("Enter")
    expect(case(volunteer, pledge).locator(".case__words")).to_have_text(MENDED)


@LANGUAGES
def test_of_two_volunteers_who_mend_one_wins_and_the_other_reads_so(
    browser: Browser, served: Served, booth: Booth, language: str
) -> None:
    pledge = keep(booth, 0, words=TYPO)
    pair = [a_volunteer(browser, served, language) for _ in range(2)]
    for number, each in enumerate(pair):
        each.route("**/moderation/leases", has_forgotten)
        each.reload()
        mending(each, pledge).tap()
        field(each).fill(f"{MENDED} {number}")

    # Neither waits for the other's answer: both are under way together.
    for each in pair:
        each.evaluate("document.querySelector('.mend').requestSubmit()")

    for each in pair:
        expect(each.locator(".mend")).to_be_hidden()
        expect(each.locator(".toast__words")).not_to_be_empty()
        expect(case(each, pledge).locator(".case__words")).to_have_text(
            re.compile(rf"^{MENDED} \d$")
        )
    said = [each.locator(".toast__words").inner_text() for each in pair]
    (winner,) = [at for at, each in enumerate(said) if pledge.code in each]
    device = name_of(pair[winner], booth, language)
    assert said[1 - winner] == translate(language, DID[MENDS], device=device)
    assert now(booth, pledge).words == f"{MENDED} {winner}"


def test_a_decision_on_words_that_were_mended_leaves_the_card_in_the_queue(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge, _ = keep(booth, 0, words=TYPO), keep(booth, 1)
    volunteer = a_volunteer(browser, served)
    expect(case(volunteer, pledge)).to_be_visible()
    volunteer.route("**/decision", lambda route: mended_first(booth, pledge, route))

    looked_at(volunteer)
    volunteer.keyboard.press("a")

    expect(volunteer.locator(".toast__words")).to_have_text(translate("vi", LATE))
    expect(case(volunteer, pledge).locator(".case__words")).to_have_text(
        MENDED, timeout=SEEN
    )
    assert now(booth, pledge).is_waiting


def test_a_booth_that_does_not_answer_leaves_what_is_written(
    volunteer: Page, booth: Booth
) -> None:
    pledge = keep(booth, 0, words=TYPO)
    expect(case(volunteer, pledge)).to_be_visible(timeout=SEEN)
    mending(volunteer, pledge).tap()
    field(volunteer).fill(MENDED)
    volunteer.context.set_offline(True)

    volunteer.keyboard.press("Enter")

    said = volunteer.locator("moderation-screen").get_attribute("data-said-nothing")
    expect(volunteer.locator(".mend__refusal")).to_have_text(str(said))
    expect(field(volunteer)).to_have_value(MENDED)
    volunteer.context.set_offline(False)
    volunteer.keyboard.press("Enter")
    expect(volunteer.locator(".mend")).to_be_hidden()


def has_forgotten(route: Route) -> None:
    """Answer as a booth that was just restarted: nobody looks at anything yet."""
    asked = route.request.post_data_json
    assert asked
    wanted = asked["wanted"]
    said = {"held": wanted, "others": [], "share": len(wanted), "seconds": 30}
    route.fulfill(json=said)


def mended_first(booth: Booth, pledge: Pledge, route: Route) -> None:
    """Mend a pledge while somebody's decision about it is on its way."""
    booth.mender.mend(pledge.id, MENDED, revision=1, who="somebody")
    expect(case(route.request.frame.page, pledge)).to_contain_text(MENDED)
    route.continue_()


def stands(page: Page, state: str, language: str) -> tuple[list[str], object]:
    """Measure a screen, and where its decisions stand."""
    found = measured(page, state, language)
    return found, page.locator(".acts:not(.acts--sure)").bounding_box()


def save(page: Page) -> Locator:
    """Find the button that saves mended words."""
    return page.locator(".mend .btn--accent")


def mending(page: Page, pledge: Pledge) -> Locator:
    """Find the button that opens the words of a pledge."""
    return case(page, pledge).locator('[data-do="mend"]')


def field(page: Page) -> Locator:
    """Find the field in which words are mended."""
    return page.locator(".mend textarea")


def a_volunteer(browser: Browser, served: Served, language: str = "vi") -> Page:
    """Wake one more device."""
    page = page_of(browser, TABLET, language)
    page.clock.install()
    signed_in(page, served.url, served.pin)
    return page


def name_of(page: Page, booth: Booth, language: str) -> str:
    """Say what a device is called."""
    own = next(each for each in page.context.cookies() if each["name"] == COOKIE)
    with booth.house.database.reading() as db:
        session = devices.session(db, own["value"])
    assert session
    return translate(language, "Volunteer {number}", number=session.number)


def case(page: Page, pledge: Pledge) -> Locator:
    """Find the card of a pledge in the queue."""
    return page.locator(f'.case[data-pledge="{pledge.id}"]')


def tally(page: Page, name: str) -> Locator:
    """Find one of the counts at the top."""
    return page.locator(f'.tallies [data-tally="{name}"]')


def press(page: Page, key: str, pledge: Pledge) -> None:
    """Press a key, and wait until the card it decides on has gone."""
    expect(case(page, pledge)).to_be_visible()
    looked_at(page)
    page.keyboard.press(key)
    expect(case(page, pledge)).to_have_count(0)
    settled(page)


def settled(page: Page) -> None:
    """Let the moment pass in which a screen takes no other touch: a double tap."""
    page.clock.fast_forward(SETTLE)


def ask_to_remove(browser: Browser, served: Served, pledge: Pledge) -> None:
    """Ask for a removal from the guest's own phone."""
    phone = page_of(browser, PHONE)
    phone.goto(f"{door(served)}/p/{pledge.token}")
    phone.locator(".remove > summary").tap()
    phone.locator(".remove__in button").tap()
    expect(phone.locator(".remove")).to_have_count(0)
    phone.context.close()


def now(booth: Booth, pledge: Pledge) -> Pledge:
    """Read what has become of a pledge."""
    with booth.house.database.reading() as db:
        return store.get(db, pledge.id)


def in_the_queue(booth: Booth) -> list[Pledge]:
    """Read what waits for a volunteer."""
    with booth.house.database.reading() as db:
        return list(store.queue(db, 100))


def wrong(pin: str) -> str:
    """Return a PIN that differs in its last digit."""
    return f"{pin[:5]}{(int(pin[5]) + 1) % 10}"


def measured(page: Page, state: str, language: str) -> list[str]:
    """Measure a screen held in the hand, and picture it."""
    shoot(page, state, language)
    return faults(page, touch=FINGER)

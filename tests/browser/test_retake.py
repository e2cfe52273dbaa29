"""A volunteer asks for another photo, and the guest at the booth answers."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kiosk import store
from kiosk.booth import Booth
from kiosk.pledge import Pledge, Retake
from tests.browser.beside import beside, keep
from tests.browser.conftest import LANDSCAPE, PHONE, PORTRAIT, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import looked_at, preview_moves, screen, signed_in
from tests.browser.tour import Tour, to_consent
from tests.kiosk.booth.test_visits import refusing
from tests.served import Served

SEEN = 5_000  # milliseconds: five times the figure
LEFT = 41_000  # milliseconds: the question's time, and one second more
COVERED = 21_000  # milliseconds on the done screen, and one second more
COUNTDOWN = 3_100  # milliseconds, and a little more
RENEW = 11_000  # milliseconds until a page asks again what it may show
BLURRED = {"vi": "Ảnh hơi bị nhoè.", "en": "The photo is a little blurred."}
LEASES = "**/moderation/leases"
RENEWED = 11_000  # milliseconds after which a page has asked again what it may show
ASKED = "Đã mời chụp lại"
NOBODY = "Đã mời chụp lại, không ai quay lại"
STAYS = "Đã mời chụp lại, khách giữ ảnh này"
IS_IT_YOU = {"vi": "Đây là bạn phải không?", "en": "Is this you?"}
CHOSEN = {
    "vi": "Trong ảnh có 1 người. Bạn chọn thêm: màn hình lớn.",
    "en": "People in the photo: 1. You added: the wall.",
}
OVER = {
    "vi": "Ở đây không thay đổi được gì nữa. "
    "Bạn hỏi một bạn tình nguyện viên giúp nhé.",
    "en": "Nothing can be changed here any more. Please ask a volunteer.",
}
FIRST_KEPT = {
    "vi": "Ảnh mới chưa lưu được. Ảnh đầu tiên của bạn vẫn được giữ.",
    "en": "The new photo could not be saved. Your first one is kept.",
}
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
SIZES = pytest.mark.parametrize(
    ("tall", "small"),
    [(PORTRAIT, TABLET), (LANDSCAPE, PHONE)],
    ids=["tall-tablet", "wide-phone"],
)


@dataclass(frozen=True)
class Night:
    """The booth that is served, and its folder opened beside it."""

    served: Served
    booth: Booth

    @property
    def waiting(self) -> list[Pledge]:
        with self.booth.house.database.reading() as db:
            return list(store.queue(db, 10))

    def now(self, pledge: Pledge) -> Pledge:
        with self.booth.house.database.reading() as db:
            return store.get(db, pledge.id)


@pytest.fixture(scope="module")
def beside_it(booth: Served) -> Iterator[Booth]:
    """Open the booth's folder beside it."""
    with beside(booth) as opened:
        yield opened


@pytest.fixture
def night(booth: Served, beside_it: Booth) -> Iterator[Night]:
    """Leave nothing in the queue, and nobody at the booth, for the next test."""
    night = Night(booth, beside_it)
    yield night
    for pledge in night.waiting:
        beside_it.desk.withdraw(pledge.id)


@pytest.fixture
def volunteer(browser: Browser, night: Night) -> Page:
    return a_volunteer(browser, night)


@pytest.fixture
def guest(browser: Browser, night: Night) -> Page:
    return a_guest(browser, night)


def a_volunteer(
    browser: Browser, night: Night, size: tuple[int, int] = TABLET, language: str = "vi"
) -> Page:
    """Wake a volunteer's device, on a clock that a test may push."""
    page = page_of(browser, size, language)
    page.clock.install()
    signed_in(page, night.served.url, night.served.pin)
    return page


def a_guest(
    browser: Browser,
    night: Night,
    size: tuple[int, int] = PORTRAIT,
    language: str = "vi",
    *,
    words: str = "",
) -> Page:
    """Keep a photo for the wall, and stand at the done screen."""
    page = page_of(browser, size, language)
    page.clock.install()
    page.goto(night.served.url)
    tour = Tour(page, language)
    to_consent(tour)
    if words:
        written(tour, words)
    page.locator('[data-scope="wall"]:visible').tap()
    tour.do("agree")
    taken(page)
    tour.do("keep")
    screen(page, "done")
    return page


def written(tour: Tour, words: str) -> None:
    """Go back from the question who may see it, and write one's own words."""
    tour.do("back")
    screen(tour.page, "people")
    tour.do("back")
    screen(tour.page, "pledge")
    tour.do("write")
    tour.page.get_by_role("textbox").fill(words)
    tour.do("written")
    screen(tour.page, "people")
    tour.do("group")
    screen(tour.page, "consent")


def taken(guest: Page) -> None:
    """Have the photo taken, at once."""
    screen(guest, "camera")
    preview_moves(guest)
    guest.locator('[data-do="take"]:visible').tap()
    expect(guest.get_by_role("timer")).to_have_text("3")
    guest.clock.fast_forward(COUNTDOWN)
    screen(guest, "keep")


def do(page: Page, verb: str) -> None:
    """Touch what asks for a verb, on a screen that listens by now."""
    expect(page.locator("booth-screen[data-settling]")).to_have_count(0)
    page.locator(f'[data-do="{verb}"]:visible').tap()


def offer(volunteer: Page) -> Locator:
    """Find the button that offers to ask for another photo."""
    return volunteer.locator("[data-retakes]:visible")


def asked(volunteer: Page, reason: str = "blurred") -> None:
    """Ask, with two touches."""
    offer(volunteer).tap()
    volunteer.locator(f'[data-reason="{reason}"]').tap()


def chips(volunteer: Page) -> Locator:
    """Find the marks on the photo that is shown."""
    return volunteer.locator(".case:visible .chip")


def measured(page: Page, state: str, language: str, touch: float) -> list[str]:
    shoot(page, state, language)
    return faults(page, touch=touch)


@LANGUAGES
@SIZES
def test_every_state_of_it_fits_its_screen(
    browser: Browser,
    night: Night,
    tall: tuple[int, int],
    small: tuple[int, int],
    language: str,
) -> None:
    volunteer = a_volunteer(browser, night, small, language)
    tour = Tour(a_guest(browser, night, tall, language), language)
    expect(offer(volunteer)).to_be_visible()
    found = {"offer": measured(volunteer, "mod-retake", language, FINGER)}
    offer(volunteer).tap()
    expect(volunteer.locator(".reasons")).to_be_visible()
    found["reasons"] = measured(volunteer, "mod-reasons", language, FINGER)
    volunteer.locator('[data-reason="blurred"]').tap()
    tour.look("asked")
    expect(chips(volunteer).first).to_be_visible()
    found["asked"] = measured(volunteer, "mod-asked", language, FINGER)
    do(tour.page, "agree")
    taken(tour.page)
    tour.look("keep", "keep-again")
    do(tour.page, "keep")
    tour.look("done", "done-again")

    assert {**found, **tour.faults} == {state: [] for state in found}


def test_the_guest_takes_another_and_the_first_is_gone_from_queue_and_wall(
    browser: Browser, night: Night, guest: Page, volunteer: Page
) -> None:
    [first] = night.waiting
    wall = page_of(browser, LANDSCAPE)
    wall.goto(f"{night.served.url}/wall")
    asked(volunteer)
    expect(screen(guest, "asked")).to_contain_text(BLURRED["vi"], timeout=SEEN)
    looked_at(volunteer)
    volunteer.keyboard.press("a")  # it can be decided all the same
    expect(tile(wall, first)).not_to_have_count(0)

    do(guest, "agree")
    taken(guest)
    do(guest, "keep")

    screen(guest, "done")
    expect(tile(wall, first)).to_have_count(0, timeout=SEEN)
    [other] = night.waiting
    expect(case(volunteer, other)).to_be_visible()
    assert (other.replaces, other.words) == (first.id, first.words)
    assert other.consent == first.consent
    assert night.now(first).is_withdrawn
    expect(guest.locator(".ticket__code:visible")).to_have_text(other.code)
    expect(guest.locator(".ticket")).to_contain_text("Quét mã mới này nhé.")


def test_the_guest_keeps_the_photo_that_there_is(
    night: Night, guest: Page, volunteer: Page
) -> None:
    [first] = night.waiting
    asked(volunteer)

    screen(guest, "asked")
    do(guest, "stay")

    screen(guest, "done")
    expect(guest.locator(".ticket__code:visible")).to_have_text(first.code)
    expect(chips(volunteer).first).to_have_text(STAYS)
    expect(offer(volunteer)).to_have_count(0)
    with guest.expect_response("**/light"):
        pass
    screen(guest, "done")
    assert night.now(first).retake is Retake.DECLINED


def test_a_guest_who_leaves_takes_the_offer_along(
    night: Night, guest: Page, volunteer: Page
) -> None:
    offer(volunteer).tap()
    expect(volunteer.locator(".reasons")).to_be_visible()

    do(guest, "restart")

    expect(offer(volunteer)).to_have_count(0, timeout=SEEN)
    expect(volunteer.locator(".reasons")).to_be_hidden()
    expect(volunteer.locator(".toast")).to_contain_text("Bạn ấy rời quầy rồi.")
    [first] = night.waiting
    assert first.retake is Retake.NOT_ASKED


def test_a_page_that_falls_silent_takes_the_offer_along(
    guest: Page, volunteer: Page
) -> None:
    expect(offer(volunteer)).to_be_visible()

    guest.context.set_offline(True)  # nothing can say goodbye

    expect(offer(volunteer)).to_have_count(0)


def test_a_guest_who_does_not_answer_is_said_to_be_gone(
    night: Night, guest: Page, volunteer: Page
) -> None:
    asked(volunteer)
    screen(guest, "asked")
    expect(guest.locator(".asked .ring b")).to_have_text("40")
    with guest.expect_response("**/light"):  # the guest is there as long as it asks
        pass

    guest.clock.fast_forward(LEFT)

    screen(guest, "attract")
    expect(chips(volunteer).first).to_have_text(NOBODY)
    [first] = night.waiting
    assert first.retake is Retake.NOBODY


def test_more_time_is_more_time(guest: Page, volunteer: Page) -> None:
    asked(volunteer)
    screen(guest, "asked")
    guest.clock.fast_forward(LEFT - 11_000)

    do(guest, "more")
    guest.clock.fast_forward(LEFT - 11_000)

    screen(guest, "asked")


def test_before_a_covered_screen_nobody_is_asked_until_it_is_touched(
    night: Night, guest: Page, volunteer: Page
) -> None:
    expect(offer(volunteer)).to_be_visible()
    guest.clock.fast_forward(COVERED)
    expect(guest.locator(".ticket__cover")).to_be_visible()
    expect(offer(volunteer)).to_have_count(0)

    do(guest, "reveal")

    expect(offer(volunteer)).to_be_visible()
    [first] = night.waiting
    assert first.retake is Retake.NOT_ASKED


def test_a_question_that_the_cover_was_faster_than_is_not_asked(
    night: Night, guest: Page, volunteer: Page
) -> None:
    expect(offer(volunteer)).to_be_visible()
    guest.context.set_offline(True)
    asked(volunteer)
    expect(chips(volunteer).first).to_have_text(ASKED)
    guest.clock.fast_forward(COVERED)
    guest.context.set_offline(False)

    with guest.expect_response("**/light?covered"):
        pass

    expect(chips(volunteer).first).to_have_text(NOBODY)
    screen(guest, "done")
    do(guest, "reveal")
    with guest.expect_response("**/light"):
        pass
    screen(guest, "done")


@LANGUAGES
def test_the_question_is_first_whether_it_is_they_and_says_what_they_chose(
    browser: Browser, night: Night, volunteer: Page, language: str
) -> None:
    guest = a_guest(browser, night, language=language)

    asked(volunteer)

    says = screen(guest, "asked")
    expect(says.locator("h1")).to_have_text(IS_IT_YOU[language])
    expect(says.locator(".asked__chosen")).to_have_text(
        CHOSEN[language], use_inner_text=True
    )


def test_who_is_somebody_else_begins_anew_and_the_photo_stays(
    night: Night, guest: Page, volunteer: Page
) -> None:
    [first] = night.waiting
    asked(volunteer)
    screen(guest, "asked")

    do(guest, "restart")

    screen(guest, "attract")
    expect(chips(volunteer).first).to_have_text(NOBODY)
    assert [each.id for each in night.waiting] == [first.id]


@pytest.mark.parametrize("verb", ["agree", "stay"])
@pytest.mark.parametrize("how", ["hidden", "withdrawn"])
def test_who_answers_for_a_photo_that_is_gone_is_sent_to_a_volunteer(
    night: Night, guest: Page, volunteer: Page, how: str, verb: str
) -> None:
    [first] = night.waiting
    asked(volunteer)
    screen(guest, "asked")
    if how == "hidden":
        night.booth.desk.hide(first.token)
    else:
        night.booth.desk.withdraw(first.id)

    do(guest, verb)

    says = screen(guest, "problem")
    expect(says.get_by_role("alert")).to_have_text(OVER["vi"])
    expect(says.locator("h1")).to_have_text("CHƯA ĐƯỢC RỒI", use_inner_text=True)
    expect(says.locator("[data-do]:visible")).to_have_count(1)  # back to the start


@LANGUAGES
def test_a_disk_that_refuses_the_new_photo_says_that_the_first_is_kept(
    browser: Browser, night: Night, volunteer: Page, language: str
) -> None:
    guest = a_guest(browser, night, language=language)
    tour = Tour(guest, language)
    [first] = night.waiting
    asked(volunteer)
    screen(guest, "asked")
    do(guest, "agree")
    taken(guest)

    with refusing(night.booth.house, "pledges"):
        do(guest, "keep")
        alert = screen(guest, "problem").get_by_role("alert")
        expect(alert).to_have_text(FIRST_KEPT[language])
        tour.look("problem", "problem-again")
    do(guest, "stay")

    screen(guest, "done")
    expect(guest.locator(".ticket__code:visible")).to_have_text(first.code)
    expect(chips(volunteer).first).to_have_text(STAYS)
    assert tour.faults == {}


@pytest.mark.parametrize(
    ("retake", "said"),
    [("asked", f"{ASKED}: "), ("declined", STAYS), ("nobody", NOBODY)],
)
@pytest.mark.usefixtures("guest")
def test_who_asks_second_reads_what_came_of_the_question(
    volunteer: Page, retake: str, said: str
) -> None:
    answer = {"id": "0", "revision": 3, "retake": retake}
    volunteer.route("**/retake", lambda route: route.fulfill(json=answer))

    asked(volunteer)

    expect(volunteer.locator(".toast")).to_contain_text(said)


def test_the_question_is_told_also_to_who_listens(guest: Page, volunteer: Page) -> None:
    asked(volunteer)

    expect(screen(guest, "asked").locator("h1")).to_be_focused()
    expect(guest.locator(".asked h1")).to_have_accessible_description(BLURRED["vi"])
    expect(guest.get_by_role("status").filter(has_text=BLURRED["vi"])).to_be_visible()


def test_back_from_the_camera_is_the_question_again(
    night: Night, guest: Page, volunteer: Page
) -> None:
    asked(volunteer)
    screen(guest, "asked")
    do(guest, "agree")
    screen(guest, "camera")
    do(guest, "back")
    screen(guest, "asked")
    do(guest, "agree")
    taken(guest)

    do(guest, "stay")

    screen(guest, "done")
    expect(chips(volunteer).first).to_have_text(STAYS)
    [first] = night.waiting
    expect(guest.locator(".ticket__code:visible")).to_have_text(first.code)


def test_who_is_still_for_long_before_the_camera_leaves_the_first_photo(
    night: Night, guest: Page, volunteer: Page
) -> None:
    asked(volunteer)
    screen(guest, "asked")
    do(guest, "agree")
    screen(guest, "camera")
    guest.clock.fast_forward(LEFT)
    expect(screen(guest, "still")).to_contain_text("còn ảnh đầu tiên vẫn được giữ")

    guest.clock.fast_forward(LEFT)

    screen(guest, "attract")
    expect(chips(volunteer).first).to_have_text(NOBODY)
    assert len(night.waiting) == 1


def test_who_is_asked_is_not_waited_for_and_comes_first_again_afterwards(
    night: Night, guest: Page, volunteer: Page
) -> None:
    [first] = night.waiting
    expect(case(volunteer, first)).to_be_visible()
    later = keep(night.booth, 0)
    expect(volunteer.locator(".rail button")).to_have_count(2)

    asked(volunteer)

    expect(case(volunteer, later)).to_be_visible()
    assert rail(volunteer) == [later.id, first.id]
    screen(guest, "asked")
    do(guest, "stay")
    expect(volunteer.locator(".rail button").first).to_have_attribute(
        "data-pledge", first.id
    )
    expect(case(volunteer, later)).to_be_visible()  # who is looked at stays


def test_who_is_asked_is_left_as_soon_as_another_may_be_looked_at(
    night: Night, guest: Page, volunteer: Page
) -> None:
    [first] = night.waiting
    expect(case(volunteer, first)).to_be_visible()
    volunteer.route(LEASES, lambda route: route.abort())
    later = keep(night.booth, 0)
    expect(volunteer.locator(".rail button")).to_have_count(2)

    asked(volunteer)
    expect(chips(volunteer).first).to_have_text(ASKED)
    expect(case(volunteer, first)).to_be_visible()
    volunteer.unroute(LEASES)
    volunteer.clock.run_for(RENEWED)

    expect(case(volunteer, later)).to_be_visible()
    volunteer.locator(".rail button").last.tap()
    expect(case(volunteer, first)).to_be_visible()
    volunteer.clock.run_for(RENEWED)
    expect(case(volunteer, first)).to_be_visible()  # who is touched stays


def test_another_volunteers_screen_says_that_it_was_asked(
    browser: Browser, night: Night, guest: Page, volunteer: Page
) -> None:
    [first] = night.waiting
    asked(volunteer)
    screen(guest, "asked")

    other = a_volunteer(browser, night)

    said = case(other, first).locator(".chip").first
    expect(said).to_have_text(ASKED)
    expect(offer(other)).to_have_count(0)


def test_it_is_asked_by_two_keys_and_no_key_decides_meanwhile(
    night: Night, guest: Page, volunteer: Page
) -> None:
    expect(offer(volunteer)).to_be_visible()
    volunteer.keyboard.press("t")
    expect(volunteer.locator(".reasons h2")).to_be_focused()
    volunteer.keyboard.press("a")
    volunteer.keyboard.press("Escape")
    expect(volunteer.locator(".reasons")).to_be_hidden()
    volunteer.keyboard.press("t")

    volunteer.keyboard.press("2")

    expect(screen(guest, "asked")).to_contain_text(BLURRED["vi"])
    [first] = night.waiting
    assert (first.retake, first.is_waiting) == (Retake.ASKED, True)


def test_a_cry_for_help_is_looked_at_before_anything_is_asked(
    browser: Browser, night: Night, volunteer: Page
) -> None:
    a_guest(browser, night, words="Mình muốn có ai đó nói chuyện với mình")
    expect(volunteer.locator(".guard__said")).to_be_visible()
    with volunteer.expect_response("**/leases") as told:
        volunteer.clock.fast_forward(RENEW)
    assert told.value.json()["here"]

    volunteer.keyboard.press("t")
    expect(volunteer.locator(".reasons")).to_be_hidden()
    expect(offer(volunteer)).to_have_count(0)

    volunteer.locator('.guard__acts [data-do="look"]').tap()
    expect(offer(volunteer)).to_be_visible()


def test_a_guest_is_asked_twice_and_not_a_third_time(
    night: Night, guest: Page, volunteer: Page
) -> None:
    for reason in ("blurred", "eyes"):
        expect(offer(volunteer)).to_be_visible()
        asked(volunteer, reason)
        screen(guest, "asked")
        do(guest, "agree")
        taken(guest)
        do(guest, "keep")
        screen(guest, "done")

    [third] = night.waiting
    expect(case(volunteer, third)).to_be_visible()
    with volunteer.expect_response("**/leases") as told:
        volunteer.clock.fast_forward(RENEW)
    assert told.value.json()["here"] == []
    expect(offer(volunteer)).to_have_count(0)


def case(volunteer: Page, pledge: Pledge) -> Locator:
    return volunteer.locator(f'.case[data-pledge="{pledge.id}"]')


def tile(wall: Page, pledge: Pledge) -> Locator:
    return wall.locator(f'[data-pledge="{pledge.id}"]')


def rail(volunteer: Page) -> list[str]:
    places = volunteer.locator(".rail button").all()
    return [str(each.get_attribute("data-pledge")) for each in places]

"""A guest who sees every state of the booth, and measures each."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.browser.measure import booth_faults, shoot
from tests.browser.steps import preview_moves, screen
from tests.lens import Lens, Mode

LONGEST = {
    "vi": "Mình sẽ nhắc bạn bè rằng lời mời việc nhẹ lương cao ở nơi xa thường là bẫy, "
    "và mình hỏi kỹ cùng gia đình trước khi đi xa",
    "en": "I will tell my friends that easy work with high pay far away may be a trap, "
    "and ask my family before anyone goes there",
}
UNPRINTABLE = "\ue000"  # for private use: no font and no promise has it
STILL = 41_000  # milliseconds without a touch, and one second more
COVERED = 21_000  # milliseconds on the done screen, and one second more


@dataclass
class Tour:
    """One guest's page, and what was wrong in each state seen so far."""

    page: Page
    language: str
    faults: dict[str, list[str]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def look(self, name: str, state: str = "") -> None:
        """Wait for a screen, measure it, and picture it."""
        screen(self.page, name)
        booth = self.page.locator("booth-screen")
        expect(booth).not_to_have_attribute("data-settling", name)
        expect(booth).to_have_attribute("aria-busy", "false")
        self.measure(state or name)

    def measure(self, state: str) -> None:
        """Measure what is on the screen now, and picture it."""
        self.seen.append(state)
        if found := booth_faults(self.page):
            self.faults[state] = found
        shoot(self.page, state, self.language)

    def do(self, verb: str) -> None:
        """Touch what asks for a verb."""
        self.page.locator(f'[data-do="{verb}"]:visible').tap()

    def go(self, name: str) -> None:
        """Touch what leads to a screen."""
        self.page.locator(f'[data-go="{name}"]:visible').last.tap()

    def set(self, word: str, value: str) -> None:
        """Choose a value."""
        self.page.locator(f'[data-set="{word}"][data-value="{value}"]:visible').tap()


def see_everything(tour: Tour, lens: Lens) -> None:
    """Go through every state that is not the start, from the first question on."""
    words(tour)
    lanes(tour)
    scopes(tour)
    photo(tour, lens)
    promise(tour)


def to_keep(tour: Tour) -> None:
    """Go the shortest way from the start to the draft of a photo."""
    to_consent(tour)
    tour.do("agree")
    screen(tour.page, "camera")
    preview_moves(tour.page)
    tour.do("take")
    screen(tour.page, "keep")


def to_consent(tour: Tour) -> None:
    """Go the shortest way to the question who may see it."""
    tour.page.locator(f'.attract [data-language="{tour.language}"]').tap()
    screen(tour.page, "pledge")
    tour.page.locator('[data-do="choose"]:visible').first.tap()
    screen(tour.page, "people")
    tour.set("people", "1")
    tour.set("age", "18+")
    tour.do("group")
    screen(tour.page, "consent")


def words(tour: Tour) -> None:
    """See the pledges, and one's own words, refused characters among them."""
    tour.page.locator(f'.attract [data-language="{tour.language}"]').tap()
    tour.look("pledge")
    tour.do("write")
    tour.look("write", "write-empty")
    words = tour.page.get_by_role("textbox")
    words.fill(LONGEST[tour.language][:-1] + UNPRINTABLE)
    tour.do("written")
    expect(tour.page.locator(".field__refusal")).to_be_visible()
    tour.look("write", "write-refused")
    words.fill(LONGEST[tour.language])
    tour.look("write")


def lanes(tour: Tour) -> None:
    """See who is there, and the ways of the children."""
    tour.do("written")
    tour.look("people")
    tour.set("people", "3")
    tour.set("age", "7-15")
    tour.look("people", "people-chosen")
    tour.do("group")
    tour.look("lane", "child-lane")
    tour.go("child")
    tour.look("child")
    tour.do("back")
    screen(tour.page, "lane")
    tour.do("back")
    tour.set("age", "0-6")
    tour.do("group")
    tour.look("parent")
    tour.do("parent")
    tour.look("child", "child-with-parent")


def scopes(tour: Tour) -> None:
    """See what an adult may allow, and the card without a face."""
    tour.do("back")
    screen(tour.page, "parent")
    tour.do("back")
    tour.set("age", "18+")
    tour.do("group")
    tour.look("consent")
    for scope in ("wall", "campaign", "album"):
        tour.page.locator(f'[data-scope="{scope}"]:visible').tap()
    tour.look("consent", "consent-chosen")
    tour.do("hide_face")
    card = screen(tour.page, "noface").locator('[data-from="sketch"]')
    expect(card).not_to_have_js_property("naturalWidth", 0)
    tour.look("noface")
    tour.do("back")
    screen(tour.page, "consent")


def photo(tour: Tour, lens: Lens) -> None:
    """See the mirror, the lost camera, the countdown, and photos that will not do."""
    tour.do("agree")
    camera(tour, lens)
    tour.do("take")
    expect(tour.page.get_by_role("timer")).to_have_text("3")
    tour.measure("counting")
    tour.look("keep")
    again(tour, lens, "blurred")
    again(tour, lens, "dark")


def again(tour: Tour, lens: Lens, mode: Mode) -> None:
    """See what is said of a photo that will not do."""
    lens.mode(mode)
    tour.do("retake")
    screen(tour.page, "camera")
    preview_moves(tour.page)
    tour.do("take")
    tour.look("keep", f"keep-{mode}")
    lens.mode("ok")


def camera(tour: Tour, lens: Lens) -> None:
    """See the mirror, a question to nobody, and a camera that is lost and found."""
    tour.look("camera")
    preview_moves(tour.page)
    tour.page.clock.fast_forward(STILL)
    tour.look("still")
    tour.do("here")
    lens.mode("gone")
    tour.look("fault")
    lens.mode("ok")
    screen(tour.page, "camera")
    preview_moves(tour.page)


def promise(tour: Tour) -> None:
    """See a booth that does not answer, the promise kept, and who will listen."""
    tour.page.context.set_offline(True)
    tour.do("keep")
    tour.look("problem")
    tour.page.context.set_offline(False)
    tour.do("again")
    tour.look("done")
    tour.page.clock.fast_forward(COVERED)
    tour.look("done", "done-covered")
    tour.go("talk")
    tour.look("talk")
    tour.do("back")
    screen(tour.page, "done")
    asked(tour)
    tour.do("restart")
    screen(tour.page, "attract")


def asked(tour: Tour) -> None:
    """See the question for another photo, as if a volunteer had asked it."""
    asks = {"is_hanging": False, "starts": None, "ends": None, "asked": "somebody"}
    tour.do("reveal")
    tour.page.route("**/light", lambda route: route.fulfill(json=asks))
    tour.look("asked")
    tour.page.unroute("**/light")
    tour.do("stay")
    screen(tour.page, "done")

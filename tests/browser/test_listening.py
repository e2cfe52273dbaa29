"""The queue for those who listen: every part has a name, and the way goes on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.booth import Booth
from tests.browser.beside import keep
from tests.browser.conftest import PHONE, TABLET, page_of
from tests.browser.steps import signed_in
from tests.browser.test_moderation import case, in_the_queue, press, settled
from tests.served import Served

SEEN = 10_000  # milliseconds
NAMELESS = """
() => {
  const touched = "button, a, input, textarea, nav, ul[aria-label]"
  const parts = [...document.querySelectorAll(touched)]
  const isShown = (each) => each.checkVisibility({ visibilityProperty: true })
  return parts.filter(isShown).filter((each) => {
    const label = each.labels?.[0]?.textContent ?? each.getAttribute("aria-label")
    const spoken = [...each.querySelectorAll("img[alt]")].map(({ alt }) => alt).join("")
    return !(label ?? each.innerText ?? "").trim() && !spoken
  }).map(({ outerHTML }) => outerHTML.slice(0, 120))
}
"""


@pytest.fixture
def booth(everyone: Booth) -> Iterator[Booth]:
    """Leave nothing in the queue for the next test."""
    yield everyone
    for pledge in in_the_queue(everyone):
        everyone.desk.withdraw(pledge.id)


def opened(browser: Browser, served: Served, size: tuple[int, int] = TABLET) -> Page:
    """Wake a volunteer's device."""
    page = page_of(browser, size, "en")
    page.clock.install()
    signed_in(page, served.url, served.pin)
    return page


def test_after_a_decision_the_next_promise_is_read_and_what_came_of_it_is_said(
    browser: Browser, served: Served, booth: Booth
) -> None:
    first, second = keep(booth, 1), keep(booth, 3)
    page = opened(browser, served)
    expect(case(page, first)).to_be_visible(timeout=SEEN)
    expect(page.locator(".rail img[src]")).to_have_count(2, timeout=SEEN)
    page.get_by_role("button", name="Approve", exact=True).focus()

    page.keyboard.press("Enter")

    expect(case(page, second).get_by_role("heading", level=2)).to_be_focused()
    said = page.get_by_role("status").filter(has_text=first.code)
    expect(said).to_contain_text(f"Approved: {first.code}")
    settled(page)
    press(page, "p", second)
    expect(page.get_by_role("heading", name="All looked at")).to_be_focused()


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_whatever_can_be_touched_has_a_name(
    browser: Browser, served: Served, booth: Booth, size: tuple[int, int]
) -> None:
    pledges = [keep(booth, number) for number in range(3)]
    page = opened(browser, served, size)
    expect(case(page, pledges[0])).to_be_visible(timeout=SEEN)
    press(page, "p", pledges[0])
    one_by_one = page.evaluate(NAMELESS)
    page.keyboard.press("g")
    expect(page.locator(".gt")).to_have_count(2)
    many = page.evaluate(NAMELESS)
    page.keyboard.press("Escape")

    assert (one_by_one, many) == ([], [])


def test_the_tree_says_what_the_screen_shows(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = keep(booth, 3)
    page = opened(browser, served)
    expect(case(page, pledge)).to_be_visible(timeout=SEEN)

    expect(page.locator("body")).to_match_aria_snapshot(
        f"""
        - banner:
          - navigation "How it stands":
            - button "1 Waiting" [pressed]
          - button "Blank the wall"
          - button "Sign out"
        - main:
          - navigation "The photos that wait":
            - button "{pledge.code}"
          - article:
            - img "A card without a face"
            - heading "{pledge.words}" [level=2]
          - button "Approve"
          - button "Keep private"
          - button "Remove"
          - button "Many at once"
        """
    )


def test_a_choice_among_many_is_told_as_pressed(
    browser: Browser, served: Served, booth: Booth
) -> None:
    pledge = keep(booth, 1)
    page = opened(browser, served)
    expect(case(page, pledge)).to_be_visible(timeout=SEEN)
    page.keyboard.press("g")
    choice = page.get_by_role("button", name=pledge.code, exact=True)
    expect(choice).to_have_attribute("aria-pressed", "false")

    expect(choice.locator("img")).not_to_have_js_property("naturalWidth", 0)
    choice.focus()
    page.keyboard.press("Space")

    expect(choice).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status").filter(has_text="1 chosen")).to_be_visible()

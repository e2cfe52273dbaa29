"""Practice, by touch: every case, its reason, the score; nothing leaves the page."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.browser.steps import signed_in
from tests.night import EVENT
from tests.served import Served

CASES = EVENT.practice
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
SIZES = pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])


@LANGUAGES
@SIZES
def test_every_case_and_its_reason_fits_the_device(
    browser: Browser, served: Served, size: tuple[int, int], language: str
) -> None:
    page = opened(browser, served, size, language)
    found = {}
    for number, case in enumerate(CASES, 1):
        found[f"{number}"] = measured(page, f"practice-{number:02}", language)
        decide(page, case.answer)
        expect(page.locator(".lesson__verdict:visible")).to_contain_text(
            case.why[language]
        )
        found[f"{number} told"] = measured(page, f"practice-{number:02}-told", language)
        page.locator('[data-do="next"]').tap()
    expect(page.locator(".score h1")).to_contain_text("20")
    found["score"] = measured(page, "practice-score", language)

    assert found == {state: [] for state in found}


def test_what_is_better_is_said_kindly_and_counted(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served, TABLET, "en")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    decide(page, "removed")
    expect(page.locator(".lesson__verdict:visible")).to_contain_text("Better: Approve")
    page.locator('[data-do="next"]').tap()
    page.keyboard.press("p")
    expect(page.locator(".lesson__verdict:visible")).to_contain_text(
        "Right: Keep private"
    )
    page.keyboard.press("p")
    page.locator('[data-do="next"]').tap()
    for case in CASES[2:]:
        decide(page, case.also[0] if case.also else case.answer)
        page.locator('[data-do="next"]').tap()

    expect(page.locator(".score h1")).to_have_text("19 of 20 right")
    assert set(sent) <= {"GET"}
    page.locator('[data-do="again"]').tap()
    expect(page.locator(".practice__place")).to_contain_text("1 of 20")
    expect(page.locator(".lesson__verdict:visible")).to_have_count(0)


def test_practice_is_a_touch_away_from_the_empty_queue_and_back(
    browser: Browser, served: Served
) -> None:
    page = page_of(browser, TABLET)
    signed_in(page, served.url, served.pin)

    page.locator(".nobody a").tap()
    expect(page.locator(".lesson:visible")).to_have_count(1)
    page.locator(".practice__leave").tap()

    expect(page.locator(".nobody")).to_be_visible()


def opened(
    browser: Browser, served: Served, size: tuple[int, int], language: str
) -> Page:
    """Wake a device and begin to practise."""
    page = page_of(browser, size, language)
    signed_in(page, served.url, served.pin)
    page.goto(f"{served.url}/moderation/practice")
    expect(page.locator(".lesson:visible")).to_have_count(1)
    return page


def decide(page: Page, answer: str) -> None:
    """Touch an answer."""
    page.locator(f'[data-decide="{answer}"]:visible').tap()


def measured(page: Page, state: str, language: str) -> list[str]:
    """Measure a screen held in the hand, and picture it."""
    shoot(page, state, language)
    return faults(page, touch=FINGER)

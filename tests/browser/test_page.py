"""What a guest's own phone opens, with scripts and without; and the operator's page."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from kiosk.words import translate
from tests.browser.beside import CALM, decided, door, hung, keep
from tests.browser.conftest import PHONE, TABLET, page_of
from tests.browser.measure import FINGER, faults, shoot
from tests.served import Served, fetch

SMALL = (320, 568)
SIZES = pytest.mark.parametrize("size", [PHONE, SMALL], ids=["phone", "small"])
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["js", "no js"])
SOON = "Your photo is on its way"
CAN_SHARE = "navigator.share = async (what) => { window.shared = what }"
"""What a phone brings and a browser on a desk does not."""


@pytest.fixture(scope="module")
def booth(everyone: Booth) -> Booth:
    """Keep what hangs for the whole file."""
    return everyone


@pytest.fixture(scope="module")
def photo(booth: Booth) -> Pledge:
    """Keep and approve one photo."""
    return hung(booth, 0, face=True)


@SCRIPTS
@LANGUAGES
@SIZES
def test_every_page_of_a_guest_fits_the_phone(
    browser: Browser,
    served: Served,
    photo: Pledge,
    size: tuple[int, int],
    language: str,
    *,
    scripts: bool,
) -> None:
    phone = a_phone(browser, size, language, scripts=scripts)
    phone.goto(link(served, photo))
    speak(phone, language)
    expect(phone.get_by_role("img").first).not_to_have_js_property("naturalWidth", 0)
    found = {"photo": measured(phone, "me-photo", language)}
    phone.locator(".remove > summary").tap()
    phone.locator(".talk > summary").tap()
    found["open"] = measured(phone, "me-photo-open", language)

    phone.goto(f"{door(served)}/p/{'0' * 20}")
    speak(phone, language)
    title = phone.get_by_role("heading", name=translate(language, SOON), exact=True)
    expect(title).to_be_visible()
    found["soon"] = measured(phone, "me-soon", language)

    assert found == {"photo": [], "open": [], "soon": []}


@SCRIPTS
@LANGUAGES
@SIZES
def test_removal_asks_first_and_then_hides_at_once(
    browser: Browser,
    served: Served,
    booth: Booth,
    size: tuple[int, int],
    language: str,
    *,
    scripts: bool,
) -> None:
    pledge = hung(booth, 0 if language == "vi" else 1)
    phone = a_phone(browser, size, language, scripts=scripts)
    phone.goto(link(served, pledge))
    speak(phone, language)
    sure = phone.locator(".remove__in button")
    expect(sure).to_be_hidden()

    phone.locator(".remove > summary").tap()
    expect(phone.locator(".remove__in h2")).to_be_visible()
    sure.tap()

    expect(phone.locator("h1")).to_have_count(1)
    expect(phone.get_by_role("img")).to_have_count(0)
    speak(phone, language)
    assert measured(phone, "me-removed", language) == []
    assert fetch(link(served, pledge)) == fetch(f"{door(served)}/p/{'0' * 20}")
    assert fetch(f"{door(served)}/card/{pledge.token}.jpg")[0] == 404


def test_a_phone_that_can_share_offers_it_with_words_and_link(
    browser: Browser, served: Served, photo: Pledge
) -> None:
    phone = a_phone(browser, PHONE, "vi", scripts=True)
    phone.add_init_script(CAN_SHARE)
    phone.goto(link(served, photo))
    speak(phone, "vi")

    phone.get_by_role("button", name=translate("vi", "Share")).tap()

    assert phone.evaluate("window.shared") == {
        "text": photo.words,
        "url": link(served, photo),
    }
    assert measured(phone, "me-share", "vi") == []


def test_a_phone_that_cannot_share_does_not_offer_it(
    browser: Browser, served: Served, photo: Pledge
) -> None:
    phone = a_phone(browser, PHONE, "vi", scripts=True)
    phone.goto(link(served, photo))

    expect(phone.locator("[data-do=share]")).to_be_hidden()


@SCRIPTS
def test_save_downloads_the_very_card(
    browser: Browser, served: Served, photo: Pledge, tmp_path: Path, *, scripts: bool
) -> None:
    phone = a_phone(browser, PHONE, "en", scripts=scripts)
    phone.goto(link(served, photo))
    speak(phone, "en")

    with phone.expect_download() as started:
        phone.get_by_role("link", name="Save").tap()

    saved = tmp_path / "saved.jpg"
    started.value.save_as(saved)
    card = served.data / "album" / photo.place / "card.jpg"
    assert saved.read_bytes() == card.read_bytes()
    assert started.value.suggested_filename == f"{photo.code.replace(' ', '-')}.jpg"


def test_a_phone_is_spoken_to_in_its_own_language(
    browser: Browser, served: Served, photo: Pledge
) -> None:
    for language in ("vi", "en"):
        phone = a_phone(browser, PHONE, language, scripts=True)
        phone.goto(link(served, photo))
        expect(phone.locator("html")).to_have_attribute("lang", language)
        expect(phone.locator(".two a")).to_contain_text(
            {"vi": "Lưu", "en": "Save"}[language]
        )


def test_a_chosen_language_stays_from_page_to_page(
    browser: Browser, served: Served, photo: Pledge
) -> None:
    phone = a_phone(browser, PHONE, "vi", scripts=True)
    phone.goto(link(served, photo))
    phone.get_by_text("English", exact=True).tap()

    phone.goto(f"{door(served)}/p/{'0' * 20}")

    expect(phone.get_by_role("heading", name=SOON, exact=True)).to_be_visible()


def test_soon_opens_the_photo_once_a_volunteer_has_looked(
    browser: Browser, served: Served, booth: Booth
) -> None:
    waiting = keep(booth, 1)
    phone = a_phone(browser, PHONE, "en", scripts=False)
    phone.goto(link(served, waiting))
    speak(phone, "en")
    expect(phone.get_by_role("heading", name=SOON, exact=True)).to_be_visible()

    decided(booth, waiting, Decision.APPROVED)
    phone.get_by_role("link", name="Look again").tap()

    expect(phone.locator(".card img")).to_be_visible()


def test_no_page_of_a_guest_says_anything_to_the_console(
    browser: Browser, served: Served, photo: Pledge
) -> None:
    phone = a_phone(browser, PHONE, "vi", scripts=True)
    said: list[str] = []
    phone.on("console", lambda line: said.append(line.text))
    phone.on("pageerror", lambda error: said.append(str(error)))

    phone.goto(link(served, photo))
    expect(phone.locator(".card img")).not_to_have_js_property("naturalWidth", 0)
    phone.goto(f"{door(served)}/p/{'0' * 20}")

    assert said == []


@LANGUAGES
def test_the_operators_link_opens_the_status_page_once(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    with Served(tmp_path, cloud=CALM) as booth:
        operator = page_of(browser, TABLET, language)
        operator.goto(booth.status_link)
        found = {"enter": measured(operator, "enter", language)}
        operator.get_by_role("button").tap()
        expect(operator.locator(".check")).to_have_count(6)
        expect(operator.locator("html")).to_have_attribute("lang", language)
        for size in (TABLET, PHONE):
            operator.set_viewport_size({"width": size[0], "height": size[1]})
            found[f"status {size}"] = measured(operator, "status", language)
        assert found == {state: [] for state in found}

        second = page_of(browser, TABLET, language)
        second.goto(booth.status_link)
        expect(second.get_by_role("button")).to_have_count(0)
        second.goto(f"{booth.url}/status")
        expect(second.locator(".check")).to_have_count(0)


@LANGUAGES
def test_the_status_page_says_when_the_booth_is_silent_and_goes_on_after(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    with Served(tmp_path, cloud=CALM) as booth:
        operator = page_of(browser, TABLET, language)
        operator.goto(booth.status_link)
        operator.get_by_role("button").tap()
        expect(operator.locator(".check")).to_have_count(6)
        operator.wait_for_load_state()  # its scripts, which a dead booth cannot give

        booth.kill()
        expect(operator.locator(".status__silent")).to_be_visible()
        assert measured(operator, "status-silent", language) == []
        booth.start()

        expect(operator.locator(".status__silent")).to_be_hidden()
        expect(operator.locator(".check")).to_have_count(6)


def a_phone(
    browser: Browser, size: tuple[int, int], language: str, *, scripts: bool
) -> Page:
    """Open somebody's own phone."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=scripts,
        locale={"vi": "vi-VN", "en": "en-GB"}[language],
        accept_downloads=True,
    )
    return context.new_page()


def link(served: Served, pledge: Pledge) -> str:
    """Return what the QR of a card opens."""
    return f"{door(served)}/p/{pledge.token}"


def speak(phone: Page, language: str) -> None:
    """Choose a language, where the phone has not been understood."""
    radio = phone.locator(f"#language-{language}")
    if not radio.is_checked():
        phone.locator(f'label[for="language-{language}"]').tap()
    expect(radio).to_be_checked()


def measured(page: Page, state: str, language: str) -> list[str]:
    """Measure a page that may scroll down, and picture it."""
    shoot(page, state, language)
    return faults(page, touch=FINGER, scrolls=True)

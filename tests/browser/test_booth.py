"""Every state of the booth, drawn in both languages and both ways up, and measured."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.beside import CALM
from tests.browser.conftest import LANDSCAPE, PORTRAIT, TABLET, page_of
from tests.browser.measure import booth_faults
from tests.browser.steps import screen
from tests.browser.tour import Tour, see_everything, to_consent
from tests.lens import Lens
from tests.served import ROOT, Served

SIZES = pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["tall", "wide"])
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


@LANGUAGES
@SIZES
def test_every_state_fits_its_screen_and_every_button_a_finger(
    browser: Browser, booth: Served, lens: Lens, size: tuple[int, int], language: str
) -> None:
    guest = page_of(browser, size)
    guest.clock.install()
    guest.goto(booth.url)
    tour = Tour(guest, language)

    see_everything(tour, lens)

    assert tour.faults == {}
    named = guest.locator("main [data-screen]").evaluate_all(
        "all => all.map(each => each.dataset.screen)"
    )
    without_start = set(named) - {"attract", "lane"}
    assert without_start <= set(tour.seen)


@LANGUAGES
@pytest.mark.parametrize(
    "size", [PORTRAIT, LANDSCAPE, TABLET], ids=["tall", "wide", "tablet"]
)
def test_the_start_fits_under_every_banner(
    browser: Browser, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    with in_the_language(tmp_path, language) as booth:
        guest = page_of(browser, size)
        guest.goto(booth.url)
        tour = Tour(guest, language)
        screen(guest, "attract")
        expect(guest.locator(".banner:visible")).to_have_count(2)
        expect(guest.locator("html")).to_have_attribute("lang", language)

        tour.look("attract")
        guest.locator('.attract [data-go="pledge"]').first.tap()
        tour.look("pledge", "pledge-under-banners")

        assert tour.faults == {}


def test_nothing_is_ticked_before_a_guest_touches_it(
    browser: Browser, booth: Served
) -> None:
    guest = page_of(browser, PORTRAIT)
    guest.goto(booth.url)

    ticked = guest.locator('main [aria-checked="true"]').evaluate_all(
        "all => all.map(each => each.dataset.set ?? each.dataset.scope)"
    )

    assert sorted(ticked) == ["colour", "drawing"]
    expect(guest.locator("main :checked")).to_have_count(0)


def test_choosing_another_age_unticks_what_the_first_allowed(
    browser: Browser, booth: Served
) -> None:
    guest = page_of(browser, PORTRAIT)
    guest.goto(booth.url)
    tour = Tour(guest, "vi")
    guest.locator(".sun:visible").tap()
    guest.locator('[data-do="choose"]').first.tap()
    screen(guest, "people")
    tour.set("people", "1")
    tour.set("age", "18+")
    tour.do("group")
    screen(guest, "consent")
    guest.locator('[data-scope="album"]').tap()
    tour.do("back")
    screen(guest, "people")
    tour.set("age", "16-17")
    tour.do("group")
    screen(guest, "consent")

    expect(guest.locator('[role="checkbox"][aria-checked="true"]')).to_have_count(0)
    expect(guest.locator('[role="checkbox"]:visible')).to_have_count(1)


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        ("sun.style.width = '3000px'", "leaves the screen"),
        ("sun.style.width = sun.style.height = '40px'", "is too small to touch"),
        ("sun.style.top = '1700px'", "overlaps"),
        ("title.style.letterSpacing = '200px'", "cuts off"),
        ("title.style.height = '20px'; title.style.overflow = 'hidden'", "cuts off"),
        ("title.style.marginBottom = '-150px'", "lays"),
        ("sun.querySelector('b').style.fontSize = '300px'", "lets the words out"),
        ("booth.style.marginLeft = '-400px'", "cuts off"),
        ("page.style.overflow = 'visible'; page.style.width = '130vw'", "sideways"),
        ("veil.style = 'position: fixed; inset: 0; z-index: 9'", "is covered"),
    ],
)
def test_the_ruler_sees_what_is_wrong(
    browser: Browser, booth: Served, harm: str, fault: str
) -> None:
    guest = page_of(browser, PORTRAIT)
    guest.goto(booth.url)
    screen(guest, "attract")
    assert booth_faults(guest) == []

    do_harm(guest, harm)

    assert any(fault in each for each in booth_faults(guest))


@LANGUAGES
@SIZES
def test_the_widest_code_fits_beside_its_qr(
    browser: Browser, booth: Served, size: tuple[int, int], language: str
) -> None:
    guest = page_of(browser, size)
    guest.goto(booth.url)
    tour = Tour(guest, language)
    to_consent(tour)
    tour.do("hide_face")
    tour.do("keep_card")
    screen(guest, "done")

    code = guest.locator(".ticket__code:visible")
    code.evaluate("code => { code.textContent = 'WM WMWM' }")

    assert booth_faults(guest) == []


def do_harm(guest: Page, harm: str) -> None:
    """Spoil the start screen."""
    guest.evaluate(
        f"""() => {{
          const booth = document.querySelector("booth-screen")
          const page = document.body
          const sun = document.querySelector(".sun")
          const title = document.querySelector(".attract h1")
          const veil = page.appendChild(document.createElement("div"))
          {harm}
        }}"""
    )


def in_the_language(folder: Path, language: str) -> Served:
    """Describe a booth whose event has this language first, and no camera."""
    event = shutil.copytree(ROOT / "event", folder / "event") / "event.toml"
    other = {"vi": "en", "en": "vi"}[language]
    said = event.read_text(encoding="utf-8")
    event.write_text(
        said.replace('["vi", "en"]', f'["{language}", "{other}"]'), encoding="utf-8"
    )
    booth = Served(folder, cloud=CALM)
    config = folder / "config.toml"
    config.write_text(
        config.read_text().replace((ROOT / "event").as_posix(), str(event.parent))
    )
    return booth

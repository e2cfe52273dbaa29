"""A guest's own words: whatever is written, a sentence, and nothing of it lost."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kiosk.words import translate
from tests.browser.beside import CALM
from tests.browser.conftest import PORTRAIT, page_of
from tests.browser.steps import screen
from tests.browser.tour import Tour
from tests.served import Served

OTHER = {"vi": "en", "en": "vi"}
FAMILY = "👨‍👩‍👧‍👦"
TOO_MANY = "{number} too many"
LEFT = "{number} left"
EMPTY = "Write your promise first."
TOO_LONG = "That is too long: at most {longest} characters fit on a card."
TOO_MUCH = "That is more than fits here."
UNPRINTABLE = "One of the characters cannot be printed."
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


@pytest.fixture(scope="module")
def booth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve one booth for all that is written here."""
    with Served(tmp_path_factory.mktemp("words"), cloud=CALM) as opened:
        yield opened


@pytest.fixture
def said() -> list[str]:
    """Collect what a page complains of: its console, its errors, its dialogs."""
    return []


@pytest.fixture
def guest(browser: Browser, booth: Served, said: list[str]) -> Page:
    """Put a guest before the booth."""
    page = page_of(browser, PORTRAIT)
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(booth.url)
    return page


@LANGUAGES
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", EMPTY),
        ("\n \t\u00a0\n", EMPTY),
        ("\u200b\u200b\u2060", EMPTY),
        ("\u0007\u0001\u0002", EMPTY),
        ("ế" * 121, TOO_LONG),
        ("ế" * 10_000, TOO_LONG),
        ("ế" * 40_000, TOO_MUCH),
        ("Mình hứa \ue000", UNPRINTABLE),
    ],
    ids=["empty", "blank", "unseen", "controls", "121", "10,000", "40,000", "private"],
)
def test_what_the_booth_refuses_stays_written_beside_the_reason(
    guest: Page, language: str, words: str, sentence: str
) -> None:
    write(guest, language, words)
    guest.locator('[data-do="written"]').tap()

    said = translate(language, sentence, longest=120)
    expect(guest.locator(".field__refusal")).to_have_text(said)
    screen(guest, "write")
    expect(guest.get_by_role("textbox")).to_have_value(words)
    shown = guest.locator(f'[data-language="{OTHER[language]}"]:visible')
    shown.tap()
    expect(guest.locator(".field__refusal")).to_be_hidden()
    guest.get_by_role("textbox").fill("Mình sẽ lắng nghe")
    expect(guest.locator(".field__refusal")).to_be_hidden()
    guest.locator('[data-do="written"]').tap()
    screen(guest, "people")


@LANGUAGES
def test_letters_are_counted_as_a_reader_does(guest: Page, language: str) -> None:
    write(guest, language, "ế" * 121)

    expect(left(guest)).to_have_text(translate(language, TOO_MANY, number=1))
    guest.get_by_role("textbox").fill(f"{FAMILY}e\u0302\u0301")
    expect(left(guest)).to_have_text(translate(language, LEFT, number=118))
    guest.get_by_role("textbox").fill(" \n ")
    expect(left(guest)).to_have_text(translate(language, LEFT, number=120))


def test_a_card_shows_the_words_as_they_will_be_kept(guest: Page) -> None:
    write(guest, "vi", "Mình \u0007hứa\n điều\u202e này")
    to_agree(guest, "vi", face=False)

    expect(guest.locator(".noface .card__words")).to_have_text("Mình hứa điều này")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Mình \u0007hứa\u0000 điều\u202e này", "Mình hứa điều này"),
        ("một\nhai\r\nba\t bốn", "một hai ba bốn"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        (
            "{{ words }} ${words} %s {value} $& \"'`",
            "{{ words }} ${words} %s {value} $& \"'`",
        ),
        (f"Cả nhà {FAMILY} hứa 💛", f"Cả nhà {FAMILY} hứa 💛"),
        ("Mi\u0300nh hu\u031b\u0301a", "Mình hứa"),
        (FAMILY * 60, FAMILY * 60),
    ],
    ids=["controls", "lines", "script", "braces", "emoji", "decomposed", "many emoji"],
)
def test_what_is_written_is_kept_as_text_and_nothing_else(
    guest: Page, booth: Served, said: list[str], words: str, kept: str
) -> None:
    write(guest, "vi", words)
    to_agree(guest, "vi", face=False)
    expect(guest.locator(".noface .card__words")).to_be_visible()
    guest.locator('[data-do="keep_card"]').tap()
    screen(guest, "done")

    assert newest(booth)["words"] == kept
    assert said == []


def write(guest: Page, language: str, words: str) -> None:
    """Write a promise of one's own, in a language of one's own."""
    guest.locator(f'.attract [data-language="{language}"]').tap()
    screen(guest, "pledge")
    guest.locator('[data-do="write"]:visible').tap()
    screen(guest, "write")
    guest.get_by_role("textbox").fill(words)


def to_agree(guest: Page, language: str, *, face: bool = True) -> None:
    """Go on from the words, and agree."""
    tour = Tour(guest, language)
    tour.do("written")
    screen(guest, "people")
    tour.set("people", "1")
    tour.set("age", "18+")
    tour.do("group")
    screen(guest, "consent")
    tour.do("agree" if face else "hide_face")


def left(guest: Page) -> Locator:
    """Find how many letters are left, or too many."""
    return guest.locator(".field__left")


def newest(booth: Served) -> dict[str, Any]:
    """Read what was kept last."""
    *_, last = sorted((booth.data / "album").glob("*/*/pledge.json"))
    told: dict[str, Any] = json.loads(last.read_bytes())
    return told

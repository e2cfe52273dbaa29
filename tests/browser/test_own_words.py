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

FAMILY = "👨‍👩‍👧‍👦"
TOO_MANY = "{number} too many"
LEFT = "{number} left"
EMPTY = "Write your promise first."
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
def guest(browser: Browser, booth: Served, said: list[str]) -> Iterator[Page]:
    """Put a guest before the booth."""
    page = page_of(browser, PORTRAIT)
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(booth.url)
    yield page
    page.context.close()


@LANGUAGES
@pytest.mark.parametrize("words", ["", " ", "\n \t\u00a0\n", "   "])
def test_nothing_written_is_no_promise(guest: Page, language: str, words: str) -> None:
    write(guest, language, words)

    expect(guest.locator('[data-do="written"]')).to_be_disabled()
    expect(left(guest)).to_have_text(translate(language, LEFT, number=120))
    expect(guest.get_by_role("textbox")).to_have_value(words)


@LANGUAGES
@pytest.mark.parametrize(("letters", "over"), [(121, 1), (10_000, 9_880)])
def test_too_much_is_told_and_can_be_shortened(
    guest: Page, language: str, letters: int, over: int
) -> None:
    words = "ế" * letters
    write(guest, language, words)

    expect(guest.locator('[data-do="written"]')).to_be_disabled()
    expect(left(guest)).to_have_text(translate(language, TOO_MANY, number=over))
    expect(guest.get_by_role("textbox")).to_have_value(words)
    guest.get_by_role("textbox").fill(words[:120])
    expect(left(guest)).to_have_text(translate(language, LEFT, number=0))
    guest.locator('[data-do="written"]').tap()
    screen(guest, "people")


@LANGUAGES
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("\u200b\u200b\u2060", EMPTY),
        ("\u0007\u0001\u0002", EMPTY),
        ("Mình hứa \ue000", UNPRINTABLE),
    ],
    ids=["unseen", "control characters", "private characters"],
)
def test_what_the_booth_refuses_stays_written_beside_the_reason(
    guest: Page, language: str, words: str, sentence: str
) -> None:
    write(guest, language, words)
    to_agree(guest, language)

    screen(guest, "write")
    expect(guest.locator(".field__refusal")).to_have_text(translate(language, sentence))
    expect(guest.get_by_role("textbox")).to_have_value(words)
    guest.get_by_role("textbox").fill("Mình sẽ lắng nghe")
    expect(guest.locator(".field__refusal")).to_be_hidden()
    guest.locator('[data-do="written"]').tap()
    people = screen(guest, "people")
    expect(people.locator('[aria-checked="true"]')).to_have_count(2)


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

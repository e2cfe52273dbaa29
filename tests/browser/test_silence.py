"""A booth whose server hangs or dies while a guest stands before it."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.words import translate
from tests.browser.beside import CALM
from tests.browser.conftest import PORTRAIT, page_of
from tests.browser.steps import (
    VI,
    agreed,
    kept,
    photographed,
    preview_moves,
    screen,
    tap,
)
from tests.browser.tour import Tour, to_keep
from tests.kiosk.web.processes import Overheard
from tests.served import Served

SILENT = (
    "The booth did not answer. Nothing is lost: try again, and it is kept only once."
)
OVER = "This visit is over and nothing of it was saved. Please start again."
PATIENCE = 30_000  # milliseconds; the screen's own is eight seconds
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


@LANGUAGES
def test_a_server_that_hangs_at_keep_keeps_exactly_once(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    with Served(tmp_path, cloud=CALM) as booth:
        guest = at_keep(browser, booth, language)

        with hanging(booth):
            guest.locator('[data-do="keep"]').tap()
            problem = guest.locator('[data-fill="problem"]')
            expect(problem).to_have_text(translate(language, SILENT), timeout=PATIENCE)
        guest.locator('[data-do="again"]').tap()

        expect(screen(guest, "done").locator(".ticket__code").first).to_be_visible()
        assert len(list((booth.data / "album").glob("*/*/card.jpg"))) == 1


def test_a_guest_at_the_camera_goes_on_when_the_worker_was_killed(
    browser: Browser, tmp_path: Path
) -> None:
    with Overheard(tmp_path, cloud=CALM) as booth:
        guest = page_of(browser, PORTRAIT)
        guest.goto(booth.url)
        agreed(guest, VI)
        preview_moves(guest)

        mirror = screen(guest, "camera").locator('img[data-from="preview"]')
        before = str(mirror.get_attribute("src"))
        booth.kill_worker()

        expect(mirror).not_to_have_attribute("src", before)
        preview_moves(guest)
        tap(guest, VI.take)
        screen(guest, "keep")
        kept(guest, VI)


@LANGUAGES
def test_a_server_that_died_before_keep_says_that_nothing_was_saved(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    with Served(tmp_path, cloud=CALM) as booth:
        guest = at_keep(browser, booth, language)
        booth.kill()

        guest.locator('[data-do="keep"]').tap()
        problem = guest.locator('[data-fill="problem"]')
        expect(problem).to_have_text(translate(language, SILENT))
        booth.start()
        guest.locator('[data-do="again"]').tap()

        expect(problem).to_have_text(translate(language, OVER))
        expect(guest.locator('[data-do="again"]')).to_be_hidden()
        assert not list((booth.data / "album").glob("*/*/card.jpg"))
        guest.locator('[data-screen="problem"] [data-do="restart"]').tap()
        screen(guest, "attract")


def test_a_start_screen_outlives_its_server(browser: Browser, tmp_path: Path) -> None:
    with Served(tmp_path, cloud=CALM) as booth:
        guest = page_of(browser, PORTRAIT)
        guest.goto(booth.url)
        screen(guest, "attract")
        booth.kill()
        booth.start()

        photographed(guest, VI)

        assert kept(guest, VI)


def at_keep(browser: Browser, booth: Served, language: str) -> Page:
    """Bring a guest to the question whether to keep the photo."""
    guest = page_of(browser, PORTRAIT)
    guest.goto(booth.url)
    to_keep(Tour(guest, language))
    return guest


@contextmanager
def hanging(booth: Served) -> Iterator[None]:
    """Stop every process of the server, and let them go on in the end."""
    (group,) = [
        each.pid
        for each in psutil.Process().children()
        if str(booth.port) in each.cmdline()
    ]
    os.killpg(group, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(group, signal.SIGCONT)

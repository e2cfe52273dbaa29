"""A real browser, and pages of the sizes the booth's people hold."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kiosk.booth import Booth
from tests import chromium
from tests.browser.beside import CALM, beside
from tests.lens import Lens
from tests.served import Served

PORTRAIT = (1080, 1920)
LANDSCAPE = (1920, 1080)
TABLET = (1180, 820)
PHONE = (390, 844)

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is not a fault


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open the machine's Chromium once."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def lens() -> Iterator[Lens]:
    """Stream a photograph, small and slow enough for a busy machine."""
    with Lens(640, 360, 10) as opened:
        yield opened


@pytest.fixture(scope="module")
def booth(tmp_path_factory: pytest.TempPathFactory, lens: Lens) -> Iterator[Served]:
    """Serve one booth for all guests of a file."""
    with Served(tmp_path_factory.mktemp("served"), camera=lens.url) as opened:
        yield opened


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve one booth for all walls, volunteers and phones of a file."""
    with Served(tmp_path_factory.mktemp("served"), cloud=CALM) as opened:
        yield opened


@pytest.fixture(scope="module")
def everyone(served: Served) -> Iterator[Booth]:
    """Open the same folder beside it."""
    with beside(served) as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_open(browser: Browser) -> Iterator[None]:
    """Close every device after a test: a screen left open goes on asking."""
    yield
    for context in browser.contexts:
        context.close()


def page_of(
    browser: Browser,
    size: tuple[int, int],
    language: str = "vi",
    *,
    touch: bool = True,
) -> Page:
    """Open a context of its own: another device, with nothing shared."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        has_touch=touch,
        locale={"vi": "vi-VN", "en": "en-GB"}[language],
    )
    context.set_default_timeout(15_000)
    return context.new_page()

"""Measuring a screen in the browser: what a person could not read, reach or touch."""

import os
from pathlib import Path

from playwright.sync_api import Page

SHOTS = "PLEDGEBOOTH_SHOTS"  # the folder for screenshots; unset: none are written
TOUCH = 88  # in u, see static/css/tokens.css
FINGER = 44  # CSS pixels, on a device held in the hand
RULER = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")


def faults(page: Page, *, touch: float, scrolls: bool = False) -> list[str]:
    """Measure what is on the screen; `touch` in CSS pixels, `scrolls` allows down."""
    found = page.evaluate(RULER, {"touch": touch, "scrolls": scrolls})
    return [str(each) for each in found]


def booth_faults(page: Page) -> list[str]:
    """Measure a screen of the booth, whose sizes are in u."""
    size = page.viewport_size
    assert size
    short, long = sorted((size["width"], size["height"]))
    return faults(page, touch=TOUCH * min(short / 1080, long / 1920))


def shoot(page: Page, state: str, language: str) -> None:
    """Write a screenshot where the environment asks for it."""
    folder, size = os.environ.get(SHOTS), page.viewport_size
    if not folder or not size:
        return

    name = f"{state}.{language}-{size['width']}x{size['height']}.png"
    Path(folder).mkdir(parents=True, exist_ok=True)
    page.screenshot(path=Path(folder) / name)

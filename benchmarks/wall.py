"""From a volunteer's touch until the photo is painted on the wall, in Chromium."""

import time
from collections.abc import Sequence

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.line import Line
from benchmarks.scene import booth, rest
from benchmarks.shoot import posed
from benchmarks.table import Row, at_most
from benchmarks.turns import Times
from tests import chromium
from tests.served import Served

PHOTOS = 12
UNCOUNTED = 2
GLANCE = 1.0  # seconds in which a volunteer looks at a photo
SIZE = {"width": 1920, "height": 1080}
PAINTED = """id => new Promise(painted => {
  const look = () => {
    const tile = document.querySelector(`.tile[data-pledge="${id}"]`);
    const isWhole = tile && [...tile.querySelectorAll("canvas")].every(
      (picture) => picture.width !== 300); // what one is before it is drawn
    if (!isWhole) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() =>
      painted(performance.timeOrigin + performance.now()), 0));
  };
  look();
})"""
"""The milliseconds since 1970 at the end of the frame that shows a pledge."""


def measure() -> Sequence[Row]:
    """Approve photos one after the other before an open wall."""
    with booth() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        try:
            seconds = Times(_painted(served, _wall(browser, served)))
        finally:
            browser.close()
    what = "approve to painted on the wall"
    return [at_most(what, seconds.ms, 150, "ms", str(seconds))]


def _wall(browser: Browser, served: Served) -> Page:
    page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a TypedDict
    page.goto(f"{served.url}/wall")
    return page


def _painted(served: Served, wall: Page) -> Sequence[float]:
    line = Line(served.port)
    line.pair(served.volunteer_link)
    return [_one(line, wall) for _ in range(UNCOUNTED + PHOTOS)][UNCOUNTED:]


def _one(line: Line, wall: Page) -> float:
    visit = posed(line)
    line.post(f"/visits/{visit}/shoot")
    line.post(f"/visits/{visit}/keep")
    (pledge_id,) = line.waiting()
    rest(GLANCE)
    wall.evaluate(f"id => {{ window.painted = ({PAINTED})(id) }}", pledge_id)
    touched = time.time()
    line.approve(pledge_id)
    return float(wall.evaluate("() => window.painted")) / 1000 - touched

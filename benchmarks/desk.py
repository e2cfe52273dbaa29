"""The volunteers' page on a night of 100,000 pledges: until its first photo is painted.

The photos that wait are real; the other pledges are rows, which is all it may read.
"""

from collections.abc import Sequence

from playwright.sync_api import Page, sync_playwright

from benchmarks.grown import MANY, WAITING, fill
from benchmarks.line import Line
from benchmarks.scene import folder, wait_for_camera
from benchmarks.shoot import posed
from benchmarks.table import Row, at_most
from benchmarks.turns import Times
from kiosk.web import opening
from kiosk.web.current import COOKIE
from kiosk.web.roles import Role
from tests import chromium
from tests.served import Served

TURNS = 7
UNCOUNTED = 2
TABLET = {"width": 1180, "height": 820}
PAINTED = """() => new Promise(painted => {
  const look = () => {
    const photo = document.querySelector(".case:not([hidden]) .case__photo img");
    if (!photo?.complete || !photo.naturalWidth) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => painted(performance.now()), 0));
  };
  look();
})"""
"""The milliseconds since the page was asked for, at the frame that shows a photo."""


def measure() -> Sequence[Row]:
    """Open the page again and again."""
    with folder() as place, sync_playwright() as playwright:
        with Served(place) as served:
            _keep(Line(served.port))
        opened = opening.closing_database(served.data)
        with opened as database, database.transaction() as db:
            fill(db, MANY, waiting=0)
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        with served:
            try:
                seconds = Times(_opened(browser.new_page(viewport=TABLET), served))  # type: ignore[arg-type]  # a TypedDict
            finally:
                browser.close()
    what = f"moderation painted at {MANY} pledges"
    note = f"{seconds}; {WAITING} photos wait"
    return [at_most(what, seconds.median, 1, "s", note)]


def _keep(line: Line) -> None:
    wait_for_camera(line)
    for _ in range(WAITING):
        visit = posed(line)
        line.post(f"/visits/{visit}/shoot")
        line.post(f"/visits/{visit}/keep")


def _opened(page: Page, served: Served) -> Sequence[float]:
    cookie = served.session(Role.VOLUNTEER)
    page.context.add_cookies([{"name": COOKIE, "value": cookie, "url": served.url}])
    page.goto(f"{served.url}/moderation")
    page.locator(".case:not([hidden])").wait_for()
    return [_once(page) for _ in range(UNCOUNTED + TURNS)][UNCOUNTED:]


def _once(page: Page) -> float:
    page.reload(wait_until="commit")
    return float(page.evaluate(PAINTED)) / 1000

"""A full wall on a slow computer: how many frames it misses while photos come."""

from collections.abc import Sequence
from itertools import pairwise

from playwright.sync_api import Page, sync_playwright

from benchmarks.line import Line
from benchmarks.scene import booth, rest
from benchmarks.shoot import posed
from benchmarks.table import Row, at_most
from benchmarks.wall import SIZE
from kiosk.web.news import TILES
from tests import chromium

THROTTLE = 6  # times as slow as this machine
COMING = 30  # photos, one a second
FRAME = 1000 / 60  # milliseconds
WATCH = """() => {
  window.frames = [];
  const look = (at) => { window.frames.push(at); requestAnimationFrame(look) };
  requestAnimationFrame(look);
}"""


def measure() -> Sequence[Row]:
    """Approve a photo a second before a full wall, and count its frames."""
    with booth() as served, sync_playwright() as playwright:
        line = Line(served.port)
        for _ in range(TILES + COMING):
            visit = posed(line)
            line.post(f"/visits/{visit}/shoot")
            line.post(f"/visits/{visit}/keep")
        line.pair(served.volunteer_link)
        waiting = line.waiting()
        for pledge in waiting[:TILES]:
            line.approve(pledge)
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        try:
            wall, empty = (browser.new_page(viewport=SIZE) for _ in range(2))  # type: ignore[arg-type]  # a TypedDict
            wall.goto(f"{served.url}/wall")
            share, floor = _missed(wall, empty, line, waiting[TILES:])
        finally:
            browser.close()
    what = f"the wall, {TILES - 1} tiles, 1 photo a second, {THROTTLE} x slower: missed"
    note = f"{share:.1%}, less what an empty page misses meanwhile, {floor:.1%}"
    return [at_most(what, 100 * (share - floor), 1, "% of frames", note)]


def _missed(
    wall: Page, empty: Page, line: Line, coming: Sequence[str]
) -> tuple[float, float]:
    wall.locator(".tile").nth(TILES - 1).wait_for()
    pages = wall, empty
    for page in pages:
        slow = page.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
        page.evaluate(WATCH)
    line.hang_up()
    for pledge in coming:
        rest(1.0)
        line.approve(pledge)
    share, floor = (_share(page.evaluate("() => window.frames")) for page in pages)
    return share, floor


def _share(frames: Sequence[float]) -> float:
    gaps = [later - one for one, later in pairwise(frames)]
    missed = sum(max(0, round(gap / FRAME) - 1) for gap in gaps)
    return missed / (missed + len(gaps))

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
            wall = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a TypedDict
            wall.goto(f"{served.url}/wall")
            share = _missed(wall, line, waiting[TILES:])
        finally:
            browser.close()
    what = f"the wall, {TILES - 1} tiles, 1 photo a second, {THROTTLE} x slower: missed"
    return [at_most(what, 100 * share, 1, "% of frames", "")]


def _missed(wall: Page, line: Line, coming: Sequence[str]) -> float:
    wall.locator(".tile").nth(TILES - 1).wait_for()
    slow = wall.context.new_cdp_session(wall)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    wall.evaluate(WATCH)
    line.hang_up()
    for pledge in coming:
        rest(1.0)
        line.approve(pledge)
    frames: list[float] = wall.evaluate("() => window.frames")
    gaps = [later - one for one, later in pairwise(frames)]
    missed = sum(max(0, round(gap / FRAME) - 1) for gap in gaps)
    return missed / (missed + len(gaps))

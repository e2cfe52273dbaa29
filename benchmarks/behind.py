"""A wall that has missed 500 entries: from opening it until all its tiles are there."""

import json
from collections.abc import Sequence

from playwright.sync_api import Browser, sync_playwright

from benchmarks.line import Line
from benchmarks.scene import booth
from benchmarks.table import Row, at_most
from benchmarks.turns import Times
from benchmarks.wall import SIZE
from kiosk.web.news import TILES
from tests import chromium
from tests.served import Served

MISSED = 249  # promises kept and approved: two entries each, and the last before 500
TURNS = 7
WHOLE = """count => new Promise(whole => {
  const look = () => {
    const tiles = document.querySelectorAll(".tile");
    const pictures = [...document.querySelectorAll(".tile img")];
    const isWhole = tiles.length === count &&
      pictures.every((img) => img.complete && img.naturalWidth > 0);
    if (isWhole) whole(performance.now());
    else requestAnimationFrame(look);
  };
  look();
})"""
"""The milliseconds since the page was asked for, at the frame that shows all tiles."""
LONG_AGO = """document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  const wall = document.querySelector("wall-screen");
  wall.dataset.cursor = "CURSOR";
  wall.querySelector(".wall__arriving").replaceChildren();
})"""
"""Make the page what it was at a cursor, before its own script looks at it."""


def measure() -> Sequence[Row]:
    """Open a page of long ago, which knows of no promise yet, before a full wall."""
    with booth() as served, sync_playwright() as playwright:
        line = Line(served.port)
        long_ago = json.loads(line.get("/wall/feed"))["cursor"]
        for _ in range(MISSED):
            line.keep_a_card()
        line.pair(served.volunteer_link)
        for pledge in line.waiting():
            line.approve(pledge)
        for pledge in line.waiting():  # a queue holds 200
            line.approve(pledge)
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        try:
            seconds = Times(_opened(browser, served, long_ago) for _ in range(TURNS))
        finally:
            browser.close()
    what = "a wall 500 entries behind is whole"
    return [at_most(what, seconds.median, 1, "s", str(seconds))]


def _opened(browser: Browser, served: Served, cursor: str) -> float:
    wall = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a TypedDict
    wall.add_init_script(LONG_AGO.replace("CURSOR", cursor))
    wall.goto(f"{served.url}/wall", wait_until="commit")
    taken = float(wall.evaluate(WHOLE, TILES)) / 1000
    wall.close()
    return taken

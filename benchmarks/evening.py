"""What a wall's tab holds after 3,000 photos, beside what its first minute left.

Thirty photos are real ones; the others are copies of them, each with its own pledge.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Connection, insert, select, update

from benchmarks.line import Line
from benchmarks.scene import folder, rest, wait_for_camera
from benchmarks.shoot import posed
from benchmarks.table import Row, at_most
from benchmarks.wall import SIZE
from kiosk import store
from kiosk.pledge import Decision, new_id, new_token
from kiosk.store import feed, tallies
from kiosk.web import opening
from kiosk.web.news import TILES
from tests import chromium
from tests.served import Served

REAL = 30
PHOTOS = 3000
FIRST = 60  # photos of the first minute, one a second
MORE = 20.0  # % of what the first minute held
SETTLES = 5.0  # seconds
LOOKS = 5


def measure() -> Sequence[Row]:
    """Approve so many, one after the other, before an open wall."""
    with night() as served, sync_playwright() as playwright:
        line = Line(served.port)
        line.pair(served.volunteer_link)
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        try:
            wall = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a TypedDict
            wall.goto(f"{served.url}/wall")
            _approve(line, FIRST)
            first = _held(browser, wall)
            _approve(line, PHOTOS - FIRST)
            wall.locator(".tile").nth(TILES - 1).wait_for()
            last = _held(browser, wall)
        finally:
            browser.close()
    what = f"a wall's tab after {PHOTOS} photos: more than at first"
    note = f"{first:.0f} MB after {FIRST}, {last:.0f} MB after {PHOTOS}"
    return [at_most(what, 100 * (last / first - 1), MORE, "%", note)]


def _approve(line: Line, count: int) -> None:
    while count > 0:
        now = line.waiting()[:count]
        for pledge in now:
            line.approve(pledge)
        count -= len(now)


def _held(browser: Browser, page: Page) -> float:
    """Return the megabytes of the page's process that are its own, without garbage."""
    tab = page.context.new_cdp_session(page)
    whole = browser.new_browser_cdp_session()
    found = []
    for _ in range(LOOKS):
        rest(SETTLES)
        tab.send("HeapProfiler.collectGarbage")
        told: dict[str, Any] = whole.send("SystemInfo.getProcessInfo")
        tabs = [p["id"] for p in told["processInfo"] if p["type"] == "renderer"]
        held = [psutil.Process(each).memory_full_info().uss for each in tabs]
        found.append(max(held) / 1_000_000)
    return min(found)


@contextmanager
def night() -> Iterator[Served]:
    """Serve a booth where so many photos wait."""
    with folder() as place:
        with Served(place) as served:
            line = Line(served.port)
            wait_for_camera(line)
            for _ in range(REAL):
                visit = posed(line)
                line.post(f"/visits/{visit}/shoot")
                line.post(f"/visits/{visit}/keep")
        opened = opening.closing_database(served.data)
        with opened as database, database.transaction() as db:
            _copy(db, served.data / "album")
        with served:
            yield served


def _copy(db: Connection, album: Path) -> None:
    real = [row._asdict() for row in db.execute(select(store.pledges))]
    folders = {each.parent.name: each.parent for each in album.rglob("photo.jpg")}
    for number in range(REAL + 1, PHOTOS + 1):
        one = real[number % REAL]
        own = {"id": new_id(), "submission": new_token(), "number": number}
        copy = one | own | {"code": f"HN {number:04X}"}
        folder_of_one = folders[one["id"]]
        place = folder_of_one.with_name(copy["id"])
        shutil.copytree(folder_of_one, place, copy_function=os.link)
        db.execute(insert(store.pledges), copy)
        link = {"token": new_token(), "pledge": copy["id"], "kind": "card"}
        db.execute(insert(store.links), link)
    db.execute(update(feed.head).values(kept=PHOTOS))
    waiting = update(tallies.tallies).where(tallies.tallies.c.name == Decision.WAITING)
    db.execute(waiting.values(count=PHOTOS))

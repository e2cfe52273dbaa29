"""Walls whose connections are cut at random, ten a second: what they lost at the end.

Chromium's own pages, so that it is our script that comes back; a relay stands between
them and the booth and hangs up in the middle of whatever is said.
"""

import asyncio
import json
import random
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread

from playwright.sync_api import Page, sync_playwright

from benchmarks.line import Line
from benchmarks.scene import booth, rest
from benchmarks.table import Row, at_most
from tests import chromium
from tests.ports import free_ports
from tests.waiting import eventually

WALLS = 5
CUTS = 10  # a second
SECONDS = 60
PULLED_BACK = 5  # one of so many leaves the wall again, a second after it came
SOON = 10.0  # seconds after the last cut in which all walls are whole
CHUNK = 65_536  # bytes
HUNG = "() => [...document.querySelectorAll('.tile')].map((it) => it.dataset.pledge)"
SEED = 7


def measure() -> Sequence[Row]:
    """Approve a promise a second meanwhile, and pull every fifth back."""
    with booth() as served, sync_playwright() as playwright:
        line = Line(served.port)
        for _ in range(SECONDS):
            line.keep_a_card()
        line.pair(served.volunteer_link)
        waiting = line.waiting()
        with relay(served.port) as knife:
            browser = playwright.chromium.launch(
                executable_path=chromium.find(),
                args=[*chromium.FLAGS, f"--host-resolver-rules={knife.rule}"],
            )
            try:
                walls = [browser.new_page() for _ in range(WALLS)]
                for wall in walls:
                    wall.goto(f"http://localhost:{served.port}/wall")
                knife.is_out = True
                _evening(line, waiting)
                knife.is_out = False
                lost = _lost(walls, _hanging(line))
            finally:
                browser.close()
    what = f"lost after {CUTS} cuts a second for {SECONDS} s"
    note = f"{knife.cuts} cuts, {WALLS} walls, {SECONDS} promises"
    return [at_most(what, lost, 0, "tiles", note)]


def _evening(line: Line, waiting: Sequence[str]) -> None:
    line.hang_up()
    for number, pledge in enumerate(waiting):
        line.approve(pledge)
        rest(1.0)
        if number % PULLED_BACK == 0:
            line.post(f"/pledges/{pledge}/decision", decision="private", revision=2)


def _hanging(line: Line) -> set[str]:
    told = json.loads(line.get("/wall/feed"))
    return {each["id"] for each in told["entries"]}


def _lost(walls: Sequence[Page], hanging: set[str]) -> int:
    """Count what does not hang and should, or hangs and should not."""

    def amiss() -> int:
        return sum(len(hanging ^ set(wall.evaluate(HUNG))) for wall in walls)

    try:
        eventually(lambda: amiss() == 0, SOON)
    except AssertionError:
        return amiss()
    return 0


class Knife:
    """Connections to the booth, of which some are cut while it is out."""

    def __init__(self, port: int, behind: int) -> None:
        """Listen on `port` for what goes to the booth `behind` it."""
        self.is_out = False
        self.cuts = 0
        self.rule = f"MAP localhost:{behind} 127.0.0.1:{port}"
        self._port = port
        self._behind = behind
        self._open: list[tuple[StreamWriter, StreamWriter]] = []
        self._chance = random.Random(SEED)  # noqa: S311  # which one is no secret

    async def run(self, ready: "asyncio.Event", ended: asyncio.Event) -> None:
        """Relay until it is ended."""
        async with await asyncio.start_server(self._relay, "127.0.0.1", self._port):
            ready.set()
            while not ended.is_set():
                await asyncio.sleep(1 / CUTS)
                if self.is_out:
                    self._cut()

    def _cut(self) -> None:
        if not self._open:
            return

        self.cuts += 1
        for end in self._open.pop(self._chance.randrange(len(self._open))):
            end.transport.abort()

    async def _relay(self, reader: StreamReader, writer: StreamWriter) -> None:
        inner, outer = await asyncio.open_connection("127.0.0.1", self._behind)
        ends = writer, outer
        self._open.append(ends)
        await asyncio.gather(_carry(reader, outer), _carry(inner, writer))
        if ends in self._open:
            self._open.remove(ends)


async def _carry(source: StreamReader, target: StreamWriter) -> None:
    try:
        while said := await source.read(CHUNK):
            target.write(said)
            await target.drain()
    except OSError:
        pass
    target.close()


@contextmanager
def relay(behind: int) -> Iterator[Knife]:
    """Stand before a booth."""
    (port,) = free_ports(1)
    knife = Knife(port, behind)
    loop = asyncio.new_event_loop()
    ready, ended = asyncio.Event(), asyncio.Event()
    thread = Thread(target=loop.run_until_complete, args=[knife.run(ready, ended)])
    thread.start()
    try:
        eventually(ready.is_set)
        yield knife
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()

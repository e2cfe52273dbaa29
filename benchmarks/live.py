"""One approval to 50 and to 500 screens: from its commit, and from the touch.

The commit is seen from outside: it changes `PRAGMA data_version` of every connection.
What waits has been developed, as whatever a volunteer has looked at for a second.
"""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from typing import IO

from benchmarks import sse
from benchmarks.line import Line
from benchmarks.scene import booth, rest
from benchmarks.table import Row, at_most, told
from benchmarks.turns import Times, least_ratio, ratio
from tests.waiting import eventually

PROMISED = {50: 25.0, 500: 60.0}  # milliseconds, by how many screens listen
STORM = 2.0  # seconds in which 500 that come at once are all connected
LATER_THAN_BARE = 4.0  # times: the last screen, beside a server that does nothing else
APPROVALS = 30
UNCOUNTED = 3
LOOK = 0.0005  # seconds between looks for the commit


def measure() -> Sequence[Row]:
    """Approve one after the other, and ask each screen when it heard."""
    return [row for screens in PROMISED for row in _measured(screens)]


def _measured(screens: int) -> Sequence[Row]:
    with ExitStack() as opened:
        served = opened.enter_context(booth())
        line = Line(served.port)
        for _ in range(UNCOUNTED + APPROVALS):
            line.keep_a_card()
        album = served.data / "album"
        eventually(lambda: len([*album.glob("*/*/card.webp")]) == UNCOUNTED + APPROVALS)
        commits = opened.enter_context(closing(Commits(served.data / "kiosk.db")))
        came, heard = opened.enter_context(listening(served.port, screens))
        line.pair(served.volunteer_link)
        waiting = line.waiting()
        seen = [
            approval(commits, heard, partial(line.approve, each)) for each in waiting
        ]
    return rows(seen[UNCOUNTED:], screens, came)


def rows(
    approvals: Sequence[tuple[Times, Times]], screens: int, came: float
) -> Sequence[Row]:
    """Judge the screens' times: since the touch, since the commit, until connected."""
    touch, commit = (
        Times(seconds for each in approvals for seconds in each[which])
        for which in range(2)
    )
    last = Times(max(since) for _, since in approvals)
    what = f"one approval to {screens} screens"
    note = f"from its commit: {commit}; the last screen {last}"
    found = [
        at_most(f"{what}, p99", 1000 * commit.at(0.99), PROMISED[screens], "ms", note),
        told(f"{what}, from the touch", touch.ms, "ms", "page, fsyncs"),
    ]
    if screens == max(PROMISED):
        bare = sse.last(screens, APPROVALS)
        share = ratio(last, bare)
        beside = f"last {last}, bare {bare}; {least_ratio(last, bare)}"
        found += [
            at_most(f"{what}, the last", share, LATER_THAN_BARE, "x", beside),
            at_most(f"{screens} screens come at once", came, STORM, "s", ""),
        ]
    return found


def approval(
    commits: "Commits", heard: IO[str], approve: Callable[[], None]
) -> tuple[Times, Times]:
    """Approve once; return each screen's seconds since the touch and the commit."""
    eventually(commits.are_quiet)
    committed = commits.next()
    touched = monotonic()
    approve()
    line = heard.readline()
    if not line:
        raise RuntimeError("a screen was cut off")
    arrived = Times(float(each) for each in json.loads(line))
    return arrived.since(touched), arrived.since(committed.result())


class Commits:
    """Another process's look at the booth's database."""

    def __init__(self, file: Path) -> None:
        """Open the file, to look only."""
        self._database = sqlite3.connect(file, check_same_thread=False)
        self._watch = ThreadPoolExecutor(1)

    def are_quiet(self) -> bool:
        """Say whether nothing waits for the bucket: the uploader commits too."""
        waiting = "SELECT count(*) FROM outbox WHERE NOT settled"
        return self._number(waiting) == 0

    def next(self) -> "Future[float]":
        """Watch for the next commit: its monotonic seconds, late by a look at most."""
        return self._watch.submit(self._wait, self._version())

    def close(self) -> None:
        """Let go of the file."""
        self._watch.shutdown()
        self._database.close()

    def _wait(self, before: int) -> float:
        while self._version() == before:
            rest(LOOK)
        return monotonic()

    def _version(self) -> int:
        return self._number("PRAGMA data_version")

    def _number(self, query: str) -> int:
        return int(self._database.execute(query).fetchone()[0])


@contextmanager
def listening(port: int, count: int) -> Iterator[tuple[float, IO[str]]]:
    """Start the screens in a process of their own; read what they heard.

    The first of the pair is the seconds in which all of them were connected.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.screens", str(port), str(count)],
        stdout=subprocess.PIPE,
        text=True,
    ) as screens:
        assert screens.stdout  # noqa: S101  # asked for above
        try:
            ready = screens.stdout.readline()
            if not ready:
                raise RuntimeError("the screens could not connect")
            yield float(ready), screens.stdout
        finally:
            screens.kill()

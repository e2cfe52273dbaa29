"""From Keep to the durable answer, beside the same bytes made durable bare."""

import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

from benchmarks.line import Line
from benchmarks.scene import booth_with_a_lens
from benchmarks.shoot import posed
from benchmarks.table import Row, at_most, told
from benchmarks.turns import Times, in_turn, least_ratio, ratio, timed
from tests.served import Served

TURNS = 60
QUICK = 2.0  # milliseconds an fsync takes where the median is promised


def measure() -> Sequence[Row]:
    """Compare with bare writes, fsyncs and one commit on the same disk."""
    with booth_with_a_lens() as served, closing(_bare_database(served)) as database:
        line = Line(served.port)
        kept(line)
        bare = Bare(served.data, database)
        page = timed(lambda: line.get("/healthz"))
        times = in_turn(
            TURNS, lambda: kept(line), bare.kept, bare.one_sync, bare.commit, page
        )
    return rows(*times)


def rows(
    kept: Times, bare: Times, sync: Times, commit: Times, page: Times
) -> list[Row]:
    """Judge the time until a pledge is durable; the median only on a quick disk."""
    what = "keep to durable answer"
    parts = f"bare {bare}, of it one commit {commit}; empty page {page}"
    note = f"{kept}; one fsync of a card {sync}"
    median = at_most(f"{what}, median", kept.ms, 40, "ms", note)
    return [
        at_most(
            what, ratio(kept, bare), 1.5, "x", f"{least_ratio(kept, bare)}; {parts}"
        ),
        median if sync.ms < QUICK else told(median.what, kept.ms, "ms", note),
    ]


def kept(line: Line) -> float:
    """Keep one photo; return the seconds until the answer is here."""
    visit = posed(line)
    line.post(f"/visits/{visit}/shoot")
    began = perf_counter()
    line.post(f"/visits/{visit}/keep")
    return perf_counter() - began


class Bare:
    """The same files, folders and row, with nothing around them."""

    def __init__(self, data: Path, database: sqlite3.Connection) -> None:
        """Write beside the booth's album, what is in it."""
        (card,) = (data / "album").glob("*/*/card.jpg")
        self._files = {file.name: file.read_bytes() for file in card.parent.iterdir()}
        self._root = data / "bare"
        self._root.mkdir()
        self._database = database
        self._count = 0

    def kept(self) -> float:
        """Make one pledge durable."""
        self._count += 1
        began = perf_counter()
        save(self._root / str(self._count), self._files)
        self.commit()
        return perf_counter() - began

    def one_sync(self) -> float:
        """Make one card durable; only its fsync counts."""
        with (self._root / "card").open("wb") as out:
            out.write(self._files["card.jpg"])
            out.flush()
            began = perf_counter()
            os.fsync(out.fileno())
            return perf_counter() - began

    def commit(self) -> float:
        """Commit one row."""
        began = perf_counter()
        row = self._files["pledge.json"]
        self._database.execute("INSERT INTO pledges (row) VALUES (?)", (row,))
        return perf_counter() - began


def save(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files to a new folder, and sync all that the album syncs."""
    part = folder.with_suffix(".part")
    part.mkdir()
    for name, data in files.items():
        with (part / name).open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    sync_folder(part)
    part.rename(folder)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's names durable."""
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _bare_database(served: Served) -> sqlite3.Connection:
    database = sqlite3.connect(served.data / "bare.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE pledges (row)")
    return database

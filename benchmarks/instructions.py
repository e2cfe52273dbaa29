"""Stamping in instructions, which drift less than time: counted by callgrind."""

import shutil
import subprocess
import sys
from collections.abc import Sequence

from benchmarks.counted import WORKS
from benchmarks.table import Row, at_most
from kiosk.config import ROOT
from tests import debian

FEW, MANY = 2, 7  # turns: what two runs differ by is what the turns between cost
MOST = {"prepared": 1.4, "fresh": 1.7}  # of the bare encode


class ValgrindMissing(RuntimeError):
    """Nothing here counts instructions."""

    def __init__(self) -> None:
        super().__init__("valgrind is missing: apt-get install valgrind")


def measure() -> Sequence[Row]:
    """Compare stamping with the bare encode of the same frame."""
    if shutil.which("valgrind") is None:
        debian.install("valgrind")
    if shutil.which("valgrind") is None:
        raise ValgrindMissing
    counts = {work: (_count(work, MANY) - _count(work, FEW)) for work in WORKS}
    note = f"bare encode {counts['bare'] / (MANY - FEW) / 1e6:.1f} million"
    return [
        at_most(
            f"instructions: card and thumbnail, {work}",
            counts[work] / counts["bare"],
            most,
            "x",
            note,
        )
        for work, most in MOST.items()
    ]


def _count(work: str, turns: int) -> int:
    """Return how many instructions a whole process took."""
    ran = subprocess.run(
        [
            *("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"),
            *(sys.executable, "-m", "benchmarks.counted", work, str(turns)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    (line,) = (each for each in ran.stderr.splitlines() if "Collected" in each)
    return int(line.rpartition(":")[2])

"""The long form of a promise: `make soak R=7`, shorter with STEPS, as told by SEED.

What it reaches becomes a row of docs/promises.md: commit, date, figure.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from kiosk import assets
from kiosk.config import ROOT
from tests.kiosk.web.machine import ScreensMachine

PAPER = ROOT / "docs" / "promises.md"
HEAD = """\
# What the long runs reached

`make soak R=n` adds a row when it ends well. The promises are tests, too: their short
forms run with `make test`.

| promise | commit | date | figure |
|---|---|---|---|
"""
STEPS = 100_000  # of R7
NIGHTS = 20  # between two lines of progress
NIGHT = 100  # steps


def main() -> int:
    """Run the promise that is asked for, and return the exit code."""
    promise = (sys.argv[1] if len(sys.argv) > 1 else "").removeprefix("R")
    run = LONG.get(promise)
    if run is None:
        known = ", ".join(f"R={each}" for each in LONG)
        print(f"Promise R{promise} has no long form yet (there are: {known}):")
        print("make test runs the short ones.")
        return 1
    note(PAPER, f"R{promise}", run())
    return 0


def screens() -> str:
    """Let anything happen to the screens, until there were steps enough."""
    assets.ensure()
    wanted = int(os.environ.get("STEPS") or STEPS)
    first = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    began, goes = time.monotonic(), 0
    while ScreensMachine.steps < wanted:
        ours = settings(
            max_examples=min(NIGHTS, 1 + (wanted - ScreensMachine.steps) // NIGHT),
            stateful_step_count=NIGHT,
            database=None,
            print_blob=True,
            deadline=None,
        )
        print(f"seed {first + goes}: ", end="", flush=True)
        run_state_machine_as_test(seed(first + goes)(ScreensMachine), settings=ours)
        goes += 1
        minutes = (time.monotonic() - began) / 60
        print(f"{ScreensMachine.steps} of {wanted} steps, {minutes:.0f} min")
    return f"{ScreensMachine.steps} steps, each screen right after each (seed {first})"


def note(paper: Path, promise: str, figure: str) -> None:
    """Write a row under those there are."""
    if not paper.exists():
        paper.write_text(HEAD, encoding="utf-8")
    row = f"| {promise} | {commit()} | {datetime.now(UTC).date()} | {figure} |\n"
    with paper.open("a", encoding="utf-8") as out:
        out.write(row)


def commit() -> str:
    """Name the commit that ran, and say when files were changed since."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() or "unknown"


LONG: Mapping[str, Callable[[], str]] = {"7": screens}
"""The promises that have a long form, by number."""

if __name__ == "__main__":
    sys.exit(main())

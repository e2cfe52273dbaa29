import subprocess
import sys
from pathlib import Path

from kiosk.config import ROOT
from tests.soak import HEAD, commit, note


def test_each_run_is_a_row_under_those_there_are(tmp_path: Path) -> None:
    paper = tmp_path / "promises.md"

    note(paper, "R7", "9 steps")
    note(paper, "R7", "10 steps")

    told = paper.read_text(encoding="utf-8")
    assert told.startswith(HEAD)
    first, second = told.removeprefix(HEAD).splitlines()
    assert first.startswith(f"| R7 | {commit()} | ")
    assert (first[-11:], second[-12:]) == ("| 9 steps |", "| 10 steps |")


def test_a_promise_without_a_long_form_is_not_called_kept() -> None:
    asked = [sys.executable, "-m", "tests.soak", "1"]

    ended = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert "Promise R1 has no long form yet" in ended.stdout

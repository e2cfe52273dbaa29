"""Set-up says in one line what a machine is missing, and is done once."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.config import ROOT

PYTHONS = ("python3", "python3.11", "python3.12", "python3.13", "python3.14")

Machine = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy what set-up reads into a folder with a space in its name."""
    folder = tmp_path / "a night"
    shutil.copytree(ROOT / "deploy", folder / "deploy")
    shutil.copy(ROOT / "requirements.lock", folder)
    return folder


@pytest.fixture
def machine(checkout: Path, tmp_path: Path) -> Machine:
    """Set up a checkout on a machine whose every Python answers as told."""

    def set_up(python: str) -> "subprocess.CompletedProcess[str]":
        programs = tmp_path / "bin"
        for name in PYTHONS:
            program(programs / name, f'case "$2" in\n{python}\nesac')
        return subprocess.run(
            ["sh", "deploy/setup"],
            cwd=checkout,
            env={**os.environ, "PATH": f"{programs}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )

    return set_up


def program(path: Path, script: str) -> None:
    """Write a small program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("*version_info*) exit 1;;", "Python 3.11 or newer is missing."),
        ("*maxsize*) exit 1;;", "This Python is 32-bit,"),
        (
            "*print*) echo python3.12-venv;; *ensurepip*) exit 1;;",
            "Python's venv module is missing. On Debian: apt-get install python3.12-v",
        ),
    ],
    ids=["too old", "32-bit", "no venv"],
)
def test_what_is_missing_is_said_in_one_line(
    machine: Machine, python: str, said: str
) -> None:
    answer = machine(python)

    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith(said)
    assert answer.stderr.count("\n") == 1


def test_a_set_up_that_is_done_fetches_nothing(
    machine: Machine, checkout: Path
) -> None:
    program(checkout / ".venv" / "bin" / "python", 'echo "$*"')
    shutil.copy(checkout / "requirements.lock", checkout / ".venv")

    answer = machine("*) exit 1;;")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.split("\n") == ["-c ", "-m kiosk.assets", ""]


def test_another_lock_is_set_up_again(machine: Machine, checkout: Path) -> None:
    program(checkout / ".venv" / "bin" / "python", 'echo "$*"')
    (checkout / ".venv" / "requirements.lock").write_text("flask==0.1\n")

    answer = machine("*) ;;")

    assert answer.returncode == 0
    assert "--require-hashes -r requirements.lock" in answer.stdout
    assert machine("*) exit 1;;").returncode == 0, "the second time is done"

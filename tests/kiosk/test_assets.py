"""What comes from npm and PyPI comes by fingerprint, once, and from no host by name."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import assets
from kiosk.config import ROOT

LOCKS = ("package-lock.json", "requirements.lock", "package.json", "pyproject.toml")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy the locks into a folder with a space in its name."""
    folder = tmp_path / "a night"
    folder.mkdir()
    for name in LOCKS:
        shutil.copy(ROOT / name, folder)
    return folder


def test_packages_are_there_when_they_are_what_the_lock_asks_for(
    checkout: Path,
) -> None:
    before = assets.are_packages_there(checkout)
    (checkout / "node_modules").mkdir()
    lock = ROOT / "node_modules" / ".package-lock.json"
    shutil.copy(lock, checkout / "node_modules")

    assert not before
    assert assets.are_packages_there(checkout)


def test_packages_of_another_fingerprint_are_fetched_again(checkout: Path) -> None:
    (checkout / "node_modules").mkdir()
    lock = json.loads((ROOT / "node_modules" / ".package-lock.json").read_text())
    lock["packages"]["node_modules/ms"]["integrity"] = "sha512-other"
    (checkout / "node_modules" / ".package-lock.json").write_text(json.dumps(lock))

    assert not assets.are_packages_there(checkout)


def test_npm_is_one_that_runs() -> None:
    answer = subprocess.run(
        [*assets.npm(), "--version"], capture_output=True, text=True, check=True
    )

    assert re.match(r"\d+\.\d+", answer.stdout)


def test_set_up_that_is_done_needs_no_network_and_says_nothing() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "kiosk.assets"],
        cwd=ROOT,
        env={"PATH": "", "npm_config_offline": "true"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout + answer.stderr == ""


def test_without_a_network_set_up_says_so_in_one_line(checkout: Path) -> None:
    empty = checkout / "cache"
    program = (
        "import sys; from pathlib import Path; from kiosk import assets\n"
        "try: assets.ensure(Path(sys.argv[1]))\n"
        "except assets.AssetsMissing as error: print(error)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, checkout],
        cwd=ROOT,
        env={
            "PATH": str(Path(assets.npm()[0]).parent),
            "npm_config_offline": "true",
            "npm_config_cache": str(empty),
            "npm_config_loglevel": "silent",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == ("npm could not fetch the packages: is there a network?\n")


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_host_and_no_path(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert not re.search(r"https?:|\"resolved\"|--index-url|/tmp/|/home/", text)


def test_every_library_in_the_lock_has_its_fingerprints() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    libraries = re.findall(r"^[a-z0-9-]+==.*$(?:\n    --hash.*$)?", lock, re.MULTILINE)

    assert len(libraries) > 50
    assert all("--hash=sha256:" in library for library in libraries)

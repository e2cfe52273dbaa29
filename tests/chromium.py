"""The browser that the tests drive: the machine's own Chromium or Chrome.

`python -m tests.chromium` finds it, or as root installs Debian's, or says what to run.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
MISSING = (
    "The tests need Chromium or Chrome: "
    "apt-get install --no-install-recommends chromium"
)
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class ChromiumMissing(Exception):
    """This machine has no browser for the tests."""


def find() -> str:
    """Find the browser's program, CHROMIUM in the environment first.

    Raises:
        ChromiumMissing: there is none; the text says how to get it.
    """
    found = next(_candidates(), None)
    if found is None:
        raise ChromiumMissing(MISSING)

    return found


def _candidates() -> Iterator[str]:
    names = (os.environ.get("CHROMIUM", ""), *NAMES)
    yield from (found for name in names if (found := shutil.which(name)))
    yield from (place for place in PLACES if Path(place).exists())


def main() -> int:
    """Make sure of the browser; return 1 when it cannot be had."""
    if next(_candidates(), None) is None:
        debian.install("chromium")
    try:
        find()
    except ChromiumMissing as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What every test may take for granted."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from kiosk import assets

settings.register_profile("ours", deadline=None)  # a busy machine is no fault
settings.load_profile("ours")
STATUS = pytest.StashKey[int]()


def pytest_sessionstart() -> None:
    """Fetch the browser's packages and build the fonts where set-up has not."""
    assets.ensure()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file of a test's own."""

    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember how it went, for the very end."""
    session.config.stash[STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End as the kiosk does: Python would end threads inside OpenCV, which aborts.

    All is said and put away by now, and the status is pytest's own.
    """
    if (status := config.stash.get(STATUS, None)) is not None:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)

"""What every test may take for granted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from kiosk import assets

settings.register_profile("ours", deadline=None)  # a busy machine is no fault
settings.load_profile("ours")


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

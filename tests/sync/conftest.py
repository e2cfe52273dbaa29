"""A database with an outbox, an album with files, and a cloud."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.seaweed import Seaweed
from tests.sync.world import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Give an empty outbox in a real file."""
    database = Database(tmp_path / "kiosk.db")
    yield database
    database.close()


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Give an album with one card and its page."""
    album = tmp_path / "album"
    album.mkdir()
    (album / "card.jpg").write_bytes(b"\xff\xd8 a card \xff\xd9")
    (album / "page.html").write_text("<p>Lời hứa</p>", encoding="utf-8")
    return album


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seaweed]:
    """Give a cloud that all tests of this folder share, so each uses its own keys."""
    with Seaweed(tmp_path_factory.mktemp("cloud")) as cloud:
        yield cloud

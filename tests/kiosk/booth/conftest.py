"""A booth that is open, without a camera and with one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from camera.feed import Feed
from kiosk.booth import Booth
from kiosk.booth.house import House
from tests.lens import Lens
from tests.night import Interrupted, Numbered, a_camera, open_house
from tests.waiting import eventually


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Open a house whose camera rests."""
    house = open_house(tmp_path)
    yield house
    house.database.close()


@pytest.fixture
def booth(house: House) -> Booth:
    """Open a booth whose camera rests."""
    return Booth(house)


@pytest.fixture
def filming(tmp_path: Path) -> Iterator[Booth]:
    """Open a booth whose lens numbers its frames."""
    Numbered.flows.set()
    lens = Feed(a_camera("tests.night:Numbered"))
    house = open_house(tmp_path, lens=lens)
    lens.start()
    eventually(lambda: lens.health.is_live)
    yield Booth(house)
    Numbered.flows.set()
    lens.stop()
    house.database.close()


@pytest.fixture
def meanwhile(house: House, tmp_path: Path) -> Iterator[Interrupted]:
    """Open the same database, where something can happen just before a write."""
    assert house.album.root.parent == tmp_path
    interrupted = Interrupted(tmp_path)
    yield interrupted
    interrupted.close()


@pytest.fixture
def lens() -> Iterator[Lens]:
    """Stream a photograph from another process."""
    with Lens(640, 360, 10) as lens:
        yield lens


@pytest.fixture
def watching(tmp_path: Path, lens: Lens) -> Iterator[Booth]:
    """Open a booth whose camera sees that photograph."""
    feed = Feed(a_camera(lens.url))
    house = open_house(tmp_path, lens=feed)
    feed.start()
    eventually(lambda: feed.health.is_live)
    yield Booth(house)
    feed.stop()
    house.database.close()

"""Guests by the dozen: kept in the booth's own folder, from another process.

The served booth sees them as it sees what a command does beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from kiosk.booth import Booth, open_booth
from kiosk.config import BoothSettings, Config
from kiosk.pledge import Decision, Pledge
from tests.night import EVENT, a_camera, a_plan
from tests.served import Served
from tests.waiting import eventually

WORDS = (
    "Mình sẽ lắng nghe và không đổ lỗi",
    "I will check before I take a job abroad",
    "Mình sẽ nhắc bạn bè cẩn thận với lời mời lạ",
    "I will speak up",
    "Mình sẽ học cách nhận ra dấu hiệu, rồi kể lại cho cả lớp và em gái mình nghe",
)


CALM = "width = 640\nheight = 360\nrate = 10\n"
"""More of the [camera] section: a test card that leaves the machine to the tests."""


@contextmanager
def beside(served: Served, name: str = BoothSettings().name) -> Iterator[Booth]:
    """Open the same folder beside the process that serves it, with a camera."""
    config = Config(camera=replace(a_camera(), rate=5), booth=BoothSettings(name=name))
    booth = open_booth(config, EVENT, served.data, door(served))
    booth.house.lens.start()
    eventually(lambda: booth.house.lens.health.is_live)
    yield booth
    booth.house.lens.stop()
    booth.house.database.close()


def door(served: Served) -> str:
    """Return where the links of a booth without a cloud open."""
    return f"http://127.0.0.1:{served.public_port}"


def keep(booth: Booth, number: int, *, face: bool = False, words: str = "") -> Pledge:
    """Receive one guest from Agree to Keep; words and colours go round."""
    language = "en" if number % len(WORDS) in (1, 3) else "vi"
    words = words or WORDS[number % len(WORDS)]
    visit = booth.visits.open(a_plan(words, face=face, language=language))
    if face:
        booth.visits.pose(visit.id)
    booth.visits.shoot(visit.id)
    return booth.visits.keep(visit.id)


def hung(booth: Booth, number: int, *, face: bool = False, words: str = "") -> Pledge:
    """Receive a guest, and approve what they kept."""
    kept = keep(booth, number, face=face, words=words)
    return decided(booth, kept, Decision.APPROVED)


def decided(booth: Booth, pledge: Pledge, decision: Decision) -> Pledge:
    """Decide about a pledge as another volunteer would."""
    return booth.desk.decide(
        pledge.id, decision, revision=pledge.revision, who="somebody"
    )


def album_of(served: Served) -> Path:
    """Return where a booth keeps its photos."""
    return served.data / "album"

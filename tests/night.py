"""A night to test with: a real booth in a folder, its guests, and lenses on cue."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, TypeVar

import numpy as np
from sqlalchemy import Connection, select

from camera.driver import Frame
from camera.feed import Feed
from camera.settings import Settings
from kiosk import words
from kiosk.album import ALBUM, Album
from kiosk.booth import Booth
from kiosk.booth.house import House
from kiosk.booth.visit import Plan
from kiosk.config import Config, load_event
from kiosk.database import DATABASE, Database, sqlite_url
from kiosk.events import Events
from kiosk.page import Pages
from kiosk.pledge import (
    Age,
    Consent,
    Decision,
    Pledge,
    Scope,
    new_code,
    new_id,
    new_token,
)
from sync.outbox import outbox

Result = TypeVar("Result")
EVENT = load_event(Path(__file__).parent.parent / "event")
ADDRESS = "http://127.0.0.1:8001"
PAGES = Pages(EVENT, words.translate)


class Clock:
    """A clock that a test sets, in seconds."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class Interrupted(Database):
    """A database where something else happens just before the next write."""

    def __init__(self, folder: Path) -> None:
        super().__init__(sqlite_url(folder / DATABASE))
        self.meanwhile: Callable[[], object] = bool

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        happens = getattr(self, "meanwhile", bool)
        self.meanwhile = bool
        happens()
        with super().transaction() as db:
            yield db


class PowerCut(Exception):
    """The night ends here."""


def power_cut() -> None:
    """Let the power go."""
    raise PowerCut


class Numbered:
    """A lens that writes its number into each frame, and stops when it is held."""

    newest: ClassVar[int] = 0
    flows: ClassVar[threading.Event] = threading.Event()
    is_held: ClassVar[threading.Event] = threading.Event()

    def __init__(self, settings: Settings) -> None:
        self._shape = (settings.height, settings.width, 3)
        self._pace = threading.Event()

    def read(self) -> Frame:
        self._pace.wait(0.05)  # longer than the rate says: nothing is stored up
        if not self.flows.is_set():
            self.is_held.set()
            self.flows.wait()
        Numbered.newest += 1
        frame = np.full(self._shape, 128, np.uint8)
        frame[0, 0] = (*divmod(self.newest, 256), 0)
        return frame

    def close(self) -> None:
        self._pace.set()


def hold() -> int:
    """Let the lens wait, and return the number of its last frame."""
    Numbered.is_held.clear()
    Numbered.flows.clear()
    assert Numbered.is_held.wait(25)
    return Numbered.newest


def number_of(frame: Frame | None) -> int:
    """Read the number back from a frame of the lens above."""
    assert frame is not None
    return int(frame[0, 0, 0]) * 256 + int(frame[0, 0, 1])


def a_camera(source: str = "testcard") -> Settings:
    """Say which camera, small and quick."""
    return Settings(source=source, width=640, height=360, rate=30)


def open_house(
    folder: Path,
    *,
    lens: Feed | None = None,
    album: Album | None = None,
    database: Database | None = None,
    pages: Pages = PAGES,
) -> House:
    """Put a house together in this folder; its camera is not running yet."""
    return House(
        config=Config(camera=a_camera()),
        event=EVENT,
        address=ADDRESS,
        lens=lens or Feed(a_camera()),
        album=album or Album(folder / ALBUM),
        database=database or Database(sqlite_url(folder / DATABASE)),
        events=Events(),
        pages=pages,
    )


def a_consent(
    age: Age = Age.ADULT,
    *,
    scopes: Iterable[Scope] = (Scope.WALL,),
    guardian: bool = False,
) -> Consent:
    """Agree for one person, who wants to be on the wall."""
    return Consent(
        people=1,
        age=age,
        guardian=guardian,
        confirmed_by=None,
        scopes=frozenset(scopes),
        version=EVENT.consent_version,
    )


def a_plan(
    words: str = "Mình sẽ lắng nghe, không phán xét.",
    *,
    face: bool = False,
    consent: Consent | None = None,
    language: str = "vi",
) -> Plan:
    """Plan a visit: a card without a face unless told otherwise."""
    return Plan(
        language=language,
        words=words,
        theme="listen",
        consent=consent or a_consent(),
        has_face=face,
        colour="violet",
        drawing="hands",
    )


def kept(booth: Booth, plan: Plan | None = None) -> Pledge:
    """Receive a guest from Agree to Keep."""
    visit = booth.visits.open(plan or a_plan())
    if visit.plan.has_face:
        booth.visits.pose(visit.id)
    booth.visits.shoot(visit.id)
    return booth.visits.keep(visit.id)


def a_pledge(
    decision: Decision = Decision.WAITING,
    *,
    hidden: bool = False,
    withdrawn: bool = False,
    scopes: Iterable[Scope] = (Scope.WALL,),
    number: int = 1,
) -> Pledge:
    """Make a pledge that no booth has kept."""
    return Pledge(
        id=new_id(),
        event=EVENT.slug,
        booth="Quầy 1",
        submission=new_token(),
        revision=1,
        decision=decision,
        is_hidden=hidden,
        is_withdrawn=withdrawn,
        is_erased=False,
        kept_at=datetime.now(UTC),
        number=number,
        language="vi",
        words="Mình sẽ lắng nghe.",
        theme=None,
        has_face=False,
        colour="violet",
        drawing="hands",
        consent=a_consent(scopes=scopes),
        code=new_code("HN"),
        token=new_token(),
    )


def wished(house: House) -> dict[str, bool]:
    """Return what the bucket is to hold: each key, and whether it is to be there."""
    with house.database.reading() as db:
        rows = db.execute(select(outbox.c.key, outbox.c.present))
        return {row.key: row.present for row in rows}


def files_in(folder: Path) -> set[str]:
    """Name every file below a folder."""
    below = folder.rglob("*")
    return {str(each.relative_to(folder)) for each in below if each.is_file()}


def at_once(count: int, act: Callable[[int], Result]) -> list[Future[Result]]:
    """Do it in so many threads at the same moment, and wait for all of them."""
    together = threading.Barrier(count)

    def one(number: int) -> Result:
        together.wait()
        return act(number)

    with ThreadPoolExecutor(count) as threads:
        return [threads.submit(one, number) for number in range(count)]

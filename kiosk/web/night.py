"""The night of one process: the booth behind its screens, and its jobs."""

import ctypes
import logging
import socket
import sys
import time
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from camera.feed import Feed
from kiosk.album import AlbumFull, NotSaved
from kiosk.booth import Booth, cards, open_booth
from kiosk.booth.house import House
from kiosk.booth.recovery import recover
from kiosk.database import Database
from kiosk.events import Events
from kiosk.pledge import Pledge
from kiosk.store import devices
from kiosk.web.app import create_app
from kiosk.web.current import Front
from kiosk.web.guard import Guard, names
from kiosk.web.listening import Listening
from kiosk.web.live import Live
from kiosk.web.locks import Locks
from kiosk.web.phones import Phones
from kiosk.web.screens import Screens
from kiosk.workers import Job, Workers
from sync.bucket import open_bucket
from sync.uploader import Uploader

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

M_MMAP_THRESHOLD = -3  # of glibc's mallopt(3)
OPENED = 3.0  # seconds until every screen has its first page
LARGE = 1_000_000  # bytes; a 1080p frame is 6 MB


@dataclass(frozen=True, slots=True)
class Night:
    """One process's booth: what answers, and what works behind it."""

    app: "WSGIApplication"
    lens: Feed
    workers: Workers
    database: Database

    def begin(self) -> None:
        """Open the camera and start the jobs."""
        self.lens.start()
        self.workers.start()

    def end(self) -> None:
        """Stop the jobs and let go of camera and database."""
        self.workers.stop()
        self.lens.stop()
        self.database.close()


class WarmUp:
    """Draws once what the first guest would otherwise wait for; looks, then, at it."""

    name = "warm-up"

    def __init__(self, house: House) -> None:
        """Warm what cards of this house need."""
        self._house = house

    def run(self, stop: Event) -> None:
        """Warm the lettering, let the screens open, warn of bad cards, and end."""
        cards.warm(self._house)
        if not stop.wait(OPENED):
            cards.look_over(self._house)


def open_night(listening: Listening, phones: socket.socket | None = None) -> Night:
    """Open the booth behind its screens, recovering what a power cut left.

    `phones` is listened on already, for guests' phones.
    """
    _give_frames_back()
    booth = open_booth(
        listening.config, listening.event, listening.data, listening.address
    )
    house = booth.house
    if back := recover(house.album, house.database):
        log.warning("%d photos came back from the album; they wait.", back)
    with house.database.transaction() as db:
        devices.end_others(db, house.event.slug, time.time())
    _publish_soon(booth)
    screens = Screens()
    app = create_app(_front(listening, booth, screens))
    live = Live(app, screens, _origins(listening))
    app.wsgi_app = Guard(app.wsgi_app, listening.hosts, listening.public_port)  # type: ignore[method-assign]  # Flask's own way in
    uploader = _uploader(listening, house)
    _tell(house.events, live, uploader)
    jobs: list[Job] = [
        WarmUp(house),
        live,
        booth.visits,
        booth.retakes,
        booth.desk,
        booth.darkroom,
    ]
    jobs += [uploader] * listening.config.cloud.threads
    if phones:
        jobs.append(Phones(app, phones))
    return Night(app, house.lens, Workers(jobs), house.database)


def _front(listening: Listening, booth: Booth, screens: Screens) -> Front:
    return Front(
        booth=booth,
        base=listening.base,
        public_port=listening.public_port,
        pin=listening.pin,
        locks=Locks(),
        screens=screens,
    )


def _give_frames_back() -> None:
    """Have the C library take each frame from the system, and give it back whole.

    In its heap small things lodge between the frames, and none of them goes back.
    """
    if sys.platform == "linux":
        glibc = ctypes.CDLL(None)
        if hasattr(glibc, "mallopt"):
            glibc.mallopt(M_MMAP_THRESHOLD, LARGE)


def _publish_soon(booth: Booth) -> None:
    try:
        booth.desk.publish_soon()
    except (AlbumFull, NotSaved) as error:
        log.warning('The page "on its way" is not in the bucket: %s', error)


def _tell(events: Events, live: Live, uploader: Uploader) -> None:
    def news(_pledge: Pledge) -> None:
        live.notice()
        uploader.wake()

    events.kept.connect(news, weak=False)
    events.decided.connect(news, weak=False)
    events.hall.connect(lambda _is_blank: live.notice(), weak=False)
    events.leases.connect(lambda _none: live.share_out(), weak=False)


def _uploader(listening: Listening, house: House) -> Uploader:
    return Uploader(
        partial(open_bucket, listening.config.cloud, listening.data / "bucket"),
        house.database.transaction,
        house.album.root,
    )


def _origins(listening: Listening) -> list[str]:
    port = listening.staff[1]
    hosts = {"127.0.0.1", "localhost", *map(str.lower, names(listening.staff[0]))}
    return [f"{listening.scheme}://{host}:{port}" for host in sorted(hosts)]

"""Every verb: the guests' (`visits`), the volunteers' (`desk`, `mender`, `hall`, …)."""

from pathlib import Path

from camera.feed import Feed
from kiosk import words
from kiosk.album import ALBUM, Album
from kiosk.booth.darkroom import Darkroom
from kiosk.booth.desk import Desk
from kiosk.booth.hall import Hall
from kiosk.booth.house import House
from kiosk.booth.leases import Leases
from kiosk.booth.mending import Mender
from kiosk.booth.murals import Murals
from kiosk.booth.retakes import Retakes
from kiosk.booth.visits import Visits
from kiosk.config import Config, Event
from kiosk.database import DATABASE, Database, sqlite_url
from kiosk.events import Events
from kiosk.page import Pages


class Booth:
    """One booth, open for the night."""

    def __init__(self, house: House) -> None:
        """Open the booth in this house."""
        self.house = house
        self.visits = Visits(house)
        self.retakes = Retakes(house, self.visits)
        self.desk = Desk(house)
        self.mender = Mender(house, self.desk)
        self.hall = Hall(house)
        self.murals = Murals(house)
        self.leases = Leases(lambda: house.events.leases.send(None))
        self.darkroom = Darkroom(house, self.desk, self.mender, self.visits)


def open_booth(config: Config, event: Event, data: Path, address: str) -> Booth:
    """Put the rooms of the house together; its camera is not running yet.

    `address` is where links begin.

    Raises:
        DatabaseBroken: the database cannot be read.
    """
    return Booth(
        House(
            config=config,
            event=event,
            address=address,
            lens=Feed(config.camera),
            album=Album(data / ALBUM),
            database=Database(sqlite_url(data / DATABASE)),
            events=Events(),
            pages=Pages(event, words.translate),
        )
    )

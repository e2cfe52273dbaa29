"""What every verb needs: the rooms of one booth's house."""

from dataclasses import dataclass, field

from camera.feed import Feed
from kiosk.album import Album
from kiosk.booth.hands import Hands
from kiosk.config import Config
from kiosk.database import Database
from kiosk.event import Event
from kiosk.events import Events
from kiosk.page import Pages


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One booth's settings, event, lens, album, database, signals and hands.

    `address` is where links begin, without a last slash.
    """

    config: Config
    event: Event
    address: str
    lens: Feed
    album: Album
    database: Database
    events: Events
    pages: Pages
    hands: Hands = field(default_factory=Hands)

    def link(self, token: str) -> str:
        """Return what the QR of that token says."""
        return f"{self.address}/p/{token}"

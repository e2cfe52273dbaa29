"""The darkroom: what a decision would otherwise wait for, made while a pledge waits."""

from queue import Empty, SimpleQueue
from threading import Event

from kiosk import stamp
from kiosk.album import AlbumFull, NotSaved
from kiosk.booth.desk import Desk
from kiosk.booth.house import House
from kiosk.pledge import Pledge

LOOK = 0.5  # seconds between two looks whether the night has ended


class Darkroom:
    """Makes each card's WebP before a volunteer has decided.

    It takes a tenth of a second of a core. When there was no time for it, the desk
    makes it with the decision.
    """

    name = "darkroom"

    def __init__(self, house: House, desk: Desk) -> None:
        """Develop what guests of this house keep."""
        self._house = house
        self._desk = desk
        self._kept: SimpleQueue[Pledge] = SimpleQueue()
        house.events.kept.connect(self._kept.put, weak=False)

    def run(self, stop: Event) -> None:
        """Develop each pledge soon after it is kept."""
        while not stop.is_set():
            try:
                self.develop(self._kept.get(timeout=LOOK))
            except Empty:
                continue
            except (AlbumFull, NotSaved):
                continue  # the decision tries again, and tells

    def develop(self, pledge: Pledge) -> None:
        """Make one card's WebP."""
        album, place = self._house.album, pledge.place
        card = album.path(place, "card.jpg")
        if card.exists() and not album.path(place, "card.webp").exists():
            album.add(place, "card.webp", stamp.card_webp(card.read_bytes()))
            self._desk.tidy(pledge)

"""The darkroom: what a decision would otherwise wait for, made while a pledge waits."""

from collections import deque
from queue import Empty, SimpleQueue
from threading import Event

from kiosk import stamp, store
from kiosk.album import AlbumFull, NotSaved
from kiosk.booth.desk import Desk
from kiosk.booth.house import House
from kiosk.booth.mending import Mender
from kiosk.booth.visits import Visits
from kiosk.pledge import Pledge
from kiosk.store import AlreadyDecided

LOOK = 0.5  # seconds between two looks whether the night has ended
REST = 0.2  # seconds after a card drawn again: guests come first
GLANCE = 0.01  # seconds after one that is as it should be; ten thousand may wait


class Darkroom:
    """Makes each card's WebP before a volunteer has decided, and old cards anew.

    A WebP takes a tenth of a second of a core. When there was no time for it, the
    desk makes it with the decision.
    """

    name = "darkroom"

    def __init__(
        self, house: House, desk: Desk, mender: Mender, visits: Visits
    ) -> None:
        """Develop what guests of this house keep."""
        self._house = house
        self._desk = desk
        self._mender = mender
        self._visits = visits
        self._kept: SimpleQueue[Pledge] = SimpleQueue()
        self._unseen: deque[str] = deque()  # waiting pledges, by id
        house.events.kept.connect(self._kept.put, weak=False)
        house.events.decided.connect(self._again, weak=False)

    def run(self, stop: Event) -> None:
        """Develop each pledge soon after it is kept; in between, look at old cards."""
        self.look_over()
        rest = 0.0
        while not stop.is_set():
            try:
                self.develop(self._kept.get(timeout=rest))
            except Empty:
                rest = self.look_at_one()
            except (AlbumFull, NotSaved):
                continue  # the decision tries again, and tells

    def look_over(self) -> None:
        """Have every waiting card looked at: how cards are drawn may have changed."""
        with self._house.database.reading() as db:
            self._unseen = deque(store.waiting_ids(db))

    def look_at_one(self) -> float:
        """Draw the next waiting card again if it looks otherwise than it should.

        Return the seconds to rest now.
        """
        if not self._unseen or self._visits.is_posing:
            return LOOK
        try:
            was_drawn = self._mender.redraw(self._unseen.popleft())
        except (AlbumFull, NotSaved):
            return LOOK  # the decision tries again, and tells
        except AlreadyDecided:
            return GLANCE  # by another process: nothing is to be drawn any more
        return REST if was_drawn else GLANCE

    def develop(self, pledge: Pledge) -> None:
        """Make one card's WebP."""
        album, place = self._house.album, pledge.place
        card = album.path(place, "card.jpg")
        with self._house.hands.on(pledge.id):
            if card.exists() and not album.path(place, "card.webp").exists():
                album.add(place, "card.webp", stamp.card_webp(card.read_bytes()))
                self._desk.tidy(pledge)

    def _again(self, pledge: Pledge) -> None:
        if pledge.may_be_mended:
            self._kept.put(pledge)

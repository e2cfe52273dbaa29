"""What a volunteer saw, and whether it is still so."""

from kiosk import store
from kiosk.booth.cards import REDRAWN
from kiosk.booth.house import House
from kiosk.pledge import Pledge
from kiosk.store import AlreadyDecided, feed


def as_seen(house: House, pledge_id: str, revision: int) -> Pledge:
    """Return a pledge that is still what a volunteer saw at that revision.

    A card that was drawn again since says the same of the same guest; where it shows
    another part of the photo, somebody has to look again.

    Raises:
        UnknownPledge: there is none of that id.
        AlreadyDecided: it has changed since.
    """
    with house.database.reading() as db:
        pledge = store.get(db, pledge_id)
        if pledge.revision == revision:
            return pledge
        is_older = 0 < revision < pledge.revision
        if is_older and feed.kinds(db, pledge_id, after=revision) == {REDRAWN}:
            return pledge
    raise AlreadyDecided(pledge_id)

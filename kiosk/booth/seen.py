"""What a volunteer saw, and whether it is still so."""

from kiosk import store
from kiosk.booth.cards import REDRAWN
from kiosk.booth.house import House
from kiosk.pledge import Pledge
from kiosk.store import AlreadyDecided, feed

SAME_PHOTO = frozenset({REDRAWN, feed.RETAKE})


def as_seen(house: House, pledge_id: str, revision: int) -> Pledge:
    """Return a pledge that is still what a volunteer saw at that revision.

    A card that was drawn again since says the same of the same guest, and so does one
    whose guest was asked for another; where it shows another part of the photo,
    somebody has to look again.

    Raises:
        UnknownPledge: there is none of that id.
        AlreadyDecided: it has changed since.
    """
    with house.database.reading() as db:
        pledge = store.get(db, pledge_id)
        if pledge.revision == revision:
            return pledge
        is_older = 0 < revision < pledge.revision  # and small enough to ask about
        since = feed.kinds(db, pledge_id, after=revision) if is_older else set()
        if since and since <= SAME_PHOTO:
            return pledge
    raise AlreadyDecided(pledge_id)

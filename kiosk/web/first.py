"""Who was first, said to the volunteer who came second."""

from collections.abc import Mapping

from sqlalchemy import Connection

from kiosk import store
from kiosk.pledge import Decision, Pledge
from kiosk.store import acts, devices
from kiosk.store.acts import MENDED, Newest
from kiosk.web import current
from kiosk.words import _

SOMEBODY = _("Another volunteer was first.")
ASKED_BACK = _("Its guest has just asked for this photo back.")
UNDONE = _("{device} has taken the decision back.")
DID: Mapping[str, str] = {
    Decision.APPROVED: _("{device} has approved this photo."),
    Decision.PRIVATE: _("{device} has kept this photo private."),
    Decision.REMOVED: _("{device} has removed this photo."),
    MENDED: _("{device} has mended these words."),
}


def told(pledge_id: str) -> dict[str, object]:
    """Say what is decided about a pledge now, and who did what to it last."""
    with current.booth().house.database.reading() as db:
        pledge = store.get(db, pledge_id)
        return {"decision": pledge.decision, "message": _said(db, pledge)}


def _said(db: Connection, pledge: Pledge) -> str:
    newest = acts.newest(db, pledge.id)
    device = newest and devices.ever_paired(db, newest.who)
    if pledge.is_asked_back:
        return current.say(ASKED_BACK)
    if newest and device:
        return current.say(_did(newest, pledge), device=current.called(device))
    return current.say(SOMEBODY)


def _did(newest: Newest, pledge: Pledge) -> str:
    if newest.revision == pledge.revision:
        return DID[MENDED if newest.kind == MENDED else newest.after]
    if newest.is_undone and newest.revision + 1 == pledge.revision:
        return UNDONE
    return SOMEBODY

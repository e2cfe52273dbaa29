"""Keeping: files first, row last; a row means a whole pledge."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from kiosk import stamp, store
from kiosk.album import PLEDGE, NotSaved
from kiosk.booth import cards, flagging
from kiosk.booth.flagging import NOTHING, Impression
from kiosk.booth.house import House
from kiosk.booth.visit import NothingToKeep, Visit
from kiosk.booth.wishes import withdraw
from kiosk.flags import Flag
from kiosk.pledge import Decision, Pledge, new_id
from kiosk.store import audit, feed
from kiosk.store.audit import ITSELF


def save(
    house: House, visit: Visit, now: Impression = NOTHING, last: Impression = NOTHING
) -> Pledge:
    """Make the visit's draft a pledge, durable when this returns.

    `now` is an impression of it, `last` one of what was kept before. What it replaces
    is withdrawn in the moment in which it is kept: one of the two is always there.

    Raises:
        NothingToKeep: nothing was taken yet.
        AlbumFull: there is no room for another photo.
        NotSaved: the disk refused.
    """
    flags = flagging.of_draft(house, visit, now, last)
    pledge = _pledge(house, visit, flags)
    house.album.save(pledge.place, _files(visit, pledge))
    try:
        with house.database.transaction() as db:
            pledge = replace(pledge, number=_make_way(db, pledge))
            store.add(db, pledge)
            feed.add(db, "kept", pledge)
            if pledge.replaces:
                at = pledge.kept_at.timestamp()
                audit.note(db, "retaken", who=ITSELF, at=at, about=pledge.replaces)
    except SQLAlchemyError as error:
        # Told "not saved", a guest must not come back as a photo at the next start.
        house.album.discard(pledge.place)
        raise NotSaved("The photo could not be saved.") from error
    return pledge


def taken(visit: Visit) -> stamp.Pictures:
    """Return the pictures of the draft.

    Raises:
        NothingToKeep: nothing was taken yet.
    """
    if visit.pictures is None:
        raise NothingToKeep("There is no picture to keep yet.")
    return visit.pictures


def _make_way(db: Connection, pledge: Pledge) -> int:
    """Return which promise it is: another photo of one is no other promise.

    The photo before it is withdrawn, whatever was decided about it meanwhile.
    """
    if pledge.replaces is None:
        return feed.count(db)

    before = store.get(db, pledge.replaces)
    if not before.is_withdrawn:
        withdraw(db, before)
    return before.number


def _pledge(house: House, visit: Visit, flags: tuple[Flag, ...]) -> Pledge:
    return Pledge(
        id=new_id(),
        event=house.event.slug,
        booth=house.config.booth.name,
        submission=visit.id,
        revision=1,
        decision=Decision.WAITING,
        is_hidden=False,
        is_withdrawn=False,
        is_erased=False,
        kept_at=datetime.now(UTC),
        number=0,
        language=visit.plan.language,
        words=visit.plan.words,
        said=visit.plan.said,
        theme=visit.plan.theme,
        has_face=visit.plan.has_face,
        colour=visit.plan.colour,
        drawing=visit.plan.drawing,
        consent=visit.plan.consent,
        code=visit.code,
        token=visit.token,
        flags=flags,
        replaces=visit.replaces,
    )


def _files(visit: Visit, pledge: Pledge) -> dict[str, bytes]:
    drawn_from = cards.fingerprint(visit.overlay.lettering, visit.overlay.layout)
    return cards.files(taken(visit)) | {PLEDGE: cards.writing(pledge, drawn_from)}

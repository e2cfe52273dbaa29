"""Photos taken again: who is asked still, and what a newer photo replaces."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from kiosk import store
from kiosk.pledge import Pledge, Retake
from kiosk.store import acts, feed, pledges

MOST = 2  # times that a guest may be asked for another photo


def answer(db: Connection, before: Pledge, retake: Retake) -> Pledge:
    """Write down what came of the question; it takes nobody's undo."""
    after = before.answered(retake)
    store.save(db, before, after)
    feed.add(db, feed.RETAKE, after)
    acts.follow(db, before, after)
    return after


def asked(db: Connection) -> Sequence[Pledge]:
    """Return what is here still whose guests are asked and have not answered."""
    is_asked = pledges.c.retake == Retake.ASKED
    is_here = ~(pledges.c.is_withdrawn | pledges.c.is_erased)
    open_ = select(pledges.c.id).where(is_asked, is_here)
    return list(store.some(db, list(db.scalars(open_))).values())


def replaced(db: Connection) -> Sequence[Pledge]:
    """Return what a newer photo replaces and nobody has withdrawn."""
    newer = select(pledges.c.replaces).where(pledges.c.replaces.is_not(None))
    here = select(pledges.c.id).where(pledges.c.id.in_(newer), ~pledges.c.is_withdrawn)
    return list(store.some(db, list(db.scalars(here))).values())


def is_last(db: Connection, pledge: Pledge) -> bool:
    """Say whether its guest was asked as often as anybody is."""
    for _ in range(MOST):
        if pledge.replaces is None:
            return False
        pledge = store.get(db, pledge.replaces)
    return True

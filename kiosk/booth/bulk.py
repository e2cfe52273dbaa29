"""One touch for many photos: each is decided by itself, and says what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.exc import SQLAlchemyError

from kiosk.album import AlbumFull, NotSaved
from kiosk.booth.cards import PhotoGone
from kiosk.booth.desk import Desk
from kiosk.pledge import Decision, NotAllowed
from kiosk.store import AlreadyDecided, UnknownPledge

MOST = 50  # pledges one touch may decide


@dataclass(frozen=True, slots=True)
class Seen:
    """A pledge as the volunteer saw it."""

    id: str
    revision: int


class Outcome(StrEnum):
    """What came of one of them."""

    DONE = "done"
    LATE = "late"  # somebody else was first
    ALONE = "alone"  # it has to be looked at by itself
    FAILED = "failed"  # it could not be saved, and still waits


def decide_all(
    desk: Desk, seen: Sequence[Seen], decision: Decision, *, who: str
) -> dict[str, Outcome]:
    """Decide about each as it was seen; return what came of it, by id."""
    return {each.id: _decide(desk, each, decision, who) for each in seen[:MOST]}


def _decide(desk: Desk, seen: Seen, decision: Decision, who: str) -> Outcome:
    try:
        if desk.is_looked_at_alone(seen.id):
            return Outcome.ALONE
        desk.decide(seen.id, decision, revision=seen.revision, who=who)
    except (AlreadyDecided, NotAllowed, UnknownPledge):
        return Outcome.LATE
    except (AlbumFull, NotSaved, PhotoGone, OSError, SQLAlchemyError):
        return Outcome.FAILED
    return Outcome.DONE

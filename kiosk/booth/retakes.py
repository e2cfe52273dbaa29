"""Asking a guest for another photo, while they are still at the booth."""

import logging
import time
from collections.abc import Callable, Collection
from enum import StrEnum
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from kiosk import store
from kiosk.booth.house import House
from kiosk.booth.seen import as_seen
from kiosk.booth.visit import Plan, Visit
from kiosk.booth.visits import Visits
from kiosk.pledge import NoRetake, Pledge, Retake
from kiosk.store import audit, feed, retakes

log = logging.getLogger(__name__)

LOOK = 0.25  # seconds between two looks at who is at the booth


class Reason(StrEnum):
    """What is the matter with a photo; the screens have the words."""

    EYES = "eyes"
    BLURRED = "blurred"
    DARK = "dark"
    SOMEBODY = "somebody"
    COVERED = "covered"


class GuestGone(LookupError):
    """The guest is not at the booth any more."""


class Retakes:
    """The question for another photo, and the job that sees guests come and go.

    That somebody was asked is in their pledge's row, for the volunteers. The reason is
    between them and the one screen, in memory, and forgotten with the answer.
    """

    name = "retakes"

    def __init__(
        self, house: House, visits: Visits, clock: Callable[[], float] = time.time
    ) -> None:
        """Ask the guests of these visits."""
        self._house = house
        self._visits = visits
        self._clock = clock
        self._reasons: dict[str, Reason] = {}  # by the pledge's id, until the answer
        self._done: str | None = None  # whose guest the volunteers were told is here

    def ask(self, pledge_id: str, reason: Reason, *, revision: int, who: str) -> Pledge:
        """Ask the guest of a waiting photo, as the volunteer saw it, for another.

        Nobody is asked twice about one photo: later, the answer is the same pledge.

        Raises:
            UnknownPledge: there is none of that id.
            AlreadyDecided: it has changed since.
            GuestGone: the guest has left the done screen.
            NoRetake: it has no photo, or they were asked often enough.
        """
        with self._house.hands.on(pledge_id):
            if (now := self._get(pledge_id)).retake:
                return now
            before = as_seen(self._house, pledge_id, revision)
            after = before.asked_again()
            self._check(before)
            with self._house.database.transaction() as db:
                at = self._clock()
                store.save(db, before, after, at=at)
                feed.add(db, feed.RETAKE, after)
                audit.note(db, "asked to retake", who=who, at=at, about=pledge_id)
            self._reasons[pledge_id] = reason
        self._house.events.decided.send(after)
        return after

    def may_be_asked(self, among: Collection[str]) -> list[str]:
        """Return which of these pledges' guests may be asked now: one or nobody."""
        here = self._visits.done
        if here is None or here not in among:
            return []
        try:
            pledge = self._get(here)
            pledge.asked_again()
            self._check(pledge)
        except (NoRetake, GuestGone):
            return []
        return [here]

    def hear(self, pledge: Pledge, *, is_covered: bool = False) -> Reason | None:
        """Note that a pledge's guest is at the done screen; return what to ask them.

        Who stands before a covered screen may be anybody: they are asked nothing.
        """
        self._visits.hear(pledge.submission, is_covered=is_covered)
        is_asked = pledge.retake is Retake.ASKED and not is_covered
        return self._reasons.get(pledge.id) if is_asked else None

    def again(self, visit_id: str) -> Visit:
        """Begin the visit for another photo: all else stays as the guest chose it.

        What the visit kept is replaced once the other photo is kept, and not before.

        Raises:
            VisitOver: it has ended, or another began.
            NoRetake: nobody asked for another photo.
            CameraLost: there is no camera.
        """
        pledge = self._visits.kept(visit_id)
        if not pledge.retake:
            raise NoRetake("Nobody asked for another photo.")
        plan = Plan(
            language=pledge.language,
            words=pledge.words,
            said=pledge.said,
            theme=pledge.theme,
            consent=pledge.consent,
            has_face=pledge.has_face,
            colour=pledge.colour,
            drawing=pledge.drawing,
        )
        return self._visits.open(plan, replaces=pledge.id)

    def stay(self, visit_id: str) -> None:
        """Let the guest keep the photo that there is; asked again, nothing happens.

        Raises:
            VisitOver: the visit has ended, or another began.
        """
        self._answer(self._visits.kept(visit_id).id, Retake.DECLINED)

    def step(self) -> None:
        """Note who has left without an answer, and tell who has come or gone."""
        for pledge_id in list(self._reasons):
            if not self._visits.is_here(pledge_id):
                self._answer(pledge_id, Retake.NOBODY)
        done = self._visits.done
        if done != self._done:
            self._done = done
            self._house.events.leases.send(None)

    def run(self, stop: Event) -> None:
        """Look at who is at the booth, four times a second."""
        while not stop.wait(LOOK):
            try:
                self.step()
            except SQLAlchemyError as error:
                log.warning("Who left could not be noted: %s.", type(error).__name__)

    def _check(self, pledge: Pledge) -> None:
        if self._visits.done != pledge.id:
            raise GuestGone("The guest has left the booth.")
        with self._house.database.reading() as db:
            if retakes.is_last(db, pledge):
                raise NoRetake("They were asked often enough.")

    def _answer(self, pledge_id: str, retake: Retake) -> None:
        with self._house.hands.on(pledge_id), self._house.database.transaction() as db:
            before = store.get(db, pledge_id)
            is_open = before.retake is Retake.ASKED and not before.is_withdrawn
            after = retakes.answer(db, before, retake) if is_open else before
        self._reasons.pop(pledge_id, None)
        if after != before:
            self._house.events.decided.send(after)

    def _get(self, pledge_id: str) -> Pledge:
        with self._house.database.reading() as db:
            return store.get(db, pledge_id)

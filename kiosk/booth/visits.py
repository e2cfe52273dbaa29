"""The guests' verbs, from Agree to Keep: one visit at a time, held in memory."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import inf
from threading import Event, RLock

from camera.feed import CameraLost
from kiosk import store
from kiosk.booth import drafts, flagging, keeping
from kiosk.booth.flagging import NOTHING
from kiosk.booth.house import House
from kiosk.booth.visit import RETAKES, NoRetakesLeft, Plan, Sketch, Visit, VisitOver
from kiosk.pledge import Pledge, agree, new_code, new_token
from kiosk.store import UnknownPledge

MOST_LEFT = 100  # visits remembered as over, so that nobody asks for their code again
HERE = 5.0  # seconds without a word from the done screen after which its guest has left
LONGEST_VISIT = 300.0  # seconds without a touch until the server lets go of it


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which pledge's code is on the screen, of which visit, since when.

    `heard` is when that screen was last heard of, with the code in sight.
    """

    visit_id: str
    pledge_id: str
    since: float  # monotonic seconds
    heard: float  # monotonic seconds


class Visits:
    """The guest's verbs, and the job that lets go of a visit left behind."""

    name = "visits"

    def __init__(
        self, house: House, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Receive guests in this house."""
        self._house = house
        self._clock = clock
        self._lock = RLock()
        self._visit: Visit | None = None
        self._shown: _Shown | None = None
        self._last = NOTHING
        self._left: deque[str] = deque(maxlen=MOST_LEFT)

    def read(self, said: str) -> str:
        """Return a guest's words as a card would have them.

        Raises:
            WordsRefused: they cannot be put on a card.
        """
        return drafts.fitting(self._house, said)

    def sketch(self, sketch: Sketch) -> bytes:
        """Return a card without a face as it would be, in small and without a code.

        Raises:
            WordsRefused: the words cannot be put on a card.
        """
        sketch = replace(sketch, words=drafts.fitting(self._house, sketch.words))
        return drafts.sketched(self._house, sketch)

    def open(self, plan: Plan, *, replaces: str | None = None) -> Visit:
        """Begin a visit; the one before it, if any, is over.

        What it `replaces` stays, and its code in reach, until another photo is kept.

        Raises:
            WordsRefused: the words cannot be put on a card.
            GuardianNeeded: see `agree`.
            NotInThisLane: see `agree`.
            CameraLost: a face is wanted and there is no camera.
        """
        agree(plan.consent, face=plan.has_face)
        plan = replace(plan, words=drafts.fitting(self._house, plan.words))
        if plan.has_face:
            self._look()
        code, token = self._free_code(), new_token()
        visit = Visit(
            id=new_token(),
            plan=plan,
            code=code,
            token=token,
            overlay=drafts.overlay(self._house, plan, code, token),
            replaces=replaces,
        )
        with self._lock:
            if replaces is None:
                self._cover()
            return self._touch(visit)

    def preview(self, visit_id: str) -> Iterator[bytes]:
        """Yield the newest small JPEGs while this visit has nothing kept yet.

        Raises:
            VisitOver: it has ended, or uses no camera.
        """
        self._with_face(visit_id)
        return self._frames(visit_id)

    def pose(self, visit_id: str) -> Visit:
        """Remember the touch that starts the countdown: no older frame counts.

        Raises:
            VisitOver: it has ended.
            CameraLost: there is no camera.
            NoRetakesLeft: it was the last one.
        """
        self._look()
        with self._lock:
            visit = self._with_face(visit_id)
            if visit.shots > RETAKES:
                raise NoRetakesLeft("That was the last photo for this visit.")
            self._house.lens.half_press()
            return self._touch(replace(visit, pressed=self._clock()))

    def shoot(self, visit_id: str) -> Visit:
        """Make the draft: photograph the guest, or draw the card without a face.

        Raises:
            VisitOver: it has ended.
            CameraLost: no frame came that is newer than the touch.
            NoRetakesLeft: it was the last one.
        """
        with self._lock:
            visit = self._open(visit_id)
            if visit.plan.has_face:
                visit = drafts.photographed(self._house, visit)
            return self._touch(drafts.drawn(self._house, visit))

    def reword(self, visit_id: str, said: str, theme: str | None) -> Visit:
        """Put other words on the draft.

        Raises:
            VisitOver: it has ended.
            WordsRefused: the words cannot be put on a card.
        """
        said = drafts.fitting(self._house, said)
        with self._lock:
            visit = self._open(visit_id)
            written = visit.plan.said if said == visit.plan.words else None
            plan = replace(visit.plan, words=said, theme=theme, said=written)
            overlay = drafts.overlay(self._house, plan, visit.code, visit.token)
            visit = replace(visit, plan=plan, overlay=overlay)
            if visit.pictures:
                visit = drafts.drawn(self._house, visit)
            return self._touch(visit)

    def make_faceless(self, visit_id: str, colour: str, drawing: str) -> Visit:
        """Turn the visit into one for a card without a face; any photo is dropped."""
        with self._lock:
            visit = self._open(visit_id)
            plan = replace(visit.plan, has_face=False, colour=colour, drawing=drawing)
            bare = replace(visit, plan=plan, frame=None, fault=None, pictures=None)
            return self._touch(bare)

    def draft(self, visit_id: str) -> bytes:
        """Return the card as the guest may see it before keeping it, without a code.

        Raises:
            VisitOver: it has ended.
            NothingToKeep: nothing was taken yet.
        """
        return keeping.taken(self._open(visit_id)).draft

    def keep(self, visit_id: str) -> Pledge:
        """Keep the guest's pledge for good.

        Files are written first and the row last: a row means a whole pledge.
        Asked again, the answer is the same pledge.

        Raises:
            VisitOver: it has ended, and kept nothing.
            NothingToKeep: nothing was taken yet.
            AlbumFull: there is no room for another photo.
            NotSaved: the disk refused.
        """
        with self._lock:
            try:
                visit = self._open(visit_id)
            except VisitOver as error:
                return self._kept_before(visit_id, error)
            now = flagging.impression(self._house, visit)
            last = NOTHING if visit.replaces else self._last
            pledge = keeping.save(self._house, visit, now, last)
            self._visit, self._last = None, now
            self._cover()
            self._show(visit_id, pledge)
        self._house.events.kept.send(pledge)
        return pledge

    def kept(self, visit_id: str) -> Pledge:
        """Return what the visit kept whose code the screen shows now.

        Raises:
            VisitOver: it has ended, another began, or its guest took it back.
        """
        shown = self._shown
        if shown is None or shown.visit_id != visit_id:
            raise VisitOver("This visit has ended.")
        with self._house.database.reading() as db:
            pledge = store.get(db, shown.pledge_id)
        if pledge.is_hidden or pledge.is_gone:
            raise VisitOver("This visit has ended.")
        return pledge

    def hear(self, visit_id: str, *, is_covered: bool = False) -> None:
        """Note that the screen with this visit's code is looked at.

        Once it is covered nobody is known to be there until it is touched.
        """
        heard = -inf if is_covered else self._clock()
        with self._lock:
            if self._shown and self._shown.visit_id == visit_id:
                self._shown = replace(self._shown, heard=heard)

    @property
    def done(self) -> str | None:
        """The pledge whose guest is at the done screen now, by id."""
        shown = self._shown
        is_here = shown and shown.heard > self._clock() - HERE
        return shown.pledge_id if shown and is_here else None

    def is_here(self, pledge_id: str) -> bool:
        """Say whether its guest is at the done screen, or takes another photo."""
        visit = self._visit
        return pledge_id in (self.done, visit.replaces if visit else None)

    def end(self, visit_id: str) -> None:
        """Let go of the visit; what was not kept is gone."""
        with self._lock:
            if self._visit and self._visit.id == visit_id:
                self._visit = None
                if self._shown:  # back from taking another photo
                    self.hear(self._shown.visit_id)
            if self._shown and self._shown.visit_id == visit_id:
                self._cover()

    def expire(self) -> None:
        """Let go of a visit, or of a code, that nobody has touched for long."""
        long_ago = self._clock() - LONGEST_VISIT
        with self._lock:
            if self._visit and self._visit.touched < long_ago:
                self._visit = None
            if self._shown and self._shown.since < long_ago:
                self._cover()

    def run(self, stop: Event) -> None:
        """Look for a visit left behind, every ten seconds."""
        while not stop.wait(10.0):
            self.expire()
        self._visit = None  # its preview would hold the server

    @property
    def is_posing(self) -> bool:
        """Whether a guest has touched the button and waits for the photo."""
        visit = self._visit
        return visit is not None and bool(visit.pressed)

    def _show(self, visit_id: str, pledge: Pledge) -> None:
        now = self._clock()
        self._shown = _Shown(visit_id, pledge.id, since=now, heard=now)

    def _cover(self) -> None:
        """Show the last visit's code no more, whoever asks."""
        if self._shown:
            self._left.append(self._shown.visit_id)
            self._shown = None

    def _kept_before(self, visit_id: str, over: VisitOver) -> Pledge:
        """Return what a visit kept, also when we restarted since.

        Its code is shown again only to a guest who can still be there.
        """
        try:
            with self._house.database.reading() as db:
                pledge = store.by_submission(db, visit_id)
        except UnknownPledge:
            raise over from None
        age = (datetime.now(UTC) - pledge.kept_at).total_seconds()
        is_late = visit_id in self._left or age > LONGEST_VISIT
        if self._visit is None and not is_late:
            self._show(visit_id, pledge)
        return pledge

    def _frames(self, visit_id: str) -> Iterator[bytes]:
        number = 0
        while self._poses(visit_id):
            try:
                number, picture = self._house.lens.preview(after=number)
            except CameraLost:
                continue  # it may come back; a stream that ends would freeze the mirror
            if self._poses(visit_id):
                yield picture

    def _free_code(self) -> str:
        prefix = self._house.config.booth.prefix
        with self._house.database.reading() as db:
            code = new_code(prefix)
            while not store.code_is_free(db, code):
                code = new_code(prefix)
        return code

    def _look(self) -> None:
        if not self._house.lens.health.is_live:
            raise CameraLost("The camera is resting.")

    def _open(self, visit_id: str) -> Visit:
        visit = self._visit
        if visit is None or visit.id != visit_id:
            raise VisitOver("This visit has ended. Nothing of it was kept.")
        return visit

    def _with_face(self, visit_id: str) -> Visit:
        visit = self._open(visit_id)
        if not visit.plan.has_face:
            raise VisitOver("This visit uses no camera.")
        return visit

    def _poses(self, visit_id: str) -> bool:
        visit = self._visit
        if visit is None or visit.id != visit_id:
            return False
        return visit.plan.has_face

    def _touch(self, visit: Visit) -> Visit:
        self._visit = replace(visit, touched=self._clock())
        return self._visit

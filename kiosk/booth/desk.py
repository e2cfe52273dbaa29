"""The volunteers' desk: what the wall shows, what a link opens, what is erased."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from threading import Event

from sqlalchemy import Connection

from kiosk import stamp, store
from kiosk.album import GONE, HIDDEN, AlbumFull, NotSaved
from kiosk.booth import cards, wishes
from kiosk.booth.house import House
from kiosk.booth.originals import Originals
from kiosk.booth.overdue import Overdue
from kiosk.booth.seen import as_seen
from kiosk.pledge import UNDO_REMOVAL, Decision, NotAllowed, Pledge
from kiosk.store import AlreadyDecided, acts, audit, feed, lights
from kiosk.store.acts import Act, NothingToUndo
from kiosk.store.audit import GUEST, ITSELF
from sync import outbox

log = logging.getLogger(__name__)

TRIES = 10  # far more decisions than two volunteers make in a moment
REACHABLE = frozenset({Decision.APPROVED, Decision.PRIVATE})


class Desk:
    """The volunteers' verbs, and the eraser that finishes a removal."""

    name = "eraser"

    def __init__(self, house: House, clock: Callable[[], float] = time.time) -> None:
        """Decide about the pledges of this house."""
        self._house = house
        self._clock = clock
        self._unfinished: set[Pledge] = set()  # said to be erased, with bytes left
        self._originals = Originals(house, clock)
        self._overdue = Overdue(house, clock)

    def decide(
        self, pledge_id: str, decision: Decision, *, revision: int, who: str
    ) -> Pledge:
        """Decide about a pledge as it was when the volunteer saw it.

        Asked again, because an answer was lost, the answer is the same pledge.

        Raises:
            UnknownPledge: there is none of that id.
            AlreadyDecided: it has changed since.
            NotAllowed: it may not become that.
        """
        with self._house.hands.on(pledge_id):
            now = self._get(pledge_id)
            if self._is_done(now, decision, revision, who):
                return now
            before = as_seen(self._house, pledge_id, revision)
            after = before.decided(decision)
            act = Act(
                pledge=after.id,
                revision=after.revision,
                before=before.decision,
                after=decision,
                who=who,
                at=self._clock(),
            )
            return self._change("decided", before, after, act=act, who=who)

    def is_looked_at_alone(self, pledge_id: str) -> bool:
        """Say whether one touch for many may not decide it: children, or a flag.

        Raises:
            UnknownPledge: there is none of that id.
        """
        pledge = self._get(pledge_id)
        return bool(pledge.flags) or pledge.consent.has_children

    def undo(self, pledge_id: str, *, who: str) -> Pledge:
        """Bring back what a pledge was before this volunteer's last decision on it.

        Raises:
            UnknownPledge: there is none of that id.
            NothingToUndo: it was not theirs, or someone was there since.
            NotAllowed: it is erased.
        """
        with self._house.hands.on(pledge_id):
            before = self._get(pledge_id)
            act = self._last(before, who)
            after = before.undone(act.before)
            return self._change("undone", before, after, act=act, who=who)

    def star(self, pledge_id: str, *, is_starred: bool, who: str = ITSELF) -> Pledge:
        """Choose a pledge for the stage, or no longer; asked again, nothing happens.

        It is no decision: nothing here or in the bucket moves.

        Raises:
            UnknownPledge: there is none of that id.
            NotAllowed: no wall may show it.
        """

        def star_now() -> Pledge:
            before = self._get(pledge_id)
            after = before.starred(is_starred=is_starred)
            if before.is_starred == is_starred:
                return before
            with self._house.database.transaction() as db:
                store.save(db, before, after, at=self._clock())
                feed.add(db, feed.STARRED, after)
                acts.follow(db, before, after)
                what = "starred" if is_starred else "unstarred"
                self._note(db, what, after, who)
            self._house.events.decided.send(after)
            return after

        return _whoever_decides_meanwhile(star_now)

    def hide(self, token: str) -> Pledge:
        """Hide a pledge at its guest's request: no wall, no link, at once.

        What a volunteer has just removed is withdrawn: no undo may bring it back.

        Raises:
            UnknownPledge: no link has that token.
        """

        def hide_now() -> Pledge:
            with self._house.database.reading() as db:
                before = store.by_token(db, token)
            if before.is_hidden or before.is_withdrawn or before.is_erased:
                return before
            if before.is_gone:
                return self._change("withdrawn", before, before.withdrawn(), who=GUEST)
            at = datetime.fromtimestamp(self._clock(), UTC)
            return self._change("hidden", before, before.hidden(at), who=GUEST)

        return _whoever_decides_meanwhile(hide_now)

    def restore(self, pledge_id: str, *, who: str = ITSELF) -> Pledge:
        """Decline a guest's request.

        Raises:
            UnknownPledge: there is none of that id.
            NotAllowed: it is gone.
        """
        with self._house.hands.on(pledge_id):
            before = self._get(pledge_id)
            after = before.restored()
            if not before.is_hidden:
                return before
            return self._change("restored", before, after, who=who)

    def confirm(self, pledge_id: str, *, who: str = ITSELF) -> Pledge:
        """Carry out a guest's request: what they asked back is gone for good.

        Raises:
            UnknownPledge: there is none of that id.
            NotAllowed: nobody asked for it.
        """
        if not self._get(pledge_id).is_asked_back:
            raise NotAllowed("Nobody asked for the removal of this photo.")
        return self.withdraw(pledge_id, who=who)

    def withdraw(self, pledge_id: str, *, who: str = ITSELF) -> Pledge:
        """Take a pledge away for good; its marker is on disk before anything else.

        Raises:
            UnknownPledge: there is none of that id.
        """

        def withdraw_now() -> Pledge:
            before = self._get(pledge_id)
            if before.is_withdrawn:
                return before
            return self._change("withdrawn", before, before.withdrawn(), who=who)

        return _whoever_decides_meanwhile(withdraw_now)

    def publish_soon(self) -> None:
        """Wish the page of every link that opens nothing yet into the bucket."""
        self._house.album.add("", wishes.SOON_FILE, self._house.pages.soon())
        with self._house.database.transaction() as db:
            outbox.wish(db, [wishes.soon()])

    def erase(self) -> bool:
        """Erase what was withdrawn, and what was removed when undo has ended.

        Return whether every byte of it is gone; what the disk refused is tried again.
        """
        with self._house.database.reading() as db:
            late = store.to_erase(db, self._clock() - UNDO_REMOVAL)
        is_done = True
        for before in [*self._unfinished, *late]:
            try:
                self._erase(before)
            except (NotSaved, AlbumFull, OSError) as error:
                log.error("%s could not be erased: %s", before.id, error)
                is_done = False
        return is_done

    def carry_out(self) -> None:
        """Withdraw what a guest asked back 15 days ago and nobody has answered."""
        for each in self._overdue.look():
            self.withdraw(each.id)
            log.info("%s was asked back 15 days ago: it is withdrawn.", each.id)

    def tidy(self, late: Pledge) -> None:
        """Take back what was written into a folder while somebody decided otherwise."""
        now = self._get(late.id)
        if now.is_erased:
            self._house.album.erase(late.place)
        elif not now.is_gone and not now.is_hidden:
            self._house.album.drop(late.place, HIDDEN)

    def run(self, stop: Event) -> None:
        """Erase what is due, every second."""
        while not stop.wait(1.0):
            self.erase()
            self._originals.drop()
            self.carry_out()  # last: it writes, and erasing is what frees a full disk

    def _get(self, pledge_id: str) -> Pledge:
        with self._house.database.reading() as db:
            return store.get(db, pledge_id)

    def _is_done(self, now: Pledge, decision: Decision, seen: int, who: str) -> bool:
        """Say whether this volunteer decided just so, and nothing happened since."""
        if (now.decision, now.revision) != (decision, seen + 1):
            return False
        try:
            return self._last(now, who).after is decision
        except NothingToUndo:
            return False

    def _last(self, pledge: Pledge, who: str) -> Act:
        with self._house.database.reading() as db:
            act = acts.last(db, pledge, who)
        late = self._clock() - act.at > UNDO_REMOVAL
        if act.after is Decision.REMOVED and late:
            raise NothingToUndo("There is nothing of yours to undo here.")
        return act

    def _erase(self, before: Pledge) -> None:
        if before not in self._unfinished and not self._say_erased(before):
            return
        self._unfinished.add(before)
        self._house.album.erase(before.place)
        self._unfinished.discard(before)

    def _say_erased(self, before: Pledge) -> bool:
        self._house.album.mark_gone(before.place, wishes.keys(before))
        try:
            self._change("erased", before, before.erased())
        except AlreadyDecided:
            if not self._get(before.id).is_gone:  # an undo was quicker
                self._house.album.drop(before.place, GONE)
            return False
        return True

    def _change(
        self,
        kind: str,
        before: Pledge,
        after: Pledge,
        *,
        act: Act | None = None,
        who: str = "",
    ) -> Pledge:
        with self._house.hands.on(before.id):
            if before.is_waiting and after.decision in REACHABLE:
                self._freshen(before)
            self._write_files(after)
            try:
                self._commit(kind, before, after, act=act, who=who)
            except AlreadyDecided:
                self.tidy(before)
                raise
            self._clear(after)
        self._house.events.decided.send(after)
        return after

    def _freshen(self, before: Pledge) -> None:
        """Publish only a card that somebody saw: another part of a photo is another."""
        if cards.freshen(self._house, before) == cards.RECROPPED:
            after = before.redrawn()
            self._commit(cards.RECROPPED, before, after)
            self._house.events.decided.send(after)
            raise AlreadyDecided(before.id)

    def _clear(self, after: Pledge) -> None:
        if not after.is_gone and not after.is_hidden:
            self._house.album.drop(after.place, HIDDEN, GONE)
        if after.decision is not Decision.WAITING:
            self._originals.note(after)

    def _commit(
        self,
        kind: str,
        before: Pledge,
        after: Pledge,
        *,
        act: Act | None = None,
        who: str = "",
    ) -> None:
        with self._house.database.transaction() as db:
            store.save(db, before, after, at=self._clock())
            feed.add(db, kind, after)
            outbox.wish(db, wishes.between(before, after))
            if act:
                acts.undo(db, act) if kind == "undone" else acts.add(db, act)
            if kind == "decided" and after.is_on_wall:
                lights.add(db, after.id, self._clock())
            if who:
                what = after.decision.value if kind == "decided" else kind
                self._note(db, what, after, who)

    def _note(self, db: Connection, what: str, pledge: Pledge, who: str) -> None:
        audit.note(db, what, who=who, at=self._clock(), about=pledge.id)

    def _write_files(self, pledge: Pledge) -> None:
        album, place = self._house.album, pledge.place
        if pledge.is_withdrawn:
            album.mark_gone(place, wishes.keys(pledge))
        elif pledge.is_reachable:
            self._write_page(pledge)
        elif pledge.is_gone or pledge.is_hidden:
            with suppress(AlbumFull, NotSaved):  # hiding matters more than its marker
                album.add(place, HIDDEN, b"")

    def _write_page(self, pledge: Pledge) -> None:
        album, place = self._house.album, pledge.place
        if not album.path(place, "card.webp").exists():
            card = album.path(place, "card.jpg").read_bytes()
            album.add(place, "card.webp", stamp.card_webp(card))
        album.add(place, "page.html", self._house.pages.photo(pledge, removal="mail"))


def _whoever_decides_meanwhile(act: Callable[[], Pledge]) -> Pledge:
    """Do what a guest is owed, again when a volunteer's decision came between."""
    for _ in range(TRIES):
        with suppress(AlreadyDecided):
            return act()
    return act()

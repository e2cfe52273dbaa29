"""Mending a typo in what waits, and drawing a waiting card again."""

import time
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from kiosk import store
from kiosk.booth import cards, flagging
from kiosk.booth.desk import Desk
from kiosk.booth.drafts import fitting
from kiosk.booth.house import House
from kiosk.booth.seen import as_seen
from kiosk.pledge import Pledge
from kiosk.store import AlreadyDecided, acts, audit, feed
from kiosk.store.acts import MENDED, Act

FLAGGED = "flagged"  # feed entry: its flags changed; whoever decides looks again


class Mender:
    """Who changes what waits: its words by a volunteer, its look by itself.

    Files first, row last. What a power cut leaves in between is half drawn, or drawn
    from other words than the row's: it is drawn again from its row, at the latest
    before anyone decides about it.
    """

    def __init__(
        self, house: House, desk: Desk, clock: Callable[[], float] = time.time
    ) -> None:
        """Mend in this house."""
        self._house = house
        self._desk = desk
        self._clock = clock

    def mend(self, pledge_id: str, said: str, *, revision: int, who: str) -> Pledge:
        """Put mended words on a pledge that waits, as the volunteer saw it.

        Asked again, the answer is the same pledge.

        Raises:
            UnknownPledge: there is none of that id.
            WordsRefused: the words cannot be put on a card.
            AlreadyDecided: it has changed since.
            NotAllowed: it waits no more, or its guest asks for it back.
            PhotoGone: the photo is not there any more.
            CodeUnreadable: the code cannot be read back.
            AlbumFull: there is no room.
            NotSaved: the disk refused.
        """
        words = fitting(self._house, said)
        with self._house.hands.on(pledge_id):
            before = self._get(pledge_id)
            if before.may_be_mended and before.words == words:
                return before
            before = as_seen(self._house, pledge_id, revision)
            flags = flagging.of_words(self._house, before, words)
            after = before.mended(words, flags)
            cards.redraw(self._house, before, after)
            self._commit(MENDED, before, after, self._act(after, who))
        self._house.events.decided.send(after)
        return after

    def redraw(self, pledge_id: str) -> bool:
        """Draw a waiting card again if it would look otherwise today; say whether.

        Flag its words again too: the lists may have changed.

        Raises:
            AlbumFull: there is no room.
            NotSaved: the disk refused.
        """
        with self._house.hands.on(pledge_id):
            before = self._get(pledge_id)
            if not before.may_be_mended:
                return False
            news = cards.freshen(self._house, before)
            flags = flagging.of_words(self._house, before, before.words)
            news = FLAGGED if flags != before.flags else news
            if not news:
                return False
            after = before.redrawn(flags)
            self._commit(news, before, after)
        self._house.events.decided.send(after)
        return True

    def _get(self, pledge_id: str) -> Pledge:
        with self._house.database.reading() as db:
            return store.get(db, pledge_id)

    def _act(self, after: Pledge, who: str) -> Act:
        return Act(
            pledge=after.id,
            revision=after.revision,
            before=after.decision,
            after=after.decision,
            who=who,
            at=self._clock(),
            kind=MENDED,
        )

    def _commit(
        self, kind: str, before: Pledge, after: Pledge, act: Act | None = None
    ) -> None:
        try:
            with self._house.database.transaction() as db:
                store.save(db, before, after)
                feed.add(db, kind, after)
                if act:
                    acts.add(db, act)
                    audit.note(db, MENDED, who=act.who, at=act.at, about=act.pledge)
        except (AlreadyDecided, SQLAlchemyError):
            self._put_right(before)
            raise

    def _put_right(self, before: Pledge) -> None:
        """Make the folder what its row says: another process, or the disk, said no."""
        self._desk.tidy(before)
        now = self._get(before.id)
        if now.is_waiting:
            cards.freshen(self._house, now)

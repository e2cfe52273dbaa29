"""The campaign's picture as it hangs now, for each kind of wall."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

import cv2
import numpy as np
from sqlalchemy import Connection

from kiosk import store
from kiosk.booth.house import House
from kiosk.mural import Mural
from kiosk.pledge import Pledge
from kiosk.store import feed
from kiosk.store.feed import Head
from kiosk.store.filters import Filter

FAR_BEHIND = 500  # entries after which a picture is made anew
MOST_KINDS = 4  # filters whose pictures are kept; the one asked for longest ago goes
MORE = 1.5  # cells for so many times what hangs, once the goal is reached


@dataclass(frozen=True, slots=True)
class Seen:
    """The picture, how many of its cells wait, and where one photo is, row by row."""

    jpeg: bytes
    columns: int
    rows: int
    room: int
    cell: int | None


@dataclass(slots=True)
class _Kind:
    mural: Mural
    head: Head
    jpeg: bytes = b""


@dataclass(slots=True)
class Murals:
    """One picture for each filter; every answer is what the database says by then."""

    house: House
    _lock: Lock = field(default_factory=Lock)
    _kinds: dict[Filter, _Kind] = field(default_factory=dict)

    def look(self, only: Filter, pledge_id: str = "") -> Seen:
        """Return the picture for a kind of wall, and where one photo is in it."""
        with self._lock:
            kind = self._now(only)
            self._kinds[only] = kind
            if len(self._kinds) > MOST_KINDS:
                del self._kinds[next(iter(self._kinds))]
            kind.jpeg = kind.jpeg or kind.mural.jpeg()
            return Seen(
                jpeg=kind.jpeg,
                columns=kind.mural.columns,
                rows=kind.mural.rows,
                room=kind.mural.room,
                cell=kind.mural.cell(pledge_id),
            )

    def _now(self, only: Filter) -> _Kind:
        kind = self._kinds.pop(only, None)
        with self.house.database.reading() as db:
            head = feed.now(db)
            changed = _changed(db, kind.head, head) if kind else None
            if kind is None or changed is None or len(changed) > kind.mural.room:
                changed = store.on_wall(db, head.kept, only)[::-1]
                kind = _Kind(self._bare(len(changed)), head)
        for pledge in changed:
            self._put(kind.mural, pledge, only)
        return _Kind(kind.mural, head, b"" if changed else kind.jpeg)

    def _bare(self, count: int) -> Mural:
        goal = self.house.config.wall.goal
        cells = goal if count < goal else round(count * MORE)
        return Mural(self.house.event.picture, cells)

    def _put(self, mural: Mural, pledge: Pledge, only: Filter) -> None:
        if not pledge.is_on_wall or not only.lets(pledge):
            mural.take_down(pledge.id)
        elif mural.cell(pledge.id) is None:
            file = self.house.album.path(pledge.place, "thumb.jpg")
            photo = cv2.imread(str(file), cv2.IMREAD_REDUCED_COLOR_4)
            if photo is not None:
                mural.hang(pledge.id, np.asarray(photo, np.uint8))


def _changed(db: Connection, seen: Head, now: Head) -> Sequence[Pledge] | None:
    if seen.epoch != now.epoch or now.seq - seen.seq > FAR_BEHIND:
        return None
    entries = feed.after(db, seen.seq, FAR_BEHIND)
    return list(store.some(db, [each.pledge for each in entries]).values())

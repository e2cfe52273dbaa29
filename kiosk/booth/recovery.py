"""Coming back after a power cut: the album is the truth, the database its index."""

import logging
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from kiosk import store
from kiosk.album import HIDDEN, PLEDGE, Album
from kiosk.booth.wishes import keys, withdraw
from kiosk.database import Database, DatabaseBroken, sqlite_url
from kiosk.pledge import Decision, Pledge, Retake
from kiosk.store import audit, feed, retakes
from kiosk.store.audit import ITSELF
from sync import outbox
from sync.outbox import Wish

log = logging.getLogger(__name__)


def recover(album: Album, database: Database) -> int:
    """Sweep half-written folders and bring whole ones without a row back, waiting.

    A withdrawal that was cut off is finished, and so is a photo's taking again.
    Return how many came back.
    """
    album.sweep()
    with database.reading() as db:
        known, decided = store.ids(db), store.decided_ids(db)
    back = 0
    for place in album.places():
        pledge_id = place.rpartition("/")[2]
        gone = album.gone_keys(place)
        if pledge_id in known and gone is not None:
            _finish(album, database, place)
        elif pledge_id in decided:
            album.path(place, "original.jpg").unlink(missing_ok=True)
        elif pledge_id not in known and gone is not None:
            _forget(album, database, place, gone)
        elif pledge_id not in known:
            back += _bring_back(album, database, place)
    _end_retakes(database)
    return back


def _finish(album: Album, database: Database, place: str) -> None:
    """Withdraw what has a marker, and erase what a row says is erased."""
    with database.transaction() as db:
        before = store.get(db, place.rpartition("/")[2])
        if not before.is_gone:
            _withdraw(db, before)
    if before.is_erased:
        album.erase(place)


def _end_retakes(database: Database) -> None:
    """Withdraw what a newer photo replaces; whoever was asked for one has left."""
    with database.transaction() as db:
        for each in retakes.replaced(db):
            _withdraw(db, each)
        for each in retakes.asked(db):
            retakes.answer(db, each, Retake.NOBODY)


def _withdraw(db: Connection, before: Pledge) -> None:
    withdraw(db, before)
    at = datetime.now(UTC).timestamp()
    audit.note(db, "withdrawn", who=ITSELF, at=at, about=before.id)


def _forget(album: Album, database: Database, place: str, gone: list[str]) -> None:
    """Erase what a marker says is gone, here and in the bucket."""
    pledge = _read(album, place)
    gone = gone or (keys(pledge) if pledge else [])
    with database.transaction() as db:
        _wish_absent(db, gone, _never_seen())
    album.erase(place)


def _bring_back(album: Album, database: Database, place: str) -> int:
    pledge = _read(album, place)
    if pledge is None or pledge.place != place:
        log.error("The folder %s is no pledge's own; look at it.", place)
        return 0
    try:
        _add(database, replace(pledge, hidden_at=_asked_at(album.path(place, HIDDEN))))
    except IntegrityError:
        log.error("The folder %s holds a visit that is kept already.", place)
        return 0
    return 1


def _read(album: Album, place: str) -> Pledge | None:
    try:
        found = album.path(place, PLEDGE).read_bytes()
        return msgspec.json.decode(found, type=Pledge)
    except (OSError, msgspec.MsgspecError):
        return None


def _asked_at(marker: Path) -> datetime | None:
    """Return when a guest asked for a removal: the marker was written then."""
    if not marker.exists():
        return None
    return datetime.fromtimestamp(marker.stat().st_mtime, UTC)


def _add(database: Database, pledge: Pledge) -> None:
    with database.transaction() as db:
        pledge = replace(
            pledge,
            revision=_never_seen(),
            decision=Decision.WAITING,
            is_hidden=pledge.hidden_at is not None,
            number=feed.count(db),
        )
        store.add(db, pledge)
        feed.add(db, "kept", pledge)
        _wish_absent(db, keys(pledge), pledge.revision)


def _never_seen() -> int:
    """Return a revision that no lost database can have had, however many were lost.

    A screen that saw the pledge at another revision holds what is no longer so.
    """
    return time.time_ns() // 1000  # 16 digits at most: JavaScript counts as far


def _wish_absent(db: Connection, gone: list[str], revision: int) -> None:
    outbox.wish(
        db,
        [
            Wish(
                target=outbox.BUCKET,
                key=key,
                file="",
                content_type="",
                present=False,
                revision=revision,
            )
            for key in gone
        ],
    )


def rebuild(album: Album, file: Path) -> int:
    """Make the database anew from the album; the last one is put aside as `.old`.

    Every photo comes back waiting, with a new epoch: screens begin again. The audit
    is no part of it. Return how many came back.
    """
    _bring_up_to_date(file)
    aside = file.with_name(f"{file.name}.old")
    for ending in ("", "-wal", "-shm"):
        old = file.with_name(file.name + ending)
        if old.exists():
            old.replace(aside.with_name(aside.name + ending))
    database = Database(sqlite_url(file))
    try:
        return recover(album, database)
    finally:
        database.close()


def _bring_up_to_date(file: Path) -> None:
    """Let a database of an older version give away what is kept apart now."""
    if file.exists():
        with suppress(DatabaseBroken, SQLAlchemyError):
            Database(sqlite_url(file)).close()

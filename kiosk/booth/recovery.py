"""Coming back after a power cut: the album is the truth, the database its index."""

import logging
import time
from dataclasses import replace
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from kiosk import store
from kiosk.album import Album
from kiosk.booth.desk import TARGET, keys
from kiosk.database import Database, sqlite_url
from kiosk.pledge import Decision, Pledge
from kiosk.store import feed
from sync import outbox
from sync.outbox import Wish

log = logging.getLogger(__name__)

NEVER_SEEN = 1_000_000  # a revision above any that a lost database can have wished


def recover(album: Album, database: Database) -> int:
    """Sweep half-written folders and bring whole ones without a row back, waiting.

    Return how many came back.
    """
    album.sweep()
    with database.reading() as db:
        known = store.ids(db)
        unfinished = store.erased_ids(db)
    back = 0
    for place in album.places():
        pledge_id = place.rpartition("/")[2]
        if pledge_id not in known:
            back += _bring_back(album, database, place)
        elif pledge_id in unfinished:
            album.erase(place)
    return back


def _bring_back(album: Album, database: Database, place: str) -> int:
    gone = album.gone_keys(place)
    if gone is not None:
        with database.transaction() as db:
            _wish_absent(db, gone)
        album.erase(place)
        return 0

    try:
        found = album.path(place, "pledge.json").read_bytes()
        pledge = msgspec.json.decode(found, type=Pledge)
    except (OSError, msgspec.DecodeError):
        log.error("The folder %s has no readable pledge.json; look at it.", place)
        return 0
    _add(database, pledge)
    return 1


def _add(database: Database, pledge: Pledge) -> None:
    with database.transaction() as db:
        pledge = replace(
            pledge,
            revision=NEVER_SEEN,
            decision=Decision.WAITING,
            number=feed.count(db),
        )
        store.add(db, pledge)
        feed.add(db, "kept", pledge)
        _wish_absent(db, keys(pledge))


def _wish_absent(db: Connection, gone: list[str]) -> None:
    outbox.wish(
        db,
        [
            Wish(
                target=TARGET,
                key=key,
                file="",
                content_type="",
                present=False,
                revision=NEVER_SEEN,
            )
            for key in gone
        ],
    )


def rebuild(album: Album, file: Path) -> int:
    """Make the database anew from the album; the old one is put aside.

    Every photo comes back waiting, with a new epoch: screens begin again.
    Return how many came back.
    """
    aside = file.with_name(f"{file.name}.{time.time_ns()}")
    for ending in ("", "-wal", "-shm"):
        old = file.with_name(file.name + ending)
        if old.exists():
            old.replace(aside.with_name(aside.name + ending))
    database = Database(sqlite_url(file))
    try:
        return recover(album, database)
    finally:
        database.close()

"""The campaign's picture of 3,000 photos: made for the first time, and one more."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import numpy as np
from sqlalchemy import Connection, insert, select, update

from benchmarks.photographs import photographs
from benchmarks.scene import folder
from benchmarks.table import Row, at_most
from benchmarks.turns import Times
from kiosk import store
from kiosk.booth import Booth
from kiosk.booth.murals import Murals
from kiosk.pledge import Decision, Scope, new_id, new_token
from kiosk.stamp.card import thumb
from kiosk.store import feed
from kiosk.store.filters import EVERYTHING
from tests.night import a_pledge, kept, open_house

PHOTOS = 3000
BUILDS, MORE = 5, 20
CARD = (1280, 1150)  # pixels of the photo on a card of 4:5


def measure() -> Sequence[Row]:
    """Look at a wall of so many, as the first to ask; then with one more each time."""
    with night() as booth:
        builds = Times(_timed(Murals(booth.house)) for _ in range(BUILDS))
        murals = Murals(booth.house)
        _timed(murals)
        more = Times(_one_more(booth, murals) for _ in range(MORE))
    what = f"the campaign's picture of {PHOTOS} photos"
    return [
        at_most(f"{what}, first build", builds.median, 3, "s", str(builds)),
        at_most(f"{what}, one more", more.ms, 20, "ms", str(more)),
    ]


def _timed(murals: Murals) -> float:
    began = perf_counter()
    murals.look(EVERYTHING)
    return perf_counter() - began


def _one_more(booth: Booth, murals: Murals) -> float:
    pledge = kept(booth)
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="the bench")
    return _timed(murals)


@contextmanager
def night() -> Iterator[Booth]:
    """Open a booth where so many photos hang."""
    thumbs = [thumb(np.asarray(photo)) for _, photo in photographs(*CARD)]
    with folder() as place:
        house = open_house(place)
        with house.database.transaction() as db:
            _hang(db)
            pledges = store.on_wall(db, PHOTOS)
        for pledge, picture in zip(pledges, islice(cycle(thumbs), PHOTOS), strict=True):
            _write(house.album.path(pledge.place, "thumb.jpg"), picture)
        yield Booth(house)
        house.database.close()


def _hang(db: Connection) -> None:
    with db.begin_nested() as unkept:
        store.add(db, a_pledge(scopes=(Scope.WALL,)))
        like = db.execute(select(store.pledges)).one()._asdict()
        unkept.rollback()
    rows = [
        like
        | {
            "id": new_id(),
            "submission": new_token(),
            "number": number,
            "decision": Decision.APPROVED,
        }
        for number in range(1, PHOTOS + 1)
    ]
    links = [{"token": new_token(), "pledge": r["id"], "kind": "card"} for r in rows]
    db.execute(insert(store.pledges), rows)
    db.execute(insert(store.links), links)
    db.execute(update(feed.head).values(kept=PHOTOS))


def _write(file: Path, picture: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(picture)

"""The pledges' tables: an index of the album, never its master."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    func,
    insert,
    select,
    update,
)

from kiosk.database import metadata
from kiosk.flags import Flag
from kiosk.pledge import Age, Consent, Decision, Pledge, Retake, Scope
from kiosk.store import tallies
from kiosk.store.filters import EVERYTHING, Filter

pledges = Table(
    "pledges",
    metadata,
    Column("id", String, primary_key=True),  # UUIDv7
    Column("event", String, nullable=False),
    Column("booth", String, nullable=False),
    Column("submission", String, nullable=False, unique=True),  # the visit's id
    Column("revision", Integer, nullable=False),
    Column("decision", String, nullable=False),
    Column("is_hidden", Boolean, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
    Column("is_erased", Boolean, nullable=False),
    Column("kept_at", Float, nullable=False),  # seconds since 1970
    Column("changed_at", Float, nullable=False),  # seconds since 1970
    Column("number", Integer, nullable=False),  # 1 is the first promise
    Column("language", String, nullable=False),
    Column("words", String, nullable=False),
    Column("theme", String),
    Column("has_face", Boolean, nullable=False),
    Column("colour", String, nullable=False),
    Column("drawing", String, nullable=False),
    Column("people", Integer, nullable=False),
    Column("age", String, nullable=False),
    Column("guardian", Boolean, nullable=False),
    Column("confirmed_by", String),
    Column("scopes", String, nullable=False),  # words between blanks
    Column("consent_version", String, nullable=False),
    Column("code", String, nullable=False),
    Column("said", String),  # the guest's own words, once they were mended
    Column("flags", String, nullable=False, server_default=""),  # words between blanks
    Column("is_starred", Boolean, nullable=False),  # chosen for the stage
    Column("hidden_at", Float),  # seconds since 1970: when its guest asked
    Column("retake", String, nullable=False, server_default=""),  # asked, declined, …
    Column("replaces", String),  # the pledge whose photo was taken again
    Index("pledges_by_decision", "decision", "number"),
    Index("pledges_by_code", "code"),
    Index("pledges_by_time", "kept_at"),
    Index("pledges_by_booth", "booth", "kept_at"),
    Index("pledges_asked_back", "is_hidden", "number"),
    Index("pledges_starred", "is_starred", "decision", "number"),
)

links = Table(
    "links",
    metadata,
    Column("token", String, primary_key=True),
    Column("pledge", ForeignKey("pledges.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),  # "card": the one printed on it
)


class AlreadyDecided(Exception):
    """Another volunteer was first."""

    def __init__(self, pledge_id: str) -> None:
        """Remember which pledge it was."""
        super().__init__("Another volunteer was first.")
        self.pledge_id = pledge_id


class UnknownPledge(LookupError):
    """No such pledge."""


def add(db: Connection, pledge: Pledge) -> None:
    """Add a new pledge and its link."""
    db.execute(insert(pledges), _row(pledge))
    card = {"token": pledge.token, "pledge": pledge.id, "kind": "card"}
    db.execute(insert(links), card)
    tallies.count(db, None, pledge)


def save(
    db: Connection, before: Pledge, after: Pledge, *, at: float | None = None
) -> None:
    """Replace what we believed by what it became, at that second or now.

    Raises:
        AlreadyDecided: the pledge is no longer what we believed.
    """
    changed = db.execute(
        update(pledges)
        .where(pledges.c.id == before.id, pledges.c.revision == before.revision)
        .values(_row(after, at))
    )
    if changed.rowcount != 1:
        raise AlreadyDecided(before.id)
    tallies.count(db, before, after)


def get(db: Connection, pledge_id: str) -> Pledge:
    """Return one pledge.

    Raises:
        UnknownPledge: there is none of that id.
    """
    return _one(db, _whole().where(pledges.c.id == pledge_id))


def by_token(db: Connection, token: str) -> Pledge:
    """Return the pledge that a link opens.

    Raises:
        UnknownPledge: no link has that token.
    """
    owner = select(links.c.pledge).where(links.c.token == token).scalar_subquery()
    return _one(db, _whole().where(pledges.c.id == owner))


def by_submission(db: Connection, submission: str) -> Pledge:
    """Return the pledge that a visit left.

    Raises:
        UnknownPledge: that visit kept nothing.
    """
    return _one(db, _whole().where(pledges.c.submission == submission))


def by_code(db: Connection, code: str) -> Sequence[Pledge]:
    """Return the pledges with this short code: nearly always one."""
    return _all(db, _whole().where(pledges.c.code == code))


def by_beginning(db: Connection, codes: Sequence[str], limit: int) -> Sequence[Pledge]:
    """Return the pledges whose short codes begin like one of these, newest first."""
    found: dict[str, Pledge] = {}
    for each in codes:
        # A range and no LIKE, for which the index would be of no use.
        alike = pledges.c.code.between(each, f"{each}\uffff")
        newest = _whole().where(alike).order_by(pledges.c.number.desc())
        found |= {pledge.id: pledge for pledge in _all(db, newest.limit(limit))}
    return sorted(found.values(), key=lambda pledge: -pledge.number)[:limit]


def kept_between(
    db: Connection, begin: float, end: float, limit: int, booth: str = ""
) -> Sequence[Pledge]:
    """Return what was kept from that second until before that one, oldest first."""
    then = _whole().where(pledges.c.kept_at >= begin, pledges.c.kept_at < end)
    if booth:
        then = then.where(pledges.c.booth == booth)
    return _all(db, then.order_by(pledges.c.kept_at).limit(limit))


def booths(db: Connection) -> Sequence[str]:
    """Return the names of the booths that kept something: nearly always one."""
    found: list[str] = []
    # From name to name by the index: DISTINCT would look at every pledge of the night.
    first = select(func.min(pledges.c.booth))
    name = db.scalar(first)
    while name is not None:
        found.append(name)
        name = db.scalar(first.where(pledges.c.booth > name))
    return found


def some(db: Connection, ids: Sequence[str]) -> dict[str, Pledge]:
    """Return those pledges, by id."""
    return {each.id: each for each in _all(db, _whole().where(pledges.c.id.in_(ids)))}


def queue(db: Connection, limit: int) -> Sequence[Pledge]:
    """Return what a volunteer has to look at: waiting or asked back, oldest first.

    So many of each at most: those who ask are not behind a crowd that waits.
    """
    waiting = pledges.c.decision == Decision.WAITING
    here = (
        _whole().where(~pledges.c.is_withdrawn).order_by(pledges.c.number).limit(limit)
    )
    # Two questions: an OR would look at every pledge of the night.
    found = [*_all(db, here.where(waiting)), *_all(db, here.where(_asked_back()))]
    once = {each.id: each for each in found}
    return sorted(once.values(), key=lambda pledge: pledge.number)


def asked_back(db: Connection) -> Sequence[Pledge]:
    """Return what guests asked back and nobody has answered yet."""
    return _all(db, _whole().where(_asked_back(), ~pledges.c.is_withdrawn))


def on_wall(db: Connection, limit: int, only: Filter = EVERYTHING) -> Sequence[Pledge]:
    """Return what a wall may show, newest first."""
    query = _hanging(only).order_by(pledges.c.number.desc())
    return _all(db, query.limit(limit))


def anywhere_on_wall(db: Connection, number: int, only: Filter) -> Pledge | None:
    """Return what a wall may show that was promised as that number, or next."""
    query = _hanging(only).where(pledges.c.number >= number)
    found = _all(db, query.order_by(pledges.c.number).limit(1))
    return found[0] if found else None


def starred(db: Connection, limit: int, only: Filter = EVERYTHING) -> Sequence[Pledge]:
    """Return what was chosen for the stage and a wall may show, oldest first."""
    chosen = _hanging(only).where(pledges.c.is_starred)
    return _all(db, chosen.order_by(pledges.c.number).limit(limit))


def to_erase(db: Connection, before: float) -> Sequence[Pledge]:
    """Return what is gone since before that second but for its bytes."""
    gone = (pledges.c.decision == Decision.REMOVED) | pledges.c.is_withdrawn
    late = pledges.c.is_withdrawn | (pledges.c.changed_at <= before)
    return _all(db, _whole().where(gone & late & ~pledges.c.is_erased))


def ids(db: Connection) -> set[str]:
    """Return every pledge's id."""
    return set(db.scalars(select(pledges.c.id)))


def waiting_ids(db: Connection) -> Sequence[str]:
    """Return the ids of the pledges that wait, oldest first."""
    waits = (pledges.c.decision == Decision.WAITING) & ~pledges.c.is_withdrawn
    query = select(pledges.c.id).where(waits).order_by(pledges.c.number)
    return list(db.scalars(query))


def decided_ids(db: Connection) -> set[str]:
    """Return the ids of the pledges a volunteer has decided about."""
    decided = pledges.c.decision != Decision.WAITING
    return set(db.scalars(select(pledges.c.id).where(decided)))


def code_is_free(db: Connection, code: str) -> bool:
    """Say whether no pledge carries this short code."""
    return db.scalar(select(pledges.c.id).where(pledges.c.code == code)) is None


def oldest_waiting(db: Connection) -> datetime | None:
    """Return when the longest-waiting pledge was kept; a request is no such wait."""
    waits = (pledges.c.decision == Decision.WAITING) & ~pledges.c.is_withdrawn
    waits &= ~pledges.c.is_hidden
    # The first by number: a minimum would look at all that wait.
    query = select(pledges.c.kept_at).where(waits).order_by(pledges.c.number)
    kept_at = db.scalar(query.limit(1))
    return None if kept_at is None else datetime.fromtimestamp(kept_at, UTC)


def _asked_back() -> ColumnElement[bool]:
    return pledges.c.is_hidden & (pledges.c.decision != Decision.REMOVED)


def _hanging(only: Filter) -> Select[Any]:
    query = _whole().where(
        pledges.c.decision == Decision.APPROVED,
        ~pledges.c.is_hidden,
        ~pledges.c.is_withdrawn,
        pledges.c.scopes.contains(Scope.WALL.value),
    )
    if only.booths:
        query = query.where(pledges.c.booth.in_(only.booths))
    if only.themes:
        query = query.where(pledges.c.theme.in_(only.themes))
    return query


def _whole() -> Select[Any]:
    joined = pledges.join(links, links.c.pledge == pledges.c.id)
    whole = select(pledges, links.c.token).select_from(joined)
    return whole.where(links.c.kind == "card")


def _one(db: Connection, query: Select[Any]) -> Pledge:
    row = db.execute(query).first()
    if row is None:
        raise UnknownPledge("There is no such pledge.")
    return _pledge(row)


def _all(db: Connection, query: Select[Any]) -> Sequence[Pledge]:
    return [_pledge(row) for row in db.execute(query)]


def _row(pledge: Pledge, at: float | None = None) -> dict[str, object]:
    row = asdict(pledge)
    consent = row.pop("consent")
    del row["token"]
    return row | {
        "kept_at": pledge.kept_at.timestamp(),
        "hidden_at": pledge.hidden_at and pledge.hidden_at.timestamp(),
        "changed_at": datetime.now(UTC).timestamp() if at is None else at,
        "people": consent["people"],
        "age": consent["age"],
        "guardian": consent["guardian"],
        "confirmed_by": consent["confirmed_by"],
        "scopes": " ".join(sorted(consent["scopes"])),
        "flags": " ".join(pledge.flags),
        "consent_version": consent["version"],
    }


def _pledge(row: Row[Any]) -> Pledge:
    fields = row._asdict()
    consent = Consent(
        people=fields.pop("people"),
        age=Age(fields.pop("age")),
        guardian=fields.pop("guardian"),
        confirmed_by=fields.pop("confirmed_by"),
        scopes=frozenset(Scope(each) for each in fields.pop("scopes").split()),
        version=fields.pop("consent_version"),
    )
    del fields["changed_at"]
    fields["kept_at"] = datetime.fromtimestamp(fields["kept_at"], UTC)
    fields["decision"] = Decision(fields["decision"])
    fields["retake"] = Retake(fields["retake"])
    fields["flags"] = tuple(Flag(each) for each in fields["flags"].split())
    if fields["hidden_at"] is not None:
        fields["hidden_at"] = datetime.fromtimestamp(fields["hidden_at"], UTC)
    return Pledge(consent=consent, **fields)

"""Who is signed in: sessions and one-time codes, kept as hashes."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    String,
    Table,
    func,
    insert,
    select,
    update,
)

from kiosk.database import metadata
from kiosk.store import audit

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),  # SHA-256 of the cookie
    Column("role", String, nullable=False),
    Column("made_at", Float, nullable=False),  # seconds since 1970
    Column("is_asleep", Boolean, nullable=False),  # until the PIN wakes it
    Column("ended_at", Float),  # seconds since 1970
    Column("name", String, nullable=False),  # "" is called by its number
    Column("number", Integer, nullable=False),  # from 1, by role and event
    Column("event", String, nullable=False),  # its slug: pairing ends with it
)

one_time = Table(
    "one_time_links",
    metadata,
    Column("id", String, primary_key=True),  # SHA-256 of the code
    Column("role", String, nullable=False),
    Column("ends_at", Float, nullable=False),  # seconds since 1970
    Column("used_at", Float),  # seconds since 1970
    Column("name", String, nullable=False),  # for the device it lets in, "" for none
)

VOLUNTEER = "volunteer"
ONE_TIME = 600.0  # seconds a one-time link is good for
LONGEST_NAME = 40  # characters


@dataclass(frozen=True, slots=True)
class Session:
    """A device that was let in; without a name it is called by its number."""

    id: str
    role: str
    is_asleep: bool
    name: str
    number: int
    made_at: float


@dataclass(frozen=True, slots=True)
class Link:
    """What a one-time code gives, and until when, in seconds since 1970."""

    role: str
    name: str
    ends_at: float


class LinkSpent(LookupError):
    """That one-time link was used, is too old, or never was."""


class UnknownDevice(LookupError):
    """No such device is paired (any more)."""


def new_link(db: Connection, role: str, now: float, name: str = "") -> str:
    """Make a one-time code of 128 bits that lets a device in as `role`."""
    code = secrets.token_urlsafe(16)
    fields = {"role": role, "name": _tidy(name), "ends_at": now + ONE_TIME}
    db.execute(insert(one_time).values(id=_hash(code), **fields))
    return code


def use_link(db: Connection, code: str, now: float) -> Link:
    """Spend a one-time code and return what it gives.

    Raises:
        LinkSpent: it cannot be used, or not again.
    """
    link = look_at_link(db, code, now)
    fresh = one_time.c.used_at.is_(None)
    spent = update(one_time).where(one_time.c.id == _hash(code), fresh)
    if db.execute(spent.values(used_at=now)).rowcount != 1:
        raise LinkSpent("This link has been used. Ask for a new one.")
    return link


def look_at_link(db: Connection, code: str, now: float) -> Link:
    """Return what a one-time code would give, without spending it.

    Raises:
        LinkSpent: it cannot be used, or not again.
    """
    good = one_time.c.used_at.is_(None) & (one_time.c.ends_at > now)
    query = select(one_time.c.role, one_time.c.name, one_time.c.ends_at)
    row = db.execute(query.where(one_time.c.id == _hash(code), good)).first()
    if row is None:
        raise LinkSpent("This link has been used. Ask for a new one.")
    return Link(*row)


def sign_in(
    db: Connection, role: str, now: float, *, event: str, name: str = ""
) -> str:
    """Begin a session at an event and return its cookie, of 256 bits."""
    cookie = secrets.token_urlsafe(32)
    fields = {
        "role": role,
        "made_at": now,
        "is_asleep": False,
        "event": event,
        "name": _tidy(name),
        "number": next_number(db, role, event),
    }
    own = _hash(cookie)
    db.execute(insert(sessions).values(id=own, **fields))
    called = fields["name"] or f"{role} {fields['number']}"
    audit.note(db, "paired", who=own, at=now, about=own, called=str(called))
    return cookie


def next_number(db: Connection, role: str, event: str) -> int:
    """Return the number of the next device of a role: no number comes twice."""
    of_its_kind = (sessions.c.role == role) & (sessions.c.event == event)
    newest = db.scalar(select(func.max(sessions.c.number)).where(of_its_kind))
    return int(newest or 0) + 1


def session(db: Connection, cookie: str) -> Session | None:
    """Return the session of a cookie, or None when there is none (any more)."""
    row = db.execute(_LIVE.where(sessions.c.id == _hash(cookie))).first()
    return None if row is None else Session(*row)


def ever_paired(db: Connection, session_id: str) -> Session | None:
    """Return a device by its id, also one that is not let in any more."""
    row = db.execute(_ALL.where(sessions.c.id == session_id)).first()
    return None if row is None else Session(*row)


def paired(db: Connection) -> Sequence[Session]:
    """Return every device that is let in, in the order they came."""
    rows = db.execute(_LIVE.order_by(sessions.c.made_at, sessions.c.id))
    return [Session(*row) for row in rows]


def awake(db: Connection) -> set[str]:
    """Return the ids of the sessions that are neither ended nor asleep."""
    live = sessions.c.ended_at.is_(None) & ~sessions.c.is_asleep
    return set(db.scalars(select(sessions.c.id).where(live)))


def tablets(db: Connection) -> set[str]:
    """Return the ids of the volunteers' devices that are awake."""
    live = sessions.c.ended_at.is_(None) & ~sessions.c.is_asleep
    theirs = sessions.c.role == VOLUNTEER
    return set(db.scalars(select(sessions.c.id).where(live, theirs)))


def put_to_sleep(db: Connection, session_id: str, now: float, *, who: str) -> None:
    """Let a device show nothing until the PIN wakes it."""
    awake = (sessions.c.id == session_id) & ~sessions.c.is_asleep
    if db.execute(update(sessions).where(awake).values(is_asleep=True)).rowcount:
        audit.note(db, "asleep", who=who, at=now, about=session_id)


def wake(db: Connection, session_id: str, now: float) -> None:
    """Let a device that was asleep go on as it was: somebody on it knew the PIN."""
    asleep = (sessions.c.id == session_id) & sessions.c.is_asleep
    if db.execute(update(sessions).where(asleep).values(is_asleep=False)).rowcount:
        audit.note(db, "awake", who=session_id, at=now, about=session_id)


def sign_out(db: Connection, session_id: str, now: float, *, who: str) -> None:
    """End a session for good, as its own device or whoever revokes it wishes.

    Raises:
        UnknownDevice: it is not there, or has ended.
    """
    live = (sessions.c.id == session_id) & sessions.c.ended_at.is_(None)
    if db.execute(update(sessions).where(live).values(ended_at=now)).rowcount != 1:
        raise UnknownDevice("No such device is paired any more.")
    what = "left" if who == session_id else "revoked"
    audit.note(db, what, who=who, at=now, about=session_id)


def end_others(db: Connection, event: str, now: float) -> None:
    """End every session of another event: pairing ends with the event."""
    others = (sessions.c.event != event) & sessions.c.ended_at.is_(None)
    for each in db.scalars(select(sessions.c.id).where(others)).all():
        sign_out(db, each, now, who=audit.ITSELF)


_ALL = select(
    sessions.c.id,
    sessions.c.role,
    sessions.c.is_asleep,
    sessions.c.name,
    sessions.c.number,
    sessions.c.made_at,
)
_LIVE = _ALL.where(sessions.c.ended_at.is_(None))


def _tidy(name: str) -> str:
    """Return a name as one line of what can be printed."""
    seen = "".join(each if each.isprintable() else " " for each in name)
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

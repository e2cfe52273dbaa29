"""Who is signed in: sessions and one-time codes, kept as hashes."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    String,
    Table,
    insert,
    select,
    update,
)

from kiosk.database import metadata

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),  # SHA-256 of the cookie
    Column("role", String, nullable=False),
    Column("made_at", Float, nullable=False),  # seconds since 1970
    Column("is_asleep", Boolean, nullable=False),  # until the PIN wakes it
    Column("ended_at", Float),  # seconds since 1970
)

one_time = Table(
    "one_time_links",
    metadata,
    Column("id", String, primary_key=True),  # SHA-256 of the code
    Column("role", String, nullable=False),
    Column("ends_at", Float, nullable=False),  # seconds since 1970
    Column("used_at", Float),  # seconds since 1970
)

ONE_TIME = 600.0  # seconds a one-time link is good for


@dataclass(frozen=True, slots=True)
class Session:
    """A device that was let in."""

    id: str
    role: str
    is_asleep: bool


class LinkSpent(LookupError):
    """That one-time link was used, is too old, or never was."""


def new_link(db: Connection, role: str, now: float) -> str:
    """Make a one-time code of 128 bits that lets a device in as `role`."""
    code = secrets.token_urlsafe(16)
    ends_at = now + ONE_TIME
    db.execute(insert(one_time).values(id=_hash(code), role=role, ends_at=ends_at))
    return code


def use_link(db: Connection, code: str, now: float) -> str:
    """Spend a one-time code and return the role it gives.

    Raises:
        LinkSpent: it cannot be used, or not again.
    """
    role = link_role(db, code, now)
    fresh = one_time.c.used_at.is_(None)
    spent = update(one_time).where(one_time.c.id == _hash(code), fresh)
    if db.execute(spent.values(used_at=now)).rowcount != 1:
        raise LinkSpent("This link has been used. Ask for a new one.")
    return role


def link_role(db: Connection, code: str, now: float) -> str:
    """Return the role a one-time code would give, without spending it.

    Raises:
        LinkSpent: it cannot be used, or not again.
    """
    good = one_time.c.used_at.is_(None) & (one_time.c.ends_at > now)
    query = select(one_time.c.role).where(one_time.c.id == _hash(code), good)
    role = db.scalar(query)
    if role is None:
        raise LinkSpent("This link has been used. Ask for a new one.")
    return str(role)


def sign_in(db: Connection, role: str, now: float) -> str:
    """Begin a session and return its cookie, of 256 bits."""
    cookie = secrets.token_urlsafe(32)
    fields = {"role": role, "made_at": now, "is_asleep": False}
    db.execute(insert(sessions).values(id=_hash(cookie), **fields))
    return cookie


def session(db: Connection, cookie: str) -> Session | None:
    """Return the session of a cookie, or None when there is none (any more)."""
    live = sessions.c.ended_at.is_(None)
    query = select(sessions.c.id, sessions.c.role, sessions.c.is_asleep)
    row = db.execute(query.where(sessions.c.id == _hash(cookie), live)).first()
    return None if row is None else Session(*row)


def awake(db: Connection) -> set[str]:
    """Return the ids of the sessions that are neither ended nor asleep."""
    live = sessions.c.ended_at.is_(None) & ~sessions.c.is_asleep
    return set(db.scalars(select(sessions.c.id).where(live)))


def put_to_sleep(db: Connection, session_id: str) -> None:
    """Let a device show nothing until the PIN wakes it."""
    db.execute(
        update(sessions).where(sessions.c.id == session_id).values(is_asleep=True)
    )


def wake(db: Connection, session_id: str) -> None:
    """Let a device that was asleep go on as it was."""
    db.execute(
        update(sessions).where(sessions.c.id == session_id).values(is_asleep=False)
    )


def sign_out(db: Connection, session_id: str, now: float) -> None:
    """End a session for good."""
    db.execute(update(sessions).where(sessions.c.id == session_id).values(ended_at=now))


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

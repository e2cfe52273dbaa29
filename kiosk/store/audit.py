"""The audit: who did what, when, by which device; one line an act, in ids."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Integer,
    String,
    Table,
    insert,
    select,
)

from kiosk.database import metadata

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),  # seconds since 1970
    Column("who", String, nullable=False),  # a session or a screen, never a name
    Column("what", String, nullable=False),  # approved, undone, blanked, …
    Column("about", String, nullable=False),  # a pledge's or a device's id, or nothing
)

ITSELF = "booth"  # what the booth does when the time has come
COMMAND = "command line"  # whoever can read the data folder


class Line(NamedTuple):
    """One act, as the audit tells it."""

    at: float
    who: str
    what: str
    about: str


def note(db: Connection, what: str, *, who: str, at: float, about: str = "") -> None:
    """Write down an act, in the transaction that makes it true.

    Words, names, tokens and PINs have no place here: `about` is an id.
    """
    db.execute(insert(audit), {"at": at, "who": who, "what": what, "about": about})


def lines(db: Connection) -> Iterator[Line]:
    """Yield every line in the order in which they were written."""
    columns = (audit.c.at, audit.c.who, audit.c.what, audit.c.about)
    for row in db.execute(select(*columns).order_by(audit.c.id)):
        yield Line(*row)

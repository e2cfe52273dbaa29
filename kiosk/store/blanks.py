"""Whether the walls are blank: the newest line says it, all of them who did what."""

from sqlalchemy import (
    Boolean,
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

blanks = Table(
    "blanks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("is_blank", Boolean, nullable=False),
    Column("who", String, nullable=False),  # a session or a screen, never a name
    Column("at", Float, nullable=False),  # seconds since 1970
)

_NEWEST = select(blanks.c.is_blank, blanks.c.at).order_by(blanks.c.id.desc()).limit(1)


def since(db: Connection) -> float | None:
    """Return since when the walls are blank, in seconds since 1970, if they are."""
    newest = db.execute(_NEWEST).one_or_none()
    return newest.at if newest and newest.is_blank else None


def write(db: Connection, *, is_blank: bool, who: str, at: float) -> None:
    """Write down that somebody blanked the walls, or had them show photos again."""
    db.execute(insert(blanks), {"is_blank": is_blank, "who": who, "at": at})

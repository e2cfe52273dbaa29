"""What the walls show: the newest line says it, all of them who wished for what."""

from enum import StrEnum

from sqlalchemy import Column, Connection, Float, Integer, String, Table, insert, select

from kiosk.database import metadata


class Mode(StrEnum):
    """A way for walls to show what is approved."""

    MOSAIC = "mosaic"
    SLIDESHOW = "slideshow"
    PICTURE = "picture"  # the campaign's, each photo one of its tiles
    STAGE = "stage"  # starred words, for the one with the microphone


modes = Table(
    "modes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mode", String, nullable=False),
    Column("who", String, nullable=False),  # a session or a screen, never a name
    Column("at", Float, nullable=False),  # seconds since 1970
)

_NEWEST = select(modes.c.mode).order_by(modes.c.id.desc()).limit(1)


def now(db: Connection) -> Mode:
    """Return how the walls show photos; a night begins with the mosaic."""
    return Mode(db.scalar(_NEWEST) or Mode.MOSAIC)


def write(db: Connection, mode: Mode, *, who: str, at: float) -> None:
    """Write down that somebody had the walls show photos in this way."""
    db.execute(insert(modes), {"mode": mode, "who": who, "at": at})

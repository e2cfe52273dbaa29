"""The audit: who did what, when, by which device; one line an act, in ids.

It is a file of its own beside the database, only ever added to: nothing that befalls
the database, and no `rebuild`, takes a line of it.
"""

import logging
import os
from collections.abc import Iterable, Iterator
from errno import ENOSPC
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.disk import sync_folder

FILE = "audit.jsonl"  # in the data folder, beside the database

ITSELF = "booth"  # what the booth does when the time has come
GUEST = "guest"  # whoever holds a card's link
COMMAND = "command line"  # whoever can read the data folder

log = logging.getLogger(__name__)


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One act, as the audit tells it."""

    at: float  # seconds since 1970
    who: str  # a device's id, an address, or one of the above; never a name
    what: str  # approved, undone, wall blanked, …
    about: str = ""  # a pledge's or a device's id
    called: str = ""  # what a device that was paired is called


def note(
    db: Connection, what: str, *, who: str, at: float, about: str = "", called: str = ""
) -> None:
    """Write down an act, last in the transaction that makes it true.

    Words, names, tokens and PINs have no place here: `about` is an id. The line is on
    disk before the act is: the power may go between the two, and leave the line of an
    act that was not done, never an act without its line. A disk that refuses the line
    does not stop the act, which may be to hide a photo.
    """
    line = Line(at=at, who=who, what=what, about=about, called=called)
    try:
        _append(_beside(db), [line])
    except OSError as error:
        log.error("The audit lacks a line (%s %s): %s", what, about, error)


def carry_over(db: Connection, old: Iterable[Line]) -> None:
    """Write down the lines of an older night, but for those that are there already."""
    file = _beside(db)
    there = {_act(each) for each in lines(file)}
    if new := [each for each in old if _act(each) not in there]:
        _append(file, new)


def lines(file: Path) -> Iterator[Line]:
    """Yield every line in the order in which they were written.

    What a power cut left half written is none.
    """
    if not file.exists():
        return

    with file.open("rb") as opened:
        for each in opened:
            try:
                yield msgspec.json.decode(each, type=Line)
            except msgspec.MsgspecError:
                log.warning("A line of %s cannot be read.", file)


def _act(line: Line) -> tuple[float, str, str, str]:
    return line.at, line.who, line.what, line.about


def _beside(db: Connection) -> Path:
    return Path(str(db.engine.url.database)).with_name(FILE)


def _append(file: Path, new: list[Line]) -> None:
    is_first = not file.exists()
    text = b"".join(msgspec.json.encode(each) + b"\n" for each in new)
    with file.open("a+b", buffering=0) as out:
        size = out.seek(0, os.SEEK_END)
        is_torn = size and out.seek(size - 1) >= 0 and out.read(1) != b"\n"
        whole = b"\n" + text if is_torn else text
        if out.write(whole) < len(whole):
            raise OSError(ENOSPC, "the disk took only a part of a line")
        os.fsync(out.fileno())
    if is_first:
        sync_folder(file.parent)

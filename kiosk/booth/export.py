"""What leaves the booth in files: so far the audit."""

import csv
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from kiosk.album import PART
from kiosk.store import audit
from kiosk.store.audit import Line

HEAD = ("time", "device", "called", "act", "about")


class AlreadyThere(Exception):
    """A file of that name is there already."""


def export_audit(data: Path, out: Path) -> int:
    """Write a data folder's audit as CSV, whole or not at all; return how many lines.

    Raises:
        AlreadyThere: nothing is overwritten.
        OSError: the file cannot be written.
    """
    if out.exists():
        raise AlreadyThere(f"{out}: is there already. Choose another name.")
    part = out.with_name(f"{out.name}.{token_hex(4)}{PART}")
    try:
        count = _write(part, audit.lines(data / audit.FILE))
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return count


def _write(file: Path, lines: Iterable[Line]) -> int:
    count = 0
    names: dict[str, str] = {}
    with file.open("x", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEAD)
        for count, line in enumerate(lines, 1):  # noqa: B007  # how many there were
            if line.called:
                names[line.who] = line.called
            name = names.get(line.who, "")
            writer.writerow((_moment(line.at), line.who, name, line.what, line.about))
        opened.flush()
        os.fsync(opened.fileno())
    return count


def _moment(at: float) -> str:
    """Write a second with its day and its distance from UTC, where the booth stands."""
    here = datetime.fromtimestamp(at, UTC).astimezone()
    return here.isoformat(timespec="seconds")

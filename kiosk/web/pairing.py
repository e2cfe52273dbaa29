"""Pairing from the command line: the QR in a terminal, the list, and its end."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kiosk import words
from kiosk.event import CATALOGUES
from kiosk.store import devices
from kiosk.store.audit import COMMAND
from kiosk.store.devices import Session
from kiosk.web.current import CALLED
from kiosk.web.guard import is_this_computer
from kiosk.web.opening import CannotOpen, closing_database
from kiosk.web.tls import FOLDER, TRUSTED


def draw(link: str, out: TextIO) -> None:
    """Draw a link's QR in a terminal, light on dark whatever its colours are."""
    import qrcode  # it brings all of Pillow, and a booth that serves needs none

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_L)
    code.add_data(link)
    code.print_ascii(out, tty=out.isatty(), invert=True)


def explained(data: Path, link: str) -> Iterator[str]:
    """Say the link, and what else its device needs."""
    yield f"{link}   (once, within 10 minutes)"
    if is_this_computer(link):
        yield (
            "The booth answers on this computer alone: set host in config.toml, "
            "or start it with HOST=0.0.0.0."
        )
    if link.startswith("https:"):
        yield f"First, once on each device, install {data / FOLDER / TRUSTED}"


def listed(data: Path) -> Iterator[str]:
    """Say each device that is paired: its name, its role, whether it sleeps."""
    with closing_database(data) as database, database.reading() as db:
        found = devices.paired(db)
    for each in found:
        state = "asleep" if each.is_asleep else "awake"
        since = words.clock(each.made_at)
        yield f"{_called(each):40} {each.role:10} {state:7} since {since}"
    if not found:
        yield "No device is paired."


def revoke(data: Path, name: str) -> Iterator[str]:
    """End the pairing of every device called so, or of all when no name is given.

    Raises:
        CannotOpen: none is called so.
    """
    with closing_database(data) as database, database.transaction() as db:
        paired = devices.paired(db)
        meant = [each for each in paired if not name or _is_called(each, name)]
        for each in meant:
            devices.sign_out(db, each.id, time.time(), who=COMMAND)
    if name and not meant:
        raise CannotOpen(f"No paired device is called {name}: see pair --list.")
    for each in meant:
        yield f"{_called(each)}: revoked."


def _is_called(device: Session, name: str) -> bool:
    spoken = ("en", *(each.name for each in CATALOGUES.iterdir()))
    names = {_called(device, language).casefold() for language in spoken}
    return name.casefold() in names


def _called(device: Session, language: str = "en") -> str:
    usual = words.translate(language, CALLED[device.role], number=device.number)
    return device.name or usual

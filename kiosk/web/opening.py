"""Opening for the night: the data folder, the PIN, the ports and the greeting."""

import errno
import hmac
import os
import socket
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes

from werkzeug.security import generate_password_hash

from kiosk.album import ALBUM
from kiosk.config import Config, Event
from kiosk.database import DATABASE, Database, sqlite_url
from kiosk.store import devices
from kiosk.web.guard import ALWAYS, network_address
from kiosk.web.listening import Listening, listen_on, staff_hosts
from kiosk.web.roles import Role
from kiosk.web.tls import FOLDER, certify

ADDRESS = "address"  # where the booth of this folder answers, for its other commands
PIN_DIGITS = 6
HASH = "scrypt:4096:8:1"  # it lives in memory only; the lock-out is what slows a guess
ONLY_OURS = 0o700
ENDING = 3.0  # seconds that a booth which was killed may hold its folder
IN_USE = frozenset({errno.EADDRINUSE, errno.EACCES})


class CannotOpen(Exception):
    """The booth cannot open; the text says why in one line."""


def prepare(data: Path) -> bytes:
    """Make the data folder, readable by us alone, and return its secret key.

    Raises:
        CannotOpen: it cannot be written, or others can read the secret.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        data.chmod(ONLY_OURS)
        return _secret(data / "secret.key")
    except OSError as error:
        raise CannotOpen(f"{data}: cannot be used: {error.strerror}.") from error


def reopen(data: Path) -> None:
    """Prepare a data folder that a booth has run on; a mistyped one is not made.

    Raises:
        CannotOpen: no booth has run on it, or see `prepare`.
    """
    if not (data / DATABASE).exists() and not (data / ALBUM).exists():
        raise CannotOpen(f"{data}: no booth has run on this folder.")
    prepare(data)


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the data folder: one booth at a time writes in it.

    Raises:
        CannotOpen: another process holds it.
    """
    with (data / "kiosk.lock").open("w") as lock:
        _hold(lock.fileno(), data)
        yield


def listen(
    config: Config, event: Event, data: Path, *, host: str, port: int
) -> Listening:
    """Choose the ports of the night.

    Raises:
        CannotOpen: the host is not this machine's.
    """
    secret = prepare(data)
    staff = (host, _free(staff_hosts(host), port))
    public, address = None, config.server.public_url
    if not address:
        name = config.server.public_host or network_address()
        public = (name, _free([name], config.server.public_port, taken=staff[1]))
        address = f"http://{public[0]}:{public[1]}"
    listening = Listening(
        config=config,
        event=event,
        data=data,
        staff=staff,
        public=public,
        address=address,
        pin=generate_password_hash(pin(secret), HASH),
    )
    return _with_tls(listening) if config.server.tls else listening


def pin(secret: bytes) -> str:
    """Return the PIN that belongs to a secret: the same after every restart."""
    digest = hmac.digest(secret, b"pin", "sha256")
    return f"{int.from_bytes(digest) % 10**PIN_DIGITS:0{PIN_DIGITS}}"


def one_time_link(data: Path, role: Role, name: str = "") -> str:
    """Make a link to the booth that runs on this folder: one device, once, as `role`.

    `name` is what the device will be called, unless whoever holds it says otherwise.

    Raises:
        CannotOpen: no booth has run on this folder.
    """
    try:
        base = (data / ADDRESS).read_text()
    except FileNotFoundError as error:
        raise CannotOpen("No booth has run on this folder: start it first.") from error
    with closing_database(data) as database, database.transaction() as db:
        return f"{base}/enter/{devices.new_link(db, role, time.time(), name)}"


def free_port(hosts: Sequence[str], port: int, taken: int = 0) -> int:
    """Return `port`, or the next one but `taken`, on which none of these hosts listens.

    Raises:
        OSError: a host is not this machine's, or no port is left.
    """
    for tried in range(port, min(port + 100, 65536)):
        if tried != taken and all(_is_free(host, tried) for host in hosts):
            return tried
    raise OSError(errno.EADDRINUSE, f"no port is free from {port} on")


def closing_database(data: Path) -> "closing[Database]":
    """Open the database of a data folder for a short while."""
    return closing(Database(sqlite_url(data / DATABASE)))


def greeting(listening: Listening) -> Sequence[str]:
    """Return the lines an operator reads first."""
    here = listening.here
    (listening.data / ADDRESS).write_text(listening.base)
    links = {
        role: one_time_link(listening.data, role)
        for role in (Role.VOLUNTEER, Role.OPERATOR)
    }
    return [
        f"Booth        {here}/",
        f"Wall         {here}/wall",
        f"Moderation   {here}/moderation   PIN {pin(prepare(listening.data))}",
        f"             {links[Role.VOLUNTEER]}   (once, within 10 minutes)",
        f"Status       {links[Role.OPERATOR]}   (once, within 10 minutes)",
        f"Answers      {_reach(listening)}",
        f"Photos       {listening.data / ALBUM}",
        f"Sent to      {_target(listening)}",
        f"Links open   {listening.address}/p/…{_practice(listening)}",
    ]


def _reach(listening: Listening) -> str:
    if listening.staff[0] in ALWAYS:
        return "this computer alone; for tablets and other walls: host in config.toml"
    if not listening.tls:
        return (
            "everyone on its networks, as plain HTTP: give staff a Wi-Fi of their own"
        )
    trusted = listening.tls.trusted
    if listening.tls.until < datetime.now(UTC):
        return (
            f"everyone on its networks; but {trusted} has ended, or this clock is"
            f" wrong: delete {trusted.parent}, start again and install it anew"
        )
    return f"everyone on its networks; they install {trusted} first"


def _with_tls(listening: Listening) -> Listening:
    try:
        known = listening.hosts | ALWAYS
        tls = certify(listening.data, known, datetime.now(UTC))
    except OSError as error:
        why = f"{listening.data}: cannot be used: {error.strerror}."
        raise CannotOpen(why) from error
    except ValueError as error:
        why = f"{listening.data / FOLDER}: cannot be read; delete it, and start again."
        raise CannotOpen(why) from error
    return replace(listening, tls=tls)


def _target(listening: Listening) -> str:
    cloud = listening.config.cloud
    if cloud.kind == "folder":
        return f"{listening.data / 'bucket'} (a folder: no cloud is set up)"
    return f"bucket {cloud.bucket} at {cloud.endpoint or cloud.region}"


def _practice(listening: Listening) -> str:
    return "   (practice: on this Wi-Fi only)" if listening.public else ""


def _secret(file: Path) -> bytes:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _trusted(file)
    with os.fdopen(handle, "wb") as out:
        out.write(token_bytes(32))
        out.flush()
        os.fsync(out.fileno())
    return file.read_bytes()


def _trusted(file: Path) -> bytes:
    others = stat.S_IMODE(file.stat().st_mode) & 0o077
    if os.name == "posix" and others:
        raise CannotOpen(f"{file}: others can read it; run: chmod 600 '{file}'")
    secret = file.read_bytes()
    if not secret:
        raise CannotOpen(f"{file}: is empty; delete it, and the PIN will be a new one.")
    return secret


def _hold(handle: int, data: Path) -> None:
    if os.name != "posix":
        return None  # Windows has no flock

    import fcntl

    until = time.monotonic() + ENDING
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if time.monotonic() > until:
                raise CannotOpen(
                    f"{data}: a booth is already running with this data folder."
                ) from error
        threading.Event().wait(0.1)


def _free(hosts: Sequence[str], port: int, taken: int = 0) -> int:
    try:
        found = free_port(hosts, port, taken)
    except OSError as error:
        is_name = isinstance(error, socket.gaierror)
        why = error.strerror if is_name else os.strerror(error.errno or 0)
        raise CannotOpen(f"{hosts[-1]}:{port}: cannot listen: {why}.") from error
    if found != port:
        print(f"Port {port} is in use; taking {found}.")  # noqa: T201  # to the operator
    return found


def _is_free(host: str, port: int) -> bool:
    try:
        with listen_on(host, port):
            return True
    except OSError as error:
        if error.errno in IN_USE:
            return False
        raise

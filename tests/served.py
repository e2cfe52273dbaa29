"""A whole booth in its own process, started and killed as on the night."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self
from urllib.request import Request, urlopen

from kiosk.config import load_event
from kiosk.store import devices
from kiosk.web import opening
from kiosk.web.roles import Role
from tests.ports import free_ports

ROOT = Path(__file__).parents[1]
EVENT = load_event(ROOT / "event").slug
UP = re.compile(r"^Ready\b")
PATIENCE = 30.0  # seconds


class Served:
    """`python -m kiosk run`, with a folder and ports of its own."""

    _started: ClassVar[dict[str, "Served"]] = {}

    def __init__(
        self,
        folder: Path,
        *,
        camera: str = "testcard",
        cloud: str = "",
        public_url: str = "",
        environment: Mapping[str, str] | None = None,
        event: Path = ROOT / "event",
    ) -> None:
        """Write the config; nothing runs yet. `cloud` is a section of config.toml."""
        self.data = folder / "data"
        self.port, public = free_ports(2)
        self._config = folder / "config.toml"
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[str] | None = None
        self.said: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._config.write_text(
            f'[booth]\nevent = "{event.as_posix()}"\n'
            f'[server]\npublic_host = "127.0.0.1"\npublic_port = {public}\n'
            f'public_url = "{public_url}"\n'
            f'[camera]\nsource = "{camera}"\n{cloud}\n'
        )

    def serve_at(self, host: str) -> None:
        """Listen for staff at this address."""
        text = self._config.read_text()
        self._config.write_text(
            text.replace("[server]\n", f'[server]\nhost = "{host}"\n')
        )

    def encrypt(self) -> None:
        """Serve staff by TLS."""
        text = self._config.read_text()
        self._config.write_text(text.replace("[server]\n", "[server]\ntls = true\n"))

    def link(self, role: Role) -> str:
        """Have a one-time link made beside it, as the operator's commands do."""
        return opening.one_time_link(self.data, role)

    def session(self, role: Role) -> str:
        """Pair a device behind the scenes, and return its cookie."""
        opened = opening.closing_database(self.data)
        awake = Role.VOLUNTEER if role is Role.ASLEEP else role
        with opened as database, database.transaction() as db:
            cookie = devices.sign_in(db, awake, time.time(), event=EVENT)
            known = devices.session(db, cookie)
            if known and role is Role.ASLEEP:
                devices.put_to_sleep(db, known.id, time.time(), who=known.id)
        return cookie

    @classmethod
    def at(cls, url: str) -> "Served":
        """Return the booth that was started last at this address."""
        return cls._started[url]

    @property
    def url(self) -> str:
        """Where its own screens look."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def public_port(self) -> int:
        """Where phones look, as it printed."""
        return int(self._printed(r"Links open +http://127\.0\.0\.1:(\d+)/"))

    @property
    def pin(self) -> str:
        """The PIN it printed."""
        return self._printed(r"PIN (\d+)")

    @property
    def volunteer_link(self) -> str:
        """The volunteer's one-time link it printed, in the line below the PIN."""
        return self._printed(r"PIN \d+\s+(\S+)")

    @property
    def status_link(self) -> str:
        """The operator's one-time link it printed."""
        return self._printed(r"Status +(\S+)")

    def start(self) -> None:
        """Start, and return when it answers."""
        self.said.clear()
        self._started[self.url] = self
        where = ["--config", str(self._config), "--data", str(self.data)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", *where, "--port", str(self.port)],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self._process.stdout
        for line in self._process.stdout:
            self.said.append(line.rstrip())
            if UP.match(line):
                return
        raise AssertionError("\n".join(self.said))

    def kill(self) -> None:
        """Kill it and all its processes between any two instructions."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to stop, as Ctrl-C does."""
        self._end(signal.SIGTERM)

    def get(self, path: str, port: int | None = None) -> tuple[int, bytes]:
        """Fetch a page, also one that is refused."""
        return fetch(f"http://127.0.0.1:{port or self.port}{path}")

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if how is signal.SIGKILL:
            os.killpg(self._process.pid, how)
        else:
            self._process.send_signal(how)
        self._process.communicate(timeout=PATIENCE)
        self._process = None

    def _printed(self, pattern: str) -> str:
        found = re.search(pattern, "\n".join(self.said))
        assert found, self.said
        return found[1]

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it for certain."""
        self.kill()


def fetch(url: str, **headers: str) -> tuple[int, bytes]:
    """Fetch an address: its status and its bytes."""
    from urllib.error import HTTPError

    try:
        with urlopen(Request(url, headers=headers), timeout=10) as answer:
            return int(answer.status), bytes(answer.read())
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read()

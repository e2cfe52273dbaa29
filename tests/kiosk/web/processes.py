"""A booth in its own process, whose words are read and whose worker can be killed."""

import json
import signal
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any, NamedTuple

import psutil

from kiosk.web.roles import Role
from tests.served import PATIENCE, Served


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        """What it says, as JSON."""
        said = json.loads(self.body)
        assert isinstance(said, dict)
        return said


class Overheard(Served):
    """A booth of which every word is kept."""

    @property
    def workers(self) -> list[int]:
        """The processes that serve, below the one that was started."""
        assert self._process
        return [each.pid for each in psutil.Process(self._process.pid).children()]

    def kill_worker(self) -> int:
        """Kill the process that serves, and that alone."""
        (worker,) = self.workers
        psutil.Process(worker).kill()
        return worker

    def kill_watcher(self) -> None:
        """Kill the process that was started, and leave the one that serves."""
        assert self._process
        self._process.kill()
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()  # not read to its end: the other still holds it
        self._process = None

    def stopped(self, within: float = PATIENCE) -> str:
        """Ask it to stop and return all it said after its greeting."""
        return self.interrupted(signal.SIGTERM, within)[1]

    def interrupted(
        self, how: signal.Signals, within: float = PATIENCE
    ) -> tuple[int, str]:
        """Signal it to stop; return its exit code and what it said since."""
        assert self._process
        self._process.send_signal(how)
        said, _ = self._process.communicate(timeout=within)
        code, self._process = self._process.returncode, None
        return code, said


class Caller:
    """One device at a served booth, with the session it was given."""

    def __init__(self, booth: Served) -> None:
        self._booth = booth
        self.cookie = ""

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, body: object = None) -> Answer:
        return self._ask("POST", path, b"" if body is None else json.dumps(body))

    @contextmanager
    def reading(self, path: str) -> Iterator[HTTPResponse]:
        """Read a stream as it comes."""
        line = self._line()
        line.request("GET", path, headers=dict(self.headers))
        with closing(line), line.getresponse() as stream:
            yield stream

    @property
    def headers(self) -> Mapping[str, str]:
        """What this device sends along."""
        own = {"Origin": self._booth.url, "Content-Type": "application/json"}
        return own | ({"Cookie": self.cookie} if self.cookie else {})

    def _ask(self, method: str, path: str, body: str | bytes = b"") -> Answer:
        line = self._line()
        line.request(method, path, body or None, dict(self.headers))
        answer = line.getresponse()
        cookie = answer.headers.get("Set-Cookie", "")
        self.cookie = cookie.partition(";")[0] or self.cookie
        said = Answer(answer.status, answer.read())
        line.close()
        return said

    def _line(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self._booth.port, timeout=PATIENCE)


def a_volunteer(booth: Served) -> Caller:
    """Pair a volunteer's device."""
    return a_paired(booth, Role.VOLUNTEER)


def a_paired(booth: Served, role: Role) -> Caller:
    """Pair a device by a link that was made beside the booth."""
    device = Caller(booth)
    link = booth.link(role)
    assert device.post(f"/enter/{link.rpartition('/')[2]}", {}).status == 200
    return device

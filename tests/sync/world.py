"""What the tests of sync need of the world: a database, a clock, sham clouds."""

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sqlalchemy import Connection, create_engine, event

from sync import outbox
from sync.bucket import BucketError
from sync.outbox import Backlog, Wish
from sync.settings import Settings


def page(key: str = "p/abc", *, revision: int = 1, file: str = "page.html") -> Wish:
    """Return the wish for a page to be there."""
    return Wish("bucket", key, file, "text/html; charset=utf-8", True, revision)


def tombstone(key: str = "p/abc", *, revision: int = 2) -> Wish:
    """Return the wish for a page to be gone."""
    return Wish("bucket", key, "", "", False, revision)


class Database:
    """SQLite in a file, with writers that wait for each other."""

    def __init__(self, file: Path) -> None:
        """Create the outbox's table."""
        self._engine = create_engine(f"sqlite:///{file}")
        event.listen(self._engine, "connect", _leave_begin_to_us)
        event.listen(self._engine, "begin", _begin)
        outbox.metadata.create_all(self._engine)

    def transaction(self) -> AbstractContextManager[Connection]:
        """Open a transaction of a writer."""
        return self._engine.begin()

    def wish(self, *wishes: Wish) -> None:
        """Wish and commit."""
        with self.transaction() as db:
            outbox.wish(db, wishes)

    def due(self, now: float = 1e9, limit: int = 100) -> list[Wish]:
        """Return what is due."""
        with self.transaction() as db:
            return outbox.due(db, now, limit)

    def waiting(self) -> Backlog:
        """Return the figures."""
        with self.transaction() as db:
            return outbox.waiting(db)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def _leave_begin_to_us(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None


def _begin(db: Connection) -> None:
    db.exec_driver_sql("BEGIN IMMEDIATE")


@dataclass
class Clock:
    """A clock that stands still until it is moved; unix seconds."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


@dataclass
class Memory:
    """A bucket in memory that fails while `error` is set, and counts its calls."""

    error: BucketError | None = None
    calls: list[str] = field(default_factory=list)
    objects: dict[str, bytes] = field(default_factory=dict)
    called: threading.Event = field(default_factory=threading.Event)

    def put(self, key: str, file: Path, content_type: str, cache_control: str) -> None:
        """Remember the file."""
        self._call(f"put {key}")
        self.objects[key] = file.read_bytes()

    def remove(self, key: str) -> None:
        """Forget the file."""
        self._call(f"remove {key}")
        self.objects.pop(key, None)

    def _call(self, call: str) -> None:
        self.calls.append(call)
        self.called.set()
        if self.error is not None:
            raise self.error


class Sham(ThreadingHTTPServer):
    """A server that gives one answer to everything, and counts the questions."""

    def __init__(self, answer: bytes) -> None:
        """Answer with these bytes, status line and all."""
        super().__init__(("127.0.0.1", 0), _ShamAnswer)
        self.answer = answer
        self.questions = 0

    def settings(self) -> Settings:
        """Return the settings of a booth that takes this for its cloud."""
        return cloud_at(self.server_port)


class _ShamAnswer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Sham

    def do_PUT(self) -> None:
        """Swallow the file and answer."""
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.questions += 1
        self.wfile.write(self.server.answer)
        self.close_connection = True

    do_DELETE = do_HEAD = do_GET = do_PUT

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def sham(status: str, body: str = "", headers: tuple[str, ...] = ()) -> Iterator[Sham]:
    """Run a server that answers everything with this status, body and headers."""
    length = f"Content-Length: {len(body.encode())}"
    lines = [f"HTTP/1.1 {status}", *headers, length, "Connection: close", "", body]
    with Sham("\r\n".join(lines).encode()) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def silence() -> Iterator[Settings]:
    """Run a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield cloud_at(listener.getsockname()[1])


@contextmanager
def nobody() -> Iterator[Settings]:
    """Hold a port on which nobody listens."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield cloud_at(holder.getsockname()[1])


def cloud_at(port: int) -> Settings:
    """Return the settings of a cloud on this machine's port."""
    address = f"http://127.0.0.1:{port}"
    return Settings(kind="s3", endpoint=address, bucket="gallery")

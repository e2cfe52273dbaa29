"""The screens that listen, and whether each still may."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from socket import socket
from threading import Lock

from kiosk.pledge import Pledge
from kiosk.store.filters import EVERYTHING, Filter

ALIVE = 25.0  # seconds a screen may be silent and still count


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """One open socket: what it is, in which language, by whose session if any.

    `wire` is what may be written to from any thread. `room` is what all of its kind
    are sent together.
    """

    screen: str
    language: str
    session: str | None
    only: Filter = EVERYTHING
    wire: socket | None = None
    heard: float = 0.0  # monotonic seconds
    room: str = field(init=False)

    def __post_init__(self) -> None:
        """Name the room once: every screen that comes asks all others for theirs."""
        room = f"{self.screen}:{self.language}:{self.only.query}"
        object.__setattr__(self, "room", room)


@dataclass(slots=True)
class Screens:
    """The open sockets, by their id."""

    _lock: Lock = field(default_factory=Lock)
    _open: dict[str, Listener] = field(default_factory=dict)
    _seen: dict[str, float] = field(default_factory=dict)  # sessions, monotonic seconds
    _awaited: dict[str, float] = field(
        default_factory=dict
    )  # those not seen: since when

    def hear(self, sid: str, listener: Listener) -> None:
        """Note that a screen listens from now on."""
        with self._lock:
            self._open[sid] = replace(listener, heard=time.monotonic())
            self._note(listener.session)

    def again(self, sid: str) -> None:
        """Note another sign of life."""
        with self._lock:
            if sid in self._open:
                self._open[sid] = replace(self._open[sid], heard=time.monotonic())
                self._note(self._open[sid].session)

    def leave_alone(self, sid: str) -> None:
        """Write to this socket no more: its own thread may be in the middle of it."""
        with self._lock:
            if sid in self._open:
                self._open[sid] = replace(self._open[sid], wire=None)

    def forget(self, sid: str) -> None:
        """Note that a screen has gone."""
        with self._lock:
            self._open.pop(sid, None)

    def listeners(self) -> Iterable[Listener]:
        """Return who listens now."""
        with self._lock:
            return list(self._open.values())

    def within(self, room: str) -> Iterable[tuple[str, Listener]]:
        """Return who of a room listens now, by socket."""
        with self._lock:
            return [each for each in self._open.items() if each[1].room == room]

    def sids(self) -> list[str]:
        """Return every open socket."""
        with self._lock:
            return list(self._open)

    def asleep(self, awake: set[str]) -> list[str]:
        """Return the sockets whose session is not among those that are awake."""
        with self._lock:
            return [
                sid
                for sid, listener in self._open.items()
                if listener.session and listener.session not in awake
            ]

    def show(self, pledge: Pledge) -> bool:
        """Say whether a wall that is alive is for this pledge."""
        since = time.monotonic() - ALIVE
        return any(
            each.screen == "wall" and each.heard > since and each.only.lets(pledge)
            for each in self.listeners()
        )

    def see(self, session: str) -> None:
        """Note a sign of life of a paired device, whatever it asked."""
        with self._lock:
            self._note(session)

    def silence(self, session: str) -> float | None:
        """Return the seconds since a paired device was heard; None when never."""
        seen = self._seen.get(session)
        return None if seen is None else time.monotonic() - seen

    def silent(self, sessions: Iterable[str], longer: float) -> list[str]:
        """Return those of which nothing was heard for so many seconds.

        Of whom nothing was heard yet, since they were paired or since a start, the
        silence begins when they are first asked about.
        """
        now = time.monotonic()

        def heard(session: str) -> float:
            return self._seen.get(session) or self._awaited.setdefault(session, now)

        with self._lock:
            return [each for each in sessions if heard(each) < now - longer]

    def count(self, screen: str) -> int:
        """Count the screens of a kind that are alive."""
        since = time.monotonic() - ALIVE
        return sum(
            each.screen == screen and each.heard > since for each in self.listeners()
        )

    def _note(self, session: str | None) -> None:
        if session:
            self._seen[session] = time.monotonic()

"""A screen's socket, by a client of another maker, noting what it hears."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import socketio
from socketio.exceptions import ConnectionError as Refused

from tests.waiting import eventually

News = dict[str, Any]


class Screen:
    """One open socket and all the news it heard."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self.client = socketio.Client(reconnection=False, websocket_extra_options=said)
        self.news: list[News] = []
        self.wire: Any = None  # the client forgets it when the booth hangs up
        self.client.on("news", self.news.append)

    @property
    def is_open(self) -> bool:
        """Whether the booth still holds it."""
        return bool(self.client.connected)

    def hears(self, count: int, within: float = 45.0) -> list[News]:
        """Wait for so many pieces of news."""
        eventually(lambda: len(self.news) >= count, within)
        return self.news

    def hang_up(self) -> None:
        """Leave, also when the booth has hung up or never answered."""
        self.client.disconnect()
        if self.wire:
            self.wire.close()

    def say(self, event: str, what: object) -> None:
        """Send the booth something."""
        self.client.emit(event, what)


@contextmanager
def listens(
    url: str, auth: object, headers: Mapping[str, str] | None = None
) -> Iterator[Screen]:
    """Listen as a kind of screen, or with other words, and hang up at the end."""
    sent = dict(headers or {})
    said = {each.lower(): sent.pop(each) for each in ("Origin", "Host") if each in sent}
    heard = Screen(said)
    try:
        heard.client.connect(
            url,
            headers=sent,
            auth={"screen": auth} if isinstance(auth, str) else auth,
            transports=["websocket"],
            wait_timeout=10,
        )
        heard.wire = heard.client.eio.ws
        yield heard
    finally:
        heard.hang_up()


def may_listen(
    url: str, auth: object, headers: Mapping[str, str] | None = None
) -> bool:
    """Try to listen."""
    try:
        with listens(url, auth, headers):
            return True
    except Refused:
        return False

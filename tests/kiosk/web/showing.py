"""Screens as the scripts hold them: what `live.js`, `wall.js`, `moderation.js` do."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from werkzeug.test import TestResponse

from tests.kiosk.web.people import Device, told

News = dict[str, Any]

CARD = re.compile(r'<(article|li) class="(tile|case|request)\b.*?</\1>', re.DOTALL)
MARKED = re.compile(r'data-([a-z]+)="([^"]*)"')
MOST = 61  # promises of a wall: static/js/wall.js


class Card(NamedTuple):
    """What the server drew of one promise: kind, id, revision (a case's), and all."""

    kind: str
    id: str
    revision: str | None
    html: str


def card(html: str) -> Card:
    """Look at what the server drew, as a script does."""
    found = CARD.fullmatch(html.strip())
    assert found, html
    marks = dict(MARKED.findall(html.partition(">")[0]))
    return Card(found[2], marks["pledge"], marks.get("revision"), found[0])


@dataclass(eq=False)
class Screen:
    """One screen: its cursor, and what `live.js` does with news (`Connection`).

    `listen` is told every answer, before anything is made of it. `was_reset` says
    whether its last news were all there is; `most`, how many it could have held since.
    """

    name: str
    device: Device
    page: str
    listen: Callable[["Screen", str], None]
    cursor: str = ""
    is_cut: bool = False
    was_reset: bool = False
    most: int = 0
    counts: News = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)

    def load(self) -> None:
        """Be opened anew: the page as the server renders it, then what follows it."""
        self.cards.clear()
        page = self.ask(self.page).text
        self.cursor = dict(MARKED.findall(page))["cursor"]
        drawn = [card(each.group()) for each in CARD.finditer(page)]
        # A wall's page tells the newest first.
        for each in reversed(drawn) if self.page == "/wall" else drawn:
            self.put(each)
        self.was_reset = True
        self.catch_up()

    def hear(self, news: News) -> None:
        """Take news from the socket, or ask for what was missed."""
        if news["cursor"] == self.cursor:
            return
        if news["after"] == self.cursor:
            self.take(news)
        else:
            self.catch_up()

    def catch_up(self) -> None:
        """Ask for what follows this screen's cursor."""
        self.take(told(self.ask_after(self.cursor)))

    def take(self, news: News) -> None:
        """Apply news, and be where they end."""
        self.was_reset = self.was_reset or news["reset"]
        if news["reset"]:
            kept = {each["id"] for each in news["entries"]}
            for each in set(self.cards) - kept:
                self.drop(each)
        self.counts = news
        self.apply([each for each in news["entries"] if "id" in each])
        self.cursor = news["cursor"]

    def start_over(self) -> None:
        """Ask for all of it."""
        self.cursor = ""
        self.catch_up()

    def ask(self, path: str) -> TestResponse:
        answer = self.device.get(path)
        assert answer.status_code == 200, answer.text
        self.listen(self, answer.text)
        return answer

    def ask_after(self, cursor: str) -> TestResponse:
        return self.ask(f"{self.page}/feed?after={cursor}")

    def apply(self, entries: list[News]) -> None:
        raise NotImplementedError

    def put(self, card: Card) -> None:
        raise NotImplementedError

    def drop(self, pledge_id: str) -> None:
        self.cards.pop(pledge_id, None)

    def __repr__(self) -> str:
        return self.name


class Wall(Screen):
    """A wall (`wall.js`): tiles in the order they came, at most 61."""

    def apply(self, entries: list[News]) -> None:
        for entry in entries:
            if not entry["html"]:
                self.drop(entry["id"])
        for entry in entries:
            if entry["html"]:
                self.put(card(entry["html"]))

    def put(self, card: Card) -> None:
        held = self.cards.get(card.id)
        if held and held.html == card.html:
            return
        self.drop(card.id)
        self.cards[card.id] = card
        if len(self.cards) > MOST:
            self.drop(next(iter(self.cards)))

    def exchange(self) -> None:
        """Ask for others, and hang them in the places of the oldest."""
        news = told(self.ask(f"{self.page}/feed?after={self.cursor}&others=6"))
        self.take(news)
        for other in news["others"]:
            if other["id"] not in self.cards:
                self.drop(next(iter(self.cards)))
                self.put(card(other["html"]))

    def go_dark(self) -> None:
        """Show no photo: nothing was heard for 30 seconds, or somebody held B."""
        self.cards.clear()
        self.cursor = ""


class Queue(Screen):
    """A volunteer's screen (`moderation.js`): cases to decide, requests to answer."""

    def apply(self, entries: list[News]) -> None:
        for entry in entries:
            if entry["html"]:
                self.put(card(entry["html"]))
            else:
                self.drop(entry["id"])

    def put(self, card: Card) -> None:
        held = self.cards.get(card.id)
        if held and held.kind == "case" and held.revision == card.revision:
            return
        self.cards[card.id] = card

    def answered(self, touched: Card, status: int, told: News) -> None:
        """Drop the card that was decided about or answered, by us or by another."""
        is_late = status == 409 and told.get("decision") != "waiting"
        if status == 200 or is_late:
            held = self.cards.get(touched.id)
            if held and held[:3] == touched[:3]:  # else the news were quicker
                self.drop(touched.id)
            if not any(each.kind == "case" for each in self.cards.values()):
                self.start_over()


@dataclass
class Room:
    """All screens of one kind and language, and what `live.py` sent them last."""

    screens: list[Screen]
    cursor: str = ""

    def turn(self, head: str) -> None:
        """Send what followed to those who are not cut off; `head` is the newest."""
        if head == self.cursor:
            return

        news = told(self.screens[0].ask_after(self.cursor))
        if news["cursor"] != self.cursor:
            for screen in self.screens:
                if not screen.is_cut:
                    screen.hear(news)
        self.cursor = news["cursor"]

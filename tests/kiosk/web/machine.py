"""A night in which anything may happen next, and after each step every screen is right.

The state machine of issue 4: a real booth over a real folder, the screens as their
scripts hold them (`showing`), and what they may show, told again (`truth`).
"""

import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, cast

import numpy as np
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import insert, update

from kiosk import stamp, store
from kiosk.booth import Booth, keeping, open_booth
from kiosk.booth.desk import Desk
from kiosk.booth.hall import Hall
from kiosk.booth.mending import Mender
from kiosk.booth.recovery import rebuild
from kiosk.booth.visit import Visit
from kiosk.config import Config
from kiosk.pledge import Age, Consent, Decision, Scope
from kiosk.store import audit, feed
from kiosk.store.audit import FILE
from kiosk.web.listening import Listening
from kiosk.web.night import Night, open_night
from kiosk.web.roles import Role
from tests.kiosk.web.people import (
    HERE,
    PUBLIC,
    STAFF,
    Device,
    a_device,
    a_phone,
    a_stranger,
    front_of,
    told,
)
from tests.kiosk.web.showing import Queue, Room, Screen, Wall
from tests.kiosk.web.truth import DONE, MOST, Promise, Truth, Verdict
from tests.night import ADDRESS, EVENT, Clock, a_camera, a_consent, a_plan, files_in

CROWDS = (0, 0, 3, MOST - 2)  # promises that hang when a night begins
BEGUN = 1_800_000_000.0  # seconds since 1970: ours to turn, and whole
FAR = 500  # entries behind which a screen may be told everything anew
WALLS = ("hall", "gate", "yard")
VOLUNTEERS: Mapping[str, str] = {"an": "vi", "binh": "en", "chi": "vi"}
PICTURES = ("thumb", "card", "photo")
AT_ONCE = 7  # promises of one night about which anything can still be done
MODES = ("mosaic", "slideshow", "picture", "stage")
NOBODYS = "0" * 20
OF_DEVICES = frozenset({"paired", "revoked", "left", "asleep", "awake"})
AGREED: Sequence[tuple[Consent, bool]] = (
    (a_consent(), False),
    (a_consent(), True),
    (a_consent(scopes=Scope), True),
    (a_consent(Age.TEEN), True),
    (a_consent(scopes=[]), True),
    (a_consent(scopes=[Scope.CAMPAIGN, Scope.ALBUM]), False),
    (a_consent(Age.CHILD, scopes=[]), False),
    (a_consent(Age.SMALL, scopes=[], guardian=True), False),
)
"""Who agreed to what, and whether to a face."""


class OneTurn(threading.Event):
    """Lets a job have one turn, and end."""

    def wait(self, timeout: float | None = None) -> bool:
        was_set = self.is_set()
        self.set()
        return was_set


class Folder:
    """A night's folder, and the booth that is open on it."""

    def __init__(self, data: Path, clock: Clock) -> None:
        self.data = data
        self.clock = clock
        self.open()

    @property
    def listening(self) -> Listening:
        return Listening(
            config=Config(camera=a_camera()),
            event=EVENT,
            data=self.data,
            staff=(HERE, STAFF),
            public=(HERE, PUBLIC),
            address=ADDRESS,
            pin="",
        )

    def open(self) -> None:
        """Open the booth, as a start of the program does; its jobs have not begun."""
        self.night: Night = open_night(self.listening)
        self.app = cast(Flask, self.night.app)
        self.app.jinja_env.bytecode_cache = COMPILED
        self.booth: Booth = on_time(front_of(self.app).booth, self.clock)
        pages = self.booth.house.pages
        pages._templates.bytecode_cache = COMPILED_PAGES  # noqa: SLF001  # as above
        self._reading = sqlite3.connect(self.data / "kiosk.db", isolation_level=None)

    def close(self) -> None:
        self._reading.close()
        self.night.database.close()

    def restart(self) -> None:
        self.close()
        self.open()

    def lose_power(self) -> None:
        """Go on with what is on the disk at this very moment."""
        after = self.data.with_name(f"{self.data.name}-")
        copied(self.data, after)
        self.close()
        shutil.rmtree(self.data)
        self.data = after
        self.open()

    def rebuild(self) -> int:
        self.close()
        back = rebuild(self.booth.house.album, self.data / "kiosk.db")
        self.open()
        return back

    def look(self, query: str) -> list[tuple[Any, ...]]:
        """Read the database by ourselves."""
        return self._reading.execute(query).fetchall()


def on_time(booth: Booth, clock: Clock) -> Booth:
    """Have a booth's staff go by a clock."""
    booth.desk = Desk(booth.house, clock)
    booth.mender = Mender(booth.house, booth.desk, clock)
    booth.hall = Hall(booth.house, clock)
    return booth


def copied(data: Path, after: Path) -> None:
    """Copy a night's folder: pictures are only ever replaced, so links will do."""
    shutil.copytree(data / "album", after / "album", copy_function=os.link)
    for name in ("kiosk.db", "kiosk.db-wal", FILE):
        if (data / name).exists():
            shutil.copyfile(data / name, after / name)


def carried(device: Device, app: Flask) -> Device:
    """Be the same device before a booth that was opened again."""
    same = Device(app, device.address, device.port)
    same.headers = device.headers
    if device.cookie:
        same.carry(device.cookie.partition("=")[2])
    return same


def a_screen(app: Flask, name: str) -> Device:
    """Be the device of one of our screens; the hall's wall is on the booth itself."""
    if name == "hall":
        return Device(app)
    device = a_device(app, Role.WALL if name in WALLS else Role.VOLUNTEER)
    device.headers["Accept-Language"] = VOLUNTEERS.get(name, "")
    return device


@cache
def template(crowd: int) -> tuple[Path, Truth]:
    """Prepare a night with a crowd on its walls, once; others begin with a copy."""
    folder = Path(tempfile.mkdtemp(prefix="crowd-"))
    (folder / "data").mkdir()
    truth = Truth(Clock(BEGUN))
    there = Folder(folder / "data", truth.clock)
    for number in range(crowd):
        promise = kept(there.booth, truth, *AGREED[number % 2], f"C{number:05}")
        there.booth.desk.decide(promise.id, Decision.APPROVED, revision=1, who="before")
        truth.decide(promise, "approved", 1, "before")
    there.close()
    return folder / "data", truth


@cache
def webp() -> bytes:
    """Make one card's WebP for all: each takes a tenth of a second of a core."""
    return stamp.card_webp(_face().card)


def kept(
    booth: Booth, truth: Truth, consent: Consent, has_face: bool, mark: str
) -> Promise:
    """Receive a guest from Agree to Keep."""
    words = f"Mình hứa {mark}."
    visit = booth.visits.open(a_plan(words, consent=consent))
    visit = booth.visits.shoot(visit.id)
    if has_face:
        booth.visits.end(visit.id)
        pledge = keeping.save(booth.house, _with_face(visit))
        booth.house.events.kept.send(pledge)
    else:
        pledge = booth.visits.keep(visit.id)
    developed(booth, pledge.place)
    promise = Promise(
        id=pledge.id,
        token=pledge.token,
        code=pledge.code,
        words=words,
        number=pledge.number,
        place=pledge.place,
        for_wall=Scope.WALL in consent.scopes,
        has_face=has_face,
        changed_at=truth.clock(),
    )
    truth.keep(promise)
    return promise


def developed(booth: Booth, place: str) -> None:
    """Have the WebP there before anyone decides, as the darkroom does."""
    booth.house.album.add(place, "card.webp", webp())


@cache
def _face() -> stamp.Pictures:
    """Stamp one photo for all: there is no camera here."""
    frame = np.random.default_rng(4).integers(0, 256, (360, 640, 3), np.uint8)
    with tempfile.TemporaryDirectory() as folder:
        there = Folder(Path(folder), Clock(BEGUN))
        visit = there.booth.visits.open(a_plan())
        there.close()
    return stamp.stamp(frame, visit.overlay)


def _with_face(visit: Visit) -> Visit:
    return replace(visit, plan=replace(visit.plan, has_face=True), pictures=_face())


COMPILED = FileSystemBytecodeCache()
COMPILED_PAGES = FileSystemBytecodeCache(pattern="pages_%s.cache")
"""The templates as Python, else compiled again whenever a booth is opened."""

promises = Bundle("promises")
volunteers = st.sampled_from(sorted(VOLUNTEERS))
walls = st.sampled_from(WALLS)
seldom = st.integers(0, 9).map(lambda number: number == 9)
screens = st.sampled_from([*WALLS, *VOLUNTEERS])


class ScreensMachine(RuleBasedStateMachine):
    """Guests, volunteers, power and clock, in any order."""

    steps: ClassVar[int] = 0  # made by all nights of this process

    def __init__(self) -> None:
        super().__init__()
        self.home = tempfile.TemporaryDirectory(prefix="night-")
        self.marks = 0
        self.touched: list[Promise] = []

    # How a night begins, and ends.

    @initialize(crowd=st.sampled_from(CROWDS), target=promises)
    def open_the_doors(self, crowd: int) -> object:
        data, truth = template(crowd)
        self.truth = truth.copy()
        copied(data, Path(self.home.name) / "data")
        self.there = Folder(Path(self.home.name) / "data", self.truth.clock)
        app = self.there.app
        self.meet(app)
        self.screens: dict[str, Screen] = {}
        for name in WALLS:
            wall = Wall(name, a_screen(app, name), "/wall", self.overhear)
            self.screens[name] = wall
        for name in VOLUNTEERS:
            queue = Queue(name, a_screen(app, name), "/moderation", self.overhear)
            self.screens[name] = queue
        self.rooms = [
            Room([self.screens[name] for name in names])
            for names in (WALLS, ("an", "chi"), ("binh",))
        ]
        for screen in self.screens.values():
            screen.load()
        ScreensMachine.steps -= 1  # what follows is seen before the first step
        return multiple(*self.truth.promises[:5])

    def teardown(self) -> None:
        if hasattr(self, "there"):
            self.there.close()
        self.home.cleanup()

    # Guests.

    @rule(agreed=st.sampled_from(AGREED), target=promises)
    @precondition(lambda self: self.busy < AT_ONCE)
    def keep(self, agreed: tuple[Consent, bool]) -> Promise:
        return self.receive(agreed)

    @rule(promise=promises)
    def hide(self, promise: Promise) -> None:
        answer = self.phone.post(f"/p/{promise.token}/remove")

        self.touched.append(promise)
        self.truth.hide(promise)
        assert answer.status_code == 200
        assert answer.data == self.removed

    @rule(place=st.integers(0, 9))
    @precondition(lambda self: any(each.opens for each in self.truth.promises))
    def hide_what_opens(self, place: int) -> None:
        """Have the one ask whose photo is out: most of what guests hide still waits."""
        out = [each for each in self.truth.promises if each.opens]
        self.hide(out[-1 - place % len(out)])

    # Volunteers.

    @rule(promise=promises, who=volunteers, is_late=seldom)
    def approve(self, promise: Promise, who: str, is_late: bool) -> None:
        self.decide(promise, who, "approved", is_late)

    @rule(promise=promises, who=volunteers, is_late=seldom)
    def keep_private(self, promise: Promise, who: str, is_late: bool) -> None:
        self.decide(promise, who, "private", is_late)

    @rule(promise=promises, who=volunteers, is_late=seldom)
    def remove(self, promise: Promise, who: str, is_late: bool) -> None:
        self.decide(promise, who, "removed", is_late)

    @rule(promise=promises, who=volunteers)
    def undo(self, promise: Promise, who: str) -> None:
        verdict = self.truth.undo(promise, who)
        self.ask(promise, who, "undo", {}, verdict)

    @rule(
        promise=promises,
        who=volunteers,
        removed=st.booleans(),
        seconds=st.sampled_from([0, 0, 10, 11]),
    )
    def decide_and_undo(
        self, promise: Promise, who: str, removed: bool, seconds: int
    ) -> None:
        self.decide(promise, who, "removed" if removed else "private", is_late=False)
        self.truth.clock.now += seconds
        self.undo(promise, who)

    @rule(promise=promises, who=volunteers, is_late=seldom)
    def mend(self, promise: Promise, who: str, is_late: bool) -> None:
        words, revision = f"Mình nhớ {self.mark()}.", promise.revision - (is_late)
        verdict = self.truth.mend(promise, words, revision, who)
        told = {"words": words, "revision": revision}
        self.ask(promise, who, "words", told, verdict)
        if verdict == DONE:
            developed(self.there.booth, promise.place)

    @rule(promise=promises, who=volunteers)
    def restore(self, promise: Promise, who: str) -> None:
        self.ask(promise, who, "restore", {}, self.truth.restore(promise))

    @rule(promise=promises, who=volunteers)
    def confirm(self, promise: Promise, who: str) -> None:
        self.ask(promise, who, "withdraw", {}, self.truth.confirm(promise))

    @rule(
        who=volunteers,
        place=st.integers(0, 9),
        act=st.sampled_from(["approved", "private", "removed", "restore", "withdraw"]),
        is_told_first=st.booleans(),
    )
    def touch(self, who: str, place: int, act: str, is_told_first: bool) -> None:
        """Touch what a screen shows, which may be cut off and show what was."""
        screen = cast(Queue, self.screens[who])
        kind = "request" if act in ("restore", "withdraw") else "case"
        shown = [each for each in screen.cards.values() if each.kind == kind]
        if not shown:
            return
        touched = shown[place % len(shown)]
        promise = next(each for each in self.truth.promises if each.id == touched.id)
        if act == "restore":
            answer = self.ask(promise, who, act, {}, self.truth.restore(promise))
        elif act == "withdraw":
            answer = self.ask(promise, who, act, {}, self.truth.confirm(promise))
        else:
            revision = int(touched.revision or 0)
            answer = self.decide_at(promise, who, act, revision)
        if is_told_first:
            self.tell()  # the socket may be quicker than the answer
        screen.answered(touched, *answer)

    # The hall.

    @rule(name=walls)
    def blank(self, name: str) -> None:
        """Hold the key of a wall; one that is cut off empties itself."""
        wall = cast(Wall, self.screens[name])
        wall.go_dark()
        if not wall.is_cut:
            assert wall.device.post("/wall/blank").status_code == 200
            self.truth.is_blank = True
            wall.catch_up()

    @rule(who=volunteers, is_blank=st.booleans())
    def ask_for_blank_walls(self, who: str, is_blank: bool) -> None:
        verb = "blank" if is_blank else "unblank"
        assert self.screens[who].device.post(f"/wall/{verb}").status_code == 200
        self.truth.is_blank = is_blank

    @rule(who=volunteers, mode=st.sampled_from(MODES))
    def show_as(self, who: str, mode: str) -> None:
        """Have the walls show photos in another way: the same ones."""
        answer = self.screens[who].device.post("/wall/mode", {"mode": mode})
        assert answer.status_code == 200
        self.truth.mode = mode

    @rule(name=walls)
    def ask_for_others(self, name: str) -> None:
        """Let promises of earlier hang again, where there are more than room."""
        wall = cast(Wall, self.screens[name])
        if not wall.is_cut and len(wall.cards) >= MOST:
            wall.exchange()

    @rule()
    @precondition(lambda self: self.truth.is_blank)
    def show_photos_again(self) -> None:
        self.ask_for_blank_walls("an", is_blank=False)

    @rule(name=screens, for_long=st.booleans())
    def cut(self, name: str, for_long: bool) -> None:
        screen = self.screens[name]
        screen.is_cut = True
        if for_long and isinstance(screen, Wall):
            screen.go_dark()

    @rule(name=screens)
    def come_back(self, name: str) -> None:
        self.screens[name].is_cut = False
        self.screens[name].catch_up()

    @rule(name=screens, agreed=st.sampled_from(AGREED), who=volunteers, target=promises)
    @precondition(lambda self: self.busy < AT_ONCE)
    def miss_a_guest(
        self, name: str, agreed: tuple[Consent, bool], who: str
    ) -> Promise:
        """Be cut off from a promise's keeping to its approval."""
        self.screens[name].is_cut = True
        promise = self.receive(agreed)
        self.decide(promise, who, "approved", is_late=False)
        self.come_back(name)
        return promise

    @rule(name=screens)
    def open_anew(self, name: str) -> None:
        self.screens[name].is_cut = False
        self.screens[name].load()

    @rule(
        name=screens,
        behind=st.sampled_from([FAR - 1, FAR, FAR + 1]),
        promise=promises,
        decision=st.sampled_from(["approved", "private"]),
    )
    def sleep_for_long(
        self, name: str, behind: int, promise: Promise, decision: str
    ) -> None:
        """Let so much happen, a decision last, while a screen hears nothing."""
        screen = self.screens[name]
        if not screen.is_cut:
            screen.catch_up()
        screen.is_cut = True
        self.fill(behind - 1)
        self.decide(promise, "an", decision, is_late=False)
        self.come_back(name)

    # The clock, the power, another process.

    @rule(seconds=st.sampled_from([1, 5, 9, 10, 11, 60]), is_swept=st.booleans())
    def wait(self, seconds: int, is_swept: bool) -> None:
        self.truth.clock.now += seconds
        if is_swept:
            self.sweep()

    @rule()
    def sweep(self) -> None:
        """Let the eraser have a turn."""
        self.there.booth.desk.run(OneTurn())
        self.touched += [each for each in self.truth.promises if each.is_gone][-3:]
        self.truth.erase()

    @rule(promise=promises)
    def take_down(self, promise: Promise) -> None:
        """Withdraw by short code from another process, as `takedown` does."""
        listening = self.there.listening
        other = on_time(
            open_booth(listening.config, EVENT, listening.data, ADDRESS),
            self.truth.clock,
        )
        with other.house.database.reading() as db:
            found = [each.id for each in store.by_code(db, promise.code)]
        for pledge_id in found:
            other.desk.withdraw(pledge_id)
        assert other.desk.erase()
        other.house.database.close()
        for each in self.truth.promises:
            if each.code == promise.code:
                self.truth.withdraw(each)
        self.truth.erase()
        self.touched.append(promise)

    @rule(
        how=st.sampled_from(["restart", "power cut", "power cut", "rebuild"]),
        place=st.integers(0, 9),
    )
    def open_again(self, how: str, place: int) -> None:
        """Close the booth, or lose the power, or the database, and open it again.

        Perhaps somebody has asked theirs back just before.
        """
        for promise in self.truth.promises[-AT_ONCE:][place : place + 1]:
            self.hide(promise)
        if how == "rebuild":
            self.truth.rebuild()
            assert self.there.rebuild() == self.truth.count
            revisions = self.there.look("SELECT id, revision FROM pledges")
            self.truth.count_anew(dict(revisions))
        elif how == "restart":
            self.there.restart()
        else:
            self.there.lose_power()
        self.come_in(is_new=how == "rebuild")
        self.touched += self.truth.promises[-AT_ONCE:]

    # What must be so after each of them.

    @invariant()
    def every_screen_shows_exactly_what_it_may(self) -> None:
        ScreensMachine.steps += 1
        self.tell()
        for screen in self.screens.values():
            if not screen.is_cut and isinstance(screen, Wall):
                self.see_wall(screen)
            elif not screen.is_cut:
                self.see_queue(screen)
            screen.was_reset = False
        self.see_facts()
        for promise in {*self.touched} or self.in_turn():
            self.see_link(promise)
            self.see_pictures(promise)
            self.see_folder(promise)
        self.touched.clear()

    def see_wall(self, wall: Wall) -> None:
        """A wall shows what hangs, the newest 61 when it was told everything."""
        may = self.truth.hanging
        wall.most = len(may) if wall.was_reset else max(wall.most, len(may))
        shown, just_come = {*wall.cards}, {*self.touched} & {*may}
        assert shown <= {each.id for each in may}
        assert len(shown) <= MOST
        if wall.was_reset or wall.most <= MOST:
            assert shown == {each.id for each in may[-MOST:]}
        else:  # what has just come is never what has to make room
            assert {each.id for each in just_come} <= shown
        words = {each.id: f">{each.words}</p>" for each in may}
        assert all(words[each.id] in each.html for each in wall.cards.values())
        if wall.counts:
            assert wall.counts["promises"] == self.truth.count
            assert wall.counts["is_blank"] == self.truth.is_blank
            assert wall.counts["mode"] == self.truth.mode
            lit = {each["id"] for each in wall.counts["lights"]}
            assert lit <= {each.id for each in may}

    def see_queue(self, queue: Screen) -> None:
        """A volunteer sees all that waits or is asked back, as it is now."""
        may = {each.id: each for each in self.truth.queue}
        shown = queue.cards
        assert {id_: each.kind for id_, each in shown.items()} == {
            each.id: "request" if each.is_hidden else "case" for each in may.values()
        }
        for each in shown.values():
            assert f">{may[each.id].words}</" in each.html
            if each.kind == "case":
                assert each.revision == str(may[each.id].revision)
        if queue.counts:
            assert queue.counts["tallies"] == self.truth.tallies
            assert bool(queue.counts["blank_since"]) == self.truth.is_blank

    def see_facts(self) -> None:
        """Tallies are true, wishes what opens; of what is erased no word is kept.

        The audit has a line for each act, in order, and loses none.
        """
        tallies = dict(self.there.look("SELECT name, count FROM tallies"))
        assert tallies == self.truth.tallies
        wished = dict(self.there.look("SELECT key, present FROM outbox"))
        assert wished == {"soon": True} | {
            key: each.wished
            for each in self.truth.promises
            if each.wished is not None
            for key in keys(each)
        }
        lines = audit.lines(self.there.data / FILE)
        noted = [(each.what, each.about) for each in lines if each.about]
        assert [each for each in noted if each[0] not in OF_DEVICES] == self.truth.noted
        erased = "SELECT words, said FROM pledges WHERE is_erased"
        assert {*self.there.look(erased)} <= {("", None)}

    def see_link(self, promise: Promise) -> None:
        """A link opens what was approved or kept private; else it says one thing."""
        page = self.phone.get(f"/p/{promise.token}")
        if promise.opens:
            assert promise.words in page.text
        else:
            assert page.data == self.soon
        kind = ("jpg", "webp")[self.steps % 2]
        card = self.phone.get(f"/card/{promise.token}.{kind}")
        assert card.status_code == (200 if promise.opens else 404)

    def see_pictures(self, promise: Promise) -> None:
        """A wall gets what hangs, never the code; a volunteer, all that is there."""
        name = PICTURES[self.steps % len(PICTURES)]
        path = f"/pictures/{promise.id}/{name}.jpg"
        is_made = promise.has_face or name != "photo"
        is_there = is_made and promise.is_known and not promise.is_erased
        volunteer = self.screens["an"].device.get(path)
        assert volunteer.status_code == (200 if is_there else 404)
        is_for_wall = is_there and promise.hangs and name != "card"
        wall = self.screens["gate"].device.get(path)
        assert wall.status_code == (200 if is_for_wall else 404)
        assert self.stranger.get(path).status_code == 403

    def see_folder(self, promise: Promise) -> None:
        """Of what is erased a marker is left, and nothing else."""
        files = files_in(self.there.data / "album" / promise.place)
        if promise.is_erased:
            assert files == {"withdrawn"}
        else:
            assert {"card.jpg", "thumb.jpg", "pledge.json"} <= files

    def overhear(self, screen: Screen, text: str) -> None:
        """See that no answer to a wall tells what does not hang, or a code, or link."""
        if not isinstance(screen, Wall):
            return
        hanging = {*self.truth.hanging}
        for each in self.truth.promises:
            marks = [words[-7:-1] for words in each.heard]
            if each in hanging:
                marks.remove(each.words[-7:-1])
            elif not each.for_wall:
                marks.append(each.id)
            assert not any(mark in text for mark in (*marks, each.code, each.token))

    # How it is done.

    def receive(self, agreed: tuple[Consent, bool]) -> Promise:
        promise = kept(self.there.booth, self.truth, *agreed, self.mark())
        self.touched.append(promise)
        return promise

    def decide(
        self, promise: Promise, who: str, decision: str, is_late: bool
    ) -> tuple[int, dict[str, object]]:
        return self.decide_at(promise, who, decision, promise.revision - is_late)

    def decide_at(
        self, promise: Promise, who: str, decision: str, revision: int
    ) -> tuple[int, dict[str, object]]:
        verdict = self.truth.decide(promise, decision, revision, who)
        told = {"decision": decision, "revision": revision}
        return self.ask(promise, who, "decision", told, verdict)

    def ask(
        self, promise: Promise, who: str, verb: str, body: object, verdict: Verdict
    ) -> tuple[int, dict[str, object]]:
        """Ask as a volunteer, and see that the answer is the one foretold."""
        path = f"/pledges/{promise.id}/{verb}"
        answer = self.screens[who].device.post(path, body)
        said = told(answer)
        self.touched.append(promise)
        assert said.get("error", DONE) == verdict, said
        if verdict == DONE:
            assert answer.status_code == 200
            assert said["revision"] == promise.revision
            assert said["tallies"] == self.truth.tallies
        else:
            assert answer.status_code == (404 if verdict == "UnknownPledge" else 409)
        if verdict in (DONE, "AlreadyDecided"):
            assert said["decision"] == promise.decision
        return answer.status_code, said

    def in_turn(self) -> Sequence[Promise]:
        """Choose whom to look at when nobody was touched."""
        at = self.steps % max(1, len(self.truth.promises))
        return self.truth.promises[at : at + 1]

    def tell(self) -> None:
        """Send every kind of screen what followed, if anything did."""
        ((head,),) = self.there.look("SELECT epoch || '.' || seq FROM feed_head")
        for room in self.rooms:
            room.turn(head)

    def meet(self, app: Flask) -> None:
        self.phone, self.stranger = a_phone(app), a_stranger(app)
        self.soon = self.phone.get(f"/p/{NOBODYS}").data
        self.removed = self.phone.post(f"/p/{NOBODYS}/remove").data

    def come_in(self, *, is_new: bool) -> None:
        """Have every screen before the booth that was opened again; who is cut waits.

        A restart signs nobody out; after a rebuild each device is let in anew.
        """
        app = self.there.app
        self.meet(app)
        for screen in self.screens.values():
            if is_new:
                screen.device = a_screen(app, screen.name)
            else:
                screen.device = carried(screen.device, app)
            if not screen.is_cut:
                screen.catch_up()

    def fill(self, entries: int) -> None:
        """Let the feed go on with news of nobody: none hides that one is missed."""
        with self.there.booth.house.database.transaction() as db:
            seq = feed.now(db).seq
            about = {"kind": feed.MODE, "pledge": feed.NOBODY, "revision": 0}
            rows = [{"seq": seq + n + 1, **about} for n in range(entries)]
            db.execute(insert(feed.feed), rows)
            db.execute(update(feed.head).values(seq=seq + entries))

    @property
    def busy(self) -> int:
        """How many promises are neither gone nor of the crowd."""
        here = [each for each in self.truth.promises if "M" in each.heard[0]]
        return sum(each.is_known and not each.is_gone for each in here)

    def mark(self) -> str:
        self.marks += 1
        return f"M{self.marks:05}"


def keys(promise: Promise) -> Iterator[str]:
    """Name everything the bucket may hold of a promise."""
    yield f"p/{promise.token}"
    yield f"card/{promise.token}.jpg"
    yield f"card/{promise.token}.webp"

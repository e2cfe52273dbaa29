import sqlite3
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import simplejpeg
import zxingcpp
from sqlalchemy import text

from camera.fault import Fault
from camera.feed import CameraLost, Feed, Health, Shot
from kiosk import store
from kiosk.album import ALBUM, TOO_LITTLE, Album, AlbumFull, NotSaved
from kiosk.booth import Booth
from kiosk.booth.house import House
from kiosk.booth.visit import NoRetakesLeft, NothingToKeep, Sketch, VisitOver
from kiosk.booth.visits import LONGEST_VISIT, Visits
from kiosk.database import DATABASE
from kiosk.pledge import Age, Decision, GuardianNeeded, NotInThisLane, Pledge, Scope
from kiosk.store import feed
from kiosk.words import WordsRefused
from tests.lens import Lens
from tests.night import (
    Clock,
    Numbered,
    a_camera,
    a_consent,
    a_plan,
    at_once,
    files_in,
    hold,
    kept,
    number_of,
    open_house,
    wished,
)
from tests.waiting import eventually

REFUSAL = """
CREATE TRIGGER refusal BEFORE INSERT ON {table}
BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END
"""


class Untouched(Feed):
    """A camera that nobody may ask for anything."""

    def still(self, *, after: float, wait: float = 2.0) -> Shot:
        raise AssertionError("a still was asked for")

    def preview(self, *, after: int = 0, wait: float = 1.0) -> tuple[int, bytes]:
        raise AssertionError("a preview was asked for")

    @property
    def health(self) -> Health:
        raise AssertionError("somebody looked at the camera")


class Witness(Album):
    """An album that counts the rows there are when a folder has become whole."""

    rows: int | None = None

    def save(self, place: str, files: Mapping[str, bytes]) -> None:
        super().save(place, files)
        with closing(sqlite3.connect(self.root.parent / DATABASE)) as db:
            [(self.rows,)] = db.execute("SELECT count(*) FROM pledges")


class Filling(Album):
    """An album on a disk with as much room as a test says."""

    room = TOO_LITTLE


@contextmanager
def refusing(house: House, table: str) -> Iterator[None]:
    """Let the database refuse every new row of a table."""
    with house.database.transaction() as db:
        db.execute(text(REFUSAL.format(table=table)))
    yield
    with house.database.transaction() as db:
        db.execute(text("DROP TRIGGER refusal"))


def rows(house: House) -> int:
    with house.database.reading() as db:
        return len(store.ids(db))


def codes_on(jpeg: bytes) -> list[str]:
    picture = simplejpeg.decode_jpeg(jpeg, "BGR")
    return [each.text for each in zxingcpp.read_barcodes(picture)]


def heard(house: House) -> list[Pledge]:
    told: list[Pledge] = []
    house.events.kept.connect(told.append, weak=False)
    return told


# Agree

WIDEST = "ဪ"  # of what our fonts draw


@pytest.mark.parametrize("verb", ["read", "sketch", "reword"])
def test_words_too_wide_to_be_read_on_a_card_are_refused(
    booth: Booth, verb: str
) -> None:
    visit = booth.visits.open(a_plan(WIDEST * 20))
    sketch = Sketch(language="vi", words=WIDEST * 120, colour="sea", drawing="lotus")
    verbs: Mapping[str, Callable[[], object]] = {
        "read": lambda: booth.visits.read(WIDEST * 120),
        "sketch": lambda: booth.visits.sketch(sketch),
        "reword": lambda: booth.visits.reword(visit.id, WIDEST * 120, None),
    }

    with pytest.raises(WordsRefused, match="too wide for a card"):
        verbs[verb]()


def test_a_visit_opens_with_words_made_fit_for_a_card(booth: Booth) -> None:
    visit = booth.visits.open(a_plan("  Mình   sẽ\nlắng nghe. "))

    assert visit.plan.words == "Mình sẽ lắng nghe."
    assert visit.code.startswith("HN ")
    assert visit.retakes == 2


@pytest.mark.parametrize(
    "said", ["", " \n", "x" * 121, "\U00013000", "\ud800", WIDEST * 120]
)
def test_words_are_refused_before_any_visit_opens(booth: Booth, said: str) -> None:
    before = booth.visits.open(a_plan())

    with pytest.raises(WordsRefused):
        booth.visits.open(a_plan(said))

    assert booth.visits.shoot(before.id).drafts == 1


def test_a_guest_is_told_which_characters_cannot_be_drawn(booth: Booth) -> None:
    with pytest.raises(WordsRefused) as caught:
        booth.visits.open(a_plan("Mình \U00013000 sẽ"))

    assert caught.value.values == {"characters": "\U00013000"}


def test_what_a_lane_does_not_allow_opens_no_visit(filming: Booth) -> None:
    before = filming.visits.open(a_plan())
    small, child = a_consent(Age.SMALL, scopes=()), a_consent(Age.CHILD, scopes=())
    greedy = a_consent(Age.TEEN, scopes=[Scope.ALBUM])

    with pytest.raises(GuardianNeeded):
        filming.visits.open(a_plan(consent=small))
    with pytest.raises(NotInThisLane):
        filming.visits.open(a_plan(consent=child, face=True))
    with pytest.raises(NotInThisLane):
        filming.visits.open(a_plan(consent=greedy))

    assert filming.visits.shoot(before.id).drafts == 1


def test_a_visit_with_a_face_does_not_open_without_a_camera(booth: Booth) -> None:
    before = booth.visits.open(a_plan())

    with pytest.raises(CameraLost):
        booth.visits.open(a_plan(face=True))

    assert booth.visits.shoot(before.id).drafts == 1


def test_a_new_visit_ends_the_one_before(booth: Booth) -> None:
    before = booth.visits.open(a_plan())
    booth.visits.shoot(before.id)
    after = booth.visits.open(a_plan())

    for verb in (booth.visits.shoot, booth.visits.draft, booth.visits.keep):
        with pytest.raises(VisitOver):
            verb(before.id)
    booth.visits.end(before.id)
    assert booth.visits.shoot(after.id).drafts == 1


# Photograph


def test_no_photo_is_from_before_the_press(filming: Booth) -> None:
    visit = filming.visits.open(a_plan(face=True))

    for _ in range(3):
        before = Numbered.newest
        filming.visits.pose(visit.id)
        taken = filming.visits.shoot(visit.id)
        assert number_of(taken.frame) > before


def test_a_camera_that_stops_at_the_press_gives_no_older_photo(filming: Booth) -> None:
    visit = filming.visits.open(a_plan(face=True))
    last = hold()

    filming.visits.pose(visit.id)
    with pytest.raises(CameraLost):
        filming.visits.shoot(visit.id)

    with pytest.raises(NothingToKeep):
        filming.visits.draft(visit.id)
    Numbered.flows.set()
    eventually(lambda: filming.house.lens.health.is_live)
    filming.visits.pose(visit.id)
    assert number_of(filming.visits.shoot(visit.id).frame) > last


def test_a_photo_that_failed_costs_no_retake(filming: Booth) -> None:
    visit = filming.visits.open(a_plan(face=True))
    filming.visits.pose(visit.id)
    filming.house.lens.stop()

    with pytest.raises(CameraLost):
        filming.visits.shoot(visit.id)
    with pytest.raises(CameraLost):
        filming.visits.pose(visit.id)

    assert filming.visits.make_faceless(visit.id, "sea", "lotus").shots == 0


def test_a_photo_is_taken_again_at_most_twice(filming: Booth) -> None:
    visit = filming.visits.open(a_plan(face=True))
    left = []
    for _ in range(3):
        filming.visits.pose(visit.id)
        left.append(filming.visits.shoot(visit.id).retakes)

    assert left == [2, 1, 0]
    with pytest.raises(NoRetakesLeft):
        filming.visits.pose(visit.id)
    with pytest.raises(NoRetakesLeft):
        filming.visits.shoot(visit.id)
    assert filming.visits.keep(visit.id).has_face


def test_a_photo_that_will_not_do_is_told_until_the_next_one(
    watching: Booth, lens: Lens
) -> None:
    visits = watching.visits
    visit = visits.open(a_plan(face=True))
    told = []
    for mode in ("blurred", "dark", "ok"):
        lens.mode(mode)
        visits.pose(visit.id)
        told.append(visits.shoot(visit.id).fault)

    assert told == [Fault.BLURRED, Fault.BLACK, None]


def test_other_words_do_not_mend_a_blurred_photo_and_a_colour_card_has_none(
    watching: Booth, lens: Lens
) -> None:
    visits = watching.visits
    visit = visits.open(a_plan(face=True))
    lens.mode("blurred")
    visits.pose(visit.id)
    visits.shoot(visit.id)

    assert visits.reword(visit.id, "Mình sẽ hỏi.", None).fault is Fault.BLURRED
    visits.make_faceless(visit.id, "sea", "lotus")
    assert visits.shoot(visit.id).fault is None


def test_a_photo_that_will_not_do_may_be_kept(watching: Booth, lens: Lens) -> None:
    visit = watching.visits.open(a_plan(face=True))
    lens.mode("blurred")
    watching.visits.pose(visit.id)
    watching.visits.shoot(visit.id)

    assert watching.visits.keep(visit.id).has_face


def test_every_photo_needs_a_touch_of_its_own(filming: Booth) -> None:
    visit = filming.visits.open(a_plan(face=True))
    with pytest.raises(NothingToKeep):
        filming.visits.shoot(visit.id)
    filming.visits.pose(visit.id)
    filming.visits.shoot(visit.id)

    with pytest.raises(NothingToKeep):
        filming.visits.shoot(visit.id)


def test_a_visit_without_a_face_never_touches_the_camera(tmp_path: Path) -> None:
    house = open_house(tmp_path, lens=Untouched(a_camera()))
    booth = Booth(house)

    pledge = kept(booth)

    with pytest.raises(VisitOver):
        next(booth.visits.preview(booth.visits.open(a_plan()).id))
    assert not pledge.has_face
    assert not house.album.path(pledge.place, "photo.jpg").exists()
    assert not house.album.path(pledge.place, "original.jpg").exists()
    house.database.close()


def test_a_visit_goes_on_without_a_face_and_drops_the_photo(filming: Booth) -> None:
    visit = filming.visits.open(a_plan(face=True))
    filming.visits.pose(visit.id)
    filming.visits.shoot(visit.id)

    faceless = filming.visits.make_faceless(visit.id, "sea", "lotus")

    assert faceless.frame is None
    assert faceless.pictures is None
    with pytest.raises(NothingToKeep):
        filming.visits.keep(visit.id)
    filming.visits.shoot(visit.id)
    pledge = filming.visits.keep(visit.id)
    assert (pledge.has_face, pledge.colour, pledge.drawing) == (False, "sea", "lotus")
    assert not filming.house.album.path(pledge.place, "original.jpg").exists()


# Preview


def test_a_preview_is_only_for_its_visit_and_ends_with_it(filming: Booth) -> None:
    visit = filming.visits.open(a_plan(face=True))
    frames = filming.visits.preview(visit.id)
    assert {each[:2] for each in islice(frames, 3)} == {b"\xff\xd8"}

    filming.visits.end(visit.id)

    assert list(frames) == []
    for nobody in ("nobody", visit.id):
        with pytest.raises(VisitOver):
            next(filming.visits.preview(nobody))


def test_a_preview_ends_when_the_photo_is_kept(filming: Booth) -> None:
    visit = filming.visits.open(a_plan(face=True))
    frames = filming.visits.preview(visit.id)
    next(frames)
    filming.visits.pose(visit.id)
    filming.visits.shoot(visit.id)
    filming.visits.keep(visit.id)

    assert list(frames) == []


def test_a_preview_ends_when_the_next_guest_comes(filming: Booth) -> None:
    frames = filming.visits.preview(filming.visits.open(a_plan(face=True)).id)
    next(frames)
    filming.visits.open(a_plan(face=True))

    assert list(frames) == []


# Draft


def test_a_draft_is_in_memory_alone(filming: Booth) -> None:
    data = filming.house.album.root.parent
    before = files_in(data)
    visit = filming.visits.open(a_plan(face=True))
    filming.visits.pose(visit.id)
    filming.visits.shoot(visit.id)
    filming.visits.reword(visit.id, "Mình sẽ hỏi thăm.", None)
    filming.visits.draft(visit.id)

    assert files_in(data) == before
    assert rows(filming.house) == 0
    filming.visits.end(visit.id)
    assert files_in(data) == before


def test_no_code_is_on_the_draft_and_the_guests_own_is_on_the_card(
    booth: Booth,
) -> None:
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)

    assert codes_on(booth.visits.draft(visit.id)) == []
    pledge = booth.visits.keep(visit.id)
    card = booth.house.album.path(pledge.place, "card.jpg").read_bytes()
    assert codes_on(card) == [booth.house.link(pledge.token)]


def test_other_words_come_onto_the_same_photo(filming: Booth) -> None:
    visit = filming.visits.open(a_plan(face=True))
    filming.visits.pose(visit.id)
    first = filming.visits.shoot(visit.id)

    second = filming.visits.reword(visit.id, "Mình sẽ hỏi thăm.", None)

    assert first.frame is not None
    assert second.frame is not None
    assert np.array_equal(first.frame, second.frame)
    assert (second.code, second.token, second.shots) == (first.code, first.token, 1)
    assert second.drafts == 2
    assert filming.visits.draft(visit.id) == getattr(second.pictures, "draft", None)
    assert filming.visits.keep(visit.id).words == "Mình sẽ hỏi thăm."


def test_words_refused_leave_the_draft_as_it_was(booth: Booth) -> None:
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)
    draft = booth.visits.draft(visit.id)

    with pytest.raises(WordsRefused):
        booth.visits.reword(visit.id, "\u200b", None)

    assert booth.visits.draft(visit.id) == draft
    assert booth.visits.keep(visit.id).words == visit.plan.words


def test_a_visit_that_ended_has_nothing_left(booth: Booth) -> None:
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)
    booth.visits.end(visit.id)

    with pytest.raises(VisitOver):
        booth.visits.draft(visit.id)
    with pytest.raises(VisitOver):
        booth.visits.reword(visit.id, "Mình sẽ hỏi thăm.", None)
    with pytest.raises(VisitOver):
        booth.visits.keep(visit.id)
    with pytest.raises(VisitOver):
        booth.visits.make_faceless(visit.id, "sea", "lotus")


def test_a_visit_nobody_has_touched_for_long_is_let_go(house: House) -> None:
    clock = Clock(100.0)
    visits = Visits(house, clock)
    visit = visits.open(a_plan())
    clock.now += LONGEST_VISIT
    visits.shoot(visit.id)
    clock.now += LONGEST_VISIT
    visits.expire()
    assert visits.draft(visit.id)

    clock.now += 1
    visits.expire()

    with pytest.raises(VisitOver):
        visits.draft(visit.id)


# Keep


def test_a_pledge_is_kept_with_all_its_files_and_waits(filming: Booth) -> None:
    told = heard(filming.house)
    visit = filming.visits.open(a_plan(face=True))
    filming.visits.pose(visit.id)
    filming.visits.shoot(visit.id)

    pledge = filming.visits.keep(visit.id)

    names = "card.jpg", "photo.jpg", "thumb.jpg", "original.jpg", "pledge.json"
    assert files_in(filming.house.album.root) == {
        f"{pledge.place}/{name}" for name in names
    }
    with filming.house.database.reading() as db:
        assert store.get(db, pledge.id) == pledge
        [entry] = feed.after(db, 0, 10)
    assert (entry.kind, entry.pledge) == ("kept", pledge.id)
    assert told == [pledge]
    assert pledge.decision is Decision.WAITING
    assert pledge.number == 1
    assert pledge.consent == a_consent()
    assert wished(filming.house) == {}


def test_nothing_can_be_kept_before_a_picture_is_taken(booth: Booth) -> None:
    visit = booth.visits.open(a_plan())

    with pytest.raises(NothingToKeep):
        booth.visits.keep(visit.id)
    assert rows(booth.house) == 0


def test_keeping_again_is_keeping_once(booth: Booth) -> None:
    told = heard(booth.house)
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)

    first = booth.visits.keep(visit.id)
    booth.visits.open(a_plan())

    assert booth.visits.keep(visit.id) == first
    with pytest.raises(VisitOver):
        booth.visits.kept(visit.id)  # its code is no longer anybody's to see
    assert list(booth.house.album.places()) == [first.place]
    assert told == [first]


def test_four_who_keep_at_once_keep_one_photo(booth: Booth) -> None:
    told = heard(booth.house)
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)

    answers = [each.result() for each in at_once(4, lambda _: keep(booth, visit.id))]

    assert len({each.id for each in answers}) == 1
    assert rows(booth.house) == 1
    assert list(booth.house.album.places()) == [answers[0].place]
    assert len(told) == 1
    with booth.house.database.reading() as db:
        assert feed.now(db).kept == feed.now(db).seq == 1


def keep(booth: Booth, visit_id: str) -> Pledge:
    return booth.visits.keep(visit_id)


def test_keeping_again_after_a_restart_returns_the_same_pledge(
    booth: Booth, tmp_path: Path
) -> None:
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)
    first = booth.visits.keep(visit.id)
    booth.house.database.close()
    again = Booth(open_house(tmp_path))

    assert again.visits.keep(visit.id) == first
    assert list(again.house.album.places()) == [first.place]
    again.house.database.close()


def test_a_draft_that_was_not_kept_is_gone_after_a_restart(
    booth: Booth, tmp_path: Path
) -> None:
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)
    again = Booth(open_house(tmp_path))

    with pytest.raises(VisitOver):
        again.visits.keep(visit.id)
    again.house.database.close()


def test_files_come_first_and_the_row_last(tmp_path: Path) -> None:
    album = Witness(tmp_path / ALBUM)
    house = open_house(tmp_path, album=album)

    kept(Booth(house))

    assert album.rows == 0
    assert rows(house) == 1
    house.database.close()


@pytest.mark.parametrize("table", ["pledges", "links", "feed"])
def test_a_keep_whose_row_fails_leaves_nothing_and_a_second_try_works(
    booth: Booth, table: str
) -> None:
    told = heard(booth.house)
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)

    with refusing(booth.house, table), pytest.raises(NotSaved):
        booth.visits.keep(visit.id)

    assert files_in(booth.house.album.root) == set()
    assert rows(booth.house) == 0
    assert told == []
    pledge = booth.visits.keep(visit.id)
    assert pledge.number == 1
    assert list(booth.house.album.places()) == [pledge.place]
    assert told == [pledge]


def test_a_database_that_fails_tells_the_log_no_words_and_no_token(
    booth: Booth,
) -> None:
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)

    for table in ("pledges", "links"):
        with refusing(booth.house, table), pytest.raises(NotSaved) as caught:
            booth.visits.keep(visit.id)

        told = "".join(traceback.format_exception(caught.value))
        assert "pledges" in told or "links" in told
        assert visit.token not in told
        assert visit.plan.words not in told


def test_a_keep_while_another_program_holds_the_database_leaves_nothing(
    booth: Booth, tmp_path: Path
) -> None:
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)
    with booth.house.database.reading() as db:
        db.execute(text("PRAGMA busy_timeout = 50"))  # on the pooled connection

    with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved):
            booth.visits.keep(visit.id)

    assert files_in(booth.house.album.root) == set()
    assert booth.visits.keep(visit.id).number == 1


def test_a_full_disk_keeps_nothing_and_the_visit_goes_on(tmp_path: Path) -> None:
    album = Filling(tmp_path / ALBUM)
    house = open_house(tmp_path, album=album)
    booth = Booth(house)
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)
    album.room = TOO_LITTLE - 1

    with pytest.raises(AlbumFull):
        booth.visits.keep(visit.id)

    assert rows(house) == 0
    assert files_in(album.root) == set()
    album.room = TOO_LITTLE
    assert booth.visits.keep(visit.id).number == 1
    house.database.close()


def test_a_disk_that_refuses_keeps_nothing_and_the_visit_goes_on(
    booth: Booth,
) -> None:
    visit = booth.visits.shoot(booth.visits.open(a_plan()).id)
    today = datetime.now(UTC).date()
    days = [today, today + timedelta(days=1)]  # it may be midnight
    in_the_way = [booth.house.album.root / each.isoformat() for each in days]
    for each in in_the_way:
        each.touch()

    with pytest.raises(NotSaved):
        booth.visits.keep(visit.id)

    assert rows(booth.house) == 0
    for each in in_the_way:
        each.unlink()
    assert booth.visits.keep(visit.id).number == 1


def test_what_was_agreed_is_kept_with_the_pledge(booth: Booth) -> None:
    consent = replace(
        a_consent(Age.SMALL, scopes=(), guardian=True), people=4, version="2026-11"
    )

    pledge = kept(booth, a_plan(consent=consent, language="en"))

    with booth.house.database.reading() as db:
        found = store.get(db, pledge.id)
    assert found.consent == consent
    assert found.language == "en"
    assert found.kept_at.tzinfo is UTC

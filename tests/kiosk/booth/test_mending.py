"""A typo mended in what waits: words, card and row agree, whenever the power goes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from kiosk.album import Album, NotSaved
from kiosk.booth import Booth
from kiosk.booth.cards import PhotoGone
from kiosk.booth.house import House
from kiosk.booth.mending import Mender
from kiosk.booth.recovery import recover
from kiosk.booth.visit import CodeUnreadable
from kiosk.flags import Flag
from kiosk.pledge import Decision, NotAllowed, Pledge
from kiosk.store import AlreadyDecided, UnknownPledge, acts
from kiosk.store.acts import NothingToUndo
from kiosk.words import LONGEST, Undrawable, WordsRefused
from tests.kiosk.booth.folders import (
    alike,
    as_of_old,
    is_published,
    is_whole,
    laid_out,
    looked_over,
    news,
    now,
    told,
)
from tests.kiosk.booth.test_recovery import built_anew
from tests.night import (
    Clock,
    Interrupted,
    PowerCut,
    a_plan,
    at_once,
    files_in,
    kept,
    open_house,
    power_cut,
    wished,
)

WAITING, APPROVED, PRIVATE, REMOVED = Decision
TYPO = "Mình sẽ lắng nghee, không phán xét."
MENDED = "Mình sẽ lắng nghe, không phán xét."
STEPS = range(1, 8)  # of a card with a photo: five files written, one of them thrice
UNREADABLE = "http://127.0.0.1/\0"  # no code of it reads back
FACES = pytest.mark.parametrize("face", [False, True], ids=["colours", "face"])


def damaged(photo: Path) -> None:
    """Leave a file that is no picture."""
    photo.write_bytes(b"half a JPEG")


class Dying(Album):
    """An album whose disk does so many more steps until the power goes."""

    def __init__(self, root: Path, steps: int) -> None:
        super().__init__(root)
        self.left = steps

    def add(self, place: str, name: str, data: bytes) -> None:
        self._step()
        super().add(place, name, data)

    def replace(
        self, place: str, files: Mapping[str, bytes], *, without: object
    ) -> None:
        self._step()
        self.drop(place, "card.webp", "page.html")
        for name, data in files.items():
            self._step()
            super().replace(place, {name: data}, without=())

    def _step(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise PowerCut


class Refusing(Album):
    """An album whose disk is full from the second file of a pledge on."""

    def replace(
        self, place: str, files: Mapping[str, bytes], *, without: object
    ) -> None:
        raise NotSaved("The disk refused.")


@pytest.fixture
def pledge(booth: Booth) -> Pledge:
    return kept(booth, a_plan(TYPO))


def mend(booth: Booth, pledge: Pledge, words: str = MENDED, who: str = "lan") -> Pledge:
    return booth.mender.mend(pledge.id, words, revision=pledge.revision, who=who)


def decide(
    booth: Booth, pledge: Pledge, decision: Decision, who: str = "minh"
) -> Pledge:
    return booth.desk.decide(pledge.id, decision, revision=pledge.revision, who=who)


# Mend


@FACES
def test_a_mended_pledge_is_drawn_again_kept_and_told(
    filming: Booth, face: bool
) -> None:
    house, pledge = filming.house, kept(filming, a_plan(TYPO, face=face))
    heard: list[Pledge] = []
    house.events.decided.connect(heard.append, weak=False)

    mended = mend(filming, pledge)

    assert (mended.words, mended.said, mended.theme) == (MENDED, TYPO, pledge.theme)
    assert (mended.token, mended.code) == (pledge.token, pledge.code)
    assert mended.is_waiting
    assert now(house, pledge) == mended
    assert heard == [mended]
    assert news(house) == [("kept", 1), ("mended", 2)]
    assert is_whole(house, pledge)
    assert told(house, pledge).said == TYPO
    assert wished(house) == {}


def test_a_mend_is_in_the_audit_without_its_words(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    clock = Clock(1000.0)

    Mender(house, booth.desk, clock).mend(pledge.id, MENDED, revision=1, who="lan")

    with house.database.reading() as db:
        (row,) = db.execute(select(acts.acts)).all()
    assert row._asdict() == {
        "id": 1,
        "pledge": pledge.id,
        "revision": 2,
        "before": "waiting",
        "after": "waiting",
        "who": "lan",
        "at": 1000.0,
        "is_undone": False,
        "kind": "mended",
    }


def test_the_guests_own_words_stay_however_often_they_are_mended(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    once = mend(booth, pledge, "Mình sẽ lắng nghe")
    twice = mend(booth, once, MENDED)
    back = mend(booth, twice, TYPO)

    assert [each.said for each in (once, twice, back)] == [TYPO] * 3
    assert (back.words, back.revision) == (TYPO, 4)
    assert is_whole(house, pledge)


def test_who_asked_for_help_may_need_it_whatever_was_mended(booth: Booth) -> None:
    cry = kept(booth, a_plan("Cứu em với, em bị nhốt"))
    assert Flag.HELP in cry.flags

    for words in ("Mình sẽ kể lại.", "Mình sẽ kể lại nhé."):
        cry = booth.mender.mend(cry.id, words, revision=cry.revision, who="lan")
        assert Flag.HELP in cry.flags
    assert not booth.mender.redraw(cry.id)


@pytest.mark.parametrize(
    "same", [TYPO, f"  {TYPO}\n", normalize("NFD", TYPO)], ids=["same", "blanks", "NFD"]
)
def test_words_that_are_the_same_change_nothing(
    house: House, booth: Booth, pledge: Pledge, same: str
) -> None:
    assert mend(booth, pledge, same) == pledge
    assert now(house, pledge) == pledge
    assert news(house) == [("kept", 1)]


def test_a_mend_that_is_sent_twice_has_the_same_answer(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    assert mend(booth, pledge, normalize("NFD", MENDED)) == mend(booth, pledge)
    assert news(house) == [("kept", 1), ("mended", 2)]


@pytest.mark.parametrize(
    "said", ["", " \n", "a" * (LONGEST + 1), "Mình \ue000", "𒀀𒀁", "ဪ" * 120]
)
def test_words_that_fit_no_card_mend_nothing(
    house: House, booth: Booth, pledge: Pledge, said: str
) -> None:
    before = files_in(house.album.root)

    with pytest.raises(WordsRefused):
        mend(booth, pledge, said)

    assert now(house, pledge) == pledge
    assert files_in(house.album.root) == before


def test_what_cannot_be_drawn_is_named(booth: Booth, pledge: Pledge) -> None:
    with pytest.raises(Undrawable, match="𒀀"):
        mend(booth, pledge, f"{MENDED} 𒀀")


@pytest.mark.parametrize("decision", [APPROVED, PRIVATE, REMOVED])
def test_what_is_decided_is_not_mended(
    house: House, booth: Booth, pledge: Pledge, decision: Decision
) -> None:
    decided = decide(booth, pledge, decision)
    card = house.album.path(pledge.place, "card.jpg").read_bytes()

    with pytest.raises(AlreadyDecided):
        mend(booth, pledge)
    with pytest.raises(NotAllowed):
        mend(booth, decided)
    with pytest.raises(NotAllowed):
        mend(booth, decided, TYPO)

    assert now(house, pledge) == decided
    assert house.album.path(pledge.place, "card.jpg").read_bytes() == card


@pytest.mark.parametrize("way", ["hide", "withdraw"])
def test_what_its_guest_asks_back_is_not_mended(
    house: House, booth: Booth, pledge: Pledge, way: str
) -> None:
    verb: Mapping[str, Callable[[], Pledge]] = {
        "hide": lambda: booth.desk.hide(pledge.token),
        "withdraw": lambda: booth.desk.withdraw(pledge.id),
    }
    gone = verb[way]()

    with pytest.raises(NotAllowed):
        mend(booth, gone)

    assert now(house, pledge) == gone


def test_nobody_mends_what_is_not_there(booth: Booth) -> None:
    with pytest.raises(UnknownPledge):
        booth.mender.mend("nobody", MENDED, revision=1, who="lan")


def test_the_second_volunteer_to_mend_is_told_she_was_late(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    first = mend(booth, pledge, MENDED, who="lan")

    with pytest.raises(AlreadyDecided):
        mend(booth, pledge, "Mình sẽ nghe", who="minh")
    with pytest.raises(AlreadyDecided):
        decide(booth, pledge, APPROVED)

    assert now(house, pledge) == first


def test_of_volunteers_who_mend_and_decide_at_once_one_wins_with_one_card(
    house: House, booth: Booth
) -> None:
    def one(number: int, pledge: Pledge) -> Pledge:
        if number % 2:
            return decide(booth, pledge, APPROVED, who=f"minh {number}")
        return mend(booth, pledge, f"{MENDED} {number}")

    for _ in range(3):
        pledge = kept(booth, a_plan(TYPO))

        ends = at_once(6, lambda at, pledge=pledge: one(at, pledge))  # type: ignore[misc]  # bound at once

        failed = [each.exception() for each in ends]
        assert failed.count(None) == 1
        assert {type(each) for each in failed if each} <= {AlreadyDecided, NotAllowed}
        assert is_whole(house, pledge)
        if now(house, pledge).is_reachable:
            assert is_published(house, now(house, pledge))


def test_a_mend_is_not_undone_but_mended_back(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    mended = mend(booth, pledge)

    with pytest.raises(NothingToUndo):
        booth.desk.undo(pledge.id, who="lan")

    assert now(house, pledge) == mended


def test_an_approval_that_is_undone_can_be_mended_and_approved_again(
    filming: Booth,
) -> None:
    pledge = kept(filming, a_plan(TYPO, face=True))
    decide(filming, pledge, APPROVED)
    undone = filming.desk.undo(pledge.id, who="minh")

    approved = decide(filming, mend(filming, undone), APPROVED)

    assert is_published(filming.house, approved)
    assert is_whole(filming.house, pledge)


@pytest.mark.parametrize("damage", [Path.unlink, damaged], ids=["gone", "damaged"])
def test_without_its_original_the_card_is_drawn_again_from_its_own_photo(
    filming: Booth, damage: Callable[[Path], object]
) -> None:
    pledge = kept(filming, a_plan(TYPO, face=True))
    album = filming.house.album
    before = album.path(pledge.place, "photo.jpg").read_bytes()
    damage(album.path(pledge.place, "original.jpg"))

    mended = mend(filming, pledge)

    overlay = laid_out(filming.house, mended)
    card = album.path(pledge.place, "card.jpg").read_bytes()
    assert all(part in card for part in overlay.around.parts)
    assert alike(album.path(pledge.place, "photo.jpg").read_bytes(), before)
    assert told(filming.house, pledge).words == mended.words != TYPO


def test_a_card_whose_photo_is_gone_stays_as_it_is(filming: Booth) -> None:
    pledge = kept(filming, a_plan(TYPO, face=True))
    album = filming.house.album
    album.path(pledge.place, "original.jpg").unlink()
    for damage in (damaged, Path.unlink):
        damage(album.path(pledge.place, "photo.jpg"))
        before = album.path(pledge.place, "card.jpg").read_bytes()

        with pytest.raises(PhotoGone):
            mend(filming, pledge)

        assert album.path(pledge.place, "card.jpg").read_bytes() == before
        assert now(filming.house, pledge) == pledge
        assert told(filming.house, pledge).words == TYPO


# What the world gets


@FACES
@pytest.mark.parametrize("is_developed", [False, True])
def test_what_the_world_gets_has_the_mended_words(
    filming: Booth, face: bool, is_developed: bool
) -> None:
    pledge = kept(filming, a_plan(TYPO, face=face))
    if is_developed:
        filming.darkroom.develop(pledge)

    approved = decide(filming, mend(filming, pledge), APPROVED)

    assert is_published(filming.house, approved)
    page = filming.house.album.path(pledge.place, "page.html").read_text("utf-8")
    assert MENDED in page
    assert TYPO not in page
    assert is_whole(filming.house, pledge)


def test_a_webp_made_while_words_are_mended_is_of_the_mended_card(
    house: House, booth: Booth
) -> None:
    for _ in range(3):
        pledge = kept(booth, a_plan(TYPO))
        both: list[Callable[[], object]] = [
            lambda pledge=pledge: mend(booth, pledge),  # type: ignore[misc]  # bound
            lambda pledge=pledge: booth.darkroom.develop(pledge),  # type: ignore[misc]
        ]

        for each in at_once(2, lambda at, both=both: both[at]()):  # type: ignore[misc]
            each.result()

        assert is_published(house, decide(booth, now(house, pledge), APPROVED))


# Power cuts


@FACES
@pytest.mark.parametrize("step", STEPS)
def test_wherever_the_power_goes_card_and_row_agree_after_the_next_start(
    filming: Booth, tmp_path: Path, face: bool, step: int
) -> None:
    pledge = kept(filming, a_plan(TYPO, face=face))
    cut(filming.house, tmp_path, pledge, step)

    again = Booth(open_house(tmp_path))
    recover(again.house.album, again.house.database)
    looked_over(again)

    assert is_whole(again.house, pledge)
    assert now(again.house, pledge).words in (TYPO, MENDED)
    again.house.database.close()


@FACES
@pytest.mark.parametrize("step", STEPS)
def test_what_was_half_mended_is_drawn_before_it_is_approved(
    filming: Booth, tmp_path: Path, face: bool, step: int
) -> None:
    pledge = kept(filming, a_plan(TYPO, face=face))
    cut(filming.house, tmp_path, pledge, step)

    approved = decide(filming, now(filming.house, pledge), APPROVED)

    assert is_whole(filming.house, pledge)
    assert is_published(filming.house, approved)


@pytest.mark.parametrize("step", STEPS)
def test_a_rebuild_in_the_middle_of_a_mend_brings_back_one_whole_card(
    house: House, booth: Booth, pledge: Pledge, tmp_path: Path, step: int
) -> None:
    cut(house, tmp_path, pledge, step)

    again = Booth(built_anew(house))
    looked_over(again)

    assert is_whole(again.house, pledge)
    assert now(again.house, pledge).words in (TYPO, MENDED)
    again.house.database.close()


def cut(house: House, folder: Path, pledge: Pledge, step: int) -> None:
    """Mend until the power goes at that step; the last is the row's."""
    dying = open_house(
        folder, album=Dying(house.album.root, step), database=Interrupted(folder)
    )
    assert isinstance(dying.database, Interrupted)
    dying.database.meanwhile = power_cut
    with pytest.raises(PowerCut):
        mend(Booth(dying), pledge)
    dying.database.close()


def test_a_full_disk_leaves_words_and_card_as_they_were(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    full = Booth(open_house(house.album.root.parent, album=Refusing(house.album.root)))

    with pytest.raises(NotSaved):
        mend(full, pledge)

    full.house.database.close()
    assert is_whole(house, pledge)
    assert now(house, pledge) == pledge
    assert mend(booth, pledge).words == MENDED


def test_a_row_that_cannot_be_written_leaves_the_card_of_its_words(
    house: House, pledge: Pledge, meanwhile: Interrupted, tmp_path: Path
) -> None:
    def fails() -> None:
        raise OperationalError("COMMIT", {}, OSError("disk I/O error"))

    meanwhile.meanwhile = fails
    failing = Booth(open_house(tmp_path, database=meanwhile))

    with pytest.raises(OperationalError):
        mend(failing, pledge)

    assert now(house, pledge) == pledge
    assert is_whole(house, pledge)


def test_what_is_taken_down_while_it_is_mended_stays_gone(
    house: House, booth: Booth, pledge: Pledge, meanwhile: Interrupted, tmp_path: Path
) -> None:
    def taken_down() -> None:
        booth.desk.withdraw(pledge.id)
        booth.desk.erase()

    meanwhile.meanwhile = taken_down

    with pytest.raises(AlreadyDecided):
        mend(Booth(open_house(tmp_path, database=meanwhile)), pledge)

    assert files_in(house.album.root / pledge.place) == {"withdrawn"}


# Rebuilt and erased


def test_a_rebuild_brings_back_mended_words_and_the_guests_own(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    decide(booth, mend(booth, pledge), APPROVED)

    again = built_anew(house)

    back = now(again, pledge)
    assert (back.words, back.said, back.decision) == (MENDED, TYPO, WAITING)
    again.database.close()


def test_a_folder_from_before_words_were_mended_comes_back(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    as_of_old(house, pledge)

    again = built_anew(house)

    assert now(again, pledge).said is None
    assert now(again, pledge).words == TYPO
    again.database.close()


def test_what_is_erased_keeps_neither_words_nor_what_the_guest_wrote(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    booth.desk.withdraw(mend(booth, pledge).id)
    booth.desk.erase()

    assert (now(house, pledge).words, now(house, pledge).said) == ("", None)


def test_a_code_that_cannot_be_read_back_leaves_words_and_card(
    house: House, booth: Booth, pledge: Pledge, tmp_path: Path
) -> None:
    unreadable = Booth(replace(open_house(tmp_path), address=UNREADABLE))

    with pytest.raises(CodeUnreadable):
        mend(unreadable, pledge)

    unreadable.house.database.close()
    assert is_whole(house, pledge)
    assert now(house, pledge) == pledge

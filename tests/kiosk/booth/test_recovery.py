import shutil
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk import store
from kiosk.album import ALBUM, GONE, PART, Album
from kiosk.booth import Booth
from kiosk.booth.desk import Desk
from kiosk.booth.house import House
from kiosk.booth.recovery import rebuild, recover
from kiosk.booth.wishes import keys
from kiosk.database import DATABASE, Database, DatabaseBroken, sqlite_url
from kiosk.pledge import Decision, Pledge
from kiosk.store import UnknownPledge, feed
from sync import outbox
from tests.night import (
    Interrupted,
    PowerCut,
    a_plan,
    files_in,
    kept,
    open_house,
    power_cut,
    wished,
)

WAITING, APPROVED, PRIVATE, REMOVED = Decision


class Cut(Album):
    """An album whose disk loses its power at the next file to be taken away."""

    def drop(self, place: str, *names: str) -> None:
        raise PowerCut

    def erase(self, place: str) -> None:
        raise PowerCut


def decide(desk: Desk, pledge: Pledge, decision: Decision) -> Pledge:
    return desk.decide(pledge.id, decision, revision=pledge.revision, who="lan")


def now(house: House, pledge: Pledge) -> Pledge:
    with house.database.reading() as db:
        return store.get(db, pledge.id)


def all_of(house: House) -> set[str]:
    with house.database.reading() as db:
        return store.ids(db)


def built_anew(house: House) -> House:
    """Close the house, build its database anew, and open it again."""
    folder = house.album.root.parent
    house.database.close()
    rebuild(house.album, folder / DATABASE)
    return open_house(folder)


# Start-up is recovery


def test_a_booth_that_lost_nothing_starts_as_it_was(house: House, booth: Booth) -> None:
    pledge = decide(booth.desk, kept(booth), APPROVED)
    before = files_in(house.album.root)

    assert recover(house.album, house.database) == 0

    assert now(house, pledge) == pledge
    assert files_in(house.album.root) == before


def test_a_half_written_folder_is_swept_at_the_start(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth)
    half = house.album.root / f"{pledge.place}x{PART}"
    half.mkdir()
    (half / "original.jpg").write_bytes(b"half a face")

    assert recover(house.album, house.database) == 0

    assert not half.exists()
    assert all_of(house) == {pledge.id}


def test_a_whole_folder_without_a_row_comes_back_waiting(
    filming: Booth, tmp_path: Path
) -> None:
    pledge = kept(filming, a_plan(face=True))
    filming.house.database.close()
    for each in tmp_path.glob(f"{DATABASE}*"):
        each.unlink()
    house = open_house(tmp_path)

    assert recover(house.album, house.database) == 1

    back = now(house, pledge)
    assert back.decision is WAITING
    assert back.number == 1
    same = ("id", "submission", "words", "consent", "code", "token", "kept_at", "theme")
    assert [getattr(back, each) for each in same] == [
        getattr(pledge, each) for each in same
    ]
    assert wished(house) == dict.fromkeys(keys(pledge), False)
    with house.database.reading() as db:
        assert [each.kind for each in feed.after(db, 0, 10)] == ["kept"]
    assert recover(house.album, house.database) == 0
    assert Booth(house).visits.keep(pledge.submission) == back
    house.database.close()


def test_a_gone_folder_without_a_row_stays_gone(house: House, booth: Booth) -> None:
    pledge = kept(booth)
    house.album.mark_gone(pledge.place, keys(pledge))
    house.database.close()
    database = Database(sqlite_url(house.album.root.parent / "another.db"))

    assert recover(house.album, database) == 0

    with database.reading() as db, pytest.raises(UnknownPledge):
        store.get(db, pledge.id)
    with database.reading() as db:
        wishes = outbox.due(db, time.time(), 10)
    assert {each.key: each.present for each in wishes} == dict.fromkeys(
        keys(pledge), False
    )
    assert files_in(house.album.root) == {f"{pledge.place}/{GONE}"}
    database.close()


def test_a_withdrawal_cut_off_after_its_marker_is_finished_at_the_next_start(
    house: House, booth: Booth, tmp_path: Path
) -> None:
    pledge = decide(booth.desk, kept(booth), APPROVED)
    cut = Interrupted(tmp_path)
    cut.meanwhile = power_cut
    with pytest.raises(PowerCut):
        Desk(open_house(tmp_path, database=cut)).withdraw(pledge.id)
    cut.close()
    assert house.album.gone_keys(pledge.place) == keys(pledge)

    recover(house.album, house.database)

    assert now(house, pledge).is_gone
    assert not any(wished(house).values())


def test_an_undo_cut_off_before_its_marker_is_dropped_stays_undone(
    house: House, booth: Booth, tmp_path: Path
) -> None:
    pledge = decide(booth.desk, kept(booth), APPROVED)
    decide(booth.desk, pledge, REMOVED)
    cut = open_house(tmp_path, album=Cut(house.album.root))
    with pytest.raises(PowerCut):
        Desk(cut).undo(pledge.id, who="lan")
    cut.database.close()

    recover(house.album, house.database)

    assert now(house, pledge).is_on_wall
    assert house.album.gone_keys(pledge.place) is None


def test_an_erasure_cut_off_in_the_middle_is_finished_at_the_next_start(
    house: House, booth: Booth, tmp_path: Path
) -> None:
    pledge = kept(booth)
    booth.desk.withdraw(pledge.id)
    cut = open_house(tmp_path, album=Cut(house.album.root))
    with pytest.raises(PowerCut):
        Desk(cut).erase()
    cut.database.close()
    assert "card.jpg" in files_in(house.album.root / pledge.place)

    recover(house.album, house.database)

    assert files_in(house.album.root) == {f"{pledge.place}/{GONE}"}


def test_a_folder_that_cannot_be_read_does_not_stop_the_start(
    house: House, booth: Booth, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole, bare = (kept(booth) for _ in range(3))
    house.album.path(broken.place, "pledge.json").write_bytes(b'{"id": "half')
    house.album.path(bare.place, "pledge.json").unlink()

    again = built_anew(house)

    assert all_of(again) == {whole.id}
    assert broken.place in caplog.text
    assert "card.jpg" in files_in(house.album.root / broken.place)
    again.database.close()


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"[1", b"{}", b"3"])
def test_a_marker_that_cannot_be_read_does_not_stop_the_start_nor_bring_it_back(
    house: House, booth: Booth, damage: bytes
) -> None:
    gone, whole = kept(booth), kept(booth)
    booth.desk.withdraw(gone.id)
    house.album.path(gone.place, GONE).write_bytes(damage)

    again = built_anew(house)

    assert all_of(again) == {whole.id}
    again.database.close()


def test_a_folder_somebody_copied_does_not_stop_the_start(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth)
    folder = house.album.root / pledge.place
    shutil.copytree(folder, folder.with_name(f"{folder.name} (copy)"))
    other = kept(booth)

    again = built_anew(house)

    assert all_of(again) == {pledge.id, other.id}
    assert recover(again.album, again.database) == 0
    again.database.close()


def test_a_log_cut_short_loses_nothing_that_is_in_the_album(
    house: House, booth: Booth, tmp_path: Path
) -> None:
    pledges = [kept(booth) for _ in range(6)]
    after = tmp_path / "after the cut"
    after.mkdir()
    shutil.copytree(house.album.root, after / ALBUM)
    shutil.copy(tmp_path / DATABASE, after)
    log = (tmp_path / f"{DATABASE}-wal").read_bytes()
    (after / f"{DATABASE}-wal").write_bytes(log[: len(log) * 9 // 10])

    again = open_house(after)
    back = recover(again.album, again.database)

    assert back > 0
    assert all_of(again) == {each.id for each in pledges}
    again.database.close()


# A damaged database, and one made anew


@pytest.mark.parametrize("table", ["pledges", "links", "feed_head", "outbox"])
def test_a_page_that_is_overwritten_is_told_when_the_booth_opens(
    house: House, booth: Booth, tmp_path: Path, table: str
) -> None:
    for _ in range(3):
        decide(booth.desk, kept(booth), APPROVED)
    with house.database.reading() as db:
        size = int(db.execute(text("PRAGMA page_size")).scalar_one())
        root = text("SELECT rootpage FROM sqlite_master WHERE name = :table")
        page = int(db.execute(root, {"table": table}).scalar_one())
    house.database.close()
    with (tmp_path / DATABASE).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)

    with pytest.raises(DatabaseBroken):
        opened_and_recovered(house)


def opened_and_recovered(house: House) -> None:
    database = Database(sqlite_url(house.album.root.parent / DATABASE))
    try:
        recover(house.album, database)
    finally:
        database.close()


def test_photos_come_back_from_the_album_when_the_database_is_broken(
    house: House, booth: Booth, tmp_path: Path
) -> None:
    pledges = [kept(booth) for _ in range(3)]
    decide(booth.desk, pledges[0], APPROVED)
    decide(booth.desk, pledges[1], PRIVATE)
    house.database.close()
    (tmp_path / DATABASE).write_bytes(b"\xff" * 60_000)
    with pytest.raises(DatabaseBroken):
        open_house(tmp_path)

    assert rebuild(house.album, tmp_path / DATABASE) == 3

    again = open_house(tmp_path)
    with again.database.reading() as db:
        queue = store.queue(db, 10)
        assert store.on_wall(db, 10) == []
    assert [each.id for each in queue] == [each.id for each in pledges]
    assert [each.number for each in queue] == [1, 2, 3]
    assert {each.decision for each in queue} == {WAITING}
    for each in pledges:
        assert {wished(again)[key] for key in keys(each)} == {False}
    again.database.close()


def test_a_database_made_anew_has_another_epoch_and_the_old_one_is_put_aside(
    house: House, booth: Booth, tmp_path: Path
) -> None:
    kept(booth)
    with house.database.reading() as db:
        before = feed.now(db)
    house.database.close()
    old = (tmp_path / DATABASE).read_bytes()

    again = built_anew(house)

    with again.database.reading() as db:
        assert feed.now(db).epoch != before.epoch
    again.database.close()
    [aside] = [each for each in tmp_path.glob(f"{DATABASE}.*") if each.is_file()]
    assert aside.read_bytes() == old


def test_a_database_that_was_lost_altogether_is_made_anew(
    house: House, booth: Booth, tmp_path: Path
) -> None:
    pledge = kept(booth)
    house.database.close()
    (tmp_path / DATABASE).unlink()

    assert rebuild(house.album, tmp_path / DATABASE) == 1

    again = open_house(tmp_path)
    assert all_of(again) == {pledge.id}
    again.database.close()


def test_what_was_withdrawn_or_removed_is_out_of_sight_after_a_rebuild(
    house: House, booth: Booth
) -> None:
    withdrawn, removed, erased, stays = (kept(booth) for _ in range(4))
    decide(booth.desk, erased, REMOVED)
    Desk(house, lambda: time.time() + 3600).erase()
    decide(booth.desk, decide(booth.desk, removed, APPROVED), REMOVED)
    booth.desk.withdraw(withdrawn.id)

    again = built_anew(house)

    with again.database.reading() as db:
        back = {each.id: each for each in store.queue(db, 10)}
    assert set(back) == {stays.id, removed.id}
    assert back[removed.id].is_asked_back
    assert not back[removed.id].is_reachable
    assert not any(wished(again).values())
    for each in (withdrawn, erased):
        assert {wished(again)[key] for key in keys(each)} == {False}
        assert files_in(house.album.root / each.place) == {GONE}
    again.database.close()


def test_a_removal_that_was_undone_comes_back_by_a_rebuild(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth)
    decide(booth.desk, pledge, REMOVED)
    booth.desk.undo(pledge.id, who="lan")

    again = built_anew(house)

    assert all_of(again) == {pledge.id}
    again.database.close()


def test_what_came_back_can_be_approved_and_reaches_the_bucket_again(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth)
    decide(booth.desk, pledge, APPROVED)

    again = built_anew(house)
    back = now(again, pledge)
    decide(Desk(again), back, APPROVED)

    assert {wished(again)[key] for key in keys(pledge)} == {True}
    again.database.close()


def test_what_was_seen_before_a_second_rebuild_is_no_longer_what_it_is(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth)
    again = built_anew(house)
    seen = now(again, pledge)
    third = built_anew(again)
    desk = Desk(third)

    with pytest.raises(store.AlreadyDecided):
        decide(desk, seen, APPROVED)

    assert now(third, pledge).revision > seen.revision
    third.database.close()

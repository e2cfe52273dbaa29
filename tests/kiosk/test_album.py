import errno
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kiosk.album import GONE, PART, TOO_LITTLE, Album, AlbumFull, NotSaved
from tests.night import files_in

DAY = "2026-05-26"
PLACE = f"{DAY}/0190"
FILES = {"card.jpg": b"a card", "pledge.json": b"{}"}
OTHERS = {"card.jpg": b"another card", "thumb.jpg": b"a thumb"}


class Filling(Album):
    """An album on a disk with as much room as a test says."""

    room = TOO_LITTLE


class TooMuch(Mapping[str, bytes]):
    """Files of which the second one does not fit on the disk any more."""

    def __getitem__(self, name: str) -> bytes:
        if name == "card.jpg":
            return FILES[name]
        raise OSError(errno.ENOSPC, "No space left on device")

    def __iter__(self) -> Iterator[str]:
        return iter(FILES)

    def __len__(self) -> int:
        return len(FILES)


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album(tmp_path / "album")


def test_a_folder_is_there_with_all_its_files(album: Album) -> None:
    album.save(PLACE, FILES)

    assert files_in(album.root) == {f"{PLACE}/card.jpg", f"{PLACE}/pledge.json"}
    assert album.path(PLACE, "card.jpg").read_bytes() == b"a card"
    assert list(album.places()) == [PLACE]


def test_saving_the_same_place_again_replaces_it(album: Album) -> None:
    album.save(PLACE, {"card.jpg": b"an old card", "photo.jpg": b"an old photo"})
    album.save(PLACE, FILES)

    assert album.path(PLACE, "card.jpg").read_bytes() == b"a card"
    assert not album.path(PLACE, "photo.jpg").exists()


def test_files_are_put_in_the_place_of_others(album: Album) -> None:
    album.save(PLACE, FILES | {"card.webp": b"of the old card"})

    album.replace(PLACE, OTHERS, without=["card.webp", "page.html"])

    folder = album.root / PLACE
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == FILES | OTHERS


def test_when_one_file_has_no_room_the_others_stay_as_they_were(album: Album) -> None:
    album.save(PLACE, FILES)
    too_much = TooMuch()

    with pytest.raises(AlbumFull):
        album.replace(PLACE, too_much, without=["pledge.json"])

    assert files_in(album.root) == {f"{PLACE}/card.jpg", f"{PLACE}/pledge.json"}


def test_a_half_written_folder_is_no_place_and_is_swept(album: Album) -> None:
    album.save(PLACE, FILES)
    half = album.root / DAY / f"0191{PART}"
    half.mkdir()
    (half / "card.jpg").write_bytes(b"half a ca")

    assert list(album.places()) == [PLACE]
    assert album.sweep() == 1
    assert not half.exists()
    assert list(album.places()) == [PLACE]


def test_a_half_written_file_in_a_whole_folder_is_swept_too(album: Album) -> None:
    album.save(PLACE, FILES)
    album.path(PLACE, f"page.html{PART}").write_bytes(b"half a pa")

    album.sweep()

    assert files_in(album.root) == {f"{PLACE}/card.jpg", f"{PLACE}/pledge.json"}


def test_a_save_begun_before_the_power_went_can_be_done_again(album: Album) -> None:
    half = album.root / f"{PLACE}{PART}"
    half.mkdir(parents=True)
    (half / "original.jpg").write_bytes(b"of another moment")

    album.save(PLACE, FILES)

    assert files_in(album.root) == {f"{PLACE}/card.jpg", f"{PLACE}/pledge.json"}


def test_no_photo_is_taken_when_less_than_200_mb_are_left(tmp_path: Path) -> None:
    filling = Filling(tmp_path)
    filling.save(PLACE, FILES)
    filling.room = TOO_LITTLE - 1

    with pytest.raises(AlbumFull) as caught:
        filling.save(f"{DAY}/0191", FILES)

    assert str(caught.value) == "There is no room for another photo."
    assert list(filling.places()) == [PLACE]
    filling.room = TOO_LITTLE
    filling.save(f"{DAY}/0191", FILES)
    assert list(filling.places()) == [PLACE, f"{DAY}/0191"]


def test_a_photo_can_still_be_taken_away_when_the_disk_is_full(tmp_path: Path) -> None:
    filling = Filling(tmp_path)
    filling.save(PLACE, FILES)
    filling.room = 0

    filling.mark_gone(PLACE, ["p/abc"])
    filling.erase(PLACE)

    assert files_in(filling.root) == {f"{PLACE}/{GONE}"}


def test_a_disk_that_refuses_is_told_and_nothing_is_left(album: Album) -> None:
    (album.root / DAY).write_bytes(b"a file where the folder should be")

    with pytest.raises(NotSaved) as caught:
        album.save(PLACE, FILES)

    assert str(caught.value) == (
        "The photo could not be saved. Nothing of it was kept."
    )
    assert files_in(album.root) == {DAY}
    (album.root / DAY).unlink()
    album.save(PLACE, FILES)
    assert list(album.places()) == [PLACE]


def test_a_file_that_cannot_be_written_takes_its_whole_folder_with_it(
    album: Album,
) -> None:
    with pytest.raises(NotSaved):
        album.save(PLACE, {**FILES, "no/such/folder.jpg": b"x"})

    assert files_in(album.root) == set()
    assert list(album.places()) == []


def test_an_album_whose_disk_is_gone_says_that_nothing_was_saved(album: Album) -> None:
    shutil.rmtree(album.root)

    with pytest.raises(NotSaved):
        album.save(PLACE, FILES)


def test_a_page_that_cannot_be_added_leaves_the_folder_as_it_was(album: Album) -> None:
    album.save(PLACE, FILES)

    with pytest.raises(NotSaved):
        album.add(PLACE, "x" * 252, b"a name that is too long with its ending")
    with pytest.raises(NotSaved):
        album.add(f"{DAY}/nobody", "page.html", b"a page")

    assert files_in(album.root) == {f"{PLACE}/card.jpg", f"{PLACE}/pledge.json"}


def test_a_disk_that_fills_up_in_the_middle_is_told_as_full(album: Album) -> None:
    with pytest.raises(AlbumFull) as caught:
        album.save(PLACE, TooMuch())

    assert str(caught.value) == "There is no room for another photo."
    assert files_in(album.root) == set()


def test_a_discarded_folder_is_as_if_it_had_never_been(album: Album) -> None:
    album.save(PLACE, FILES)

    album.discard(PLACE)
    album.discard(PLACE)

    assert files_in(album.root) == set()
    assert list(album.places()) == []


def test_erasing_leaves_nothing_but_the_marker(album: Album) -> None:
    album.save(PLACE, {**FILES, "original.jpg": b"a face"})
    album.mark_gone(PLACE, ["p/abc", "card/abc.jpg"])

    album.erase(PLACE)
    album.erase(PLACE)

    assert files_in(album.root) == {f"{PLACE}/{GONE}"}
    assert album.gone_keys(PLACE) == ["p/abc", "card/abc.jpg"]
    for file in album.root.rglob("*"):
        assert file.is_dir() or b"a face" not in file.read_bytes()


def test_a_marker_is_written_even_where_the_folder_is_lost(album: Album) -> None:
    album.mark_gone(PLACE, ["p/abc"])

    assert album.gone_keys(PLACE) == ["p/abc"]


def test_what_carries_no_marker_is_not_gone(album: Album) -> None:
    album.save(PLACE, FILES)

    assert album.gone_keys(PLACE) is None


def test_the_disk_is_told_of_what_was_dropped_and_not_asked_for_nothing(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    album.save(PLACE, {**FILES, "card.jpg": b"a card"})
    told: list[Path] = []
    monkeypatch.setattr("kiosk.album.sync_folder", told.append)

    album.drop(PLACE, "nothing.jpg")
    assert told == []

    album.drop(PLACE, "nothing.jpg", "card.jpg")
    assert told == [album.root / PLACE]


def test_files_that_are_not_there_are_dropped_without_a_word(album: Album) -> None:
    album.save(PLACE, FILES)

    album.drop(PLACE, "original.jpg", "card.jpg")
    album.drop(f"{DAY}/nobody", "original.jpg")

    assert files_in(album.root) == {f"{PLACE}/pledge.json"}


def test_places_come_in_the_order_of_days_and_ids(album: Album) -> None:
    places = ["2026-05-27/01", "2026-05-26/02", "2026-05-26/01"]
    for place in places:
        album.save(place, FILES)
    (album.root / ".stray").write_bytes(b"from a file browser")
    (album.root / DAY / ".stray").write_bytes(b"from a file browser")

    assert list(album.places()) == sorted(places)


def test_the_room_is_that_of_the_disk(album: Album) -> None:
    assert 0 < album.room <= shutil.disk_usage(album.root).total

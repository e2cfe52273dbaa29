"""A bucket that is a folder, and the keys any bucket takes."""

import threading
from pathlib import Path

import pytest

from sync.bucket import FolderBucket, Refused, Unreachable, Unreadable, open_bucket
from sync.s3 import S3Bucket
from sync.settings import Settings
from tests.sync.world import cloud_at

ESCAPES = [
    "",
    "/etc/passwd",
    "../out",
    "p/../../out",
    "p/..",
    "./p",
    "p//a",
    "p/",
    ".hidden",
    "p/.page.part",
    "p\\..\\..\\out",
    "C:/out",
    "p/a\0b",
    "p/a\nb",
    "p/Lời",
    "p/" + "a" * 300,
]


@pytest.fixture
def bucket(tmp_path: Path) -> FolderBucket:
    """Give a folder bucket that does not exist yet."""
    return FolderBucket(tmp_path / "cloud" / "bucket")


def put(bucket: FolderBucket, key: str, file: Path) -> None:
    """Put a page."""
    bucket.put(key, file, "text/html; charset=utf-8", "no-store")


def files(folder: Path) -> set[str]:
    """Return every file below the folder."""
    found = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix() for each in found}


def test_a_file_is_put_byte_for_byte(
    bucket: FolderBucket, album: Path, tmp_path: Path
) -> None:
    put(bucket, "p/abc", album / "page.html")

    kept = tmp_path / "cloud/bucket/p/abc"
    assert kept.read_bytes() == (album / "page.html").read_bytes()
    assert files(tmp_path / "cloud") == {"bucket/p/abc"}


def test_putting_again_replaces(bucket: FolderBucket, album: Path) -> None:
    put(bucket, "p/abc", album / "page.html")

    put(bucket, "p/abc", album / "card.jpg")

    kept = album.parent / "cloud/bucket/p/abc"
    assert kept.read_bytes() == (album / "card.jpg").read_bytes()


def test_removing_removes_and_what_is_not_there_is_fine(
    bucket: FolderBucket, album: Path, tmp_path: Path
) -> None:
    put(bucket, "p/abc", album / "page.html")

    for _ in range(2):
        bucket.remove("p/abc")
    bucket.remove("card/never.jpg")

    assert files(tmp_path / "cloud") == set()


@pytest.mark.parametrize("key", ESCAPES)
def test_nothing_is_written_or_removed_outside_the_folder(
    bucket: FolderBucket, album: Path, tmp_path: Path, key: str
) -> None:
    (tmp_path / "out").write_text("ours")
    before = files(tmp_path)

    with pytest.raises(Refused):
        put(bucket, key, album / "page.html")
    with pytest.raises(Refused):
        bucket.remove(key)

    assert files(tmp_path) == before


def test_a_link_does_not_lead_out_of_the_folder(
    bucket: FolderBucket, album: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cloud/bucket").mkdir(parents=True)
    (tmp_path / "cloud/bucket/p").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(Refused):
        put(bucket, "p/abc", album / "page.html")

    assert files(tmp_path / "elsewhere") == set()


def test_a_file_that_vanished_is_told_apart_from_a_bucket_that_is_down(
    bucket: FolderBucket, album: Path, tmp_path: Path
) -> None:
    with pytest.raises(Unreadable):
        put(bucket, "p/abc", album / "gone.html")

    assert files(tmp_path / "cloud") == set()


def test_a_folder_that_cannot_be_written_is_unreachable(
    album: Path, tmp_path: Path
) -> None:
    (tmp_path / "cloud").write_text("a file where the folder should be")
    bucket = FolderBucket(tmp_path / "cloud" / "bucket")

    with pytest.raises(Unreachable):
        put(bucket, "p/abc", album / "page.html")


def test_a_reader_never_sees_half_a_file(
    bucket: FolderBucket, album: Path, tmp_path: Path
) -> None:
    whole = [bytes([each]) * 200_000 for each in range(2)]
    sources = [album / "0", album / "1"]
    for source, content in zip(sources, whole, strict=True):
        source.write_bytes(content)
    put(bucket, "p/abc", sources[0])
    seen: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add((tmp_path / "cloud/bucket/p/abc").read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for each in range(50):
        put(bucket, "p/abc", sources[each % 2])
    done.set()
    reader.join()

    assert seen
    assert seen <= set(whole)


def test_what_a_power_cut_left_is_written_over(
    bucket: FolderBucket, album: Path, tmp_path: Path
) -> None:
    (tmp_path / "cloud/bucket/p").mkdir(parents=True)
    (tmp_path / "cloud/bucket/p/.abc.part").write_bytes(b"half")

    put(bucket, "p/abc", album / "page.html")

    assert files(tmp_path / "cloud/bucket") == {"p/abc"}


def test_the_settings_choose_the_bucket(tmp_path: Path) -> None:
    assert isinstance(open_bucket(Settings(), tmp_path), FolderBucket)
    assert isinstance(open_bucket(cloud_at(1), tmp_path), S3Bucket)

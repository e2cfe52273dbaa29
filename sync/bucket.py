"""A bucket: where files are put under keys, and removed from."""

import os
import re
from pathlib import Path
from typing import Protocol

from sync.settings import Settings

KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
LONGEST_KEY = 200  # characters


class BucketError(Exception):
    """Something could not be put or removed; its text is a sentence for a person."""


class Unreachable(BucketError):
    """The whole bucket is down."""


class Refused(BucketError):
    """The bucket said no: to this key, or to our rights."""


class Unreadable(BucketError):
    """The file to put cannot be read here; the bucket has no part in it."""


class Bucket(Protocol):
    """A place in the cloud, or one that stands in for it."""

    def put(self, key: str, file: Path, content_type: str, cache_control: str) -> None:
        """Put the file under the key, whole or not at all; raise BucketError."""

    def remove(self, key: str) -> None:
        """Remove the key, which need not be there; raise BucketError."""


def open_bucket(settings: Settings, folder: Path) -> Bucket:
    """Open the bucket of the settings; `folder` is where a folder bucket lies.

    Raises:
        Refused: the settings make no sense to the cloud's library.
    """
    if settings.kind == "s3":
        # Only a booth that has a cloud pays for its library.
        from sync.s3 import S3Bucket

        return S3Bucket(settings)
    return FolderBucket(folder)


def checked(key: str) -> str:
    """Return the key when it is a plain relative path; raise Refused."""
    if len(key) > LONGEST_KEY or not KEY.fullmatch(key):
        raise Refused("The name of a file is not one the cloud may keep.")
    return key


def content(file: Path) -> bytes:
    """Return the bytes of a file; raise Unreadable."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unreadable("A file of the album is missing or unreadable.") from error


class FolderBucket:
    """A bucket that is a folder on this computer."""

    def __init__(self, folder: Path) -> None:
        """Use the folder, which is made when the first file comes."""
        self._folder = folder

    def put(self, key: str, file: Path, content_type: str, cache_control: str) -> None:
        """Copy the file into the folder, whole or not at all and for good.

        A folder has no place for a content type or a cache control.

        Raises:
            Unreadable: the file to put cannot be read.
            Refused: the key would lie outside the folder.
            Unreachable: the folder cannot be written.
        """
        data = content(file)
        try:
            _replace(self._place(key), data)
        except OSError as error:
            raise Unreachable("The folder for uploads cannot be written.") from error

    def remove(self, key: str) -> None:
        """Remove the file of the key; raise as `put` does."""
        try:
            _remove(self._place(key))
        except OSError as error:
            raise Unreachable("The folder for uploads cannot be written.") from error

    def _place(self, key: str) -> Path:
        place = self._folder / checked(key)
        # A link in the folder could still lead out of it.
        if not place.parent.resolve().is_relative_to(self._folder.resolve()):
            raise Refused("The name of a file leads out of the folder for uploads.")
        return place


def _replace(place: Path, data: bytes) -> None:
    if not place.parent.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        _sync(place.parent.parent)
    # No key begins with a dot, and what a power cut leaves is written over.
    part = place.with_name(f".{place.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(place)
    _sync(place.parent)


def _remove(place: Path) -> None:
    place.unlink(missing_ok=True)
    if place.parent.is_dir():
        _sync(place.parent)


def _sync(folder: Path) -> None:
    if os.name == "nt":  # cannot open folders, and keeps its own journal
        return

    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The album: photos as files, each pledge a folder that is whole or not there."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

import msgspec

from kiosk.disk import sync_folder

ALBUM = "album"  # the folder, in the data folder
TOO_LITTLE = 200_000_000  # bytes left at which no more photos are taken (R4)
PART = ".part"
PLEDGE = "pledge.json"  # all that a rebuild needs to know
GONE = "withdrawn"  # the marker that outlives the pictures
HIDDEN = "hidden"  # out of sight until a volunteer has answered, also after a rebuild
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class AlbumFull(Exception):
    """There is no room for another photo."""


class NotSaved(Exception):
    """The disk refused; nothing of this photo is kept."""


class Album:
    """The folders `<day>/<id>/` below one root."""

    def __init__(self, root: Path) -> None:
        """Use `root`, made if it is not there."""
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def save(self, place: str, files: Mapping[str, bytes]) -> None:
        """Write a new folder, durable and whole when this returns.

        `place` is `<day>/<id>`. Saving the same place again replaces it.

        Raises:
            AlbumFull: there is no room.
            NotSaved: the disk refused, and nothing was kept.
        """
        folder = self.root / place
        part = folder.with_name(folder.name + PART)
        try:
            self._check_room()
            self._save(part, folder, files)
        except OSError as error:
            shutil.rmtree(part, ignore_errors=True)
            self.discard(place)  # also whole, when its folder could not be synced
            raise _translated(error) from error

    def add(self, place: str, name: str, data: bytes) -> None:
        """Put one more file into a folder, or replace it, durably.

        Raises:
            AlbumFull: there is no room.
            NotSaved: the disk refused.
        """
        file = self.root / place / name
        part = file.with_name(f"{name}.{token_hex(4)}{PART}")  # others may add it too
        try:
            _write(part, data)
            part.replace(file)
            sync_folder(file.parent)
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            raise _translated(error) from error

    def replace(
        self, place: str, files: Mapping[str, bytes], *, without: Iterable[str]
    ) -> None:
        """Put files in the place of others, durably; those named last go first.

        Each is whole at any moment, but a power cut may leave some of them old.

        Raises:
            AlbumFull: there is no room.
            NotSaved: the disk refused.
        """
        folder = self.root / place
        parts = {name: folder / f"{name}.{token_hex(4)}{PART}" for name in files}
        try:
            for name, part in parts.items():
                _write(part, files[name])
            self.drop(place, *without)
            for name, part in parts.items():
                part.replace(folder / name)
            sync_folder(folder)
        except OSError as error:
            with suppress(OSError):
                self.drop(place, *(part.name for part in parts.values()))
            raise _translated(error) from error

    def path(self, place: str, name: str) -> Path:
        """Return where a file of a pledge lies, there or not."""
        return self.root / place / name

    def drop(self, place: str, *names: str) -> None:
        """Take files out of a folder; those not there take no time."""
        there = [each for name in names if (each := self.path(place, name)).exists()]
        for each in there:
            each.unlink(missing_ok=True)
        if there:
            sync_folder(self.root / place)

    def discard(self, place: str) -> None:
        """Take a whole folder away, as if it had never been."""
        folder = self.root / place
        part = folder.with_name(folder.name + PART)
        with suppress(OSError):
            folder.rename(part)  # a half-deleted folder must not look whole
            sync_folder(folder.parent)
        shutil.rmtree(part, ignore_errors=True)

    def mark_gone(self, place: str, keys: list[str]) -> None:
        """Write the marker that a rebuild honours, before anything is erased.

        `keys` are what the bucket must not hold.
        """
        (self.root / place).mkdir(parents=True, exist_ok=True)
        self.add(place, GONE, msgspec.json.encode(keys))

    def erase(self, place: str) -> None:
        """Erase every byte of a pledge but its marker."""
        for each in (self.root / place).iterdir():
            if each.is_dir():
                shutil.rmtree(each)
            elif each.name != GONE:
                each.unlink(missing_ok=True)
        sync_folder(self.root / place)

    def gone_keys(self, place: str) -> list[str] | None:
        """Return the keys a marker names, or None when the pledge is not gone.

        A marker that cannot be read still says that it is gone: no keys are known.
        """
        marker = self.path(place, GONE)
        if not marker.exists():
            return None
        try:
            return msgspec.json.decode(marker.read_bytes(), type=list[str])
        except (OSError, msgspec.MsgspecError):
            return []

    def sweep(self) -> int:
        """Take away what a power cut left half-written; say how many there were."""
        folders = list(self.root.glob(f"*/*{PART}"))
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        files = [*self.root.glob(f"*/*/*{PART}"), *self.root.glob(f"*{PART}")]
        for file in files:
            file.unlink(missing_ok=True)
        return len(folders) + len(files)

    def places(self) -> Iterator[str]:
        """Yield every folder's place, oldest day first."""
        for day in sorted(self.root.iterdir()):
            if day.is_dir():
                for folder in sorted(os.scandir(day), key=lambda each: each.name):
                    if folder.is_dir() and not folder.name.endswith(PART):
                        yield f"{day.name}/{folder.name}"

    @property
    def room(self) -> int:
        """Bytes left on the disk."""
        return shutil.disk_usage(self.root).free

    @property
    def size(self) -> int:
        """Bytes of the whole disk."""
        return shutil.disk_usage(self.root).total

    def _check_room(self) -> None:
        if self.room < TOO_LITTLE:
            raise OSError(errno.ENOSPC, "the disk is nearly full")

    def _save(self, part: Path, folder: Path, files: Mapping[str, bytes]) -> None:
        if not folder.parent.exists():
            folder.parent.mkdir()
            sync_folder(self.root)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        for name, data in files.items():
            _write(part / name, data)
        sync_folder(part)
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
        sync_folder(folder.parent)


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _translated(error: OSError) -> AlbumFull | NotSaved:
    if error.errno in FULL:
        return AlbumFull("There is no room for another photo.")
    return NotSaved("The photo could not be saved. Nothing of it was kept.")

"""What a disk has to be told, so that a power cut takes nothing."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Put on disk which files a folder has: a new file's own bytes are not enough."""
    if os.name != "posix":
        return  # Windows cannot open a folder, and needs no telling

    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

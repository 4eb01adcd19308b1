"""The folder of what is kept for the next start: which state of a file it is of, and whether others may write there."""

from __future__ import annotations

import os
import stat
import time
from hashlib import sha256
from pathlib import Path

CALM = 2.0
"""Seconds after its last change from which a file's times tell one state of it from the next."""

SCREEN = ".screen"
"""The ending of a first screen, which lies beside the prepared copy of its file and goes with it."""

FileState = tuple[str, int, int, int, int, int]


def file_state(file: Path) -> FileState | None:
    """What tells this state of a file from every other, its place first; None where nothing does.

    Nothing does just after a change, and where the clock went back since.
    """
    try:
        place = file.resolve(strict=True)
        found = place.stat()
    except OSError:
        return None
    changed = max(found.st_mtime, found.st_ctime)
    if not stat.S_ISREG(found.st_mode) or not time.time() - changed > CALM:
        return None
    return str(place), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev


def stem(place: str) -> str:
    """What everything is called that is kept of the file at this place, whatever its state: the latest takes it."""
    return sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def is_private(folder: Path) -> bool:
    """Whether nobody else can write here; OSError where there is no such folder."""
    found = folder.stat()
    return os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & 0o022)

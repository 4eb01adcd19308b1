"""Where a database may put what does not fit into memory: a folder of this process that nobody else may look into.

It goes with the process, and what a killed one left goes with the next: one question can leave 50 GB.
"""

from __future__ import annotations

import atexit
import os
import re
import secrets
import shutil
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from kaptui.common import endings

MOST = "20GB"
"""What one database puts there at most: without a limit a question that never ends fills the disk."""
_NAME = re.compile(r"kaptui-(\d+)-")
_ABANDONED = 24 * 3600.0
"""Seconds until the folder of an unknown process is taken for left behind: another machine may share the place."""


def spill_folder() -> str:
    """A new name for the folder of one database, made once it is needed; empty where nothing can be written."""
    try:
        own = _own()
        own.mkdir(mode=0o700, exist_ok=True)  # what cleans up the system's folder may have taken it
    except OSError:
        return ""
    return str(own / secrets.token_hex(8))


def prefix() -> str:
    """How temporary folders of this process begin: by it the next one finds what it left."""
    return f"kaptui-{os.getpid()}-"


@cache
def _own() -> Path:
    folder = Path(tempfile.mkdtemp(prefix=prefix()))

    def remove() -> None:
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    endings.before_leaving(remove)
    remove_abandoned(folder.parent)
    return folder


def remove_abandoned(place: Path) -> None:
    """Remove the folders of the user's that processes left there which are gone, a day after their last change."""
    if os.name == "nt":
        return
    with suppress(OSError):
        for each in os.scandir(place):
            named = _NAME.match(each.name)
            if named is None or endings.is_running(int(named[1])) or not each.is_dir(follow_symlinks=False):
                continue
            found = each.stat(follow_symlinks=False)
            if found.st_uid == os.getuid() and time.time() - found.st_mtime > _ABANDONED:
                shutil.rmtree(each.path, ignore_errors=True)

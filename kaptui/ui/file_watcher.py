"""The watcher of the file: it reads it in the background, at first, after a change on disk, or when asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from kaptui.errors import Exit, KaptuiError
from kaptui.text import clean
from kaptui.ui.error_boundary import unexpected_error

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio
    from kaptui.screen_specs.dashboard_state import DashboardState

PAUSE = 2.0
"""Seconds between two looks at the file."""

Fingerprint = tuple[int, int, int]


def fingerprint(path: Path | None) -> Fingerprint | None:
    """What changes when a file is written or replaced: time, size, inode. None: there is no file to look at."""
    if path is None:
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class FileWatcher:
    """Opens the file and tells of it: `Opened` or `OpenFailed`. Its methods run in threads, one at a time.

    `path` is the file to look at, None where nothing can change. After a failure every look tries again.
    """

    @dataclass
    class Opened(Message):
        """The file is read (again)."""

        portfolio: Portfolio

    @dataclass
    class OpenFailed(Message):
        """The file cannot be read."""

        error: KaptuiError

    def __init__(self, opener: Callable[[], Portfolio], path: Path | None, tell: Callable[[Message], None]) -> None:
        self._opener = opener
        self._path = path
        self._tell = tell
        self._read: Fingerprint | None = None
        self._failed = False
        self._turn = threading.Lock()
        self.left = False

    def read(self) -> None:
        """Open the file now, unless that is being done already."""
        if self._turn.acquire(blocking=False):
            try:
                self._open()
            finally:
                self._turn.release()

    def look(self) -> None:
        """Open the file if it is not the one that was read."""
        if self._turn.acquire(blocking=False):
            try:
                if self._failed or fingerprint(self._path) != self._read:
                    self._open()
            finally:
                self._turn.release()

    def _open(self) -> None:
        self._read = fingerprint(self._path)  # before reading: what is written meanwhile is seen by the next look
        self._failed = True
        try:
            portfolio = self._opener()
        except KaptuiError as error:
            self._tell(self.OpenFailed(error))
        except Exception as error:  # noqa: BLE001 - the worker boundary: named on screen, never a traceback
            self._tell(self.OpenFailed(unexpected_error(error)))
        else:
            self._failed = False
            if self.left:
                portfolio.close()
            else:
                self._tell(self.Opened(portfolio))


def file_problem(error: KaptuiError) -> str:
    """Why the file cannot be read, in two words."""
    if error.exit_code == Exit.BUSY:
        return "file busy"
    return "file missing" if error.message.endswith(": no such file") else "file broken"


def new_remarks(former: DashboardState | None, now: DashboardState) -> str:
    """What the file or its figures lack that has not been said yet; empty where nothing is new."""
    new = tuple(remark for remark in now.lacks if former is None or remark not in former.lacks)
    return remark_lines(new) if new else ""


def remark_lines(remarks: tuple[str, ...], most: int = 3) -> str:
    """What the file lacks, for a short notice."""
    more = [f"... and {len(remarks) - most} more, see ?"] if len(remarks) > most else []
    return "\n".join([*(clean(remark) for remark in remarks[:most]), *more])

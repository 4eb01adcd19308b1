"""The first screen as it was drawn last, kept for the next start: drawn in its first frame, till the answers are there.

It is a picture, line by line, of one terminal size. It is only shown where everything that it was made of is as it
was: the file, kaptui, its queries, the day, the filters, the reader's config, and the terminal. Where in doubt there is
none, and the dashboard starts as if it had never been kept. Imported before Textual is.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from kaptui import __version__
from kaptui.common.atomic_write import write_files
from kaptui.common.cache_folder import SCREEN, file_state, is_private, stem
from kaptui.config import FILE, config_dir, state_dir
from kaptui.filters import Filters
from kaptui.resources import queries_dir
from kaptui.text import clean

_TERMINAL = ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME")
_MOST = 4_000_000
"""Bytes of what is read at most: a screen has some ten thousand."""

Line = tuple[tuple[str, str], ...]
"""One line of a screen: pieces of text, each with its style as Rich writes it ("bold #f0f0f0 on #101010")."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen as it was drawn, `width` cells wide."""

    width: int
    lines: tuple[Line, ...]


def encoded(picture: Picture) -> str:
    """The picture as JSON; each style is written once."""
    styles = sorted({style for line in picture.lines for _, style in line})
    at = {style: number for number, style in enumerate(styles)}
    lines = [[part for text, style in line for part in (text, at[style])] for line in picture.lines]
    return json.dumps([picture.width, styles, lines], ensure_ascii=False, separators=(",", ":"))


def decoded(told: str) -> Picture:
    """The picture that `encoded` wrote; ValueError where it did not, or a text in it would act on a terminal."""
    try:
        width, styles, lines = json.loads(told)
        read = tuple(
            tuple((text, styles[at]) for text, at in zip(line[::2], line[1::2], strict=True)) for line in lines
        )
    except (TypeError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from error
    words = (word for line in read for piece in line for word in piece)
    if not isinstance(width, int) or not all(isinstance(word, str) and clean(word) == word for word in words):
        raise ValueError("not a picture")
    return Picture(width, read)


class FirstScreen:
    """The picture that is kept of one file's first screen, as this terminal shows it.

    `kept` is the one that was found, None where there is none that holds; `shown` is whether it is on screen.
    """

    def __init__(self, folder: Path, file: Path, filters: Filters) -> None:
        self._folder, self._file, self._filters = folder, file, filters
        self._mark = self._told()
        self.kept = self._found()
        self.shown = False
        self._first = True

    def to_show(self) -> Picture | None:
        """The picture for the screen that comes first; None for any other."""
        first, self._first = self._first, False
        self.shown = first and self.kept is not None
        return self.kept if first else None

    def keep(self, picture: Picture) -> bool:
        """Write what was drawn since, unless something has changed meanwhile; whether it is there now."""
        place = self._place
        if place is None or self._told() != self._mark:
            return False
        if picture == self.kept:
            return True
        told = encoded(picture)
        with suppress(OSError, ValueError):  # a cell that cannot be written: no picture
            if is_private(self._folder) and decoded(told) == picture:
                head = json.dumps([self._mark, zlib.crc32(told.encode())])
                write_files({place: f"{head}\n{told}".encode()}, private=True)
                return True
        return False

    def drop(self) -> None:
        """Throw it away."""
        if self._place is not None:
            with suppress(OSError):
                self._place.unlink(missing_ok=True)

    @property
    def _place(self) -> Path | None:
        return self._folder / f"{stem(json.loads(self._mark)[0])}{SCREEN}" if self._mark else None

    def _told(self) -> str | None:
        """Everything that the first screen is made of; None where the file may be changing."""
        state = file_state(self._file)
        if state is None:
            return None
        size = shutil.get_terminal_size()
        looks = [os.environ.get(name) for name in _TERMINAL]
        config = [_times(config_dir() / FILE), _times(state_dir() / "state.json")]
        told = [__version__, _queries(), str(date.today()), repr(self._filters), *size, *looks, *config]
        return json.dumps([*state, str(self._file), *told])

    def _found(self) -> Picture | None:
        place = self._place
        try:
            if place is None or not is_private(self._folder) or place.stat().st_size > _MOST:
                return None
            head, _, told = place.read_bytes().decode().partition("\n")
            mark, check = json.loads(head)
            if check != zlib.crc32(told.encode()):
                raise ValueError
            return decoded(told) if mark == self._mark else None
        except OSError:
            return None
        except (ValueError, TypeError):
            self.drop()
            return None


def _times(path: Path) -> list[int]:
    """What changes when a small file of the reader's does; empty where there is none."""
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_mtime_ns, found.st_size]


def _queries() -> str:
    """A digest of all SQL."""
    return sha256(b"".join(path.read_bytes() for path in sorted(queries_dir().rglob("*.sql")))).hexdigest()

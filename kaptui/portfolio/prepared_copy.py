"""What opening a file reads and builds, kept as one DuckDB file in a folder of the user's, for the next time.

A copy is used only where everything that went into it is as it was: the file, kaptui, its queries and DuckDB for the
facts, also the day and the reader's choices for the model's tables. Where in doubt there is none, and a file is opened
as if there were no copies: they never make an error, and never keep a writer of the file waiting.
"""

from __future__ import annotations

import json
import os
import secrets
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from os.path import samestat
from pathlib import Path
from typing import BinaryIO

import duckdb

from kaptui import __version__
from kaptui.common.arrow import ArrowStream
from kaptui.common.cache_folder import SCREEN, file_state, is_private, stem
from kaptui.common.sql import identifier, literal
from kaptui.portfolio.database import Streamed, in_memory
from kaptui.resources import queries_dir

FACTS, MODEL = "main", "model"
"""The schemas of a copy."""
_COPY = "prepared"
MODEL_PATH = f"{_COPY}.{MODEL}"
"""Where the tables of the model are found once a copy is attached."""
_MADE_WHERE_MISSING = "source_file"
"""The one fact table that the model makes where a file has none: it must be a table."""
_BYTES, _FILES = 2 * 1024**3, 24
"""The most that all copies together may take, and how many there may be."""
_ABANDONED = 3600.0
"""Seconds after which what was half written is taken for left behind."""
_BLOCK = 1 << 20
_SMALL_BLOCK = 16384
"""Bytes of a block of a copy: most tables of a model are short, and each takes a block for every column."""


@dataclass(frozen=True, slots=True)
class PreparedCopy:
    """One copy: where it lies, what a reader was told of the file, the choices and tables of the model it holds.

    `check` is what `_check` says of it where it is whole.
    """

    path: Path
    check: tuple[int, int]
    remarks: tuple[str, ...]
    choices: str
    tables: frozenset[str]

    def attached(self) -> duckdb.DuckDBPyConnection | None:
        """An in-memory database that shows the copy's facts as its own; None where there is none that is whole.

        Another kaptui may put a copy of other choices in its place at any moment: what was checked stays open till it
        is sure that it is what was attached.
        """
        connection = in_memory()
        try:
            with self.path.open("rb") as checked:
                if _check(checked) != self.check:
                    raise OSError
                self._attach(connection)
                if not samestat(os.fstat(checked.fileno()), self.path.stat()):
                    raise OSError
        except (OSError, duckdb.Error):
            connection.close()
            _drop(self.path)
            return None
        return connection

    def is_whole(self) -> bool:
        """Whether the file still is what was checked."""
        try:
            with self.path.open("rb") as file:
                return _check(file) == self.check
        except OSError:
            return False

    def _attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(f"attach {literal(str(self.path))} as {_COPY} (read_only)")
        for name in _tables(connection, _COPY, FACTS):
            shown = f"{FACTS}.{identifier(name)}"
            kind = "table" if name == _MADE_WHERE_MISSING else "view"
            connection.execute(f"create {kind} {shown} as from {_COPY}.{shown}")


class PreparedCopies:
    """The copies in one folder. Any number of kaptui may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def mark(self, file: Path) -> str | None:
        """What tells this state of a file from every other; None where nothing does, as just after a change."""
        state = file_state(file)
        return json.dumps([*state, __version__, duckdb.__version__, _queries()]) if state else None

    def find(self, mark: str) -> PreparedCopy | None:
        """The copy of a file in the state of `mark`, as its note tells of it; None where there is none."""
        path = self._place(mark)
        try:
            if not is_private(self._folder):
                return None
            told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            if told["mark"] != mark:
                raise ValueError
            size, sum_ = told["check"]
            copy = PreparedCopy(path, (size, sum_), tuple(told["remarks"]), told["choices"], frozenset(told["tables"]))
            os.utime(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            _drop(path)
            return None
        return copy

    def keep(
        self,
        mark: str,
        remarks: Iterable[str],
        choices: str,
        tables: Mapping[str, str],
        cursor: duckdb.DuckDBPyConnection,
    ) -> bool:
        """Write a copy; whether there is one now. `tables` are those of the model, name -> schema in the database."""
        path = self._place(mark)
        half = path.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}.half")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not is_private(self._folder):
                return False
            with in_memory() as target:
                target.execute(f"attach {literal(str(half))} as {_COPY} (block_size {_SMALL_BLOCK})")
                half.chmod(0o600)
                target.execute(f"use {_COPY}; begin")  # each table by itself would wait for the disk
                here = dict.fromkeys(_tables(cursor, "memory", FACTS), f"memory.{FACTS}")
                _write(cursor, target, dict.fromkeys(_tables(cursor, _COPY, FACTS), f"{_COPY}.{FACTS}") | here, FACTS)
                _write(cursor, target, {name: f"memory.{schema}" for name, schema in tables.items()}, MODEL)
                target.execute("commit")
            if half.stat().st_size > _BYTES:
                return False
            with half.open("rb") as written:
                told = {"mark": mark, "check": _check(written), "remarks": list(remarks), "choices": choices}
            note = half.with_suffix(".note")
            note.touch(mode=0o600)
            note.write_text(json.dumps({**told, "tables": sorted(tables)}), encoding="utf-8")
            path.with_suffix(".json").unlink(missing_ok=True)
            half.replace(path)
            note.replace(path.with_suffix(".json"))  # last: a copy without it is none
            self._clear(path)
        except (OSError, duckdb.Error):
            return False
        finally:
            for left in (half, Path(f"{half}.wal"), half.with_suffix(".note")):
                with suppress(OSError):
                    left.unlink(missing_ok=True)
        return True

    def _place(self, mark: str) -> Path:
        return self._folder / f"{stem(json.loads(mark)[0])}.duckdb"

    def _clear(self, latest: Path) -> None:
        """Make room: what was left half-written goes, then the copies that were not used for longest."""
        kept, taken = 0, 0
        for path, found in sorted(_found(self._folder), key=lambda each: each[1].st_mtime, reverse=True):
            if path.suffix in (".half", ".wal", ".note") and time.time() - found.st_mtime > _ABANDONED:
                path.unlink(missing_ok=True)
            if path.suffix == ".duckdb":
                kept, taken = kept + 1, taken + found.st_size
                if path != latest and (kept > _FILES or taken > _BYTES):
                    _drop(path)


def _drop(path: Path) -> None:
    """Throw a copy away, with what else is kept of its file."""
    for each in (path.with_suffix(".json"), path, path.with_suffix(SCREEN)):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _found(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder.iterdir():
        with suppress(OSError):
            yield path, path.stat()


def _tables(connection: duckdb.DuckDBPyConnection, database: str, schema: str) -> list[str]:
    sql = "select table_name from duckdb_tables() where database_name = ? and schema_name = ? order by all"
    return [name for (name,) in connection.execute(sql, [database, schema]).fetchall()]


def _write(
    cursor: duckdb.DuckDBPyConnection, target: duckdb.DuckDBPyConnection, tables: Mapping[str, str], schema: str
) -> None:
    """Copy tables, name -> where it lies, into one schema of another database, each in one stream."""
    target.execute(f"create schema if not exists {schema}")
    for name, origin in tables.items():
        source, made = f"{origin}.{identifier(name)}", f"{schema}.{identifier(name)}"
        columns = cursor.execute(f"describe {source}").fetchall()
        target.execute(f"create table {made} ({', '.join(f'{identifier(each)} {kind}' for each, kind, *_ in columns)})")
        target.register("streamed", ArrowStream(Streamed(cursor, f"from {source}")))
        target.execute(f"insert into {made} from streamed")
        target.unregister("streamed")


def _check(file: BinaryIO) -> tuple[int, int]:
    """Size and checksum of a file: a copy that was cut short or changed is not read."""
    size, sum_ = 0, 0
    while block := file.read(_BLOCK):
        size, sum_ = size + len(block), zlib.crc32(block, sum_)
    return size, sum_


@cache
def _queries() -> str:
    """A digest of the SQL that reads facts and builds the model."""
    folder = queries_dir()
    texts = [*sorted(folder.glob("*.sql")), *sorted((folder / "model").glob("*.sql"))]
    return sha256(b"".join(path.read_bytes() for path in texts)).hexdigest()

"""The new file: written beside the target, then put in its place. A kill at any moment leaves the old file whole."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator, Set
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from kaptui import __version__, schema_text
from kaptui.common import atomic_write
from kaptui.common.database_header import checkpoints
from kaptui.common.endings import is_running
from kaptui.common.sql import identifier
from kaptui.errors import Exit, KaptuiError
from kaptui.facts.attaching import attach
from kaptui.facts.schema import Schema, file_schema
from kaptui.facts.shape import misfits, shape
from kaptui.facts.statements import run_parsed
from kaptui.loading.findings import Finding
from kaptui.loading.staging import Stage
from kaptui.resources import query_text

HISTORY_KEPT = 100_000
"""Changes that a file remembers (the limit in load/history.sql)."""
STORAGE = "v1.5.0"
"""The previous generation of DuckDB tools opens files of this version."""
_SHIPPED = {"success_factor": "default factors", "activity_kind": "default kinds"}


@contextmanager
def work_folder(target: Path) -> Iterator[Path]:
    """A folder beside the target, named for this process and gone afterwards; those of dead loads go first."""
    if target.is_dir():
        raise KaptuiError(f"{target} is a folder", "give the name of the file to write, for example kap.duckdb")
    if not target.parent.is_dir():
        raise KaptuiError(f"the folder {target.parent} does not exist", "create it, or write the file elsewhere")
    work = target.parent / f".{target.name}.loading-{os.getpid()}"
    try:
        try:
            _clear(target)
            work.mkdir()
            work.chmod(stat.S_IRWXU)  # what is on its way is for its owner only, as the new file is
        except PermissionError:
            raise KaptuiError(f"{target.parent} may not be written", "write the file elsewhere") from None
        yield work
    finally:  # Ctrl+C may come while the folder is made
        shutil.rmtree(work, ignore_errors=True)


def _clear(target: Path) -> None:
    """Remove what loads of this target left behind that are no longer running."""
    name = re.compile(re.escape(f".{target.name}.loading-") + r"(\d+)")
    for left in target.parent.iterdir():
        match = name.fullmatch(left.name)
        if match and (int(match[1]) == os.getpid() or not is_running(int(match[1]))):
            shutil.rmtree(left, ignore_errors=True)


def write(stage: Stage, schema: Schema, database: str, ordered: Set[str] = frozenset()) -> None:
    """Write the staged facts into an attached, empty database, sorted by account; those `ordered` are so already.

    In one transaction: each by itself would wait for the disk.
    """
    connection = stage.connection
    connection.execute(f"begin; use {database}.main")
    run_parsed(connection, file_schema(schema_text.text()))
    run_parsed(connection, query_text("load", "tables"))
    files = []
    for table in schema.values():
        stage.step(f"writing {table.name}")
        if rows := stage.rows[table.name]:
            stage.expect(rows)
            name = identifier(table.name)
            order = f" order by {', '.join(map(identifier, table.order))}" if table.name not in ordered else ""
            connection.execute(f"insert into {name} from memory.facts.{name}{order}")
            files.append((table.name, origin(stage, table.name), rows))
    if files:
        connection.executemany(query_text("load", "source_file"), files)
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(query_text("load", "kaptui_meta"), [schema_text.SCHEMA_VERSION, __version__, now])
    connection.execute("commit")


def origin(stage: Stage, table: str) -> str:
    """The file, sheet or mapping that feeds a table with rows; kaptui's own where none does."""
    file = stage.files.get(table, f"{_SHIPPED.get(table, table)} of kaptui")
    return f"{file} at {stage.engines[table]}" if table in stage.engines else file


@contextmanager
def previous(stage: Stage, target: Path) -> Iterator[bool]:
    """Whether the file in place could be attached, as `previous`; one that cannot be read is a warning."""
    attached = False
    if target.exists() and target.stat().st_size:
        stage.step("comparing with the file in place")
        try:
            attach(stage.connection, target, "previous")
            attached = True
            for misfit in misfits(stage.connection, "previous", shape(stage.connection, "previous"), trusted=True):
                raise KaptuiError(str(misfit), misfit.fix)
        except KaptuiError as error:
            if error.exit_code is Exit.BUSY:
                raise
            warn_of_history(stage, target, error)
            attached = False
    try:
        yield attached
    finally:
        stage.connection.execute("use memory; detach database if exists previous")


def keep_history(stage: Stage, target: Path) -> bool:
    """Copy what the file in place said before into `history`; what cannot be read is a warning, and False."""
    connection = stage.connection
    connection.execute("use memory.facts")
    try:
        connection.execute(query_text("load", "history"))
        connection.view("kept_history").order("loaded_at, table_name, key, field").insert_into("target.main.history")
    except duckdb.Error as error:
        warn_of_history(stage, target, error)
        return False
    _admit_full(stage, target)
    return True


def warn_of_history(stage: Stage, target: Path, error: Exception, so: str = "its history is not kept") -> None:
    """Add the warning that the file in place, or a part of it, cannot be read; `so` is what follows."""
    problem = f"the file in place cannot be read, so {so}: {str(error).splitlines()[0]}"
    stage.findings.append(Finding("warning", "", target.name, None, "", "", problem, "", "history"))


def _admit_full(stage: Stage, target: Path) -> None:
    """Say it where the history has reached its bound: from then on the oldest changes are forgotten."""
    rows = stage.connection.execute(query_text("load", "history_rows")).fetchall()[0][0]
    if rows >= HISTORY_KEPT:
        problem = f"its history is full: of what loads changed, the newest {HISTORY_KEPT:,} fields are kept"
        fix = "corrections told by older loads are no longer shown"
        stage.findings.append(Finding("warning", "", target.name, None, "", "", problem, fix, "history"))


def seal(stage: Stage, database: str, new: Path) -> None:
    """Write into the file how often it will have been written to once it is let go: it opens without a second look."""
    stage.connection.execute(f"checkpoint {database}")
    if (written := checkpoints(new)) is not None:
        stage.connection.execute(f"update {database}.main.kaptui_meta set checkpoint = {written + 1}")


def put_in_place(new: Path, target: Path) -> None:
    """Put the finished file in the target's place, on disk before it counts."""
    # a log that another program left belongs to the old file and would spoil the new one
    target.with_name(target.name + ".wal").unlink(missing_ok=True)
    atomic_write.put_in_place(new, target)

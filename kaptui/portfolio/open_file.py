"""A kaptui file copied into memory, so that nobody's writer is ever blocked by a reader."""

from __future__ import annotations

import os
from collections.abc import Set
from pathlib import Path

import duckdb

from kaptui import schema_text
from kaptui.common.database_errors import is_damage, is_held
from kaptui.common.sql import identifier, literal
from kaptui.errors import Exit, KaptuiError
from kaptui.portfolio.database import in_memory
from kaptui.resources import query_text

_HISTORY = ("loaded_at timestamp", *(f"{name} varchar" for name in ("table_name", "key", "field", "before", "after")))
"""Columns of table `history`, what earlier loads said; empty where a file holds none."""

_KINDS = "activity_kind"
_LATER = frozenset({("stakeholder", "reports_to")})
"""What a file made by an earlier kaptui lacks without anything being unknown: not worth a remark."""


def sample(folder: Path) -> duckdb.DuckDBPyConnection:
    """The sample portfolio as in-memory tables, typed while read.

    Only for CSV files that a test has loaded and checked: nothing is recognised, nothing is checked again.
    """
    connection = in_memory()
    for table, columns in schema_text.columns().items():
        kinds = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in columns[:-1])
        origin = literal(str(folder / f"{table}.csv"))
        connection.execute(
            f"create table main.{identifier(table)} as select *, (row_number() over () + 1)::integer as source_row "
            f"from read_csv({origin}, header = true, auto_detect = false, delim = ',', quote = '\"', "
            f"columns = {{{kinds}}})"
        )
    _ship_kinds(connection)
    _without_history(connection)
    return connection


def _without_history(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"create table if not exists main.history ({', '.join(_HISTORY)})")


def read(path: Path) -> tuple[duckdb.DuckDBPyConnection, tuple[str, ...]]:
    """The facts of `path` as plain in-memory tables, and remarks on what was missing.

    Raises KaptuiError: no such file, a folder, not a kaptui file, newer or older than this program, or busy.
    """
    refuse(path)
    connection = in_memory()
    try:
        connection.execute(f"attach {literal(str(path))} as source (read_only)")
        remarks = _copy(connection, path)
        connection.execute("detach source")
    except duckdb.Error as error:
        connection.close()
        raise _explained(path, error) from error
    except KaptuiError:
        connection.close()
        raise
    return connection, remarks


def refuse(path: Path) -> None:
    """KaptuiError where there is no file to read; a pipe is none, for a database is read here and there."""
    if not path.exists():
        raise KaptuiError(f"{path}: no such file", "`kaptui load SOURCE -o FILE` makes one; `kaptui demo` needs none.")
    if path.is_dir():
        raise KaptuiError(f"{path}: is a folder", f"`kaptui load {path} -o portfolio.duckdb` makes a file of it.")
    if path.is_file() and not path.stat().st_size:
        raise KaptuiError(f"{path}: is empty", "Copy it again, or make it anew with `kaptui load SOURCE -o FILE`.")
    if not path.is_file():
        raise KaptuiError(f"{path}: is no file on a disk", "Write what it brings into a file, and open that.")


def _copy(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[str, ...]:
    present = {str(name) for (name,) in connection.execute(query_text("runtime", "file_tables")).fetchall()}
    _check_version(connection, path, present)
    remarks: list[str] = []
    for table, wanted in schema_text.columns().items():
        if table not in present and table != _KINDS:
            remarks.append(f"{path.name}: table '{table}' is missing")
        have = _columns(connection, table) if table in present else set()
        lacking = [name for name, _ in wanted if have and name not in have and (table, name) not in _LATER]
        remarks += [f"{path.name}: table '{table}' has no column '{name}'" for name in lacking]
        chosen = ", ".join(identifier(n) if n in have else f"null::{kind} as {identifier(n)}" for n, kind in wanted)
        origin = f" from source.{identifier(table)}" if have else " where false"
        connection.execute(f"create table main.{identifier(table)} as select {chosen}{origin}")
    _ship_kinds(connection)
    if "source_file" in present:
        connection.execute("create table main.source_file as from source.source_file")
    remarks += _copy_history(connection, path, present)
    return tuple(remarks)


def _ship_kinds(connection: duckdb.DuckDBPyConnection) -> None:
    """The shipped kinds of activity that the file does not hold: one made before kinds were data holds none."""
    connection.execute(query_text("load", "default_activity_kinds"))
    connection.execute(query_text("runtime", "ship_kinds"))


def _copy_history(connection: duckdb.DuckDBPyConnection, path: Path, present: Set[str]) -> list[str]:
    """What earlier loads said; a remark where the file does not tell."""
    names = [column.split()[0] for column in _HISTORY]
    whole = "history" in present and set(names) <= _columns(connection, "history")
    if whole:
        connection.execute(f"create table main.history as select {', '.join(names)} from source.history")
    else:
        _without_history(connection)
    return [] if whole else [f"{path.name}: no history of loads: corrections, joiners and leavers are not known"]


def _check_version(connection: duckdb.DuckDBPyConnection, path: Path, present: Set[str]) -> None:
    if not {"kaptui_meta", "account"} <= present:
        raise KaptuiError(
            f"{path}: a DuckDB file, but not one that kaptui made", "`kaptui load SOURCE -o FILE` makes one from CSV."
        )
    row = connection.execute("from source.kaptui_meta").fetchone()
    version = int(row[0]) if row else 0
    if version > schema_text.SCHEMA_VERSION:
        raise KaptuiError(
            f"{path}: written by a newer kaptui (schema {version}, this one reads {schema_text.SCHEMA_VERSION})",
            "Update kaptui, or load the source again with this one.",
        )
    if version < schema_text.SCHEMA_VERSION:
        raise KaptuiError(
            f"{path}: written by an older kaptui (schema {version}, this one reads {schema_text.SCHEMA_VERSION})",
            "Load the source again: `kaptui load SOURCE -o FILE`.",
        )


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {
        str(column[0]) for column in connection.execute(f"from source.{identifier(table)} limit 0").description or ()
    }


def _explained(path: Path, error: duckdb.Error) -> KaptuiError:
    if is_held(error, path):
        return KaptuiError(f"{path}: is being written by another program", "Try again in a moment.", Exit.BUSY)
    if isinstance(error, duckdb.IOException):
        if not os.access(path, os.R_OK):
            return KaptuiError(f"{path}: may not be read", "Ask for the right to read this file.")
        return KaptuiError(
            f"{path}: not a DuckDB file, or one that was only half copied",
            "Copy it again, or make it anew with `kaptui load SOURCE -o FILE`.",
        )
    told = str(error).splitlines()[0]
    if is_damage(error):
        hint = "Restore it from a copy, or make it anew with `kaptui load SOURCE -o FILE`."
        return KaptuiError(f"{path}: is damaged: {told}", hint)
    return KaptuiError(f"{path}: cannot be read: {told}", f"`kaptui check {path}` says more.")

"""A kaptui file copied into memory, so that nobody's writer is ever blocked by a reader."""

from __future__ import annotations

from pathlib import Path

import duckdb

from kaptui import schema_text
from kaptui.common.database_header import checkpoints
from kaptui.common.sql import identifier, literal
from kaptui.errors import KaptuiError
from kaptui.facts.attaching import attach, explained
from kaptui.facts.shape import OTHERS, Shape, misfits, read_as, shape, types
from kaptui.portfolio.database import in_memory
from kaptui.resources import query_text

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
    """An empty table of what earlier loads said, where a file holds none."""
    columns = ", ".join(f"{name} {kind}" for name, kind in OTHERS["history"].items())
    connection.execute(f"create table if not exists main.history ({columns})")


def read(path: Path) -> tuple[duckdb.DuckDBPyConnection, tuple[str, ...]]:
    """The facts of `path` as plain in-memory tables, and remarks on what was missing.

    Raises KaptuiError: no such file, a folder, not a kaptui file, newer or older than this program, or busy; tables
    that do not fit schema.sql; rows that break its rules, unless the file is as a load left it.
    """
    refuse(path)
    connection = in_memory()
    try:
        attach(connection, path, "source")
        remarks = _copy(connection, path)
        connection.execute("detach source")
    except duckdb.Error as error:
        connection.close()
        raise explained(path, error) from error
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
    found = shape(connection, "source")
    trusted = _check_version(connection, path, found)
    for misfit in misfits(connection, "source", found, trusted=trusted):
        raise KaptuiError(f"{path}: {misfit}", f"{misfit.fix[:1].upper()}{misfit.fix[1:]}; `kaptui check` tells all.")
    defaults = {} if trusted else _defaults()
    remarks: list[str] = []
    for table, wanted in types().items():
        if table in OTHERS:
            continue
        if table not in found.tables and table != _KINDS:
            remarks.append(f"{path.name}: table '{table}' is missing")
        have = found.tables.get(table, {})
        lacking = [name for name in wanted if have and name not in have and (table, name) not in _LATER]
        remarks += [f"{path.name}: table '{table}' has no column '{name}'" for name in lacking]
        cells = {
            name: read_as(name, have[name], kind) if name in have else f"null::{kind}" for name, kind in wanted.items()
        }
        filled = {name: f"coalesce({cells[name]}, {default})" for name, default in defaults.get(table, {}).items()}
        chosen = ", ".join(f"{cell} as {identifier(name)}" for name, cell in (cells | filled).items())
        origin = f" from source.main.{identifier(table)}" if have else " where false"
        connection.execute(f"create table main.{identifier(table)} as select {chosen}{origin}")
    _ship_kinds(connection)
    _copy_others(connection, found)
    if not OTHERS["history"].keys() <= found.tables.get("history", {}).keys():
        remarks.append(f"{path.name}: no history of loads: corrections, joiners and leavers are not known")
    if not trusted:
        _refuse_broken(connection, path)
    return tuple(remarks)


def _copy_others(connection: duckdb.DuckDBPyConnection, found: Shape) -> None:
    """What the file says of its loads, where it holds it whole."""
    for table in ("source_file", "history"):
        have = found.tables.get(table, {})
        if OTHERS[table].keys() <= have.keys():
            cells = (f"{read_as(name, have[name], kind)} as {name}" for name, kind in OTHERS[table].items())
            connection.execute(f"create table main.{table} as select {', '.join(cells)} from source.main.{table}")
    _without_history(connection)


def _defaults() -> dict[str, dict[str, str]]:
    """Table -> column -> the value that an empty cell takes, as a check of the file has it."""
    from kaptui.facts.schema import shipped_schema

    return {
        table.name: {
            column.name: f"({column.default})::{column.type}" for column in table.columns.values() if column.fills
        }
        for table in shipped_schema().values()
    }


def _refuse_broken(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """KaptuiError where rows break a rule of schema.sql: no load would have written them."""
    from kaptui.facts.rules import broken
    from kaptui.facts.schema import shipped_schema

    for each in broken(connection, shipped_schema()):
        hint = f"`kaptui check {path}` lists them; correct the file, or load its source again."
        raise KaptuiError(f"{path}: {each}", hint)


def _ship_kinds(connection: duckdb.DuckDBPyConnection) -> None:
    """The shipped kinds of activity that the file does not hold: one made before kinds were data holds none."""
    connection.execute(query_text("load", "default_activity_kinds"))
    connection.execute(query_text("runtime", "ship_kinds"))


def _check_version(connection: duckdb.DuckDBPyConnection, path: Path, found: Shape) -> bool:
    """Whether the file is as a load left it: what is so needs no second look.

    KaptuiError where kaptui did not make it, or one of another schema did.
    """
    if not {"kaptui_meta", "account"} <= found.tables.keys() | found.views:
        raise KaptuiError(
            f"{path}: a DuckDB file, but not one that kaptui made", "`kaptui load SOURCE -o FILE` makes one from CSV."
        )
    if "kaptui_meta" in found.views | {table for table, _ in found.computed}:
        return False
    meta = found.tables["kaptui_meta"]
    cells = [f"try_cast({name}::varchar as bigint)" if name in meta else "null" for name in OTHERS["kaptui_meta"]]
    rows = connection.execute(f"select {', '.join(cells)} from source.main.kaptui_meta").fetchall()
    version, checkpoint = rows[0] if rows else (0, None)
    if version is None:
        raise KaptuiError(
            f"{path}: table kaptui_meta, column schema_version: holds no number, so what made the file is not known",
            "Load the source again: `kaptui load SOURCE -o FILE`.",
        )
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
    return len(rows) == 1 and checkpoint is not None and checkpoint == checkpoints(path)

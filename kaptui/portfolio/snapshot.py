"""A kaptui file copied into memory, so that nobody's writer is ever blocked by a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from kaptui.errors import Exit, KaptuiError
from kaptui.resources import queries_dir
from kaptui.schema_text import SCHEMA_VERSION

if TYPE_CHECKING:
    import polars as pl

_SETTINGS = {
    "autoinstall_known_extensions": "false",  # a look-up offline blocks for seconds
    "preserve_insertion_order": "false",  # every answer orders its own rows
}
_OF_MUCH_DATA = "join_order,statistics_propagation,join_filter_pushdown,projection_pullup,common_subplan"
"""Optimizers that cost a small database more time than they save."""
_FEW_ROWS = 100_000
"""Rows of the longest table up to which a query takes longer to plan, and to spread over threads, than to run."""


class _Stream:
    """What a query answers, as an Arrow stream: Polars reads that without pyarrow.

    A relation is planned twice, to learn its columns and to run: a quarter of an answer's time. What it runs by is
    not public; a DuckDB that has it no more gives the relation.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, sql: str) -> None:
        self._cursor, self._sql = cursor, sql

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        submit = getattr(self._cursor, "_submit", None)
        if submit is None:
            return self._cursor.sql(self._sql).__arrow_c_stream__(requested_schema)
        return submit(self._sql, None, "stream").arrow_capsule()


def frame_of(cursor: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """The rows that one query gives; duckdb.Error where it is wrong or stopped."""
    import polars as pl

    try:
        return pl.DataFrame(_Stream(cursor, sql))
    except pl.exceptions.DuplicateError as error:
        raise duckdb.InvalidInputException(str(error)) from error


@contextmanager
def whole(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What is done within stands as a whole; stopped half-way, Ctrl+C too, as if it had never begun."""
    cursor.execute("begin")
    try:
        yield
    except BaseException:
        cursor.execute("rollback")
        raise
    cursor.execute("commit")


@contextmanager
def new_schema(cursors: Sequence[duckdb.DuckDBPyConnection], schema: str, path: str) -> Iterator[None]:
    """What is made within stands in `schema`, found first on the search path of all cursors; half of it is dropped.

    Not one transaction: each cursor must see at once what the others make, and nobody else knows the schema yet.
    """
    cursors[0].execute(f"create schema {schema}")
    try:
        for each in cursors:
            each.execute(f"set search_path = '{schema},{path}'")
        yield
    except BaseException:
        cursors[0].execute(f"drop schema {schema} cascade")
        raise


@cache
def statement(name: str) -> str:
    """The text of one file of queries/engine."""
    return (queries_dir() / "engine" / f"{name}.sql").read_text(encoding="utf-8")


_HISTORY = ("loaded_at timestamp", *(f"{name} varchar" for name in ("table_name", "key", "field", "before", "after")))
"""Columns of table `history`, what earlier loads said; empty where a file holds none."""

_KINDS = "activity_kind"
_LATER = frozenset({("stakeholder", "reports_to")})
"""What a file made by an earlier kaptui lacks without anything being unknown: not worth a remark."""

_BUSY = ("lock", "being used by another process")


def in_memory() -> duckdb.DuckDBPyConnection:
    """An empty in-memory database with kaptui's settings."""
    connection = duckdb.connect(":memory:", config=dict(_SETTINGS))
    connection.execute("set enable_progress_bar = false")
    return connection


def suit(connection: duckdb.DuckDBPyConnection) -> bool:
    """Set the database for the amount of facts it holds, and say whether that is small.

    A small one answers a third quicker without much planning.
    """
    found = connection.execute(statement("size")).fetchone()
    small = found is not None and int(found[0]) <= _FEW_ROWS
    if small:
        connection.execute("set threads = 1")
        connection.execute(f"set disabled_optimizers = '{_OF_MUCH_DATA}'")
    return small


def schema_columns() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Table -> (column, type) as queries/schema.sql has them, with the `source_row` that every load adds.

    Read from the text: running it in a scratch database costs a tenth of the time to the first frame.
    """
    text = re.sub(r"--[^\n]*", "", (queries_dir() / "schema.sql").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[str, str]]] = {}
    for table, body in re.findall(r"create table (\w+) \((.*?)\);", text, re.DOTALL):
        parts = [re.match(r"\s*(\w+) (\w+(?: ?\(\d+, \d+\))?)", part) for part in _split(body)]
        columns = [(m[1], m[2]) for m in parts if m and m[1] not in ("primary", "check")]
        found[table] = [*columns, ("source_row", "integer")]
    return found


def _split(body: str) -> list[str]:
    """The parts between the commas that stand outside every parenthesis."""
    parts, depth = [""], 0
    for sign in body:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def sample(folder: Path) -> duckdb.DuckDBPyConnection:
    """The sample portfolio as in-memory tables, typed while read.

    Only for CSV files that a test has loaded and checked: nothing is recognised, nothing is checked again.
    """
    connection = in_memory()
    for table, columns in schema_columns().items():
        kinds = ", ".join(f"{_quoted(name, chr(39))}: {_quoted(kind, chr(39))}" for name, kind in columns[:-1])
        origin = _quoted(str(folder / f"{table}.csv"), chr(39))
        connection.execute(
            f"create table main.{_quoted(table)} as select *, (row_number() over () + 1)::integer as source_row "
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
    if not path.exists():
        raise KaptuiError(f"{path}: no such file", "`kaptui load SOURCE -o FILE` makes one; `kaptui demo` needs none.")
    if path.is_dir():
        raise KaptuiError(f"{path}: is a folder", f"`kaptui load {path} -o portfolio.duckdb` makes a file of it.")
    if path.is_file() and not path.stat().st_size:
        raise KaptuiError(f"{path}: is empty", "Copy it again, or make it anew with `kaptui load SOURCE -o FILE`.")
    connection = in_memory()
    try:
        connection.execute(f"attach {_quoted(str(path), chr(39))} as source (read_only)")
        remarks = _copy(connection, path)
        connection.execute("detach source")
    except duckdb.Error as error:
        connection.close()
        raise _explained(path, error) from error
    except KaptuiError:
        connection.close()
        raise
    return connection, remarks


def _copy(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[str, ...]:
    present = {str(name) for (name,) in connection.execute(statement("file_tables")).fetchall()}
    _check_version(connection, path, present)
    remarks: list[str] = []
    for table, wanted in schema_columns().items():
        if table not in present and table != _KINDS:
            remarks.append(f"{path.name}: table '{table}' is missing")
        have = _columns(connection, table) if table in present else set()
        lacking = [name for name, _ in wanted if have and name not in have and (table, name) not in _LATER]
        remarks += [f"{path.name}: table '{table}' has no column '{name}'" for name in lacking]
        chosen = ", ".join(_quoted(n) if n in have else f"null::{kind} as {_quoted(n)}" for n, kind in wanted)
        origin = f" from source.{_quoted(table)}" if have else " where false"
        connection.execute(f"create table main.{_quoted(table)} as select {chosen}{origin}")
    _ship_kinds(connection)
    if "source_file" in present:
        connection.execute("create table main.source_file as from source.source_file")
    remarks += _copy_history(connection, path, present)
    return tuple(remarks)


def _ship_kinds(connection: duckdb.DuckDBPyConnection) -> None:
    """The shipped kinds of activity that the file does not hold: one made before kinds were data holds none."""
    connection.execute((queries_dir() / "default_activity_kinds.sql").read_text(encoding="utf-8"))
    connection.execute(statement("ship_kinds"))


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
    if version > SCHEMA_VERSION:
        raise KaptuiError(
            f"{path}: written by a newer kaptui (schema {version}, this one reads {SCHEMA_VERSION})",
            "Update kaptui, or load the source again with this one.",
        )
    if version < SCHEMA_VERSION:
        raise KaptuiError(
            f"{path}: written by an older kaptui (schema {version}, this one reads {SCHEMA_VERSION})",
            "Load the source again: `kaptui load SOURCE -o FILE`.",
        )


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {str(column[0]) for column in connection.execute(f"from source.{_quoted(table)} limit 0").description or ()}


def _explained(path: Path, error: duckdb.Error) -> KaptuiError:
    text = str(error)
    if any(word in text.lower() for word in _BUSY):
        return KaptuiError(f"{path}: is being written by another program", "Try again in a moment.", Exit.BUSY)
    if isinstance(error, duckdb.IOException | duckdb.SerializationException | duckdb.InternalException):
        return KaptuiError(
            f"{path}: not a DuckDB file, or one that was only half copied",
            "Copy it again, or make it anew with `kaptui load SOURCE -o FILE`.",
        )
    return KaptuiError(f"{path}: cannot be read: {text.splitlines()[0]}", f"`kaptui check {path}` says more.")


def _quoted(name: str, mark: str = '"') -> str:
    return mark + name.replace(mark, mark * 2) + mark

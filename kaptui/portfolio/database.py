"""An in-memory database, the one way to a Polars frame, and what of DuckDB is not public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import duckdb

from kaptui.common.spill import MOST, spill_folder
from kaptui.errors import KaptuiError
from kaptui.resources import query_text

if TYPE_CHECKING:
    import polars as pl

_SETTINGS = {
    "async_threads": "1",  # they wait for files, which a database in memory does not; DuckDB begins eight for each
    "autoinstall_known_extensions": "false",  # a look-up offline blocks for seconds
    "max_temp_directory_size": MOST,
    "preserve_insertion_order": "false",  # every answer orders its own rows
}
_OF_LITTLE_DATA = frozenset(
    {
        *("expression_rewriter", "filter_pullup", "filter_pushdown", "cte_filter_pusher", "cte_inlining"),
        *("materialized_cte", "deliminator", "unnest_rewriter", "unused_columns", "column_lifetime"),
        *("common_subexpressions", "build_side_probe_side", "top_n", "extension"),
    }
)
"""The optimizers that a small database keeps: all others cost it more time than they save."""
_FEW_ROWS = 100_000
"""Rows of the longest table up to which a query takes longer to plan, and to spread over threads, than to run."""

_NOT_IN_POLARS = re.compile(r"\b(?:INTERVAL|UNION|UHUGEINT|BIGNUM|BIT|GEOMETRY|VARIANT|TIME WITH TIME ZONE)\b")
"""Types that Polars does not know: it panics at some, aloud, and takes others for something else."""
_READS = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.MULTI})
"""What a question may be; MULTI is a PIVOT."""
_FIRST_DAY, _AFTER_LAST_DAY = -719_162, 2_932_897
"""The days that Python's calendar has, counted from 1970."""
_UNITS = {"day": 1, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
"""Parts of a day."""


class Streamed:
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
        return pl.DataFrame(Streamed(cursor, sql))
    except pl.exceptions.DuplicateError as error:
        raise duckdb.InvalidInputException(str(error)) from error
    except pl.exceptions.PanicException as error:
        raise duckdb.InvalidInputException("a value that no table can show: cast it to text") from error
    except pl.exceptions.ComputeError as error:  # DuckDB's, as it hands its rows over
        _, found, words = str(error).partition("external error: ")
        if not found:
            raise
        if words.startswith("INTERRUPT"):
            raise duckdb.InterruptException(words) from error
        if "total string size" in words:
            words = "texts of more than 2 GB, which no table can show: make them shorter"
        raise duckdb.InvalidInputException(words) from error


def refuse_statement(cursor: duckdb.DuckDBPyConnection, sql: str) -> None:
    """InvalidInputException: not a SELECT, or a column of it has a type that Polars does not know."""
    try:
        statements = cursor.extract_statements(sql)
    except duckdb.Error:
        return  # the query itself says better what is wrong with it
    if len(statements) != 1:
        return
    if statements[0].type not in _READS:
        kind = statements[0].type.name.replace("_", " ")
        raise duckdb.InvalidInputException(f"this is a {kind} statement: a question is one SELECT, it only reads")
    try:
        columns = cursor.execute(f"describe {sql}").fetchall()
    except duckdb.Error:
        return
    for name, kind, *_ in columns:
        if _NOT_IN_POLARS.search(kind):
            raise duckdb.InvalidInputException(f"column {name!r} is of type {kind}: cast it to text or to a number")


def calendar_days(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame whose days Python's calendar has: a column with others, infinite ones say, becomes text.

    Polars panics where such a day becomes a value or a letter. InvalidInputException where one stands inside a list or
    a struct.
    """
    import polars as pl

    for name in frame.columns:
        column = frame.get_column(name)
        if any(_beyond(leaf).any() for leaf in _leaves(column)):
            if not isinstance(column.dtype, (pl.Date, pl.Datetime)):
                problem = f"column {name!r} holds a day before the year 1, after 9999, or an infinite one"
                raise duckdb.InvalidInputException(f"{problem}: leave it out, or cast it to text")
            beyond, earlier = _beyond(column), column.to_physical() < 0
            words = pl.Series(["after 9999"]).extend_constant("before the year 1", 1).gather(earlier.cast(pl.UInt32))
            known = column.set(beyond, None).dt.to_string("iso")
            frame = frame.with_columns(known.zip_with(~beyond, words).alias(name))
    return frame


def _leaves(column: pl.Series) -> Iterator[pl.Series]:
    """The column of days, or those within its lists and structs."""
    import polars as pl

    if isinstance(column.dtype, (pl.List, pl.Array)):
        yield from _leaves(column.explode())
    elif isinstance(column.dtype, pl.Struct):
        for field in column.struct.fields:
            yield from _leaves(column.struct.field(field))
    elif isinstance(column.dtype, (pl.Date, pl.Datetime)):
        yield column


def _beyond(days: pl.Series) -> pl.Series:
    """Where a day is none of Python's calendar."""
    unit = _UNITS[getattr(days.dtype, "time_unit", "day")]
    number = days.to_physical()
    return ((number < _FIRST_DAY * unit) | (number >= _AFTER_LAST_DAY * unit)).fill_null(value=False)


@contextmanager
def transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What is done within stands as a whole; stopped half-way, Ctrl+C too, as if it had never begun."""
    cursor.execute("begin")
    try:
        yield
        cursor.execute("commit")
    except BaseException:
        with suppress(duckdb.TransactionException):  # a commit that failed may have ended it already
            cursor.execute("rollback")
        raise


@contextmanager
def undone(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What is written within is seen by nobody else, and gone after."""
    cursor.execute("begin")
    try:
        yield
    finally:
        cursor.execute("rollback")


def in_memory() -> duckdb.DuckDBPyConnection:
    """An empty in-memory database with kaptui's settings."""
    connection = duckdb.connect(":memory:", config={**_SETTINGS, "temp_directory": spill_folder()})
    connection.execute("set enable_progress_bar = false")
    return connection


def suit(connection: duckdb.DuckDBPyConnection) -> bool:
    """Set the database for the amount of facts it holds, and say whether that is small.

    A small one answers a third quicker without much planning.
    """
    found = connection.execute(query_text("runtime", "size")).fetchone()
    small = found is not None and int(found[0]) <= _FEW_ROWS
    if small:
        connection.execute("set threads = 1")
        known = {name for (name,) in connection.execute("select name from duckdb_optimizers()").fetchall()}
        connection.execute(f"set disabled_optimizers = '{','.join(sorted(known - _OF_LITTLE_DATA))}'")
    return small


def failed(question: str, error: duckdb.Error) -> KaptuiError:
    """Why a question has no answer: it was stopped, or its SQL is wrong."""
    if isinstance(error, duckdb.InterruptException):
        return KaptuiError(f"{question}: stopped", "Ask again.")
    return KaptuiError(f"{question}: {str(error).splitlines()[0]}", f"Look into {question}.sql.")


def may_be_damage(error: Exception) -> bool:
    """Whether an error, or what it came of, may be that of a file that cannot be read; one of the SQL is not."""
    cause = error.__cause__ or error
    others = (duckdb.InterruptException, duckdb.ProgrammingError, duckdb.DataError)
    return isinstance(cause, duckdb.Error) and not isinstance(cause, others)

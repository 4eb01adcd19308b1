"""A transaction stands as a whole or not at all, and what is stopped is told as stopped."""

from __future__ import annotations

import threading
from contextlib import closing, suppress
from typing import cast

import duckdb
import pytest

from kaptui.portfolio.database import frame_of, in_memory, transaction


class _StoppedAtTheEnd:
    """A cursor whose commit is stopped before it begins, as an interrupt of another thread may do."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def execute(self, sql: str) -> None:
        if sql == "commit":
            with suppress(duckdb.Error):
                self._cursor.execute("select error('spoils the transaction')")
            raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")
        self._cursor.execute(sql)


def test_a_commit_that_is_stopped_leaves_no_transaction_open() -> None:
    cursor = in_memory()
    with (
        pytest.raises(duckdb.InterruptException),
        transaction(cast("duckdb.DuckDBPyConnection", _StoppedAtTheEnd(cursor))),
    ):
        cursor.execute("create table t (a integer)")
    with transaction(cursor):
        cursor.execute("create table t (a integer)")
    assert cursor.execute("select count(*) from t").fetchone() == (0,)


def test_a_query_that_is_stopped_while_its_rows_come_is_stopped_and_not_wrong() -> None:
    """Polars words the error anew: it was taken for a mistake of kaptui where a filter gave way to the next one."""
    with closing(in_memory()) as connection:
        threading.Timer(0.3, connection.interrupt).start()
        with pytest.raises(duckdb.InterruptException):
            frame_of(connection, "select i, i::varchar as text from range(300_000_000) rows (i)")

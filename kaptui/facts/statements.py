"""SQL that is the same every time, parsed once: of a short statement over few rows, parsing is a fifth of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_PARSED: dict[str, list[duckdb.Statement]] = {}


def parsed(connection: duckdb.DuckDBPyConnection, sql: str) -> list[duckdb.Statement]:
    """The statements of a text, parsed once for all databases."""
    statements = _PARSED.get(sql)
    if statements is None:  # by this connection: without one, DuckDB makes a database for it first
        statements = _PARSED[sql] = connection.extract_statements(sql)
    return statements


def run_parsed(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
    """Run the statements of a text that is the same every time, as `execute` does; what the last one gives."""
    for statement in parsed(connection, sql):
        connection.execute(statement)
    return connection

"""What schema.sql asks for: tables, columns, defaults and constraints, read from the database that applied it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache

import duckdb

from kaptui import schema_text

_KEYS = re.compile(r",\s*primary key \([^)]*\)|\sprimary key|\sunique|\sreferences \w+ \(\w+\)")
_COMMENTS = re.compile(r"--[^\n]*")
_END = re.compile(r"\);")


@dataclass(frozen=True, slots=True)
class SchemaColumn:
    """One column; `type` is DuckDB's name, `default` an SQL literal or None."""

    name: str
    type: str
    required: bool
    default: str | None

    @property
    def fills(self) -> bool:
        """An empty cell takes the default."""
        return self.required and self.default is not None

    @property
    def needed(self) -> bool:
        """A source must bring this column."""
        return self.required and self.default is None


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose values must stand in another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Check:
    """A condition every row must meet, over these columns (the first is the one to name)."""

    expression: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemaTable:
    """One table of facts; the first of `keys` is its primary key."""

    name: str
    columns: Mapping[str, SchemaColumn]
    keys: tuple[tuple[str, ...], ...]
    checks: tuple[Check, ...]
    references: tuple[Reference, ...]

    @property
    def order(self) -> list[str]:
        """The columns by which its rows are sorted in a file: the account first, then its key."""
        first = ["account_id"] if "account_id" in self.columns else []
        return list(dict.fromkeys([*first, *self.keys[0]]))


Schema = Mapping[str, SchemaTable]


def file_schema(text: str) -> str:
    """The schema as a file has it: with source_row, without keys and references.

    A load has proved keys and references by its checks. Kept in the file they would triple its size and take
    ten times as long to write, and every reader copies the plain tables anyway.
    """
    return _END.sub(", source_row integer);", _KEYS.sub("", _COMMENTS.sub("", text)))


@cache
def shipped_schema() -> Schema:
    """The tables of schema.sql, in the order of the file; read once, in a database of its own."""
    with closing(duckdb.connect()) as connection:
        connection.execute(schema_text.text())
        return _described(connection)


def _described(connection: duckdb.DuckDBPyConnection) -> Schema:
    columns: dict[str, dict[str, SchemaColumn]] = defaultdict(dict)
    for table, name, kind, nullable, default in connection.execute(
        "from duckdb_columns() select table_name, column_name, data_type, is_nullable, column_default "
        "where not internal order by table_oid, column_index"
    ).fetchall():
        columns[table][name] = SchemaColumn(name, kind, not nullable, default)
    keys: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    checks: dict[str, list[Check]] = defaultdict(list)
    references: dict[str, list[Reference]] = defaultdict(list)
    for table, kind, expression, names, other, other_names in connection.execute(
        "from duckdb_constraints() select table_name, constraint_type, expression, constraint_column_names, "
        "referenced_table, referenced_column_names"
    ).fetchall():
        if kind == "PRIMARY KEY":
            keys[table].insert(0, tuple(names))
        elif kind == "UNIQUE":
            keys[table].append(tuple(names))
        elif kind == "CHECK":
            checks[table].append(Check(expression, tuple(dict.fromkeys(names))))
        elif kind == "FOREIGN KEY":
            references[table].append(Reference(names[0], other, other_names[0]))
    return {
        name: SchemaTable(name, columns[name], tuple(keys[name]), tuple(checks[name]), tuple(references[name]))
        for name in columns
    }

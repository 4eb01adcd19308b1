"""How the tables of a DuckDB file compare with schema.sql: cast where nothing is lost, refused where something is.

Nothing of a file is ever run: what is no table (a view), and a column that the file computes, is refused unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from kaptui import schema_text
from kaptui.common.sql import identifier
from kaptui.resources import query_text

Database = duckdb.DuckDBPyConnection

OTHERS: Mapping[str, Mapping[str, str]] = {
    "kaptui_meta": {"schema_version": "INTEGER", "checkpoint": "BIGINT"},
    "source_file": {"table_name": "VARCHAR", "path": "VARCHAR", "rows": "BIGINT"},
    "history": {
        "loaded_at": "TIMESTAMP",
        **dict.fromkeys(("table_name", "key", "field", "before", "after"), "VARCHAR"),
    },
}
"""What kaptui reads of a file beside the facts."""

_NUMBERS = frozenset({*(f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE"))}) | {
    "INTEGER",
    "UINTEGER",
    "DECIMAL",
}
_FAMILIES = {
    **dict.fromkeys(_NUMBERS, "number"),
    **dict.fromkeys(("FLOAT", "DOUBLE"), "float"),
    **dict.fromkeys(("VARCHAR", "ENUM", "UUID"), "text"),
    **dict.fromkeys(("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), "moment"),
    "BOOLEAN": "flag",
}
"""Types whose values have one meaning; TIMESTAMPTZ has another in every time zone."""
_CASTS = frozenset(
    {
        *(("text", family) for family in ("text", "number", "float", "flag", "moment")),
        *((family, "text") for family in ("number", "flag", "moment")),
        *((one, other) for one in ("number", "float") for other in ("number", "float", "flag")),
        ("moment", "moment"),
        ("flag", "flag"),
    }
)
_SENSIBLE = "between timestamp '1900-01-01' and timestamp '2199-12-31 23:59:59.999999'"
"""Days that a load reads."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Shape:
    """The tables of a file, each with the types of its columns; names in lower case, as DuckDB compares them.

    `views` are names that stand for a query, `computed` columns that the file works out.
    """

    tables: Mapping[str, Mapping[str, str]]
    views: frozenset[str]
    computed: frozenset[tuple[str, str]]


class Misfit(NamedTuple):
    """Why a table or column of a file cannot be read, with the fix. `column` is empty for a whole table."""

    table: str
    column: str
    problem: str
    fix: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"table {self.table}{column}: {self.problem}"


def shape(connection: Database, database: str) -> Shape:
    """The tables of an attached database, from its catalogue: none of them is read."""
    tables: dict[str, dict[str, str]] = {}
    views, computed = set(), set()
    for table, column, kind, is_view, is_computed in connection.execute(
        query_text("runtime", "file_shape"), [database]
    ).fetchall():
        if is_view:
            views.add(table)
        else:
            tables.setdefault(table, {})[column] = kind
            computed |= {(table, column)} if is_computed else set()
    return Shape(tables, frozenset(views), frozenset(computed))


def types() -> Mapping[str, Mapping[str, str]]:
    """Table -> column -> type, of every table of a file that kaptui reads, types as DuckDB names them."""
    facts = {table: {name: _named(kind) for name, kind in columns} for table, columns in schema_text.columns().items()}
    return {**facts, **OTHERS}


def _named(kind: str) -> str:
    return kind.upper().replace(" ", "")


def misfits(connection: Database, database: str, found: Shape, *, trusted: bool) -> Iterator[Misfit]:
    """What of an attached file cannot be read as schema.sql has it, in the order of the schema.

    The values of a column are looked at where its type is another, and unless the file is `trusted` also where the
    type lets in what no load would write: infinite numbers, days that are none.
    """
    for table, columns in types().items():
        if table in found.views:
            fix = f"make a table of it: create table kept as from {table}; drop view {table}; ..."
            yield Misfit(table, "", "is a view, and kaptui reads only tables: nothing in a file is run", fix)
        if table not in found.tables:
            continue
        have = found.tables[table]
        asked: dict[str, str] = {}
        for name in (name for name in columns if name in have):
            if (table, name) in found.computed:
                problem = "is computed by the file, and kaptui reads only what is stored"
                yield Misfit(table, name, problem, "store its values in a plain column")
            elif condition := _lost(identifier(name), have[name], columns[name], trusted=trusted):
                asked[name] = condition
        for name, count, value in _values_lost(connection, f"{database}.main.{identifier(table)}", asked):
            yield Misfit(table, name, *_words(have[name], columns[name], count, value))


def _values_lost(
    connection: Database, origin: str, conditions: Mapping[str, str]
) -> Iterator[tuple[str, int, str | None]]:
    """The columns with values that meet their condition: how many, and the first."""
    if not conditions:
        return
    counted = ", ".join(f"count(*) filter (where {condition})" for condition in conditions.values())
    counts = connection.execute(f"select {counted} from {origin}").fetchall()[0]
    for (name, condition), count in zip(conditions.items(), counts, strict=True):
        if count:
            first = f"select {identifier(name)}::varchar from {origin} where {condition} limit 1"
            yield name, count, connection.execute(first).fetchall()[0][0]


def _words(kind: str, expected: str, count: int, value: str | None) -> tuple[str, str]:
    """What is wrong with a column whose values would be lost, and the fix."""
    first = str(value) if len(str(value)) <= _SHOWN else f"{str(value)[:_SHOWN]}…"
    more = f", and {count - 1:,} more" if count > 1 else ""
    kind = kind if len(kind) <= _SHOWN else f"{kind[:_SHOWN]}…"
    if kind == expected:
        what = "a day from 1900 to 2199" if _family(expected) == "moment" else "a finite number"
        return f'"{first}" is not {what}{more}', "correct the value in the file, or load its source with kaptui"
    problem = f'is of type {kind} where kaptui reads {expected}, and "{first}" cannot be taken for one{more}'
    return problem, f"make it {expected} in the program that wrote the file, or load its source with kaptui"


def _family(kind: str) -> str:
    return _FAMILIES.get(kind.partition("(")[0], "")


def _lost(name: str, kind: str, expected: str, *, trusted: bool) -> str:
    """The condition that a value of type `kind` is no value of the expected type; empty where it always is."""
    here, there = _family(kind), _family(expected)
    if kind == expected:
        if trusted or there not in ("float", "moment"):
            return ""
        return f"not isfinite({name})" if there == "float" else f"not {name} {_SENSIBLE}"
    if (here, there) not in _CASTS:
        return f"{name} is not null"
    if there == "text":
        return f"not {name} {_SENSIBLE}" if here == "moment" else ""
    if there == "flag":
        is_none = f"try_cast({name}::varchar as {expected}) is null"
        return f"{name} is not null and {is_none}" if here == "text" else f"{name} not in (0, 1)"
    value = f"{name}::varchar" if here == "text" else name
    wide = "timestamp" if there == "moment" else "double"
    cast, whole = f"try_cast({value} as {expected})", f"try_cast({value} as {wide})"
    sound = f"{cast} {_SENSIBLE}" if there == "moment" else f"isfinite({whole})"
    return f"{name} is not null and (({sound} and {cast}::{wide} = {whole}) is not true)"


def read_as(name: str, kind: str, expected: str) -> str:
    """The SQL that reads a column of a fitting file as the schema has it."""
    column = identifier(name)
    if kind == expected:
        return column
    if (_family(kind), _family(expected)) not in _CASTS:
        return f"null::{expected}"  # nothing stands in it
    through = "::varchar" if _family(kind) == "text" and kind != "VARCHAR" else ""
    return f"{column}{through}::{expected}"

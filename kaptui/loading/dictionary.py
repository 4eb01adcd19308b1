"""The data dictionary: what may stand in each column, and what for; read from schema.sql and settings.sql.

`DICTIONARY.md`, `kaptui guide data` and the advice of a check say what stands here.
"""

from __future__ import annotations

import re
from contextlib import closing
from functools import cache

import duckdb

from kaptui import schema_text
from kaptui.facts.schema import SchemaColumn, SchemaTable, shipped_schema
from kaptui.resources import query_text
from kaptui.settings_text import settings

_WORDS = {
    "VARCHAR": "text",
    "DATE": "date",
    "TIMESTAMP": "date and time",
    "BOOLEAN": "true or false",
    "DOUBLE": "number",
    "TINYINT": "whole number",
    "INTEGER": "whole number",
}
_SHIPPED_KINDS = """kaptui ships these kinds: {}.
A row here overrides one of them, or adds a kind of your own; an empty cell keeps what is shipped. A kind whose `touch`
is false is never a sponsor's touch."""
_SHIPPED_FACTORS = """kaptui ships these factors, used where you write none; a file of your own replaces them all:
{}"""
_INTRODUCTION = """# Data dictionary

One CSV file per table: UTF-8, the column names in the first line, dates as 2026-12-31, numbers with a decimal point.
Only `account.csv` is required; delete the files you have no data for. An empty cell means unknown, never zero.
Then run `kaptui check FOLDER`, and `kaptui load FOLDER -o kap.duckdb`.
"""


def dictionary() -> str:
    """The data dictionary as Markdown, one section per table."""
    return "\n".join([_INTRODUCTION, *(_section(table) for table in shipped_schema().values())])


def told_of(table: SchemaTable) -> list[str]:
    """What a table is, what it feeds, and what is not there without it, a sentence each."""
    meaning = schema_text.meanings()[table.name, ""]
    keys = " and ".join(f"`{name}`" for name in table.keys[0])
    lines = [f"{meaning.meaning[:1].upper()}{meaning.meaning[1:]}. One row per {keys}."]
    lines.append(f"Feeds: {meaning.feeds}. Without this file: {meaning.without.removeprefix('then ')}.")
    if table.name == "activity_kind":
        lines.append(_SHIPPED_KINDS.format(", ".join(shipped_kinds())))
    if table.name == "success_factor":
        lines.append(_SHIPPED_FACTORS.format("\n".join(shipped_factors())))
    return lines


def allowed(table: SchemaTable, column: SchemaColumn) -> str:
    """What may be written into a column: kind of value, range or list, the table whose ids it takes."""
    words = _WORDS.get(column.type, "number")
    for check in table.checks:
        values = re.findall(r"'([^']*)'", check.expression)
        if check.columns == (column.name,) and values:
            words = "one of: " + ", ".join(values)
    if limits := between(table, column):
        words += f", {limits[0]} to {limits[1]}"
    words += "".join(f", as in {each.table}.csv" for each in table.references if each.column == column.name)
    return words


def between(table: SchemaTable, column: SchemaColumn) -> tuple[str, str] | None:
    """The least and the greatest number a column takes; None where it has no such bounds."""
    for check in table.checks:
        limits = re.search(r"BETWEEN (\S+) AND ([^\s)]+)", check.expression)
        if check.columns == (column.name,) and limits:
            return limits[1], limits[2]
    return None


def example(table: SchemaTable, column: SchemaColumn) -> str:
    """A value as it should stand in the column."""
    return schema_text.meanings()[table.name, column.name].example


def needed(column: SchemaColumn) -> str:
    """Whether every row must fill it, and what an empty cell is taken for."""
    if column.default is not None:
        return f"no: {column.default.strip(chr(39))}"
    return "yes" if column.needed else "no"


def example_row(table: SchemaTable) -> dict[str, str]:
    """Column -> its example; those of all tables fit together."""
    return {name: schema_text.meanings()[table.name, name].example for name in table.columns}


@cache
def shipped_kinds() -> list[str]:
    """The kinds of activity that kaptui ships, those that are no touch marked."""
    rows = _shipped("default_activity_kinds", "from default_activity_kind select kind, touch")
    return [f"`{kind}`{'' if touch else ' (no touch)'}" for kind, touch in rows]


@cache
def shipped_factors() -> list[str]:
    """The factors that kaptui ships, one line each: number, code, name, what it asks, where it is from."""
    rows = _shipped("default_factors", "from default_factor select factor_id, code, name, asks, provenance order by 1")
    return [f"- {number} `{code}` {name}: {asks} ({origin})" for number, code, name, asks, origin in rows]


def _shipped(made_by: str, query: str) -> list[tuple[str, ...]]:
    with closing(duckdb.connect()) as connection:
        connection.execute(query_text("load", made_by))
        return connection.execute(query).fetchall()


def _section(table: SchemaTable) -> str:
    lines = [f"## {table.name}.csv", "", *(f"{line}\n" for line in told_of(table))]
    lines += [
        "| column | meaning | what to write | example | needed | feeds | without it |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [_row(table, column) for column in table.columns.values()]
    if table.name == "setting":
        lines += ["", "Keys; an empty value takes the default.", "", "| key | unit | default | meaning |"]
        lines += ["|---|---|---|---|"]
        lines += [f"| {each.key} | {each.unit} | {each.default or ''} | {each.meaning} |" for each in settings()]
    return "\n".join([*lines, ""])


def _row(table: SchemaTable, column: SchemaColumn) -> str:
    told = schema_text.meanings()[table.name, column.name]
    cells = (column.name, told.meaning, allowed(table, column), told.example, needed(column), told.feeds, told.without)
    return f"| {' | '.join(cells)} |"

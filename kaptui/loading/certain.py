"""Values whose meaning is certain though they are written another way: taken as what they mean, and told once.

`Active` is active, `In Progress` is in_progress, `Year-End Negotiation` is year_end_negotiation; where every date of a
column of months is a first or a last day of one, the last day stands for its month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kaptui import schema_text
from kaptui.common.sql import identifier, literal
from kaptui.facts.schema import Schema, SchemaTable
from kaptui.loading.findings import Finding
from kaptui.loading.staging import Stage
from kaptui.resources import query_text

_NAMED = 5
"""So many values are named in a notice."""
_MERGED = "activity_kind"
"""The table whose rows are merged with kaptui's own before they are checked; its keys are words of activities."""


def take_certain_values(stage: Stage, schema: Schema) -> None:
    """Write what they mean into the staged tables, and add a notice for each column where that was done."""
    for table in schema.values():
        if not stage.rows[table.name] or table.name == _MERGED:
            continue
        for column, words in _words(stage, table):
            _take_words(stage, table, column, words)
        for column in table.columns:
            if schema_text.meanings()[table.name, column].meaning == "first of the month":
                _take_months(stage, table, column)


def _words(stage: Stage, table: SchemaTable) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The columns that take a few words only: each word by how it reads without case and signs."""
    for check in table.checks:
        if len(check.columns) == 1 and " IN (" in check.expression:
            yield check.columns[0], {word: word for word in re.findall(r"'([^']*)'", check.expression)}
    for reference in table.references:
        if reference.table == _MERGED:
            yield reference.column, dict(stage.connection.execute(query_text("load", "kind_words")).fetchall())


def _take_words(stage: Stage, table: SchemaTable, column: str, words: Mapping[str, str]) -> None:
    if not words:
        return
    name, cell = identifier(table.name), identifier(column)
    meant = f"map {{{', '.join(f'{literal(word)}: {literal(meant)}' for word, meant in words.items())}}}"
    known = ", ".join(map(literal, words.values()))
    other = f"{cell} not in ({known}) and {meant}[word_of({cell})] is not null"
    found = stage.connection.execute(
        f"from facts.{name} select {cell}, {meant}[word_of({cell})], count(*) as rows where {other} "
        f"group by all order by rows desc, 1"
    ).fetchall()
    if not found:
        return
    stage.connection.execute(f"update staged.{name} set {cell} = {meant}[word_of({cell})] where {other}")
    told = [f"{value} as {word} in {rows:,} row{'s' if rows != 1 else ''}" for value, word, rows in found[:_NAMED]]
    more = f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
    _tell(stage, table, column, f"taken: {', '.join(told)}{more}")


def _take_months(stage: Stage, table: SchemaTable, column: str) -> None:
    name, day = identifier(table.name), identifier(column)
    rows, others, first = stage.connection.execute(
        f"from (from facts.{name} select {day} as day where day({day}) <> 1) "
        "select count(*) filter (day = last_day(day)), count(*) filter (day <> last_day(day)), min(day)"
    ).fetchall()[0]
    if not rows or others:
        return
    stage.connection.execute(f"update staged.{name} set {day} = date_trunc('month', {day})::date")
    example = f"{first} as {first.replace(day=1)}"
    _tell(stage, table, column, f"taken: last days of a month as its first, {example}, in {rows:,} rows")


def _tell(stage: Stage, table: SchemaTable, column: str, what: str) -> None:
    file = stage.files.get(table.name, table.name)
    stage.findings.append(Finding("notice", table.name, file, None, column, "", what, "", "certain"))

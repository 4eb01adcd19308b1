"""The rules of schema.sql as SQL over the tables of facts, and the first that is broken in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import duckdb

from kaptui.common.sql import identifier
from kaptui.facts.schema import Reference, Schema, SchemaTable


class Broken(NamedTuple):
    """A rule that rows of a table break: how many, in words."""

    table: str
    column: str
    problem: str

    def __str__(self) -> str:
        return f"table {self.table}, column {self.column}: {self.problem}"


def doubled(table: SchemaTable, key: tuple[str, ...]) -> str:
    """The keys that more than one row has."""
    names = ", ".join(map(identifier, key))
    filled = " and ".join(f"{identifier(name)} is not null" for name in key)
    return f"from {identifier(table.name)} select {names} where {filled} group by {names} having count(*) > 1"


def dangling(table: SchemaTable, reference: Reference) -> str:
    """The rows that refer to what is not there."""
    column, there = identifier(reference.column), identifier(reference.table)
    return (
        f"from {identifier(table.name)} as here select source_row, {column}::varchar as value "
        f"where {column} is not null "
        f"and not exists (from {there} as there where there.{identifier(reference.key)} = here.{column})"
    )


def broken(connection: duckdb.DuckDBPyConnection, schema: Schema) -> Iterator[Broken]:
    """The rules that facts in memory break, in the order of the schema; each table is asked once."""
    for table in schema.values():
        told: list[tuple[str, str, str]] = [
            (f"count(*) filter (where {identifier(column.name)} is null)", column.name, "no value stands in {rows}")
            for column in table.columns.values()
            if column.required
        ]
        told += [
            (f"count(*) filter (where not {check.expression})", check.columns[0], f"{{rows}} break the rule {rule}")
            for check in table.checks
            for rule in [check.expression.replace("{", "{{").replace("}", "}}")]
        ]
        told += [
            (f"(select count(*) from ({doubled(table, key)}))", ", ".join(key), "{rows} or more stand there twice")
            for key in table.keys
        ]
        told += [
            (f"(select count(*) from ({dangling(table, each)}))", each.column, f"{{rows}} name no {each.table}")
            for each in table.references
        ]
        counted = ", ".join(count for count, *_ in told)
        counts = connection.execute(f"from {identifier(table.name)} select {counted}").fetchall()[0]
        for (_, column, words), count in zip(told, counts, strict=True):
            if count:
                yield Broken(table.name, column, words.format(rows=f"{count:,} row{'s' if count > 1 else ''}"))

"""Small facts, brought into the engine once and read once by the reference."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

from kaptui import schema_text
from kaptui.common.arrow import ArrowStream
from kaptui.common.sql import identifier, literal
from kaptui.facts.schema import SchemaTable, file_schema, shipped_schema
from kaptui.facts.statements import run_parsed
from kaptui.loading import load
from kaptui.portfolio import Portfolio
from kaptui.portfolio.database import Streamed, in_memory
from kaptui.resources import query_text
from tests.reference.answers import write_facts
from tests.reference.facts import Facts

SHIPPED = {"success_factor": "default factors of kaptui", "activity_kind": "default kinds of kaptui"}
SHIPPED_FACTORS = """
insert into success_factor by name select factor_id, code, name, asks, provenance from default_factor
where not exists (from success_factor);
drop view default_factor;
"""
MERGED_KINDS = """
insert into activity_kind by name from staged.merged_kind order by kind;
drop schema facts cascade; drop schema staged cascade; drop view default_activity_kind;
"""


def load_portfolio(source: Path, target: Path, mapping: Path | None = None) -> Portfolio:
    """Load a folder of CSV files into a kaptui file and open it."""
    load(source, target, mapping=mapping)
    return Portfolio.open(target)


def facts_in_memory(folder: Path) -> duckdb.DuckDBPyConnection:
    """The facts of plainly written CSV files, as `into_memory` holds them: typed while read, nothing is checked.

    Plainly written: one line a row and no blank line between. It takes a third of a load; a test holds both together.
    The caller closes the connection.
    """
    connection = in_memory()
    _fill(connection, folder)
    return connection


def _fill(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the facts of these files into a database without tables."""
    connection.execute("pragma disable_optimizer; set threads = 1")
    run_parsed(connection, file_schema(schema_text.text()) + query_text("load", "tables"))
    for table in shipped_schema().values():
        path = folder / f"{table.name}.csv"
        if path.exists() and table.name != "activity_kind":
            _insert(connection, table.name, _read(table, path))
    run_parsed(connection, query_text("load", "default_factors") + SHIPPED_FACTORS)
    _merge_kinds(connection, folder / "activity_kind.csv")
    written = {name: f"{name}.csv" for name in shipped_schema() if (folder / f"{name}.csv").exists()}
    origins = SHIPPED | written
    for name, origin in ((name, origins[name]) for name in shipped_schema() if name in origins):
        (rows,) = connection.execute(f"select count(*) from {identifier(name)}").fetchall()[0]
        if rows:
            connection.execute(query_text("load", "source_file"), [name, origin, rows])
    connection.execute("pragma enable_optimizer")


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    """A database that reads files: a portfolio's reads none once it is open."""
    reader = in_memory()
    reader.execute("pragma disable_optimizer; set threads = 1")
    return reader


def _insert(connection: duckdb.DuckDBPyConnection, table: str, sql: str) -> None:
    """Insert what the query reads from a file into this table."""
    connection.register("lines_read", ArrowStream(Streamed(_reader(), sql)))
    connection.execute(f"insert into {table} by name from lines_read")
    connection.unregister("lines_read")


def other_facts(portfolio: Portfolio, folder: Path) -> Portfolio:
    """Facts of other files in the database of a portfolio that nobody asks any more: from now on it is closed.

    To begin a database and to make the model's macros in it again takes a fifth of the time of a test of small facts.
    """
    connection = portfolio._connection
    portfolio._closed = True
    for (schema,) in connection.execute(
        "select distinct schema_name from duckdb_schemas() where not internal and schema_name <> 'main'"
    ).fetchall():
        connection.execute(f"drop schema {identifier(schema)} cascade")
    for (table,) in connection.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall():
        connection.execute(f"drop table {identifier(table)}")
    _fill(connection, folder)
    found = Portfolio.over(connection, folder.name)
    found._macros = portfolio._macros
    return found


_SPARE: list[Portfolio] = []
"""Portfolios that nobody asks any more."""


@contextmanager
def for_a_while(folder: Path) -> Iterator[Portfolio]:
    """The facts of these files as the engine holds them; the next ones take their database over."""
    portfolio = other_facts(_SPARE.pop(), folder) if _SPARE else Portfolio.over(facts_in_memory(folder), folder.name)
    try:
        yield portfolio
    finally:
        _SPARE.append(portfolio)


def _merge_kinds(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The kinds of activity that are shipped, and those of the file, as a load merges them."""
    table = shipped_schema()["activity_kind"]
    columns = ", ".join(f"{identifier(name)} {column.type}" for name, column in table.columns.items())
    run_parsed(connection, query_text("load", "default_activity_kinds"))
    run_parsed(
        connection,
        "create schema staged; create schema facts; "
        f"create table staged.activity_kind ({columns}, source_row integer); "
        "create view facts.activity_kind as from staged.activity_kind",
    )
    if path.exists():
        _insert(connection, "staged.activity_kind", _read(table, path, filled=False))
    run_parsed(connection, query_text("load", "activity_kinds") + MERGED_KINDS)


def _read(table: SchemaTable, path: Path, filled: bool = True) -> str:
    """The query that reads one file; `filled`: an empty cell takes the default of its column."""
    with path.open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines))
    kinds = ", ".join(f"{literal(name)}: {literal(table.columns[name].type)}" for name in header)
    defaults = {name: table.columns[name].default for name in header if filled and table.columns[name].fills}
    fill = "".join(
        f", coalesce({identifier(name)}, {default}) as {identifier(name)}" for name, default in defaults.items()
    )
    left = f" exclude ({', '.join(map(identifier, defaults))})" if defaults else ""
    order = [name for name in dict.fromkeys(["account_id", *table.keys[0]]) if name in header]
    return (
        f"select *{left}{fill}, row_number() over () + 1 as source_row from read_csv({literal(str(path))}, "
        f"header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', columns = {{{kinds}}}) "
        f"order by {', '.join(map(identifier, order))}"
    )


KEPT = 12
"""So many portfolios stay open: tests of the same facts stand beside each other."""


class Shelf:
    """Facts and portfolios of small tables, made on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, Path] = {}
        self._facts: dict[Path, Facts] = {}
        self._portfolios: dict[Path, Portfolio] = {}

    def _source(self, tables: Mapping[str, str]) -> Path:
        key = repr(sorted(tables.items()))
        if key not in self._sources:
            folder = self._folder / f"facts-{len(self._sources)}"
            folder.mkdir()
            write_facts(folder, tables)
            self._sources[key] = folder
        return self._sources[key]

    def facts(self, tables: Mapping[str, str]) -> Facts:
        """The tables as the reference reads them."""
        source = self._source(tables)
        if source not in self._facts:
            self._facts[source] = Facts.read(source)
        return self._facts[source]

    def portfolio(self, tables: Mapping[str, str]) -> Portfolio:
        """The tables as the engine holds them once they are loaded; of many, the latest few stay open."""
        source = self._source(tables)
        portfolio = self._portfolios.pop(source, None)
        if portfolio is None or portfolio._closed:
            portfolio = self._opened(source)
        self._portfolios[source] = portfolio
        return portfolio

    def _opened(self, source: Path) -> Portfolio:
        if len(self._portfolios) < KEPT:
            return Portfolio.over(facts_in_memory(source), source.name)
        oldest = self._portfolios.pop(next(iter(self._portfolios)))
        return self._opened(source) if oldest._closed else other_facts(oldest, source)

    def holds(self, portfolio: Portfolio) -> bool:
        """Whether it is one of those that stand here."""
        return any(portfolio is one for one in self._portfolios.values())

    def close(self) -> None:
        """Let go of every database."""
        for portfolio in self._portfolios.values():
            portfolio.close()

"""Portfolios of any size: DuckDB draws and writes the rows, millions in seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from kaptui.common.sql import literal
from tests.sample_generator import tables
from tests.sample_generator.cast import AS_OF
from tests.sample_generator.tables import Row

_ACCOUNTS_PER_PERSON = 20
_FEWEST_PEOPLE = 12


def write(folder: Path, accounts: int, seed: int, months: int, small: Mapping[str, Iterable[Row]]) -> None:
    """Write the folder: the `small` tables from their rows, every other table as drawn by scale.sql."""
    tables.write(folder, small)
    sizes = {
        "accounts": accounts,
        "months": months,
        "seed": seed,
        "people": max(_FEWEST_PEOPLE, accounts // _ACCOUNTS_PER_PERSON),
        "as_of": AS_OF,
        "last_month": AS_OF.replace(day=1),
    }
    with duckdb.connect(":memory:") as connection:
        connection.execute("set enable_progress_bar = false")
        for name, value in sizes.items():
            connection.execute(f"set variable {name} = $value", {"value": value})
        connection.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
        for table, names in tables.columns().items():
            if table not in small:
                _copy(connection, table, names, folder / f"{table}.csv")


def _copy(connection: duckdb.DuckDBPyConnection, table: str, names: list[str], path: Path) -> None:
    try:
        connection.execute(
            f"copy (select {', '.join(names)} from {table}) to {literal(str(path))} (format csv, header)"
        )
    except duckdb.IOException as error:
        raise tables.unwritable(path, str(error)) from error

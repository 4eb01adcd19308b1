"""Rows of facts, how they become CSV files, and the few dice throws every part of the sample needs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

import duckdb

from kaptui.errors import KaptuiError
from kaptui.resources import queries_dir, query_text

Value = str | int | float | date | bool | None
Row = dict[str, Value]
T = TypeVar("T")


def pick(rng: Random, choices: Sequence[T]) -> T:
    """One of the choices. Only `random()` repeats on every Python version, so only it is used."""
    return choices[int(rng.random() * len(choices))]


def whole(rng: Random, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return low + int(rng.random() * (high - low + 1))


def days_before(day: date, days: int) -> date:
    """The day that many days earlier."""
    return day - timedelta(days=days)


def columns() -> dict[str, list[str]]:
    """Table -> its columns, as queries/schema.sql declares them."""
    with _schema() as connection:
        rows = connection.execute(
            "select table_name, column_name from information_schema.columns order by table_name, ordinal_position"
        ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return found


def default_factors() -> list[Row]:
    """The six factors that ship with kaptui, their defaults written out so that a company can edit them."""
    return _shipped("default_factors", "default_factor", "success_factor")


def default_kinds() -> list[Row]:
    """The kinds of activity that ship with kaptui, written out for the same reason."""
    return _shipped("default_activity_kinds", "default_activity_kind", "activity_kind")


def _shipped(file: str, view: str, table: str) -> list[Row]:
    """The rows that kaptui ships for a table, in the order of its key."""
    with _schema() as connection:
        connection.execute(query_text("load", file))
        connection.execute(f"insert into {table} by name from {view}")
        found = connection.execute(f"from {table} order by 1")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _schema() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute((queries_dir() / "schema.sql").read_text(encoding="utf-8"))
    return connection


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def unwritable(path: Path, reason: str) -> KaptuiError:
    """What to tell whoever asked for a file or folder that cannot be."""
    return KaptuiError(f"{path}: cannot be written ({reason})", "choose another folder, or free this one")


def prepare(folder: Path) -> None:
    """Make the folder, or say why it cannot be one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error.strerror or str(error)) from error


def write(folder: Path, tables: Mapping[str, Iterable[Row]]) -> None:
    """One file per table given: UTF-8, comma, LF, ISO dates; an empty cell is unknown."""
    names = columns()
    for table, rows in tables.items():
        path = folder / f"{table}.csv"
        try:
            with path.open("w", encoding="utf-8", newline="") as out:
                writer = csv.DictWriter(out, names[table], restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows({name: _text(value) for name, value in row.items()} for row in rows)
        except OSError as error:
            raise unwritable(path, error.strerror or str(error)) from error

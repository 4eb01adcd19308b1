"""Parquet files: typed columns, so nothing about their numbers and days is to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from kaptui.common.sql import identifier, literal
from kaptui.loading.cells import Cells
from kaptui.loading.findings import Unreadable

ENDINGS = frozenset({".parquet"})


def parquet_cells(connection: duckdb.DuckDBPyConnection, path: Path) -> Cells:
    """The cells of a Parquet file. Unreadable where it is damaged."""
    file = f"read_parquet({literal(str(path))})"
    with damage_told():
        relation = connection.sql(f"from {file}")
    header = tuple(relation.columns)
    cells = ", ".join(f"{identifier(name)}::varchar as c{n}" for n, name in enumerate(header))
    return Cells(f"(from {file} select {cells})", header, path.name, first_line=1, typed=typed_cells(relation.types))


@contextmanager
def damage_told() -> Iterator[None]:
    """Whatever DuckDB says of a Parquet file read within: its end may be whole, and what it points at damaged.

    A damaged one is told by no kind of error: by its footer, by one of many when a column is unpacked.
    """
    try:
        yield
    except (duckdb.InterruptException, duckdb.OutOfMemoryException):
        raise
    except duckdb.Error as error:
        raise Unreadable(f"cannot be read as Parquet: {str(error).splitlines()[0]}", "write it again") from None


def typed_cells(types: Iterable[object]) -> frozenset[str]:
    """The cells that are no texts, by the types of their columns."""
    return frozenset(f"c{n}" for n, kind in enumerate(types) if str(kind) != "VARCHAR")

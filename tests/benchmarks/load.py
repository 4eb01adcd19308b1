"""A load, with everything it checks, against DuckDB reading the same files into tables and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from .figures import Figure, once
from .portfolios import Portfolios, apart, peak_bytes


def measure(portfolios: Portfolios) -> Iterator[Figure]:
    """One run each: it is long enough. Beside seconds on the wall those of the processor."""
    source = portfolios.source(portfolios.large)
    with tempfile.TemporaryDirectory(prefix="kaptui-load-") as scratch:
        bare = apart(_bare, source, Path(scratch) / "bare.duckdb")
        product = apart(_product, source, Path(scratch) / "product.duckdb")
    note = f"{product.rows:,} rows, {product.size / 1e6:,.0f} MB"
    yield Figure(f"kaptui load, {portfolios.large:,} accounts", product.seconds, bare.seconds, 2, note)
    yield Figure("the same, of processor", product.cpu, bare.cpu, 2)
    note = "in MB, not ms"
    yield Figure("the same, most memory", product.peak / 1e9, bare.peak / 1e9, 1.3, note)


@dataclass(frozen=True, slots=True)
class _Load:
    """Seconds on the wall and of the processor, most memory in bytes, rows, and the size of the file."""

    seconds: float
    cpu: float
    peak: int
    rows: int
    size: int


def _measured(target: Path, work: Callable[[], int]) -> _Load:
    cpu, rows = process_time(), list[int]()
    seconds = once(lambda: rows.append(work()))
    return _Load(seconds, process_time() - cpu, peak_bytes(), rows[0], target.stat().st_size)


def _product(source: Path, target: Path) -> _Load:
    from kaptui.loading import load

    return _measured(target, lambda: sum(load(source, target).rows.values()))


def _bare(source: Path, target: Path) -> _Load:
    import duckdb

    from kaptui import schema_text

    def read() -> int:
        rows = 0
        with duckdb.connect(str(target)) as connection:
            connection.execute("set enable_progress_bar = false")
            for table, columns in schema_text.columns().items():
                if not (file := source / f"{table}.csv").exists():
                    continue
                with file.open(encoding="utf-8") as lines:
                    header = next(lines).strip().split(",")
                kinds = {name: dict(columns)[name] for name in header}
                relation = f"read_csv('{file}', header = true, columns = {kinds})"
                connection.execute(f"create table {table} as from {relation}")
                rows += connection.execute(f"from {table} select count(*)").fetchall()[0][0]
        return rows

    return _measured(target, read)

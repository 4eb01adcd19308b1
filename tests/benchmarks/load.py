"""A load, with everything it checks, against DuckDB reading the largest table of the same source."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from .figures import Figure, once
from .portfolios import Portfolios, apart, peak_bytes


def measure(portfolios: Portfolios) -> Iterator[Figure]:
    """One run each: it is long enough."""
    source = portfolios.source(portfolios.large)
    with tempfile.TemporaryDirectory(prefix="kaptui-load-") as scratch:
        floor, floor_peak = apart(_bare, source, Path(scratch) / "bare.duckdb")
        seconds, peak, rows, size = apart(_product, source, Path(scratch) / "product.duckdb")
    note = f"{rows:,} rows, {size / 1e6:,.0f} MB, peak {peak / 1e6:,.0f} MB (floor {floor_peak / 1e6:,.0f} MB)"
    yield Figure(f"kaptui load, {portfolios.large:,} accounts", seconds, floor, note=note)


def _product(source: Path, target: Path) -> tuple[float, int, int, int]:
    from kaptui.loading import Report, load

    reports: list[Report] = []
    seconds = once(lambda: reports.append(load(source, target)))
    return seconds, peak_bytes(), sum(reports[0].rows.values()), target.stat().st_size


def _bare(source: Path, target: Path) -> tuple[float, int]:
    import duckdb

    from kaptui import schema_text

    kinds = dict(schema_text.columns()["financial_period"][:-1])
    with duckdb.connect(str(target)) as connection:
        relation = "create table financial_period as from read_csv($path, header = true, columns = $kinds)"
        text = relation.replace("$path", f"'{source / 'financial_period.csv'}'").replace("$kinds", str(kinds))
        connection.execute("set enable_progress_bar = false")
        seconds = once(lambda: connection.execute(text))
    return seconds, peak_bytes()

"""Loads a portfolio from a lake of Parquet files: as many million ledger lines as --tries says.

Prints how long that takes, the processor's seconds and the most memory; the sums of every account are compared with
those that a query of two lines over the same files gives. KAPTUI_LAKE=folder keeps the files for the next run.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

import duckdb

from kaptui.loading import LoadRefused, load
from tests.benchmarks.portfolios import apart, peak_bytes
from tests.harness.tally import Tally

TRIES = 200
ACCOUNTS = 36_000
FILES = "ledger/**/*.parquet"
LINES = f"""
copy (
    with line as (from range($first, $last) select range as n, date '2023-10-01' + (range % 1096)::int as booked_on)
    select
        'A' || lpad((hash(n) % {ACCOUNTS})::varchar, 6, '0') as account_id,
        booked_on,
        (hash(n + 1) % 1000000)::int as product,
        ((hash(n + 2) % 100000) / 100.0)::decimal(12, 2) as amount,
        year(booked_on) as year,
        month(booked_on) as month
    from line)
to '$ledger' (format parquet, partition_by (year, month), append)
"""
MAPPING = {
    "account": "select account_id, 'Customer ' || account_id as name from ledger group by account_id",
    "financial_period": "select account_id, date_trunc('month', booked_on) as period_start, 'EUR' as currency, "
    "sum(amount) as revenue from ledger group by all",
}


def run(tally: Tally, tries: int, seed: int) -> None:
    """Make the lake, load it, compare; `tries` counts millions of lines."""
    with _folder() as kept, tempfile.TemporaryDirectory(prefix="kaptui-lake-") as scratch:
        source, work = kept / f"{tries}", Path(scratch)
        if not (source / "made").exists():
            (source / "ledger").mkdir(parents=True)
            apart(_make, source, tries)
            (source / "made").touch()
        (work / "map").mkdir()
        for table, select in MAPPING.items():
            (work / "map" / f"{table}.sql").write_text(select)
        size = sum(path.stat().st_size for path in source.rglob("*.parquet"))
        print(f"{tries},000,000 lines in {len(list(source.rglob('*.parquet')))} files, {size / 1e6:,.0f} MB")
        bare, _, bare_peak = apart(_bare, source)
        print(f"the bare query: {bare:.0f} s, peak {bare_peak / 2**20:,.0f} MiB")
        seconds, cpu, peak = apart(_load, source, work / "kap.duckdb", work / "map")
        made = (work / "kap.duckdb").stat().st_size
        told = f"{seconds:.0f} s ({cpu:.0f} s of processor), peak {peak / 2**20:,.0f} MiB"
        print(f"kaptui load: {told}; the file: {made / 1e6:,.0f} MB")
        with tally.tried("the sums of every account are the lake's", f"{tries} million lines"):
            wrong = apart(_differences, source, work / "kap.duckdb")
            assert wrong == 0, f"{wrong} accounts differ"


@contextmanager
def _folder() -> Iterator[Path]:
    if kept := os.environ.get("KAPTUI_LAKE"):
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory(prefix="kaptui-lake-") as folder:
        yield Path(folder)


def _make(source: Path, millions: int) -> None:
    """Twenty million lines at a time: what a partitioned copy holds in memory is theirs alone."""
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = false; set enable_progress_bar = false")
        for first in range(0, millions, 20):
            text = LINES.replace("$ledger", str(source / "ledger"))
            last = min(first + 20, millions)
            connection.execute(text.replace("$first", f"{first}000000").replace("$last", f"{last}000000"))


def _load(source: Path, target: Path, mapping: Path) -> tuple[float, float, int]:
    began, cpu = perf_counter(), process_time()
    try:
        load(source, target, mapping)
    except LoadRefused as error:
        raise RuntimeError(str(error)) from None  # it cannot travel between processes
    return perf_counter() - began, process_time() - cpu, peak_bytes()


def _bare(source: Path) -> tuple[float, float, int]:
    """The same rollup by DuckDB alone, with nothing checked and nothing written."""
    began, cpu = perf_counter(), process_time()
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        ledger = f"read_parquet('{source / FILES}')"
        connection.execute(f"create table t as {MAPPING['financial_period'].replace('from ledger', f'from {ledger}')}")
    return perf_counter() - began, process_time() - cpu, peak_bytes()


def _differences(source: Path, file: Path) -> int:
    with duckdb.connect() as connection:
        connection.execute(f"set enable_progress_bar = false; attach '{file}' as kap (read_only)")
        found = connection.execute(
            f"with lake as (from read_parquet('{source / FILES}') select account_id, sum(amount) as total group by 1), "
            "kept as (from kap.financial_period select account_id, sum(revenue) as total group by 1) "
            "from lake full join kept using (account_id) "
            "select count(*) filter (lake.total is distinct from kept.total), count(*)"
        ).fetchall()[0]
        assert found[1] == ACCOUNTS
        return int(found[0])

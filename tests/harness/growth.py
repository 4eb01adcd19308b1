"""How load, file and opening grow with the accounts: measured up to --tries, computed beyond, with the reasoning.

Made-up portfolios of 36 months, each load and each opening in a process of its own. What is computed for a million
accounts is the straight line through the two largest sizes: a load casts and checks row by row and sorts each table
once, opening copies rows into memory and builds a table of one row per account. What a ledger of ten billion lines
takes is not kaptui's: by `harness lake` and `harness warehouse` its lines are summed up where they lie, at the engine's
own pace, and account x month comes over.
"""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

from tests.benchmarks.portfolios import Portfolios, apart, peak_bytes
from tests.harness.tally import Tally

TRIES = 100_000
BEYOND = 1_000_000
_MOST = 1.35
"""A figure that grows ten times by more than 10 ** this does not grow in a straight line."""

Figures = dict[str, float]


def run(tally: Tally, tries: int, seed: int) -> None:
    """Measure 1,000, 10,000, ... accounts up to `tries`, say what follows for a million, and judge the growth."""
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= tries]
    measured: dict[int, Figures] = {}
    with tempfile.TemporaryDirectory(prefix="kaptui-growth-") as scratch:
        portfolios = Portfolios(Path(scratch), tries)
        for size in sizes:
            source, file = portfolios.source(size), Path(scratch) / f"made-{size}.duckdb"
            measured[size] = apart(_load, source, file) | apart(_open, file)
            measured[size]["file, MB"] = file.stat().st_size / 1e6
            measured[size]["load, silent s"] = measured[size].pop("load, silent s")  # the last: nothing follows of it
            if size == sizes[0]:
                print(f"{'accounts':>10}  " + "  ".join(f"{name:>24}" for name in measured[size]))
            print(f"{size:>10,}  " + "  ".join(f"{value:>24,.1f}" for value in measured[size].values()), flush=True)
    if len(sizes) > 1 and sizes[-1] < BEYOND:
        last, before = sizes[-1], sizes[-2]
        computed = {
            name: value + (value - measured[before][name]) / (last - before) * (BEYOND - last)
            for name, value in measured[last].items()
            if name != "load, silent s"
        }
        print(f"{BEYOND:>10,}  " + "  ".join(f"{value:>24,.1f}" for value in computed.values()) + "  (computed)")
    for size in sizes:
        with tally.tried("a load is never silent for longer than a second", f"{size:,}"):
            silence = measured[size]["load, silent s"]
            assert silence <= 1, f"{silence:.1f} s"
    for few, many in pairwise(sizes):
        for name in (each for each in measured[few] if each != "load, silent s"):
            with tally.tried(f"{name}: not faster than the accounts", f"{few:,} to {many:,}"):
                grown = measured[many][name] / max(measured[few][name], 0.001)
                assert grown <= (many / few) ** _MOST, f"{grown:.1f} times"


def _load(source: Path, target: Path) -> Figures:
    from kaptui.loading import load

    began, cpu = perf_counter(), process_time()
    told = [began]
    load(source, target, progress=lambda what, done, of: told.append(perf_counter()))
    told.append(perf_counter())
    return {
        "load, s": perf_counter() - began,
        "load, s of processor": process_time() - cpu,
        "load, peak MiB": peak_bytes() / 2**20,
        "load, silent s": max(later - earlier for earlier, later in pairwise(told)),
    }


def _open(file: Path) -> Figures:
    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio

    began, cpu = perf_counter(), process_time()
    portfolio = Portfolio.open(file)
    everyone = Filters()
    portfolio.ask("brief", everyone)
    portfolio.ask("accounts", everyone)
    told = {
        "open, s": perf_counter() - began,
        "open, s of processor": process_time() - cpu,
        "open, peak MiB": peak_bytes() / 2**20,
    }
    portfolio.close()
    return told

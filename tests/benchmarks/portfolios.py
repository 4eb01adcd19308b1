"""Made-up portfolios, written and loaded once for all benchmarks of a run."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
SMALL = 1_000


class Portfolios:
    """Sources and kaptui files in one folder, by number of accounts; made when first asked for."""

    def __init__(self, folder: Path, large: int) -> None:
        self.folder = folder
        self.sizes = sorted({SMALL, large})

    @property
    def large(self) -> int:
        """The number of accounts that the heavy benchmarks use."""
        return self.sizes[-1]

    def source(self, accounts: int) -> Path:
        """The CSV folder: 36 months of figures for each account."""
        folder = self.folder / f"source-{accounts}"
        if not (folder / "account.csv").exists():
            apart(_write, folder, accounts)
        return folder

    def file(self, accounts: int) -> Path:
        """The kaptui file made of `source`."""
        path = self.folder / f"{accounts}.duckdb"
        if not path.exists():
            apart(_load, self.source(accounts), path)
        return path

    def sample(self) -> Path:
        """The sample portfolio as a kaptui file, made anew: it is small, and it may have changed."""
        from kaptui.resources import sample_dir

        path = self.folder / "sample.duckdb"
        apart(_load, sample_dir(), path)
        return path


def apart(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do it in a process of its own: its memory is its own, and goes with it."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def peak_bytes() -> int:
    """The most memory this process held at any time."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _write(folder: Path, accounts: int) -> None:
    from tests.sample_generator import write_portfolio

    write_portfolio(folder, accounts)


def _load(source: Path, target: Path) -> None:
    from kaptui.loading import load

    target.parent.mkdir(parents=True, exist_ok=True)
    load(source, target)

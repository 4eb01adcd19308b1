"""Run the benchmarks named on the command line, or all, and print one table."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from . import keys, load, questions, start, what_if
from .figures import Figure, lines
from .portfolios import Portfolios

BENCHMARKS: Mapping[str, Callable[[Portfolios], Iterable[Figure]]] = {
    "start": start.measure,
    "load": load.measure,
    "questions": questions.measure,
    "keys": keys.measure,
    "what_if": what_if.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which of {', '.join(BENCHMARKS)}; default: all")
    parser.add_argument("--accounts", type=int, default=100_000, help="size of the large portfolio (%(default)s)")
    parser.add_argument("--folder", type=Path, help="keep the made-up portfolios here, for the next run")
    told = parser.parse_args()
    unknown = sorted(set(told.names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"no benchmark '{unknown[0]}'; there are {', '.join(BENCHMARKS)}")
    with tempfile.TemporaryDirectory(prefix="kaptui-benchmarks-") as scratch:
        portfolios = Portfolios(told.folder or Path(scratch), told.accounts)
        for name in told.names or BENCHMARKS:
            print(f"\n{name}", flush=True)
            for line in lines(BENCHMARKS[name](portfolios)):
                print(line, flush=True)


if __name__ == "__main__":
    main()

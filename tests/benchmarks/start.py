"""From the start of the process to the first frame, and to every panel of the Overview filled."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from .child import MARK
from .figures import Figure, median
from .portfolios import Portfolios
from .terminal import running

RUNS = 7
FIRST_FRAME, FILLED = 1.3, 2.5  # times the first frame of an empty app


def measure(portfolios: Portfolios) -> Iterator[Figure]:
    """Medians of runs that take turns, so that a busy moment of the machine meets all alike."""
    file = portfolios.sample()
    floors: list[float] = []
    firsts: dict[str, list[float]] = {"demo": [], str(file): []}
    filleds: dict[str, list[float]] = {"demo": [], str(file): []}
    with tempfile.TemporaryDirectory(prefix="kaptui-start-") as scratch:
        for run in range(RUNS + 1):
            bare = _bare(Path(scratch))
            times = {argument: _product(Path(scratch), argument) for argument in firsts}
            if run == 0:  # this one wrote the byte code
                continue
            floors.append(bare)
            for argument, (first, filled) in times.items():
                firsts[argument].append(first)
                filleds[argument].append(filled)
    floor = median(floors)
    for argument, name in (("demo", "kaptui demo"), (str(file), "kaptui FILE")):
        yield Figure(f"{name}: first frame", median(firsts[argument]), floor, FIRST_FRAME)
        yield Figure(f"{name}: filled", median(filleds[argument]), floor, FILLED)


def _bare(scratch: Path) -> float:
    with running(["bare"], scratch) as terminal:
        return terminal.draws(MARK.encode()) - terminal.started


def _product(scratch: Path, argument: str) -> tuple[float, float]:
    with running(["kaptui", argument], scratch) as terminal:
        first = terminal.draws(b"Overview") - terminal.started
        return first, terminal.stamped() - terminal.started

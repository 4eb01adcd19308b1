"""From the start of the process to the first frame, to a filled Overview, and to its answers from the file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

from kaptui.common.cache_folder import CALM

from .child import MARK
from .figures import Figure, median
from .portfolios import SMALL, Portfolios
from .terminal import running

RUNS = 7
FIRST_FRAME, FILLED, FILLED_BEFORE = 1.5, 3.6, 2.1  # times the first frame of an empty app
_PATIENCE = 60.0


def measure(portfolios: Portfolios) -> Iterator[Figure]:
    """Medians of runs that take turns, so that a busy moment of the machine meets all alike.

    A file that was opened before has a prepared copy and a kept first screen: that one is filled in the first frame,
    its answers come later.
    """
    sample, small = str(portfolios.sample()), str(portfolios.file(SMALL))
    starts = {
        "kaptui demo": ["demo"],
        "kaptui FILE": [sample, "--no-cache"],
        "kaptui FILE, opened before": [sample],
        f"{SMALL:,} accounts": [small, "--no-cache"],
        f"{SMALL:,} accounts, opened before": [small],
    }
    floors: list[float] = []
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in starts}
    with tempfile.TemporaryDirectory(prefix="kaptui-start-") as folder:
        scratch = Path(folder)
        for kept, file in enumerate((sample, small), 1):
            _keep(scratch, file, kept)
        for run in range(RUNS + 1):
            bare = _bare(scratch)
            times = {name: _product(scratch, arguments) for name, arguments in starts.items()}
            if run == 0:  # this one wrote the byte code
                continue
            floors.append(bare)
            for name, each in times.items():
                found[name].append(each)
    floor = median(floors)
    for name, runs in found.items():
        firsts, filleds, answers = (list(each) for each in zip(*runs, strict=True))
        before = name.endswith("before")
        yield Figure(f"{name}: first frame", median(firsts), floor, FIRST_FRAME)
        yield Figure(f"{name}: filled", median(filleds), floor, FILLED_BEFORE if before else FILLED)
        if before:
            yield Figure(f"{name}: answers of the file", median(answers), floor, FILLED)


def _keep(scratch: Path, file: str, screens: int) -> None:
    """Have the file opened till so many first screens are kept; one that was just written is not kept."""
    sleep(CALM + 0.1)
    with running(["kaptui", file], scratch) as terminal:
        end = monotonic() + _PATIENCE
        while len(list((scratch / "cache").glob("*.screen"))) < screens:
            terminal.calm(0.2)
            sleep(0.1)
            assert monotonic() < end, "nothing was kept"


def _bare(scratch: Path) -> float:
    with running(["bare"], scratch) as terminal:
        return terminal.draws(MARK.encode()) - terminal.started


def _product(scratch: Path, arguments: list[str]) -> tuple[float, float, float]:
    """Seconds to the first frame, till it is filled, and till what fills it comes from the file."""
    with running(["kaptui", *arguments], scratch) as terminal:
        first = terminal.draws(b"Overview") - terminal.started
        filled = terminal.stamped() - terminal.started
        before = len(arguments) == 1 and arguments != ["demo"]
        return first, filled, terminal.stamped() - terminal.started if before else filled

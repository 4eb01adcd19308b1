"""What a benchmark found, and how it is printed."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """One time in seconds, the floor it is held against, the ratio to stay below, and a word on the side."""

    what: str
    seconds: float
    floor: float | None = None
    goal: float | None = None
    note: str = ""


def lines(figures: Iterable[Figure]) -> Iterator[str]:
    """A line per figure, as soon as it is known; the head first."""
    yield f"  {'':<48}{'ms':>10}{'floor':>10}{'ratio':>8}{'goal':>8}"
    for figure in figures:
        ratio = figure.seconds / figure.floor if figure.floor else None
        parts = (
            f"  {figure.what:<48}{figure.seconds * 1000:>10,.1f}",
            f"{figure.floor * 1000:>10,.1f}" if figure.floor else " " * 10,
            f"{ratio:>8.2f}" if ratio is not None else " " * 8,
            f"{figure.goal:>8.1f}" if figure.goal is not None else " " * 8,
            "  above" if ratio is not None and figure.goal is not None and ratio > figure.goal else "",
            f"  {figure.note}" if figure.note else "",
        )
        yield "".join(parts).rstrip()


def median(seconds: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(seconds)


def p95(seconds: Sequence[float]) -> float:
    """Ninety-five of a hundred are not longer (nearest rank)."""
    return sorted(seconds)[math.ceil(len(seconds) * 0.95) - 1]


def timed(work: Callable[[], object], times: int = 5) -> float:
    """The median of `times` runs, after one that does not count."""
    work()
    return median([once(work) for _ in range(times)])


def once(work: Callable[[], object]) -> float:
    """How long a single run takes."""
    begin = perf_counter()
    work()
    return perf_counter() - begin

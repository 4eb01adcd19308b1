"""A move of a what-if, until coverage, gaps, load and evidence stand anew, against the same asks without a move."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from .figures import Figure, median, once
from .portfolios import SMALL, Portfolios, apart

if TYPE_CHECKING:
    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio

PANELS = ("sponsorship_coverage", "sponsorship_gaps", "sponsor_load", "sponsorship_summary")
"""What the Sponsors screen asks at a move; the evidence of the factor stands in the summary."""

TIMES = 12


def measure(portfolios: Portfolios) -> Iterator[Figure]:
    """At a thousand accounts: every what-if is a new one, nothing of it is kept from the last."""
    yield from apart(_moves, portfolios.file(SMALL), f"{SMALL:,}")


def _moves(file: Path, size: str) -> list[Figure]:
    from kaptui.filters import Filters, Move
    from kaptui.portfolio import Portfolio

    portfolio = Portfolio.open(file)
    _all(portfolio, Filters())
    bare = median([once(lambda: _all(portfolio, Filters())) for _ in range(TIMES)])
    people = portfolio.ask("sponsor_load", Filters())["person_id"].to_list()
    moved = [Filters(moves=(Move("leave", person),)) for person in people[: TIMES + 2]]
    first = [once(lambda one=one: _all(portfolio, one)) for one in moved]  # type: ignore[misc]
    again = [once(lambda one=one: _all(portfolio, one)) for one in moved[-4:]]  # type: ignore[misc]
    portfolio.close()
    return [
        Figure(f"{size}: all four asked, as the file is", bare),
        Figure(f"{size}: a new move, all four anew", median(first[2:]), bare, 3.0, note="goal of the whole: 100 ms"),
        Figure(f"{size}: undone to a move tried before", median(again), bare),
    ]


def _all(portfolio: Portfolio, filters: Filters) -> None:
    """Ask as the screen does: every panel in a thread of its own."""
    with ThreadPoolExecutor(len(PANELS)) as pool:
        list(pool.map(lambda question: portfolio.ask(question, filters), PANELS))

"""A move of a what-if, until coverage, gaps, load and evidence stand anew, against the same asks without a move."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, islice
from pathlib import Path
from typing import TYPE_CHECKING

from .figures import Figure, median, once
from .portfolios import SMALL, Portfolios, apart

if TYPE_CHECKING:
    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio

PANELS = ("sponsorship_coverage", "sponsorship_gaps", "sponsor_load", "sponsorship_summary")
"""What the Sponsors screen asks at a move; the evidence of the factor stands in the summary."""

TIMES = 15


def measure(portfolios: Portfolios) -> Iterator[Figure]:
    """At a thousand accounts: every what-if is a new one, nothing of it is kept from the last."""
    yield from apart(_moves, portfolios.file(SMALL), f"{SMALL:,}")


def _moves(file: Path, size: str) -> list[Figure]:
    from kaptui.filters import Filters, Move
    from kaptui.portfolio import Portfolio

    portfolio, plain = Portfolio.open(file), Filters()
    _all(portfolio, plain)
    people = portfolio.ask("sponsor_load", plain)["person_id"].to_list()
    pairs = islice(combinations(people, 2), 2 * TIMES + 1)
    tried = [Filters(moves=tuple(Move("leave", person) for person in pair)) for pair in pairs]
    _all(portfolio, tried.pop())
    figures = []
    for what, ask, note in (
        ("coverage, gaps, load and evidence in one answer", _summary, "goal 100 ms"),
        ("all four panels, each in a thread", _all, ""),
    ):
        bare = median([once(lambda ask=ask: ask(portfolio, plain)) for _ in range(TIMES)])  # type: ignore[misc]
        new = [once(lambda ask=ask: ask(portfolio, tried.pop())) for _ in range(TIMES)]  # type: ignore[misc]
        figures += [Figure(f"{size}: {what}", bare, note="as the file is")]
        figures += [Figure(f"{size}: the same after a new move", median(new), bare, 3.0, note=note)]
    portfolio.close()
    return figures


def _summary(portfolio: Portfolio, filters: Filters) -> None:
    portfolio.ask("sponsorship_summary", filters)


def _all(portfolio: Portfolio, filters: Filters) -> None:
    """Ask as the screen does: every panel in a thread of its own."""
    with ThreadPoolExecutor(len(PANELS)) as pool:
        list(pool.map(lambda question: portfolio.ask(question, filters), PANELS))

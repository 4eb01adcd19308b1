"""What many tests share: the sample portfolio, loaded once, and one way to ask engine and reference alike."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, wraps
from pathlib import Path
from typing import Any
from weakref import WeakSet

import polars as pl
import pytest

from kaptui.filters import Filters
from kaptui.loading import load
from kaptui.portfolio import Portfolio
from kaptui.resources import sample_dir
from tests import examples
from tests.reference.answers import ANSWERS, Ask, keyed
from tests.reference.case import Case
from tests.reference.facts import Facts, Row
from tests.reference.shelf import Shelf

examples.register()

_LEFT_OPEN = 6
"""Portfolios that a module may leave open for others: the sample, what the calls of `cli` share."""
_opened: WeakSet[Portfolio] = WeakSet()

AskSample = Callable[[str, Filters], pl.DataFrame]
"""Answers a question over the sample."""


def pytest_configure() -> None:
    """Keep what is compiled, whatever the shell says: each program that a test starts would compile all again.

    Know, too, which portfolios are open.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    begin = Portfolio.__init__

    @wraps(begin)
    def begun(self: Portfolio, *given: Any, **more: Any) -> None:
        begin(self, *given, **more)
        _opened.add(self)

    Portfolio.__init__ = begun  # type: ignore[method-assign]


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among what was imported and collected: that lives as long as the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def pytest_sessionfinish() -> None:
    """At the end all of it is let go of."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Small facts, each loaded once."""
    shelf = Shelf(tmp_path_factory.mktemp("shelf"))
    yield shelf
    shelf.close()


@pytest.fixture(scope="module", autouse=True)
def few_are_open(shelf: Shelf) -> Iterator[None]:
    """A module closes what it opens: some hundred open databases are gigabytes and two thousand threads."""
    before = set(map(id, _still_open(shelf)))
    yield
    left = [one for one in _still_open(shelf) if id(one) not in before]
    if len(left) > _LEFT_OPEN:
        gc.collect()  # what a dashboard held goes with it
        left = [one for one in _still_open(shelf) if id(one) not in before]
    assert len(left) <= _LEFT_OPEN, f"left open: {sorted(one.name for one in left)}"


def _still_open(shelf: Shelf) -> list[Portfolio]:
    """Portfolios that nobody has closed, but for those of the shelf."""
    return [one for one in _opened if not one._closed and not shelf.holds(one)]


@pytest.fixture(scope="session")
def sample_facts() -> Facts:
    """The sample portfolio as the reference reads it."""
    return Facts.read(sample_dir())


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample portfolio as a load has written it."""
    file = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    load(sample_dir(), file)
    return file


@pytest.fixture(scope="session")
def sample_portfolio(sample_file: Path) -> Iterator[Portfolio]:
    """The sample portfolio as the engine opens it."""
    portfolio = Portfolio.open(sample_file)
    portfolio.choices_kept = 24  # tests go to and fro between days and bases: each model is built once
    yield portfolio
    portfolio.close()


@pytest.fixture(scope="session")
def ask_sample(sample_portfolio: Portfolio) -> AskSample:
    """What the engine answers for the sample, asked once for all tests that only read it."""
    return cache(sample_portfolio.ask)


class _Remembered:
    """The sample portfolio, whose answers are those of `ask_sample`."""

    def __init__(self, portfolio: Portfolio, ask: AskSample) -> None:
        self._portfolio = portfolio
        self.ask = ask

    def __getattr__(self, name: str) -> Any:
        return getattr(self._portfolio, name)


@pytest.fixture(scope="session")
def remembered_sample(sample_portfolio: Portfolio, ask_sample: AskSample) -> Any:
    """The sample portfolio for tests of what is made of its answers: each is asked once, whoever reads it."""
    return _Remembered(sample_portfolio, ask_sample)


@pytest.fixture(params=["reference", "engine"])
def answer(request: pytest.FixtureRequest, shelf: Shelf) -> Ask:
    """Ask a question of small facts, once the reference and once the engine."""

    def ask(tables: Mapping[str, str], question: str, filters: Filters) -> dict[str, Row]:
        if request.param == "reference":
            facts = shelf.facts(tables)
            rows = ANSWERS[question](Case.of(facts, filters, _of_regions(facts, filters.where)))
        else:
            rows = shelf.portfolio(tables).ask(question, filters).to_dicts()
        return {key: _plain(row) for key, row in keyed(question, rows).items()}

    return ask


def _of_regions(facts: Facts, where: str) -> set[str] | None:
    """The accounts of the regions that a filter names, which is all that the reference reads of one; None: all."""
    regions = [condition.removeprefix("region:") for condition in where.split()]
    assert all(condition.startswith("region:") for condition in where.split())
    return {key for key, row in facts.accounts.items() if row["region"] in regions} if regions else None


def _plain(row: Row) -> Row:
    """Money and ratios as floats without the noise of the last binary digits."""
    numbers = {name: round(float(value), 9) for name, value in row.items() if isinstance(value, (Decimal, float))}
    return row | numbers

"""Everything here drives the dashboard."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet

from kaptui.portfolio import Portfolio
from kaptui.ui.textual_internals import CachedStylesheet
from tests.ui.harness import Frames, Remembered


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, so that `-m "not ui"` leaves them out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.ui)


@pytest.fixture(scope="session")
def sample_portfolio(sample_portfolio: Portfolio) -> Any:
    """The sample portfolio, asked once for each answer by all dashboards of these tests."""
    return Remembered(sample_portfolio)


@pytest.fixture(scope="session", autouse=True)
def _styles_parsed_once() -> Iterator[None]:
    """Rules that one dashboard has parsed are there for the next one with the same variables."""
    parsed: dict[Hashable, list[RuleSet]] = {}
    parse = CachedStylesheet._parse_rules

    def parse_once(sheet: CachedStylesheet, *text: Any, **told: Any) -> list[RuleSet]:
        key = (frozenset(sheet._variables.items()), text, *sorted(told.items()))
        if key not in parsed:
            parsed[key] = parse(sheet, *text, **told)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CachedStylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _drawn_once_calm() -> Iterator[None]:
    """A dashboard is drawn once it stands."""
    with pytest.MonkeyPatch.context() as patch:
        Frames.hold(patch)
        yield

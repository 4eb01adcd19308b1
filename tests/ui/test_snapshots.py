"""How the screens look: compared with a picture of the last time somebody looked.

One dashboard for each portfolio and size goes from screen to screen; every picture that differs is named.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.app import SCREENS
from kaptui.ui.keys import BY_ID
from tests.ui.harness import START, Meddler, dashboard, made_of, press, running

SIZES = {"120x36": (120, 36), "80x24": (80, 24), "60x16": (60, 16)}
EACH_SCREEN = {mode: [BY_ID[f"screen.{mode}"].keys] for mode in SCREENS if mode != "brief"}
ACCOUNT = {"1": ["enter"], **{tab: [tab] for tab in "23456"}}
VALUE = {
    "120x36": {"bridge": ["3", "tab", "m"], "mix": ["1", "3", "tab", "m", "m"]},
    "80x24": {"quadrant": ["3", "m"], "bridge": ["m"], "mix": ["m"]},
}
Looks = Callable[[Portfolio, Filters, str, Mapping[str, Sequence[str]]], Awaitable[list[str]]]


@pytest.fixture(scope="module")
def empty_portfolio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """A file that holds no fact yet."""
    portfolio = made_of(tmp_path_factory.mktemp("empty"), {"account": "account_id,name\n"})
    yield portfolio
    portfolio.close()


@pytest.fixture
def changed(snapshot: SnapshotAssertion) -> Looks:
    """Press the keys that lead to each picture, one after the other, and name those that look otherwise."""
    pictures = snapshot.use_extension(SVGImageExtension)

    async def drive(portfolio: Portfolio, filters: Filters, size: str, ways: Mapping[str, Sequence[str]]) -> list[str]:
        app = dashboard(Meddler(portfolio), filters)
        found = []
        async with running(app, SIZES[size]) as pilot:
            for name, keys in ways.items():
                await press(pilot, *keys)
                if app.export_screenshot() != pictures(name=name):
                    found.append(name)
        return found

    return drive


@pytest.mark.parametrize("size", SIZES)
async def test_sample(sample_portfolio: Portfolio, changed: Looks, size: str) -> None:
    assert not await changed(sample_portfolio, START, size, EACH_SCREEN)


@pytest.mark.parametrize("size", ["120x36", "80x24"])
async def test_brief(sample_portfolio: Portfolio, changed: Looks, size: str) -> None:
    assert not await changed(sample_portfolio, START, size, {"brief": ["0"]})


@pytest.mark.parametrize("size", SIZES)
async def test_empty_file(empty_portfolio: Portfolio, changed: Looks, size: str) -> None:
    assert not await changed(empty_portfolio, Filters(as_of=date(2026, 9, 30)), size, EACH_SCREEN)


@pytest.mark.parametrize("size", SIZES)
async def test_no_match(sample_portfolio: Portfolio, changed: Looks, size: str) -> None:
    assert not await changed(sample_portfolio, Filters(where="region:DACH tier:1 margin>90%"), size, EACH_SCREEN)


@pytest.mark.parametrize("size", SIZES)
async def test_account(sample_portfolio: Portfolio, changed: Looks, size: str) -> None:
    assert not await changed(sample_portfolio, START, size, ACCOUNT)


@pytest.mark.parametrize("size", VALUE)
async def test_value(sample_portfolio: Portfolio, changed: Looks, size: str) -> None:
    assert not await changed(sample_portfolio, START, size, VALUE[size])

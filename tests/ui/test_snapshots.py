"""How the screens look: compared with a picture of the last time somebody looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from textual.pilot import Pilot

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.app import SCREENS
from kaptui.ui.keys import BY_ID
from ui.harness import START, Driver, Meddler, dashboard, made_of, press, settled

SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 16)], ids=lambda size: f"{size[0]}x{size[1]}")
MODES = pytest.mark.parametrize("mode", SCREENS)
Compare = Callable[..., bool]


@pytest.fixture(scope="module")
def empty_portfolio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """A file that holds no fact yet."""
    portfolio = made_of(tmp_path_factory.mktemp("empty"), {"account": "account_id,name\n"})
    yield portfolio
    portfolio.close()


def looks(compare: Compare, portfolio: Portfolio, filters: Filters, size: tuple[int, int], *keys: str) -> bool:
    """Whether the dashboard looks as before once these keys are pressed."""

    async def drive(pilot: Pilot[None]) -> None:
        driver = Driver(pilot.app)
        await settled(driver)
        await press(driver, *keys)

    return compare(dashboard(Meddler(portfolio), filters), terminal_size=size, run_before=drive)


def key_of(mode: str) -> list[str]:
    """What leads to this screen; nothing for the first one."""
    return [] if mode == "overview" else [BY_ID[f"screen.{mode}"].keys]


@SIZES
@MODES
def test_sample(sample_portfolio: Portfolio, snap_compare: Compare, mode: str, size: tuple[int, int]) -> None:
    assert looks(snap_compare, sample_portfolio, START, size, *key_of(mode))


@SIZES
@MODES
def test_empty_file(empty_portfolio: Portfolio, snap_compare: Compare, mode: str, size: tuple[int, int]) -> None:
    assert looks(snap_compare, empty_portfolio, Filters(as_of=date(2026, 9, 30)), size, *key_of(mode))


@SIZES
@MODES
def test_no_match(sample_portfolio: Portfolio, snap_compare: Compare, mode: str, size: tuple[int, int]) -> None:
    assert looks(snap_compare, sample_portfolio, Filters(where="region:DACH tier:1 margin>90%"), size, *key_of(mode))


@SIZES
def test_account(sample_portfolio: Portfolio, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert looks(snap_compare, sample_portfolio, START, size, "enter")


@pytest.mark.parametrize("tab", "23456")
@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_account_tab(sample_portfolio: Portfolio, snap_compare: Compare, size: tuple[int, int], tab: str) -> None:
    assert looks(snap_compare, sample_portfolio, START, size, "enter", tab)


VALUE = {
    "bridge-120x36": ((120, 36), ("3", "tab", "m")),
    "mix-120x36": ((120, 36), ("3", "tab", "tab", "m")),
    "quadrant-80x24": ((80, 24), ("3", "m")),
    "bridge-80x24": ((80, 24), ("3", "m", "m")),
    "mix-80x24": ((80, 24), ("3", "m", "m", "m")),
}


@pytest.mark.parametrize("case", VALUE)
def test_value_panels(sample_portfolio: Portfolio, snap_compare: Compare, case: str) -> None:
    size, keys = VALUE[case]
    assert looks(snap_compare, sample_portfolio, START, size, *keys)

"""How the screens look: compared with a picture of the last time somebody looked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from kaptui.portfolio import Portfolio
from ui.harness import Meddler, dashboard, press, settled

SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 16)], ids=lambda size: f"{size[0]}x{size[1]}")
Compare = Callable[..., bool]


@SIZES
def test_overview(sample_portfolio: Portfolio, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(dashboard(Meddler(sample_portfolio)), terminal_size=size, run_before=settled)


@SIZES
def test_account(sample_portfolio: Portfolio, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def open_first(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "enter")

    assert snap_compare(dashboard(Meddler(sample_portfolio)), terminal_size=size, run_before=open_first)

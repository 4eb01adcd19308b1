"""Whatever key is pressed on whatever screen: the dashboard goes on, fits, and Esc leads back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding

from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.keys import BY_ID
from kaptui.ui.screen_factory import SCREENS
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.filter_bar import FilterBar
from tests.ui.harness import Driver, Meddler, dashboard, dashboard_screen, press, running, screen_lines, settled, sound
from tests.ui.test_general_keys import WORKING, Still

LEAVING = {"quit", "interrupt"}
SHARED = {one.id or "" for one in (*KaptuiApp.BINDINGS, *DashboardScreen.BINDINGS) if isinstance(one, Binding)}
"""What works alike on every screen; tried on the first one."""

TRIED_ELSEWHERE = WORKING - {"basis", "rates", "window"} | {"pack"}
"""What test_general_keys.py and test_pack_key.py try with its effect, over figures that are those of the choice."""

OWN = {"zoom", "filter", "mode"}
"""What shows something else on every screen: tried on each in a small window."""


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAPTUI_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("KAPTUI_STATE_DIR", str(tmp_path))
    monkeypatch.setattr("kaptui.ui.clipboard.PROGRAMS", ())
    monkeypatch.chdir(tmp_path)


async def back(pilot: Driver, app: KaptuiApp, here: DashboardScreen) -> None:
    """Close what a key opened, by Esc alone, then drop what it narrowed."""
    for _ in range(6):
        if app.filters.where or app.state is None or app.state.filters != app.filters:
            await settled(pilot)  # a filter is taken back once it stands; Esc before that stops what is under way
        if app.screen is here and not here.can_go_back and not here.query_one(FilterBar).editing:
            break
        if isinstance(app.screen, DashboardScreen) and app.screen is not here and len(app.screen_stack) == 1:
            app.switch_mode(next(mode for mode in SCREENS if here in app._screen_stacks.get(mode, [])))
            await pilot.pause()
            continue
        await pilot.press("escape")
        await pilot.pause()
    assert app.screen is here, f"Esc does not lead back from {app.screen}"
    assert not app.filters.where, "what a key narrowed would hide the accounts from the next"


async def press_all(pilot: Driver, app: KaptuiApp, tried: set[str]) -> set[str]:
    """Press what works on each panel of this screen and was not tried yet; all that was tried, then."""
    here, pressed, key = dashboard_screen(app), set(tried), None
    for _ in here.panels:
        for key in [key for key in here.keys.working() if key.id not in LEAVING | pressed]:
            pressed.add(key.id)
            await pilot.press(key.keys.split(",")[0])
            if key.id not in SHARED:
                await settled(pilot)  # some open their dialog once its answer is there
            sound(app, key.id)
            await back(pilot, app, here)
        await settled(pilot)
        await back(pilot, app, here)
        if key is not None:
            sound(app, key.id)
        await press(pilot, "tab")
    assert {"help", "palette", "filter", "export", "zoom", "refresh", "compare"} <= pressed
    return pressed


@pytest.mark.parametrize("modes", [list(SCREENS)[:3], list(SCREENS)[3:]], ids="-".join)
async def test_every_key_of_a_screen(sample_portfolio: Portfolio, modes: list[str]) -> None:
    """What test_general_keys.py tries with its effect is left to it."""
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        for mode in modes:
            if mode != "overview":
                await press(pilot, BY_ID[f"screen.{mode}"].keys)
            await press_all(pilot, app, TRIED_ELSEWHERE if mode == "overview" else SHARED)


async def test_every_key_in_a_small_window(sample_portfolio: Portfolio) -> None:
    app = dashboard(Still(sample_portfolio))  # other figures of another basis are tried above
    async with running(app, (48, 14)) as pilot:
        tried: set[str] = set()
        for mode in SCREENS:
            if mode != "overview":
                await press(pilot, BY_ID[f"screen.{mode}"].keys)
            assert "Tab Panel" in screen_lines(app)[-1], "one panel at a time: the footer says how to get to the next"
            tried = await press_all(pilot, app, tried - OWN)

"""Whatever key is pressed on whatever screen: the dashboard goes on, fits, and Esc leads back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding

from kaptui.portfolio import Portfolio
from kaptui.ui.app import SCREENS, KaptuiApp
from kaptui.ui.keys import BY_ID, Key
from kaptui.ui.screens.board import Board
from tests.ui.harness import Driver, Meddler, board, dashboard, fits, press, running, screen_text, settled

LEAVING = {"quit", "interrupt"}
SHARED = {one.id or "" for one in (*KaptuiApp.BINDINGS, *Board.BINDINGS) if isinstance(one, Binding)} - {
    "zoom",
    "filter",
}
"""What works alike on every screen; tried on the first one."""


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAPTUI_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("KAPTUI_STATE_DIR", str(tmp_path))
    monkeypatch.setattr("kaptui.ui.clipboard.PROGRAMS", ())


def sound(app: KaptuiApp, after: Key) -> None:
    """The dashboard runs, fits its window, and nothing on it broke."""
    said = " ".join(screen_text(app).split())
    assert app.is_running, after.id
    assert fits(app), after.id
    assert "mistake in kaptui" not in said, after.id
    assert not [one.message for one in app._notifications if one.severity == "error"], after.id


async def back(pilot: Driver, app: KaptuiApp, here: Board) -> None:
    """Close what a key opened, by Esc alone, then drop what it narrowed."""
    for _ in range(6):
        if app.screen is here and not here.can_go_back:
            break
        if isinstance(app.screen, Board) and app.screen is not here and len(app.screen_stack) == 1:
            app.switch_mode(next(mode for mode in SCREENS if here in app._screen_stacks.get(mode, [])))
            await pilot.pause()
            continue
        await pilot.press("escape")
        await pilot.pause()
    assert app.screen is here, f"Esc does not lead back from {app.screen}"


@pytest.mark.parametrize("size", [(120, 36), (48, 14)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("mode", SCREENS)
async def test_every_key_of_a_screen(sample_portfolio: Portfolio, mode: str, size: tuple[int, int]) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, size) as pilot:
        if mode != "overview":
            await press(pilot, BY_ID[f"screen.{mode}"].keys)
        here = board(app)
        pressed: set[str] = set() if mode == "overview" else set(SHARED)
        for _ in here.panels:
            for key in [key for key in here.working_keys() if key.id not in LEAVING | pressed]:
                pressed.add(key.id)
                await pilot.press(key.keys.split(",")[0])
                await pilot.pause(0.02)
                sound(app, key)
                await back(pilot, app, here)
            await settled(pilot)
            sound(app, key)
            await press(pilot, "tab")
        assert {"help", "palette", "filter", "export", "zoom", "refresh", "compare"} <= pressed

"""Help says the keys as they are first, then explains the numbers; a wrong config is told there and at the start."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from kaptui.portfolio import Portfolio
from kaptui.ui.desk import config
from ui.harness import Meddler, dashboard, press, running, screen_lines, screen_text


async def test_help_and_footer_follow_the_config(
    sample_portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAPTUI_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("KAPTUI_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "config.toml").write_text('thme = "calm"\n[keys]\nfilter = "f"\nrow.up = "ctrl+y"\nzoom = "s"\n')
    app = dashboard(Meddler(sample_portfolio))
    app.furnish(config())
    said: list[str] = []
    monkeypatch.setattr(app, "notify", lambda message, **_: said.append(message))
    async with running(app, (120, 60)) as pilot:
        assert "config.toml line 1: unknown key 'thme' (theme?)" in said
        assert "f Filter" in screen_lines(app)[-1]
        assert "/ Filter" not in screen_lines(app)[-1]
        await press(pilot, "question_mark")
        text = str(app.screen.query_one("#help-text", Static).content)
        order = ("YOUR CONFIG FILE", "KEYS THAT WORK HERE", "WHAT THE PANELS SHOW", "HOW TO READ IT")
        places = [text.index(title) for title in order]
        assert places == sorted(places)
        assert "line 1: unknown key 'thme' (theme?)" in text
        assert "line 5: key 's' is 'sort' already" in text
        await press(pilot, *"filter the acc")
        assert "f          Filter the accounts" in screen_text(app)
        await press(pilot, "escape", "f", *"helvia", "enter")
        assert app.filters.where == "-status:exited helvia"
        await press(pilot, "x", "slash")
        assert app.filters.where == ""


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (48, 14)])
async def test_help_is_read_to_its_last_line_page_by_page(sample_portfolio: Portfolio, size: tuple[int, int]) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, size) as pilot:
        await press(pilot, "question_mark")
        first = screen_text(app)
        await press(pilot, "pagedown")
        assert screen_text(app) != first
        await press(pilot, "pageup")
        assert screen_text(app) == first
        await press(pilot, *["pagedown"] * 40)
        assert "Close without a change" in " ".join(screen_text(app).split())


async def test_long_lines_of_help_go_on_below_their_words(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "question_mark")
        text = str(app.screen.query_one("#help-text", Static).content)
        assert "needs attention or all accounts" not in text
        assert all(line.startswith("  ") for line in text.splitlines() if line and not line.isupper())
        assert max(map(len, text.splitlines())) <= 70

"""Help says the keys as they are first, then explains the numbers and short names; a wrong config is told there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Static

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.services import read_config
from tests.reference.shelf import Shelf
from tests.ui.harness import Driver, Meddler, dashboard, dashboard_screen, press, running, screen_lines, screen_text


async def test_help_and_footer_follow_the_config(
    sample_portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAPTUI_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("KAPTUI_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "config.toml").write_text('thme = "calm"\n[keys]\nfilter = "f"\nrow.up = "ctrl+y"\nzoom = "s"\n')
    app = dashboard(Meddler(sample_portfolio))
    app.apply_config(read_config())
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
        assert app.filters.where == "helvia"
        await press(pilot, "x", "slash")
        assert app.filters.where == ""


async def test_help_is_read_to_its_last_line_and_searched(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (120, 36)) as pilot:
        for size in ((120, 36), (80, 24), (48, 14)):
            await pilot.resize_terminal(*size)
            await press(pilot, "question_mark")
            first = screen_text(app)
            await press(pilot, "pagedown")
            assert screen_text(app) != first, size
            await press(pilot, "pageup")
            assert screen_text(app) == first, size
            await press(pilot, *["pagedown"] * 80)
            assert "Close without a change" in " ".join(screen_text(app).split()), size
            if size == (80, 24):  # long lines go on below their words
                text = str(app.screen.query_one("#help-text", Static).content)
                assert "needs attention or all accounts" not in text
                assert all(line.startswith("  ") for line in text.splitlines() if line and not line.isupper())
                assert max(map(len, text.splitlines())) <= 70
            await press(pilot, "escape")

        await pilot.resize_terminal(120, 36)
        await a_search_finds_what_the_guide_says(pilot, app)
        await press(pilot, "escape", "2")
        await the_factor_under_the_cursor_is_named_below_the_list(pilot, app)
        await pilot.resize_terminal(80, 24)
        await help_says_what_the_panels_say(pilot, app)


async def a_search_finds_what_the_guide_says(pilot: Driver, app: KaptuiApp) -> None:
    """Words of the guide, which is no part of help before."""
    await press(pilot, "question_mark")
    await app.workers.wait_for_complete()
    text = str(app.screen.query_one("#help-text", Static).content)
    assert "kaptui guide data: every table and column" in " ".join(text.split())
    assert "financial_period.cogs" not in text
    await press(pilot, *"cost of goods sold, a")
    text = " ".join(str(app.screen.query_one("#help-text", Static).content).split())
    assert text.startswith("KAPTUI GUIDE DATA financial_period.cogs: cost of goods sold, a positive number")
    await press(pilot, "ctrl+u", *"variable profit share:")
    assert "person.variable_profit_share: part of the variable pay" in screen_text(app)


async def the_factor_under_the_cursor_is_named_below_the_list(pilot: Driver, app: KaptuiApp) -> None:
    """By its whole name, where the keyboard is."""
    heatmap, claims, means = dashboard_screen(app).panels
    assert heatmap.border_subtitle_words.startswith("■ red  ▪ amber")
    await press(pilot, "right", "right", "right", "right")
    assert heatmap.border_subtitle_words.startswith("Real account managers: 25 of 100, red (below 34)")
    await press(pilot, "tab", "right")
    assert heatmap.border_subtitle_words.startswith("■ red  ▪ amber"), "the keyboard is elsewhere"
    assert claims.border_subtitle_words == "TOP: Anchored at the top, 3 overclaimed"
    await press(pilot, "tab", "down", "down")
    assert means.border_subtitle_words.startswith("KAM: Real account managers")
    await press(pilot, "shift+tab", "m")
    assert claims.border_subtitle_words.partition(", ")[0] == "KAM: Real account managers"


async def help_says_what_the_panels_say(pilot: Driver, app: KaptuiApp) -> None:
    """Every mark of the quadrants, and a panel as its border calls it."""
    await press(pilot, "3", "tab", "m", "question_mark")
    text = str(app.screen.query_one("#help-text", Static).content)
    marks = [line.strip() for line in text.splitlines() if " = " in line]
    assert [line.partition(" = ")[0] for line in marks] == [*"ABCDEF", "●"]
    assert marks[:2] == ["A = Sunfold Energy", "B = Helvia Group"]

    # a panel is called what its border calls it
    await press(pilot, "escape")
    await pilot.resize_terminal(120, 36)
    await press(pilot, "4")
    titles = {panel.source.title for panel in dashboard_screen(app).panels}
    await press(pilot, "question_mark")
    text = " ".join(str(app.screen.query_one("#help-text", Static).content).split())
    assert all(f" {title}: " in text for title in titles if title != "What if: not saved")
    assert "Sponsorship gaps:" not in text


async def test_help_spells_out_the_factors_as_the_file_names_them(shelf: Shelf) -> None:
    tables = {
        "account": "account_id,name\nA,Alpha\n",
        "success_factor": "factor_id,code,name\n1,TOP,Leaders stand by us\n2,ZEN,Calm\n",
        "assessment": "account_id,factor_id,assessed_on,score\nA,1,2026-06-01,3\n",
    }
    app = dashboard(Meddler(shelf.portfolio(tables)), Filters(as_of=date(2026, 6, 30)))
    async with running(app) as pilot:
        for screen in ("1", "2"):
            await press(pilot, screen, "question_mark")
            text = str(app.screen.query_one("#help-text", Static).content)
            assert "  TOP = Leaders stand by us\n  ZEN = Calm\n" in text, screen
            await press(pilot, "escape")

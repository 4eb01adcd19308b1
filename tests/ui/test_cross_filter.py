"""What one panel narrows, all panels follow, and Esc takes back."""

from __future__ import annotations

import pytest

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.charts.bar_list import BarList
from kaptui.ui.widgets.charts.curve_plot import CurvePlot
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.ui.widgets.view_widget import ViewWidget
from tests.ui.harness import Meddler, dashboard, press, running, screen_lines, screen_text, table


async def test_a_bar_narrows_every_panel_and_esc_takes_one_step_back(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        assert "Esc Back" not in screen_lines(app)[-1]
        await press(pilot, "tab", "enter")
        assert app.filters.where == "LON<34"
        left = sample_portfolio.matching(Filters("LON<34")).height
        assert f"{left} of 48 accounts" in screen_lines(app)[2]
        assert "[LON<34]" in screen_lines(app)[2]
        assert "Esc Back" in screen_lines(app)[-1]
        app.screen.query_one("#coverage BarList", BarList).focus()
        await press(pilot, "down", "enter")
        assert app.filters.where == "LON<34 external:uncovered"
        await press(pilot, "z", "escape")
        assert app.filters.where == "LON<34 external:uncovered"
        await press(pilot, "escape")
        assert app.filters.where == "LON<34"
        await press(pilot, "escape")
        assert app.filters.where == ""
        await press(pilot, "escape", "escape")
        assert app.filters.where == ""
        assert app.is_running

        # A second Enter widens; what was dropped is no step any more.
        await pilot.resize_terminal(80, 24)
        app.screen.query_one("#attention DataTableView", DataTableView).focus()
        await press(pilot, "tab", "down", "enter")
        assert app.filters.where == "TOP<34"
        await press(pilot, "enter")
        assert app.filters.where == ""
        await press(pilot, "enter")
        await press(pilot, "x")
        assert app.filters.where == ""
        await press(pilot, "escape")
        assert app.filters.where == ""
        assert "46 in the programme, 2 exited" in screen_text(app)


async def test_a_point_of_the_curve_is_the_row_of_the_list_and_enter_opens_it(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (180, 44)) as pilot:
        await press(pilot, "m")
        curve = app.screen.query_one(CurvePlot)
        curve.focus()
        ranked = list(sample_portfolio.ask("whale_curve", app.filters)["account_id"])
        place = ranked.index(curve.point)
        await press(pilot, "right")
        assert curve.point == ranked[min(place + 1, len(ranked) - 1)]
        assert table(app).key == curve.point
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert app.screen.account_id == curve.point
        await press(pilot, "escape")
        assert app.focused is curve


async def test_two_lists_that_follow_do_not_lead_each_other(
    sample_portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two rows reached before the other list has followed once set both lists going for ever."""
    told: list[str] = []
    follow = DashboardScreen.on_view_widget_row_highlighted

    def heard(self: DashboardScreen, event: ViewWidget.RowHighlighted) -> None:
        told.append(event.key)
        follow(self, event)

    monkeypatch.setattr(DashboardScreen, "on_view_widget_row_highlighted", heard)
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await press(pilot, "4")
        told.clear()
        await press(pilot, "down", "down", "down")
        matrix, gaps = (app.screen.query_one(f"#{name} DataTableView", DataTableView) for name in ("matrix", "gaps"))
        assert matrix.key == gaps.key == told[-1]
        assert gaps.cursor > 0
        assert len(told) == 3  # each row by the list that has the keyboard, and by no other

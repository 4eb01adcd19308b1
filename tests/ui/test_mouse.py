"""The mouse does what the keys do: screens, keys of the footer, bars, figures, steps, and points of a curve."""

from __future__ import annotations

from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.widgets.charts.bar_list import BarList
from kaptui.ui.widgets.charts.curve_plot import CurvePlot
from kaptui.ui.widgets.charts.waterfall_plot import WaterfallPlot
from kaptui.ui.widgets.figures_row import FiguresRow
from tests.ui.harness import Driver, Meddler, dashboard, dashboard_screen, press, running, screen_lines, settled


async def click(pilot: Driver, app: KaptuiApp, text: str, times: int = 1, into: int = 1) -> None:
    """Click `into` cells behind where `text` begins on screen, and wait for what it leads to."""
    y, line = next((y, line) for y, line in enumerate(screen_lines(app)) if text in line)
    await pilot.click(offset=(line.index(text) + into, y), times=times)
    await settled(pilot)


async def test_a_click_on_a_name_goes_there(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        for name, tab in (("2 Factors", "factors"), ("5 Plans", "plans"), ("1 Overview", "overview")):
            await click(pilot, app, name)
            assert dashboard_screen(app).tab == f"screen.{tab}"
        await pilot.click(offset=(0, 1))  # beside the names
        await pilot.click(offset=(119, 1))
        assert dashboard_screen(app).tab == "screen.overview"
        await press(pilot, "enter")
        await click(pilot, app, " 4 ")
        assert "[4 Value]" in screen_lines(app)[1]
        assert "Helvia Group" in screen_lines(app)[1]


async def test_a_click_on_a_key_of_the_footer_presses_it(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        await click(pilot, app, "Tab Panel")
        assert dashboard_screen(app).current.id != "attention"
        await click(pilot, app, "? Help", into=5)
        assert type(app.screen).__name__ == "HelpScreen"
        await press(pilot, "escape")
        await click(pilot, app, "/ Filter", into=8)  # the blank behind it
        assert not dashboard_screen(app).has_class("-editing")
        await click(pilot, app, "/ Filter")
        assert "/" in screen_lines(app)[2]
        assert app.focused is not None
        assert type(app.focused).__name__ == "FilterInput"


async def test_a_click_points_and_two_lead_on(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await click(pilot, app, "at customer   ")
        bars = app.screen.focused
        assert isinstance(bars, BarList)
        assert bars.pointed is not None
        assert bars.pointed.label == "at customer"
        assert app.filters.where == ""
        await click(pilot, app, "at customer   ", times=2)
        assert app.filters.where == "external:uncovered"
        await click(pilot, app, "[external:uncovered]")
        assert app.filters.where == ""

        await click(pilot, app, "Need attention")
        figures = app.screen.query_one(FiguresRow)
        assert figures.pointed is not None
        assert figures.pointed.label == "Need attention"
        assert dashboard_screen(app).current.id == "attention", "one click on a card leads to what stands behind it"

        await pilot.resize_terminal(180, 44)  # where the curve has room
        await settled(pilot)
        curve = app.screen.query_one(CurvePlot)
        line = next(line for line in curve.curve.lines if line.ids)
        await pilot.click(curve, offset=(curve.size.width - 3, 4))
        await settled(pilot)
        assert curve.point in line.ids[-4:]
        first = next(filter(None, line.ids))
        await pilot.click(curve, offset=(0, 4))
        await settled(pilot)
        assert curve.point == first
        curve.action_column(-1)  # the curve begins at zero, where no account is
        assert curve.point == first
        await pilot.click(curve, offset=(0, 4), times=2)
        await settled(pilot)
        assert sample_name(sample_portfolio, app, first) in screen_lines(app)[1]


def sample_name(portfolio: Portfolio, app: KaptuiApp, account_id: str) -> str:
    """What the account is called."""
    accounts = portfolio.ask("accounts", app.filters)
    return str(accounts.filter(accounts["account_id"] == account_id)["name"].item())


async def test_a_click_on_a_step_says_what_weighs_in_it_and_two_clicks_on_a_row_are_enter(
    sample_portfolio: Portfolio,
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await press(pilot, "3", "tab", "m")
        plot = app.screen.query_one(WaterfallPlot)
        assert plot.step is not None
        chosen = plot.step.label
        lines = [screen[plot.region.x : plot.region.right] for screen in screen_lines(app)[plot.region.y :]]
        y, line = next((y, line) for y, line in enumerate(lines) if y and "%" not in line and chosen not in line)
        await pilot.click(plot, offset=(4, y))
        assert plot.step.label != chosen
        assert line.strip().startswith(plot.step.label)

        await press(pilot, "4")
        await click(pilot, app, "Marcus Osei", times=2)
        assert app.filters.where.startswith("sponsor:")
        await press(pilot, "1")
        await click(pilot, app, "Orbis Rail", times=2)
        assert "Orbis Rail" in screen_lines(app)[1]

"""The Value screen driven by its keys: places that are shared, marks that follow, quadrants and bars that filter."""

from __future__ import annotations

import random
from dataclasses import replace

import polars as pl
import pytest

from kaptui.filters import Filters
from kaptui.panels.value_mix import quadrants
from kaptui.portfolio import Portfolio
from kaptui.text import money
from kaptui.ui.app import KaptuiApp
from kaptui.ui.screens.value import ValueScreen
from kaptui.ui.widgets.charts import scatter
from kaptui.ui.widgets.charts.bar_list import BarList
from kaptui.ui.widgets.charts.curve_plot import CurvePlot
from kaptui.ui.widgets.charts.scatter_plot import ScatterPlot
from kaptui.ui.widgets.charts.waterfall_plot import WaterfallPlot, hanging, span
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.views import Corner, Scatter, Step
from tests.ui.harness import (
    START,
    Meddler,
    dashboard,
    dashboard_screen,
    fits,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
)

WIDE, NARROW, SMALL = (120, 36), (80, 24), (48, 14)


def value(app: KaptuiApp) -> ValueScreen:
    """The screen under test."""
    screen = app.screen
    assert isinstance(screen, ValueScreen)
    return screen


def shown(app: KaptuiApp) -> list[str]:
    """The panels in sight, by id."""
    return [str(panel.id) for panel in value(app).panels]


async def test_the_sentence_and_three_panels_answer_at_once_and_mark_one_account(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, WIDE) as pilot:
        await press(pilot, "3")
        text = screen_text(app)
        # Of the 44 accounts with known profit six lose 1.82m, one of which has left the programme; unknown are two
        # with a month without its cost and two without figures (see the sample's csv).
        assert (
            "38 of 44 accounts make 111 % of profit; 6 give back 1.8m, 1 of them exited; 4 with unknown profit" in text
        )
        assert "Lever: Helvia Group, 1.9m more by cutting cost to serve to" in " ".join(text.split())
        assert shown(app) == ["mix_table", "whale", "quadrant"]
        assert app.screen.focused is app.screen.query_one("#mix_table DataTableView")
        assert "EUR contr. 12 months" in screen_lines(app)[0]
        assert "total of 48" in text
        assert fits(app)

        # The account under the cursor is a point everywhere.
        await press(pilot, "j")
        here = app.screen.query_one("#mix_table DataTableView", DataTableView).key
        assert here == "KA005"  # Orbis Rail loses second most
        assert app.screen.query_one("#whale CurvePlot", CurvePlot).point == here
        assert app.screen.query_one("#quadrant ScatterPlot", ScatterPlot).point == here
        assert "● Orbis Rail" in screen_text(app)
        await press(pilot, "tab", "left")  # along the curve: the table follows
        assert app.screen.query_one("#mix_table DataTableView", DataTableView).key != here

        # A quadrant filters every screen, and gives way.
        await press(pilot, "shift+tab", "g", "tab", "tab", "left", "enter")
        assert app.filters.where == 'quadrant:"fix or exit"'
        matching = sample_portfolio.matching(app.filters).height
        assert f"{matching} of 48 accounts" in screen_lines(app)[0]
        await press(pilot, "1")
        assert f"{matching} of 48 accounts" in screen_lines(app)[0]
        await press(pilot, "3", "enter")
        assert app.filters.where == ""

        # In every size the quadrants name all their marks.
        await press(pilot, "shift+tab", "shift+tab", "g")
        for size in ((160, 50), WIDE):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            for _ in range(4):
                plot = app.screen.query_one("ScatterPlot", ScatterPlot)
                below = " ".join(plot.render_line(y).text for y in range(plot.size.height)[-2:])
                hidden = plot._drawn[1].letters.get(plot.point) if plot._drawn[1] is not None else None
                named = {letter: name for letter, name in plot.marks if letter != hidden}
                assert len(plot.marks) == 6
                assert all(f"{letter} {name[:7]}" in below for letter, name in named.items()), (size, below)
                assert "● " in below
                await press(pilot, "down")
            await press(pilot, "g")

        # Rates are switched, and said.
        await pilot.press("3", "F", "b", "t")  # what stands between is not waited for
        await press(pilot)
        assert "vs " not in screen_lines(app)[0], "nothing here is compared with the review, so it is not named"
        await press(pilot, "1")
        line = screen_lines(app)[0]
        assert "EUR gross since Jan const. FX" in line  # shortened, so that the review stays
        assert "vs Q2 2026 committee" in line
        await press(pilot, "3")
        assert app.filters.rates == "constant"


async def test_panels_share_places_the_more_the_smaller_the_screen(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (60, 16)) as pilot:
        # On a low screen the list shares its place.
        await press(pilot, "3")
        known = sample_portfolio.ask("portfolio", Filters())["known_revenue"][0]
        assert f"base {money(known)}" in screen_text(app), "what the shares of revenue are of"
        assert ": Helvia Group, Northstar" not in screen_text(app), "names are not lost without a sign"
        assert "4 with revenue up, profit down ─" in screen_text(app), "no room for a name: the count alone"
        seen = []
        for _ in range(4):
            assert fits(app)
            seen += shown(app)
            await press(pilot, "m")
        assert seen == ["mix_table", "whale", "quadrant", "bridge"]

        # A small screen shows one panel at a time.
        await pilot.resize_terminal(*SMALL)
        app.screen.query_one("#mix_table DataTableView").focus()
        await settled(pilot)
        for _ in range(7):
            assert fits(app)
            assert sum(bool(panel.size.height) for panel in value(app).panels) == 1
            await press(pilot, "tab")
        assert dashboard_screen(app).current.id == "mix_table"


async def test_m_goes_through_every_panel_of_a_narrow_screen(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, NARROW) as pilot:
        await press(pilot, "3")
        seen = [shown(app)[1]]
        for _ in range(6):
            await press(pilot, "m")
            assert fits(app)
            seen.append(shown(app)[1])
        assert seen == ["whale", "quadrant", "bridge", "mix", "months", "lists", "whale"]
        assert app.screen.focused is app.screen.query_one("#mix_table DataTableView")
        await press(pilot, "m", "m", "tab", "m")  # from inside the place: first the modes of the panel itself
        assert shown(app)[1] == "bridge"
        assert dashboard_screen(app).current.source.question == "bridge_accounts"
        await press(pilot, "m")
        assert (shown(app)[1], dashboard_screen(app).current.id) == ("mix", "mix")


async def test_the_bridge_says_who_weighs_most_and_the_mix_groups_and_filters(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    behind = sample_portfolio.ask("bridge_accounts", START)
    first = behind.filter(pl.col("step") == "mix").row(0, named=True)["name"]
    async with running(app, WIDE) as pilot:
        await press(pilot, "3", "tab", "m", "j")
        plot = app.screen.query_one("#bridge WaterfallPlot", WaterfallPlot)
        assert plot.step is not None
        assert plot.step.label == "Mix of accounts"
        assert any(line.startswith(f"│ Mix of accounts: {first}") for line in screen_lines(app))

        # u groups the mix, and a bar of it filters.
        await press(pilot, "tab", "m")
        assert "Revenue and profit by region" in screen_text(app)
        await press(pilot, "enter")
        assert app.filters.where == 'region:"North America"'
        await press(pilot, "escape", "u", "u", "u")
        assert "Revenue and profit by tier" in screen_text(app)
        await press(pilot, "u", "u")
        bars = app.screen.query_one("#mix BarList", BarList)
        assert "Revenue and profit by account" in screen_text(app)
        await press(pilot, "enter")  # the widest gap of all: Helvia, 7.8 % of revenue and -3.6 % of profit
        assert "Helvia Group" in screen_lines(app)[1]
        await press(pilot, "escape")
        assert bars.is_attached


# The drawings alone


def cloud(count: int, seed: int = 3) -> Scatter:
    """So many accounts around a median of 1m and a margin of 10 %."""
    dice = random.Random(seed)
    xs = sorted((1e6 * 10 ** dice.gauss(0, 0.5) for _ in range(count)), reverse=True)
    ys = [dice.gauss(0.1, 0.08) for _ in range(count)]
    ids = [f"A{n}" for n in range(count)]
    corners = [Corner(name, "", f"quadrant:{name}") for name in ("invest", "protect", "fix", "re-price")]
    frame = pl.DataFrame({"account_id": ids, "name": ids, "x": xs, "y": ys})
    return Scatter(frame, 1e6, 0.1, (corners[0], corners[1], corners[2], corners[3]), "revenue", "margin")


def count_in(made: scatter.Plot, part: str) -> int:
    return sum(cell[1] == part for row in made.rows for cell in row)


def test_few_accounts_are_dots_and_thousands_are_shades() -> None:
    few, many = scatter.plot(cloud(24), 60, 16), scatter.plot(cloud(5000), 60, 16)
    marks = [mark for row in few.rows for mark, part in row if part == "dot"]
    # Every account stands somewhere: dots, digits for several in one cell, letters over the six largest.
    assert set(marks) <= set("•23456789")
    assert len(few.letters) == 6
    shades = {mark for row in many.rows for mark, part in row if part == "dot"}
    assert shades <= set(scatter.SHADES)
    assert len(shades) > 2
    assert many.key.startswith("· 1 ░ to ")
    assert not few.key


@pytest.mark.parametrize("height", [5, 7, 18])
def test_points_keep_their_side_of_the_cuts(height: int) -> None:
    drawn, made = cloud(400), scatter.plot(cloud(400), 60, height)
    for x, y in drawn.frame.select("x", "y").iter_rows():
        row, column = made.cell_of(x, y)
        assert row != made.cut_y
        assert column != made.cut_x
        assert made.corner_at(row, column) == 2 * (y < 0.1) + (x > 1e6)
        assert 0 <= row <= made.down.cells + 1
        assert made.left <= column < 60
    rows = made.down.cells - drawn.frame.select(made.down.places("y"))["y"]
    assert rows.to_list() == [made.cell_of(1e6, y)[0] for y in drawn.frame["y"]]


def test_the_cut_says_whose_margin_it_is(sample_portfolio: Portfolio) -> None:
    """The programme's: the total on the same screen has the margin of the accounts chosen, which may be another."""
    shown = quadrants(sample_portfolio.ask("value_mix", START), sample_portfolio.context(START))
    assert isinstance(shown, Scatter)
    assert "cut at programme margin 9.2 %" in shown.caption
    for size, words in (((100, 20), "programme margin"), ((56, 12), "programme margin")):
        made = scatter.plot(shown, *size)
        line = "".join(mark for mark, _ in made.rows[made.cut_y])
        assert f"─{words}─" in line
        assert line.lstrip().startswith("9.2 % ┤")
        assert count_in(made, "letter") == count_in(scatter.plot(replace(shown, y_cut_label=""), *size), "letter")


def test_one_account_alone_and_one_far_off_are_drawn() -> None:
    one = scatter.plot(cloud(1), 40, 12)
    assert count_in(one, "letter") == 1
    far = cloud(30)
    odd = pl.DataFrame({"account_id": ["X"], "name": ["X"], "x": [5e5], "y": [-40.0]})
    with_odd = Scatter(pl.concat([far.frame, odd]), 1e6, 0.1, far.corners, "revenue", "margin")
    made = scatter.plot(with_odd, 60, 16)
    assert made.beyond == 1
    assert made.down.low > -2  # the others keep their room
    assert made.cell_of(5e5, -40.0)[0] == made.down.cells


def test_bars_hang_where_they_should() -> None:
    assert hanging(0, 10, 0, 10, 10) == "█" * 10
    assert hanging(5, 10, 0, 10, 10) == " " * 5 + "█" * 5
    assert hanging(10, 5, 0, 10, 10) == " " * 5 + "█" * 5  # a fall covers the same levels
    assert hanging(2.5, 5, 0, 10, 10) == "  ▐██     "
    assert hanging(0, 0.625, 0, 10, 10) == "▋         "
    assert hanging(4, 4, 0, 10, 10) == "    ·     "
    assert hanging(4, 4.001, 0, 10, 10) == "    ▏     "
    assert all(len(hanging(a, b, -3, 7, 20)) == 20 for a in range(-3, 8) for b in range(-3, 8))


def test_the_axis_breaks_only_where_steps_are_small_beside_the_whole() -> None:
    near = (Step("start", 0, 16.7, ""), Step("size", 16.7, 17.6, ""), Step("end", 0, 17.6, ""))
    low, high = span(near)
    assert 16 < low < 16.7
    assert high == 17.6
    assert span((Step("start", 0, 5, ""), Step("size", 5, 9, ""), Step("end", 0, 9, ""))) == (0, 9)
    assert span((Step("start", 0, -5, ""), Step("new", -5, 4, ""), Step("end", 0, 4, ""))) == (-5, 4)
    assert span(()) == (0, 0)

"""The curve: drawn once for an answer and a size, its mark put into the cell that plotext itself would choose."""

from __future__ import annotations

import plotext
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.text import Text
from textual.app import App, ComposeResult
from textual.geometry import Region

from kaptui.portfolio import Portfolio
from kaptui.ui.themes import themes
from kaptui.ui.widgets.charts import chart
from kaptui.ui.widgets.charts.curve_plot import CurvePlot
from kaptui.views import Curve, Line
from tests.ui.harness import Meddler, dashboard, press, running, screen_lines, screen_text, settled

INK = chart.Ink((0, 0, 0), (9, 9, 9), (8, 8, 8), ((6, 6, 6), (5, 5, 5)))


def curve(*ys: float) -> Curve:
    """One line over 0, 1, 2 ...; its accounts are A0, A1, A2 ..."""
    xs = tuple(float(x) for x in range(len(ys)))
    return Curve((Line("l", xs, ys, tuple(f"A{x:.0f}" for x in xs)),), "x", "y", levels=(1.0,))


def plotted(ys: list[float], at: int, width: int, height: int) -> tuple[int, int]:
    """Where plotext puts a dot at point number `at` when it draws the same line itself."""
    ticks = [low, (low + max(*ys, 1.0)) / 2] if (low := min(*ys, 1.0)) < 0 else [0.0]
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    plotext.horizontal_line(1.0)
    plotext.plot(list(range(len(ys))), ys, marker="braille")
    plotext.scatter([at], [ys[at]], marker="●")
    plotext.yticks(ticks, ["" for _ in ticks])
    lines = Text.from_ansi(plotext.build(), no_wrap=True, end="").plain.split("\n")
    return next((line.index("●") - line_start(lines), row) for row, line in enumerate(lines) if "●" in line)


def line_start(lines: list[str]) -> int:
    """The first column behind the axis."""
    return next(line.index("└") for line in lines if "└" in line) + 1


numbers = st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 2)), min_size=2, max_size=40)


@given(numbers, st.data())
@settings(max_examples=60, deadline=None)
def test_the_mark_stands_in_the_cell_that_plotext_chooses(ys: list[float], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(ys) - 1))
    drawn = chart.draw(curve(*ys), 60, 12, INK)
    cell = drawn.cell(float(at), ys[at])
    assert cell is not None
    # The labels of the two drawings differ in width: both are drawn with the same room for data.
    wide = 60 - drawn.left + 1
    assert (cell[0] - drawn.left, cell[1]) == plotted(ys, at, wide, 12)


def test_a_point_out_of_sight_has_no_cell() -> None:
    drawn = chart.draw(curve(0.0, 1.0, 2.0), 40, 10, INK)
    assert drawn.cell(9.0, 1.0) is None
    assert drawn.cell(float("nan"), 1.0) is None
    assert chart.draw(curve(), 40, 10, INK).cell(0.0, 0.0) is None


def test_the_highest_of_many_points_is_in_sight_though_it_is_not_drawn() -> None:
    ys = [0.0] * 1001
    ys[501] = 7.0  # of 1,001 points every tenth is drawn in 50 cells
    drawn = chart.draw(curve(*ys), 50, 10, INK)
    assert drawn.cell(501.0, 7.0) is not None


class Host(App[None]):
    """A curve and nothing else."""

    CSS = "CurvePlot { width: 60; height: 12; } " + " ".join(
        f".curve--{part} {{ color: white; }}" for part in ("caption", "axis", "level", "point", "first", "second")
    )

    def __init__(self, shown: Curve) -> None:
        super().__init__()
        self.plot = CurvePlot(shown)

    def compose(self) -> ComposeResult:
        yield self.plot

    def dots(self) -> list[tuple[int, int]]:
        """Line and column of every mark on the screen."""
        lines = [strip.text for strip in self.screen._compositor.render_strips()]
        return [(y, x) for y, line in enumerate(lines) for x, letter in enumerate(line) if letter == "●"]


async def test_a_mark_moves_without_a_new_drawing_and_only_its_lines_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawings: list[Curve] = []
    draw = chart.draw

    def counted(shown: Curve, *rest: object) -> chart.Chart:
        drawings.append(shown)
        return draw(shown, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(chart, "draw", counted)
    app = Host(curve(*(float(x) for x in range(40))))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        assert app.dots() == []
        app.plot.highlight_account("A0")
        await pilot.pause()
        [low] = app.dots()
        dirty: list[Region] = []
        refresh = CurvePlot.refresh

        def watched(plot: CurvePlot, *regions: Region, **rest: bool) -> CurvePlot:
            dirty.extend(regions or [plot.size.region])
            return refresh(plot, *regions, **rest)

        monkeypatch.setattr(CurvePlot, "refresh", watched)
        app.plot.highlight_account("A39")
        await pilot.pause()
        [high] = app.dots()
        assert high[0] < low[0]
        assert high[1] > low[1]
        assert {(region.y, region.height) for region in dirty} == {(low[0], 1), (high[0], 1)}
        dirty.clear()
        app.plot.highlight_account("not on the curve")
        await pilot.pause()
        assert app.dots() == []
        assert len(drawings) == 1


async def test_the_mark_survives_a_new_answer_another_size_and_another_theme() -> None:
    app = Host(curve(0.0, 1.0, 2.0, 3.0))
    async with app.run_test(size=(60, 12)) as pilot:
        app.plot.highlight_account("A2")
        await pilot.pause()
        before = app.dots()
        assert len(before) == 1
        app.plot.present(curve(0.0, 1.0, 2.0, 3.0))  # equal, but not the same
        await pilot.pause()
        assert app.dots() == before
        app.plot.present(curve(9.0, 1.0, 0.0, 3.0))
        await pilot.pause()
        assert len(app.dots()) == 1
        assert app.dots() != before
        app.plot.styles.height = 9
        await pilot.pause()
        assert len(app.dots()) == 1
        app.register_theme(themes()[1])
        app.theme = themes()[1].name
        await pilot.pause()
        assert len(app.dots()) == 1


BANDS = ["revenue and budget (dots), EUR", "profit, EUR"]
"""What stands above each scale where both have room."""


async def test_every_line_is_named_without_its_colour_and_once(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (120, 36)) as pilot:
        # What stands in the plot is not said above it again.
        assert screen_text(app).count("peak 111 %") == 1
        await press(pilot, "enter", "4")
        for size, names in (((120, 36), BANDS[1:]), ((80, 24), BANDS[1:]), ((200, 50), BANDS)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            plot = " ".join(screen_lines(app)[7:22])
            assert all(f"{name} " in plot for name in names), size

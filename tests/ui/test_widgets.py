"""Text into cells, tables, bars and curves, each for itself."""

from __future__ import annotations

import time

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from kaptui.ui.text import bar, between, cut, left, right, whole_parts, whole_words, wrapped
from kaptui.ui.widgets.charts import chart
from kaptui.ui.widgets.charts.bar_list import BarList
from kaptui.ui.widgets.figures_row import FiguresRow
from kaptui.ui.widgets.panel_frame import PanelFrame
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.views import Bar, Bars, Column, Curve, Figure, Figures, Line, Table

INK = chart.Ink((0, 0, 0), (9, 9, 9), (8, 8, 8), ((6, 6, 6),))


@given(st.text(st.characters(blacklist_categories=["Cc", "Cf", "Cs", "Mn", "Me"])), st.integers(0, 40))
def test_cells_come_out_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(left(text, width)) == width
    assert cell_len(right(text, width)) == width
    assert cell_len(cut(text, width)) <= width
    assert cell_len(whole_parts(text, width)) <= width
    assert all(cell_len(row) <= max(width, 1) for row in wrapped(text, max(width, 1), 2))


def test_whole_parts_drops_parts_before_it_cuts() -> None:
    assert whole_parts("one, two; three", 9) == "one, two"
    assert whole_parts("seventeen", 5) == "seve…"
    poorer = "10 with revenue up, profit down: Helvia, Orbis, Kestrel and 7 more; beside the margin"
    assert whole_parts(poorer, 70) == "10 with revenue up, profit down: Helvia, Orbis, Kestrel and 7 more"
    assert whole_parts(poorer, 60) == "10 with revenue up, profit down: Helvia, Orbis and 8 more"
    assert whole_parts(poorer, 50) == "10 with revenue up, profit down: Helvia and 9 more"
    assert whole_parts(poorer, 40) == "10 with revenue up, profit down"
    counted = "46 accounts: 3 none, 3 expired, 8 unreviewed"
    assert whole_parts(counted, 30) == "46 accounts: 3 none, 3 expired", "counts are no names"
    cut_at = "41 accounts: margin over revenue in EUR, cut at programme margin 9.2 %"
    assert whole_parts(cut_at, 50) == "41 accounts: margin over revenue in EUR"
    told = "weakest: Long horizon, 11 red of 43; change vs Q2"
    assert whole_parts(told, 30) == "weakest: Long horizon"


def test_words_of_a_border_are_cut_at_a_blank() -> None:
    assert whole_words("3 over, 1 under of 255 scores", 12) == "3 over"
    assert whole_words("moved since the review, by effect", 18) == "moved since the…"
    assert whole_words("seventeen", 5) == "seve…"


def test_between_gives_the_end_its_room() -> None:
    assert between("a long label", "12", 10) == "a long… 12"


@pytest.mark.parametrize(
    ("fraction", "drawn"), [(0.0, ""), (1.0, "████"), (0.5, "██"), (0.53125, "██▏"), (7.0, "████")]
)
def test_bars_are_drawn_in_eighths(fraction: float, drawn: str) -> None:
    assert bar(fraction, 4) == drawn


def curve(ys: tuple[float, ...]) -> Curve:
    """One line over 0, 1, 2 ..."""
    xs = tuple(float(x) for x in range(len(ys)))
    return Curve((Line("l", xs, ys, tuple(f"A{x:.0f}" for x in xs)),), "x", "y", levels=(1.0,))


@pytest.mark.parametrize("ys", [(), (float("nan"),), (1.0,), (0.0, 0.0), (1.0, float("inf"), 3.0), (1e12, -1e12)])
def test_a_curve_never_breaks(ys: tuple[float, ...]) -> None:
    lines = chart.draw(curve(ys), 40, 8, INK).lines
    assert len(lines) <= 8
    assert all(line.cell_len <= 40 for line in lines)


COLUMNS = (Column("name", "Account", width=20), Column("revenue", "Revenue", "money"))


def rows(names: list[str]) -> Table:
    """A table of accounts whose revenue is their place."""
    frame = pl.DataFrame({"account_id": names, "name": names, "revenue": [float(n) for n in range(len(names))]})
    return Table(frame, COLUMNS)


class Host(App[None]):
    """A screen with one table."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = DataTableView(table)

    def compose(self) -> ComposeResult:
        yield self.table


async def test_a_refresh_keeps_the_cursor_on_its_account_and_its_height() -> None:
    app = Host(rows([f"A{n:03}" for n in range(100)]))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("tab", *["down"] * 40)
        height = app.table.cursor - app.table.scroll_y
        app.table.present(rows([f"A{n:03}" for n in range(20, 100)]))
        await pilot.pause()
        assert (app.table.key, app.table.cursor - app.table.scroll_y) == ("A040", height)
        app.table.present(rows(["B"]))
        await pilot.pause()
        assert app.table.key == "B"


async def test_sorting_keeps_the_account_and_puts_unknown_last() -> None:
    table = rows(["A", "B", "C"])
    frame = table.frame.with_columns(revenue=pl.Series([None, 1.0, 2.0]))
    app = Host(Table(frame, COLUMNS))
    async with app.run_test(size=(60, 12)):
        app.table.sort_by("revenue")
        assert (app.table.key, app.table.cursor) == ("A", 2)
        app.table.sort_by("revenue")
        assert (app.table.key, app.table.cursor) == ("A", 2)


async def test_mouse_chooses_a_row_and_sorts_by_a_heading() -> None:
    app = Host(rows([f"A{n:03}" for n in range(5)]))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.click(DataTableView, offset=(4, 3))
        assert app.table.key == "A002"
        await pilot.click(DataTableView, offset=(4, 0))
        assert "▲" in app.table.render_line(0).text


async def test_a_hundred_thousand_rows_page_at_once() -> None:
    app = Host(rows([f"A{n:06}" for n in range(100_000)]))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("tab")
        started = time.monotonic()
        await pilot.press("G", *["pageup"] * 5, "g", "pagedown")
        assert time.monotonic() - started < 5
        assert app.table.cursor == 29


async def test_bars_in_one_line_are_whole_or_left_out() -> None:
    names = ("meeting", "promotion", "score", "plan", "programme", "account")
    bars = BarList(Bars(tuple(Bar(name, 1.0, "1") for name in names)))

    class Narrow(App[None]):
        def compose(self) -> ComposeResult:
            yield bars

    app = Narrow()
    async with app.run_test(size=(70, 1)) as pilot:
        for width in range(14, 71, 4):
            await pilot.resize_terminal(width, 1)
            for step in (-1, *[1] * 6):
                bars.action_row(step)
                await pilot.pause()
                words = app.screen._compositor.render_strips()[0].text.split()
                assert set(words) <= {*names, "1", "…"}
                assert names[bars.cursor] in words or not bars.has_focus
                assert "…" in words or words[::2][-1] == "account"


class Frame(PanelFrame):
    """A frame with so many cells for words in a border line."""

    caption_room = 36


def test_a_title_keeps_its_name_beside_what_it_is_compared_with() -> None:
    frame = Frame()
    title = "Accounts: revenue against profit"
    frame.set_title(title, "vs 30 Jun 2026")
    assert frame.border_title_words == "Accounts: revenue…; vs 30 Jun 2026"
    frame.set_title(title, f"vs {'W' * 200}")
    assert frame.border_title_words.startswith("Accounts:")
    assert cell_len(frame.border_title_words) <= 36
    frame.set_title(title)
    assert frame.border_title_words == title
    frame.caption_room = 16
    frame.set_title(title, "vs 30 Jun 2026")
    assert frame.border_title_words == "Accounts:…"


async def test_figures_in_a_window_narrower_than_one_of_them_are_cut() -> None:
    row = FiguresRow(Figures((Figure("Revenue", "EUR 1.0m of the reporting currency", "in words"),)))

    class Narrow(App[None]):
        CSS = "FiguresRow { height: 3; }"

        def compose(self) -> ComposeResult:
            yield row

    app = Narrow()
    async with app.run_test(size=(16, 3)):
        drawn = [strip.text for strip in app.screen._compositor.render_strips()]
    assert {cell_len(line) for line in drawn} == {16}
    assert drawn[1].startswith(" EUR 1.0m")

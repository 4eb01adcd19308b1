"""Lists: sorted and laid out as the reader wants, from problem to problem, and back from an account."""

from __future__ import annotations

import time
from dataclasses import replace

import polars as pl
from textual.app import App, ComposeResult
from textual.widgets import Input

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.screens.table_menus import ColumnMenu, SortMenu
from kaptui.ui.themes import themes
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.ui.widgets.table.table_layout import (
    SUBTOTAL,
    Layout,
    arranged,
    column_at,
    lined_up,
    problem,
    shift_to,
    shown,
    toggled,
)
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import Column, Row, State, Subtotal, Table
from tests.ui.harness import (
    Driver,
    Meddler,
    dashboard,
    dashboard_screen,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
    table,
)


def negative(row: Row) -> State:
    """Bad below zero."""
    return "bad" if row["n"] is not None and row["n"] < 0 else ""


FRAME = pl.DataFrame({"account_id": list("abcde"), "name": ["b", "A", None, "C", "a"], "n": [1, -2, None, -3, 4]})
COLUMNS = (Column("name", "Name"), Column("n", "N", "integer", state=negative))
TABLE = Table(FRAME, COLUMNS, more=(Column("account_id", "Id"),))


def test_rows_are_sorted_in_any_case_with_unknowns_last() -> None:
    assert arranged(FRAME, Layout(("name", False)))["account_id"].to_list() == ["b", "e", "a", "d", "c"]
    assert arranged(FRAME, Layout(("n", True)))["n"].to_list() == [4, 1, -2, -3, None]
    assert arranged(FRAME, Layout(("gone", True))).equals(FRAME)


def test_columns_come_and_go_in_their_order_and_the_first_stays() -> None:
    added = Layout(columns=toggled(TABLE, Layout(), "account_id"))
    assert [column.name for column in shown(TABLE, added)] == ["name", "n", "account_id"]
    hidden = Layout(columns=toggled(TABLE, added, "n"))
    assert [column.name for column in shown(TABLE, hidden)] == ["name", "account_id"]
    assert toggled(TABLE, hidden, "n") == ("name", "n", "account_id")
    assert [column.name for column in shown(TABLE, Layout(columns=("gone", "n")))] == ["name", "n"]


def test_the_next_problem_is_found_in_both_directions() -> None:
    assert [problem(FRAME, COLUMNS, place, 1) for place in (0, 1, 3)] == [1, 3, None]
    assert [problem(FRAME, COLUMNS, place, -1) for place in (4, 3, 1)] == [3, 1, None]
    assert problem(FRAME.clear(), COLUMNS, 0, 1) is None


def test_a_hundred_thousand_rows_stay_quick() -> None:
    many = pl.DataFrame({"account_id": range(100_000), "name": [f"N{i}" for i in range(100_000)], "n": [1] * 100_000})
    begun = time.perf_counter()
    assert problem(many, COLUMNS, 0, 1) is None
    assert arranged(many, Layout(("name", False))).height == 100_000
    assert time.perf_counter() - begun < 2


async def test_sort_menu_column_menu_and_next_problem(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await press(pilot, "m", "s")
        assert isinstance(app.screen, SortMenu)
        await press(pilot, *"profit", "enter")
        assert "Profit▼" in screen_text(app)
        await press(pilot, "s")
        assert "turns it round" in screen_text(app)
        await press(pilot, "enter")
        assert "Profit▲" in screen_text(app)
        await press(pilot, "g", "G", "n")
        assert "No problem below this row." in {notice.message for notice in app._notifications}
        await press(pilot, "N")
        bad = table(app).cursor
        row = table(app)._frame.row(bad, named=True)
        assert any(column.state and column.state(row) == "bad" for column in table(app).columns)

        await press(pilot, "c")
        assert isinstance(app.screen, ColumnMenu)
        app.screen.query_one(Input).value = "industry"
        await settled(pilot)
        await press(pilot, "enter")
        assert "[x]" in screen_text(app)
        await press(pilot, "escape")
        names = [column.name for column in table(app).columns]
        assert names[0] == "name"
        assert "industry" in names
        await press(pilot, "m", "m")
        assert [column.name for column in table(app).columns] == names, "kept per list"
        assert table(app).arrangement.sort == ("profit", False)


async def test_the_account_and_the_cell_under_the_cursor_are_kept_across_modes(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "j", "j", "j")
        key = table(app).key
        await press(pilot, "m")
        assert "All accounts" in screen_text(app)
        assert table(app).key == key
        await press(pilot, "m")
        assert table(app).key == key
        await press(pilot, "slash", *"nobodyatall", "enter", "x")
        assert app.focused is table(app)

        # the cell, in a mode with more columns
        await pilot.resize_terminal(120, 36)
        await settled(pilot)
        await press(pilot, "l", "l", "m")
        assert table(app).pointed is not None
        assert [column.name for column in table(app).columns].index("profit") == table(app).column == 4
        await press(pilot, "m")
        assert table(app).column == 2, "the same cell, where it stands among fewer columns"


async def test_going_back_after_walking_stands_on_the_account_last_seen(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    ids = sample_portfolio.ask("attention", Filters(where=""))
    async with running(app) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert f"Overview > Needs attention > {ids['name'][0]}   1 of 17" in screen_lines(app)[1]
        assert "What needs a decision" in screen_text(app)
        await press(pilot, "left_square_bracket")
        assert app.screen.account_id == ids["account_id"][0], "the ends hold"
        await press(pilot, "right_square_bracket", "right_square_bracket")
        await press(pilot, "escape")
        assert table(app).key == ids["account_id"][2]
        assert app.focused is table(app)
        assert dashboard_screen(app).current.id == "attention"


def grouped(*values: str) -> Table:
    """Five rows in two groups and one without."""
    frame = FRAME.with_columns(pl.Series("region", ["N", "S", "N", "S", None]))
    subtotals = tuple(Subtotal(value, {"name": value, "n": "9"}, f"region:{value}") for value in values)
    return replace(TABLE, frame=frame, group="region", subtotals=subtotals, foot=({"name": "Mean", "n": "0"},))


def test_groups_stand_in_their_order_and_rows_are_sorted_within_them() -> None:
    lines = lined_up(grouped("S", "N", "W"), Layout(("n", True)))
    assert lines["account_id"].to_list() == [None, "b", "d", None, "a", "c", "e"]
    assert lines[SUBTOTAL].to_list() == [0, None, None, 1, None, None, None], "an empty group has no line"
    assert lined_up(grouped(), Layout())["account_id"].to_list() == list("abcde")


def test_a_cell_is_scrolled_to_beside_the_name() -> None:
    widths = [10, 8, 8, 8]  # the columns begin at 2, 14, 24, 34; the name with its gap takes 14 cells
    assert [shift_to(widths, at, 0, 34) for at in range(4)] == [0, 0, 0, 9], "its mark too"
    assert [shift_to(widths, at, 20, 34) for at in range(4)] == [0, 0, 10, 20]
    assert [column_at(widths, x, 8) for x in (0, 13, 14, 15, 16, 99)] == [0, 0, 1, 1, 2, 3]


class Lone(App[None]):
    """One table and nothing else; keeps what the table says."""

    CSS = "DataTableView { height: 1fr; scrollbar-size-horizontal: 0; }"

    def __init__(self, shown: Table) -> None:
        super().__init__()
        self.table = DataTableView(shown)
        self.heard: list[object] = []

    def get_css_variables(self) -> dict[str, str]:
        return {**super().get_css_variables(), **themes()[0].variables}

    def compose(self) -> ComposeResult:
        yield self.table

    def on_view_widget_filter_toggled(self, event: ViewWidget.FilterToggled) -> None:
        self.heard.append(event.where)

    def on_view_widget_account_selected(self, event: ViewWidget.AccountSelected) -> None:
        self.heard.append(event.ids[event.at])


async def test_the_cursor_stands_on_a_cell_and_enter_on_a_subtotal_narrows() -> None:
    app = Lone(grouped("S", "N"))
    async with app.run_test(size=(30, 8)):
        pilot = Driver(app)
        app.table.focus()
        assert app.table.pointed is None, "the first line is a subtotal"
        await pilot.press("enter", "down", "right", "right")
        assert app.table.pointed is not None
        row, column = app.table.pointed
        assert (row["account_id"], column.name) == ("b", "n"), "the last column holds"
        await pilot.press("enter", "G", "enter", "N")
        assert app.heard == ["region:S", "b", "e"]
        assert (app.table.key, app.table.column) == ("d", 1), "the problem is the cell"
        lines = [strip.text.strip() for strip in app.screen._compositor.render_strips()]
        assert lines[-1].split() == ["Mean", "0"]
        await pilot.resize_terminal(30, 3)
        lines = [strip.text.strip() for strip in app.screen._compositor.render_strips()]
        assert "Mean" not in lines[-1], "rows come before what is pinned"


async def test_a_cell_that_does_not_fit_is_marked_and_never_another_number() -> None:
    frame = pl.DataFrame({"name": ["Alpha"], "first": [1234567], "word": ["uncovered"], "last": [7654321]})
    columns = (
        Column("name", "Name"),
        Column("first", "First", "integer"),
        Column("word", "Word", width=12),
        Column("last", "Last", "integer"),
    )
    app = Lone(Table(frame, columns, key="name"))
    seen = set()
    async with app.run_test(size=(30, 4)):
        pilot = Driver(app)
        app.table.focus()
        for width in range(16, 60, 3):
            await pilot.resize_terminal(width, 4)
            for key in ("left", "left", "left", "right", "right", "right"):
                await pilot.press(key)
                lines = [strip.text for strip in app.screen._compositor.render_strips()]
                seen |= set(" ".join(lines).replace("…", "… ").split())
    numbers = {word for word in seen if any(letter.isdigit() for letter in word)}
    assert numbers == {"1234567", "7654321"}
    assert "uncovered" in seen
    assert not {word for word in seen if word != "uncovered" and "uncovered".startswith(word)}


async def test_the_cut_cell_is_read_whole_in_the_bottom_line_and_a_click_sorts(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        panel = dashboard_screen(app).query_one("#attention", Panel)
        assert panel.border_subtitle_words.startswith(
            "ask for: 1.9m more by cutting cost to serve to the programme's rate; appoint Grace Holloway"
        )
        await press(pilot, "right", "down")
        assert panel.border_subtitle_words == "raise prices 3 %: +0.29m; appoint Mei Tan"
        panel._exchange_repaint_regions()
        table(app).action_row(1)
        assert [region.height for region in panel._repaint_regions] == [1]
        await press(pilot, "tab")
        assert panel.border_subtitle_words.startswith("17 accounts with 73.4m revenue")
        await press(pilot, "shift+tab")
        assert "Orbis" in str(table(app).pointed), "where what to ask for is not cut"
        assert panel.border_subtitle_words.startswith("17 accounts with 73.4m revenue")

        # a click on a heading sorts, and again turns round
        await press(pilot, "g")
        heading = next(line for line in screen_lines(app) if "Revenue" in line and "Account" in line)
        x = heading.index("Revenue") - table(app).region.x
        await pilot.click(table(app), offset=(x, 0))
        await settled(pilot)
        assert "Revenue▼" in screen_text(app)
        await pilot.click(table(app), offset=(x, 0))
        await settled(pilot)
        assert "Revenue▲" in screen_text(app)
        await press(pilot, "g")
        key = table(app)._frame["account_id"][2]
        await pilot.click(table(app), offset=(4, 3))
        assert table(app).key == key


async def test_words_in_a_border_are_never_cut_within_a_word(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        for key in "123456":
            await press(pilot, key)
            for size in ((80, 24), (120, 36)):  # at the last size the next screen stands already
                await pilot.resize_terminal(*size)
                borders = [line for line in screen_lines(app) if line.startswith(("╭", "╰"))]
                ends = [part for line in borders for part in line.split() if part.endswith("…") and part != "…"]
                assert borders, (size, key)
                assert not ends, (size, key, ends)

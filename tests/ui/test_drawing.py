"""A key draws what changed, and nothing else."""

from __future__ import annotations

import polars as pl
import pytest
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from kaptui.portfolio import Portfolio
from kaptui.ui.themes import themes
from kaptui.ui.widgets.charts.bar_list import BarList
from kaptui.ui.widgets.charts.curve_plot import CurvePlot
from kaptui.ui.widgets.figures_row import FiguresRow
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.ui.widgets.table.render import MOST_KEPT, RowRenderer
from kaptui.views import Column, Row, State, Table
from tests.ui.harness import Meddler, dashboard, press, running, settled, table

WIDGETS = (DataTableView, CurvePlot, BarList, FiguresRow)


class Drawn:
    """The lines that each kind of widget was asked to draw."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lines: dict[str, set[int]] = {}
        for kind in WIDGETS:
            self._watch(monkeypatch, kind)

    def _watch(self, monkeypatch: pytest.MonkeyPatch, kind: type[Widget]) -> None:
        draw = kind.render_line

        def watched(widget: Widget, y: int) -> Strip:
            self.lines.setdefault(kind.__name__, set()).add(y)
            return draw(widget, y)

        monkeypatch.setattr(kind, "render_line", watched)


async def test_a_cursor_key_draws_two_rows_and_the_lines_of_the_mark_and_a_mark_two_rows(
    sample_portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        drawn = Drawn(monkeypatch)
        await press(pilot, "down")
        assert table(app).cursor == 1
        assert drawn.lines.pop("DataTableView") == {1, 2}  # line 0 is the heading
        assert len(drawn.lines.pop("CurvePlot", set())) <= 2
        assert drawn.lines == {}
        await press(pilot, "right")
        assert table(app).column == 1
        assert drawn.lines == {"DataTableView": {0, 2}}

        # Marking an account draws only its row and the one before.
        await press(pilot, "left", "up")
        wanted = table(app).table.frame["account_id"][4]
        drawn.lines.clear()
        table(app).highlight_account(wanted)
        await settled(pilot)
        assert table(app).key == wanted
        assert drawn.lines["DataTableView"] == {1, 5}


COLUMNS = (Column("name", "Account", width=20), Column("n", "N", "integer"))


def numbered(count: int, start: int = 0) -> Table:
    """Accounts N0, N1 ... with their number."""
    names = [f"N{start + at}" for at in range(count)]
    return Table(pl.DataFrame({"account_id": names, "name": names, "n": range(start, start + count)}), COLUMNS)


class Host(App[None]):
    """A list and nothing else."""

    CSS = "DataTableView { width: 40; height: 10; scrollbar-size-horizontal: 0; } " + " ".join(
        f".table--{part} {{ color: white; background: $panel; }}"
        for part in (
            *("header", "header-at", "row", "name", "foot", "subtotal", "cursor", "cursor-away", "cell"),
            *("good", "warn", "bad", "muted"),
        )
    )

    def __init__(self, shown: Table) -> None:
        super().__init__()
        self.table = DataTableView(shown)

    def compose(self) -> ComposeResult:
        yield self.table

    def rows(self) -> list[str]:
        """The first word of each line below the heading."""
        lines = [strip.text for strip in self.screen._compositor.render_strips()][1:10]
        return [line.replace(">", " ").split()[0] for line in lines if line.strip()]


async def test_a_scrolling_list_makes_each_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, bool]] = []
    row = RowRenderer.row

    def watched(lines: RowRenderer, cells: Row, chosen: bool, focused: bool) -> Strip:
        made.append((cells["name"], chosen))
        return row(lines, cells, chosen, focused)

    monkeypatch.setattr(RowRenderer, "row", watched)
    app = Host(numbered(100))
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.focus()
        await pilot.pause()
        made.clear()
        await pilot.press(*["down"] * 30)
        await pilot.pause()
        plain = [name for name, chosen in made if not chosen]
        assert len(plain) == len(set(plain)) > 20
        assert app.rows() == [f"N{at}" for at in range(22, 31)]


async def test_what_is_kept_of_a_list_is_never_shown_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host(numbered(100))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert app.rows() == [f"N{at}" for at in range(9)]
        app.table.present(numbered(100, 500))
        await pilot.pause()
        assert app.rows() == [f"N{at}" for at in range(500, 509)]
        app.table.sort_by("n")
        await pilot.pause()
        assert "N500" in app.rows()
        assert app.rows() == sorted(app.rows(), reverse=True)

        def look() -> set[object]:
            strips = app.screen._compositor.render_strips()[3:9]
            return {segment.style.bgcolor for strip in strips for segment in strip if segment.style}

        before = look()
        app.register_theme(themes()[1])
        app.theme = themes()[1].name
        await pilot.pause()
        assert look() != before


async def test_lines_are_not_kept_without_end() -> None:
    app = Host(numbered(3 * MOST_KEPT))
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.focus()
        await pilot.press(*["pagedown"] * 80)
        await pilot.pause()
        assert 0 < len(app.table._kept) <= MOST_KEPT


async def test_keys_go_on_while_a_long_list_is_searched_for_a_problem() -> None:
    looked: list[int] = []

    def judge(row: Row) -> State:
        looked.append(row["n"])
        return "bad" if row["n"] == 49_999 else ""

    names = pl.Series("name", [f"N{at}" for at in range(50_000)])
    frame = pl.DataFrame({"account_id": names, "name": names, "n": range(50_000)})
    app = Host(Table(frame, (COLUMNS[0], Column("n", "N", "integer", state=judge))))
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.focus()
        app.table.action_problem(1)
        await pilot.press("down")
        await pilot.app.workers.wait_for_complete()
        assert app.table.cursor == 1  # the key was not kept waiting, and the search gave way to it
        assert max(looked) < 49_999
        app.table.action_problem(1)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert app.table.cursor == 49_999
        assert app.table.column == 1

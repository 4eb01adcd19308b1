"""A screen as a sheet of a workbook: its panels one below the other, numbers as numbers, charts that can be edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from kaptui.export.workbook import INKS, NUMBERS, Draw, Styles, for_paper, write_cell
from kaptui.pack import first_page
from kaptui.pack.grid import Cell, grid, is_left, plain, spans
from kaptui.pack.pages import Page, Section, basis, ways_out
from kaptui.pack.scales import finite
from kaptui.pack.sheet_charts import FILLS, ChartData, Charts, Ref, range_name
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import width, with_mark
from kaptui.views import Bars, Curve, Figures, MonthBars, Notes, Scatter, Sentences, State, Table, Waterfall

FIRST_ROOM, ROOM, MOST = 30, 14, 24
"""Letters of the first column and of each other one, and how many of those there are."""
FIRST_PAGE: Mapping[int, int] = {2: 54, 3: 34}
"""Letters of the columns of the first page that hold sentences."""
TEXT_TO, FIRST_PAGE_TO = 9, 5
"""The last column that a long text goes over, and that of the first page."""
CHART_AT, CHART_ROWS = 9, 14
"""The column where a chart beside a list stands, and how many rows it takes at least."""
WIDE_LETTERS = 1.1
"""Letters of a column that a letter of a text takes at most, on average."""
ROW = 20
"""Points of the screen that a row is high."""
_TITLE: Mapping[str, Any] = {"bold": True, "font_size": 14}
_SOFT: Mapping[str, Any] = {"font_color": "#454F60", "text_wrap": True}


def drawn(page: Page, state: DashboardState, data: ChartData, names: Mapping[str, str]) -> Draw:
    """What draws the sheet of a screen; `names` are those of accounts by their ids."""
    return partial(_draw, page=page, state=state, data=data, names=names)


def _draw(  # noqa: PLR0913 - what is drawn on, and what
    book: Any,
    sheet: Any,
    styles: Styles,
    *,
    page: Page,
    state: DashboardState,
    data: ChartData,
    names: Mapping[str, str],
) -> None:
    sheet.set_column(0, 0, FIRST_ROOM)
    sheet.set_column(1, MOST, ROOM)
    wide = FIRST_PAGE if page.anchor == first_page.SCREEN else {}
    for column, letters in wide.items():
        sheet.set_column(column, column, letters)
    sheet.hide_gridlines(2)
    sheet.set_tab_color(FILLS[""])
    write_cell(sheet, 0, 0, plain(f"{page.title}: {page.asks}"), styles.of(**_TITLE))
    panels = _Panels(book, sheet, styles, data, names, wide)
    for line in page.headline.lines:
        panels.text(line, bold=True, font_color=FILLS[""], text_wrap=True)
    panels.text(basis(state, of_account=False), **_SOFT)
    for line in () if page.sections else ways_out(state):
        panels.text(line, **_SOFT)
    for section in page.sections:
        panels.draw(section)
    panels.row += 1
    panels.text(f"Sources: {', '.join(page.sources)}. n/a: not known, left out of sums and averages.", **_SOFT)
    sheet.freeze_panes(1, 1)
    for_paper(sheet)


class _Panels:
    """The panels of one sheet, one below the other; `row` is the next that is free."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is drawn on, and what
        self,
        book: Any,
        sheet: Any,
        styles: Styles,
        data: ChartData,
        names: Mapping[str, str],
        wide: Mapping[int, int],
    ) -> None:
        self._sheet, self._styles, self._data = sheet, styles, data
        self._charts = Charts(book, data, names)
        self._rooms = [FIRST_ROOM, *(wide.get(column, ROOM) for column in range(1, MOST + 1))]
        self._text_to = FIRST_PAGE_TO if wide else TEXT_TO
        self.row = 1
        self._lines: dict[int, int] = {}

    def text(self, words: str, **style: Any) -> None:
        """A long text over several columns, as high as it needs; nothing where there are no words."""
        shown = plain(words)
        if not shown:
            return
        self._over(self.row, 0, self._text_to, shown, style)
        self.row += 1

    def _over(self, row: int, first: int, last: int, words: str, style: Mapping[str, Any]) -> None:
        letters = sum(self._rooms[first : last + 1])
        self._sheet.merge_range(row, first, row, last, "", self._styles.of(**style))
        write_cell(self._sheet, row, first, words, self._styles.of(**style))
        self._high(row, -(-int(width(words) * 1.15) // letters))

    def draw(self, section: Section) -> None:
        """One panel under its title."""
        self.row += 1
        write_cell(
            self._sheet,
            self.row,
            0,
            plain(" ".join((section.title, section.compared))),
            self._styles.of(bold=True, font_size=12),
        )
        self.row += 1
        match section.view:
            case Notes() as view:
                for line in view.lines:
                    self.text(line, text_wrap=True)
                return
            case Figures() as view:
                self._figures(view)
                return
            case Sentences() as view:
                self._sentences(view)
            case Table() as view:
                self._table(view)
            case Bars() as view:
                self._bars(view)
            case Waterfall() as view:
                self._waterfall(view)
            case Curve() as view:
                if view.lines:
                    self._alone(self._charts.curve(view), CHART_ROWS + 4)
            case Scatter() as view:
                rows = [row for row in view.frame.select("name", "x", "y").rows() if len(finite(row[1:])) == 2]
                if rows:
                    self._alone(self._charts.scatter(view, rows), CHART_ROWS + 6)
            case MonthBars() as view:
                self._months(view)
        self.text(section.view.caption, **_SOFT)
        self.text(section.legend, **_SOFT)

    def _cell(self, column: int, words: str, state: State = "", **style: Any) -> None:
        write_cell(self._sheet, self.row, column, plain(words), self._colour(state, **style))

    def _colour(self, state: State, **style: Any) -> Any:
        ink, ground = INKS[state] if state else ("", "")
        found = {"font_color": ink, "bg_color": ground if style.pop("grounded", False) else ""}
        return self._styles.of(**{key: value for key, value in found.items() if value} | style)

    def _heads(self, words: Sequence[str], left_sided: Sequence[bool] = ()) -> None:
        for column, one in enumerate(words):
            left = left_sided[column] if left_sided else column == 0
            self._cell(
                column, one, bold=True, text_wrap=True, bottom=1, bg_color="#EEF1F4", align="left" if left else "right"
            )
        self._as_high(words)
        self.row += 1

    def _as_high(self, words: Sequence[str]) -> None:
        """Make the row as high as the longest of its texts needs, each in its column."""
        lines = (-(-int(width(one) * WIDE_LETTERS) // room) for one, room in zip(words, self._rooms, strict=False))
        self._high(self.row, *lines)

    def _high(self, row: int, *lines: int) -> None:
        """Make the row high enough for so many lines; never lower than it was made."""
        most = self._lines[row] = max(1, self._lines.get(row, 1), *lines)
        if most > 1:
            self._sheet.set_row_pixels(row, ROW * most)

    def _figures(self, view: Figures) -> None:
        for one in view.figures:
            self._cell(0, one.label)
            self._cell(1, with_mark(one.value, one.state), one.state, bold=True, text_wrap=True)
            if len(finite(one.trend)) > 1:
                trend = self._data.values(self._data.add(one.label, list(one.trend)))
                self._sheet.add_sparkline(
                    self.row,
                    2,
                    {
                        "range": range_name(trend),
                        "type": "column",
                        "negative_points": True,
                        "series_color": FILLS["muted"],
                    },
                )
            if one.note:
                self._over(self.row, 3, self._text_to, plain(one.note), _SOFT)
            self.row += 1

    def _sentences(self, view: Sentences) -> None:
        for one in view.lines:
            self._cell(0, one.label, bold=True, text_wrap=True)
            self._cell(1, with_mark(one.mark, one.state) if one.mark else "", one.state, bold=True)
            self._over(self.row, 2, self._text_to, plain(one.text), {"text_wrap": True})
            self.row += 1

    def _table(self, view: Table) -> None:
        shown = grid(view, most=1_000)
        if view.title:
            self.text(view.title, bold=True)
        self._heads([one.label for one in shown.columns], [is_left(one) for one in shown.columns])
        long = any(width(one.cells[-1].text) > ROOM and one.cells[-1].value is None for one in shown.lines)
        for line in shown.lines:
            if spans(line):
                style: dict[str, Any] = {
                    "bold": True,
                    "bg_color": "#EEF1F4",
                    "font_color": INKS[line.cells[0].state or "muted"][0],
                }
                self._over(self.row, 0, len(line.cells) - 1, line.cells[0].text, style)
                self.row += 1
                continue
            for column, one in enumerate(line.cells):
                style = {"align": "left" if is_left(shown.columns[column]) else "right"}
                if line.role:
                    style |= {"bold": True, "bg_color": "#EEF1F4"}
                self._value(column, one, style)
            words = [one.text if one.value is None else "" for one in line.cells]
            if long and not line.role:  # the last column of texts goes over those that nothing stands in
                self._over(self.row, len(words) - 1, len(words) + 3, words.pop(), {"text_wrap": True})
            self._as_high(words)
            self.row += 1
        self.text(shown.left_out, **_SOFT)

    def _value(self, column: int, one: Cell, style: dict[str, Any]) -> None:
        if one.value is None:
            self._cell(column, one.text, one.state, **style, text_wrap=True, grounded=True)
            return
        number = NUMBERS.get(one.kind, "0.0#")
        write_cell(
            self._sheet, self.row, column, one.value, self._colour(one.state, **style, num_format=number, grounded=True)
        )

    # Charts

    def _put(self, chart: Any, row: int, column: int, rows: int = CHART_ROWS) -> None:
        chart.set_size({"width": 560, "height": rows * ROW})
        self._sheet.insert_chart(row, column, chart)

    def _cells(self, column: int, first: int, rows: int) -> Ref:
        return [self._sheet.get_name(), first, column, first + max(rows, 1) - 1, column]

    def _beside(self, chart: Any, first: int, rows: int) -> None:
        """Put a chart beside the list whose heading stands in row `first`, and go on below both."""
        rows = max(CHART_ROWS - 2, rows + 1)
        self._put(chart, first, CHART_AT, rows)
        self.row = max(self.row, first + rows) + 1

    def _alone(self, chart: Any, rows: int) -> None:
        self._put(chart, self.row, 0, rows)
        self.row += rows + 1

    def _bars(self, view: Bars) -> None:
        self._heads(("", "Value", "In words", "Rests on"))
        first, count = self.row, len(view.bars)
        for one in view.bars:
            self._cell(0, one.label, bold=True, text_wrap=True)
            if finite([one.value]):
                write_cell(self._sheet, self.row, 1, one.value, self._styles.of(num_format="0.0#"))
            self._cell(2, with_mark(one.text, one.state), one.state, align="right", text_wrap=True)
            if one.note:
                self._over(self.row, 3, CHART_AT - 1, plain(one.note), _SOFT)
            self.row += 1
        if count:
            chart = self._charts.bars(view, self._cells(0, first, count), self._cells(1, first, count))
            self._beside(chart, first - 1, count)

    def _waterfall(self, view: Waterfall) -> None:
        self._heads(("", "From", "To", "In words", "What weighs most"))
        first, money = self.row, self._styles.of(num_format=NUMBERS["money"])
        for one in view.steps:
            self._cell(0, one.label, bold=True, text_wrap=True)
            write_cell(self._sheet, self.row, 1, one.start, money)
            write_cell(self._sheet, self.row, 2, one.end, money)
            self._cell(3, with_mark(one.text, one.state), one.state, align="right", text_wrap=True)
            if one.note:
                self._over(self.row, 4, CHART_AT - 1, plain(one.note), _SOFT)
            self.row += 1
        if view.steps:
            count = len(view.steps)
            self._beside(self._charts.waterfall(view, self._cells(0, first, count)), first - 1, count)

    def _months(self, view: MonthBars) -> None:
        unit = f", {view.unit}" if view.unit else ""
        self._heads(("Month", *(f"{label}{unit}" for label in view.line_labels), f"{view.bar_label}{unit}"))
        first, rows = self.row, len(view.months)
        number = self._styles.of(num_format=NUMBERS.get(view.kind, "0.0#"))
        for one in view.months:
            self._cell(0, one.label)
            for column, amount in enumerate((*one.lines, one.bar), 1):
                if finite([amount]):
                    write_cell(self._sheet, self.row, column, amount, number)
            self.row += 1
        if rows:
            charts = self._charts.months(view, self._sheet.get_name(), first)
            for at, chart in enumerate(charts):
                self._put(chart, first - 1 + at * CHART_ROWS, len(view.line_labels) + 3)
            self.row = max(self.row, first + 2 * CHART_ROWS) + 1

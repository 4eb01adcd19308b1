"""Charts of a sheet that can be edited, and the sheet with the numbers behind those that no list beside them holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kaptui.export.workbook import Styles, fixed_cell, for_paper, write_cell
from kaptui.pack.charts import LABELLED, LONG_TAIL
from kaptui.pack.grid import plain
from kaptui.views import Bars, Curve, MonthBars, Scatter, State, Waterfall

DATA = "Chart data"
"""What the sheet with the numbers behind the charts is called."""
COLUMN = 14
"""Letters of one of its columns."""
FILLS: Mapping[State, str] = {"": "#0A4F96", "good": "#00635A", "warn": "#B98208", "bad": "#8E0F1C", "muted": "#7A8698"}
LINES = ("#0A4F96", "#A04A00", "#00635A", "#6A3D9A", "#1B2230")
MONEY = "#,##0"
"""Money at an axis: one form for all, because a sign gets lost where forms are told apart by size."""

Ref = list[Any]
"""Cells of a sheet as xlsxwriter takes them: the sheet, first row and column, last row and column."""


class ChartData:
    """The numbers behind charts: blocks of columns side by side, on a sheet that is written last."""

    def __init__(self) -> None:
        self._columns: list[tuple[str, Sequence[object]]] = []

    def add(self, head: str, values: Sequence[object]) -> int:
        """Take a column; which one it is."""
        self._columns.append((head, values))
        return len(self._columns) - 1

    def values(self, column: int) -> Ref:
        """Where the values of a column stand."""
        return [DATA, 1, column, max(1, len(self._columns[column][1])), column]

    def head(self, column: int) -> Ref:
        """Where the name of a column stands."""
        return [DATA, 0, column]

    def cell(self, column: int, place: int) -> str:
        """One value of a column, as a formula that names its cell."""
        return f"='{DATA}'!{fixed_cell(place + 1, column)}"

    def draw(self, _: Any, sheet: Any, styles: Styles) -> None:
        """Write the columns."""
        head = styles.of(bold=True, text_wrap=True, bottom=1, bg_color="#EEF1F4")
        for place, (name, values) in enumerate(self._columns):
            write_cell(sheet, 0, place, plain(name), head)
            for row, value in enumerate(values, 1):
                if value is not None:
                    write_cell(sheet, row, place, plain(value) if isinstance(value, str) else value, styles.of())
        sheet.set_column(0, max(1, len(self._columns)), COLUMN)
        sheet.freeze_panes(1, 0)
        for_paper(sheet)


class Charts:
    """What draws the charts of a workbook; `names` are those of accounts by their ids."""

    def __init__(self, book: Any, data: ChartData, names: Mapping[str, str]) -> None:
        self._book, self._data, self._names = book, data, names

    def _new(self, kind: str, subtype: str = "") -> Any:
        chart = self._book.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
        chart.set_title({"none": True})
        chart.set_legend({"none": True})
        return chart

    def bars(self, view: Bars, labels: Ref, values: Ref) -> Any:
        """Bars one below the other, as the list that stands there."""
        chart = self._new("bar")
        chart.add_series(
            {
                "categories": labels,
                "values": values,
                "points": [{"fill": {"color": FILLS[one.state]}} for one in view.bars],
                "gap": 40,
            }
        )
        chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
        chart.set_x_axis({"min": min(view.low, 0), "max": max(view.high, 0), "major_gridlines": {"visible": False}})
        return chart

    def waterfall(self, view: Waterfall, labels: Ref) -> Any:
        """Bars that hang where the one before them ended: the part below is there and not seen."""
        ends = [sorted((one.start, one.end)) for one in view.steps]
        base = [low if low > 0 else high if high < 0 else 0.0 for low, high in ends]
        above = [max(high, 0.0) - max(below, 0.0) for (_, high), below in zip(ends, base, strict=True)]
        below = [min(low, 0.0) - min(below, 0.0) for (low, _), below in zip(ends, base, strict=True)]
        points = [{"fill": {"color": FILLS[one.state]}} for one in view.steps]
        chart = self._new("bar", "stacked")
        for name, values, seen in (("Not seen", base, False), ("Above zero", above, True), ("Below zero", below, True)):
            column = self._data.add(name, values)
            series: dict[str, Any] = {"values": self._data.values(column), "name": self._data.head(column), "gap": 40}
            series |= {"points": points} if seen else {"fill": {"none": True}}
            chart.add_series({"categories": labels, **series})
        chart.set_y_axis({"reverse": True, "label_position": "low", "major_gridlines": {"visible": False}})
        chart.set_x_axis({"num_format": MONEY, "major_gridlines": {"visible": False}})
        return chart

    def curve(self, view: Curve) -> Any:
        """Lines over a numeric axis."""
        chart = self._new("scatter", "straight")
        for place, one in enumerate(view.lines):
            label = one.label or view.y_title or f"Line {place + 1}"
            if any(one.ids):
                self._data.add("Account", [self._names.get(each, each) for each in one.ids])
            across, up = self._data.add(view.x_title or "x", one.xs), self._data.add(label, one.ys)
            line = {"color": LINES[place % len(LINES)], "width": 2}
            series: dict[str, Any] = {"name": self._data.head(up), "values": self._data.values(up), "line": line}
            chart.add_series({"categories": self._data.values(across), **series})
        if len(view.lines) > 1:
            chart.set_legend({"position": "top"})
        chart.set_x_axis({"name": plain(view.x_title), "major_gridlines": {"visible": False}})
        chart.set_y_axis({"name": plain(view.y_title), "num_format": _axis(view.y_kind)})
        return chart

    def scatter(self, view: Scatter, rows: Sequence[tuple[str, float, float]]) -> Any:
        """Accounts as dots, the largest named, with the two cuts as lines."""
        names = [row[0] for row in rows]
        xs, ys = [row[1] for row in rows], [row[2] for row in rows]
        named, across = self._data.add("Account", names), self._data.add(view.x_title, xs)
        up = self._data.add(view.y_title, ys)
        labels: list[dict[str, Any]] = [{"value": self._data.cell(named, at)} for at in range(min(LABELLED, len(rows)))]
        labels += [{"delete": True}] * (len(rows) - len(labels))
        chart = self._new("scatter")
        marker = {"type": "circle", "size": 6, "fill": {"color": FILLS[""]}, "border": {"none": True}}
        chart.add_series(
            {
                "categories": self._data.values(across),
                "values": self._data.values(up),
                "marker": marker,
                "data_labels": {"value": True, "custom": labels, "position": "right", "font": {"size": 8}},
            }
        )
        cuts = (
            ((view.x_cut, view.x_cut), (min(*ys, view.y_cut), max(*ys, view.y_cut))),
            ((min(*xs, view.x_cut), max(*xs, view.x_cut)), (view.y_cut, view.y_cut)),
        )
        for one_xs, one_ys in cuts:
            at, high = self._data.add("Cut, across", one_xs), self._data.add("Cut, up", one_ys)
            line = {"color": "#454F60", "width": 1, "dash_type": "dash"}
            series = {"values": self._data.values(high), "marker": {"type": "none"}, "line": line}
            chart.add_series({"categories": self._data.values(at), **series})
        tail = view.x_cut > 0 and min(xs) > 0 and max(xs) / view.x_cut >= LONG_TAIL
        axis = {"name": plain(view.x_title), "num_format": _axis(view.x_kind), "major_gridlines": {"visible": False}}
        chart.set_x_axis({**axis, "label_position": "low", **({"log_base": 10} if tail else {})})
        chart.set_y_axis({"name": plain(view.y_title), "num_format": _axis(view.y_kind)})
        return chart

    def months(self, view: MonthBars, sheet: str, first: int) -> tuple[Any, Any]:
        """The lines, and the bars: two charts, because two quantities never share an axis."""
        lines, bar, rows = self._new("line"), self._new("column"), len(view.months)
        most = len(view.line_labels)
        months = [sheet, first, 0, first + rows - 1, 0]
        for column in range(1, most + 2):
            line = {"color": LINES[(column - 1) % len(LINES)], "width": 2}
            fill = {"fill": {"color": FILLS["good"]}, "invert_if_negative": True, "gap": 30}
            fill |= {"invert_if_negative_color": FILLS["bad"]}
            series = {
                "categories": months,
                "values": [sheet, first, column, first + rows - 1, column],
                "name": [sheet, first - 1, column],
            }
            (lines if column <= most else bar).add_series(series | ({"line": line} if column <= most else fill))
        for at, chart in enumerate((lines, bar)):
            chart.set_legend({"position": "top"})
            chart.set_x_axis({"label_position": "low"})
            chart.set_y_axis({"num_format": _axis(view.kind)} | ({"min": 0} if at == 0 else {}))
        return lines, bar


def _axis(kind: str) -> str:
    return {"money": MONEY, "share": "0%"}.get(kind, "General")


def range_name(ref: Ref) -> str:
    """Cells as a formula names them."""
    name, top, left, bottom, right = ref
    return f"'{name}'!{fixed_cell(top, left)}:{fixed_cell(bottom, right)}"

"""Charts of PowerPoint that can be edited: what they show is in a workbook inside the file, as texts and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from math import log10
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt
from xlsxwriter import Workbook

from kaptui.pack.charts import LABELLED, LONG_TAIL
from kaptui.pack.grid import plain
from kaptui.pack.scales import finite
from kaptui.text import cut
from kaptui.views import Bars, Curve, Kind, MonthBars, Scatter, State, Waterfall

Box = tuple[float, float, float, float]
"""Left, top, width and height in inches."""
SOFT, BED, ACCENT = "454F60", "E6E9EF", "0A4F96"
LINES = (ACCENT, "A04A00", "00635A", "6A3D9A", "1B2230")
FILLS: dict[State, str] = {"": ACCENT, "good": "00635A", "warn": "B98208", "bad": "8E0F1C", "muted": "7A8698"}
MONEY = "#,##0"
"""Money at an axis: one form for all, because a sign gets lost where forms are told apart by size."""
FORMATS: dict[Kind, str] = {"money": MONEY, "share": "0%", "index": "0", "integer": "0"}
POINTS = 400
"""Points of a line at most: more are not seen and make the file heavy."""
NAME = 48
"""Letters of a label beside a chart."""


class _Categories(CategoryChartData):
    """Numbers by category, whose workbook takes no text for a formula or a link."""

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook behind the chart: categories in the first column, a series in each of the others."""
        rows: list[list[Any]] = [["", *(one.name for one in self)]]
        series = [list(one.values) for one in self]
        rows += [[each.label, *(one[at] for one in series)] for at, each in enumerate(self.categories)]
        return _book(rows)


class _Points(XyChartData):
    """Points by two numbers, whose workbook takes no text for a formula or a link.

    `names` are those of the points of the first series, written beside them.
    """

    names: Sequence[str] = ()

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook behind the chart: each series below the one before it, x beside y."""
        rows: list[list[Any]] = []
        for place, one in enumerate(self):
            rows.append(["", one.name])
            names = self.names if place == 0 else ()
            rows += [
                [x, y, *names[at : at + 1]] for at, (x, y) in enumerate(zip(one.x_values, one.y_values, strict=True))
            ]
            rows.append([])
        return _book(rows)


def _book(rows: Iterable[Sequence[Any]]) -> bytes:
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet("Sheet1")
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, value)
    return buffer.getvalue()


def _label(words: str, most: int = NAME) -> str:
    return cut(plain(words), most) or " "


def _named(label: str, words: str) -> str:
    return f"{_label(label, 30)}: {_label(words, 24)}" if words.strip() else _label(label)


def _add(page: Any, kind: Any, box: Box, data: Any) -> Any:
    chart = page.shapes.add_chart(kind, *(Inches(each) for each in box), data).chart
    chart.has_title, chart.has_legend = False, False
    chart.font.size, chart.font.color.rgb = Pt(10), RGBColor.from_string(SOFT)
    return chart


def _axes(chart: Any, kind: Kind, *, grid: bool = True) -> None:
    axis = chart.value_axis
    axis.has_major_gridlines = grid
    if grid:
        axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(BED)
    _numbers(axis, kind)
    axis.format.line.fill.background()
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = RGBColor.from_string(SOFT)


def _numbers(axis: Any, kind: Kind) -> None:
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = FORMATS.get(kind, "General"), False


def _paint(one: Any, colour: str) -> None:
    one.format.fill.solid()
    one.format.fill.fore_color.rgb = RGBColor.from_string(colour)


def _downwards(chart: Any) -> None:
    """The first category at the top, as in a list, without numbers at the axis: each label says its own."""
    chart.category_axis.reverse_order = True
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False


def add_bars(page: Any, view: Bars, box: Box) -> None:
    """Bars one below the other; the label of each says its number with its base."""
    if not view.bars:
        return
    data = _Categories()
    data.categories = [_named(one.label, one.text) for one in view.bars]
    data.add_series("Value", [one.value if finite([one.value]) else None for one in view.bars])
    chart = _add(page, XL_CHART_TYPE.BAR_CLUSTERED, box, data)
    _axes(chart, "number", grid=False)
    _downwards(chart)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = min(view.low, 0.0), max(view.high, 0.0)
    plot = chart.plots[0]
    plot.gap_width = 40
    for at, one in enumerate(view.bars):
        _paint(plot.series[0].points[at], FILLS[one.state])
    plot.series[0].invert_if_negative = False


def add_waterfall(page: Any, view: Waterfall, box: Box) -> None:
    """Bars that hang where the one before them ended: the part below is there and not seen."""
    if not view.steps:
        return
    data = _Categories()
    data.categories = [_named(one.label, one.text) for one in view.steps]
    ends = [sorted((one.start, one.end)) for one in view.steps]
    below = [low if low > 0 else high if high < 0 else 0.0 for low, high in ends]
    data.add_series("Not seen", below)
    data.add_series(
        "Above zero", [max(high, 0.0) - max(base, 0.0) for (_, high), base in zip(ends, below, strict=True)]
    )
    data.add_series("Below zero", [min(low, 0.0) - min(base, 0.0) for (low, _), base in zip(ends, below, strict=True)])
    chart = _add(page, XL_CHART_TYPE.BAR_STACKED, box, data)
    _axes(chart, "money", grid=False)
    _downwards(chart)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    plot.series[0].format.fill.background()
    for series in (plot.series[1], plot.series[2]):
        series.invert_if_negative = False
        for at, one in enumerate(view.steps):
            _paint(series.points[at], FILLS[one.state])


def add_curve(page: Any, view: Curve, box: Box) -> None:
    """Lines over a numeric axis."""
    data = _Points()
    for place, one in enumerate(view.lines):
        points = [(x, y) for x, y in zip(one.xs, one.ys, strict=True) if len(finite([x, y])) == 2]
        every = -(-len(points) // POINTS) or 1
        series = data.add_series(_label(one.label or view.y_title or f"Line {place + 1}"))
        for x, y in [point for at, point in enumerate(points) if at % every == 0 or at == len(points) - 1]:
            series.add_data_point(x, y)
    if not any(len(one) for one in data):
        return
    chart = _add(page, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, box, data)
    _axes(chart, view.y_kind)
    chart.category_axis.has_major_gridlines = False
    _titles(chart, view.x_title, view.y_title)
    for place, series in enumerate(chart.plots[0].series):
        series.smooth = False
        series.format.line.width, series.format.line.color.rgb = Pt(2), _colour(place)
    _legend(chart, len(view.lines))


def add_scatter(page: Any, view: Scatter, box: Box) -> None:
    """Accounts as dots, the largest named, with the two cuts as lines."""
    rows = [row for row in view.frame.select("name", "x", "y").rows() if len(finite(row[1:])) == 2]
    if not rows:
        return
    xs, ys = [float(row[1]) for row in rows], [float(row[2]) for row in rows]
    data = _Points()
    data.names = [_label(str(row[0])) for row in rows]
    for name, points in (
        ("Accounts", list(zip(xs, ys, strict=True))),
        (f"Cut {_label(view.x_cut_label)}", [(view.x_cut, min(*ys, view.y_cut)), (view.x_cut, max(*ys, view.y_cut))]),
        (f"Cut {_label(view.y_cut_label)}", [(min(*xs, view.x_cut), view.y_cut), (max(*xs, view.x_cut), view.y_cut)]),
    ):
        series = data.add_series(name)
        for x, y in points:
            series.add_data_point(x, y)
    chart = _add(page, XL_CHART_TYPE.XY_SCATTER, box, data)
    _axes(chart, view.y_kind)
    _titles(chart, view.x_title, view.y_title)
    across = chart.category_axis
    across.has_major_gridlines = False
    _numbers(across, view.x_kind)
    tail = view.x_cut > 0 and min(xs) > 0 and max(xs) / view.x_cut >= LONG_TAIL
    if tail:
        across._element.find(qn("c:scaling")).insert(0, parse_xml(f'<c:logBase {nsdecls("c")} val="10"/>'))
    dots, *cuts = chart.plots[0].series
    dots.format.line.fill.background()
    dots.marker.size = 6
    _paint(dots.marker, ACCENT)
    where = [*zip(_parts(xs, logarithmic=tail), _parts(ys), strict=True)]
    for at in _apart([(x * box[2] * 0.85, y * box[3] * 0.8) for x, y in where][:LABELLED], data.names):
        name = data.names[at]
        label = dots.points[at].data_label
        label.position = XL_LABEL_POSITION.ABOVE
        label.text_frame.text = cut(name, 22)
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(8)
    for one in cuts:
        one.marker.style = None
        one.format.line.width, one.format.line.color.rgb = Pt(1), RGBColor.from_string(SOFT)
        one.format.line.dash_style = MSO_LINE.DASH
        one.marker._element.get_or_add_marker().get_or_add_symbol().set("val", "none")


def _parts(values: Sequence[float], *, logarithmic: bool = False) -> list[float]:
    """Where each value stands between the least and the largest, as a fraction."""
    scaled = [log10(one) for one in values] if logarithmic else list(values)
    low, high = min(scaled), max(scaled)
    return [(one - low) / (high - low) if high > low else 0.5 for one in scaled]


def _apart(points: Sequence[tuple[float, float]], names: Sequence[str]) -> list[int]:
    """Those of the points, in inches, whose names do not stand over the name of one before them."""
    taken: list[tuple[int, float, float, float]] = []
    for at, (x, y) in enumerate(points):
        half = min(len(names[at]), 22) * 0.035
        if all(abs(x - other) > half + much or abs(y - high) > 0.16 for _, other, high, much in taken):
            taken.append((at, x, y, half))
    return [at for at, *_ in taken]


def add_months(page: Any, view: MonthBars, box: Box) -> None:
    """The lines above and the bars below: two charts, because two quantities never share an axis."""
    if not view.months:
        return
    left, top, wide, high = box
    labels = [_label(one.label) for one in view.months]
    unit = f", {view.unit}" if view.unit else ""
    above = _Categories()
    above.categories = labels
    for place, name in enumerate(view.line_labels):
        amounts = [one.lines[place] if finite([one.lines[place]]) else None for one in view.months]
        above.add_series(_label(f"{name}{unit}"), amounts)
    chart = _add(page, XL_CHART_TYPE.LINE, (left, top, wide, high / 2), above)
    _axes(chart, view.kind)
    chart.value_axis.minimum_scale = 0
    for place, series in enumerate(chart.plots[0].series):
        series.smooth = False
        series.format.line.width, series.format.line.color.rgb = Pt(2), _colour(place)
    _legend(chart, 2)
    below = _Categories()
    below.categories = labels
    below.add_series(_label(f"{view.bar_label}{unit}"), [one.bar if finite([one.bar]) else None for one in view.months])
    chart = _add(page, XL_CHART_TYPE.COLUMN_CLUSTERED, (left, top + high / 2, wide, high / 2), below)
    _axes(chart, view.kind)
    _legend(chart, 2)
    plot = chart.plots[0]
    plot.gap_width = 30
    plot.series[0].invert_if_negative = False
    _paint(plot.series[0], FILLS["good"])
    for at, one in enumerate(view.months):
        if finite([one.bar]) and (one.bar or 0) < 0:
            _paint(plot.series[0].points[at], FILLS["bad"])


def _colour(place: int) -> RGBColor:
    return RGBColor.from_string(LINES[place % len(LINES)])


def _legend(chart: Any, lines: int) -> None:
    chart.has_legend = lines > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False


def _titles(chart: Any, across: str, up: str) -> None:
    for axis, words in ((chart.category_axis, across), (chart.value_axis, up)):
        axis.has_title = bool(words.strip())
        if axis.has_title:
            axis.axis_title.text_frame.text = _label(words)
            axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(10)

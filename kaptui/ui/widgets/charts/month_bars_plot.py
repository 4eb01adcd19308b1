"""The widget for bars by month with lines above them; the caption alone where there is no room to draw."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rich.segment import Segment
from textual.events import Click
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kaptui.text import clean, listed, show
from kaptui.ui.keys import bindings
from kaptui.ui.text import whole_parts
from kaptui.ui.widgets.charts.month_bars import Drawn, Piece, draw
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import Month, MonthBars

LOWEST = 6
POINT = "●"
"""What marks the chosen month on the zero line."""


class MonthBarsPlot(ViewWidget, Widget, can_focus=True):
    """Shows `MonthBars`. Left and right choose a month, beginning at the last; Enter looks back from its end."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "months--caption",
        "months--title",
        "months--axis",
        "months--zero",
        "months--good",
        "months--bad",
        "months--first",
        "months--second",
        "months--point",
    }
    BINDINGS = bindings("open", "column.left", "column.right")

    point = reactive("")
    """The day that the chosen month ends on; empty before one is chosen."""

    def __init__(self, shown: MonthBars) -> None:
        super().__init__()
        self._shown = shown
        self._drawn: tuple[object, Drawn] | None = None

    def present(self, shown: MonthBars) -> None:
        """Show other months."""
        self._shown = shown
        self.refresh()

    @property
    def shown(self) -> MonthBars:
        """What is shown."""
        return self._shown

    @property
    def pointed(self) -> Month | None:
        """The chosen month; before one is chosen, the last."""
        months = self._shown.months
        return next((one for one in months if one.id == self.point), months[-1] if months else None)

    def highlight_account(self, account_id: str) -> None:
        """Months say nothing about a single account."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.size.height >= LOWEST if action in ("open", "column") else True

    def action_column(self, step: int) -> None:
        """Choose the next or previous month; the ends hold."""
        months = self._shown.months
        place = next((at + step for at, one in enumerate(months) if one.id == self.point), len(months) - 1)
        self.point = months[max(0, min(place, len(months) - 1))].id

    def action_open(self) -> None:
        if self.point:
            self.post_message(self.DateSelected(date.fromisoformat(self.point)))

    def on_click(self, event: Click) -> None:
        where = event.get_content_offset(self)
        if where is None or self.size.height < LOWEST:
            return
        place = self._chart().month_at(where.x)
        if 0 <= place < len(self._shown.months):
            self.point = self._shown.months[place].id
            self.enter_if_second(event)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 10

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self._strip([("caption", whole_parts(self._caption(), width))])
        chart = self._chart() if self.size.height >= LOWEST else None
        if chart is None or y > len(chart.rows):
            return Strip.blank(width, self.rich_style)
        row = self._strip(chart.rows[y - 1])
        return self._with_point(row, chart) if y - 1 == chart.zero else row

    def _chart(self) -> Drawn:
        """The chart, kept until anything that it depends on changes."""
        depends = (self._shown, self.size)
        if self._drawn is None or self._drawn[0] != depends:
            self._drawn = (depends, draw(self._shown, self.size.width, self.size.height - 1, not self.app.no_color))
        return self._drawn[1]

    def _with_point(self, row: Strip, chart: Drawn) -> Strip:
        place = next((at for at, one in enumerate(self._shown.months) if one.id == self.point), -1)
        column = chart.start + (place - chart.first) * chart.slot + chart.slot // 3
        if place < chart.first or not self.point:
            return row
        mark = Strip([Segment(POINT, self.get_component_rich_style("months--point"))], 1)
        return Strip.join([row.crop(0, column), mark, row.crop(column + 1)])

    def _caption(self) -> str:
        """The amounts of the chosen month, else the caption of the view, else what is drawn."""
        one = self.pointed
        if not self.point or one is None or one.id != self.point:
            axes = f"{clean(self._shown.bar_label)}, {clean(self._shown.unit)} by month"
            return clean(self._shown.caption) or axes
        labels = (*self._shown.line_labels, self._shown.bar_label)
        amounts = zip(labels, (*one.lines, one.bar), strict=True)
        said = listed(f"{clean(label)} {show(amount, self._shown.kind)}" for label, amount in amounts)
        return f"{clean(one.label)}: {said}; Enter looks back from its end"

    def _strip(self, pieces: list[Piece] | tuple[Piece, ...]) -> Strip:
        strip = Strip([Segment(text, self.get_component_rich_style(f"months--{part}")) for part, text in pieces])
        return strip.adjust_cell_length(self.size.width, self.rich_style)

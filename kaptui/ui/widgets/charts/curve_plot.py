"""The widget for a curve over a numeric axis with its caption; the caption alone where there is no room to draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.events import Click
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kaptui.text import clean
from kaptui.ui.keys import bindings
from kaptui.ui.text import left, whole_parts
from kaptui.ui.widgets.charts.line_names import line_names
from kaptui.ui.widgets.placed import Placed
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import Curve

if TYPE_CHECKING:
    from kaptui.ui.widgets.charts.chart import Chart

LOWEST = 6
POINT = "●"
"""What marks an account on a line."""

Spots = dict[int, set[int]]
"""Line of the chart -> the columns that hold a mark."""


@dataclass(slots=True)
class _Drawn:
    """The chart as it was drawn last, and what it depends on."""

    depends: object = None
    chart: Chart | None = None
    strips: list[Strip] = field(default_factory=list)


class CurvePlot(ViewWidget, Placed, Widget, can_focus=True):
    """Shows a `Curve`; the account under the cursor of a list is a point on it.

    Left and right go along the accounts of a line; Enter opens the account at the point.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "curve--caption",
        "curve--axis",
        "curve--level",
        "curve--point",
        "curve--first",
        "curve--second",
        "curve--third",
        "curve--note",
    }
    BINDINGS = bindings("open", "column.left", "column.right")

    point = reactive("", repaint=False)

    def __init__(self, curve: Curve) -> None:
        super().__init__()
        self._curve = curve
        self._drawn = _Drawn()
        self._spots: Spots = {}
        self._noted: set[str] = set()

    def present(self, curve: Curve) -> None:
        """Show another curve."""
        self._curve = curve
        self.refresh()

    @property
    def curve(self) -> Curve:
        """What is shown."""
        return self._curve

    def highlight_account(self, account_id: str) -> None:
        """Mark the point of this account."""
        self.point = account_id

    def watch_point(self) -> None:
        """Draw again only the lines that lose the mark or get it."""
        former, self._spots = self._spots, self._highlighted()
        changed = {*former, *self._spots} if former != self._spots and self.size.height >= LOWEST else set()
        for line in changed:
            self.refresh(Region(0, line + 1, self.size.width, 1))

    @property
    def _ids(self) -> tuple[str, ...]:
        """The accounts of the line that has the point, else of the first line with accounts; an end may have none."""
        named = [ids for line in self._curve.lines if (ids := tuple(filter(None, line.ids)))]
        return next((ids for ids in named if self.point in ids), named[0] if named else ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._ids) and self.size.height >= LOWEST if action in ("open", "column") else True

    def action_column(self, step: int) -> None:
        """The point of the next or previous account; the ends hold."""
        ids = self._ids
        place = ids.index(self.point) + step if self.point in ids else 0
        self.point = ids[max(0, min(place, len(ids) - 1))]
        self.post_message(self.RowHighlighted(self.point))

    def on_click(self, event: Click) -> None:
        """The point goes to the account nearest to the mouse."""
        where, ids, chart = event.get_content_offset(self), self._ids, self._drawn.chart
        if where is None or chart is None or not ids or self.size.height < LOWEST:
            return
        line = next(line for line in self._curve.lines if ids[0] in line.ids)
        cells = [(chart.cell(x, y), key) for x, y, key in zip(line.xs, line.ys, line.ids, strict=True) if key]
        near = {abs(cell[0] - where.x): key for cell, key in reversed(cells) if cell is not None}
        if near:
            self.point = near[min(near)]
            self.post_message(self.RowHighlighted(self.point))
            self.enter_if_second(event)

    def action_open(self) -> None:
        if self.point in self._ids:
            import polars as pl

            self.post_message(self.AccountSelected(pl.Series("account_id", self._ids), self._ids.index(self.point)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 10

    def render_line(self, y: int) -> Strip:
        width, height = self.size.width, self.size.height
        if height < LOWEST:
            self._noted = set()
            return self._caption(width) if y == 0 else Strip.blank(width, self.rich_style)
        lines = self._lines(width, height - 1)
        if y == 0:
            return self._caption(width)
        if y > len(lines):
            return Strip.blank(width, self.rich_style)
        return self._with_mark(lines[y - 1], self._spots.get(y - 1, ()))

    def _with_mark(self, line: Strip, columns: Iterable[int]) -> Strip:
        for column in columns:
            ground = next(iter(line.crop(column, column + 1)), Segment("")).style or self.rich_style
            point = Style(color=self.get_component_rich_style("curve--point").color, bgcolor=ground.bgcolor)
            mark = Strip([Segment(POINT, point)], 1)
            line = Strip.join([line.crop(0, column), mark, line.crop(column + 1)])
        return line

    def _highlighted(self) -> Spots:
        """In which line and column of the chart the point stands."""
        spots: Spots = {}
        for line in self._curve.lines if self.point else ():
            place = line.ids.index(self.point) if self.point in line.ids else -1
            cell = self._drawn.chart.cell(line.xs[place], line.ys[place]) if place >= 0 and self._drawn.chart else None
            if cell is not None:
                spots.setdefault(cell[1], set()).add(cell[0])
        return spots

    def _caption(self, width: int) -> Strip:
        axes = f"{self._curve.y_title} over {self._curve.x_title}"
        words = self._told or axes
        line = left(whole_parts(clean(words), width), width)
        return Strip([Segment(line, self.get_component_rich_style("curve--caption"))])

    @property
    def _told(self) -> str:
        """The caption without what the notes in the plot say already."""
        return "; ".join(part for part in self._curve.caption.split("; ") if part not in self._noted)

    def _lines(self, width: int, height: int) -> list[Strip]:
        """The chart without its mark, kept until anything that it depends on changes."""
        depends = (self._curve, width, height, self.app.theme, self.rich_style)
        if self._drawn.depends != depends:
            drawn = self._draw(width, height)
            strips = [self._as_strip(text, width) for text in drawn.lines]
            self._drawn = _Drawn(depends, drawn, self._annotated(drawn, strips))
            self._spots = self._highlighted()
        return self._drawn.strips

    def _annotated(self, drawn: Chart, strips: list[Strip]) -> list[Strip]:
        """The plot with its lines named and its notes at the lower right, wherever nothing else stands."""
        width, title = self.size.width, clean(self._curve.y_title)
        for row, words in line_names(self._curve, drawn, lambda row, text: self._free(strips, row, width, text, drawn)):
            self._write(strips, row, width, words, drawn)
        notes = self._curve.notes
        self._noted = {
            note
            for row, note in enumerate(notes, drawn.rows - len(notes))
            if self._write(strips, row, width, clean(note), drawn)
        }
        if self._told:  # else the caption says it
            self._write(strips, 0, drawn.left + cell_len(title) + 1, title, drawn)
        return strips

    def _free(self, strips: list[Strip], row: int, end: int, text: str, drawn: Chart) -> bool:
        """Whether `text` can end before column `end` of a line of the plot without touching anything."""
        start = end - cell_len(text) - 1
        if not 0 <= row < drawn.rows or start < drawn.left:
            return False
        return not strips[row].crop(max(start - 1, drawn.left), end).text.strip()

    def _write(self, strips: list[Strip], row: int, end: int, text: str, drawn: Chart) -> bool:
        """Put `text` into a line of the plot so that it ends before column `end`, if that leaves the curve alone."""
        if not self._free(strips, row, end, text, drawn):
            return False
        start, line = end - cell_len(text) - 1, strips[row]
        words = Strip([Segment(f"{text} ", self.get_component_rich_style("curve--note"))], end - start)
        strips[row] = Strip.join([line.crop(0, start), words, line.crop(end)])
        return True

    def _draw(self, width: int, height: int) -> Chart:
        from kaptui.ui.widgets.charts import chart

        ink = chart.Ink(
            ground=self.background_colors[1].rgb,
            axis=self._colour("axis"),
            level=self._colour("level"),
            lines=(self._colour("first"), self._colour("second"), self._colour("third")),
        )
        return chart.draw(self._curve, width, height, ink)

    def _colour(self, part: str) -> tuple[int, int, int]:
        return self.get_component_styles(f"curve--{part}").color.rgb

    def _as_strip(self, text: Text, width: int) -> Strip:
        strip = Strip(text.render(self.app.console))
        return strip.adjust_cell_length(width, self.rich_style)

"""A curve over a numeric axis with its caption; the caption alone where there is no room to draw."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kaptui.ui.keys import bindings
from kaptui.ui.messages import AccountChosen, RowReached
from kaptui.ui.text import left, whole_parts
from kaptui.views import Curve
from kaptui.wording import clean

LOWEST = 6


class CurvePlot(Widget, can_focus=True):
    """Shows a `Curve`; the account under the cursor of a list is a point on it.

    Left and right go along the accounts of a line, Enter opens the one at the point.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "curve--caption", "curve--axis", "curve--level", "curve--point", "curve--first", "curve--second",
    }  # fmt: skip
    BINDINGS = bindings("open", "column.left", "column.right")

    point = reactive("")

    def __init__(self, curve: Curve) -> None:
        super().__init__()
        self._curve = curve
        self._drawn: tuple[object, list[Strip]] = (None, [])

    def present(self, curve: Curve) -> None:
        """Show another curve."""
        self._curve = curve
        self.refresh()

    def mark(self, account_id: str) -> None:
        """Mark the point of this account."""
        self.point = account_id

    @property
    def _ids(self) -> tuple[str, ...]:
        """The accounts of the line that has the point, else of the first line with accounts."""
        named = [line.ids for line in self._curve.lines if line.ids]
        return next((ids for ids in named if self.point in ids), named[0] if named else ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._ids) and self.size.height >= LOWEST if action in ("open", "column") else True

    def action_column(self, step: int) -> None:
        """The point of the next or previous account; the ends hold."""
        ids = self._ids
        place = ids.index(self.point) + step if self.point in ids else 0
        self.point = ids[max(0, min(place, len(ids) - 1))]
        self.post_message(RowReached(self.point))

    def action_open(self) -> None:
        if self.point in self._ids:
            import polars as pl

            self.post_message(AccountChosen(pl.Series("account_id", self._ids), self._ids.index(self.point)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 10

    def render_line(self, y: int) -> Strip:
        width, height = self.size.width, self.size.height
        if height < LOWEST:
            return self._caption(width) if y == 0 else Strip.blank(width, self.rich_style)
        if y == 0:
            return self._caption(width)
        lines = self._lines(width, height - 1)
        return lines[y - 1] if y <= len(lines) else Strip.blank(width, self.rich_style)

    def _caption(self, width: int) -> Strip:
        words = self._curve.caption or f"{self._curve.y_title} over {self._curve.x_title}"
        line = left(whole_parts(clean(words), width), width)
        return Strip([Segment(line, self.get_component_rich_style("curve--caption"))])

    def _lines(self, width: int, height: int) -> list[Strip]:
        """The chart, kept until anything that it depends on changes."""
        depends = (self._curve, width, height, self.point, self.app.theme, self.rich_style)
        if self._drawn[0] != depends:
            self._drawn = (depends, [self._as_strip(text, width) for text in self._draw(width, height)])
        return self._drawn[1]

    def _draw(self, width: int, height: int) -> list[Text]:
        from kaptui.ui import chart

        ink = chart.Ink(
            ground=self.background_colors[1].rgb,
            axis=self._colour("axis"),
            level=self._colour("level"),
            point=self._colour("point"),
            lines=(self._colour("first"), self._colour("second")),
        )
        return chart.draw(self._curve, width, height, ink, self.point)

    def _colour(self, part: str) -> tuple[int, int, int]:
        return self.get_component_styles(f"curve--{part}").color.rgb

    def _as_strip(self, text: Text, width: int) -> Strip:
        strip = Strip(text.render(self.app.console))
        return strip.adjust_cell_length(width, self.rich_style)

"""The widget for a scatter of accounts in four corners: the largest are named, a corner can be kept."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kaptui.text import clean
from kaptui.ui.keys import bindings
from kaptui.ui.text import cut, whole_parts
from kaptui.ui.widgets.charts.scatter import LETTERS, Cell, Plot, corner_spans, plot
from kaptui.ui.widgets.placed import Placed
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import Scatter

LOWEST = 8
ROOM_FOR_CAPTION = 12
ROOM_FOR_NAMES = 12
"""Lines from which two say who the marks are."""
NAMES = range(16, 8, -1)
"""Cells for a name there: the first with which all of them fit."""
FOCUS = "●"


class ScatterPlot(ViewWidget, Placed, Widget, can_focus=True):
    """Shows a `Scatter`. Arrows go from corner to corner, Enter keeps the accounts of the corner, or all again.

    The account under the cursor of a list is marked, and so are the largest; below the plot stands who they are.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "scatter--caption",
        "scatter--axis",
        "scatter--cut",
        "scatter--cut-label",
        "scatter--corner",
        "scatter--chosen",
        "scatter--dot",
        "scatter--letter",
        "scatter--point",
        "scatter--sheet",
        "scatter--key",
    }
    BINDINGS = bindings("open", "row.up", "row.down", "column.left", "column.right")

    point = reactive("", repaint=False)
    corner = reactive(3)

    def __init__(self, scatter: Scatter) -> None:
        super().__init__()
        self._scatter = scatter
        self._drawn: tuple[object, Plot | None] = (None, None)
        self._lines: tuple[object, list[list[Cell]]] = (None, [])

    def present(self, scatter: Scatter) -> None:
        """Show other accounts."""
        self._scatter = scatter
        self.refresh()

    def highlight_account(self, account_id: str) -> None:
        """Mark this account."""
        self.point = account_id

    def watch_point(self, former: str, now: str) -> None:
        """Draw again only the lines that lose the mark or get it, and the one that says who it is."""
        drawn = self._drawn[1]
        if drawn is not None and self.size.height >= LOWEST:
            found = (self._place(drawn, one) for one in (former, now))
            lines = {place[0] + self._top for place in found if place is not None}
            lines |= set(range(self._top + self._rows, self.size.height))
            self.refresh(*(Region(0, line, self.size.width, 1) for line in lines))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 14

    # Drawing

    def render_line(self, y: int) -> Strip:
        width, height = self.size.width, self.size.height
        if height < LOWEST or width < 3 * LOWEST:
            return self._words(y)
        if y < self._top:
            return self._strip([("caption", whole_parts(clean(self._scatter.caption), width))])
        if y >= self._top + self._rows:
            return self._strip(self._key(width)[y - self._top - self._rows])
        line = self._cells(width, self._rows)[y - self._top]
        runs = groupby(line, lambda cell: cell[1])
        return self._strip([(part, "".join(mark for mark, _ in cells)) for part, cells in runs])

    @property
    def _top(self) -> int:
        """Lines above the plot: one for the caption, where there is room for it."""
        return int(self.size.height >= ROOM_FOR_CAPTION)

    @property
    def _rows(self) -> int:
        """Lines of the plot; those below it say who the marks are."""
        return self.size.height - self._top - self._key_lines

    @property
    def _key_lines(self) -> int:
        return 2 if self.size.height >= ROOM_FOR_NAMES else 1

    def _words(self, y: int) -> Strip:
        """The corners as lines of words, where there is no room for a plot."""
        if self.size.height < 4:
            return self._strip([("caption", whole_parts(clean(self._scatter.caption), self.size.width))])
        if y > 3:
            return Strip.blank(self.size.width, self.rich_style)
        one = self._scatter.corners[y]
        part = "chosen" if y == self.corner and self.has_focus else "corner"
        return self._strip([(part, f"{one.label}  {one.note}")])

    def _plot(self, width: int, height: int) -> Plot:
        """The drawn accounts, kept until they or the size change."""
        depends = (self._scatter, width, height)
        if self._drawn[0] != depends or self._drawn[1] is None:
            self._drawn = (depends, plot(self._scatter, width, height))
        assert self._drawn[1] is not None
        return self._drawn[1]

    def _cells(self, width: int, height: int) -> list[list[Cell]]:
        """The plot with the names of its corners and the marked account laid over it."""
        drawn = self._plot(width, height)
        depends = (drawn, self.point, self.corner, self.has_focus)
        if self._lines[0] != depends:
            rows = [list(row) for row in drawn.rows]
            for corner, (row, column, text) in enumerate(corner_spans(drawn, self._labels)):
                part = "chosen" if corner == self.corner and self.has_focus else "corner"
                for place, letter in enumerate(text, column):
                    rows[row][place] = (letter, part)
            here = self._place(drawn, self.point)
            if here is not None:
                rows[here[0]][here[1]] = (FOCUS, "point")
            self._lines = (depends, rows)
        return self._lines[1]

    @property
    def _labels(self) -> list[str]:
        return [
            f"[{one.label}] {one.note}" if place == self.corner and self.has_focus else f"{one.label} {one.note}"
            for place, one in enumerate(self._scatter.corners)
        ]

    def _place(self, drawn: Plot, account_id: str) -> tuple[int, int] | None:
        found = self._row_of(account_id)
        return None if found is None else drawn.cell_of(found[1], found[2])

    def _row_of(self, account_id: str) -> tuple[str, float, float] | None:
        place = self._scatter.frame["account_id"].index_of(account_id) if account_id else None
        if place is None:
            return None
        name, x, y = self._scatter.frame.select("name", "x", "y").row(place)
        return name, x, y

    @property
    def marks(self) -> list[tuple[str, str]]:
        """The letters in the plot with the accounts they stand for, whether or not there is room to say it there."""
        drawn = self._drawn[1]
        names = dict(self._scatter.frame.head(len(LETTERS)).select("account_id", "name").iter_rows())
        return [(letter, clean(names[key])) for key, letter in drawn.letters.items()] if drawn is not None else []

    def _key(self, width: int) -> list[list[tuple[str, str]]]:
        """Who the marks are, in lines: the marked account first, then the largest; their names so long that all fit."""
        drawn = self._plot(width, self._rows)
        found = self._row_of(self.point)
        hidden = drawn.letters.get(self.point)
        parts = [(FOCUS, "point", clean(found[0]))] if found else []
        parts += [(letter, "letter", name) for letter, name in self.marks if letter != hidden]
        lines = [self._key_within(longest, drawn.key, parts, width) for longest in NAMES]
        most = max(named for named, _ in lines)
        return next(pieces for named, pieces in lines if named == most)

    def _key_within(
        self, longest: int, shades: str, parts: list[tuple[str, str, str]], width: int
    ) -> tuple[int, list[list[tuple[str, str]]]]:
        """How many of the marks are named with names of so many cells, and the lines that name them."""
        lines: list[list[tuple[str, str]]] = [[] for _ in range(self._key_lines)]
        lines[0] = [("key", f"{shades}  ")] if shades else []
        at, room = 0, width - (cell_len(shades) + 2 if shades else 0)
        for place, (mark, style, name) in enumerate(parts):
            text = f" {cut(name, longest)}"
            if room < cell_len(text) + 1:
                at, room = at + 1, width
            if at == len(lines):
                return place, lines
            lines[at] += [(style, mark), ("key", f"{text}  ")]
            room -= cell_len(text) + 3
        return len(parts), lines

    def _strip(self, pieces: list[tuple[str, str]]) -> Strip:
        strip = Strip([Segment(text, self.get_component_rich_style(f"scatter--{part}")) for part, text in pieces])
        return strip.adjust_cell_length(self.size.width, self.rich_style)

    # Moving

    def action_row(self, step: int) -> None:
        self.corner = self.corner % 2 + (2 if step > 0 else 0)

    def action_column(self, step: int) -> None:
        self.corner = self.corner // 2 * 2 + (1 if step > 0 else 0)

    def action_open(self) -> None:
        self.post_message(self.FilterToggled(self._scatter.corners[self.corner].narrow))

    def on_click(self, event: Click) -> None:
        where = event.get_content_offset(self)
        drawn = self._drawn[1]
        if where is None or drawn is None:
            return
        self.corner = drawn.corner_at(where.y - self._top, where.x)
        self.enter_if_second(event)

"""The facets under the filter bar: values with the accounts each would bring; choosing one changes the filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kaptui.text import UNKNOWN, clean
from kaptui.ui.keys import bindings
from kaptui.ui.text import cut, left, right
from kaptui.ui.widgets.placed import Placed

if TYPE_CHECKING:
    from kaptui.filter_language import Facet, FacetValue
    from kaptui.screen_specs.dashboard_state import DashboardState

ROWS = 8
NARROWEST, WIDEST = 16, 26
BOX = 4


class FacetBox(Placed, Widget, can_focus=True):
    """Facets side by side, as many as fit; the cursor reaches the others."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "facets--head",
        "facets--value",
        "facets--none",
        "facets--chosen",
        "facets--cursor",
        "facets--hint",
    }
    BINDINGS = bindings(
        "facet.toggle",
        "facet.apply",
        "facet.back",
        "facet.next",
        "facet.previous",
        "row.up",
        "row.down",
        "row.first",
        "row.last",
    )

    facets: reactive[tuple[Facet, ...]] = reactive((), layout=True)
    hint: reactive[str] = reactive("")

    @dataclass
    class Toggled(Message):
        """The reader chose this condition, or no longer wants it."""

        condition: str

    @dataclass
    class Counted(Message):
        """The facets of a state."""

        state: DashboardState
        facets: tuple[Facet, ...]

        bubble = False

    class Left(Message):
        """The reader goes back to typing."""

    class Applied(Message):
        """The reader is done: what is ticked is to stay."""

    class Cancelled(Message):
        """The reader closes the facets."""

    def __init__(self) -> None:
        super().__init__(id="filter-facets")
        self.wanted: DashboardState | None = None
        self._at = 0
        self._first = 0
        self._ticked = False
        self._rows: dict[str, int] = {}

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._height + 2

    def on_facet_box_counted(self, event: Counted) -> None:
        if event.state is self.wanted:
            self.facets = event.facets

    @property
    def _height(self) -> int:
        return min(ROWS, max((len(facet.choices) for facet in self.facets), default=0))

    # Drawing

    def _columns(self) -> list[tuple[int, int, int]]:
        """Which facets are in sight: number, left edge, width."""
        cells = [self._cells(facet) for facet in self.facets]
        self._first = min(self._first, self._at)
        while self._first < self._at and sum(cells[self._first : self._at + 1]) > self.size.width:
            self._first += 1
        columns, edge = [], 0
        for number in range(self._first, len(self.facets)):
            if edge and edge + cells[number] > self.size.width:
                break
            columns.append((number, edge, cells[number]))
            edge += cells[number]
        return columns

    @staticmethod
    def _cells(facet: Facet) -> int:
        longest = max((cell_len(_label(one)) for one in facet.choices), default=0)
        return max(NARROWEST, min(WIDEST, longest + BOX + 7))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == self._height + 1:
            beyond = len(self.facets) - len(self._columns())
            more = f"{beyond} more {'facet' if beyond == 1 else 'facets'}: arrows.  " if beyond > 0 else ""
            return self._strip([("facets--hint", left(cut(more + self.hint, width), width))])
        pieces: list[tuple[str, str]] = []
        for number, _, cells in self._columns():
            pieces += self._head(number, cells) if y == 0 else self._cell(number, y - 1, cells)
        return self._strip(pieces)

    def _head(self, number: int, cells: int) -> list[tuple[str, str]]:
        facet = self.facets[number]
        top, beyond = self._top(number), len(facet.choices) - self._height
        more = f" {top + 1}-{top + self._height} of {len(facet.choices)}" if beyond > 0 else ""
        return [("facets--head", left(facet.field + more, cells))]

    def _top(self, number: int) -> int:
        return max(0, self._row(number) - self._height + 1)

    def _row(self, number: int) -> int:
        facet = self.facets[number]
        return min(self._rows.get(facet.field, 0), max(0, len(facet.choices) - 1))

    def _cell(self, number: int, line: int, cells: int) -> list[tuple[str, str]]:
        facet, place = self.facets[number], self._top(number) + line
        if place >= len(facet.choices):
            return [("facets--value", " " * cells)]
        one = facet.choices[place]
        box = "[x] " if one.chosen else "[ ] "
        count = right(str(one.accounts), 5)
        text = left(box + left(_label(one), cells - BOX - 7) + count, cells - 2)
        here = self.has_focus and number == self._at and place == self._row(number)
        style = "cursor" if here else "chosen" if one.chosen else "value" if one.accounts else "none"
        return [(f"facets--{style}", text), ("facets--value", "  ")]

    def _strip(self, pieces: Sequence[tuple[str, str]]) -> Strip:
        strip = Strip([Segment(text, self.get_component_rich_style(name)) for name, text in pieces])
        return strip.adjust_cell_length(self.size.width, self.rich_style)

    # Moving

    def from_the_top(self) -> None:
        """Put the cursor on the first value of the first facet, as when opened for the first time."""
        self._at = self._first = 0
        self._ticked = False
        self._rows.clear()
        self.refresh()

    def action_facet(self, step: int) -> None:
        """The next or previous facet, round the ends."""
        if self.facets:
            self._at = (self._at + step) % len(self.facets)
            self.refresh()

    def action_row(self, step: int) -> None:
        """Down and up; above the first row one types again."""
        if not self.facets or self._row(self._at) + step < 0:
            self.post_message(self.Left())
            return
        self._go(self._row(self._at) + step)

    def action_edge(self, side: int) -> None:
        self._go(len(self.facets[self._at].choices) - 1 if side > 0 and self.facets else 0)

    def _go(self, row: int) -> None:
        if self.facets:
            facet = self.facets[self._at]
            self._rows[facet.field] = max(0, min(row, len(facet.choices) - 1))
            self.refresh()

    @property
    def _pointed(self) -> FacetValue | None:
        choices = self.facets[self._at].choices if self.facets else ()
        return choices[self._row(self._at)] if choices else None

    def action_pick(self) -> None:
        """Tick the value under the cursor, or untick it."""
        if self._pointed is not None:
            self._ticked = True
            self.post_message(self.Toggled(self._pointed.condition))

    def action_apply(self) -> None:
        """Keep what was ticked; where nothing was, the value under the cursor. It never unticks."""
        if self._pointed is not None and not (self._ticked or self._pointed.chosen):
            self.post_message(self.Toggled(self._pointed.condition))
        self.post_message(self.Applied())

    def action_back(self) -> None:
        self.post_message(self.Cancelled())

    def on_click(self, event: Click) -> None:
        where = event.get_content_offset(self)
        if where is None or not 1 <= where.y <= self._height:
            return
        for number, edge, cells in self._columns():
            place = self._top(number) + where.y - 1
            if edge <= where.x < edge + cells and place < len(self.facets[number].choices):
                self._at = number
                self._go(place)
                self.action_pick()


def _label(one: FacetValue) -> str:
    return UNKNOWN if one.value is None else clean(one.value)

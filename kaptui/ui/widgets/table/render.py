"""The drawing of a table's lines: heading, rows, subtotals, and what is pinned below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kaptui.text import clean
from kaptui.ui.text import cut, left, right
from kaptui.ui.widgets.table import table_layout
from kaptui.ui.widgets.table.table_layout import GAP, MARGIN, SUBTOTAL
from kaptui.views import Column, Row, Subtotal, Table

if TYPE_CHECKING:
    import polars as pl

LineCache = dict[tuple[int, int, int, int], Strip]
"""Lines drawn already, by row, width, what is seen of it, and shift; emptied with other rows, columns or styles."""
MOST_KEPT = 500


@dataclass(frozen=True, slots=True)
class RowRenderer:
    """Draws lines `width` cells wide, all but the first column scrolled by `shift` cells.

    `seen` is what the scroll bar leaves of the width. `style` gives the look of a part by its name in the style
    sheet; `at` is the column under the cursor, 0 for the whole row. `kept` are the lines drawn before.
    """

    columns: Sequence[Column]
    widths: Sequence[int]
    style: Callable[[str], Style]
    width: int
    seen: int
    shift: int
    at: int
    kept: LineCache

    def line(self, table: Table, frame: pl.DataFrame, place: int, cursor: int, focused: bool) -> Strip:
        """The line of row `place`. Those without the cursor are kept: a list that scrolls shows most of them again."""
        where, chosen = (place, self.width, self.seen, self.shift), place == cursor
        if not chosen and where in self.kept:
            return self.kept[where]
        row = frame.row(place, named=True)
        subtotal = row.get(SUBTOTAL)
        if subtotal is None:
            drawn = self.row(row, chosen, focused)
        else:
            drawn = self.subtotal(table.subtotals[subtotal], chosen, focused)
        if not chosen:
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[where] = drawn
        return drawn

    def header(self, by: str, down: bool) -> Strip:
        """The headings, marked where the table is sorted."""
        plain, here = self.style("table--header"), self.style("table--header-at")
        marks = {by: "▼" if down else "▲"}
        short = table_layout.tight(self.columns, self.widths)
        pieces = [
            Segment(
                table_layout.header(column, cells, marks.get(column.name, ""), short),
                here if number and number == self.at else plain,
            )
            for number, (column, cells) in enumerate(zip(self.columns, self.widths, strict=True))
        ]
        return self._shifted(Segment(" " * MARGIN, plain), [[piece] for piece in pieces], plain)

    def row(self, row: Row, chosen: bool, focused: bool) -> Strip:
        """One row; where it is `chosen` its ground changes, and the cell under the cursor stands out."""
        ground = self.style("table--row")
        over = self.style("table--cursor" if focused else "table--cursor-away")
        pieces: list[list[Segment]] = []
        for number, (column, cells) in enumerate(zip(self.columns, self.widths, strict=True)):
            shown = table_layout.cell(column, row, cells)
            style = self.style(f"table--{shown.state}" if shown.state else "table--row" if number else "table--name")
            if chosen:
                style += Style(bgcolor=over.bgcolor, bold=True)
            if chosen and focused and number and number == self.at:
                body = shown.text[:-GAP] + shown.text[-GAP:].rstrip(" ")
                pieces.append([Segment(body, self.style("table--cell")), Segment(shown.text[len(body) :], style)])
            else:
                pieces.append([Segment(shown.text, style)])
        whole = over if chosen else ground
        return self._shifted(Segment("> " if chosen else " " * MARGIN, whole), pieces, whole)

    def cut(self, row: Row, room: int) -> str:
        """The text of a cell of which only a part is seen: the one under the cursor, else the last; "" without any.

        What is longer than `room` begins with the word that is cut.
        """
        still, begin, found = MARGIN + self.widths[0], MARGIN, {}
        for number, (column, cells) in enumerate(zip(self.columns, self.widths, strict=True)):
            text, numeric = table_layout.text_of(column, row), table_layout.numeric(column)
            left_edge = begin - (self.shift if number else 0)
            begin += cells + GAP
            if left_edge >= self.seen or (number and left_edge + cells <= still):
                continue
            shown = cells if numeric else min(cells, self.seen - left_edge)
            if cell_len(text) > shown or (number and not numeric and left_edge < still):
                named = text if column.kind == "text" else f"{column.label}: {text}"
                found[number] = named if cell_len(named) <= room else _from_cut(text, shown)
        return found.get(self.at) or next(reversed(found.values()), "")

    def subtotal(self, group: Subtotal, chosen: bool, focused: bool) -> Strip:
        """The line above a group, in the colour of its state."""
        style = self.style("table--subtotal")
        if group.state:
            style += Style(color=self.style(f"table--{group.state}").color)
        return self._words(group.texts, style, chosen, focused)

    def words(self, texts: Mapping[str, str], part: str) -> Strip:
        """A line of ready words by column, as they are pinned at the bottom."""
        return self._words(texts, self.style(part))

    def _words(self, texts: Mapping[str, str], style: Style, chosen: bool = False, focused: bool = False) -> Strip:
        if chosen:
            over = self.style("table--cursor" if focused else "table--cursor-away")
            style += Style(bgcolor=over.bgcolor)
        pieces = []
        for column, cells in zip(self.columns, self.widths, strict=True):
            text = clean(texts.get(column.name, ""))
            placed = right(text, cells) if table_layout.numeric(column) else left(text, cells)
            pieces.append([Segment(placed + " " * GAP, style)])
        return self._shifted(Segment("> " if chosen else " " * MARGIN, style), pieces, style)

    def _shifted(self, lead: Segment, pieces: list[list[Segment]], style: Style) -> Strip:
        """The line scrolled sideways: lead and first column stay put; a cell cut at an edge says so."""
        still = Strip([lead, *pieces[0]])
        room = max(0, self.seen - still.cell_length)
        rest, begin = [], -self.shift
        for column, cell in zip(self.columns[1:], pieces[1:], strict=True):
            drawn = Strip(cell)
            rest.append(self._within(drawn, -begin, room - begin, table_layout.numeric(column)))
            begin += drawn.cell_length
        return Strip.join([still, *rest]).adjust_cell_length(self.width, style)

    @staticmethod
    def _within(cell: Strip, start: int, end: int, numeric: bool) -> Strip:
        """The part of a cell from `start` to before `end`.

        Where its text does not lie wholly in there, `…` says so: part of a number would be another number.
        """
        start, end = max(0, start), max(0, min(end, cell.cell_length))
        if start >= end or (start == 0 and end == cell.cell_length):
            return cell.crop(start, end) if start < end else Strip.blank(0)
        text = cell.text
        blank = cell_len(text) - cell_len(text.lstrip())
        if not text.strip() or (blank >= start and cell_len(text.rstrip()) <= end):
            return cell.crop(start, end)
        style = next(one.style for one in cell if one.text.strip())
        room = end - start
        if start or numeric:
            return Strip([Segment(left("…", room) if start else right("…", room), style)])
        return Strip([Segment(left(text.rstrip(), end), style)])


def _from_cut(text: str, shown: int) -> str:
    """The rest of a text of which so many cells are shown, from the word that is cut."""
    seen = cut(text, shown)[:-1]
    return "…" + text[seen.rfind(" ") + 1 :]

"""The layout of a table: which columns and rows are shown, how wide the columns are, and what their cells say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from kaptui.arrangement import ordered
from kaptui.text import clean, show
from kaptui.ui.text import MARKS, left, right
from kaptui.views import Column, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

MARGIN = 2
GAP = 2
NUMERIC = {"integer", "number", "money", "share", "index"}
NAME_AT_MOST = 36
SHORTEST = 14
WIDE = 24
NUMBER_AT_LEAST = 6
SUBTOTAL = "_subtotal"
PART = 1_000
"""Rows that are searched for a problem in one go."""
SAMPLE = 100
"""Rows that are looked at to find how wide a column must be."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the reader wants a table: `sort` is a column and whether it falls; no `columns` means those proposed."""

    sort: tuple[str, bool] | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, cut to its column: its text with the gap behind it, and its state."""

    text: str
    state: State


def offered(table: Table) -> tuple[Column, ...]:
    """Every column that can be shown: those proposed, then those that may be added."""
    return (*table.columns, *table.more)


def shown(table: Table, layout: Layout) -> tuple[Column, ...]:
    """The columns that `layout` asks for, as far as the table has them; the first one always stays."""
    if not layout.columns:
        return table.columns
    by_name = {column.name: column for column in offered(table)}
    return table.columns[:1] + tuple(
        by_name[name] for name in layout.columns if name in by_name and name != table.columns[0].name
    )


class Longest:
    """How many cells the longest text takes in each column of a table, among its first rows: looked at once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._cells: dict[str, int] = {}

    @cached_property
    def _rows(self) -> Sequence[Row]:
        return self._table.frame.head(SAMPLE).rows(named=True)

    def __getitem__(self, column: Column) -> int:
        cells = self._cells.get(column.name)
        if cells is None:
            words = (*self._table.foot, *(one.texts for one in self._table.subtotals))
            said = max((cell_len(clean(texts.get(column.name, ""))) for texts in words), default=0)
            longest = max((cell_len(text_of(column, row)) for row in self._rows), default=0)
            cells = self._cells[column.name] = max(longest, said)
        return cells


def with_room(table: Table, layout: Layout, room: int, longest: Longest | None = None) -> tuple[Column, ...]:
    """The same, and those further columns that show themselves where there is room for them.

    `longest` is what is known of this table already.
    """
    longest = longest or Longest(table)
    columns = shown(table, layout)
    if layout.columns:
        return columns
    taken = sum(_needed(column, column.label, longest) + GAP for column in columns)
    for further in (one for one in table.more if one.if_room):
        if taken + further.if_room > room:
            break
        columns = (*columns, further)
        taken += _needed(further, further.label, longest) + GAP
    return columns


def toggled(table: Table, layout: Layout, name: str) -> tuple[str, ...]:
    """The names of the shown columns with `name` hidden if it was shown, else back in its place."""
    now = {column.name for column in shown(table, layout)} ^ {name}
    return tuple(column.name for column in offered(table) if column.name in now)


def arranged(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """The rows in the order that `layout` asks for; unknown values come last, text is sorted in any case."""
    return ordered(frame, layout.sort)


def lined_up(table: Table, layout: Layout) -> pl.DataFrame:
    """The lines of the table: its rows as `layout` asks, and before each group one line that holds its place.

    Such a line has the number of its subtotal in the column SUBTOTAL, which is empty in rows, and nothing else.
    """
    import polars as pl

    rows = arranged(table.frame, layout)
    if not table.group or not table.subtotals:
        return rows
    order = pl.DataFrame(
        {table.group: [one.value for one in table.subtotals], SUBTOTAL: range(len(table.subtotals))},
        schema={table.group: rows.schema[table.group], SUBTOTAL: pl.Int64},
    )
    placed = rows.join(order, on=table.group, how="left", nulls_equal=True, maintain_order="left")
    heads = order.filter(pl.col(SUBTOTAL).is_in(placed[SUBTOTAL].drop_nulls().unique().implode()))
    heads = heads.select(SUBTOTAL, _place=pl.col(SUBTOTAL), _row=pl.lit(0))
    placed = placed.with_columns(pl.lit(None, pl.Int64).alias(SUBTOTAL), _place=pl.col(SUBTOTAL), _row=pl.lit(1))
    both = pl.concat([heads, placed], how="diagonal")
    return both.sort("_place", "_row", nulls_last=True, maintain_order=True).drop("_place", "_row")


def nth(frame: pl.DataFrame, name: str, place: int) -> int:
    """How many rows above `place` have the same value in column `name`; 0 where there is no such row, or no value."""
    column = frame.get_column(name, default=None)
    value = None if column is None or place >= len(column) else column[place]
    return 0 if column is None or value is None else int((column.head(place) == value).sum())


def with_subtotal(frame: pl.DataFrame, top: int) -> int:
    """The first line to show so that the subtotal of row `top` is seen, where `top` is the first of its group."""
    return top - int(top > 0 and SUBTOTAL in frame.columns and frame[SUBTOTAL][top - 1] is not None)


def place_of(frame: pl.DataFrame, name: str, key: Any, nth: int = 0) -> int | None:
    """The row with `key` in column `name`: the one with `nth` such rows above it, else the last; None without any."""
    column = frame.get_column(name, default=None)
    if column is None or key is None:
        return None
    first: int | None = column.index_of(key)
    if first is None or not nth:
        return first
    places = (column == key).arg_true()
    return int(places[min(nth, len(places) - 1)])


def problem(frame: pl.DataFrame, columns: Sequence[Column], place: int, step: int) -> int | None:
    """The nearest row after (`step` 1) or before (-1) `place` with a cell that is bad; None if there is none."""
    return next((found for found in problems(frame, columns, place, step) if found is not None), None)


def problems(frame: pl.DataFrame, columns: Sequence[Column], place: int, step: int) -> Iterator[int | None]:
    """The search for `problem`, some rows at a time: None after each part without one; then the next one, or the end.

    A search through a long list can so be left to wait while the reader does something else.
    """
    judges = [column.state for column in columns if column.state is not None]
    rest = frame.slice(place + 1) if step > 0 else frame.head(place).reverse()
    for begin in range(0, rest.height, PART):
        row = _Cells(rest.slice(begin, PART))
        for at in range(row.height):
            row.at = at
            if row.get(SUBTOTAL) is None and any(judge(row) == "bad" for judge in judges):
                yield place + step * (begin + at + 1)
                return
        yield None


class _Cells(Mapping[str, Any]):
    """Row `at` of a frame. Only the columns that somebody asks for are read, each once for all rows."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.at = 0
        self.height = frame.height
        self._frame = frame
        self._read: dict[str, list[Any]] = {}

    def __getitem__(self, name: str) -> Any:
        cells = self._read.get(name)
        if cells is None:
            if name not in self._frame.columns:
                raise KeyError(name)
            cells = self._read[name] = self._frame[name].to_list()
        return cells[self.at]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frame.columns)

    def __len__(self) -> int:
        return self._frame.width


def bad_column(row: Row, columns: Sequence[Column]) -> int:
    """The place of the first column whose cell is bad; 0 if there is none."""
    return next((at for at, one in enumerate(columns) if one.state is not None and one.state(row) == "bad"), 0)


def widths(table: Table, columns: tuple[Column, ...], room: int, longest: Longest | None = None) -> list[int]:
    """The cells of each column: as wide as it is meant to be, or as the first rows need if that is less.

    What room is left goes to the last wide text column, else to the first. Where the room is short that column
    gives way; what still does not fit is scrolled to. The last column needs no gap behind it where it is text.
    `longest` is what is known of this table already.
    """
    longest = longest or Longest(table)
    cells = [_needed(column, column.label, longest) for column in columns]
    if not columns:
        return cells
    room += 0 if numeric(columns[-1]) else GAP
    if sum(cells) + GAP * len(cells) > room:
        cells = [_needed(column, column.short or column.label, longest) for column in columns]
    spare = room - sum(cells) - GAP * len(cells)
    wide = [place for place, column in enumerate(columns) if place and column.kind == "text" and column.width >= WIDE]
    if wide:
        cells[wide[-1]] = max(min(cells[wide[-1]], SHORTEST), cells[wide[-1]] + spare)
    elif spare > 0:
        cells[0] += min(spare, NAME_AT_MOST - min(cells[0], NAME_AT_MOST))
    over = sum(cells) + GAP * len(cells) - room
    if over > 0:
        enough = cells[0] - over >= max(SHORTEST, room // 4)
        cells[0] = cells[0] - over if enough else min(cells[0], max(SHORTEST, room // 3))
    return cells


def _needed(column: Column, heading: str, longest: Longest) -> int:
    floor = NUMBER_AT_LEAST if numeric(column) else 0
    sorted_mark = 0 if numeric(column) else 1  # a number's mark stands in the gap behind
    return max(cell_len(heading) + sorted_mark, floor, min(column.width, longest[column]))


def text_of(column: Column, row: Row) -> str:
    """What a cell says, however long."""
    return clean(column.text(row)) if column.text is not None else show(row[column.name], column.kind)


def beyond(columns: Sequence[Column], widths: Sequence[int], room: int) -> set[str]:
    """The names of the columns that do not fit into `room` cells."""
    edge, found = MARGIN, set()
    for column, cells in zip(columns, widths, strict=True):
        edge += cells + GAP
        if edge - GAP > room:
            found.add(column.name)
    return found


def line_width(widths: Iterable[int]) -> int:
    """The cells of a line whose columns are so wide, with the margins around them."""
    return MARGIN + sum(cells + GAP for cells in widths)


def column_at(widths: Sequence[int], x: int, shift: int) -> int:
    """The place of the column at cell `x` of a list scrolled by `shift` cells; beyond the last one, the last."""
    edge = MARGIN
    for number, cells in enumerate(widths):
        edge += cells + GAP
        if x < edge - (shift if number else 0):
            return number
    return len(widths) - 1


def shift_to(widths: Sequence[int], column: int, shift: int, room: int) -> int:
    """How far to scroll sideways, as little as needed, so that this column and its mark are seen beside the first."""
    if not column:
        return 0
    still = MARGIN + widths[0] + GAP
    begins = MARGIN + sum(widths[:column]) + GAP * column
    return min(max(shift, begins + widths[column] + 1 - room), begins - still)


def numeric(column: Column) -> bool:
    """Numbers stand flush right, text flush left."""
    return column.kind in NUMERIC


def tight(columns: Sequence[Column], widths: Sequence[int]) -> bool:
    """Whether there is no room for all headings: then every column that has a short one shows it."""
    return any(one.short and cell_len(one.label) > cells for one, cells in zip(columns, widths, strict=True))


def header(column: Column, width: int, mark: str, short: bool = False) -> str:
    """The heading over a column; `mark` says which way it is sorted, over numbers in the gap, as their marks do."""
    label = clean(column.short if short and column.short else column.label)
    if numeric(column):
        return right(label, width) + (mark + " " * GAP)[:GAP]
    return left(label + mark, width) + " " * GAP


def cell(column: Column, row: Row, width: int) -> Cell:
    """The cell of `column` in `row`."""
    text = text_of(column, row)
    state = column.state(row) if column.state is not None else ""
    placed = right(text, width) if numeric(column) else left(text, width)
    mark = MARKS.get(state, "") if numeric(column) else ""
    mark = "" if mark and text.endswith(mark) else mark
    return Cell(placed + (mark + " " * GAP)[:GAP], state)

"""The cells of a list for paper, slides and sheets: each in the words of the screen, and the number behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from kaptui.text import clean, listed, show, with_mark
from kaptui.views import Column, Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

LEFT_ALIGNED: tuple[Kind, ...] = ("text", "date", "flag")
MOST_COLUMNS = 24
"""Columns of a table at most: so many fit on paper that lies on its side."""
UNBROKEN = 24
"""Letters of a word that a line may be too short for."""
_NOT_IN_XML = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_LONG = re.compile(rf"\S{{{UNBROKEN},}}")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell, in words, and what its colour says.

    `value` is the number or the day behind the words where they say nothing else, else None; `kind` is how it is
    meant. `account` is the id of the account that the cell names, `screen` the screen that holds the evidence.
    """

    text: str
    state: State = ""
    value: float | date | None = None
    kind: Kind = "text"
    account: str = ""
    screen: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of cells; a subtotal stands above the rows of its group, a foot below all."""

    cells: tuple[Cell, ...]
    role: Literal["", "subtotal", "foot"] = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A list as it stands on paper: its headings with their kinds, its lines, and what has no room."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    left_out: str = ""


def spans(line: Line) -> bool:
    """Whether it is the heading of a group, which stands in one cell as wide as the list."""
    return line.role == "subtotal" and len(line.cells) > 1 and not any(each.text for each in line.cells[1:])


def plain(words: str) -> str:
    """Text as XML and a page take it: controls and bidi controls as visible marks, in one line."""
    return clean(words).strip().translate(_NOT_IN_XML)


def breakable(words: str) -> str:
    """The same with places to break a word that is longer than a line may be."""
    return _LONG.sub(lambda found: "\u200b".join(_parts(found.group())), plain(words))


def _parts(word: str) -> Iterator[str]:
    for place in range(0, len(word), UNBROKEN // 2):
        yield word[place : place + UNBROKEN // 2]


def is_left(column: Column) -> bool:
    """Whether its cells stand on the left: words, days, marks."""
    return column.kind in LEFT_ALIGNED


def left_out(view: Table, most: int) -> str:
    """What of a table has no room, and where it is."""
    rows = f"{most} of {view.frame.height} rows" if view.frame.height > most else ""
    columns = f"{MOST_COLUMNS} of {len(view.columns)} columns" if len(view.columns) > MOST_COLUMNS else ""
    return f"The first {listed((rows, columns))}; kaptui export writes all" if rows or columns else ""


def grid(view: Table, most: int = 100) -> Grid:
    """The first `most` rows of a list, as they stand together, each group under its subtotal."""
    columns = view.columns[:MOST_COLUMNS]
    return Grid(columns, tuple(_lines(view, columns, most)), left_out(view, most))


def _lines(view: Table, columns: Sequence[Column], most: int) -> Iterator[Line]:
    frame = view.frame.head(most)
    if view.group and view.subtotals:
        for subtotal in view.subtotals:
            yield _ready(subtotal.texts, columns, "subtotal", subtotal.state)
            yield from _rows(frame.filter(frame[view.group].eq_missing(subtotal.value)), columns)
    else:
        yield from _rows(frame, columns)
    for words in view.foot:
        yield _ready(words, columns, "foot")


def _rows(frame: pl.DataFrame, columns: Sequence[Column]) -> Iterator[Line]:
    for row in frame.iter_rows(named=True):
        yield Line(tuple(cell(column, row) for column in columns))


def cell(column: Column, row: Row) -> Cell:
    """One cell: a number that stands there as its kind is written is a number, whatever else is words."""
    value = row[column.name] if column.text is None else row.get(column.name)
    usual = show(value, column.kind)
    shown = column.text(row) if column.text else usual
    state = column.state(row) if column.state else ""
    number = _number(value) if column.kind != "text" and shown.strip() in (usual, with_mark(usual, state)) else None
    account = str(row.get("account_id") or "") if column.name == "name" else ""
    screen = str(row.get("screen") or "") if column.name == "question" else ""
    return Cell(plain(shown), state, number, column.kind, account, screen)


def _number(value: Any) -> float | date | None:
    match value:
        case bool() | None:
            return None
        case int() | float():
            return float(value)
        case date():
            return value
    return None


def _ready(
    words: Mapping[str, str], columns: Sequence[Column], role: Literal["subtotal", "foot"], state: State = ""
) -> Line:
    """A line of ready words by column."""
    return Line(tuple(Cell(plain(words.get(one.name, "")), state, None, one.kind) for one in columns), role)

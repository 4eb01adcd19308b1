"""How wide the columns of a table are, and what their cells say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from kaptui.ui.text import MARKS, left, right
from kaptui.views import Column, Row, State
from kaptui.wording import clean, show

GAP = 2
NUMERIC = {"integer", "number", "money", "share", "index"}
NAME_AT_MOST = 36
SHORTEST = 14
WIDE = 24
NUMBER_AT_LEAST = 6
SAMPLE = 100
"""Rows that are looked at to find how wide a column must be."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, cut to its column: its text with the gap behind it, and its state."""

    text: str
    state: State


def widths(columns: tuple[Column, ...], sample: Sequence[Row], room: int) -> list[int]:
    """The cells of each column: as wide as it is meant to be, or as the rows of `sample` need if that is less.

    What room is left goes to the last wide text column, else to the first. Where the room is short that column
    gives way; what still does not fit is scrolled to.
    """
    cells = [_needed(column, sample) for column in columns]
    if not columns:
        return cells
    spare = room - sum(cells) - GAP * len(cells)
    wide = [place for place, column in enumerate(columns) if place and column.kind == "text" and column.width >= WIDE]
    if wide:
        cells[wide[-1]] = max(min(cells[wide[-1]], SHORTEST), cells[wide[-1]] + spare)
    elif spare > 0:
        cells[0] += min(spare, NAME_AT_MOST - min(cells[0], NAME_AT_MOST))
    if sum(cells) + GAP * len(cells) > room:
        cells[0] = min(cells[0], max(SHORTEST, room // 3))
    return cells


def _needed(column: Column, sample: Sequence[Row]) -> int:
    longest = max((cell_len(_text(column, row)) for row in sample), default=0)
    floor = NUMBER_AT_LEAST if numeric(column) else 0
    return max(cell_len(column.label) + 1, floor, min(column.width, longest))


def _text(column: Column, row: Row) -> str:
    return clean(column.text(row)) if column.text is not None else show(row[column.name], column.kind)


def numeric(column: Column) -> bool:
    """Numbers stand flush right, text flush left."""
    return column.kind in NUMERIC


def header(column: Column, width: int, mark: str) -> str:
    """The heading over a column; `mark` says which way it is sorted."""
    label = clean(column.label)
    return (right(mark + label, width) if numeric(column) else left(label + mark, width)) + " " * GAP


def cell(column: Column, row: Row, width: int) -> Cell:
    """The cell of `column` in `row`."""
    text = _text(column, row)
    state = column.state(row) if column.state is not None else ""
    placed = right(text, width) if numeric(column) else left(text, width)
    mark = MARKS.get(state, "") if numeric(column) else ""
    mark = "" if mark and text.endswith(mark) else mark
    return Cell(placed + (mark + " " * GAP)[:GAP], state)

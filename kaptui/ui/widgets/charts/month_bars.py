"""The drawing of bars by month: they hang from their own zero; lines stand above them on a scale of their own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from kaptui.text import UNKNOWN, clean, show
from kaptui.ui.text import left, right
from kaptui.views import MonthBars

RISING = " ▁▂▃▄▅▆▇█"
HANGING = " ▔▀█"
"""What hangs from zero by less than a cell: a terminal has an eighth and a half of it."""
LOSS_WITHOUT_COLOUR = "▒"
GAP = "?"
"""What stands in place of the zero line of a month that is not known, where `n/a` has no room."""
ROOM_FOR_LINES = 9
"""Rows from which the lines are drawn above the bars."""
ROOM_FOR_PAIRS = 24
"""Months that are shown with a blank after each rather than more of them without."""
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The dots of a Braille cell, the left column from the top, then the right one."""
_BRAILLE = 0x2800

Piece = tuple[str, str]
"""What a part of a row is, as the style sheet calls it, and its text."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rows of the chart, and where its months stand in them.

    Month number `first` of the view is the first one in sight; the months begin at column `start` and take `slot`
    cells each. `zero` is the row of the zero line, -1 where there are no bars.
    """

    rows: tuple[tuple[Piece, ...], ...]
    first: int
    start: int
    slot: int
    zero: int

    def month_at(self, column: int) -> int:
        """The number of the month in this column, counted from the first one of the view; may be out of reach."""
        return self.first + (column - self.start) // self.slot


def draw(view: MonthBars, width: int, height: int, coloured: bool = True) -> Drawn:
    """`view` in `width` x `height` cells; without colour a loss has another mark."""
    bars = [one.bar for one in view.months]
    lines = list(zip(*(one.lines for one in view.months), strict=True))
    has_bars = any(value is not None for value in bars)
    room = height - 1
    band = 0 if not lines else room if not has_bars else max(3, room // 3) if room >= ROOM_FOR_LINES else 0
    axis = 2 + max(cell_len(text) for text in _ends(view, bars, lines if band else []))
    slot, many = _slots(len(bars), max(1, width - axis))
    first = len(bars) - many
    body = _Body(axis, slot, many)
    rows: list[tuple[Piece, ...]] = []
    if band:
        rows += _lines_band(view, [line[first:] for line in lines], band, body, width)
    zero = -1
    if has_bars:
        bar_rows, at = _bar_band(view, bars[first:], room - band, body, coloured)
        zero = len(rows) + at
        rows += bar_rows
    rows.append((("axis", left(_month_labels([one.label for one in view.months[first:]], body), width)),))
    return Drawn(tuple(rows), first, axis, slot, zero)


@dataclass(frozen=True, slots=True)
class _Body:
    """Where the months stand: `axis` cells are before them, `slot` cells has each, `many` are in sight."""

    axis: int
    slot: int
    many: int

    @property
    def bar(self) -> int:
        """The cells of a bar; the rest of its slot is blank."""
        return max(1, self.slot - max(1, self.slot // 4)) if self.slot > 1 else 1


def _slots(months: int, width: int) -> tuple[int, int]:
    """The cells of each month, and how many of the latest ones are shown."""
    slot = max(1, width // max(1, months))
    if slot == 1 and months > 1 and width // 2 >= ROOM_FOR_PAIRS:
        slot = 2
    return slot, min(months, max(1, width // slot))


def _ends(view: MonthBars, bars: Sequence[float | None], lines: Sequence[Sequence[float | None]]) -> list[str]:
    """What is written at the axis."""
    known = [*_known(bars)]
    low, high = min([0.0, *known]), max([0.0, *known])
    along = [value for line in lines for value in _known(line)]
    return [show(value, view.kind) for value in (low, 0.0, high, *([min(along), max(along)] if along else []))]


def _known(values: Sequence[float | None]) -> Iterator[float]:
    return (value for value in values if value is not None and math.isfinite(value))


def _title(label: str, unit: str, width: int) -> tuple[Piece, ...]:
    return (("title", left(f"{clean(label)}, {clean(unit)}" if unit else clean(label), width)),)


# Bars


def _bar_band(
    view: MonthBars, bars: Sequence[float | None], height: int, body: _Body, coloured: bool
) -> tuple[list[tuple[Piece, ...]], int]:
    """A title, the rows above zero, the zero line, the rows below; and which of them is the zero line."""
    low, high = min([0.0, *_known(bars)]), max([0.0, *_known(bars)])
    above, below, scale = _split(low, high, height - 2)
    rows = [_title(view.bar_label, view.unit, body.axis + body.slot * body.many)]
    for at in reversed(range(above)):
        cells = [_risen(value, at, scale) for value in bars]
        rows.append(_row(cells, body, show(high, view.kind) if at == _last_cell(high, scale) else "", "good"))
    rows.append((("axis", _axis(show(0.0, view.kind), body)), ("zero", _zero_line(bars, body))))
    for at in range(below):
        cells = [_hung(value, at, scale, coloured) for value in bars]
        rows.append(_row(cells, body, show(low, view.kind) if at == _last_cell(-low, scale) else "", "bad"))
    return rows, 1 + above


def _split(low: float, high: float, rows: int) -> tuple[int, int, float]:
    """How many of these rows lie above and below zero so that bars are longest, and what one of them stands for."""
    sides = [(above, rows - above) for above in range(rows + 1) if (above or high <= 0) and (above < rows or low >= 0)]
    scales = [(max(high / max(above, 1), -low / max(below, 1)), above, below) for above, below in sides]
    scale, above, below = min(scales)
    return above, below, scale or 1.0


def _last_cell(amount: float, scale: float) -> int:
    """The row, counted from zero, in which a bar of this amount ends."""
    return max(0, math.ceil(amount / scale - 1e-9) - 1) if amount > 0 else -1


def _row(cells: Sequence[str], body: _Body, end: str, part: str) -> tuple[Piece, ...]:
    text = "".join(left(cell * body.bar, body.slot) for cell in cells)
    return (("axis", _axis(end, body)), (part, text))


def _axis(end: str, body: _Body) -> str:
    return right(end, body.axis - 1) + " "


def _zero_line(bars: Sequence[float | None], body: _Body) -> str:
    """A line under every month whose amount is known, also where that is zero; a month without one says so."""
    gap = UNKNOWN if body.slot > cell_len(UNKNOWN) else GAP
    return "".join("─" * body.slot if value is not None else left(gap, body.slot) for value in bars)


def _risen(value: float | None, at: int, scale: float) -> str:
    """What a bar fills of the cell `at` rows above zero; a gain is always seen."""
    if value is None or value <= 0:
        return " "
    least = 1 if at == 0 else 0
    return RISING[max(least, min(8, round((value / scale - at) * 8)))]


def _hung(value: float | None, at: int, scale: float, coloured: bool) -> str:
    """The same below zero; a loss is always seen."""
    if value is None or value >= 0:
        return " "
    cells = -value / scale - at
    least = 1 if at == 0 else 0
    found = HANGING[max(least, 0 if cells < 1 / 16 else 1 if cells < 0.3 else 2 if cells < 0.75 else 3)]
    return LOSS_WITHOUT_COLOUR if found == "█" and not coloured else found


# Lines


def _lines_band(
    view: MonthBars, lines: Sequence[Sequence[float | None]], height: int, body: _Body, width: int
) -> list[tuple[Piece, ...]]:
    """A title, then all lines on one scale from the least to the greatest; those after the first are dotted."""
    rows = height - 1
    values = [value for line in lines for value in _known(line)]
    low, high = min(values), max(values)
    layers = [_braille(line, (low, high), rows, body, dotted=number > 0) for number, line in enumerate(lines)]
    said = " and ".join((*view.line_labels[:1], *(f"{label} (dots)" for label in view.line_labels[1:])))
    band = [_title(said, view.unit, width)]
    for row in range(rows):
        end = show(high, view.kind) if row == 0 else show(low, view.kind) if row == rows - 1 and low != high else ""
        pieces: list[Piece] = [("axis", _axis(end, body))]
        for column in range(body.slot * body.many):
            dots = [layer[row][column] for layer in layers]
            on_top = next((number for number, some in enumerate(dots) if some), 0)
            merged = 0
            for some in dots:
                merged |= some
            sign = chr(_BRAILLE + merged) if merged else " "
            part = "second" if on_top else "first"
            if pieces[-1][0] == part:
                pieces[-1] = (part, pieces[-1][1] + sign)
            else:
                pieces.append((part, sign))
        band.append(tuple(pieces))
    return band


def _braille(
    line: Sequence[float | None], ends: tuple[float, float], rows: int, body: _Body, dotted: bool
) -> list[list[int]]:
    """The line between the `ends` of its scale as dots of Braille cells, row by row; it breaks at an unknown month."""
    low, high = ends
    columns = body.slot * body.many
    cells = [[0] * columns for _ in range(rows)]
    before: tuple[int, int] | None = None
    for month, value in enumerate(line):
        if value is None or not math.isfinite(value):
            before = None
            continue
        height = (value - low) / (high - low) if high > low else 0.5
        here = (2 * month * body.slot + body.bar, round((4 * rows - 1) * (1 - height)))
        for x, y in _between(before or here, here):
            if not dotted or x % 4 == 0 or before is None:
                cells[y // 4][min(x // 2, columns - 1)] |= _DOTS[x % 2][y % 4]
        before = here
    return cells


def _between(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots from one to another."""
    across, down = end[0] - start[0], end[1] - start[1]
    steps = max(abs(across), abs(down), 1)
    for step in range(steps + 1):
        yield start[0] + round(across * step / steps), start[1] + round(down * step / steps)


# Months


def _month_labels(labels: Sequence[str], body: _Body) -> str:
    """As many names of months as have room, each under its month, the last one always among them."""
    line = " " * (body.axis + body.slot * body.many)
    free = len(line)
    for place in range(len(labels) - 1, -1, -1):
        end = min(body.axis + place * body.slot + (body.slot + cell_len(labels[place])) // 2, len(line))
        start = end - cell_len(labels[place])
        if start >= 0 and end <= free:
            line = line[:start] + labels[place] + line[end:]
            free = start - 2
    return line

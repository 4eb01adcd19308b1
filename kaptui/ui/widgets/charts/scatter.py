"""The drawing of a scatter in text cells: where accounts, cuts, names and tick labels stand in a grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kaptui.text import clean, show
from kaptui.ui.text import cut, whole_parts
from kaptui.views import Scatter

if TYPE_CHECKING:
    import polars as pl

LETTERS = "ABCDEF"
"""Marks of the largest accounts."""

DOTS_AT_MOST = 250
"""Accounts from which shades tell how many share a cell."""

LABELS = 9
"""Cells for the labels left of the plot, with the blank before it."""

LONG_TAIL = 4.0
"""From this ratio of the largest x to the cut the axis is logarithmic."""

SHADES = "·░▒▓█"

Cell = tuple[str, str]
"""A character and the part of the chart it belongs to: the name of a style."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Numbers from `low` to `high` on cells 0 to `cells` - 1; what lies beyond stands on the edge.

    What is above or below `cut` never shares its cell, so that a place tells good from poor; where there are less
    than three cells, it stands beyond them.
    """

    low: float
    high: float
    cells: int
    cut: float
    logarithmic: bool = False

    def place(self, value: float) -> int:
        """The cell of a value."""
        here, cut = self._nearest(value), self.cut_place
        return max(here, cut + 1) if value > self.cut else min(here, cut - 1) if value < self.cut else cut

    @property
    def cut_place(self) -> int:
        """The cell of the cut, which leaves room on both sides if there are cells enough."""
        inner = int(self.cells >= 3)
        return max(inner, min(self.cells - 1 - inner, self._nearest(self.cut)))

    def _nearest(self, value: float) -> int:
        low, high, here = (self._scaled(one) for one in (self.low, self.high, value))
        return max(0, min(self.cells - 1, round((here - low) / (high - low) * (self.cells - 1))))

    def _scaled(self, value: float) -> float:
        return math.log10(max(value, 1e-300)) if self.logarithmic else value

    def places(self, column: str) -> pl.Expr:
        """The cell of every value of a column."""
        import polars as pl

        low, high = self._scaled(self.low), self._scaled(self.high)
        value = pl.col(column).log10() if self.logarithmic else pl.col(column)
        here = ((value - low) / (high - low) * (self.cells - 1)).round().clip(0, self.cells - 1).cast(pl.Int32)
        above, below = pl.col(column) > self.cut, pl.col(column) < self.cut
        upper, lower = pl.max_horizontal(here, self.cut_place + 1), pl.min_horizontal(here, self.cut_place - 1)
        return pl.when(above).then(upper).when(below).then(lower).otherwise(self.cut_place).cast(pl.Int32)

    def ticks(self, most: int) -> list[float]:
        """Round values on the axis, about `most` of them."""
        if self.logarithmic:
            first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
            found = [10.0**power * factor for power in range(first, last + 1) for factor in (1, 2, 5)]
        else:
            rough = (self.high - self.low) / max(most, 1)
            size = 10.0 ** math.floor(math.log10(rough))
            step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * (1 - 1e-9))
            found = [step * at for at in range(math.ceil(self.low / step), math.floor(self.high / step) + 1)]
        return [tick for tick in found if self.low <= tick <= self.high]


@dataclass(slots=True)
class Plot:
    """The drawn grid, and where each account and each cut stands in it."""

    rows: list[list[Cell]]
    across: Axis
    down: Axis
    left: int
    cut_x: int
    cut_y: int
    letters: dict[str, str] = field(default_factory=dict)
    key: str = ""
    beyond: int = 0

    def cell_of(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a point."""
        return self.down.cells - self.down.place(y), self.left + self.across.place(x)

    def corner_at(self, row: int, column: int) -> int:
        """Which corner a cell belongs to: 0 top left, 1 top right, 2 bottom left, 3 bottom right."""
        return 2 * (row > self.cut_y) + (column >= self.cut_x)


def plot(scatter: Scatter, width: int, height: int) -> Plot:
    """`scatter` in `width` x `height` cells: two lines at the bottom are the axis, the rest is the plot.

    The first and last line of the plot are kept free for the names of the corners.
    """
    across = _across(scatter, width - LABELS)
    down, beyond = _down(scatter, height - 4)
    rows: list[list[Cell]] = [[(" ", "sheet")] * width for _ in range(height)]
    made = Plot(rows, across, down, LABELS, LABELS + across.place(scatter.x_cut), 0, beyond=beyond)
    made.cut_y = made.cell_of(scatter.x_cut, scatter.y_cut)[0]
    _axes(made, scatter, width, height)
    _dots(made, scatter)
    _cut_words(made, scatter)
    return made


def _across(scatter: Scatter, cells: int) -> Axis:
    xs = scatter.frame["x"]
    low, high = float(xs.min() or 0), float(xs.max() or 0)  # type: ignore[arg-type]
    low, high = min(low, scatter.x_cut), max(high, scatter.x_cut)
    if low > 0 and high > LONG_TAIL * scatter.x_cut:
        return Axis(low, high * 1.1, cells, scatter.x_cut, logarithmic=True)
    return Axis(0.0, high * 1.05 or 1.0, cells, scatter.x_cut)


def _down(scatter: Scatter, cells: int) -> tuple[Axis, int]:
    """From low to high margin; a few far from all others are put on the edge, and counted."""
    ys = scatter.frame["y"]
    low, high = float(ys.min() or 0), float(ys.max() or 0)  # type: ignore[arg-type]
    first, third = float(ys.quantile(0.25) or 0), float(ys.quantile(0.75) or 0)
    reach = 3 * max(third - first, 0.02)
    low = min(max(low, first - reach), scatter.y_cut)
    high = max(min(high, third + reach), scatter.y_cut)
    pad = 0.04 * (high - low) or 0.05
    beyond = int(((ys < low) | (ys > high)).sum())
    return Axis(low - pad, high + pad, max(cells, 1), scatter.y_cut), beyond


def _axes(made: Plot, scatter: Scatter, width: int, height: int) -> None:
    bottom = height - 2
    for row in range(bottom):
        _put(made, row, made.left - 1, "│", "axis")
        _put(made, row, made.cut_x, "│", "cut")
    for column in range(made.left - 1, width):
        _put(made, bottom, column, "└" if column == made.left - 1 else "─", "axis")
        if column >= made.left:
            _put(made, made.cut_y, column, "┼" if column == made.cut_x else "─", "cut")
    _put(made, bottom, made.cut_x, "┴", "axis")
    _y_labels(made, scatter)
    _x_labels(made, scatter, width, height - 1)


def _y_labels(made: Plot, scatter: Scatter) -> None:
    taken = {0, made.cut_y}
    _write(made, 0, 0, cut(clean(scatter.y_title), made.left - 2).rjust(made.left - 2), "axis")
    _label(made, made.cut_y, show(scatter.y_cut, scatter.y_kind), "cut-label")
    for tick in made.down.ticks(made.down.cells // 3):
        row = made.cell_of(scatter.x_cut, tick)[0]
        if not taken & {row - 1, row, row + 1}:
            taken.add(row)
            _label(made, row, show(tick, scatter.y_kind), "axis")


def _label(made: Plot, row: int, text: str, part: str) -> None:
    _write(made, row, 0, text.rjust(made.left - 2), part)
    _put(made, row, made.left - 1, "┤", "axis")


def _cut_words(made: Plot, scatter: Scatter) -> None:
    """What is cut at, on the cut itself, as far right as it hides no account; its first word where room is little."""
    words = clean(scatter.y_cut_label)
    line = "".join("─" if part == "cut" and mark == "─" else " " for mark, part in made.rows[made.cut_y])
    for text in (words, words.partition(" ")[0]):
        at = line.rfind("─" * (cell_len(text) + 2))
        if text and at >= 0:
            _write(made, made.cut_y, at + 1, text, "cut-label")
            return


def _x_labels(made: Plot, scatter: Scatter, width: int, row: int) -> None:
    """The cut's label first, then the title at the end, then as many ticks as stay apart."""
    used: list[tuple[int, int]] = []

    def place(text: str, centre: int, part: str) -> None:
        at = max(made.left - 1, min(width - cell_len(text), centre - cell_len(text) // 2))
        if all(at > last + 1 or at + cell_len(text) < first - 1 for first, last in used):
            used.append((at, at + cell_len(text) - 1))
            _write(made, row, at, text, part)

    place(f"{scatter.x_cut_label} {show(scatter.x_cut, scatter.x_kind)}".strip(), made.cut_x, "cut-label")
    place(clean(scatter.x_title) + (" (log)" if made.across.logarithmic else ""), width, "axis")
    for tick in made.across.ticks(max(2, width // 14)):
        place(show(tick, scatter.x_kind) if tick else "0", made.left + made.across.place(tick), "axis")


def _dots(made: Plot, scatter: Scatter) -> None:
    import polars as pl

    frame = scatter.frame
    row, column = made.down.cells - made.down.places("y"), made.left + made.across.places("x")
    cells = frame.select(row.alias("row"), column.alias("column")).group_by("row", "column").agg(pl.len())
    most = int(cells["len"].max() or 0)  # type: ignore[arg-type]
    dense = frame.height > DOTS_AT_MOST
    for at, beside, n in cells.iter_rows():
        mark = SHADES[_shade(n, most)] if dense else "•" if n == 1 else str(n) if n < 10 else "+"
        _put(made, at, beside, mark, "dot")
    for letter, (account_id, x, y) in zip(LETTERS, frame.select("account_id", "x", "y").iter_rows(), strict=False):
        at, beside = made.cell_of(x, y)
        free = next((one for one in (beside, beside + 1, beside - 1) if _free(made, at, one)), None)
        if free is not None:
            made.letters[account_id] = letter
            _put(made, at, free, letter, "letter")
    made.key = _key(most) if dense else ""


def _shade(count: int, most: int) -> int:
    return 0 if count <= 1 else max(1, math.ceil(4 * math.log(count) / math.log(most)))


def _key(most: int) -> str:
    """What the shades mean: the largest number of accounts that each stands for."""
    tops: dict[int, int] = {}
    for count in range(1, most + 1):
        tops[_shade(count, most)] = count
    return " ".join(f"{SHADES[shade]} to {top}" if shade else f"{SHADES[shade]} 1" for shade, top in tops.items())


def _free(made: Plot, row: int, column: int) -> bool:
    inside = made.left <= column < len(made.rows[row])
    return inside and made.rows[row][column][1] != "letter"


def _put(made: Plot, row: int, column: int, mark: str, part: str) -> None:
    if 0 <= row < len(made.rows) and 0 <= column < len(made.rows[row]):
        made.rows[row][column] = (mark, part)


def _write(made: Plot, row: int, column: int, text: str, part: str) -> None:
    for place, letter in enumerate(text):
        _put(made, row, column + place, letter, part)


def corner_spans(made: Plot, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Row, column and words of each corner's name: at the outer left edge of its corner, cut to its width."""
    bottom = made.down.cells + 1
    width = len(made.rows[0])
    left, right = made.cut_x - made.left, width - made.cut_x - 2
    found = []
    for corner, label in enumerate(labels):
        column, room = (made.cut_x + 2, right) if corner % 2 else (made.left, left)
        found.append((bottom if corner > 1 else 0, column, whole_parts(label, room)))
    return found

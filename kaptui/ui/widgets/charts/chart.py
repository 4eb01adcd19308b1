"""The drawing of curves as terminal text: the only place that imports plotext.

A chart is drawn once for an answer and a size; the account under a cursor is then marked in one of its cells.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotext
from rich.text import Text

from kaptui.text import clean, show
from kaptui.views import Curve

Rgb = tuple[int, int, int]
_CORNER = "└"


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours a chart is drawn with, from the style sheet."""

    ground: Rgb
    axis: Rgb
    level: Rgb
    lines: tuple[Rgb, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn curve: its lines of text, and where a point of the curve lies in them.

    The data area begins at column `left` and is `columns` x `rows` cells, the top row first; it shows `xs` and `ys`
    (from, to).
    """

    lines: tuple[Text, ...] = ()
    left: int = 0
    columns: int = 0
    rows: int = 0
    xs: tuple[float, float] = (0.0, 1.0)
    ys: tuple[float, float] = (0.0, 1.0)

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Column and line of a point; None where it is not in sight."""
        if not (self.lines and math.isfinite(x) and math.isfinite(y)):
            return None
        column, row = _cell(x, self.xs, self.columns), _cell(y, self.ys, self.rows)
        inside = 0 <= column < self.columns and 0 <= row < self.rows
        return (self.left + column, self.rows - 1 - row) if inside else None


def draw(curve: Curve, width: int, height: int, ink: Ink) -> Chart:
    """`curve` in `width` x `height` cells.

    Points that are not finite are left out; a curve without any point gives no lines.
    """
    lines = [_finite(line.xs, line.ys) for line in curve.lines]
    lines = [(xs, ys) for xs, ys in lines if xs]
    if not lines:
        return Chart()
    across = _span([end for xs, _ in lines for end in (min(xs), max(xs))])
    up = _span([*(end for _, ys in lines for end in (min(ys), max(ys))), *curve.levels])
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    plotext.canvas_color(ink.ground)
    plotext.axes_color(ink.ground)
    plotext.ticks_color(ink.axis)
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    plotext.xlim(*across)
    plotext.ylim(*up)
    for level in curve.levels:
        plotext.horizontal_line(level, color=ink.level)
    for number, (xs, ys) in enumerate(lines):
        plotext.plot(*_thin(xs, ys, width), color=ink.lines[number % len(ink.lines)], marker="braille")
    if curve.x_ticks:
        shown = _x_ticks(curve.x_ticks, width)
        plotext.xticks([x for x, _ in shown], [clean(label) for _, label in shown])
    ticks = [tick for tick in _y_ticks(min(up[0], 0.0), up[1], height) if up[0] <= tick <= up[1]]
    plotext.yticks(ticks, [show(tick, curve.y_kind) for tick in ticks])
    text = Text.from_ansi(plotext.build(), no_wrap=True, end="")
    return _measured(tuple(text.split("\n"))[:height], width, across, up)


def _measured(lines: tuple[Text, ...], width: int, xs: tuple[float, float], ys: tuple[float, float]) -> Chart:
    """The chart of these lines: both axes meet in the corner, which tells where the data area lies."""
    for row, line in enumerate(lines):
        corner = line.plain.find(_CORNER)
        if corner >= 0:
            return Chart(lines, corner + 1, width - corner - 1, row, xs, ys)
    return Chart(lines)


def _cell(value: float, span: tuple[float, float], cells: int) -> int:
    """Which of `cells` a value falls into, as plotext counts them."""
    return math.floor(round(0.5 + (cells - 1) * (value - span[0]) / (span[1] - span[0]), 8))


def _finite(xs: Sequence[float], ys: Sequence[float]) -> tuple[Sequence[float], Sequence[float]]:
    """The points whose place is known."""
    if math.isfinite(sum(xs)) and math.isfinite(sum(ys)):  # so is every part of a finite sum: nothing to look for
        return xs, ys
    kept = [(x, y) for x, y in zip(xs, ys, strict=True) if math.isfinite(x) and math.isfinite(y)]
    return [x for x, _ in kept], [y for _, y in kept]


def _span(values: Sequence[float]) -> tuple[float, float]:
    """From the least to the greatest; a little around a single value."""
    low, high = float(min(values)), float(max(values))
    if low != high:
        return low, high
    return (low / 2, low * 1.5) if low > 0 else (low * 1.5, low / 2) if low < 0 else (-1.0, 1.0)


def _thin(xs: Sequence[float], ys: Sequence[float], width: int) -> tuple[list[float], list[float]]:
    """At most about two points for each of `width` cells, the last one always among them."""
    step = max(1, len(xs) // max(2 * width, 1))
    kept = list(range(0, len(xs), step))
    if kept[-1] != len(xs) - 1:
        kept.append(len(xs) - 1)
    return [float(xs[at]) for at in kept], [float(ys[at]) for at in kept]


def _x_ticks(ticks: Sequence[tuple[float, str]], width: int) -> Sequence[tuple[float, str]]:
    """Every tick, or every second, third ... so that their labels stay apart."""
    longest = max(len(label) for _, label in ticks)
    room = max(1, (width - 8) // (longest + 2))
    return ticks[:: -(-len(ticks) // room)]


def _y_ticks(low: float, high: float, height: int) -> list[float]:
    """Round steps from low to high, few enough to keep two lines between them."""
    if low == high:
        return [low]
    wanted = max(2, min(6, height // 3))
    rough = (high - low) / wanted
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [step * number for number in range(first, last + 1)]

"""Curves as terminal text: the only place that imports plotext."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import plotext
from rich.text import Text

from kaptui.views import Curve, Line
from kaptui.wording import clean, show

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours a chart is drawn with, from the style sheet."""

    ground: Rgb
    axis: Rgb
    level: Rgb
    point: Rgb
    lines: tuple[Rgb, ...]


def draw(curve: Curve, width: int, height: int, ink: Ink, point: str = "") -> list[Text]:
    """`curve` in `width` x `height` cells, one text per line; `point` is the id of the account to mark.

    Points that are not finite are left out; a curve without any point gives no lines.
    """
    lines = [(line, *_thin(line, width)) for line in curve.lines]
    lines = [(line, xs, ys) for line, xs, ys in lines if xs]
    if not lines:
        return []
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    plotext.canvas_color(ink.ground)
    plotext.axes_color(ink.ground)
    plotext.ticks_color(ink.axis)
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    for level in curve.levels:
        plotext.horizontal_line(level, color=ink.level)
    for number, (_, xs, ys) in enumerate(lines):
        plotext.plot(xs, ys, color=ink.lines[number % len(ink.lines)], marker="braille")
    for x, y in _marked(curve.lines, point):
        plotext.scatter([x], [y], color=ink.point, marker="●")
    if curve.x_ticks:
        shown = _x_ticks(curve.x_ticks, width)
        plotext.xticks([x for x, _ in shown], [clean(label) for _, label in shown])
    ticks = _y_ticks(curve, [y for _, _, ys in lines for y in ys], height)
    plotext.yticks(ticks, [show(tick, curve.y_kind) for tick in ticks])
    text = Text.from_ansi(plotext.build(), no_wrap=True, end="")
    return list(text.split("\n"))[:height]


def _points(line: Line) -> Iterator[tuple[float, float]]:
    for x, y in zip(line.xs, line.ys, strict=True):
        if math.isfinite(x) and math.isfinite(y):
            yield float(x), float(y)


def _thin(line: Line, width: int) -> tuple[list[float], list[float]]:
    """At most about two points for each of `width` cells, the last one always among them."""
    points = list(_points(line))
    step = max(1, len(points) // max(2 * width, 1))
    kept = points[::step]
    if points and kept[-1] != points[-1]:
        kept.append(points[-1])
    return [x for x, _ in kept], [y for _, y in kept]


def _marked(lines: Sequence[Line], point: str) -> list[tuple[float, float]]:
    places = ((line, line.ids.index(point)) for line in lines if point and point in line.ids)
    marked = [(float(line.xs[at]), float(line.ys[at])) for line, at in places]
    return [(x, y) for x, y in marked if math.isfinite(x) and math.isfinite(y)]


def _x_ticks(ticks: Sequence[tuple[float, str]], width: int) -> Sequence[tuple[float, str]]:
    """Every tick, or every second, third ... so that their labels stay apart."""
    longest = max(len(label) for _, label in ticks)
    room = max(1, (width - 8) // (longest + 2))
    return ticks[:: -(-len(ticks) // room)]


def _y_ticks(curve: Curve, ys: list[float], height: int) -> list[float]:
    """Round steps from low to high, few enough to keep two lines between them."""
    low, high = min([*ys, 0.0, *curve.levels]), max([*ys, *curve.levels])
    if low == high:
        return [low]
    wanted = max(2, min(6, height // 3))
    rough = (high - low) / wanted
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [step * number for number in range(first, last + 1)]

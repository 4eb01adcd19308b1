"""The names of a chart's lines: where they stand, so that each line is named without its colour."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from kaptui.text import clean
from kaptui.views import Curve

if TYPE_CHECKING:
    from kaptui.ui.widgets.charts.chart import Chart

Ends = list[tuple[int, int, str]]
"""First and last line of the plot where some curves end together, and their names, the upper one first."""
Free = Callable[[int, str], bool]


def line_names(curve: Curve, drawn: Chart, free: Free) -> list[tuple[int, str]]:
    """Lines of the plot and the names at their end. One line alone needs no name.

    Lines that end side by side share a place. A name stands a row or two below or above its line; where only one row
    is free for two, an arrow says which way each of them is.
    """
    rows: dict[int, list[tuple[str, str]]] = {}
    for top, bottom, name in _ends(curve, drawn) if len(curve.lines) > 1 else ():
        places = ((top - 1, "↓"), (bottom + 1, "↑"), (top - 2, "↓"), (bottom + 2, "↑"))
        for row, arrow in sorted(places, key=lambda place: place[0] in rows):
            if free(row, _said([*rows.get(row, ()), (name, arrow)])):
                rows.setdefault(row, []).append((name, arrow))
                break
    return [(row, _said(names)) for row, names in rows.items()]


def _ends(curve: Curve, drawn: Chart) -> Ends:
    last = []
    for line in curve.lines:
        points = [(x, y) for x, y in zip(line.xs, line.ys, strict=True) if math.isfinite(x) and math.isfinite(y)]
        cell = drawn.cell(*points[-1]) if points else None
        if cell is not None:
            last.append((cell[1], -points[-1][1], clean(line.label)))
    groups: Ends = []
    for row, _, name in sorted(last):
        if groups and row - groups[-1][1] <= 1:
            top, _, names = groups[-1]
            groups[-1] = (top, row, f"{names}, {name}")
        else:
            groups.append((row, row, name))
    return groups


def _said(names: list[tuple[str, str]]) -> str:
    """The names in a row; with their arrows where there are two."""
    return "  ".join(f"{name} {arrow}" for name, arrow in names) if len(names) > 1 else names[0][0]

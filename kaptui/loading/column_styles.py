"""How the columns of a text are written that hold numbers like 12.500 or days like 3/4/2026, by all their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from kaptui.loading.casting import Style, date_styles, number_styles
from kaptui.loading.cells import Cells

_DOUBTS = ("bool_or(maybe_thousands(cell))", "bool_or(maybe_slashed(cell))")
"""Whether a column holds numbers, and days, that may be two things."""
_PROOFS = ("proves_comma", "proves_point", "either_comma", "either_point", "is_whole", "says_anything")
_COUNTS = tuple(f"count(*) filter (where {proof}(cell))" for proof in _PROOFS)
"""How many cells of a column prove how its numbers are written, are whole numbers, say anything."""
_MANY = 200
"""More columns are asked below each other."""


def column_styles(
    scan: duckdb.DuckDBPyConnection, cells: Cells, names: tuple[str, ...]
) -> tuple[dict[str, Style], dict[str, Style]]:
    """How the columns are written that hold numbers like 12.500 or days like 3/4/2026.

    What their cells leave open the other columns of numbers, or of days, may settle.
    """
    places = [n for n in range(len(names)) if f"c{n}" not in cells.typed]
    if not places:
        return {}, {}
    flags = _by_column(scan, cells, places, _DOUBTS)
    numbers: dict[str, Style] = {}
    if any(flag for flag, _ in flags):
        numbers = _number_styles(scan, cells, names, places)
    days: dict[str, Style] = {}
    if dated := [n for n, (_, flag) in zip(places, flags, strict=True) if flag]:
        parts = [f"max(slashed_part(c{n}, {part}))" for n in dated for part in (1, 2)]
        found = scan.execute(f"from {cells.rows} select {', '.join(parts)}").fetchall()[0]
        slashed = {names[n]: (found[2 * at], found[2 * at + 1]) for at, n in enumerate(dated)}
        days = {
            name: style
            for name, style in date_styles(slashed).items()
            if slashed[name][0] is not None and slashed[name][1] is not None
        }
    return numbers, days


def _by_column(
    scan: duckdb.DuckDBPyConnection, cells: Cells, places: list[int], asked: Sequence[str]
) -> list[tuple[Any, ...]]:
    """For each of these columns what the aggregates say, of which each writes `cell` for the column.

    Many columns are asked below each other: to plan thousands of aggregates takes minutes.
    """
    if len(places) <= _MANY:
        every = [each.replace("cell", f"c{n}") for n in places for each in asked]
        told = scan.execute(f"from {cells.rows} select {', '.join(every)}").fetchall()[0]
        return [told[at : at + len(asked)] for at in range(0, len(told), len(asked))]
    below = f"unnest([{', '.join(f'c{n}' for n in places)}]) as cell, unnest(range({len(places)})) as place"
    rows = scan.execute(
        f"from (from {cells.rows} select {below}) select place, {', '.join(asked)} group by place"
    ).fetchall()
    found = {place: values for place, *values in rows}
    return [tuple(found.get(at, [0] * len(asked))) for at in range(len(places))]


def _number_styles(
    scan: duckdb.DuckDBPyConnection, cells: Cells, names: tuple[str, ...], places: list[int]
) -> dict[str, Style]:
    """The styles of the columns with numbers that may be two; what is mostly no number proves nothing."""
    found = _by_column(scan, cells, places, _COUNTS)
    proofs = {names[n]: list(counts[:4]) for n, counts in zip(places, found, strict=True)}
    for at, counts in enumerate(proofs.values()):
        whole, filled = found[at][4:]
        if sum(counts) + whole < 0.8 * filled:
            counts[:2] = 0, 0
    styles = number_styles(proofs)
    return {name: style for name, style in styles.items() if proofs[name][2] or proofs[name][3]}

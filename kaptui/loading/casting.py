"""Text cells to typed columns, in DuckDB: in which style a column is written, and how its cells are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from kaptui.common.sql import literal
from kaptui.facts.schema import SchemaColumn
from kaptui.loading.cells import NUMBER, Cells

_WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT"})
_DATED = frozenset({"DATE", "TIMESTAMP"})


@dataclass(frozen=True, slots=True)
class Style:
    """How a column is written (names: queries/load/cast.sql).

    `doubt` says why its values cannot be read without asking the user, `fix` how to settle it.
    """

    name: str
    doubt: str = ""
    fix: str = ""


PLAIN = Style("plain")


def is_dated(column: SchemaColumn) -> bool:
    """The column holds days or moments."""
    return column.type in _DATED


def is_numeric(column: SchemaColumn) -> bool:
    """The column holds numbers."""
    return column.type == "DOUBLE" or column.type in _WHOLE or column.type.startswith("DECIMAL")


def is_whole(column: SchemaColumn) -> bool:
    """The column holds whole numbers."""
    return column.type in _WHOLE


def read_expression(column: SchemaColumn, cell: str, style: Style, *, marked: bool = False) -> str:
    """The expression that reads `cell` as this column; null where it cannot. `marked`: see `Cells`."""
    if column.type == "VARCHAR":
        return f"as_text(replace({cell}, '{NUMBER}', ''))" if marked else f"as_text({cell})"
    return _plain(column, cell) if style is PLAIN else _styled(column, cell, literal(style.name))


def _plain(column: SchemaColumn, cell: str) -> str:
    if is_whole(column):
        return f"try_cast(plain_whole({cell}) as {column.type})"
    macros = {"DATE": "plain_day", "TIMESTAMP": "plain_moment", "DOUBLE": "plain_real"}
    macro = macros.get(column.type)
    return f"{macro}({cell})" if macro else f"try_cast({cell} as {column.type})"


def _styled(column: SchemaColumn, cell: str, style: str) -> str:
    if is_dated(column):
        return f"as_{'day' if column.type == 'DATE' else 'moment'}({cell}, {style})"
    if column.type == "BOOLEAN":
        return f"as_flag({cell})"
    number = f"as_number({cell}, {style})"
    if column.type == "DOUBLE":
        return f"plain_real({number})"
    return f"try_cast({f'as_whole({number})' if is_whole(column) else number} as {column.type})"


def unread_condition(cell: str, value: str, style: Style) -> str:
    """The condition that `cell` holds something which its reading `value` could not take."""
    filled = f"{cell} is not null" if style is PLAIN else f"as_text({cell}) is not null"
    return f"({filled} and {value} is null)"


def in_doubt(cells: Cells, found: Mapping[str, str], columns: Mapping[str, SchemaColumn]) -> str:
    """The condition that a row holds a number like 12.500, in a column whose first rows do not settle what that is."""
    watched = [
        found[name]
        for name in found
        if is_numeric(columns[name]) and not is_whole(columns[name]) and found[name] not in cells.typed
    ]
    settled = {
        cell
        for cell in watched
        for row in cells.sample
        if int(cell[1:]) < len(row) and _PROVES_POINT.fullmatch(row[int(cell[1:])].strip(" "))
    }
    return " or ".join(f"{cell} like '%.___'" for cell in watched if cell not in settled) or "false"


def find_styles(
    connection: duckdb.DuckDBPyConnection,
    cells: Cells,
    found: Mapping[str, str],
    columns: Mapping[str, SchemaColumn],
) -> dict[str, Style]:
    """Look at every cell of the dated and numeric columns and decide how each column is written.

    `found` maps a column's name to its cell in `cells`. What no cell of a column settles, the other columns of the
    file may, if all that prove anything prove the same: a file is written by one program.
    """
    asked = {name: cell for name, cell in found.items() if cell not in cells.typed}
    dated = [name for name in asked if is_dated(columns[name])]
    numeric = [name for name in asked if is_numeric(columns[name])]
    wanted = [f"max(slashed_part({found[name]}, {part}))" for name in dated for part in (1, 2)]
    wanted += [f"count(*) filter (where {proof}({found[name]}))" for name in numeric for proof in _PROOFS]
    styles = dict.fromkeys(found, Style("point"))
    if not wanted:
        return styles
    proofs = list(connection.execute(f"from {cells.rows} select {', '.join(wanted)}").fetchall()[0])
    slashed = {name: (proofs[2 * n], proofs[2 * n + 1]) for n, name in enumerate(dated)}
    counts = proofs[2 * len(dated) :]
    numbers = {name: counts[4 * n : 4 * n + 4] for n, name in enumerate(numeric)}
    return styles | date_styles(slashed) | number_styles(numbers)


def date_styles(parts: Mapping[str, tuple[int | None, int | None]]) -> dict[str, Style]:
    """How each column writes its days, given the largest first and second part of 3/4/2026 in it."""
    styles = {name: _date_style(*largest) for name, largest in parts.items()}
    settled = {styles[name].name for name, (first, second) in parts.items() if _proves_order(first, second)}
    mixed = any(max(*_known(each)) > 12 and styles[name].doubt for name, each in parts.items())
    if len(settled) == 1 and not mixed:
        order = settled.pop()
        styles |= {name: Style(order) for name, style in styles.items() if style.doubt}
    return styles


def number_styles(counts: Mapping[str, Sequence[int]]) -> dict[str, Style]:
    """How each column writes its numbers, given how many of its cells prove what, in the order of `_PROOFS`."""
    commas = sum(comma for comma, _, _, _ in counts.values())
    points = sum(point for _, point, _, _ in counts.values())
    file = "" if bool(commas) == bool(points) else "comma" if commas else "point"
    return {name: _number_style(each, file) for name, each in counts.items()}


_PROOFS = ("proves_comma", "proves_point", "either_comma", "either_point")
_PROVES_POINT = re.compile(r"[+-]?(\d*\.(\d{1,2}|\d{4,})|(\d{4,}|0|)\.\d{3}|\d+\.)")
"""As the macro of this name (queries/load/profile.sql), without the separators of thousands."""
_DATE_FIX = "write dates as 2026-12-31, or read the file with a --mapping that says day_of(column, 'dmy') or 'mdy'"
_NUMBER_FIX = "write it without a thousands separator and with a decimal point: 1234.50"


def _known(parts: tuple[int | None, int | None]) -> tuple[int, int]:
    return parts[0] or 0, parts[1] or 0


def _proves_order(first: int | None, second: int | None) -> bool:
    return first is not None and second is not None and (first > 12) != (second > 12)


def _date_style(first: int | None, second: int | None) -> Style:
    """Which of the two parts of 3/4/2026 is the month, given the largest of each."""
    if first is None or second is None:
        return Style("dmy")
    if first > 12 and second > 12:
        return Style("iso", "some dates are written day/month and some month/day", _DATE_FIX)
    if first <= 12 and second <= 12:
        return Style("iso", "may be day/month or month/day, and no date of the column settles which", _DATE_FIX)
    return Style("dmy" if first > 12 else "mdy")


def _number_style(proofs: Sequence[int], file: str) -> Style:
    """Decimal comma or decimal point, given how many cells prove what; `file`: what the other columns prove."""
    comma, point, either_comma, either_point = proofs
    if comma > point:
        return Style("comma")
    if point or not (either_comma or either_point):
        return Style("point")
    if file:
        return Style(file)
    sign = "comma" if either_comma else "point"
    doubt = f"may be thousands or a decimal {sign}, and no number of the column settles which"
    return Style("point", doubt, _NUMBER_FIX)

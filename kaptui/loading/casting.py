"""Text cells to typed columns, in DuckDB: in which style a column is written, and how its cells are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from kaptui.common.sql import literal
from kaptui.loading.schema import SchemaColumn

_WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT"})
_DATED = frozenset({"DATE", "TIMESTAMP"})


LINE = "line"
"""The column of `Cells` that holds line numbers where they are not simply counted."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A file's cells as text: `rows` is what to select from, with column `c0`, `c1`, ... for each name of `header`.

    A row's line is its column `line` where `counted` is false, else its position plus `first_line`.
    `european`: the file separates by semicolons, so 1.234 may be meant as a thousand.
    `expected`: so many rows the file has by its lines, where that is known.
    """

    rows: str
    header: tuple[str, ...]
    file: str
    counted: bool = True
    first_line: int = 2
    european: bool = False
    expected: int | None = None


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


def read_expression(column: SchemaColumn, cell: str, style: Style) -> str:
    """The expression that reads `cell` as this column; null where it cannot."""
    if column.type == "VARCHAR":
        return f"unguarded(as_text({cell}))"
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


def find_styles(
    connection: duckdb.DuckDBPyConnection,
    cells: Cells,
    found: Mapping[str, str],
    columns: Mapping[str, SchemaColumn],
) -> dict[str, Style]:
    """Look at every cell of the dated and numeric columns and decide how each column is written.

    `found` maps a column's name to its cell in `cells`.
    """
    dated = [name for name in found if is_dated(columns[name])]
    numeric = [name for name in found if is_numeric(columns[name])]
    wanted = [f"max(slashed_part({found[name]}, {part}))" for name in dated for part in (1, 2)]
    wanted += [
        f"count(*) filter (where {proof}({found[name]}))"
        for name in numeric
        for proof in ("proves_comma", "proves_point", "either_comma", "either_point")
    ]
    styles = dict.fromkeys(found, Style("point"))
    if not wanted:
        return styles
    proofs = list(connection.execute(f"from {cells.rows} select {', '.join(wanted)}").fetchall()[0])
    styles |= {name: _date_style(proofs[2 * n], proofs[2 * n + 1]) for n, name in enumerate(dated)}
    counts = proofs[2 * len(dated) :]
    by_column = {name: counts[4 * n : 4 * n + 4] for n, name in enumerate(numeric)}
    european = cells.european or any(comma > point for comma, point, _, _ in by_column.values())
    return styles | {name: _number_style(by_column[name], european) for name in numeric}


def _date_style(first: int | None, second: int | None) -> Style:
    """Which of the two parts of 3/4/2026 is the month, given the largest of each."""
    if first is None or second is None:
        return Style("dmy")
    fix = "write dates as 2026-12-31, or read the file with a --mapping that says strptime(column, '%d/%m/%Y')"
    if first > 12 and second > 12:
        return Style("iso", "some dates are written day/month and some month/day", fix)
    if first <= 12 and second <= 12:
        return Style("iso", "may be day/month or month/day, and no date of the column settles which", fix)
    return Style("dmy" if first > 12 else "mdy")


def _number_style(proofs: Sequence[int], european: bool) -> Style:
    """Decimal comma or decimal point, given how many cells prove what."""
    comma, point, either_comma, either_point = proofs
    fix = "write it without a thousands separator and with a decimal point: 1234.50"
    if comma > point:
        return Style("comma")
    if not point and either_comma:
        doubt = "may be thousands or a decimal comma, and no number of the column settles which"
        return Style("point", doubt, fix)
    if not point and either_point and european:
        doubt = "may be thousands or a decimal point, in a file that looks European; no number settles which"
        return Style("point", doubt, fix)
    return Style("point")

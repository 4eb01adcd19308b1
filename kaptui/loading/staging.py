"""Cells of one file to a typed table: columns matched by name, cells cast, defaults filled, bad cells found.

A staged table stands in database schema `staged` as read; the view of the same name in `facts` adds
`source_row` and leaves blank lines out. Rules and the writer read only `facts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from kaptui.common.sql import identifier
from kaptui.loading.casting import LINE, PLAIN, Cells, Style, find_styles, read_expression, unread_condition
from kaptui.loading.findings import LISTED, Finding
from kaptui.loading.schema import SchemaTable

_READ, _UNREAD, _BLANK = 0, 1, 2

Step = Callable[[str], None]


class RowsLost(Exception):
    """The reader returned another number of rows than the file has lines; never leaves this package."""


@dataclass(slots=True)
class Stage:
    """The database a source is staged in, and what is known about it so far.

    `work` is a folder for files on the way, `step` is told what is being done.
    `absent`: required columns whose cells are empty for a reason already told. `broken`: tables of which lines
    are missing, so that what refers to them cannot be judged. `listed`: so many findings of one rule and table are
    listed.
    """

    connection: duckdb.DuckDBPyConnection
    work: Path
    step: Step
    findings: list[Finding] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    absent: set[tuple[str, str]] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    listed: int = LISTED


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a file: the cell that feeds each column, the style it was read in, and if all were read."""

    table: SchemaTable
    cells: Cells
    found: Mapping[str, str]
    styles: Mapping[str, Style]
    whole: bool


def column_name(text: str) -> str:
    """A header cell as the schema would spell it: `Account ID ` is account_id."""
    return re.sub(r"[\s-]+", "_", text.strip().casefold())


def stage(into: Stage, table: SchemaTable, cells: Cells) -> Read:
    """Read `cells` into the staged table, plainly if that reads every cell, else in the styles found.

    Raises RowsLost where not every line of the file became a row.
    """
    found: dict[str, str] = {}
    for position, text in enumerate(cells.header):
        if (name := column_name(text)) in table.columns:
            found.setdefault(name, f"c{position}")
    styles = dict.fromkeys(found, PLAIN)
    if cells.european:
        styles = find_styles(into.connection, cells, found, table.columns)
    bad = _cast(into, table, cells, found, styles)
    if bad and not cells.european:
        styles = find_styles(into.connection, cells, found, table.columns)
        bad = _cast(into, table, cells, found, styles)
    into.files[table.name] = cells.file
    return Read(table, cells, found, styles, whole=not bad)


def stage_nothing(into: Stage, table: SchemaTable) -> None:
    """An empty staged table, for a table no file feeds."""
    columns = [f"{identifier(name)} {column.type}" for name, column in table.columns.items()]
    _keep(into, table, f"({', '.join(columns)}, source_row integer, row_state tinyint)")
    into.rows[table.name] = 0


def _cast(into: Stage, table: SchemaTable, cells: Cells, found: Mapping[str, str], styles: Mapping[str, Style]) -> int:
    """One scan: cast every cell, fill defaults, mark rows that are blank or hold something unreadable.

    Returns how many rows hold something unreadable.
    """
    read = [
        f"{read_expression(table.columns[name], cell, styles[name])} as {identifier(name)}"
        for name, cell in found.items()
    ]
    outputs = []
    for name, column in table.columns.items():
        value = identifier(name) if name in found else f"null::{column.type}"
        if column.fills:
            value = f"coalesce({value}, ({column.default})::{column.type})"
        outputs.append(f"{value} as {identifier(name)}")
    blank = " and ".join(f"as_text({cell}) is null" for cell in found.values()) or "false"
    bad = " or ".join(
        unread_condition(cell, identifier(name), styles[name])
        for name, cell in found.items()
        if table.columns[name].type != "VARCHAR"
    )
    state = f"(case when {blank} then {_BLANK} when {bad or 'false'} then {_UNREAD} else {_READ} end)::tinyint"
    outputs.append(f"{state} as row_state")
    # rowid is the position in the file and free; row_number() would double the time of the scan
    line = f"(rowid + {cells.first_line})::integer as source_row" if cells.counted else "source_row"
    if not cells.counted:
        outputs.append(f"{LINE}::integer as source_row")
    values = f"(from {cells.rows} select {', '.join(['*', *read])})"
    _keep(into, table, f"as from {values} select {', '.join(outputs)}", line)
    rows, blanks, unreadable = into.connection.execute(
        f"from staged.{identifier(table.name)} select count(*), count(*) filter (where row_state = {_BLANK}), "
        f"count(*) filter (where row_state = {_UNREAD})"
    ).fetchall()[0]
    if cells.expected not in {None, rows}:
        raise RowsLost
    into.rows[table.name] = rows - blanks
    return int(unreadable)


def _keep(into: Stage, table: SchemaTable, made: str, line: str = "source_row") -> None:
    """Make the staged table, of these columns or as this query fills it, and put the view over it."""
    name = identifier(table.name)
    columns = ", ".join(map(identifier, table.columns))
    into.connection.execute(
        f"create or replace table staged.{name} {made}; create or replace view facts.{name} as "
        f"from staged.{name} select {columns}, {line} where row_state < {_BLANK}"
    )

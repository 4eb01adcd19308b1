"""Cells of one file to a typed table: columns matched by name, cells cast, defaults filled, bad cells found.

A staged table stands in database schema `staged` as read; the view of the same name in `facts` adds
`source_row` and leaves blank lines out. Rules and the writer read only `facts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from kaptui.common.endings import Interruptible
from kaptui.common.sql import identifier, literal
from kaptui.facts.schema import SchemaTable
from kaptui.facts.statements import run_parsed
from kaptui.loading.casting import PLAIN, Style, find_styles, in_doubt, read_expression, unread_condition
from kaptui.loading.cells import LINE, Cells, known_name
from kaptui.loading.findings import LISTED, RESULT_ROW, Finding

_READ, _ASKED, _UNREAD, _BLANK, REPEATED, TOTAL = range(6)
"""States of a row: read; read, though a number of it may be meant otherwise; a cell could not be read; and not among
the facts: blank, the header once more, a line of totals."""

_OPEN = "is an open question of the draft"
"""Said of what `init --from` writes where nobody can know; the load would only say that it is no such value."""

Step = Callable[[str], None]
Rows = Callable[[int], None]


class RowsLost(Exception):
    """The reader returned another number of rows than the file has lines; never leaves this package."""


@dataclass(slots=True)
class Stage:
    """The database a source is staged in, and what is known about it so far.

    `work` is a folder for files on the way, `step` is told what is being done, `still` what is being done on the way.
    `absent`: required columns whose cells are empty for a reason already told. `broken`: tables of which lines
    are missing, so that what refers to them cannot be judged. `results`: tables that a mapping yields, each with the
    file whose lines its rows have; nothing where they are counted as rows of the result. `engines`: tables that came
    from one, each with the name of its profile. `listed`: so many findings of one rule and table are listed.
    `expect` is told how many rows DuckDB is about to go through, `seen` how many were read by others by now.
    `stoppable`: what an interrupt has to stop.
    """

    connection: duckdb.DuckDBPyConnection
    work: Path
    step: Step
    findings: list[Finding] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    absent: set[tuple[str, str]] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    results: dict[str, str] = field(default_factory=dict)
    engines: dict[str, str] = field(default_factory=dict)
    listed: int = LISTED
    still: Step = lambda _: None
    expect: Rows = lambda _: None
    seen: Rows = lambda _: None
    stoppable: list[Interruptible] = field(default_factory=list)

    def located(self, finding: Finding) -> Finding:
        """The finding with its place: of what a mapping yields, the file and line if known, else the row."""
        source = self.results.get(finding.table)
        if source is not None and finding.value == "?":
            finding = replace(finding, problem=_OPEN, fix=f"answer it in {finding.table}.sql, see QUESTIONS.md there")
        if source is None or finding.line is None or finding.rule == "mapping":
            return finding
        if source:
            return replace(finding, file=source)
        return replace(finding, file=f"{finding.file}{RESULT_ROW}{finding.line}", line=None)


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a file: the cell that feeds each column, the style it was read in, and if all were read.

    `left_out`: so many rows say no fact though they are not blank: the header once more, or totals.
    """

    table: SchemaTable
    cells: Cells
    found: Mapping[str, str]
    styles: Mapping[str, Style]
    whole: bool
    left_out: int = 0


def stage(into: Stage, table: SchemaTable, cells: Cells) -> Read:
    """Read `cells` into the staged table, plainly if that reads every cell, else in the styles found.

    Raises RowsLost where not every line of the file became a row.
    """
    if cells.expected:
        into.expect(cells.expected)
    found: dict[str, str] = {}
    for position, text in enumerate(cells.header):
        if (name := known_name(text, table.columns)) in table.columns:
            found.setdefault(name, f"c{position}")
    styles = dict.fromkeys(found, PLAIN)
    asked, bad, left_out = _cast(into, table, cells, found, styles)
    if bad or asked:
        styles = find_styles(into.connection, cells, found, table.columns)
        if bad or any(style.doubt or style.name == "comma" for style in styles.values()):
            _, bad, left_out = _cast(into, table, cells, found, styles)
    into.files[table.name] = cells.file
    return Read(table, cells, found, styles, whole=not bad, left_out=left_out)


def stage_nothing(into: Stage, table: SchemaTable) -> None:
    """An empty staged table, for a table no file feeds."""
    columns = [f"{identifier(name)} {column.type}" for name, column in table.columns.items()]
    made = f"{', '.join(columns)}, source_row integer, row_state tinyint"
    run_parsed(into.connection, f"create or replace table staged.{identifier(table.name)} ({made})")
    _show(into, table)
    into.rows[table.name] = 0


def _cast(
    into: Stage, table: SchemaTable, cells: Cells, found: Mapping[str, str], styles: Mapping[str, Style]
) -> tuple[int, int, int]:
    """One scan: cast every cell, fill defaults, mark rows that are blank or hold something unreadable.

    Returns how many rows hold a number in doubt, how many something unreadable, and how many say no fact though they
    are not blank.
    """
    read = [
        f"{read_expression(table.columns[name], cell, styles[name], marked=cells.marked)} as {identifier(name)}"
        for name, cell in found.items()
    ]
    outputs = []
    for name, column in table.columns.items():
        value = identifier(name) if name in found else f"null::{column.type}"
        if column.fills:
            value = f"coalesce({value}, ({column.default})::{column.type})"
        outputs.append(f"{value} as {identifier(name)}")
    outputs.append(f"{_state(table, cells, found, styles)}::tinyint as row_state")
    # rowid is the position in the file and free; row_number() would double the time of the scan
    line = f"(rowid + {cells.first_line})::integer as source_row" if cells.counted else "source_row"
    if not cells.counted:
        outputs.append(f"{LINE}::integer as source_row")
    values = f"(from {cells.rows} select {', '.join(['*', *read])})"
    filled = f"as from {values} select {', '.join(outputs)}"
    into.connection.execute(f"create or replace table staged.{identifier(table.name)} {filled}")
    _show(into, table, line)
    states = f">= {_BLANK}", f"= {_ASKED}", f"= {_UNREAD}", f"> {_BLANK}"
    counted = [f"count(*) filter (where row_state {which})" for which in states]
    rows, no_facts, asked, unreadable, told = into.connection.execute(
        f"from staged.{identifier(table.name)} select count(*), {', '.join(counted)}"
    ).fetchall()[0]
    if cells.expected not in {None, rows}:
        raise RowsLost
    into.rows[table.name] = rows - no_facts
    return int(asked), int(unreadable), int(told)


def _state(table: SchemaTable, cells: Cells, found: Mapping[str, str], styles: Mapping[str, Style]) -> str:
    """The state of a row: see `_READ` and the others."""
    blank = " and ".join(f"({cell} is null or trim({cell}) = '')" for cell in found.values()) or "false"
    bad = " or ".join(
        unread_condition(cell, identifier(name), styles[name])
        for name, cell in found.items()
        if table.columns[name].type != "VARCHAR"
    )
    doubt = in_doubt(cells, found, table.columns) if PLAIN in styles.values() else "false"
    empty = {name: f"{identifier(name)} is null" for name in found}  # what was read already costs no second look
    cases = [(blank, _BLANK), *_no_fact(table, cells, found, empty), (bad or "false", _UNREAD), (doubt, _ASKED)]
    return f"(case {' '.join(f'when {condition} then {state}' for condition, state in cases)} else {_READ} end)"


def _no_fact(
    table: SchemaTable, cells: Cells, found: Mapping[str, str], empty: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    """The conditions that a row is none though it is not blank: the header once more, or a line of totals.

    A total is told by its word, and by an empty cell where every row of the table needs one (`empty`: the condition
    for that).
    """
    if len(found) > 1:
        yield repeats_header(cells, found.values()), REPEATED
    needed = [empty[name] for name in found if table.columns[name].needed]
    texts = [cell for name, cell in found.items() if table.columns[name].type == "VARCHAR"]
    if len(needed) > 1 and texts:
        yield f"case when {' or '.join(needed)} then {' or '.join(f'names_total({cell})' for cell in texts)} end", TOTAL


def no_fact(table: SchemaTable, cells: Cells, found: Mapping[str, str]) -> str:
    """The condition that a row is left out though it is not blank."""
    empty = {name: f"({cell} is null or trim({cell}) = '')" for name, cell in found.items()}
    return " or ".join(f"({condition})" for condition, _ in _no_fact(table, cells, found, empty)) or "false"


def repeats_header(cells: Cells, columns: Iterable[str]) -> str:
    """The condition that a row says what the header says, in these columns as far as they have a name."""
    same = [(cell, cells.header[int(cell[1:])]) for cell in columns]
    same = [(cell, text) for cell, text in same if text.strip()]
    written = [(cell, sorted({text, text.strip()})) for cell, text in same]
    return " and ".join(f"{cell} in ({', '.join(map(literal, texts))})" for cell, texts in written)


def lines_in_state(into: Stage, read: Read, state: int, most: int) -> tuple[int, list[int]]:
    """How many rows of the file are in this state, and the lines of the first."""
    name = f"staged.{identifier(read.table.name)}"
    line = f"(rowid + {read.cells.first_line})::integer" if read.cells.counted else "source_row"
    count = into.connection.execute(f"from {name} select count(*) where row_state = {state}").fetchall()[0][0]
    if not count:
        return 0, []
    rows = into.connection.execute(f"from {name} select {line} where row_state = {state} order by 1 limit {most}")
    return int(count), [line for (line,) in rows.fetchall()]


def _show(into: Stage, table: SchemaTable, line: str = "source_row") -> None:
    """Put the view over a staged table; it is bound wherever it is read."""
    name = identifier(table.name)
    columns = ", ".join(map(identifier, table.columns))
    run_parsed(
        into.connection,
        f"create or replace view facts.{name} with (defer_binding) as "
        f"from staged.{name} select {columns}, {line} where row_state < {_BLANK}",
    )

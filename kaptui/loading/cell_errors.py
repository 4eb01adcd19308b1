"""What is wrong with a file that was read: its header, its way of writing, its cells."""

from __future__ import annotations

import re
from dataclasses import replace

from kaptui.facts.schema import SchemaColumn
from kaptui.loading.advice import cell_advice, unknown_columns
from kaptui.loading.casting import is_dated, read_expression, unread_condition
from kaptui.loading.cells import LINE, findings_of, known_name, shown_name, without_mark
from kaptui.loading.findings import VALUES, Finding, Severity
from kaptui.loading.staging import REPEATED, TOTAL, Read, Stage, lines_in_state, no_fact

_LINES_SHOWN = 5


def add_cell_errors(into: Stage, read: Read) -> None:
    """Add a finding for every name and cell of the file that cannot be used."""
    _remarks(into, read)
    _header(into, read)
    _left_out(into, read)
    _doubts(into, read)
    if not read.whole:
        for name in read.found:
            _cells(into, read, read.table.columns[name])


def _about(read: Read, severity: Severity, column: str, words: tuple[str, str], rule: str) -> Finding:
    """A finding about a whole column."""
    return Finding(severity, read.table.name, read.cells.file, None, column, "", *words, rule)


def _remarks(into: Stage, read: Read) -> None:
    """What the reader of the file has to say; of cells only where their column is read."""
    cells, name = read.cells, read.table.name
    about = [each for each in cells.remarks if each.column is None or f"c{each.column}" in read.found.values()]
    into.findings.extend(findings_of(about, name, cells.file, cells.header, into.listed))
    if any(each.rule == "ragged" for each in about):
        into.broken.add(name)


def _left_out(into: Stage, read: Read) -> None:
    """The lines that are not among the facts because they say the header once more, or a total."""
    if not read.left_out:
        return
    for state, one, many, rule in (
        (REPEATED, "repeats the header", "repeat the header", "header"),
        (TOTAL, "is a total", "are totals", "total"),
    ):
        count, lines = lines_in_state(into, read, state, _LINES_SHOWN)
        if count:
            which = ", ".join(map(str, lines)) + (", ..." if count > len(lines) else "")
            problem = f"this line {one} and is left out"
            if count > 1:
                problem = f"{count:,} lines {many} and are left out: {which}"
            file = read.cells.file
            into.findings.append(Finding("warning", read.table.name, file, lines[0], "", "", problem, "", rule))


def _header(into: Stage, read: Read) -> None:
    """Names that are doubled, missing or unknown."""
    columns = read.table.columns
    names = [known_name(text, columns) for text in read.cells.header]
    for name in read.found:
        if names.count(name) > 1:
            words = "the header names this column twice", "keep one of them"
            into.findings.append(_about(read, "error", name, words, "header"))
    for column in columns.values():
        if column.needed and column.name not in read.found:
            into.absent.add((read.table.name, column.name))
            words = "this column is missing", f"add a column {column.name}"
            into.findings.append(_about(read, "error", column.name, words, "header"))
    spelled = zip(names, map(shown_name, read.cells.header), strict=True)
    unknown = {name: text for name, text in spelled if name and name not in columns}
    for text, words in unknown_columns(read.table, unknown, read.found):
        into.findings.append(_about(read, "warning", text, words, "header"))
    _nameless(into, read)


def _nameless(into: Stage, read: Read) -> None:
    """A warning for the first cell that stands under no name."""
    nameless = [f"c{n}" for n, text in enumerate(read.cells.header) if not text.strip()]
    if not nameless:
        return
    first = f"coalesce({', '.join(f'as_text({cell})' for cell in nameless)})"
    for line, value in _where(into, read, first, f"{first} is not null", 1):
        words = "stands in a column without a name, which is not read", "name the column, or delete it"
        file = read.cells.file
        into.findings.append(Finding("warning", read.table.name, file, line, "", without_mark(value), *words, "header"))


def _doubts(into: Stage, read: Read) -> None:
    """One error for each column whose way of writing cannot be told, with the first cell of doubt."""
    for name, cell in read.found.items():
        style = read.styles[name]
        if not style.doubt:
            continue
        dated = is_dated(read.table.columns[name])
        shape = f"slashed({cell})" if dated else f"either_comma({cell}) or either_point({cell})"
        line, value = _where(into, read, cell, shape, 1)[0]
        count = into.connection.execute(f"from {read.cells.rows} select count(*) where {shape}").fetchall()[0][0]
        more = f"; so {'are' if count > 2 else 'is'} {count - 1:,} more" if count > 1 else ""
        problem = f"{style.doubt}: {' or '.join(_readings(value.strip(), dated))}{more}"
        file = read.cells.file
        into.findings.append(Finding("error", read.table.name, file, line, name, value, problem, style.fix, "style"))
        into.absent.add((read.table.name, name))


def _readings(value: str, dated: bool) -> tuple[str, str]:
    """The two things that a cell may mean."""
    if dated:
        first, second, year = re.split("[/-]", value.split(" ", maxsplit=1)[0])
        if int(first) > 12 or int(second) > 12:
            return "day/month", "month/day"
        return f"{year}-{int(second):02}-{int(first):02}", f"{year}-{int(first):02}-{int(second):02}"
    return re.sub("[.,]", "", value), repr(float(value.replace(",", ".")))


def _where(into: Stage, read: Read, cell: str, condition: str, most: int) -> list[tuple[int, str]]:
    """Line and text of the first cells that meet a condition, in the rows that may be facts."""
    cells = read.cells
    line = f"(row_number() over () + {cells.first_line - 1})::integer" if cells.counted else f"{LINE}::integer"
    numbered = f"(from {cells.rows} select {line} as place, *)"
    sql = f"from {numbered} select place, {cell} where ({condition}) and {_is_fact(read)} order by place limit {most}"
    return into.connection.execute(sql).fetchall()


def _is_fact(read: Read) -> str:
    """The condition that a row may be a fact."""
    return f"not coalesce({no_fact(read.table, read.cells, read.found)}, false)"


def _cells(into: Stage, read: Read, column: SchemaColumn) -> None:
    """An error for every cell that is not what its column must be."""
    style, cell = read.styles[column.name], read.found[column.name]
    if style.doubt or column.type == "VARCHAR":
        return
    bad = unread_condition(cell, read_expression(column, cell, style), style)
    found = _where(into, read, cell, bad, into.listed + 1)
    file, table = read.cells.file, read.table
    into.findings.extend(
        Finding("error", table.name, file, line, column.name, text, *cell_advice(table, column, text), "value")
        for line, text in ((line, without_mark(value)) for line, value in found[: into.listed])
    )
    if len(found) > into.listed:
        among = f"from {read.cells.rows}", f"where ({bad}) and {_is_fact(read)}"
        values = into.connection.execute(
            f"{among[0]} select {cell} as value, count(*) as rows {among[1]} group by value "
            f"order by rows desc, value limit {VALUES}"
        ).fetchall()
        count = into.connection.execute(f"{among[0]} select count(*) {among[1]}").fetchall()[0][0]
        problem, fix = cell_advice(table, column, without_mark(found[0][1]))
        more = count - into.listed
        words = f"{more:,} more cells like these: {problem}", fix
        about = _about(read, "error", column.name, words, "value")
        told = tuple((without_mark(value), rows) for value, rows in values)
        into.findings.append(replace(about, rows=more, values=told))
        into.absent.add((table.name, column.name))

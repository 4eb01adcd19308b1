"""What is wrong with a file that was read: its header, its way of writing, its cells."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kaptui.common.did_you_mean import nearest
from kaptui.loading.casting import is_dated, is_numeric, is_whole, read_expression, unread_condition
from kaptui.loading.cells import LINE, known_name, shown_name, without_mark
from kaptui.loading.findings import LISTED, Finding, Severity
from kaptui.loading.schema import SchemaColumn
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
    for remark in cells.remarks:
        if remark.column is None or f"c{remark.column}" in read.found.values():
            into.findings.append(remark.finding(name, cells.file, cells.header))
        if remark.rule == "ragged":
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
    for name, text in zip(names, read.cells.header, strict=True):
        if name and name not in columns:
            guess = nearest(name, [column for column in columns if column not in read.found])
            fix = f"did you mean {guess}?" if guess else f"its columns: {', '.join(columns)}"
            words = f"table {read.table.name} has no such column, it is not read", fix
            into.findings.append(_about(read, "warning", shown_name(text), words, "header"))
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
    facts = f"not coalesce({no_fact(read.table, cells, read.found)}, false)"
    sql = f"from {numbered} select place, {cell} where ({condition}) and {facts} order by place limit {most}"
    return into.connection.execute(sql).fetchall()


def _cells(into: Stage, read: Read, column: SchemaColumn) -> None:
    """An error for every cell that is not what its column must be."""
    style, cell = read.styles[column.name], read.found[column.name]
    if style.doubt or column.type == "VARCHAR":
        return
    bad = unread_condition(cell, read_expression(column, cell, style), style)
    found = _where(into, read, cell, bad, LISTED + 1)
    problem, fix = _asks(column)
    file = read.cells.file
    into.findings.extend(
        Finding("error", read.table.name, file, line, column.name, without_mark(value), *_cause(column, value), "value")
        for line, value in found[:LISTED]
    )
    if len(found) > LISTED:
        count = into.connection.execute(f"from {read.cells.rows} select count(*) where {bad}").fetchall()[0][0]
        words = f"{count - LISTED:,} more cells like these: {problem}", fix
        into.findings.append(_about(read, "error", column.name, words, "value"))
        into.absent.add((read.table.name, column.name))


def _cause(column: SchemaColumn, value: str) -> tuple[str, str]:
    """What is wrong with this cell, where its value tells more than its column asks."""
    number = re.fullmatch(r"\s*[+-]?(\d+)([.,]\d*)?(E\+00)?\s*", value)
    if number and is_dated(column) and 20_000 <= int(number[1]) <= 80_000:
        day = (date(1899, 12, 30) + timedelta(days=int(number[1]))).isoformat()
        fix = f"give the column a date format before the file is saved, or write {day}"
        return f"is the number by which Excel counts days: {day}", fix
    if number and is_numeric(column):
        if decimal := re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", column.type):
            most = int(decimal[1]) - int(decimal[2])
            if len(number[1].lstrip("0")) > most:
                return f"is too large: at most {most} digits stand before the decimal point", "correct the amount"
        elif is_whole(column) and not (number[2] or "").strip(".,0"):
            return "is too large for this column", _asks(column)[1]
    return _asks(column)


def _asks(column: SchemaColumn) -> tuple[str, str]:
    """What is wrong with an unreadable cell of this column, and how to write it."""
    if is_dated(column):
        return "is not a date between 1900 and 2199", "write it as 2026-12-31"
    if is_whole(column):
        return "is not a whole number", "write it as 3"
    if is_numeric(column):
        return "is not a number", "write it as 1234.50, without a unit"
    return "is neither true nor false", "write true or false"

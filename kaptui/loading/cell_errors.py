"""What is wrong with a file that was read: its header, its way of writing, its cells."""

from __future__ import annotations

from dataclasses import replace

from kaptui.loading.advice import cell_advice, unknown_columns
from kaptui.loading.casting import LINE, Cells, is_dated, read_expression, unread_condition
from kaptui.loading.findings import VALUES, Finding, Severity
from kaptui.loading.schema import SchemaColumn
from kaptui.loading.staging import Read, Stage, column_name


def add_cell_errors(into: Stage, read: Read) -> None:
    """Add a finding for every name and cell of the file that cannot be used."""
    _header(into, read)
    _doubts(into, read)
    if not read.whole:
        for name in read.found:
            _cells(into, read, read.table.columns[name])


def _about(read: Read, severity: Severity, column: str, words: tuple[str, str], rule: str) -> Finding:
    """A finding about a whole column."""
    return Finding(severity, read.table.name, read.cells.file, None, column, "", *words, rule)


def _header(into: Stage, read: Read) -> None:
    """Names that are doubled, missing or unknown."""
    columns = read.table.columns
    names = [column_name(text) for text in read.cells.header]
    for name in read.found:
        if names.count(name) > 1:
            words = "the header names this column twice", "keep one of them"
            into.findings.append(_about(read, "error", name, words, "header"))
    for column in columns.values():
        if column.needed and column.name not in read.found:
            into.absent.add((read.table.name, column.name))
            words = "this column is missing", f"add a column {column.name}"
            into.findings.append(_about(read, "error", column.name, words, "header"))
    unknown = {name: text.strip() for name, text in zip(names, read.cells.header, strict=True) if name not in columns}
    unknown.pop("", None)
    for text, words in unknown_columns(read.table, unknown, read.found):
        into.findings.append(_about(read, "warning", text, words, "header"))


def _doubts(into: Stage, read: Read) -> None:
    """One error for each column whose way of writing cannot be told, with the first cell of doubt."""
    for name, cell in read.found.items():
        style = read.styles[name]
        if not style.doubt:
            continue
        dated = is_dated(read.table.columns[name])
        shape = f"slashed({cell})" if dated else f"either_comma({cell}) or either_point({cell})"
        line, value = _where(into, read.cells, cell, shape, 1)[0]
        file = read.cells.file
        into.findings.append(
            Finding("error", read.table.name, file, line, name, value, style.doubt, style.fix, "style")
        )
        into.absent.add((read.table.name, name))


def _where(into: Stage, cells: Cells, cell: str, condition: str, most: int) -> list[tuple[int, str]]:
    """Line and text of the first cells that meet a condition."""
    line = f"(row_number() over () + {cells.first_line - 1})::integer" if cells.counted else f"{LINE}::integer"
    numbered = f"(from {cells.rows} select {line} as place, {cell})"
    sql = f"from {numbered} select * where {condition} order by place limit {most}"
    return into.connection.execute(sql).fetchall()


def _cells(into: Stage, read: Read, column: SchemaColumn) -> None:
    """An error for every cell that is not what its column must be."""
    style, cell = read.styles[column.name], read.found[column.name]
    if style.doubt or column.type == "VARCHAR":
        return
    bad = unread_condition(cell, read_expression(column, cell, style), style)
    found = _where(into, read.cells, cell, bad, into.listed + 1)
    file, table = read.cells.file, read.table
    into.findings.extend(
        Finding("error", table.name, file, line, column.name, value, *cell_advice(table, column, value), "value")
        for line, value in found[: into.listed]
    )
    if len(found) > into.listed:
        values = into.connection.execute(
            f"from {read.cells.rows} select {cell} as value, count(*) as rows where {bad} group by value "
            f"order by rows desc, value limit {VALUES}"
        ).fetchall()
        count = into.connection.execute(f"from {read.cells.rows} select count(*) where {bad}").fetchall()[0][0]
        problem, fix = cell_advice(table, column, found[0][1])
        more = count - into.listed
        words = f"{more:,} more cells like these: {problem}", fix
        about = _about(read, "error", column.name, words, "value")
        into.findings.append(replace(about, rows=more, values=tuple(values)))
        into.absent.add((table.name, column.name))

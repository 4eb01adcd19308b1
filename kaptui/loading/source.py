"""A source: a folder with a file per table, or a workbook with a sheet per table. Recognised without asking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from kaptui.common.did_you_mean import nearest
from kaptui.common.sql import identifier, literal
from kaptui.errors import KaptuiError
from kaptui.loading import delimited, workbook
from kaptui.loading.casting import Cells
from kaptui.loading.cell_errors import add_cell_errors
from kaptui.loading.findings import Finding, Unreadable
from kaptui.loading.schema import Schema, SchemaTable
from kaptui.loading.staging import RowsLost, Stage, column_name, stage

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_TEXT = frozenset({".csv", ".txt", ".tsv"})
_PARQUET = frozenset({".parquet"})


@dataclass(frozen=True, slots=True)
class Source:
    """What feeds each table (a file of the folder, or a sheet's name in the workbook), and what is odd about it."""

    path: Path
    files: dict[str, Path] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    book: CalamineWorkbook | None = None
    findings: list[Finding] = field(default_factory=list)

    def __contains__(self, table: str) -> bool:
        return table in self.files or table in self.sheets


def recognise(path: Path, schema: Schema) -> Source:
    """Find the file or sheet of every table. KaptuiError for a path that is neither folder nor workbook."""
    if not path.exists():
        raise KaptuiError(f"{path} does not exist", "give a folder of CSV files or an Excel workbook")
    if path.is_dir():
        return _folder(path, schema)
    if path.suffix.lower() in workbook.ENDINGS:
        return _workbook(path, schema)
    raise KaptuiError(
        f"{path} is neither a folder nor an Excel workbook",
        "give the folder that holds account.csv and the other tables",
    )


def _folder(path: Path, schema: Schema) -> Source:
    source = Source(path)
    try:
        entries = sorted(entry for entry in path.iterdir() if entry.is_file() and not entry.name.startswith((".", "~")))
    except PermissionError:
        raise KaptuiError(f"{path} may not be read", "ask for the right to read this folder") from None
    for entry in entries:
        table = column_name(entry.stem)
        readable = entry.suffix.lower() in _TEXT | _PARQUET
        if not readable and entry.suffix.lower() not in workbook.ENDINGS:
            continue
        if not readable:
            source.findings.append(_odd(entry.name, "a workbook inside a folder is not read", "give it as SOURCE"))
        elif table not in schema:
            source.findings.append(_unknown(entry.name, table, schema))
        elif table in source.files:
            problem = f"{source.files[table].name} and {entry.name} both hold table {table}"
            source.findings.append(
                Finding("error", table, entry.name, None, "", "", problem, "keep one of them", "source")
            )
        else:
            source.files[table] = entry
    return source


def _workbook(path: Path, schema: Schema) -> Source:
    book = workbook.opened(path)
    source = Source(path, book=book)
    for sheet in book.sheet_names:
        table = column_name(sheet)
        file = f"{path.name}, sheet {sheet}"
        if table not in schema:
            source.findings.append(_unknown(file, table, schema))
        elif table in source.sheets:
            problem = f"sheets {source.sheets[table]} and {sheet} both hold table {table}"
            source.findings.append(Finding("error", table, file, None, "", "", problem, "keep one", "source"))
        else:
            source.sheets[table] = sheet
    return source


def _odd(file: str, problem: str, fix: str) -> Finding:
    return Finding("warning", "", file, None, "", "", problem, fix, "source")


def _unknown(file: str, name: str, schema: Schema) -> Finding:
    guess = nearest(name, list(schema))
    fix = f"did you mean {guess}?" if guess else f"tables: {', '.join(schema)}"
    return _odd(file, "is no table of kaptui, it is not read", fix)


def stage_source(into: Stage, source: Source, table: SchemaTable) -> None:
    """Stage the table from its file or sheet; a file that cannot be read at all is one finding."""
    sheet = source.sheets.get(table.name)
    file = source.files[table.name].name if sheet is None else f"{source.path.name}, sheet {sheet}"
    into.files[table.name] = file
    try:
        if source.book is not None and sheet is not None:
            header, rows = workbook.rows(source.book, sheet)
            cells = delimited.plain_copy(rows, header, file, into.work / f"{table.name}.csv")
            add_cell_errors(into, stage(into, table, cells))
        elif source.files[table.name].suffix.lower() in _PARQUET:
            _stage_parquet(into, source.files[table.name], table)
        else:
            _stage_text(into, source.files[table.name], table)
    except PermissionError:
        _broken(into, table, Unreadable("may not be read", "ask for the right to read this file"))
    except Unreadable as error:
        _broken(into, table, error)


def _broken(into: Stage, table: SchemaTable, error: Unreadable) -> None:
    into.broken.add(table.name)
    into.findings.append(
        Finding(
            "error",
            table.name,
            into.files[table.name],
            error.line,
            "",
            "",
            error.problem,
            error.fix,
            "source",
        )
    )


def _stage_parquet(into: Stage, path: Path, table: SchemaTable) -> None:
    file = f"read_parquet({literal(str(path))})"
    try:
        header = tuple(into.connection.sql(f"from {file}").columns)
        cells = ", ".join(f"{identifier(name)}::varchar as c{n}" for n, name in enumerate(header))
        rows = f"(from {file} select {cells})"
        add_cell_errors(into, stage(into, table, Cells(rows, header, path.name, first_line=1)))
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        raise Unreadable(f"cannot be read as Parquet: {str(error).splitlines()[0]}", "write it again") from None


def _stage_text(into: Stage, path: Path, table: SchemaTable) -> None:
    form = delimited.find_format(path, table.columns)
    cells = delimited.readable_in_place(path, form, path.name)
    if cells is not None:
        try:
            read = stage(into, table, cells)
        except (RowsLost, duckdb.InvalidInputException):
            pass  # a line is not a record: quoted line breaks, blank or ragged lines
        else:
            add_cell_errors(into, read)
            return
    ragged: list[delimited.Ragged] = []
    numbered = _whole(delimited.records(path, form), ragged)
    cells = delimited.plain_copy(numbered, form.header, path.name, into.work / f"{table.name}.csv")
    add_cell_errors(into, stage(into, table, replace(cells, european=form.separator == ";")))
    _ragged(into, table, form, ragged)


def _whole(
    records: Iterator[tuple[int, list[str]] | delimited.Ragged], ragged: list[delimited.Ragged]
) -> Iterator[tuple[int, list[str]]]:
    """The whole records; ragged ones are put aside."""
    for record in records:
        if isinstance(record, delimited.Ragged):
            ragged.append(record)
        else:
            yield record


def _ragged(into: Stage, table: SchemaTable, form: delimited.TextFormat, ragged: list[delimited.Ragged]) -> None:
    if not ragged:
        return
    into.broken.add(table.name)
    file = into.files[table.name]
    width = len(form.header)
    for line in ragged[: into.listed]:
        problem = f"this line has {line.cells} cells, the header has {width}"
        if line.cells is None:
            problem = f"the file cannot be read from this line on: {line.problem}"
        fix = f'put text that holds "{form.separator}" or a quote in double quotes'
        into.findings.append(Finding("error", table.name, file, line.line, "", "", problem, fix, "ragged"))
    if len(ragged) > into.listed:
        more = len(ragged) - into.listed
        problem = f"{more:,} more lines like these"
        into.findings.append(Finding("error", table.name, file, None, "", "", problem, "", "ragged", more))

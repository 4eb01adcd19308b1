"""A source: a folder with a file per table, or a workbook with a sheet per table. Recognised without asking."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from kaptui.common.did_you_mean import nearest
from kaptui.errors import KaptuiError
from kaptui.loading import delimited, parquet
from kaptui.loading.cell_errors import add_cell_errors
from kaptui.loading.cells import WORKBOOKS, column_name
from kaptui.loading.findings import Finding, Unreadable
from kaptui.loading.schema import Schema, SchemaTable
from kaptui.loading.staging import RowsLost, Stage, stage
from kaptui.loading.text_file import is_text, open_text, table_stem

if TYPE_CHECKING:
    from kaptui.loading.workbook import Book


@dataclass(frozen=True, slots=True)
class Source:
    """What feeds each table (a file of the folder, or a sheet's name in the workbook), and what is odd about it."""

    path: Path
    files: dict[str, Path] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    book: Book | None = None
    findings: list[Finding] = field(default_factory=list)

    def __contains__(self, table: str) -> bool:
        return table in self.files or table in self.sheets


def recognise(path: Path, schema: Schema) -> Source:
    """Find the file or sheet of every table. KaptuiError for a path that is neither folder nor workbook."""
    if not path.exists():
        raise KaptuiError(f"{path} does not exist", "give a folder of CSV files or an Excel workbook")
    if path.is_dir():
        return _folder(path, schema)
    if path.suffix.lower() in WORKBOOKS:
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
        table = column_name(table_stem(entry))
        readable = is_text(entry) or entry.suffix.lower() in parquet.ENDINGS
        if not readable and entry.suffix.lower() not in WORKBOOKS:
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
    from kaptui.loading.workbook import Book

    book = Book(path)
    source = Source(path, book=book)
    for sheet in book.sheets:
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
            copy = into.work / f"{table.name}.csv"
            cells = source.book.cells(sheet, copy, table.columns, needed_names(table), odd_is_empty=True)
            add_cell_errors(into, stage(into, table, cells))
        elif source.files[table.name].suffix.lower() in parquet.ENDINGS:
            add_cell_errors(into, stage(into, table, parquet.parquet_cells(into.connection, source.files[table.name])))
        else:
            _stage_text(into, source.files[table.name], table)
    except PermissionError:
        _broken(into, table, Unreadable("may not be read", "ask for the right to read this file"))
    except Unreadable as error:
        _broken(into, table, error)


def needed_names(table: SchemaTable) -> list[str]:
    """The columns that a source must bring."""
    return [column.name for column in table.columns.values() if column.needed]


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


def _stage_text(into: Stage, path: Path, table: SchemaTable) -> None:
    copies = into.work / f"{table.name}.csv"
    text = open_text(path, copies.with_suffix(".utf8"))
    form = delimited.find_format(text, table.columns, needed_names(table))
    cells = delimited.readable_in_place(text, form, path.name)
    if cells is not None:
        try:
            read = stage(into, table, cells)
        except (RowsLost, duckdb.InvalidInputException):
            pass  # a line is not a record: quoted line breaks, blank or ragged lines
        else:
            add_cell_errors(into, read)
            return
    add_cell_errors(into, stage(into, table, delimited.whole_copy(text, form, path.name, copies)))

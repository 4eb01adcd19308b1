"""A source: a folder with a file per table, or a workbook with a sheet per table. Recognised without asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from kaptui.common.did_you_mean import nearest
from kaptui.errors import KaptuiError
from kaptui.facts.schema import Schema, SchemaTable
from kaptui.loading import delimited, parquet
from kaptui.loading.cell_errors import add_cell_errors
from kaptui.loading.cells import WORKBOOKS, column_name
from kaptui.loading.findings import Finding, Unreadable
from kaptui.loading.staging import RowsLost, Stage, stage
from kaptui.loading.text_file import is_text, open_text, table_stem

if TYPE_CHECKING:
    from kaptui.loading.workbook import Book

_NAMED = 8
"""So many files that are not read are told one by one; of more the first are named in one line."""
_NOT_READ = "it is not read", "they are not read"
_GUESSED = 500
"""Of so many names that mean no table it is said which table may be meant."""


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
    books: list[str] = []
    unknown: dict[str, str] = {}
    for entry in entries:
        table = column_name(table_stem(entry))
        readable = is_text(entry) or entry.suffix.lower() in parquet.ENDINGS
        if not readable and entry.suffix.lower() not in WORKBOOKS:
            continue
        if not readable:
            books.append(entry.name)
        elif table not in schema:
            unknown[entry.name] = table
        elif table in source.files:
            problem = f"{source.files[table].name} and {entry.name} both hold table {table}"
            source.findings.append(
                Finding("error", table, entry.name, None, "", "", problem, "keep one of them", "source")
            )
        else:
            source.files[table] = entry
    words = "a workbook inside a folder is not read", f"{len(books):,} workbooks inside a folder are not read"
    source.findings.extend(
        _together(path.name, books, words, "give one as SOURCE" if books[1:] else "give it as SOURCE")
    )
    source.findings.extend(unknown_tables(path.name, unknown, schema))
    return source


def _workbook(path: Path, schema: Schema) -> Source:
    from kaptui.loading.workbook import Book

    book = Book(path)
    source = Source(path, book=book)
    unknown: dict[str, str] = {}
    for sheet in book.sheets:
        table = column_name(sheet)
        file = f"{path.name}, sheet {sheet}"
        if table not in schema:
            unknown[file] = table
        elif table in source.sheets:
            problem = f"sheets {source.sheets[table]} and {sheet} both hold table {table}"
            source.findings.append(Finding("error", table, file, None, "", "", problem, "keep one", "source"))
        else:
            source.sheets[table] = sheet
    source.findings.extend(unknown_tables(path.name, unknown, schema))
    return source


def unknown_tables(
    where: str, files: Mapping[str, str], schema: Schema, so: tuple[str, str] = _NOT_READ, ending: str = ""
) -> list[Finding]:
    """Warnings of what lies in `where` and means no table: `files` are its names -> the table that each would be.

    `so` is what follows of one, and of many; `ending` is what the name of a file of theirs ends in.
    """
    names = list(files)[:_GUESSED]
    meant = {name: guess for name in names if (guess := nearest(files[name], list(schema)))}
    tables = f"tables: {', '.join(schema)}"
    if len(files) <= _NAMED:
        fixes = {name: f"did you mean {meant[name]}{ending}?" if name in meant else tables for name in files}
        return [_odd(name, f"is no table of kaptui, {so[0]}", fix) for name, fix in fixes.items()]
    alone = list(meant)[:_NAMED]
    told = [_odd(name, f"is no table of kaptui, {so[0]}", f"did you mean {meant[name]}{ending}?") for name in alone]
    rest = [name for name in files if name not in alone]
    return [*told, *_together(where, rest, ("", f"{len(rest):,} names are no table of kaptui, {so[1]}"), tables)]


def _together(where: str, files: Sequence[str], problems: tuple[str, str], fix: str) -> list[Finding]:
    """A warning of each of a few files, one of all of many: `problems` are what is wrong with one, and with many."""
    one, many = problems
    if one and len(files) <= _NAMED:
        return [_odd(name, one, fix) for name in files]
    shown = f"{', '.join(files[:_NAMED])}{f' and {len(files) - _NAMED:,} more' if len(files) > _NAMED else ''}"
    return [_odd(where, f"{many}: {shown}", fix)] if files else []


def _odd(file: str, problem: str, fix: str) -> Finding:
    return Finding("warning", "", file, None, "", "", problem, fix, "source")


def stage_source(into: Stage, source: Source, table: SchemaTable) -> None:
    """Stage the table from its file or sheet; a file that cannot be read at all is one finding."""
    sheet = source.sheets.get(table.name)
    file = source.files[table.name].name if sheet is None else f"{source.path.name}, sheet {sheet}"
    into.files[table.name] = file
    try:
        if source.book is not None and sheet is not None:
            copy = into.work / f"{table.name}.csv"
            needed = needed_names(table)
            cells = source.book.cells(sheet, copy, table.columns, needed, odd_is_empty=True, seen=into.seen)
            add_cell_errors(into, stage(into, table, cells))
        elif source.files[table.name].suffix.lower() in parquet.ENDINGS:
            with parquet.damage_told():
                cells = parquet.parquet_cells(into.connection, source.files[table.name])
                into.expect(into.connection.execute(f"from {cells.rows} select count(*)").fetchall()[0][0])
                add_cell_errors(into, stage(into, table, cells))
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
    text = open_text(path, copies.with_suffix(".utf8"), into.seen)
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
    cells = delimited.whole_copy(text, form, path.name, copies, table.columns, into.seen)
    add_cell_errors(into, stage(into, table, cells))

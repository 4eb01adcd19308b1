"""`--mapping`: one SELECT per table over the user's own exports, run where it can read nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from kaptui.common.arrow import ArrowStream
from kaptui.common.did_you_mean import nearest
from kaptui.common.sql import identifier, literal
from kaptui.errors import KaptuiError
from kaptui.loading.casting import Cells
from kaptui.loading.cell_errors import add_cell_errors
from kaptui.loading.findings import Finding
from kaptui.loading.schema import Schema, SchemaTable
from kaptui.loading.staging import Stage, column_name, stage

GUIDE = """`kaptui load SOURCE --mapping sql/ -o FILE`: sql/account.sql is one SELECT that yields table account
It reads files below SOURCE only, by relative paths: select KUNDE as account_id, NAME1 as name from 'customers.csv'.
A table without a mapping is read from its own file in SOURCE, else it is empty.
The columns are named as in `kaptui guide data`; all rules hold as for plain files, lines are rows of the result.
"""
"""What `kaptui guide mapping` tells first."""

_RAW = "staged.mapped"


def mapping_files(folder: Path, schema: Schema, stage: Stage) -> dict[str, Path]:
    """The mapping file of each table; a file for no table is a warning."""
    if not folder.is_dir():
        raise KaptuiError(f"the mapping folder {folder} does not exist", "give a folder with account.sql in it")
    files = {column_name(path.stem): path for path in sorted(folder.glob("*.sql"))}
    if not files:
        raise KaptuiError(f"{folder} holds no mapping", "write account.sql there: one SELECT over your own exports")
    for name in [name for name in files if name not in schema]:
        path = files.pop(name)
        guess = nearest(name, list(schema))
        fix = f"did you mean {guess}.sql?" if guess else f"tables: {', '.join(schema)}"
        problem = "is no table of kaptui, the mapping is not run"
        stage.findings.append(Finding("warning", "", path.name, None, "", "", problem, fix, "source"))
    return files


@contextmanager
def confined(source: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that reads files below `source` only; relative paths start there."""
    connection = duckdb.connect(config={"python_enable_replacements": False})
    before = Path.cwd()
    try:
        connection.execute("set enable_progress_bar = false; set autoinstall_known_extensions = false")
        connection.execute(f"set allowed_directories = [{literal(str(source) + os.sep)}]")
        connection.execute("set enable_external_access = false; set lock_configuration = true")
        os.chdir(source)
        yield connection
    finally:
        os.chdir(before)
        connection.close()


def stage_mapping(into: Stage, table: SchemaTable, path: Path, reader: duckdb.DuckDBPyConnection) -> None:
    """Run a table's mapping and stage what it yields; lines are rows of its result. KaptuiError if it cannot run."""
    select = _select(path, reader)
    try:
        relation = reader.sql(select)
        header = tuple(relation.columns)
        into.connection.register("mapped", ArrowStream(relation))
        cells = ", ".join(f"{identifier(name)}::varchar as c{n}" for n, name in enumerate(header))
        into.connection.execute(f"create table {_RAW} as from mapped select {cells}")
    except duckdb.Error as error:
        raise _failed(path, error) from None
    finally:
        into.connection.unregister("mapped")
    add_cell_errors(into, stage(into, table, Cells(_RAW, header, path.name, first_line=1)))
    into.connection.execute(f"drop table {_RAW}")


def _select(path: Path, reader: duckdb.DuckDBPyConnection) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise KaptuiError(f"{path} is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        raise KaptuiError(f"{path} cannot be read: {error.strerror}", "ask for the right to read this file") from None
    try:
        statements = reader.extract_statements(text)
    except duckdb.Error as error:
        raise _failed(path, error) from None
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise KaptuiError(f"{path} must hold one SELECT and nothing else", "put one SELECT per table into its own file")
    return statements[0].query


def _failed(path: Path, error: duckdb.Error) -> KaptuiError:
    """DuckDB's own words in one line; for a file out of reach also what is in reach."""
    words = " ".join(line.strip() for line in str(error).split("\n\n")[0].splitlines())
    hint = "correct the SELECT; paths start at SOURCE"
    if isinstance(error, duckdb.PermissionException):
        hint = "a mapping reads files below SOURCE only, by relative paths"
    return KaptuiError(f"{path}: {words}", hint)

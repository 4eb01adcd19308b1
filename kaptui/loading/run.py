"""The way of a load: recognise the source, stage it, check it, write it beside the target, replace the target."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from kaptui.common.endings import prompt_end
from kaptui.common.spill import MOST, prefix, spill_folder
from kaptui.common.sql import literal
from kaptui.errors import KaptuiError
from kaptui.facts.attaching import explained
from kaptui.facts.schema import Schema, shipped_schema
from kaptui.facts.statements import run_parsed
from kaptui.loading.checking import check_facts, rules
from kaptui.loading.findings import EVERY, LISTED, Finding, LoadRefused, Progress, Report
from kaptui.loading.pace import Pace
from kaptui.loading.read_tables import read_file, read_source
from kaptui.loading.receipt import Receipt
from kaptui.loading.receipt_made import make_receipt
from kaptui.loading.replacing import refuse_harm, take_rights
from kaptui.loading.staging import Stage
from kaptui.loading.target import (
    STORAGE,
    keep_history,
    previous,
    put_in_place,
    seal,
    warn_of_history,
    work_folder,
    write,
)
from kaptui.resources import query_text

_FEW_ROWS = 10_000
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_DATABASES = frozenset({".duckdb", ".db", ".ddb"})


def load(  # noqa: PLR0913 - one per option
    source: Path,
    target: Path,
    mapping: Path | Sequence[Path] | None = None,
    progress: Progress | None = None,
    *,
    force: bool = False,
    strict: bool = False,
) -> Report:
    """Read `source` into a new kaptui file at `target`; the report holds the warnings.

    `mapping`: a folder of mappings, or several, of which a later one goes before an earlier one.
    A kaptui file at `target` is replaced, another one only with `force`, one of the source's own never.
    Raises LoadRefused with every finding if there is an error, with `strict` a warning too, and KaptuiError for a
    source, a mapping or a target that cannot be used at all; then nothing is written and a file at `target` stays as
    it was.
    """
    target = target.resolve()  # a link stays a link
    folders = _folders(mapping)
    refuse_harm(target, (source, *folders), force=force)
    with (
        work_folder(target) as work,
        closing(duckdb.connect()) as connection,
        prompt_end(connection, left=work) as stoppable,
        _room_told(work),
        _pace(connection, progress) as pace,
    ):
        stage, schema = _open(connection, work, pace)
        stage.stoppable = stoppable
        read_source(stage, schema, source.absolute(), folders)
        _refuse_no_accounts(stage, source)
        ordered = _refuse_findings(stage, schema, source, strict=strict)
        new = work / "new.duckdb"
        try:
            connection.execute(f"attach {literal(str(new))} as target (storage_version '{STORAGE}')")
            write(stage, schema, "target", ordered)
            with previous(stage, target) as there:
                stage.still("counting what came of it")
                told = _receipt(stage, schema, target, compared=there and keep_history(stage, target))
            connection.execute("use memory")
            stage.still("finishing the file")
            seal(stage, "target", new)
            connection.execute("detach target")
            _keep_rights(stage, new, target)
            if strict:
                _refuse(stage, schema, source, strict=True)
            put_in_place(new, target)
        except (OSError, duckdb.IOException) as error:
            raise KaptuiError(f"{target} cannot be written: {error}", "check the space and rights there") from None
        return replace(_report(stage, schema), receipt=told)


def check(
    path: Path,
    mapping: Path | Sequence[Path] | None = None,
    progress: Progress | None = None,
    *,
    every: bool = False,
) -> Report:
    """Every problem of a source, or of a kaptui file (which is only read). Writes nothing.

    Of one rule and table the first 1,000 are listed and the rest counted; with `every` all are listed.
    Raises KaptuiError where there is nothing to check: no such path, not a kaptui file, a mapping that fails.
    """
    with (
        tempfile.TemporaryDirectory(prefix=prefix()) as work,
        closing(duckdb.connect()) as connection,
        prompt_end(connection, left=Path(work)) as stoppable,
        _room_told(Path(work)),
        _pace(connection, progress) as pace,
    ):
        stage, schema = _open(connection, Path(work), pace)
        stage.stoppable = stoppable
        stage.listed = EVERY if every else LISTED
        if path.is_file() and (path.suffix.lower() in _DATABASES or _is_database(path)):
            try:
                read_file(stage, schema, path.absolute())
            except duckdb.Error as error:
                raise explained(path, error) from None
        else:
            read_source(stage, schema, path.absolute(), _folders(mapping))
            _refuse_no_accounts(stage, path)
        _check(stage, schema)
        return _report(stage, schema)


def into_memory(source: Path) -> duckdb.DuckDBPyConnection:
    """The checked facts of `source` in an in-memory database, as a kaptui file holds them. Raises as `load` does.

    The caller closes the connection.
    """
    with tempfile.TemporaryDirectory(prefix=prefix()) as work, ExitStack() as undo:
        connection = undo.enter_context(closing(duckdb.connect()))
        connection.execute("pragma disable_optimizer")  # on so few rows planning takes longer than it saves
        stage, schema = _open(connection, Path(work))
        read_source(stage, schema, source.absolute())
        _refuse_findings(stage, schema, source)
        write(stage, schema, "memory")
        connection.execute("drop schema facts cascade; drop schema staged cascade")
        connection.execute(f"set temp_directory = {literal(spill_folder())}; set max_temp_directory_size = '{MOST}'")
        connection.execute("reset threads; pragma enable_optimizer")
        undo.pop_all()
    return connection


def _folders(mapping: Path | Sequence[Path] | None) -> Sequence[Path]:
    return [mapping] if isinstance(mapping, Path) else mapping or []


@contextmanager
def _room_told(work: Path) -> Iterator[None]:
    """What a machine without room for the load says, on the disk or in memory, as an error with the next step."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        problem = "the load needs more memory, and more room on the disk, than there is"
        raise KaptuiError(problem, f"make room in {work.parent}, or load on a larger machine") from None
    except (OSError, duckdb.Error) as error:
        if isinstance(error, OSError) and error.errno not in _NO_ROOM:
            raise
        if isinstance(error, duckdb.Error) and not any(os.strerror(each) in str(error) for each in _NO_ROOM):
            raise
        problem = f"{work.parent} has no room for the load, which needs about twice the size of its source"
        raise KaptuiError(problem, "make room there, or write the file elsewhere") from None


def _pace(connection: duckdb.DuckDBPyConnection, progress: Progress | None) -> Pace:
    """Tells `progress` how far a load in this connection is, over the steps of reading, checking and writing."""
    # DuckDB knows how far it is only where it would draw a bar, which is ours to draw
    asked = "true" if progress is not None else "false"
    connection.execute("set enable_progress_bar_print = false; set progress_bar_time = 0")
    connection.execute(f"set enable_progress_bar = {asked}")  # last: the time asks for the bar, too
    return Pace(progress, 3 * len(shipped_schema()) + len(rules()), connection.query_progress)


def _open(connection: duckdb.DuckDBPyConnection, work: Path, pace: Pace | None = None) -> tuple[Stage, Schema]:
    """An empty stage with the macros that read cells, and the schema to read into."""
    connection.execute(f"set autoinstall_known_extensions = false; set temp_directory = {literal(str(work / 'spill'))}")
    pace, schema = pace or _pace(connection, None), shipped_schema()
    connection.execute("create schema staged; create schema facts; use facts")
    for name in ("cast", "profile"):
        run_parsed(connection, query_text("load", name))
    return Stage(connection, work, pace.step, still=pace.still, expect=pace.expect, seen=pace.seen), schema


def _is_database(path: Path) -> bool:
    """DuckDB's mark stands at the ninth byte."""
    try:
        with path.open("rb") as file:
            return file.read(12)[8:] == b"DUCK"
    except PermissionError:
        raise KaptuiError(f"{path} may not be read", "ask for the right to read this file") from None


def _check(stage: Stage, schema: Schema) -> frozenset[str]:
    """Add what the rules find, see `check_facts`; of few rows with little planning: that takes longer than it saves."""
    if sum(stage.rows.values()) <= _FEW_ROWS:
        stage.connection.execute("set threads = 1; pragma disable_optimizer")
    return check_facts(stage, schema)


def _receipt(stage: Stage, schema: Schema, target: Path, *, compared: bool) -> Receipt:
    """The receipt of the load; a file in place whose insides are damaged is a warning, and not compared with."""
    try:
        return make_receipt(stage, schema, compared=compared)
    except duckdb.Error as error:
        if not compared:
            raise
        warn_of_history(stage, target, error, "the receipt does not compare with it")
        return make_receipt(stage, schema, compared=False)


def _keep_rights(stage: Stage, new: Path, target: Path) -> None:
    if lost := take_rights(new, target):
        stage.findings.append(Finding("warning", "", target.name, None, "", "", lost, "", "rights"))


def _refuse_no_accounts(stage: Stage, source: Path) -> None:
    """Add an error where the accounts were read, and there are none."""
    if stage.rows["account"] or "account" in stage.broken:
        return
    words = "holds no account", "write a row for each key account"
    file = stage.files.get("account", source.name)
    stage.findings.append(Finding("error", "account", file, None, "", "", *words, "source"))


def _refuse_findings(stage: Stage, schema: Schema, source: Path, *, strict: bool = False) -> frozenset[str]:
    ordered = _check(stage, schema)
    _refuse(stage, schema, source, strict=strict)
    return ordered


def _refuse(stage: Stage, schema: Schema, source: Path, *, strict: bool) -> None:
    """LoadRefused: what was found so far has an error, or with `strict` a warning."""
    report = _report(stage, schema)
    if report.errors or (strict and report.warnings):
        raise LoadRefused(report, str(source))


def _report(stage: Stage, schema: Schema) -> Report:
    """Findings in reading order: errors first, then by table and line."""
    place = {name: number for number, name in enumerate(schema)}
    findings = sorted(stage.findings, key=lambda each: (each.severity, place.get(each.table, -1), each.line or 0))
    return Report({name: stage.rows[name] for name in schema}, tuple(map(stage.located, findings)))

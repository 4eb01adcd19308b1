"""Stage every table of a source, or of a kaptui file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from kaptui.common.sql import identifier
from kaptui.errors import KaptuiError
from kaptui.facts.attaching import attach
from kaptui.facts.schema import Schema, SchemaTable
from kaptui.facts.shape import Shape, misfits, read_as, shape, types
from kaptui.facts.statements import run_parsed
from kaptui.loading.cell_errors import add_cell_errors
from kaptui.loading.cells import LINE, Cells
from kaptui.loading.findings import Finding
from kaptui.loading.mapping import mapping_files, mappings
from kaptui.loading.shipped import Exports, shipped_name
from kaptui.loading.source import Source, recognise, stage_source
from kaptui.loading.staging import Stage, stage, stage_nothing
from kaptui.loading.twins import differing_twins
from kaptui.resources import query_text

KINDS = "activity_kind"


def read_source(into: Stage, schema: Schema, path: Path, mapping: Sequence[Path] = ()) -> None:
    """Stage every table from its mapping, else from its file or sheet, else empty. `path` is absolute.

    Of several folders of mappings a later one goes before an earlier one.
    """
    source = recognise(path, schema)
    if not mapping:
        into.findings.extend(source.findings)
        for table in schema.values():
            _read_table(into, source, table)
    else:
        _read_mapped(into, schema, source, [folder.absolute() for folder in mapping])
    if "account" not in into.files:
        into.broken.add("account")
        where = "a file account.csv" if path.is_dir() else "a sheet named account"
        words = "has no table account, the only one that is required", f"add {where}"
        into.findings.append(Finding("error", "account", path.name, None, "", "", *words, "source"))
    if not into.rows["success_factor"] and "success_factor" not in into.broken:
        _ship_factors(into, schema["success_factor"])
    ship_kinds(into, schema["activity_kind"])


def _read_mapped(into: Stage, schema: Schema, source: Source, folders: Sequence[Path]) -> None:
    files = {table: path for folder in folders for table, path in mapping_files(folder, schema, into).items()}
    # beside a mapping lie the user's own exports, which are no tables: only errors are told
    errors = (finding for finding in source.findings if finding.severity == "error")
    into.findings.extend(finding for finding in errors if finding.table not in files)
    shipped = [name for name in map(shipped_name, folders) if name]
    own = [folder for folder in folders if not shipped_name(folder)]
    with mappings(into, source.path, (own or folders)[-1]) as mapped:
        if shipped:
            mapped.exports = Exports(shipped[0], into, mapped.reader, mapped.views, mapped.use, mapped.told)
            mapped.exports.open(schema, source, files)
        for table in schema.values():
            path = files.get(table.name)
            if path is None or (mapped.exports and not mapped.exports.reads(table.name, path)):
                _read_table(into, source, table)
                continue
            if mapped.exports and mapped.exports.merges(table.name) and not _is_sound(into, source, table):
                continue
            into.step(f"running the mapping {path.name}")
            mapped.stage(written(table), path)
            if table.name not in into.rows:
                stage_nothing(into, table)
        if mapped.exports:
            mapped.exports.meet(into, schema)
        others = [path for table, path in source.files.items() if table not in files]
        into.findings.extend(differing_twins(mapped.views, mapped.told, others))


def _is_sound(into: Stage, source: Source, table: SchemaTable) -> bool:
    """Whether a file that adds to what a mapping yields can be read; it need not fill what the others fill."""
    key = table.keys[0]
    columns = {name: replace(column, required=name in key) for name, column in table.columns.items()}
    before = len(into.findings)
    _read_table(into, source, replace(table, columns=columns))
    if any(finding.severity == "error" for finding in into.findings[before:]):
        into.broken.add(table.name)
        return False
    return True


def _read_table(into: Stage, source: Source, table: SchemaTable) -> None:
    into.step(f"reading {table.name}")
    if table.name in source:
        stage_source(into, source, written(table))
    if table.name not in into.rows or (table.name in into.broken and not into.rows[table.name]):
        stage_nothing(into, table)


def _ship_factors(into: Stage, table: SchemaTable) -> None:
    """The six default factors, for a source without factors of its own."""
    run_parsed(into.connection, query_text("load", "default_factors"))
    header = tuple(into.connection.view("default_factor").columns)
    columns = {name: identifier(name) for name in header}
    stage(into, table, _texts("default_factor", columns, "null", ""))
    into.files.pop(table.name)


def written(table: SchemaTable) -> SchemaTable:
    """The table as a source may write it: an empty cell of an activity kind keeps what is shipped."""
    if table.name != KINDS:
        return table
    columns = {name: replace(column, required=name == "kind") for name, column in table.columns.items()}
    return replace(table, columns=columns)


def ship_kinds(into: Stage, table: SchemaTable) -> None:
    """The default kinds of activity, overridden and added to by the rows of the source."""
    run_parsed(into.connection, query_text("load", "default_activity_kinds"))
    run_parsed(into.connection, query_text("load", "activity_kinds"))
    into.rows[table.name] = into.connection.execute(f"from facts.{KINDS} select count(*)").fetchall()[0][0]


def read_file(into: Stage, schema: Schema, path: Path) -> None:
    """Stage the tables of a kaptui file, lines as its source had them. KaptuiError: it is none, or busy.

    What opening it would refuse, a view or a type that does not fit, is an error in the same words.
    """
    connection = into.connection
    attach(connection, path, "original")
    found = shape(connection, "original")
    if "account" not in found.tables.keys() | found.views:
        raise KaptuiError(f"{path}: holds no table account", "`kaptui load SOURCE -o FILE` makes a kaptui file.")
    unfit: set[tuple[str, str]] = set()
    for misfit in misfits(connection, "original", found, trusted=True):
        unfit.add((misfit.table, misfit.column))
        into.findings.append(
            Finding("error", misfit.table, path.name, None, misfit.column, "", misfit.problem, misfit.fix, "type")
        )
    files = _files(into, found, unfit)
    for table in schema.values():
        into.step(f"reading {table.name}")
        have = found.tables.get(table.name)
        if have is None or (table.name, "") in unfit:
            stage_nothing(into, table)
            into.broken |= {table.name} if table.name in found.views else set()
            if table.name == KINDS:  # a file made before kinds were data
                ship_kinds(into, table)
            continue
        wanted = types()[table.name]
        cells = {
            name: "null" if (table.name, name) in unfit else read_as(name, kind, wanted.get(name, kind))
            for name, kind in have.items()
        }
        into.absent |= {(table.name, name) for name in have if (table.name, name) in unfit}
        line = cells.pop("source_row", "null")
        origin = f"original.main.{identifier(table.name)}"
        add_cell_errors(into, stage(into, table, _texts(origin, cells, line, files.get(table.name, table.name))))
    connection.execute("detach original")


def _files(into: Stage, found: Shape, unfit: Set[tuple[str, str]]) -> dict[str, str]:
    """The file or sheet that each table was read from, as far as the file tells."""
    have = found.tables.get("source_file", {})
    if not {"table_name", "path"} <= have.keys() or any(table == "source_file" for table, _ in unfit):
        return {}
    return dict(into.connection.execute("select table_name, path from original.main.source_file").fetchall())


def _texts(name: str, columns: Mapping[str, str], line: str, file: str) -> Cells:
    """A typed table as cells, so that it is read and judged as every file is; `columns` name -> the SQL of it."""
    typed = frozenset(f"c{n}" for n in range(len(columns)))
    cells = ", ".join(f"({expression})::varchar as c{n}" for n, expression in enumerate(columns.values()))
    return Cells(f"(from {name} select {cells}, {line} as {LINE})", tuple(columns), file, False, typed=typed)

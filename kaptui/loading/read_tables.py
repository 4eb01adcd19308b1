"""Stage every table of a source, or of a kaptui file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kaptui.common.sql import identifier
from kaptui.errors import KaptuiError
from kaptui.loading.cell_errors import add_cell_errors
from kaptui.loading.cells import LINE, Cells
from kaptui.loading.findings import Finding
from kaptui.loading.mapping import mapping_files, mappings
from kaptui.loading.schema import Schema, SchemaTable
from kaptui.loading.source import Source, recognise, stage_source
from kaptui.loading.staging import Stage, stage, stage_nothing
from kaptui.loading.target import attach
from kaptui.resources import query_text

KINDS = "activity_kind"


def read_source(into: Stage, schema: Schema, path: Path, mapping: Path | None = None) -> None:
    """Stage every table from its mapping, else from its file or sheet, else empty. `path` is absolute."""
    source = recognise(path, schema)
    if mapping is None:
        into.findings.extend(source.findings)
        for table in schema.values():
            _read_table(into, source, table)
    else:
        _read_mapped(into, schema, source, mapping.absolute())
    if "account" not in into.files:
        into.broken.add("account")
        where = "a file account.csv" if path.is_dir() else "a sheet named account"
        words = "has no table account, the only one that is required", f"add {where}"
        into.findings.append(Finding("error", "account", path.name, None, "", "", *words, "source"))
    if not into.rows["success_factor"] and "success_factor" not in into.broken:
        _ship_factors(into, schema["success_factor"])
    ship_kinds(into, schema["activity_kind"])


def _read_mapped(into: Stage, schema: Schema, source: Source, mapping: Path) -> None:
    files = mapping_files(mapping, schema, into)
    # beside a mapping lie the user's own exports, which are no tables: only errors are told
    errors = (finding for finding in source.findings if finding.severity == "error")
    into.findings.extend(finding for finding in errors if finding.table not in files)
    with mappings(into, source.path) as mapped:
        for table in schema.values():
            if table.name in files:
                into.step(f"running the mapping {files[table.name].name}")
                mapped.stage(written(table), files[table.name])
                if table.name not in into.rows:
                    stage_nothing(into, table)
            else:
                _read_table(into, source, table)


def _read_table(into: Stage, source: Source, table: SchemaTable) -> None:
    into.step(f"reading {table.name}")
    if table.name in source:
        stage_source(into, source, written(table))
    if table.name not in into.rows or (table.name in into.broken and not into.rows[table.name]):
        stage_nothing(into, table)


def _ship_factors(into: Stage, table: SchemaTable) -> None:
    """The six default factors, for a source without factors of its own."""
    into.connection.execute(query_text("load", "default_factors"))
    header = tuple(into.connection.view("default_factor").columns)
    stage(into, table, _texts("default_factor", header, "null", ""))
    into.files.pop(table.name)


def written(table: SchemaTable) -> SchemaTable:
    """The table as a source may write it: an empty cell of an activity kind keeps what is shipped."""
    if table.name != KINDS:
        return table
    columns = {name: replace(column, required=name == "kind") for name, column in table.columns.items()}
    return replace(table, columns=columns)


def ship_kinds(into: Stage, table: SchemaTable) -> None:
    """The default kinds of activity, overridden and added to by the rows of the source."""
    into.connection.execute(query_text("load", "default_activity_kinds"))
    into.connection.execute(query_text("load", "activity_kinds"))
    into.rows[table.name] = into.connection.execute(f"from facts.{KINDS} select count(*)").fetchall()[0][0]


def read_file(into: Stage, schema: Schema, path: Path) -> None:
    """Stage the tables of a kaptui file, lines as its source had them. KaptuiError: it is none, or busy."""
    connection = into.connection
    attach(connection, path, "original")
    found = connection.execute(
        "from duckdb_columns() select table_name, list(column_name order by column_index) "
        "where database_name = 'original' and schema_name = 'main' group by table_name"
    ).fetchall()
    present: dict[str, list[str]] = dict(found)
    if "account" not in present:
        raise KaptuiError(f"{path} is not a kaptui file: it has no table account", "make one with: kaptui load")
    files: dict[str, str] = {}
    if "source_file" in present:
        files = dict(connection.execute("from original.source_file select table_name, path").fetchall())
    for table in schema.values():
        into.step(f"reading {table.name}")
        if table.name not in present:
            stage_nothing(into, table)
            if table.name == KINDS:  # a file made before kinds were data
                ship_kinds(into, table)
            continue
        header = tuple(name for name in present[table.name] if name != "source_row")
        line = "source_row" if "source_row" in present[table.name] else "null"
        cells = _texts(f"original.main.{identifier(table.name)}", header, line, files.get(table.name, table.name))
        add_cell_errors(into, stage(into, table, cells))
    connection.execute("detach original")


def _texts(name: str, header: tuple[str, ...], line: str, file: str) -> Cells:
    """A typed table as cells, so that it is read and judged as every file is."""
    typed = frozenset(f"c{n}" for n in range(len(header)))
    cells = ", ".join(f"{identifier(column)}::varchar as c{n}" for n, column in enumerate(header))
    return Cells(f"(from {name} select {cells}, {line} as {LINE})", header, file, False, typed=typed)

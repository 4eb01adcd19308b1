"""`--mapping`: one SELECT per table over the user's own exports, run where it can read nothing else.

Every file and sheet of the source is a view of text (`views`); queries/load/mapping.sql has what reads such text.
All that is wrong in any mapping is told in one run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb

from kaptui.common.arrow_batches import ArrowError
from kaptui.common.current_folder import folder_if_any, go_back
from kaptui.common.sql import identifier, literal
from kaptui.errors import KaptuiError
from kaptui.facts.schema import Schema, SchemaTable
from kaptui.facts.statements import run_parsed
from kaptui.loading.cell_errors import add_cell_errors
from kaptui.loading.cells import LINE, Cells, column_name, findings_of
from kaptui.loading.findings import Finding, Unreadable
from kaptui.loading.mapping_text import Mapping, MappingError, mapping_text, runs_at, with_lines
from kaptui.loading.parquet import ENDINGS, typed_cells
from kaptui.loading.shipped import Exports
from kaptui.loading.source import unknown_tables
from kaptui.loading.staging import Stage, stage
from kaptui.loading.views import SOURCE_LINE, Origin, TextView, Views, style_of
from kaptui.loading.warehouse.local import LocalEngine
from kaptui.loading.warehouse.query import Query, store_piece
from kaptui.loading.warehouse.warehouses import Told, Warehouses
from kaptui.resources import query_text

GUIDE = """`kaptui load SOURCE --mapping sql/ -o FILE`: sql/account.sql is one SELECT that yields table account
`kaptui init sql/ --from SOURCE` looks at the exports and drafts these SELECTs; QUESTIONS.md there says what is open.
Every file and sheet below SOURCE is a view of text: "crm/accounts.csv", "book.xlsx/Sheet1", or its own name.
amount(x) reads a number, day_of(x) a day, as the file proves; amount(x, 'comma'), day_of(x, 'dmy') say how.
month_of('Mrz 26') reads a heading, null if it is no month; same_id(a, b) ignores zeros in front of ids.
try_amount(x), try_day_of(x) leave empty what is no number or day; what may be two things is still asked.
read_csv('x.csv') works too, by paths below SOURCE, with a warning where it guesses a number or a day.
A folder of Parquet files is a view of its own types, by its name: from ledger where year >= 2024.
`-- at: NAME` in a file: its SELECT runs where NAME.toml beside it leads, in that engine's own SQL.
NAME.toml is a profile of ADBC: profile_version = 1, driver = "postgresql", and below [Options]
uri = "postgresql://kap:{{ env_var(PW) }}@host/ledger": what comes from env_var is never told.
That needs pip install 'kaptui[warehouse]' and a driver, such as adbc-driver-postgresql, or adbc-driver-spark for
Spark Connect: driver = "spark", uri = "sc://host:15002/;token={{ env_var(TOKEN) }}", sent encrypted.
A mapping has 40 % of the memory, then room beside FILE; Ctrl+C stops it at any moment and leaves nothing behind.
A table without a mapping is read from its own file in SOURCE, else it is empty.
The columns are named as in `kaptui guide data`; all rules hold as for plain files.
Findings name file and line where a row of the result is one line of a view, else the row of the result.
"""
"""What `kaptui guide mapping` tells first."""

_RAW = "staged.mapped"
_MEMORY = "40%"
"""Of the machine's memory, for each of the two databases at work: as much together as one alone takes at most."""


def mapping_files(folder: Path, schema: Schema, stage: Stage) -> dict[str, Path]:
    """The mapping file of each table; a file for no table is a warning."""
    if not folder.is_dir():
        raise KaptuiError(f"the mapping folder {folder} does not exist", "give a folder with account.sql in it")
    files = {column_name(path.stem): path for path in sorted(folder.glob("*.sql"))}
    if not files:
        raise KaptuiError(f"{folder} holds no mapping", "write account.sql there: one SELECT over your own exports")
    unknown = {files.pop(name).name: name for name in [name for name in files if name not in schema]}
    words = "the mapping is not run", "these mappings are not run"
    stage.findings.extend(unknown_tables(folder.name, unknown, schema, words, ".sql"))
    return files


@dataclass(slots=True)
class Mappings:
    """The database that mappings run in, and the views they may read; the warehouses of those that run elsewhere.

    `told`: files of which all was said. `left_behind`: a query that nobody could stop still uses the database.
    """

    into: Stage
    reader: duckdb.DuckDBPyConnection
    views: Views
    warehouses: Warehouses
    told: set[Origin] = field(default_factory=set)
    exports: Exports | None = None
    left_behind: bool = False

    def stage(self, table: SchemaTable, path: Path) -> None:
        """Run a table's mapping and stage what it yields; what is wrong with it becomes a finding."""
        shipped = self.exports.used(table.name, path) if self.exports else None
        file = self.into.files[table.name] = shipped[0] if shipped else path.name
        try:
            text = mapping_text(path)
            if profile := runs_at(text):
                self._fetch(table, path, text, profile)
                return
            mapping = Mapping.read(text, self.reader)
            used = shipped[1] if shipped else [self.use(table, origin, name) for origin, name in self._named(mapping)]
            self._settle(used)
            text = mapping.text if shipped else self._guesses(table, path, mapping)
            try:
                self._run(table, file, text, used)
            except (duckdb.Error, ArrowError) as error:
                raise self._asked(error, used) or MappingError.of(error, self.views.nearest) from None
        except Told:
            self.into.broken.add(table.name)
        except MappingError as error:
            file = error.file or path.name
            self._broken(table, Finding("error", table.name, file, error.line, "", "", *error.words, "mapping"))
        except KaptuiError as error:
            self._broken(
                table, Finding("error", table.name, path.name, None, "", "", error.message, error.hint, "mapping")
            )

    def _fetch(self, table: SchemaTable, path: Path, text: str, profile: str) -> None:
        """Stage what a mapping yields that runs in an engine."""
        self.into.engines[table.name] = profile
        cells = self.warehouses.cells(table, path.name, text, profile, _RAW)
        self.into.results[table.name] = ""
        add_cell_errors(self.into, stage(self.into, table, cells))
        self.into.connection.execute(f"drop table {_RAW}")

    def _broken(self, table: SchemaTable, finding: Finding) -> None:
        self.into.broken.add(table.name)
        self.into.findings.append(finding)

    def _named(self, mapping: Mapping) -> list[tuple[Origin, str]]:
        """The views of texts that a mapping names; a folder of Parquet files is made a view on the way."""
        found = []
        for name in sorted(mapping.tables):
            origin = self.views.find(name)
            if origin is None:
                self._make_lake(name)
            else:
                found.append((origin, name))
        return found

    def _make_lake(self, name: str) -> None:
        try:
            self.views.lake(name)
        except duckdb.Error as error:
            raise MappingError.of(error) from None

    def use(self, table: SchemaTable, origin: Origin, name: str) -> TextView:
        """Make a view, and say once what its reader has to say."""
        try:
            view = self.views.make(origin, name)
        except Unreadable as error:
            place = f"{origin.name}:{error.line}" if error.line else origin.name
            raise MappingError(f"{place} {error.problem}", error.fix) from None
        if origin not in self.told:
            self.told.add(origin)
            remarks = view.cells.remarks
            self.into.findings.extend(findings_of(remarks, "", origin.file, view.columns, self.into.listed))
            if any(remark.rule == "ragged" for remark in remarks):
                self.into.broken.add(table.name)
        return view

    def _settle(self, used: Sequence[TextView]) -> None:
        """How the helpers read a number or a day that may be two things."""
        for macro, which in (("number_style", "numbers"), ("date_style", "days")):
            run_parsed(self.reader, f"create or replace macro {macro}() as {literal(style_of(used, which))}")

    def _guesses(self, table: SchemaTable, path: Path, mapping: Mapping) -> str:
        """The text to run. Warns of each file that DuckDB's own reader is to read and whose cells it has to guess.

        One in an encoding that it cannot read is read from a copy in UTF-8.
        """
        copies: dict[str, Path] = {}
        for text in mapping.texts:
            for origin in self.views.origins():
                typed = origin.path.suffix.lower() in ENDINGS  # nothing is guessed there, and it may be a whole lake
                if origin.sheet is None and not typed and fnmatchcase(origin.name, text.removeprefix("./")):
                    if (copy := self.views.utf8(origin)) and origin.name == text.removeprefix("./"):
                        copies[text] = copy
                    self._warn(table, path, mapping, origin)
        return mapping.rewritten(copies)

    def _warn(self, table: SchemaTable, path: Path, mapping: Mapping, origin: Origin) -> None:
        try:
            view = self.views.view(origin)
        except Unreadable:
            return  # DuckDB's own words follow
        for remark in view.cells.remarks:
            if origin not in self.told and remark.rule == "encoding":
                self.into.findings.append(remark.finding("", origin.file, view.columns))
        self.told.add(origin)
        if "all_varchar" in mapping.text.lower():
            return
        for column, style in [*view.numbers.items(), *view.days.items()]:
            if style.doubt or style.name in {"comma", "dmy", "mdy"}:
                call = f'{"amount" if column in view.numbers else "day_of"}({identifier(column)}) from "{origin.name}"'
                place, value = self.views.doubt(view, column)
                problem = f"read_csv guesses what this is, in line {place} of {origin.name}"
                self.into.findings.append(
                    Finding("warning", table.name, path.name, None, column, value, problem, f"write {call}", "mapping")
                )

    def _run(self, table: SchemaTable, file: str, text: str, used: Sequence[TextView]) -> None:
        """Stage the rows of a mapping, with the lines of the source where each row comes from one line of one file."""
        names = {name for view in used for name in self.views.names(view.origin)} | set(self.exports or ())
        lined = with_lines(self.reader, text, names)
        relation = self.reader.sql(lined or text)
        fields = [each for each in zip(relation.columns, relation.types, strict=True) if each[0] != SOURCE_LINE]
        columns = tuple(name for name, _ in fields)
        typed = typed_cells(kind for _, kind in fields)
        has_lines = len(columns) < len(relation.columns)
        cells = [f"{identifier(name)}::varchar as c{n}" for n, name in enumerate(columns)]
        cells += [f"{identifier(SOURCE_LINE)} as {LINE}"] if has_lines else []
        self._copy(table, lined or text, cells)
        cells_read = Cells(_RAW, columns, file, not has_lines, 1, typed=typed)
        self.into.results[table.name] = used[0].origin.file if has_lines else ""
        add_cell_errors(self.into, stage(self.into, table, cells_read))
        self.into.connection.execute(f"drop table {_RAW}")

    def _copy(self, table: SchemaTable, text: str, cells: Sequence[str]) -> None:
        """Store the rows of a SELECT as these texts; it runs beside, so that Ctrl+C stops it as one in a warehouse."""
        rows = 0
        query = Query(LocalEngine(self.reader), text, lambda _: None)
        try:
            with query:
                pieces = iter(query)
                store_piece(self.into.connection, next(pieces), cells, f"create or replace table {_RAW} as")
                for piece in pieces:
                    store_piece(self.into.connection, piece, cells, f"insert into {_RAW}")
                    rows += piece.rows
                    self.into.still(f"reading {table.name}: {rows:,} rows")
        finally:
            self.left_behind |= query.left_behind

    def _asked(self, error: Exception, used: Sequence[TextView]) -> MappingError | None:
        """What a helper asks about a cell, with the place where it stands."""
        found = re.search(r'kaptui asks: "(.*?)" (may be .*? which|is not a [a-z0-9 ]*)', str(error), re.DOTALL)
        if found is None:
            return None
        value, problem = found[1], found[2]
        where = self.views.find_value(value, used)
        place = f"{where[0].origin.file}:{where[1]} {where[2]} " if where else ""
        helper = "try_day_of" if "date" in problem else "try_amount"
        fix = f"correct the cell, or write {helper}(column) where it may stay empty"
        if "settles" in problem:
            fix = "write amount(column, 'comma') or amount(column, 'point')"
            if "day" in problem:
                fix = "write day_of(column, 'dmy') or day_of(column, 'mdy')"
        return MappingError(f'{place}"{value}" {problem}', fix)


@contextmanager
def mappings(into: Stage, source: Path, folder: Path) -> Iterator[Mappings]:
    """A database that reads files below `source` only, and copies of them; relative paths start there.

    `folder` is that of the user's mapping, the last of several, with the profiles of its warehouses.
    """
    work = into.work / "views"
    reader = duckdb.connect(config={"python_enable_replacements": False})
    into.stoppable.append(reader)
    into.connection.execute(f"set memory_limit = '{_MEMORY}'")
    before = folder_if_any()
    views = Views(source, work, into.connection, reader)
    warehouses = Warehouses(into, folder)
    run = Mappings(into, reader, views, warehouses)
    try:
        reader.execute("set enable_progress_bar = false; set autoinstall_known_extensions = false")
        for name in ("cast", "profile"):
            run_parsed(reader, query_text("load", name))
        run_parsed(reader, "create macro number_style() as ''; create macro date_style() as ''")
        for name in ("mapping", "names"):
            run_parsed(reader, query_text("load", name))
        folders = [str(folder) + os.sep for folder in ([source] if source.is_dir() else []) + [work]]
        reader.execute(f"set memory_limit = '{_MEMORY}'")
        reader.execute(f"set temp_directory = {literal(str(into.work / 'mapping-spill'))}")
        reader.execute(f"set allowed_directories = [{', '.join(map(literal, folders))}]")
        if source.is_file() and source.suffix.lower() == ".parquet":
            reader.execute(f"set allowed_paths = [{literal(str(source))}]")
        reader.execute("set enable_external_access = false; set lock_configuration = true")
        if source.is_dir():
            os.chdir(source)
        yield run
    finally:
        go_back(before)
        warehouses.close()
        views.close()
        into.stoppable.remove(reader)
        into.connection.execute("reset memory_limit")
        if not run.left_behind:
            reader.close()

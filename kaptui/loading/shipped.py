"""Mappings that kaptui ships, by name: `salesforce` for what its Data Loader exports.

A shipped mapping is a folder of queries/mappings: one SELECT per table as in a mapping of one's own, and in `exports/`
what it expects. There `fields.sql` lists objects and fields, `terms.sql` and `known.sql` what the SELECTs share,
`notices.sql` what one should know, `meant_ids.sql` how ids of other files meet. An object that was not exported is an
empty table, a field that was not is null: both are told. A table of the company's own stands beside as `own.<table>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from kaptui.common.sql import identifier, literal
from kaptui.facts.schema import Schema, SchemaTable
from kaptui.loading.cells import known_name
from kaptui.loading.findings import Finding, Severity, Unreadable
from kaptui.loading.mapping_text import MappingError
from kaptui.loading.source import Source
from kaptui.loading.staging import Stage
from kaptui.loading.text_file import table_stem
from kaptui.loading.views import SOURCE_LINE, Origin, TextView, Views, numbered
from kaptui.resources import SHIPPED_MAPPINGS, mapping_dir, query_text

_AROUND = re.compile(r"extract|export|[^a-z]")
"""What a file's name may say beside the object: Data Loader proposes extract, and a nightly job adds the day."""
_ID = re.compile(r"Id$|_id$|^reports_to$")
"""Fields and columns that hold an id."""
_CUSTOM = "__c"
_NAMED = 5
"""So many fields or ids are named in a notice."""


SHIPPED_GUIDE = """Each export is called as its object: Account.csv; case, a day and the word extract do not matter.
Any object or field may be missing: a notice says what is not known without it.
The accounts of the export are the key accounts; what belongs to none of them is left out, as what was deleted is.
Files of your own lie beside: ledger, scores and sponsors by the names of tables.
person, stakeholder, activity, activity_kind, action (.csv) add to the CRM by id; cells that they fill go first.
account, plan, objective (.csv) of your own stand alone: the exports of these are not read then.
Other files of your own: a second --mapping FOLDER goes before the shipped one, table by table.
Inside it an export is a table: select Id, Name from salesforce.Account
Ids of 15 and 18 letters meet; in files of your own also the AccountNumber of an account.
Fields that are read; those that end in __c are your own, and read if there are any of that name:
"""
"""What `kaptui guide mapping` tells of them."""

_TABLE = re.compile(r"create table \w+\.(\w+) \(([^)]*)\)")


def guide_lines(name: str) -> Iterator[str]:
    """What the guide tells of a shipped mapping, with the fields of every object."""
    yield from SHIPPED_GUIDE.strip().splitlines()
    text = (mapping_dir(name) / "exports" / "fields.sql").read_text(encoding="utf-8")
    for table, columns in _TABLE.findall(text):
        fields = [column.split()[0] for column in columns.split(",")]
        yield f"  {table}: {', '.join(fields)}"


def shipped_name(folder: Path) -> str:
    """The name of the shipped mapping that a folder is; empty for one's own."""
    return folder.name if folder.name in SHIPPED_MAPPINGS and folder == mapping_dir(folder.name) else ""


@dataclass(frozen=True, slots=True)
class _Object:
    """An object of the CRM: its fields, those it must have, the tables it feeds; `without`: what is not known then."""

    name: str
    fields: tuple[str, ...]
    needed: tuple[str, ...]
    feeds: tuple[str, ...]
    without: str
    without_field: Mapping[str, str]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


@dataclass(slots=True)
class Exports:
    """The exports of a source that a shipped mapping reads.

    `reader` is the database of the mappings; `use` makes a view there and says what its reader has to say, `told` are
    the files of which that was said. `there`: the exported objects; `own`: tables that the company's own files hold
    alone; `beside`: those to which they add, with the file.
    """

    name: str
    into: Stage
    reader: duckdb.DuckDBPyConnection
    views: Views
    use: Callable[[SchemaTable, Origin, str], TextView]
    told: set[Origin]
    objects: Mapping[str, _Object] = field(default_factory=dict)
    there: dict[str, TextView] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    beside: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        """The objects that were exported."""
        return iter(self.there)

    @property
    def folder(self) -> Path:
        """Where its SELECTs lie."""
        return mapping_dir(self.name)

    def open(self, schema: Schema, source: Source, files: Mapping[str, Path]) -> None:
        """Find the exports, make their tables, and tell what is missing. `files`: the mapping file of each table."""
        reader = self.reader
        for name in ("terms", "fields"):
            reader.execute(self._text(name))
        reader.execute(query_text("load", "default_activity_kinds") + "create schema own;")
        self.objects = _objects(reader, self.name)
        shipped = {table for table, path in files.items() if path.parent == self.folder}
        found = self._found()
        self._own_tables(schema, source, shipped, found)
        for each in self.objects.values():
            self._make(schema, each, found.get(each.name, []))
        reader.execute(self._text("known"))
        self.into.findings.extend(self._notices())

    def reads(self, table: str, path: Path) -> bool:
        """Whether the shipped SELECT of a table has anything to read; else the table is read as any other."""
        if path.parent != self.folder:
            return True
        return table not in self.own and bool(self._feeding(table) or table in self.beside)

    def merges(self, table: str) -> bool:
        """Whether the rows of a table come from exports and from a file of the company's own, read there."""
        return table in self.beside

    def used(self, table: str, path: Path) -> tuple[str, list[TextView]] | None:
        """What a shipped SELECT reads: the files as findings name them, and views; None for a mapping of one's own."""
        if path.parent != self.folder:
            return None
        names = [view.origin.file for view in self._feeding(table)] + [self.beside.get(table, "")]
        return " and ".join(filter(None, names)) or path.name, self._feeding(table)

    def meet(self, into: Stage, schema: Schema) -> None:
        """Bring the ids that the company's own files write otherwise to those of the CRM, and tell it."""
        connection = into.connection
        connection.execute("use facts;" + self._text("terms") + self._text("meant_ids"))
        for table, column, owner in connection.execute("from staged.naming_column").fetchall():
            if into.rows.get(table):
                self._meet(into, table, column, owner, schema[owner].keys[0][0])
        connection.execute("drop table staged.naming_column; drop table staged.meant_id")

    def _meet(self, into: Stage, table: str, column: str, owner: str, key: str) -> None:
        here, cell = identifier(table), identifier(column)
        connection = into.connection
        connection.execute(
            f"create or replace temp table other_id as from {here} select distinct {cell} as cell "
            f"where {cell} not in (select {key} from {identifier(owner)} where {key} is not null)"
        )
        if not connection.execute("from other_id limit 1").fetchall():
            return
        pairs = connection.execute(
            "from other_id as o join staged.meant_id as m on m.owner = ? and m.written in (crm_id(o.cell), "
            "bare_number(o.cell)) select o.cell, any_value(m.id) group by o.cell having count(distinct m.id) = 1 "
            "order by o.cell",
            [owner],
        ).fetchall()
        if not pairs:
            return
        meant = f"map {{{', '.join(f'{literal(cell)}: {literal(id)}' for cell, id in pairs)}}}"
        rows = connection.execute(
            f"update staged.{here} set {cell} = {meant}[{cell}] where {meant}[{cell}] is not null"
        ).fetchall()[0][0]
        first = ", ".join(f"{cell} is {id}" for cell, id in pairs[:_NAMED])
        more = f" and {len(pairs) - _NAMED:,} more" if len(pairs) > _NAMED else ""
        told = f"ids meet: {first}{more}, in {rows:,} row{'s' if rows != 1 else ''}"
        file = into.files.get(table, table)
        into.findings.append(Finding("notice", table, file, None, column, "", told, "", "ids"))

    def _text(self, name: str) -> str:
        return (self.folder / "exports" / f"{name}.sql").read_text(encoding="utf-8")

    def _feeding(self, table: str) -> list[TextView]:
        return [view for name, view in self.there.items() if table in self.objects[name].feeds]

    def _tell(self, severity: Severity, file: str, column: str, problem: str, fix: str = "") -> None:
        self.into.findings.append(Finding(severity, "", file, None, column, "", problem, fix, "export"))

    def _found(self) -> dict[str, list[Origin]]:
        """The files and sheets whose name is that of an object."""
        words = {each.name.lower(): each.name for each in self.objects.values()}
        found: dict[str, list[Origin]] = {}
        for origin in self.views.origins():
            stem = origin.sheet or table_stem(origin.path)
            word = _AROUND.sub("", stem.lower())
            if name := words.get(word) or words.get(word.removesuffix("s")):
                found.setdefault(name, []).append(origin)
        return found

    def _own_tables(
        self, schema: Schema, source: Source, shipped: Iterable[str], found: dict[str, list[Origin]]
    ) -> None:
        """A table `own.<table>` for each that the mapping yields, with what a file of the company's own says."""
        reader, views = self.reader, self.views
        texts = {table: (self.folder / f"{table}.sql").read_text(encoding="utf-8") for table in shipped}
        for table in sorted(path.stem for path in self.folder.glob("*.sql")):
            columns = schema[table].columns
            name = f"own.{identifier(table)}"
            reader.execute(f"create table {name} ({', '.join(f'{identifier(one)} varchar' for one in columns)})")
            origin = next((one for one in views.origins() if _is_own(source, table, one)), None)
            if origin is None:
                continue
            view = self._view(origin)
            if view is None:  # its reading says why
                self._goes_beside(table, origin, texts)
                continue
            known = {known_name(text, columns): text for text in reversed(view.columns)}
            if schema[table].keys[0][0] not in known:
                continue  # an export of an object that is called as the table is
            for some in found.values():
                if origin in some:
                    some.remove(origin)
            cells = [_cell(one, known.get(one)) for one in columns]
            self.told.add(origin)  # the reading of the table says it
            views.make(origin, origin.name)
            reader.execute(f"insert into {name} from {identifier(origin.name)} select {', '.join(cells)}")
            self._goes_beside(table, origin, texts)

    def _goes_beside(self, table: str, origin: Origin, texts: Mapping[str, str]) -> None:
        """A file of the company's own adds to the exports where the SELECT of its table reads it, else stands alone."""
        if f"own.{table} " in texts.get(table, "").replace("\n", " "):
            self.beside[table] = origin.file
        else:
            self.own.add(table)

    def _view(self, origin: Origin) -> TextView | None:
        with suppress(Unreadable):  # told where it is read
            return self.views.view(origin)
        return None

    def _make(self, schema: Schema, each: _Object, origins: Sequence[Origin]) -> None:
        """The table of an object, from its export; tells what is not there."""
        if self.own.issuperset(each.feeds):
            for origin in origins:
                self._tell("notice", origin.file, "", f"is not read: {', '.join(each.feeds)} is in a file of your own")
            return
        fit = []
        for origin in origins:
            view = self._view(origin)
            names = {name.casefold() for name in view.columns} if view else set()
            lacking = [name for name in each.needed if view and name.casefold() not in names]
            if lacking:
                self._tell("warning", origin.file, "", f"is no export of {each.name}: it has no field {lacking[0]}")
            else:
                fit.append(origin)
        if len(fit) > 1:
            problem = f"{' and '.join(origin.file for origin in fit)} are all exports of {each.name}"
            self._broken(each, Finding("error", "", fit[0].file, None, "", "", problem, "keep one of them", "export"))
            return
        if not fit:
            self._tell("notice", each.file, "", f"is not there: {each.without}")
            return
        try:
            view = self.use(schema[each.feeds[0]], fit[0], fit[0].name)
        except MappingError as error:
            self._broken(each, Finding("error", "", fit[0].file, None, "", "", *error.words, "export"))
            return
        self.there[each.name] = view
        self._make_views(each, view)

    def _make_views(self, each: _Object, view: TextView) -> None:
        """The table of an export with its lines, and the view without; tells what of it is not there, or not read."""
        there = {name.casefold() for name in view.columns}
        absent = [name for name in each.fields if name.casefold() not in there]
        cells = [_cell(name, None if name in absent else name) for name in each.fields]
        table, file = f"{identifier(self.name)}.{identifier(numbered(each.name))}", view.origin.name
        place = f"{identifier(self.name)}.{identifier(each.name)}"
        self.reader.execute(
            f"create table {table} as from {identifier(numbered(file))} select {', '.join(cells)}, "
            f"{identifier(SOURCE_LINE)}; drop table {place};"
            f"create view {place} as from {table} select * exclude ({identifier(SOURCE_LINE)})"
        )
        for column in absent:
            if lost := each.without_field.get(column, ""):
                self._tell("notice", view.origin.file, column, f"is not in the export: {lost}")
        known = {name.casefold(): name for name in each.fields}
        custom = [name for name in view.columns if name.casefold().endswith(_CUSTOM)]
        if taken := [name for name in custom if name.casefold() in known]:
            self._tell("notice", view.origin.file, "", f"fields of your own that are read: {', '.join(taken)}")
        if other := [name for name in custom if name.casefold() not in known]:
            more = f" and {len(other) - _NAMED:,} more" if len(other) > _NAMED else ""
            problem = f"fields of your own that are not read: {', '.join(other[:_NAMED])}{more}"
            self._tell("notice", view.origin.file, "", problem, "a mapping of your own may read them")

    def _broken(self, each: _Object, finding: Finding) -> None:
        self.into.broken.update(each.feeds)
        self.into.findings.append(finding)

    def _notices(self) -> Iterator[Finding]:
        """What of the exports is left out, or taken in a way that one should know."""
        names = {each.name.lower(): each.name for each in self.objects.values()}
        for name, rows, problem, fix in self.reader.execute(self._text("notices")).fetchall():
            view = self.there.get(names[name])
            file = view.origin.file if view else self.objects[names[name]].file
            words = f"{rows:,} record{'s' if rows != 1 else ''} {problem}"
            yield Finding("notice", "", file, None, "", "", words, fix, "export")


def _cell(name: str, column: str | None) -> str:
    """A field of an export, or a column of a file: an id in its 18 letters, null where it is not there."""
    if column is None:
        return f"null::varchar as {identifier(name)}"
    cell = identifier(column)
    return f"{f'crm_id({cell})' if _ID.search(name) else cell} as {identifier(name)}"


def _is_own(source: Source, table: str, origin: Origin) -> bool:
    """Whether a file or sheet is what a source is recognised to hold a table in."""
    if origin.sheet is not None:
        return source.sheets.get(table) == origin.sheet
    return source.files.get(table) == origin.path


def _objects(reader: duckdb.DuckDBPyConnection, schema: str) -> dict[str, _Object]:
    """The objects that fields.sql lists."""
    rows = reader.execute(
        "from duckdb_columns() as c join duckdb_tables() as t using (schema_name, table_name) "
        "select table_name, t.comment, list(column_name order by column_index), "
        "list(column_name order by column_index) filter (not is_nullable), "
        "map_from_entries(list((column_name, c.comment)) filter (c.comment is not null)) "
        "where schema_name = ? group by table_name, t.comment, t.table_oid order by t.table_oid",
        [schema],
    ).fetchall()
    return {
        name: _Object(name, tuple(fields), tuple(needed), tuple(feeds.split(", ")), without, lost or {})
        for name, comment, fields, needed, lost in rows
        for feeds, without in [comment.split(" | ")]
    }

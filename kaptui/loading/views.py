"""Inside a mapping every file and sheet below SOURCE is a view of text, read as a source's own files are.

A folder of Parquet files is a view of its own types instead: what is so long is asked for where it lies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from kaptui.common.did_you_mean import nearest
from kaptui.common.sql import identifier, literal
from kaptui.errors import KaptuiError
from kaptui.loading import delimited, parquet
from kaptui.loading.casting import Style
from kaptui.loading.cells import LINE, NUMBER, WORKBOOKS, Cells, Remark, shown_name
from kaptui.loading.column_styles import column_styles
from kaptui.loading.findings import Unreadable
from kaptui.loading.staging import repeats_header
from kaptui.loading.text_file import is_text, open_text, table_stem

if TYPE_CHECKING:
    from kaptui.loading.workbook import Book

SOURCE_LINE = "line of the source"
"""The column that the numbered twin of a view has beside the view's own."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A file, or a sheet of a workbook, and the name that always means it."""

    path: Path
    name: str
    sheet: str | None = None

    @property
    def file(self) -> str:
        """As findings name it."""
        return self.name if self.sheet is None else f"{self.name.removesuffix(f'/{self.sheet}')}, sheet {self.sheet}"


@dataclass(frozen=True, slots=True)
class TextView:
    """A view that was made: its cells, its columns' names, and how each column that leaves a doubt is written."""

    origin: Origin
    cells: Cells
    columns: tuple[str, ...]
    numbers: Mapping[str, Style]
    days: Mapping[str, Style]


@dataclass(slots=True)
class Views:
    """The views of a source, each made when it is first named.

    `work` is a folder for copies; `scan` a database with the macros that read cells; `reader` the one that mappings
    run in, where the views are made.
    """

    source: Path
    work: Path
    scan: duckdb.DuckDBPyConnection
    reader: duckdb.DuckDBPyConnection
    made: dict[Origin, TextView] = field(default_factory=dict)
    _named: dict[str, list[Origin]] = field(default_factory=lambda: defaultdict(list))
    _books: dict[Path, Book] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for origin in self._origins():
            for name in _names(origin):
                if origin not in self._named[name.casefold()]:
                    self._named[name.casefold()].append(origin)

    def close(self) -> None:
        """Let go of the workbooks."""
        for book in self._books.values():
            book.close()

    def find(self, name: str) -> Origin | None:
        """What a name in a mapping means; None where it is no view's. KaptuiError where it may mean several."""
        found = self._named.get(name.casefold(), [])
        if len(found) > 1:
            raise KaptuiError(f'"{name}" may be any of {", ".join(whole_names(found))}', "write one of these names")
        return found[0] if found else None

    def nearest(self, name: str) -> str:
        """The name of a view that may be meant, or of all of them."""
        guess = nearest(name.casefold(), list(self._named))
        if guess:
            found = self._named[guess]
            plain = next(plain for plain in _names(found[0]) if plain.casefold() == guess)
            return f"did you mean {identifier(plain) if len(found) == 1 else ' or '.join(whole_names(found))}?"
        whole = [origin.name for origin in self.origins()]
        return f"views: {', '.join(whole[:20])}{', ...' if len(whole) > 20 else ''}"

    def make(self, origin: Origin, name: str) -> TextView:
        """Make the view `name`, and its numbered twin. Raises Unreadable for a file that cannot be read."""
        view = self.view(origin)
        cells = view.cells
        shown = [f"{_shown(f'c{n}', cells.marked)} as {identifier(column)}" for n, column in enumerate(view.columns)]
        facts = f"not coalesce({_repeated(cells)}, false)"
        line = f"row_number() over () + {cells.first_line - 1}" if cells.counted else LINE
        rows = f"(from {cells.rows} select *, {line} as {identifier(SOURCE_LINE)})" if cells.counted else cells.rows
        select = f"select {', '.join(shown)}"
        place = identifier(SOURCE_LINE)
        with_line = f"{select}, {place if cells.counted else LINE} as {place} from {rows} where {facts}"
        self.reader.execute(
            f"create or replace view {identifier(name)} as {select} from {cells.rows} where {facts};"
            f"create or replace view {identifier(numbered(name))} as {with_line}"
        )
        return view

    def view(self, origin: Origin) -> TextView:
        """The view of a file or sheet, with the styles of its columns."""
        if origin not in self.made:
            if self._leads_out(origin.path):
                raise Unreadable("is a link to what lies outside SOURCE", "copy the file into SOURCE")
            is_parquet = origin.path.suffix.lower() in parquet.ENDINGS
            with parquet.damage_told() if is_parquet else nullcontext():
                cells = self._cells(origin)
                names = tuple(_columns(cells.header))
                styles = column_styles(self.scan, cells, names)
                self.made[origin] = TextView(origin, self._without_repeats(cells), names, *styles)
        return self.made[origin]

    def lake(self, name: str) -> bool:
        """Make a folder of Parquet files the view of its name, typed as they are; False where it is none.

        All below it is one table, and `year=2026` in a folder's name a column. DuckDB reads what the SELECT needs.
        """
        folder = self.source / name
        inside = self.source.is_dir() and self.source in folder.parents and ".." not in folder.parts
        if not inside or any(sign in name for sign in "*?[") or not folder.is_dir():
            return False
        if next(folder.rglob("*.parquet"), None) is None:
            return False
        files = literal(f"{folder}/**/*.parquet")
        self.reader.execute(
            f"create or replace view {identifier(name)} as "
            f"from read_parquet({files}, hive_partitioning = true, union_by_name = true)"
        )
        return True

    def utf8(self, origin: Origin) -> Path | None:
        """A copy of a text file that DuckDB can read, where the file itself is in an encoding that it cannot."""
        if origin.sheet is not None or not is_text(origin.path) or self._leads_out(origin.path):
            return None
        with suppress(Unreadable):
            text = open_text(origin.path, self._copy(origin).with_suffix(".utf8"))
            return text.path if text.path != origin.path and origin.path.suffix.lower() != ".gz" else None
        return None

    def origins(self) -> list[Origin]:
        """All files and sheets, by name."""
        return sorted(self._all(), key=lambda origin: origin.name)

    def names(self, origin: Origin) -> list[str]:
        """The names that mean this file or sheet and no other."""
        return [name for name in _names(origin) if len(self._named[name.casefold()]) == 1]

    def doubt(self, view: TextView, column: str) -> tuple[int, str]:
        """Line and text of the first cell of a column that may be two things."""
        cells, cell = view.cells, f"c{view.columns.index(column)}"
        line = f"row_number() over () + {cells.first_line - 1}" if cells.counted else LINE
        doubt = f"either_comma({cell}) or either_point({cell}) or slashed({cell})"
        rows = self.scan.execute(
            f"from (from {cells.rows} select {line} as place, {cell}) select place::integer, {cell} where {doubt} "
            "order by place limit 1"
        ).fetchall()
        return rows[0]

    def find_value(self, value: str, views: Sequence[TextView]) -> tuple[TextView, int, str] | None:
        """The first place where a cell says this: view, line, column."""
        for view in views:
            cells = view.cells
            line = f"row_number() over () + {cells.first_line - 1}" if cells.counted else LINE
            for n, column in enumerate(view.columns):
                shown = _shown(f"c{n}", cells.marked)
                found = self.scan.execute(
                    f"from (from {cells.rows} select {line} as place, {shown} as cell) "
                    "select min(place)::integer where cell = ?",
                    [value],
                ).fetchone()
                if found and found[0] is not None:
                    return view, found[0], column
        return None

    def _origins(self) -> Iterator[Origin]:
        paths = [self.source] if self.source.is_file() else sorted(self.source.rglob("*"))
        for path in paths:
            inside = path.relative_to(self.source if self.source.is_dir() else self.source.parent)
            if any(part.startswith((".", "~")) for part in inside.parts) or not path.is_file():
                continue
            name = inside.as_posix()
            if path.suffix.lower() in WORKBOOKS and self._leads_out(path):
                yield Origin(path, name)
            elif path.suffix.lower() in WORKBOOKS:
                from kaptui.loading.workbook import Book

                with suppress(KaptuiError):  # one that no mapping names may be damaged
                    self._books[path] = Book(path)
                    yield from (Origin(path, f"{name}/{sheet}", sheet) for sheet in self._books[path].sheets)
            elif is_text(path) or path.suffix.lower() in parquet.ENDINGS:
                yield Origin(path, name)

    def _leads_out(self, path: Path) -> bool:
        """Whether a path of the source is a link, or lies behind one, that leads somewhere else."""
        return path != self.source and not path.resolve().is_relative_to(self.source.resolve())

    def _copy(self, origin: Origin) -> Path:
        self.work.mkdir(exist_ok=True)
        return self.work / f"{self.origins().index(origin)}.csv"

    def _all(self) -> set[Origin]:
        return {origin for origins in self._named.values() for origin in origins}

    def _cells(self, origin: Origin) -> Cells:
        copy = self._copy(origin)
        if origin.sheet is not None:
            return self._books[origin.path].cells(origin.sheet, copy, ())
        if origin.path.suffix.lower() in parquet.ENDINGS:
            return parquet.parquet_cells(self.scan, origin.path)
        text = open_text(origin.path, copy.with_suffix(".utf8"))
        form = delimited.find_format(text, ())
        cells = delimited.readable_in_place(text, form, origin.file)
        if cells is not None:
            with suppress(duckdb.InvalidInputException):
                rows = self.scan.execute(f"from {cells.rows} select count(*)").fetchall()[0][0]
                if rows == cells.expected:
                    return cells
        return delimited.whole_copy(text, form, origin.file, copy)

    def _without_repeats(self, cells: Cells) -> Cells:
        """The cells, with a remark where the view leaves out rows that say the header once more."""
        count = self.scan.execute(f"from {cells.rows} select count(*) where {_repeated(cells)}").fetchall()[0][0]
        if not count:
            return cells
        problem = (
            f"{count:,} line{'s repeat' if count > 1 else ' repeats'} the header and {'are' if count > 1 else 'is'}"
        )
        told = Remark("warning", f"{problem} left out", "", "header")
        return replace(cells, remarks=(*cells.remarks, told))


def whole_names(origins: Sequence[Origin]) -> list[str]:
    """The names that always mean these files, as a mapping writes them."""
    return [identifier(origin.name) for origin in origins]


def numbered(name: str) -> str:
    """The name of a view's twin that has the lines of the source."""
    return f"{name} with lines"


def style_of(views: Sequence[TextView], which: str) -> str:
    """The one style that the columns of these views settle on ("numbers" or "days"), else nothing."""
    found = {(style.name, style.doubt) for view in views for style in getattr(view, which).values()}
    name, doubt = found.pop() if len(found) == 1 else ("", "")
    return "" if doubt else name


def _names(origin: Origin) -> list[str]:
    """The names of a view, the whole one first."""
    path = origin.path
    if origin.sheet is not None:
        return [origin.name, f"{path.name}/{origin.sheet}", origin.sheet]
    return [origin.name, path.name, table_stem(path)]


def _repeated(cells: Cells) -> str:
    """The condition that a row says the header once more."""
    columns = [f"c{n}" for n, text in enumerate(cells.header) if text.strip()]
    return repeats_header(cells, columns) if len(columns) > 1 else "false"


def _columns(header: tuple[str, ...]) -> Iterator[str]:
    """A name for every column: its header in one line, `column3` where that is empty, `_1` added where it is taken."""
    taken: set[str] = set()
    for place, text in enumerate(header, start=1):
        first = name = shown_name(text) or f"column{place}"
        more = 0
        while name.casefold() in taken:
            more += 1
            name = f"{first}_{more}"
        taken.add(name.casefold())
        yield name


def _shown(cell: str, marked: bool) -> str:
    """A cell as a mapping sees it: the text in it, null where it is empty; no number of a workbook leaves a doubt."""
    if marked:
        number = f"replace({cell}, '{NUMBER}', if({cell} like '%.___{NUMBER}', '0', ''))"
        return f"nullif(trim(if(ends_with({cell}, '{NUMBER}'), {number}, {cell})), '')"
    return f"nullif(trim({cell}), '')"

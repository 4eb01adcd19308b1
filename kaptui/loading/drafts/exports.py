"""What stands in an export: its columns, what their cells look like, and the title above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from kaptui.common.sql import identifier
from kaptui.loading.drafts.words import plain
from kaptui.loading.findings import Unreadable
from kaptui.loading.views import SOURCE_LINE, Origin, TextView, Views, numbered
from kaptui.resources import query_text

_COLUMNS = 100
"""So many columns of an export are looked at, beside those that are headed by months."""
_VERY_WIDE = 500
_OF_VERY_WIDE = 20
"""So many of an export with more than that: each look at a view costs by its width."""
_LEDGER = 3
"""So many columns that are headed by months are a ledger."""


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's text, in how many rows it stands, and the first line."""

    text: str
    rows: int
    line: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A column of sums that says something else than the months: in how many of its rows, and the first of them.

    `says` and `months` are in the unit of the export, whatever its title says; two digits.
    """

    column: str
    rows: int
    of: int
    line: int
    says: Decimal
    months: Decimal


Judged = tuple[int, int, int, int, int, tuple[Value, ...]]
"""What a `Column` says, from `filled` to `values`."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: how many cells are filled, different, days, months or numbers; its commonest values."""

    name: str
    filled: int
    distinct: int
    days: int
    months: int
    numbers: int
    values: tuple[Value, ...]
    doubtful: bool = False

    @property
    def unique(self) -> bool:
        """No value stands twice."""
        return self.filled > 0 and self.distinct == self.filled

    def first_of(self, texts: Sequence[str]) -> Value:
        """The first cell that says one of these, or that holds anything."""
        some = [value for value in self.values if value.text in texts] or self.values
        return min(some, key=lambda value: value.line, default=Value("", 0, 0))


_NOTHING: Judged = (0, 0, 0, 0, 0, ())


@dataclass(frozen=True, slots=True)
class Export:
    """A file or sheet: `months` are its columns that are headed by one, `title` what stands above the header.

    `lossy`: its reader had to guess the encoding. `total`: the sum of what stands below months. `doubtful`: months with
    numbers like 12.500 that no cell settles. `contradictions`: columns of sums that the months do not come to.
    """

    origin: Origin
    rows: int
    columns: dict[str, Column]
    months: tuple[str, ...]
    title: str
    lossy: bool
    total: Decimal | None = None
    doubtful: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def name(self) -> str:
        """As SQL names it."""
        return identifier(self.origin.name)

    @property
    def words(self) -> str:
        """File and sheet name as plain words."""
        return plain(self.origin.name.rsplit(".", 1)[0] if self.origin.sheet is None else self.origin.name)

    @property
    def shape(self) -> tuple[str, ...]:
        """Its headings, to tell exports of the same kind."""
        return (*self.columns, *self.months)


def look(views: Views) -> Iterator[Export | tuple[Origin, Unreadable]]:
    """Every file and sheet below the source; what cannot be read comes with the reason."""
    made: list[TextView] = []
    for origin in views.origins():
        try:
            made.append(views.make(origin, origin.name))
        except Unreadable as error:
            yield origin, error
    months = _months(views.reader, [name for view in made for name in view.columns])
    _read_values(views.reader, made, months)
    judged = _judged(views.reader)
    for place, view in enumerate(made):
        doubtful = {name for styles in (view.numbers, view.days) for name, style in styles.items() if style.doubt}
        named = _named_by_months(view, months)
        columns = {
            name: Column(name, *judged.get((place, at), _NOTHING), name in doubtful)
            for at, name in _others(view, named)
        }
        rows = views.reader.execute(f"select count(*) from {identifier(view.origin.name)}").fetchall()[0][0]
        remarks = view.cells.remarks
        title = " ".join(remark.value for remark in remarks if remark.rule == "header")
        lossy = any(remark.rule == "encoding" for remark in remarks)
        yield Export(
            view.origin,
            rows,
            columns,
            named,
            title,
            lossy,
            _total(views.reader, view, named),
            tuple(sorted(doubtful & {*named})),
            tuple(_contradictions(views.reader, view, named)),
        )


def _total(reader: duckdb.DuckDBPyConnection, view: TextView, months: tuple[str, ...]) -> Decimal | None:
    """The sum of all cells below months."""
    if not months:
        return None
    style = _style(view)
    columns = ", ".join(map(identifier, months))
    found: Decimal | None = reader.execute(
        f"select sum(coalesce(amount_read(cell, '{style}'), amount_read(cell, 'comma')))::decimal(28, 2) "
        f"from (unpivot (select {columns} from {identifier(view.origin.name)}) on * into name month value cell)"
    ).fetchall()[0][0]
    return found


def _style(view: TextView) -> str:
    return "comma" if any(style.name == "comma" for style in view.numbers.values()) else "point"


def _contradictions(
    reader: duckdb.DuckDBPyConnection, view: TextView, months: tuple[str, ...]
) -> Iterator[Contradiction]:
    """The columns of sums beside months (of all of them, or of the year in their heading) that say something else."""
    others = [name for name in view.columns if name not in months] if months else []
    asked = "select name, sum_year(name) from (select unnest(?::varchar[]) as name) where is_sum(name)"
    for name, year in reader.execute(asked, [others]).fetchall():
        summed = [month for month in months if not year or _year_of(reader, month) == year]
        if not summed:
            continue
        cells, line = ", ".join(map(identifier, summed)), identifier(SOURCE_LINE)
        rows, of, first = reader.execute(
            f"from (from {identifier(numbered(view.origin.name))} select {line} as line, {identifier(name)} as cell, "
            f"number_read(cell, $1) as says, sum_read([{cells}], $1) as months, "
            f"differs(cell, says, months, {len(summed)}) as differs) "
            "select count(*) filter (differs), count(*) filter (says is not null), "
            "min_by({'line': line, 'says': says, 'months': months}, line) filter (differs)",
            [_style(view)],
        ).fetchall()[0]
        if rows:
            yield Contradiction(name, rows, of, first["line"], first["says"], first["months"])


def _year_of(reader: duckdb.DuckDBPyConnection, month: str) -> int | None:
    found: int | None = reader.execute("select year(month_of(?))", [month]).fetchall()[0][0]
    return found


def _others(view: TextView, months: tuple[str, ...]) -> list[tuple[int, str]]:
    """The columns that no month heads, with their places."""
    most = _COLUMNS if len(view.columns) <= _VERY_WIDE else _OF_VERY_WIDE
    return [(at, name) for at, name in enumerate(view.columns) if name not in months][:most]


def _named_by_months(view: TextView, months: frozenset[str]) -> tuple[str, ...]:
    """The headings of a view that name a month; less than three are no ledger."""
    named = tuple(name for name in view.columns if name in months)
    return named if len(named) >= _LEDGER else ()


def _months(reader: duckdb.DuckDBPyConnection, names: list[str]) -> frozenset[str]:
    """The headings that name a month; asked at once, since planning the question takes longer than the answer."""
    asked = "select name from (select distinct unnest(?::varchar[]) as name) where month_of(name) is not null"
    return frozenset(name for (name,) in reader.execute(asked, [names]).fetchall())


def _read_values(reader: duckdb.DuckDBPyConnection, views: list[TextView], months: frozenset[str]) -> None:
    """Every different value of every column, with its rows and first line, in one table."""
    reader.execute(query_text("load", "draft_cells"))
    for number, view in enumerate(views):
        asked = _others(view, _named_by_months(view, months))
        if not asked:
            continue
        places, cells = ([str(at) for at, _ in asked], [identifier(name) for _, name in asked])
        # in one statement: each look at a view costs by its width
        reader.execute(
            f"insert into draft_cell select {number}, place, cell, count(*), min(line) from ("
            f"from {identifier(numbered(view.origin.name))} select unnest([{', '.join(places)}]) as place, "
            f"unnest([{', '.join(cells)}]) as cell, {identifier(SOURCE_LINE)} as line) "
            "where cell is not null group by all"
        )


def _judged(
    reader: duckdb.DuckDBPyConnection,
) -> dict[tuple[int, int], Judged]:
    """Export and place of a column -> what `Column` says of it."""
    rows = reader.execute(query_text("load", "draft_columns")).fetchall()
    return {
        (export, place): (*counts, tuple(Value(each["cell"], each["rows"], each["line"]) for each in values))
        for export, place, *counts, values in rows
    }

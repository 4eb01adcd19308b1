"""The change against a chosen day, on any view: the same questions asked as of that day, over the same accounts.

A change is told only where both days know the amount over the same base. Where a sum runs over accounts, its change
runs over those that both days know, and says how many they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kaptui.filters import Context
from kaptui.panels import panel_of
from kaptui.panels.base import item_key
from kaptui.text import index, listed, money, number, of, points
from kaptui.text.window import compared
from kaptui.views import UNCHANGED, Bar, Bars, Column, Figure, Figures, Kind, Notes, Row, Table, View

if TYPE_CHECKING:
    import polars as pl

Frames = Mapping[str, "pl.DataFrame"]
OF_A_WINDOW = ("money", "number")
"""Kinds of amounts that grow with the months they are summed over."""
MOST_IN_A_TABLE = 3
"""Columns of changes that a table shows, the first ones of the comparison."""
PREFIX = "vs_"
"""What the column of a change is called, before the name of the column it is of."""


@dataclass(frozen=True, slots=True)
class Change:
    """How one column of a question moved: `rows` hold the key columns `keys` and the change, unknown where none is."""

    question: str
    column: str
    kind: Kind
    keys: tuple[str, ...]
    rows: pl.DataFrame
    measure: str = ""
    """What explains the change, where it is an answer of its own."""

    @property
    def known(self) -> bool:
        """Whether any row can be compared."""
        return self.rows[self.column].null_count() < self.rows.height

    def at(self) -> Mapping[str, Any]:
        """The changes by what tells the rows apart: the account, or else the values of the keys."""
        items = (row for row in self.rows.iter_rows(named=True))
        return {_item(row, self.keys): row[self.column] for row in items}


def questions(question: str) -> tuple[list[str], list[str]]:
    """What is to be asked as of now, and what as of the chosen day too, to compare the panel of this question."""
    both = list(dict.fromkeys(name for name, _, _ in _wanted(question)))
    told = [name.partition(".")[0] for name in panel_of(question).comparison.changes.values()]
    return list(dict.fromkeys((*both, *told))), both


def with_changes(  # noqa: PLR0913, PLR0917 - what both days said
    view: View, question: str, now: Frames, then: Frames, context: Context, earlier: Context
) -> tuple[View, str]:
    """The view with its changes against the chosen day, and what the title says of them.

    `now` and `then` hold the answers to `questions(question)` at both days.
    """
    comparison = panel_of(question).comparison
    if isinstance(view, Notes):
        return view, ""
    if comparison.told:
        return view, compared(context)
    if not (comparison.columns or comparison.changes) or not isinstance(view, (Table, Figures, Bars)):
        return view, comparison.without
    shown = _shown(view, [one for one in changes_of(question, now, then, context, earlier) if one.known], context)
    if shown is view:
        return view, f"nothing to compare {compared(context)}"
    if context.window_months == earlier.window_months:
        return shown, compared(context)
    return shown, f"{compared(context)}, money not: {context.window_months} months, {earlier.window_months} then"


def _shown(view: View, changes: list[Change], context: Context) -> View:
    """The view with these changes; itself where none of them stands in it."""
    match view:
        case Table():
            return _table(view, changes)
        case Figures():
            figures = tuple(_figure(one, changes, context) for one in view.figures)
            return replace(view, figures=figures) if figures != view.figures else view
        case Bars():
            bars = tuple(_bar(one, changes) for one in view.bars)
            return replace(view, bars=bars) if bars != view.bars else view
    return view


# What moved


def _wanted(question: str) -> Iterator[tuple[str, str, str]]:
    """Question, column and base of everything that the panel of this question compares."""
    for name, base in panel_of(question).comparison.columns.items():
        asked, _, column = name.rpartition(".")
        yield asked or question, column, base


def changes_of(question: str, now: Frames, then: Frames, context: Context, earlier: Context) -> Iterator[Change]:
    """Every column that can be compared; money only over windows of as many months."""
    import polars as pl

    for column, told in panel_of(question).comparison.changes.items():
        name, _, change = told.partition(".")
        keys = _keys(name, now[name])
        if context.window == "ttm":
            yield Change(
                name,
                column,
                panel_of(name).promise[change],
                keys,
                now[name].select(*keys, pl.col(change).alias(column)),
                told,
            )
    for name, column, base in _wanted(question):
        here, there, kind = now[name], then[name], panel_of(name).promise[column]
        if kind in OF_A_WINDOW and context.window_months != earlier.window_months:
            continue
        keys, names = _keys(name, here), [one for one in (column, base) if one]
        before = there.select(*keys, *(pl.col(one).alias(f"{one} then") for one in names))
        same = pl.col(base) == pl.col(f"{base} then") if base else pl.lit(True)
        if keys:
            before = before.unique(list(keys), keep="none")
            both = here.select(*keys, *names).join(before, on=list(keys), how="left", nulls_equal=True)
        else:
            both = pl.concat([here.select(names), before], how="horizontal")
        moved = pl.when(same).then((pl.col(column) - pl.col(f"{column} then")).round(9))  # no noise: -12.5 is -13
        yield Change(name, column, kind, keys, both.select(*keys, moved.alias(column)))


def _keys(question: str, frame: pl.DataFrame) -> tuple[str, ...]:
    """The columns that tell the rows of an answer apart; none where it is a single row."""
    wanted = dict.fromkeys(("account_id", *panel_of(question).row_key.split()))
    return tuple(name for name in wanted if name in frame.columns)


def _item(row: Row, keys: tuple[str, ...]) -> str:
    return item_key(*(row[key] for key in keys))


def _of(changes: list[Change], measure: str) -> Change | None:
    """The change of what stands in a cell, a figure or a bar."""
    question, _, column = measure.rpartition(".")
    return next((one for one in changes if one.column == column and question in {"", one.question}), None)


def words(change: float, kind: Kind) -> str:
    """A change with its sign and unit: "+0.4m", "-2.1 points", "+3"; none is "unchanged"."""
    if not change:
        return UNCHANGED
    match kind:
        case "money":
            return money(change, signed=True)
        case "share":
            return points(change)
        case "index":
            return index(change, signed=True)
        case "integer":
            return f"{change:+.0f}"
    return f"+{number(change)}" if change > 0 else number(change)


# Where it is shown


def _table(view: Table, changes: list[Change]) -> Table:
    """Behind each column that moved a column with its change: it can be sorted, and hidden like any other."""
    frame, columns = view.frame, []
    shown = {column.name for column in view.columns}
    known = [one for one in changes if one.column in shown and one.keys and set(one.keys) <= set(frame.columns)]
    for column in view.columns:
        columns.append(column)
        one = _of(known[:MOST_IN_A_TABLE], column.name)
        if one is None:
            continue
        name = PREFIX + one.column
        rows = one.rows.rename({one.column: name}).unique(list(one.keys), keep="none")
        frame = frame.join(rows, on=list(one.keys), how="left", nulls_equal=True, maintain_order="left")
        columns.append(_column(column, one, name))
    return replace(view, frame=frame, columns=tuple(columns)) if len(columns) > len(view.columns) else view


def _column(of: Column, change: Change, name: str) -> Column:
    def text(row: Row) -> str:
        value = row[name]
        return "" if value is None else words(value, change.kind).replace(" points", " pts") if value else "0"

    return Column(
        name,
        f"{of.label.strip()} ±",
        change.kind,
        10,
        text,
        measure=change.measure or of.measure or of.name,
        item=of.item,
        short=f"{of.short or of.label} ±",
    )


def _figure(figure: Figure, changes: list[Change], context: Context) -> Figure:
    """The change stands first in the note, and beside the value where there is no note."""
    one = _of(changes, figure.measure)
    if one is None or figure.item or figure.account_id:
        return figure
    moved = one.rows[one.column].drop_nulls()
    if not len(moved):
        return figure
    said = words(float(moved.sum()), one.kind)
    base = f"{of(len(moved), one.rows.height)} known at both" if one.rows.height > 1 else ""
    return replace(figure, change=said, note=listed((f"{said} {compared(context)}", base, figure.note)))


def _bar(bar: Bar, changes: list[Change]) -> Bar:
    """The change stands first in the note."""
    one = _of(changes, bar.measure)
    value = one.at().get(bar.account or bar.item) if one is not None else None
    if one is None or value is None:
        return bar
    said = words(value, one.kind)
    return replace(bar, change=said, note=listed((said, bar.note)))

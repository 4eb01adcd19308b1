"""The plain table of an answer that no panel describes: a question of a company's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.text import clean, count
from kaptui.views import Column, Kind, Row, Table, View

if TYPE_CHECKING:
    import polars as pl

TEXT_AT_MOST = 32
"""Cells of a column of text; what is longer is read below the list while the cursor is there."""
NUMBER_AT_MOST = 18
"""Cells of a column of numbers, as wide as the longest one of the answer needs."""
FIRST_DAY, LAST_DAY = (one.toordinal() - date(1970, 1, 1).toordinal() for one in (date.min, date.max))
"""What a calendar holds, in days from 1970."""
_A_DAY = {"us": 86_400_000_000, "ms": 86_400_000}
_SUBTOTAL = "_subtotal"
"""The one column name that a list uses for itself."""


def kind_of(dtype: pl.DataType) -> Kind:
    """How a column that nobody describes is meant, by its type; what is neither number, date nor flag is text."""
    if dtype.is_integer():
        return "integer"
    if dtype.is_numeric():
        return "number"
    return {"Boolean": "flag", "Date": "date"}.get(str(dtype), "text")  # type: ignore[return-value]


def plain_panel(question: str) -> Panel:
    """What is known of a question that no panel describes: it promises nothing, and shows whatever comes."""
    return Panel(question, clean(question), {}, _plain_view, (), when_empty="No rows.")


def _plain_view(frame: pl.DataFrame, context: Context) -> View:
    return plain_table(frame)


def plain_table(frame: pl.DataFrame) -> Table:
    """Every column of the answer by its type, under its own name. Enter opens the account of a row that names one."""
    import polars as pl

    frame = frame.rename({_SUBTOTAL: f"{_SUBTOTAL} "}) if _SUBTOTAL in frame.columns else frame
    frame = frame.with_columns(in_calendar(frame[name]) for name, kind in frame.schema.items() if kind.is_temporal())
    columns = tuple(_column(name, dtype) for name, dtype in frame.schema.items())
    caption = count("row", frame.height)
    if frame.schema.get("account_id") == pl.String and frame["account_id"].null_count() == 0:
        return Table(frame, columns, caption=caption, follows=frame["account_id"].is_unique().all())
    place = "_row"  # tells the rows apart where no account does
    while place in frame.columns:
        place += "_"
    return Table(frame.with_row_index(place), columns, key=place, caption=caption)


def in_calendar(column: pl.Series) -> pl.Series:
    """The column without days that no calendar has: a database knows the year 12000 and infinity."""
    import polars as pl

    a_day = 1 if column.dtype == pl.Date else _A_DAY.get(str(getattr(column.dtype, "time_unit", "")))
    if a_day is None or column.dtype == pl.Duration:
        return column
    known = column.to_physical().is_between((FIRST_DAY + 1) * a_day, (LAST_DAY - 1) * a_day)
    return column.set(~known, None)


def _column(name: str, dtype: pl.DataType) -> Column:
    kind = kind_of(dtype)
    width = TEXT_AT_MOST if kind == "text" else NUMBER_AT_MOST
    label = clean(name).strip() or "(no name)"
    if kind == "text" and str(dtype) != "String":

        def said(row: Row) -> str:
            return "n/a" if row[name] is None else str(row[name])

        return Column(name, label, kind, width, text=said)
    return Column(name, label, kind, width)

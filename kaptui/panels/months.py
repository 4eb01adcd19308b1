"""Money by month: profit as bars around zero, revenue and budget as lines; a month without data is a gap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.text import month
from kaptui.views import Month, MonthBars

if TYPE_CHECKING:
    import polars as pl

LINES = ("revenue", "budget_revenue")


def month_bars(frame: pl.DataFrame, context: Context, measure: str, caption: str) -> MonthBars:
    """Profit of every month from the first to the last of `frame`, which is sorted by `month`, below its revenue.

    A line of which nothing is known is left out.
    """
    rows = {row["month"]: row for row in frame.iter_rows(named=True)}
    known = [name for name in LINES if frame[name].null_count() < frame.height]
    months = tuple(
        Month(
            end_of(first).isoformat(),
            first.isoformat(),
            month(first),
            _amount(rows.get(first, {}).get("profit")),
            tuple(_amount(rows.get(first, {}).get(name)) for name in known),
        )
        for first in _each(frame["month"][0], frame["month"][-1])
    )
    return MonthBars(
        months,
        "profit" if context.basis == "contribution" else "gross profit",
        tuple(name.removesuffix("_revenue") for name in known),
        context.currency,
        caption,
        measure=measure,
    )


def _amount(value: float | None) -> float | None:
    return None if value is None else float(value)


def _each(first: date, last: date) -> Iterator[date]:
    """The first days of all months between two."""
    while first <= last:
        yield first
        first = _after(first, 1)


def end_of(first: date) -> date:
    """The last day of the month that begins on `first`."""
    return _after(first, 1) - timedelta(days=1)


def _after(first: date, months: int) -> date:
    years, place = divmod(first.month - 1 + months, 12)
    return date(first.year + years, place + 1, 1)

"""Lines over months: the place of a month on the axis is its distance from the first one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kaptui.text import month
from kaptui.views import Line

if TYPE_CHECKING:
    import polars as pl


def _distance(first: date, later: date) -> int:
    return 12 * (later.year - first.year) + later.month - first.month


def line(frame: pl.DataFrame, name: str) -> Line:
    """One column over the months of `frame`, which is sorted by `month`; unknown values are left out.

    The id of a point is the last day of its month.
    """
    months = frame["month"].to_list()
    known = [
        (float(_distance(months[0], at)), float(value), end_of(at).isoformat())
        for at, value in zip(months, frame[name].to_list(), strict=True)
        if value is not None
    ]
    xs, ys, ids = (tuple(column) for column in zip(*known, strict=True)) if known else ((), (), ())
    return Line(name.removesuffix("_revenue").replace("_", " "), xs, ys, ids)


def end_of(first: date) -> date:
    """The last day of the month that begins on `first`."""
    return _after(first, 1) - timedelta(days=1)


def month_ticks(frame: pl.DataFrame, most: int = 6) -> tuple[tuple[float, str], ...]:
    """At most `most` evenly spaced months with their labels."""
    first: date = frame["month"][0]
    span = _distance(first, frame["month"][-1]) + 1
    step = -(-span // most)
    return tuple((float(at), month(_after(first, at))) for at in range(0, span, step))


def _after(first: date, months: int) -> date:
    years, place = divmod(first.month - 1 + months, 12)
    return date(first.year + years, place + 1, 1)

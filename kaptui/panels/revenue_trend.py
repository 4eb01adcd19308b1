"""Revenue and profit by month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.months import line, month_ticks
from kaptui.views import Curve, Kind
from kaptui.wording import count, listed, money, month, share

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "month": "date",
    "revenue": "money",
    "profit": "money",
    "margin": "share",
    "accounts": "integer",
}


def view(frame: pl.DataFrame, context: Context) -> Curve:
    """Revenue and profit by month; an unknown month is a gap, not a zero."""
    frame = frame.sort("month")
    last = frame.row(frame.height - 1, named=True)
    caption = listed(
        (
            f"{month(last['month'])}: revenue {money(last['revenue'])}",
            f"profit {money(last['profit'])}",
            f"margin {share(last['margin'])}",
            count("account", last["accounts"]),
        )
    )
    return Curve(
        (line(frame, "revenue"), line(frame, "profit")),
        x_title="month",
        y_title=context.currency,
        caption=caption,
        levels=(0.0,),
        x_ticks=month_ticks(frame),
        y_kind="money",
    )


PANEL = Panel(
    name="revenue_trend",
    title="Revenue and profit by month",
    promise=PROMISE,
    draw=view,
    feeds=("financial_period",),
    item="month",
    would_show="Revenue and profit of each month.",
)

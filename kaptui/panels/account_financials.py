"""The panel "Revenue and profit": the account's revenue and profit by month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.panels.columns import table
from kaptui.panels.months import month_bars
from kaptui.text import money
from kaptui.text.window import no_figures, window_words
from kaptui.views import Kind, View

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "month": "date",
    "revenue": "money",
    "cogs": "money",
    "cost_to_serve": "money",
    "profit": "money",
    "margin": "share",
    "budget_revenue": "money",
    "budget_profit": "money",
    "budget_margin": "share",
    "profit_to_budget": "money",
}


def view(frame: pl.DataFrame, context: Context) -> View:
    """One account's revenue, profit and budget by month; several accounts as rows."""
    if frame["account_id"].n_unique() > 1:
        return table(PROMISE)(frame, context)
    frame = frame.sort("month")
    return month_bars(frame, context, "account_financials.profit", _caption(frame, context))


def _caption(frame: pl.DataFrame, context: Context) -> str:
    """The sums of the window; one unknown month makes a sum unknown."""
    inside = frame.filter(frame["month"].is_between(context.window_start, context.window_end))
    if not inside.height:
        return no_figures(context) or f"no figures in the {window_words(context)}"

    def total(name: str) -> str:
        return money(None if inside[name].null_count() else inside[name].sum())

    return f"{window_words(context)}: revenue {total('revenue')}, profit {total('profit')}"


PANEL = Panel(
    name="account_financials",
    title="Revenue and profit",
    promise=PROMISE,
    render=view,
    source_tables=("financial_period",),
    row_key="month",
    description="The account's revenue and profit by month.",
    comparison=Comparison(without="every month is shown"),
)

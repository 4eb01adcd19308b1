"""Revenue and profit by month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.panels.months import month_bars
from kaptui.text import count, listed, money, month, share
from kaptui.views import Kind, MonthBars, Row

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "month": "date",
    "revenue": "money",
    "profit": "money",
    "margin": "share",
    "accounts": "integer",
    "budget_revenue": "money",
    "budget_profit": "money",
    "revenue_against_budget": "money",
    "profit_against_budget": "money",
    "budgeted_accounts": "integer",
    "left_out": "integer",
}


def view(frame: pl.DataFrame, context: Context) -> MonthBars:
    """Profit by month around zero, revenue and its budget above; an unknown month is a gap, not a zero."""
    frame = frame.sort("month")
    caption = listed((_caption(frame.row(frame.height - 1, named=True)), _left_out(frame)))
    return month_bars(frame, context, "revenue_trend.profit", caption)


def _caption(last: Row) -> str:
    """The newest month, against its budget where there is one."""
    return listed(
        (
            f"{month(last['month'])}: revenue {money(last['revenue'])}{_against(last, 'revenue')}",
            f"profit {money(last['profit'])}{_against(last, 'profit')}",
            f"margin {share(last['margin'])}",
            count("account", last["accounts"]),
        )
    )


def _left_out(frame: pl.DataFrame) -> str:
    """How many accounts are in no month, because one of theirs lacks a rate."""
    without = int(frame["left_out"].max() or 0) if "left_out" in frame.columns else 0  # type: ignore[arg-type]
    return f"{without} left out: a rate is missing" if without else ""


def _against(row: Row, name: str) -> str:
    """The distance to the budget, over the accounts that have one; without figures, the budget alone."""
    distance = row[f"{name}_against_budget"]
    if distance is not None:
        few = f" of the {row['budgeted_accounts']} that have one" if row["budgeted_accounts"] < row["accounts"] else ""
        return f" ({money(distance, signed=True)} against budget{few})"
    budget = row[f"budget_{name}"]
    return "" if budget is None or row[name] is not None else f" (budget {money(budget)})"


PANEL = Panel(
    name="revenue_trend",
    title="Revenue and profit by month",
    promise=PROMISE,
    render=view,
    source_tables=("financial_period",),
    row_key="month",
    description="Revenue, profit and budget of each month.",
    comparison=Comparison(without="every month is shown"),
)

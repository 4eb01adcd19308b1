"""Coverage of all accounts, and by tier, region and manager."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.panels.columns import column
from kaptui.text import UNKNOWN, clean, of, share
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

STATUSES = ("covered", "stale", "new", "uncovered")
PROMISE: Mapping[str, Kind] = {
    "dimension": "text",
    "value": "text",
    "side": "text",
    "accounts": "integer",
    **dict.fromkeys(STATUSES, "integer"),
    "revenue": "money",
    **{f"{status}_revenue": "money" for status in STATUSES},
    "profit": "money",
    **{f"{status}_profit": "money" for status in STATUSES},
}


def _group(row: Row) -> str:
    if row["dimension"] == "all":
        return "all accounts"
    return f"{row['dimension']} {clean(row['value']) if row['value'] is not None else UNKNOWN}"


def _covered(row: Row) -> str:
    return of(row["covered"], row["accounts"])


def _state(row: Row) -> State:
    """Bad where less than half of the accounts are covered."""
    return "bad" if 2 * row["covered"] < row["accounts"] else ""


def _revenue(row: Row) -> str:
    return share(row["covered_revenue"] / row["revenue"]) if row["revenue"] and row["revenue"] > 0 else UNKNOWN


def _profit(row: Row) -> str:
    """Of profit an amount: shares of a sum with losses in it mislead."""
    return share(row["covered_profit"] / row["profit"]) if row["profit"] and row["profit"] > 0 else UNKNOWN


def _some(status: str, state: State) -> Callable[[Row], State]:
    return lambda row: state if row[status] else ""


def view(frame: pl.DataFrame, context: Context) -> Table:
    """A line per group and side: how many are covered, of how much revenue and profit, and how the rest stands."""
    columns = (
        column("group", label="Group", text=_group, width=26),
        column("side", width=11),
        column("covered", "integer", text=_covered, state=_state, width=9, measure="status"),
        column("covered_revenue", "share", label="Of revenue", text=_revenue),
        column("covered_profit", "share", label="Of profit", text=_profit),
        column("stale", "integer", label="Silent", width=6, state=_some("stale", "warn")),
        column("new", "integer", width=5),
        column("uncovered", "integer", label="Open", width=6, state=_some("uncovered", "bad")),
    )
    return Table(frame.with_row_index("line"), columns, key="line", caption="covered + silent + new + open = all")


PANEL = Panel(
    name="coverage_breakdown",
    title="Coverage by tier, region, manager",
    promise=PROMISE,
    render=view,
    source_tables=("sponsorship",),
    row_key="dimension value side",
    description="How many accounts, how much revenue and profit a live sponsor covers in each tier, region and team.",
    comparison=Comparison(dict.fromkeys(STATUSES, "accounts")),
)

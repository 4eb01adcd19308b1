"""Revenue and profit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.tables import column, negative, points_of
from kaptui.sentences import no_figures
from kaptui.views import Kind, Table
from kaptui.wording import count, listed

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "revenue": "money",
    "cogs": "money",
    "cost_to_serve": "money",
    "profit": "money",
    "margin": "share",
    "revenue_share": "share",
    "profit_share": "share",
    "share_gap": "share",
    "profit_index": "number",
    "value_at_stake": "money",
    "cost_to_serve_ratio": "share",
    "value_priced_share": "share",
    "quadrant": "text",
    "lever": "text",
}


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Share of revenue beside share of profit, the gap, what average margin would be worth, the lever."""
    columns = (
        column("name"),
        column("revenue", "money"),
        column("revenue_share", "share"),
        column("profit", "money", state=negative("profit")),
        column("profit_share", "share", state=negative("profit_share"), width=12),
        column("share_gap", "share", text=points_of("share_gap"), state=negative("share_gap")),
        column("margin", "share", state=negative("margin")),
        column("value_at_stake", "money"),
        column("cost_to_serve_ratio", "share", width=9),
        column("quadrant", width=12),
        column("lever", width=20),
    )
    shown = {each.name for each in columns}
    more = tuple(column(name, kind) for name, kind in PROMISE.items() if name not in shown)
    unknown = frame["profit"].null_count()
    left_out = f"{unknown} with unknown profit have no share" if unknown else ""
    caption = listed((count("account", frame.height), left_out, no_figures(context)))
    return Table(frame, columns, caption=caption, more=more)


PANEL = Panel(
    name="value_mix",
    title="Revenue and profit",
    promise=PROMISE,
    draw=view,
    feeds=("financial_period",),
    would_show="Each account's share of revenue beside its share of profit, and the lever that lifts it.",
)

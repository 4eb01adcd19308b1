"""Profit since the review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import TOLD, Panel
from kaptui.panels.columns import column, negative
from kaptui.text import count, listed, money
from kaptui.views import Kind, Row, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "standing": "text",
    "before": "money",
    "after": "money",
    "effect": "money",
    "revenue": "money",
    "before_end": "date",
    "after_end": "date",
}


def _signed(row: Row) -> str:
    return money(row["effect"], signed=True)


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Every account with its profit at both dates; who cannot be compared stands below, with the reason."""
    columns = (
        column("name"),
        column("before", "money", label="Was"),
        column("after", "money", label="Now"),
        column("effect", "money", text=_signed, state=negative("effect")),
        column("standing", label="Compared", width=16),
    )
    known = frame.filter(frame["standing"] == "known").height
    others = f"{frame.height - known} not comparable" if known < frame.height else ""
    caption = listed((f"{count('account', known)} known at both dates", others))
    return Table(frame, columns, caption=caption, more=(column("revenue", "money"),))


PANEL = Panel(
    name="profit_since",
    title="Profit since the review",
    promise=PROMISE,
    render=view,
    source_tables=("account", "financial_period"),
    description="Each account's profit of twelve months at the review and now, and who cannot be compared.",
    comparison=TOLD,
)

"""Sponsorship gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.tables import column
from kaptui.views import Kind, Row, State, Table
from kaptui.wording import clean, count, money

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "side": "text",
    "status": "text",
    "since": "date",
    "revenue": "money",
    "suggested": "text",
    "suggested_because": "text",
}


def _status(row: Row) -> State:
    return "bad" if row["status"] == "uncovered" else "warn"


def _suggested(row: Row) -> str:
    return clean(row["suggested"] or "nobody free")


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The open sides by revenue, since when and why, and who could step in."""
    why = (column("why", width=28),) if "why" in frame.columns else ()
    columns = (
        column("name"),
        column("side", width=8),
        column("status", width=9, state=_status),
        column("since", "date"),
        *why,
        column("revenue", "money"),
        column("suggested", text=_suggested, width=18),
        column("suggested_because"),
    )
    revenue = frame.unique("account_id")["revenue"].drop_nulls()
    at_risk = f", {money(revenue.sum())} revenue" if len(revenue) else ""
    accounts = count("account", frame["account_id"].n_unique())
    return Table(frame, columns, caption=f"{count('open side', frame.height)} at {accounts}{at_risk}")


PANEL = Panel(
    name="sponsorship_gaps",
    title="Sponsorship gaps",
    promise=PROMISE,
    draw=view,
    feeds=("sponsorship",),
    item="side",
    would_show="The sides without a live sponsor, by revenue, each with a leader who could take it.",
    when_empty="No gap: every side is covered or new.",
)

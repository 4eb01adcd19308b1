"""The panel "Sponsorship gaps": the sides without a live sponsor, by revenue, each with a leader who could take it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column, status_of
from kaptui.text import clean, count, day, money
from kaptui.views import Kind, Row, State, Table

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
    "why": "text",
    "suggested_id": "text",
}


def _status(row: Row) -> State:
    return "bad" if row["status"] == "uncovered" else "warn"


def _suggested(row: Row) -> str:
    return clean(row["suggested"] or "nobody left")


def _suits(row: Row) -> State:
    return "" if row["suggested"] else "muted"


def _since(row: Row) -> str:
    """The day the gap opened; nobody knows it of a side that never had a sponsor, or whose sponsor left."""
    return day(row["since"]) if row["since"] else "--"


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The open sides by revenue, since when and why, and who could step in."""
    columns = (
        column("name"),
        column("revenue", "money"),
        column("side", width=11),
        column("status", text=status_of("status"), width=7, state=_status, measure="status"),
        column("suggested", text=_suggested, state=_suits, width=18, measure="suggested"),
        column("since", "date", text=_since),
        column("why", width=28),
        column("suggested_because", measure="suggested"),
    )
    revenue = frame.unique("account_id")["revenue"].drop_nulls()
    at_risk = f", {money(revenue.sum())} revenue" if len(revenue) else ""
    accounts = count("account", frame["account_id"].n_unique())
    caption = f"{count('side', frame.height)} open or silent at {accounts}{at_risk}{_proposed(frame)}"
    return Table(frame, columns, caption=caption)


def _proposed(frame: pl.DataFrame) -> str:
    """How many of the sides the one proposal fills, by how many leaders: it counts what it takes."""
    suggested = frame["suggested_id"].drop_nulls()
    if not len(suggested):
        return "; no leader is free"
    left = frame.height - len(suggested)
    none = f", nobody left for {left}" if left else ""
    return f"; one proposal fills {len(suggested)} with {count('leader', suggested.n_unique())}{none}"


PANEL = Panel(
    name="sponsorship_gaps",
    title="Sponsorship gaps",
    promise=PROMISE,
    render=view,
    source_tables=("sponsorship",),
    row_key="side",
    description="The sides without a live sponsor, by revenue, each with a leader who could take it.",
    when_empty="No gap: every side is covered or new.",
)

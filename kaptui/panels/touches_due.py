"""The panel "Touches due": by when each side with a live sponsor needs its next touch, to stay covered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column, status_of
from kaptui.text import count
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "side": "text",
    "status": "text",
    "sponsor": "text",
    "last_touch_on": "date",
    "cadence_days": "integer",
    "due_on": "date",
    "days_left": "integer",
    "revenue": "money",
}

SOON = 30
"""Days in which a touch is due soon: about as long as a visit of a leader takes to arrange."""


def _soon(row: Row) -> State:
    return "warn" if row["days_left"] <= SOON else ""


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The next touch of each side, the first due on top: of whom, and on which account."""
    columns = (
        column("name"),
        column("side", width=11),
        column("due_on", "date", label="Touch due", state=_soon),
        column("days_left", "integer", label="In days", state=_soon),
        column("sponsor", width=18),
        column("status", text=status_of("status"), width=7),
        column("last_touch_on", "date"),
        column("cadence_days", "integer"),
        column("revenue", "money"),
    )
    soon = int((frame["days_left"] <= SOON).sum())
    caption = f"{count('side', frame.height)} covered or new, {soon} with a touch due within {SOON} days"
    return Table(frame, columns, caption=caption)


PANEL = Panel(
    name="touches_due",
    title="Touches due",
    promise=PROMISE,
    render=view,
    source_tables=("sponsorship",),
    row_key="side",
    description="By when each side with a live sponsor needs its next touch, so that it does not fall silent.",
    when_empty="No touch falls due: no side is covered or new.",
)

"""Who stands where: one line per leader, account and side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column, status_of
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "person_id": "text",
    "leader": "text",
    "side": "text",
    "status": "text",
    "last_touch_on": "date",
    "days_since_touch": "integer",
    "revenue": "money",
    "moved": "flag",
}
STATES: Mapping[str, State] = {"covered": "good", "stale": "warn", "new": "muted", "left": "bad", "removed": "muted"}
"""How a leader stands on a side of his own: `left` is gone from the company with the side still in his name,
`removed` only in a what-if."""


def _state(row: Row) -> State:
    return STATES.get(row["status"], "")


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The filled cells of the matrix as a list, by account."""
    columns = (
        column("name"),
        column("leader", width=20),
        column("side", width=11),
        column("status", text=status_of("status"), width=9, state=_state),
        column("last_touch_on", "date"),
        column("days_since_touch", "integer"),
        column("revenue", "money"),
    )
    return Table(frame, columns)


PANEL = Panel(
    name="sponsorship_matrix",
    title="Accounts and leaders",
    promise=PROMISE,
    render=view,
    source_tables=("sponsorship",),
    row_key="side",
    grain="person_id side",
    description="Which leader stands on which side of which account, and when they last met.",
)

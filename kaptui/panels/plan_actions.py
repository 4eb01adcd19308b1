"""The panel "Open and overdue actions": the actions not done yet: who owes what, and how late it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import age, clean, count, day
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "plan": "text",
    "objective": "text",
    "action": "text",
    "owner": "text",
    "function": "text",
    "due_on": "date",
    "days_overdue": "integer",
    "status": "text",
    "action_id": "text",
}


def _owner(row: Row) -> str:
    return clean(row["owner"]) if row["owner"] else row["function"] or "no owner"


def _owned(row: Row) -> State:
    return "" if row["owner"] else "warn"


def _due(row: Row) -> str:
    return "no date" if row["due_on"] is None else day(row["due_on"])


def _late(row: Row) -> str:
    return f"{age(row['days_overdue'])} late !" if row["days_overdue"] else ""


def _state(row: Row) -> State:
    return "bad" if row["days_overdue"] else ""


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The overdue ones first, the latest of them on top, then what is due next; each with who owes it."""
    columns = (
        column("name"),
        column("action", width=34),
        column("owner", text=_owner, state=_owned, width=16),
        column("due_on", "date", label="Due", text=_due, state=_state),
        column("days_overdue", label="Late", text=_late, state=_state, width=15),
    )
    more = (column("objective", width=30), column("function"), column("status"), column("plan"))
    overdue = int((frame["status"] == "overdue").sum())
    unowned = frame["owner"].null_count()
    words = [
        count("open action", frame.height),
        f"{overdue} overdue",
        f"{unowned} without a known owner" if unowned else "",
    ]
    return Table(frame, columns, caption=", ".join(word for word in words if word), more=more)


PANEL = Panel(
    name="plan_actions",
    title="Open and overdue actions",
    promise=PROMISE,
    render=view,
    source_tables=("action",),
    row_key="objective action",
    grain="action_id",
    description="The actions not done yet: who owes what, and how late it is.",
    when_empty="No action is open.",
)

"""The panel "Plans": each account's plan: when it ends, when it was reviewed, what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.panels.columns import column
from kaptui.text import UNKNOWN, count, day, listed, of, short_name, with_mark
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "plan": "text",
    "status": "text",
    "ends_on": "date",
    "months_left": "integer",
    "last_reviewed_on": "date",
    "objectives": "integer",
    "objectives_closed": "integer",
    "actions_open": "integer",
    "actions_overdue": "integer",
    "shared_with_customer": "flag",
    "health": "text",
    "why": "text",
    "manager": "text",
    "revenue": "money",
    "objectives_unmeasured": "integer",
    "short_horizon": "flag",
}

HEALTHS: Mapping[str | None, State] = {
    "none": "bad",
    "expired": "bad",
    "unreviewed": "warn",
    "slipping": "warn",
    "alive": "good",
}
"""What the health of a plan means on screen."""


def _health(row: Row) -> str:
    return with_mark(row["health"] or UNKNOWN, _state(row))


def _state(row: Row) -> State:
    return HEALTHS.get(row["health"], "")


def _reviewed(row: Row) -> str:
    return "never" if row["last_reviewed_on"] is None and row["plan"] is not None else day(row["last_reviewed_on"])


def _left(row: Row) -> str:
    """Months to the end; a plan without an end has no horizon to speak of."""
    return ("--" if row["plan"] is None else "open") if row["months_left"] is None else str(row["months_left"])


def _short(row: Row) -> State:
    left = row["months_left"]
    return "bad" if left is not None and left < 0 else "warn" if row["short_horizon"] else ""


def _overdue(row: Row) -> str:
    return of(row["actions_overdue"], row["actions_open"]) if row["plan"] is not None else "--"


def _late(row: Row) -> State:
    return "bad" if row["actions_overdue"] else ""


def _measured(row: Row) -> str:
    """Objectives without a measure, of all."""
    return of(row["objectives_unmeasured"], row["objectives"]) if row["plan"] is not None else "--"


def _unmeasured(row: Row) -> State:
    return "warn" if row["objectives_unmeasured"] else ""


def _shared(row: Row) -> str:
    return "--" if row["plan"] is None else "yes" if row["shared_with_customer"] else "never"


def _unshared(row: Row) -> State:
    return "warn" if row["shared_with_customer"] is False else ""


def _manager(row: Row) -> str:
    """The manager as a sentence names him; whole below the list while the cursor is there."""
    return short_name(row["manager"]) if row["manager"] else "no manager"


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Every account's plan, those not alive first, by revenue: its health and why, its horizon, what it lacks."""
    columns = (
        column("name", width=20),
        column("health", text=_health, state=_state, width=12),
        column("why", width=23),
        column("actions_overdue", "integer", label="Overdue", text=_overdue, state=_late, width=8),
        column("months_left", "integer", label="Months", text=_left, state=_short, width=6),
        column("objectives_unmeasured", "integer", label="No target", text=_measured, state=_unmeasured),
        column("revenue", "money"),
        column("manager", text=_manager, width=12, says=lambda row: row["manager"] or ""),
        column("shared_with_customer", "flag", label="Shared", text=_shared, state=_unshared, width=6),
    )
    more = (
        column("last_reviewed_on", "date", label="Reviewed", text=_reviewed),
        column("ends_on", "date", label="Ends"),
        column("plan", width=24),
        column("status"),
        column("objectives", "integer"),
        column("objectives_closed", "integer", label="Closed"),
        column("actions_open", "integer", label="Open"),
        column("short_horizon", "flag"),
        column("account_id"),
    )
    tally = frame["health"].value_counts().rows()
    counts = dict(tally)
    words = listed(f"{counts[name]} {name}" for name in HEALTHS if name in counts)
    return Table(frame, columns, caption=f"{count('account', frame.height)}: {words}", more=more)


PANEL = Panel(
    name="plan_health",
    title="Plans",
    promise=PROMISE,
    render=view,
    source_tables=("plan",),
    description="Each account's plan: when it ends, when it was reviewed, what is overdue.",
    comparison=Comparison({"actions_overdue": "plan"}),
)

"""The panel "Not alive, by manager": whose plans are alive, and whose are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.text import count, listed, of
from kaptui.views import Bar, Bars, Kind, Row

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "manager_id": "text",
    "manager": "text",
    "accounts": "integer",
    "alive": "integer",
    "slipping": "integer",
    "unreviewed": "integer",
    "expired": "integer",
    "no_plan": "integer",
    "not_alive": "integer",
    "actions_overdue": "integer",
    "revenue": "money",
}


def view(frame: pl.DataFrame, context: Context) -> Bars:
    """Per manager the accounts whose plan is not alive, and why; Enter keeps this manager's accounts."""
    rows = frame.to_dicts()
    most = max((row["not_alive"] or 0 for row in rows), default=0)
    behind = sum(bool(row["not_alive"]) for row in rows)
    caption = f"{of(behind, frame.height)} managers have a plan that is not alive"
    return Bars(tuple(_bar(row) for row in rows), high=float(most or 1), caption=caption)


def _bar(row: Row) -> Bar:
    unhealthy = row["not_alive"]
    note = listed(
        f"{row[name]} {words}"
        for name, words in (
            ("expired", "expired"),
            ("unreviewed", "unreviewed"),
            ("no_plan", "none"),
            ("slipping", "slipping"),
        )
        if row[name]
    )
    overdue = count("action", row["actions_overdue"]) + " overdue" if row["actions_overdue"] else ""
    name = row["manager"]
    narrow = f'manager:"{name}"' if name and not set(name) & set('"*') else ""
    worst = row["expired"] or row["unreviewed"]
    return Bar(
        name or "no manager",
        float(unhealthy) if unhealthy is not None else None,
        of(unhealthy, row["accounts"]),
        listed((note, overdue)),
        "bad" if worst else "warn" if unhealthy else "good",
        narrow,
        "not_alive",
        row["manager_id"] or "",
    )


PANEL = Panel(
    name="plans_by_manager",
    title="Not alive, by manager",
    promise=PROMISE,
    render=view,
    source_tables=("plan",),
    row_key="manager_id",
    description="Whose plans are alive, and whose are not.",
    comparison=Comparison({"not_alive": "accounts"}),
)

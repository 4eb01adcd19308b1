"""Plans."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

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
}

PANEL = Panel(
    name="plan_health",
    title="Plans",
    promise=PROMISE,
    draw=table(PROMISE),
    feeds=("plan",),
    would_show="Each account's plan: when it ends, when it was reviewed, what is overdue.",
)

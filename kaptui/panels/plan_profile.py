"""The panel "Plan in words": what each plan wants, until when, and who has looked at it."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.columns import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "plan": "text",
    "health": "text",
    "why": "text",
    "vision": "text",
    "priorities": "text",
    "challenges": "text",
    "owner": "text",
    "starts_on": "date",
    "ends_on": "date",
    "months_left": "integer",
    "approved_on": "date",
    "shared_with_customer_on": "date",
    "last_reviewed_on": "date",
    "last_outcome": "text",
    "reviews": "integer",
    "objectives": "integer",
    "objectives_closed": "integer",
    "objectives_unmeasured": "integer",
    "objectives_joint": "integer",
    "active_plans": "integer",
}

PANEL = Panel(
    name="plan_profile",
    title="Plan in words",
    promise=PROMISE,
    render=table(PROMISE),
    source_tables=("plan",),
    description="What each plan wants, until when, and who has looked at it.",
)

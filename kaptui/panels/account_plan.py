"""Plan."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "plan": "text",
    "objective": "text",
    "action": "text",
    "owner": "text",
    "due_on": "date",
    "done_on": "date",
    "progress": "share",
    "status": "text",
}

PANEL = Panel(
    name="account_plan",
    title="Plan",
    promise=PROMISE,
    draw=table(PROMISE),
    feeds=("objective",),
    item="objective action",
    would_show="The plan's objectives and actions: who owes what, and by when.",
)

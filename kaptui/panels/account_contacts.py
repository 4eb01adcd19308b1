"""People at the customer."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "role": "text",
    "level": "integer",
    "stance": "integer",
    "advisory_board": "flag",
    "last_touch_on": "date",
}

PANEL = Panel(
    name="account_contacts",
    title="People at the customer",
    promise=PROMISE,
    draw=table(PROMISE, name="Name"),
    feeds=("stakeholder",),
    item="name",
    would_show="The customer's people: role, level, stance and when they were last met.",
)

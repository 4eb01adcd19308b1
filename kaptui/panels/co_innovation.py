"""Co-innovation programmes."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "programme_id": "text",
    "account_id": "text",
    "name": "text",
    "kind": "text",
    "status": "text",
    "start_on": "date",
    "end_on": "date",
    "own_commitment": "money",
    "spent": "money",
    "realised_profit": "money",
    "multi_year": "flag",
    "commitment_to_revenue": "share",
}

PANEL = Panel(
    name="co_innovation",
    title="Co-innovation programmes",
    promise=PROMISE,
    draw=table(PROMISE, name="Programme", programme_id="Programme id"),
    feeds=("programme",),
    item="programme_id",
    would_show="Multi-year investments with the customer: committed, spent and earned.",
)

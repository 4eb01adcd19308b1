"""Leaders: who is a sponsor or could be one."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.columns import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "person_id": "text",
    "name": "text",
    "function": "text",
    "level": "integer",
    "active": "flag",
    "accounts": "integer",
    "revenue": "money",
    "load": "text",
    "accounts_in_file": "integer",
    "lost_revenue": "money",
    "free": "flag",
}

PANEL = Panel(
    name="leaders",
    title="Leaders",
    promise=PROMISE,
    render=table(PROMISE, key="person_id", name="Leader", accounts_in_file="In file", lost_revenue="At risk"),
    source_tables=("person",),
    row_key="person_id",
    description="Everybody who is a sponsor, or could be one, with what they carry.",
)

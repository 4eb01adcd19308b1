"""The moves of a what-if, each with what it changes."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.columns import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "place": "integer",
    "move": "text",
    "account_id": "text",
    "name": "text",
    "side": "text",
    "person_id": "text",
    "leader": "text",
    "revenue": "money",
    "status_before": "text",
    "status_after": "text",
    "accounts_before": "integer",
    "accounts_after": "integer",
    "replaces": "text",
    "replaced_before": "integer",
    "replaced_after": "integer",
}

PANEL = Panel(
    name="what_if_moves",
    title="What-if: not saved",
    promise=PROMISE,
    render=table(PROMISE, key="place"),
    source_tables=("sponsorship",),
    description="Moves tried on the Sponsors screen, and what each of them changes.",
    when_empty="No move yet: this is the file as it is.",
)

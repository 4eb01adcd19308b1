"""Changes."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "kind": "text",
    "what": "text",
    "before": "text",
    "after": "text",
    "changed_on": "date",
    "effect": "money",
}

PANEL = Panel(
    name="changes",
    title="Changes",
    promise=PROMISE,
    draw=table(PROMISE),
    feeds=("account",),
    item="kind what",
    would_show="What moved since the review: facts, corrections, accounts that joined or left.",
    when_empty="Nothing has changed since the review.",
)

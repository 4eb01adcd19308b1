"""Timeline."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "on": "date",
    "kind": "text",
    "what": "text",
    "who": "text",
}

PANEL = Panel(
    name="account_timeline",
    title="Timeline",
    promise=PROMISE,
    draw=table(PROMISE),
    feeds=("activity",),
    would_show="What happened with the account, newest first.",
)

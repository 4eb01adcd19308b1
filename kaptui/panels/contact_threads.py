"""Contacts."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "contacts_touched": "integer",
    "executives_touched": "integer",
    "own_people": "integer",
    "thread": "text",
}

PANEL = Panel(
    name="contact_threads",
    title="Contacts",
    promise=PROMISE,
    draw=table(PROMISE),
    feeds=("stakeholder", "activity"),
    would_show="How many people at each customer were met lately, and whether an executive was among them.",
)

"""Programme promotion."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "quarter": "text",
    "kind": "text",
    "activities": "integer",
}

PANEL = Panel(
    name="programme_promotion",
    title="Programme promotion",
    promise=PROMISE,
    draw=table(PROMISE, key="quarter"),
    feeds=("activity",),
    would_show="How often leaders promoted the whole programme, by quarter.",
)

"""Profit bridge."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "step": "text",
    "amount": "money",
}

PANEL = Panel(
    name="profit_bridge",
    title="Profit bridge",
    promise=PROMISE,
    draw=table(PROMISE, key="step"),
    feeds=("financial_period",),
    item="step",
    would_show="The steps from last year's profit to this year's.",
)

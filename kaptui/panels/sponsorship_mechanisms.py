"""Sponsorship in practice."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "executive_sponsor": "flag",
    "investment_committee": "flag",
    "success_evidence": "flag",
    "recognition": "flag",
    "year_end_negotiation": "flag",
    "advisory_board": "flag",
}

PANEL = Panel(
    name="sponsorship_mechanisms",
    title="Sponsorship in practice",
    promise=PROMISE,
    draw=table(PROMISE),
    feeds=("activity",),
    would_show="What leaders did for each account in the last twelve months.",
)

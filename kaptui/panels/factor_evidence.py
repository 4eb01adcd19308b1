"""Evidence."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.tables import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "code": "text",
    "indicator": "text",
    "value": "number",
    "threshold": "number",
    "met": "flag",
    "source": "text",
}

PANEL = Panel(
    name="factor_evidence",
    title="Evidence",
    promise=PROMISE,
    draw=table(PROMISE),
    feeds=("account",),
    item="indicator",
    would_show="The indicators that the facts meet or miss, beside each score.",
)

"""The panel "Account": each account against the comparison, the year before, its budget and all others."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import PROFIT_SINCE, Comparison, Panel
from kaptui.panels.columns import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "tier": "integer",
    "status": "text",
    "region": "text",
    "manager": "text",
    "index": "index",
    "previous_index": "index",
    "index_change": "number",
    "index_rank": "integer",
    "accounts_ranked": "integer",
    "factors_known": "integer",
    "factors": "integer",
    "weakest_factor": "text",
    "revenue": "money",
    "revenue_before": "money",
    "revenue_growth": "share",
    "budget_revenue": "money",
    "revenue_to_budget": "share",
    "profit": "money",
    "profit_before": "money",
    "profit_change": "money",
    "budget_profit": "money",
    "profit_to_budget": "money",
    "margin": "share",
    "budget_months": "integer",
    "window_months": "integer",
    "quadrant": "text",
    "internal_status": "text",
    "internal_sponsor": "text",
    "internal_days_since_touch": "integer",
    "external_status": "text",
    "external_sponsor": "text",
    "external_days_since_touch": "integer",
    "plan_status": "text",
    "plan_why": "text",
    "actions_open": "integer",
    "actions_overdue": "integer",
    "months": "integer",
    "months_before": "integer",
    "figures": "text",
}

PANEL = Panel(
    name="account_profile",
    title="Account",
    promise=PROMISE,
    render=table(PROMISE),
    source_tables=("account",),
    description="Each account against the comparison, the year before, its budget and all others.",
    comparison=Comparison({"revenue": "months"}, PROFIT_SINCE),
)

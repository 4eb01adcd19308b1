"""Reviews of the plan."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels.base import Panel
from kaptui.panels.columns import table
from kaptui.views import Kind

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "plan": "text",
    "reviewed_on": "date",
    "outcome": "text",
    "chaired_by": "text",
    "customer_present": "flag",
    "note": "text",
}

PANEL = Panel(
    name="plan_reviews",
    title="Reviews",
    promise=PROMISE,
    render=table(PROMISE, reviewed_on="Reviewed", customer_present="Customer"),
    source_tables=("plan_review",),
    row_key="reviewed_on",
    grain="review_id",
    description="When the plan was reviewed, with which outcome, and whether the customer was there.",
    when_empty="The plan was never reviewed.",
)

"""What the facts behind a score are called."""

from __future__ import annotations

from collections.abc import Mapping

INDICATORS: Mapping[str, str] = {
    "internal_covered": "covered inside",
    "external_covered": "covered at customer",
    "leader_at_negotiation": "leader at negotiation",
    "advisory_board_seat": "advisory-board seat",
    "committee_decided": "committee decided",
    "profit_index": "profit index",
    "profit_not_falling": "profit not falling",
    "value_priced_share": "value-priced share",
    "long_programme": "multi-year programme",
    "variable_profit_share": "pay tied to profit",
    "plan_horizon": "plan beyond a year",
    "plan_reviewed": "plan reviewed",
    "long_objectives_share": "long objectives",
    "measured_objectives_share": "measured objectives",
    "action_functions": "functions own actions",
    "outside_sales_share": "actions outside sales",
    "shared_with_customer": "plan shared",
    "customer_at_review": "customer at review",
    "manager_named": "manager named",
    "accounts_per_manager": "manager not overloaded",
    "manager_trained": "manager trained",
    "manager_tenure": "manager stays",
    "selection_scored": "selection scored",
    "kept_on_decision": "keep-or-exit decided",
}
"""Each indicator as something that is met or not."""


def indicator_words(code: str | None) -> str:
    """An indicator in short words; one of a company's own without its underscores."""
    return INDICATORS.get(code or "", (code or "").replace("_", " "))


def indicators_in_words(codes: str | None) -> str:
    """Several indicators, joined by "; " in the answer, as a list."""
    return ", ".join(indicator_words(code) for code in (codes or "").split("; ") if code)

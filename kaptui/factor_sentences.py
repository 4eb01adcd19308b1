"""What the success factors come to in words: column or row, and what the facts behind a score are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kaptui.wording import count, index, of, share

Row = Mapping[str, Any]

INDICATORS: Mapping[str, str] = {
    "internal_covered": "internal sponsor covers",
    "external_covered": "external sponsor covers",
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


def factors_sentence(
    factors: Iterable[Row], weak: Sequence[Row], over: Sequence[Row], accounts: int, accounts_in_file: int | None = None
) -> str:
    """The Factors screen in one line: is a weakness the programme's (a column) or an account's (a row)?

    `factors` are the rows of `factor_summary`, `weak` those of `factor_accounts` that are an account problem and
    `over` those of `factor_gaps` that are overclaimed, the worst first; `accounts` is how many the filter left. What
    makes a column or a row a problem is settled in the model.
    """
    columns = sorted(factors, key=lambda row: (row["weakness"] or 0, row["factor_id"] or 0))
    if not accounts:
        if accounts_in_file == 0:
            return "This file holds no accounts yet: fill account.csv and load again"
        base = f"None of {count('account', accounts_in_file)}" if accounts_in_file else "No account"
        return f"{base} matches the filter"
    if not columns:
        return "This file names no success factor: fill success_factor.csv and load again"
    if columns[0]["mean"] is None:
        return f"No factor has a valid score: none of {count('account', accounts)} is assessed"
    return "; ".join(part for part in (_columns(columns), _rows(weak), _overclaimed(over)) if part)


def _columns(columns: Sequence[Row]) -> str:
    """The weakest column, and whether it is the programme's problem."""
    weakest = columns[0]
    scored = count("account", weakest["accounts_known"])
    red = f"red in {weakest['red']} of {scored}" if weakest["red"] else f"red in none of {scored}"
    part = weakest["red_revenue_share"]
    weight = f", {share(part)} of revenue" if part and weakest["red"] else ""
    others = [row["code"] for row in columns[1:] if row["programme_problem"]]
    also = f", also {' and '.join(others)}" if others else ""
    if weakest["programme_problem"]:
        return f"Programme problem: {weakest['code']}, {red}{weight}{also}"
    return f"No programme problem; weakest factor {weakest['code']} ({index(weakest['mean'])}), {red}{weight}"


def _rows(weak: Sequence[Row]) -> str:
    """How many accounts are bad enough to be problems of their own, and the worst."""
    if not weak:
        return "no account with three red factors"
    red = f"{weak[0]['name']} {of(weak[0]['red'], weak[0]['factors_known'])} red"
    return f"{count('account problem', len(weak))}{', worst ' if len(weak) > 1 else ': '}{red}"


def _overclaimed(over: Sequence[Row]) -> str:
    """How many claims the facts do not bear out, and the widest."""
    return f"{len(over)} overclaimed: {over[0]['name']} {over[0]['code']}" if over else ""

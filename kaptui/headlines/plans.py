"""The headline of Plans: how many plans nobody keeps alive."""

from __future__ import annotations

from kaptui.text import count, listed, of, share
from kaptui.text.accounts import no_accounts
from kaptui.views import Row

_MONTH = 30.4375  # days


def plans_headline(overview: Row, accounts_in_file: int | None = None) -> str:
    """How many plans nobody keeps alive, what revenue stands behind them, and what else is late.

    `overview` is the row of question `plan_overview`.
    """
    accounts = overview["accounts"] or 0
    if not accounts:
        return "This file holds no accounts yet" if accounts_in_file == 0 else no_accounts(accounts_in_file)
    if not overview.get("plans_fed", True):
        return f"Nothing is known of the plans of {count('account', accounts)}: fill plan.csv and load again"
    if not overview["plans"]:
        return f"None of {count('account', accounts)} has a plan"
    rest = listed(
        (
            f"{count('account', overview['no_plan'])} without a plan" if overview["no_plan"] else "",
            f"{overview['slipping']} slipping" if overview["slipping"] else "",
            f"{of(overview['actions_overdue'], overview['actions_open'])} open actions overdue"
            if overview["actions_overdue"]
            else "",
        )
    )
    lifeless = _lifeless(overview)
    neglected = _neglected(overview, with_revenue=not lifeless)
    said = f"{lifeless}: {neglected[:1].lower()}{neglected[1:]}" if lifeless else neglected
    return f"{said}; {rest}" if rest else said


def _lifeless(row: Row) -> str:
    """How many accounts have no plan that is alive, with their revenue, where that is more than the plans named after.

    Of the plans named after it the revenue is not told then: two shares in one sentence look like one number twice.
    """
    lifeless = (row["neglected"] or 0) + (row["no_plan"] or 0) + (row["slipping"] or 0)
    more = row.get("reviews_fed", True) and lifeless > (row["neglected"] or 0)
    verb = "has" if lifeless == 1 else "have"
    of_revenue = _of_revenue(row["not_alive_revenue_share"])
    return f"{of(lifeless, row['accounts'])} accounts {verb} no living plan{of_revenue}" if more else ""


def _of_revenue(part: float | None) -> str:
    return "" if part is None else f" = {share(part)} of revenue"


def _neglected(row: Row, with_revenue: bool) -> str:
    plans = count("plan", row["plans"])
    if not row.get("reviews_fed", True):
        return f"{row['expired']} of {plans} expired; no review in the file, so none can be called unreviewed"
    if not row["neglected"]:
        return f"None of {plans} expired, all reviewed within {_months(row['review_days'])}"
    of_revenue = _of_revenue(row["neglected_revenue_share"]) if with_revenue else ""
    return f"{row['neglected']} of {plans} expired or not reviewed for {_months(row['review_days'])}{of_revenue}"


def _months(days: int) -> str:
    """183 days are "6 months"; what is no whole number of months stays in days."""
    months = round(days / _MONTH)
    near = months and abs(days - months * _MONTH) < 1
    return count("month", months) if near else count("day", days)

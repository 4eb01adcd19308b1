"""One account against its budget, its past and all others; its prices, touches and assessments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.money import (
    Figures,
    add_up,
    comparable,
    earlier,
    figures,
    growth,
    months_known,
    quadrant,
    rate,
    ratio,
    standing,
    window_months,
)
from tests.reference.plans import actions, health, is_open, manager_of, name_of, past_due, plan_of, plan_why
from tests.reference.scores import account_index, index_change, index_of, index_rank, indexes, on_day, ranked, weakest
from tests.reference.sponsorship import assigned, side_of


def budget(case: Case, account_id: str, month: date | None = None) -> Figures:
    """The budget of the window, or of one month."""
    months = set(window_months(case)) if month is None else {month}
    rows = [
        row
        for row in case.facts.where("financial_period", "account_id", account_id)
        if row["scenario"] == "budget" and row["period_start"] in months
    ]
    return add_up(case, rows)


def account_profile(case: Case) -> list[Row]:
    """One row per account against the comparison, the year before, its budget and the whole programme.

    An exited account keeps its money; what only the programme has is empty.
    """
    return [_profile(case, account_id) for account_id in case.ids]


def _profile(case: Case, account_id: str) -> Row:
    account = case.facts.accounts[account_id]
    row: Row = {column: account[column] for column in ("account_id", "name", "tier", "status", "region")}
    row["manager"] = manager_of(case, account_id)
    standing = {**_scored(case, account_id), **_planned(case, account_id), **_sides(case, account_id)}
    row |= dict.fromkeys(standing) if case.exited(account_id) else standing
    return row | _money(case, account_id) | {"factors": len(case.facts["success_factor"])}


def _scored(case: Case, account_id: str) -> Row:
    return {
        "index": account_index(case, account_id),
        "previous_index": account_index(on_day(case, case.since), account_id),
        "index_change": index_change(case, account_id),
        "index_rank": index_rank(case, account_id),
        "accounts_ranked": len(ranked(case)),
        "factors_known": len(indexes(case, account_id)),
        "weakest_factor": weakest(case, account_id),
    }


def _planned(case: Case, account_id: str) -> Row:
    plan = plan_of(case, account_id)
    tasks = actions(case, plan) if plan else []
    nowhere = case.facts.empty("plan")
    return {
        "plan_status": None if nowhere else health(case, account_id),
        "plan_why": None if nowhere else plan_why(case, account_id),
        "actions_open": sum(is_open(case, task) for task in tasks),
        "actions_overdue": sum(is_open(case, task) and past_due(case, task) for task in tasks),
    }


def _sides(case: Case, account_id: str) -> Row:
    row: Row = {}
    for name in ("internal", "external"):
        side = side_of(case, account_id, name)
        row[f"{name}_status"] = side.status
        row[f"{name}_sponsor"] = "; ".join(side.sponsors) or None
        row[f"{name}_days_since_touch"] = None if side.last_touch is None else case.age(side.last_touch)
    return row


def _money(case: Case, account_id: str) -> Row:
    """The window, the one a year earlier where the booked range holds it, and the budget of the whole window."""
    now, planned = figures(case, account_id), budget(case, account_id)
    before = earlier(case, account_id) if comparable(case, account_id) else Figures(0)
    grown, change = growth(case, account_id)
    span = len(window_months(case))
    whole = planned.rows == span
    return {
        "revenue": now.revenue,
        "revenue_before": before.revenue,
        "revenue_growth": grown,
        "budget_revenue": planned.revenue if whole else None,
        "revenue_to_budget": _grown(now, planned) if whole else None,
        "profit": now.profit,
        "profit_before": before.profit,
        "profit_change": change,
        "budget_profit": planned.profit if whole else None,
        "profit_to_budget": _less(now, planned) if whole else None,
        "margin": ratio(now.profit, now.revenue),
        "budget_months": planned.rows,
        "quadrant": quadrant(case, account_id),
        "window_months": span,
        "figures": standing(case, account_id),
        "months": months_known(case, account_id),
        "months_before": months_known(case, account_id, "", 1),
    }


def _less(now: Figures, planned: Figures) -> Decimal | None:
    return None if now.profit is None or planned.profit is None else now.profit - planned.profit


def _grown(now: Figures, planned: Figures) -> float | None:
    if now.revenue is None or planned.revenue is None or planned.revenue <= 0:
        return None
    return float(now.revenue / planned.revenue) - 1


PRICES = {"value": "revenue_value_priced", "cost-plus": "revenue_cost_plus", "market": "revenue_market_priced"}


def account_price_basis(case: Case) -> list[Row]:
    """Four rows per account with figures in the window; what is not priced in any way is unknown."""
    months, rows = set(window_months(case)), []
    for account_id in case.ids:
        whole = figures(case, account_id)
        if not whole.rows:
            continue
        booked = [
            row
            for row in case.facts.where("financial_period", "account_id", account_id)
            if row["scenario"] == "actual" and row["period_start"] in months
        ]
        parts = {name: _priced(case, booked, column) for name, column in PRICES.items()}
        said = sum((part for part in parts.values() if part is not None), Decimal(0))
        parts["unknown"] = None if whole.revenue is None else whole.revenue - said
        for name, part in parts.items():
            share = ratio(part, whole.revenue)
            rows.append({"account_id": account_id, "basis": name, "revenue": part, "share": share})
    return rows


def _priced(case: Case, rows: list[Row], column: str) -> Decimal | None:
    found = [row[column] * one for row in rows if row[column] is not None and (one := rate(case, row)) is not None]
    return sum(found, Decimal(0)) if found else None


def account_touches(case: Case) -> list[Row]:
    """Every done activity, and what it counts as."""
    return [
        {
            "account_id": account_id,
            **{column: touch[column] for column in ("occurred_on", "side", "kind", "note", "activity_id")},
            "who": name_of(case, touch["person_id"]),
            "contact": _contact(case, touch),
            "counts_as": _role(case, account_id, touch),
            "label": case.facts.kinds[touch["kind"]]["label"],
        }
        for account_id in case.listed
        for touch in case.facts.where("activity", "account_id", account_id)
        if touch["status"] == "done" and touch["occurred_on"] <= case.as_of
    ]


def _contact(case: Case, touch: Row) -> str | None:
    found = case.facts.where("stakeholder", "stakeholder_id", touch["stakeholder_id"])
    return found[0]["name"] if found else None


def _role(case: Case, account_id: str, touch: Row) -> str:
    if not case.facts.kinds[touch["kind"]]["touch"]:
        return "no touch"
    person, day = touch["person_id"], touch["occurred_on"]
    if person is None:
        return "ad hoc"
    exited = case.exited(account_id)  # nobody sponsors it any more
    if not exited and person in {row["person_id"] for row in assigned(case, account_id, touch["side"])}:
        return "sponsor"
    for row in case.facts.where("sponsorship", "account_id", account_id):
        then = row["start_on"] <= day and (row["end_on"] is None or row["end_on"] > day)
        if then and (row["person_id"], row["side"]) == (person, touch["side"]):
            return "former sponsor"
    return "manager" if person == case.facts.accounts[account_id]["manager_id"] else "ad hoc"


def account_assessments(case: Case) -> list[Row]:
    """Every assessment on or before as-of."""
    factors = {row["factor_id"]: row for row in case.facts["success_factor"]}
    return [
        {
            "account_id": account_id,
            "code": factors[one["factor_id"]]["code"],
            **{column: one[column] for column in ("assessed_on", "score", "evidence", "note")},
            "scale_max": factors[one["factor_id"]]["scale_max"],
            "index": index_of(one, factors[one["factor_id"]]),
            "assessor": name_of(case, one["assessor_id"]),
        }
        for account_id in case.listed
        for one in case.facts.where("assessment", "account_id", account_id)
        if one["assessed_on"] <= case.as_of
    ]

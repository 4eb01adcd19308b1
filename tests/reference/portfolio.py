"""The portfolio in one row, its accounts, and the money tables that go with them.

Over 300 lines because every question about money in sum is answered here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.reference.attention import ORDER, rules_judged, rules_lack, serious
from tests.reference.bridge import profit_bridge
from tests.reference.case import Case, month_end
from tests.reference.facts import Row
from tests.reference.money import (
    Figures,
    actual_rows,
    add_up,
    base,
    booked_months,
    budget_rows,
    empty_growth,
    figures,
    first_month,
    growth,
    history_known,
    is_late,
    last_full_month,
    last_month,
    margin_cut,
    months_known,
    months_known_before,
    position,
    programme_margin,
    quadrant,
    ratio,
    revenue_cut,
    standing,
    total,
    value_priced_share,
    window_months,
)
from tests.reference.plans import health
from tests.reference.scores import account_index, indexes, mean, weakest, weighted_mean
from tests.reference.sponsorship import coverage, double_sponsor, side_of, uncovered_revenue_share
from tests.reference.value import lever, lever_words


def portfolio(case: Case) -> list[Row]:
    """One row over the chosen accounts: money of all of them, all else of those in the programme."""
    months = window_months(case)
    row: Row = {
        "as_of": case.as_of,
        "since": case.since,
        "window_start": months[0],
        "window_end": month_end(months[-1]),
        "basis": case.basis,
        "currency": case.currency,
        **_money(case),
        **_programme(case),
        "programme_accounts": len(case.chosen_programme),
        "exited_accounts": len(case.ids) - len(case.chosen_programme),
        "late_accounts": sum(standing(case, key) == "late" for key in case.chosen_programme),
        "stopped_accounts": sum(standing(case, key) == "stopped" for key in case.chosen_programme),
        "months_known_before": months_known_before(case),
        "rules_judged": rules_judged(case),
        "rules": len(ORDER),
        "programme_margin": optional_float(programme_margin(case)),
    }
    return [row]


def _money(case: Case) -> Row:
    """Sums over the chosen accounts, exited ones too; unknown profit is counted as it is left out of the sums."""
    known = base(case)
    return {
        "accounts": len(case.ids),
        "revenue": total(figures(case, key).revenue for key in case.ids),
        "profit": known.profit,
        "margin": ratio(known.profit, known.revenue),
        "revenue_change": revenue_change(case),
        "profit_change": profit_change(case),
        "unknown_profit_accounts": sum(figures(case, key).profit is None for key in case.ids),
        "known_revenue": known.revenue,
    }


def _programme(case: Case) -> Row:
    """Means, counts and shares over the chosen accounts that are in the programme, of their revenue."""
    ids = case.chosen_programme
    scores = {key: index for key in ids if (index := account_index(case, key)) is not None}
    needy = [key for key in ids if serious(case, key)]
    revenue = total(figures(case, key).revenue for key in ids)
    return {
        "index_mean": mean(list(scores.values())),
        "index_weighted": weighted_mean(case, scores),
        "accounts_scored": len(scores),
        "internal_covered": sum(side_of(case, key, "internal").status == "covered" for key in ids),
        "external_covered": sum(side_of(case, key, "external").status == "covered" for key in ids),
        "fully_covered": sum(coverage(case, key) == "full" for key in ids),
        "uncovered_revenue_share": uncovered_revenue_share(case),
        "attention_accounts": len(needy),
        "attention_revenue_share": ratio(total(figures(case, key).revenue for key in needy) or Decimal(0), revenue),
        "double_sponsored": sum(double_sponsor(case, key) is True for key in ids),
        "unknown_revenue_accounts": sum(figures(case, key).revenue is None for key in ids),
        "rules_lack": rules_lack(case),
    }


def optional_float(value: Decimal | None) -> float | None:
    """A ratio as a float."""
    return None if value is None else float(value)


def revenue_change(case: Case) -> Decimal | None:
    """R1 - R0 over accounts known in both windows or new or lost; late ones are left out, as in the bridge."""
    if not history_known(case):
        return None
    changes: list[Decimal | None] = []
    for account_id in case.ids:
        pairs = [figures(case, account_id), figures(case, account_id, "", 1)]
        values = [found.revenue if found.rows else Decimal(0) for found in pairs]
        counts = any(found.rows for found in pairs) and not is_late(case, account_id)
        if counts and values[0] is not None and values[1] is not None:
            changes.append(values[0] - values[1])
    return total(changes)


def profit_change(case: Case) -> Decimal | None:
    """The end of the bridge less its start."""
    amounts = {row["step"]: row["amount"] for row in profit_bridge(case)}
    start, end = amounts["start"], amounts["end"]
    return None if start is None or end is None else end - start


def accounts(case: Case) -> list[Row]:
    """One row per chosen account; of an exited one only its money."""
    return [_account(case, account_id) for account_id in case.ids]


def _account(case: Case, account_id: str) -> Row:
    account, money = case.facts.accounts[account_id], figures(case, account_id)
    manager = case.facts.people.get(account["manager_id"])
    grown, change = growth(case, account_id)
    return {
        **{column: account[column] for column in ("account_id", "name", "tier", "status", "region", "industry")},
        "manager": manager["name"] if manager else None,
        "revenue": money.revenue,
        "profit": money.profit,
        "margin": ratio(money.profit, money.revenue),
        **position(case, account_id),
        "revenue_growth": grown,
        "profit_change": change,
        "quadrant": quadrant(case, account_id),
        **_standing(case, account_id),
        "months": months_known(case, account_id),
        "months_before": months_known(case, account_id, "", 1),
        "figures": standing(case, account_id),
    }


def _standing(case: Case, account_id: str) -> Row:
    """What only an account of the programme has; empty cells for an exited one."""
    row: Row = {
        "index": account_index(case, account_id),
        "factors_known": len(indexes(case, account_id)),
        "weakest_factor": weakest(case, account_id),
        "internal_status": side_of(case, account_id, "internal").status,
        "external_status": side_of(case, account_id, "external").status,
        "coverage": coverage(case, account_id),
        "plan_status": None if case.facts.empty("plan") else health(case, account_id),
        "attention": serious(case, account_id),
        "double_sponsor": double_sponsor(case, account_id),
    }
    return dict.fromkeys(row) if case.exited(account_id) else row


def whale_curve(case: Case) -> list[Row]:
    """Accounts with known profit, best first, tie by id."""
    profits = [(figures(case, key).profit or Decimal(0), key) for key in sorted(base(case).ids)]
    profits.sort(key=lambda pair: -pair[0])
    rows: list[Row] = []
    running = Decimal(0)
    for rank, (profit, account_id) in enumerate(profits, 1):
        running += profit
        rows.append(
            {
                "rank": rank,
                "account_id": account_id,
                "name": case.facts.accounts[account_id]["name"],
                "profit": profit,
                "cumulative_profit": running,
                "account_share": rank / len(profits),
                "cumulative_share": ratio(running, base(case).profit),
                "exited": case.exited(account_id),
            }
        )
    return rows


def value_mix(case: Case) -> list[Row]:
    """One row per chosen account: where its money comes from and what average margin would be worth."""
    rows = []
    for account_id in case.ids:
        money = figures(case, account_id)
        rows.append(
            {
                "account_id": account_id,
                "name": case.facts.accounts[account_id]["name"],
                "revenue": money.revenue,
                "cogs": money.cogs,
                "cost_to_serve": money.cost_to_serve,
                "profit": money.profit,
                "margin": ratio(money.profit, money.revenue),
                **position(case, account_id),
                "cost_to_serve_ratio": ratio(money.cost_to_serve, money.revenue),
                "value_priced_share": value_priced_share(money),
                "quadrant": quadrant(case, account_id),
                "revenue_growth": growth(case, account_id)[0],
                "profit_change": growth(case, account_id)[1],
                "empty_growth": empty_growth(case, account_id),
                **lever(case, account_id),
                "lever": lever_words(case, account_id),
                "margin_cut": optional_float(margin_cut(case)),
                "revenue_cut": revenue_cut(case),
                "months": months_known(case, account_id),
                "months_before": months_known(case, account_id, "", 1),
                "figures": standing(case, account_id),
                "programme_margin": optional_float(programme_margin(case)),
                "status": case.facts.accounts[account_id]["status"],
            }
        )
    return rows


def revenue_trend(case: Case) -> list[Row]:
    """One row per full month of the booked range.

    An account whose revenue is unknown in any of them is left out of all, with its budget, and counted.
    """
    unknown = [key for key in case.ids if _unknown_somewhere(case, key)]
    kept = [key for key in case.ids if key not in unknown]
    return [_month(case, kept, month) | {"left_out": len(unknown)} for month in booked_months(case)]


def _unknown_somewhere(case: Case, account_id: str) -> bool:
    booked = actual_rows(case.facts, account_id)
    return any(month in booked and add_up(case, [booked[month]]).revenue is None for month in booked_months(case))


def _month(case: Case, kept: list[str], month: date) -> Row:
    booked = [actual_rows(case.facts, key).get(month) for key in kept]
    found: list[Figures] = [add_up(case, [row]) for row in booked if row]
    known = [one for one in found if one.profit is not None]
    profit = total(one.profit for one in known)
    planned = {key: budget_rows(case.facts, key).get(month) for key in kept}
    budgets = {key: add_up(case, [row]) for key, row in planned.items() if row}
    both = [
        (add_up(case, [row]), budgets[key])
        for key in budgets
        if (row := actual_rows(case.facts, key).get(month)) is not None
    ]
    nothing = None if found or not any(_inside(case, key, month) for key in kept) else Decimal(0)
    return {
        "month": month,
        "revenue": nothing if nothing is not None else total(one.revenue for one in found),
        "profit": nothing if nothing is not None else profit,
        "margin": ratio(profit, total(one.revenue for one in known)),
        "accounts": len(found),
        "budget_revenue": total(one.revenue for one in budgets.values()),
        "budget_profit": total(one.profit for one in budgets.values()),
        "revenue_against_budget": total(_distance(now.revenue, plan.revenue) for now, plan in both),
        "profit_against_budget": total(_distance(now.profit, plan.profit) for now, plan in both),
        "budgeted_accounts": len(budgets),
    }


def _inside(case: Case, account_id: str, month: date) -> bool:
    """Whether a month without a row of the account counts as zero: after its first one, and not still to be booked."""
    first, last = first_month(case.facts, account_id), last_month(case.facts, account_id)
    if first is None or last is None:
        return False
    return first <= month and (month <= last or not is_late(case, account_id))


def _distance(now: Decimal | None, plan: Decimal | None) -> Decimal | None:
    return None if now is None or plan is None else now - plan


def account_financials(case: Case) -> list[Row]:
    """One row per account and full month with actual figures."""
    last = last_full_month(case.as_of)
    return [
        _account_month(case, account_id, month)
        for account_id in case.ids
        for month in sorted(actual_rows(case.facts, account_id))
        if month <= last
    ]


def _account_month(case: Case, account_id: str, month: date) -> Row:
    money = add_up(case, [actual_rows(case.facts, account_id)[month]])
    budget = [
        row
        for row in case.facts.where("financial_period", "account_id", account_id)
        if row["scenario"] == "budget" and row["period_start"] == month
    ]
    return {
        "account_id": account_id,
        "month": month,
        "revenue": money.revenue,
        "cogs": money.cogs,
        "cost_to_serve": money.cost_to_serve,
        "profit": money.profit,
        "margin": ratio(money.profit, money.revenue),
        **_against(money, add_up(case, budget)),
    }


def _against(money: Figures, budget: Figures) -> Row:
    """The budget of a month, and what the profit is above it."""
    known = money.profit is not None and budget.profit is not None
    return {
        "budget_revenue": budget.revenue,
        "budget_profit": budget.profit,
        "budget_margin": ratio(budget.profit, budget.revenue),
        "profit_to_budget": money.profit - budget.profit if known else None,  # type: ignore[operator]
    }

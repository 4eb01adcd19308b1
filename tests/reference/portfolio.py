"""The portfolio in one row, its accounts, and the money tables that go with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from reference.attention import serious
from reference.case import Case, month_end
from reference.facts import Row
from reference.money import (
    Figures,
    actual_rows,
    add_up,
    base,
    budget_rows,
    empty_growth,
    figures,
    growth,
    last_full_month,
    position,
    quadrant,
    ratio,
    revenue_cut,
    total,
    value_priced_share,
    window_months,
)
from reference.plans import health
from reference.scores import account_index, indexes, mean, weakest, weighted_mean
from reference.sponsorship import coverage, side_of
from reference.value import lever, lever_words


def portfolio(case: Case) -> list[Row]:
    """One row over the chosen accounts."""
    months = window_months(case)
    known = base(case)
    scores = {key: index for key in case.ids if (index := account_index(case, key)) is not None}
    revenue = total(figures(case, key).revenue for key in case.ids)
    uncovered = total(figures(case, key).revenue for key in case.ids if coverage(case, key) == "none")
    needy = [key for key in case.ids if serious(case, key)]
    covered = [[side_of(case, key, side).status for key in case.ids] for side in ("internal", "external")]
    row: Row = {
        "as_of": case.as_of,
        "since": case.since,
        "window_start": months[0],
        "window_end": month_end(months[-1]),
        "basis": case.basis,
        "currency": case.currency,
        "accounts": len(case.ids),
        "revenue": revenue,
        "profit": known.profit,
        "margin": ratio(known.profit, known.revenue),
        "revenue_change": _change(case, "revenue"),
        "profit_change": _change(case, "profit"),
        "index_mean": mean(list(scores.values())),
        "index_weighted": weighted_mean(case, scores),
        "accounts_scored": len(scores),
        "internal_covered": covered[0].count("covered"),
        "external_covered": covered[1].count("covered"),
        "fully_covered": sum(coverage(case, key) == "full" for key in case.ids),
        "uncovered_revenue_share": ratio(uncovered or Decimal(0), revenue),
        "attention_accounts": len(needy),
        "attention_revenue_share": ratio(total(figures(case, key).revenue for key in needy) or Decimal(0), revenue),
        "unknown_profit_accounts": sum(figures(case, key).profit is None for key in case.ids),
    }
    return [row]


def _change(case: Case, column: str) -> Decimal | None:
    """Sum of now minus a year earlier, over accounts unknown in neither window; no rows count as 0."""
    changes: list[Decimal | None] = []
    for account_id in case.ids:
        pairs = [figures(case, account_id), figures(case, account_id, "", 1)]
        values: list[Decimal | None] = [getattr(found, column) if found.rows else Decimal(0) for found in pairs]
        if any(found.rows for found in pairs) and values[0] is not None and values[1] is not None:
            changes.append(values[0] - values[1])
    return total(changes)


def accounts(case: Case) -> list[Row]:
    """One row per chosen account."""
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
        "index": account_index(case, account_id),
        "factors_known": len(indexes(case, account_id)),
        "weakest_factor": weakest(case, account_id),
        "internal_status": side_of(case, account_id, "internal").status,
        "external_status": side_of(case, account_id, "external").status,
        "coverage": coverage(case, account_id),
        "plan_status": health(case, account_id),
        "attention": serious(case, account_id),
    }


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
                "margin_cut": base(case.everyone).margin,
                "revenue_cut": revenue_cut(case),
                "months": money.rows,
            }
        )
    return rows


def revenue_trend(case: Case) -> list[Row]:
    """One row per full month with figures or a budget of the chosen accounts."""
    months = {month for key in case.ids for month in (*actual_rows(case.facts, key), *budget_rows(case.facts, key))}
    return [_month(case, month) for month in sorted(months) if month <= last_full_month(case.as_of)]


def _month(case: Case, month: date) -> Row:
    booked = [actual_rows(case.facts, key).get(month) for key in case.ids]
    found: list[Figures] = [add_up(case, [row]) for row in booked if row]
    known = [one for one in found if one.profit is not None]
    profit = total(one.profit for one in known)
    planned = {key: budget_rows(case.facts, key).get(month) for key in case.ids}
    budgets = {key: add_up(case, [row]) for key, row in planned.items() if row}
    both = [
        (add_up(case, [row]), budgets[key])
        for key in budgets
        if (row := actual_rows(case.facts, key).get(month)) is not None
    ]
    return {
        "month": month,
        "revenue": total(one.revenue for one in found),
        "profit": profit,
        "margin": ratio(profit, total(one.revenue for one in known)),
        "accounts": len(found),
        "budget_revenue": total(one.revenue for one in budgets.values()),
        "budget_profit": total(one.profit for one in budgets.values()),
        "revenue_against_budget": total(_distance(now.revenue, plan.revenue) for now, plan in both),
        "profit_against_budget": total(_distance(now.profit, plan.profit) for now, plan in both),
        "budgeted_accounts": len(budgets),
    }


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

"""Attention: which rules an account breaks, what each is about, who needs the director."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from reference.case import Case
from reference.facts import Row
from reference.money import by_revenue, figures, growth
from reference.plans import health, overdue, plan_of, thread_of
from reference.scores import colour, indexes, pair, valid
from reference.sponsorship import SIDES, orphaned_by, side_of

SERIOUS = ("loses_money", "empty_growth", "side_uncovered", "orphan_risk", "factors_red", "plan_expired")
ORDER = (
    *(
        "loses_money",
        "empty_growth",
        "side_uncovered",
        "side_stale",
        "orphan_risk",
        "factors_red",
        "factor_fell",
    ),
    *("overclaimed", "plan_expired", "plan_missing", "plan_unreviewed", "actions_overdue", "single_thread"),
)


@cache
def reasons(case: Case, account_id: str) -> dict[str, Decimal | None]:
    """Reason -> amount, serious ones first, then in the order of domain.md. Exited accounts have none."""
    if case.facts.accounts[account_id]["status"] == "exited":
        return {}
    raised = _money(case, account_id)
    held = _sponsors(case, account_id) | _scores(case, account_id) | _plans(case, account_id)
    raised |= dict.fromkeys(held, figures(case, account_id).revenue)
    return {name: raised[name] for name in sorted(raised, key=lambda name: (name not in SERIOUS, ORDER.index(name)))}


def _money(case: Case, account_id: str) -> dict[str, Decimal | None]:
    profit = figures(case, account_id).profit
    grown, change = growth(case, account_id)
    raised: dict[str, Decimal | None] = {}
    if profit is not None and profit < 0:
        raised["loses_money"] = -profit
    if grown is not None and change is not None and grown > 0 and change < 0:
        raised["empty_growth"] = -change
    return raised


def _sponsors(case: Case, account_id: str) -> set[str]:
    raised: set[str] = set()
    if not case.facts.empty("sponsorship"):
        statuses = {side_of(case, account_id, side).status for side in SIDES}
        raised |= {f"side_{status}" for status in statuses & {"uncovered", "stale"}}
        if any(orphaned_by(case, account_id, side) for side in SIDES):
            raised.add("orphan_risk")
    touched = not case.facts.empty("activity") and not case.facts.empty("stakeholder")
    if touched and thread_of(case, account_id)["thread"] == "single":
        raised.add("single_thread")
    return raised


def _scores(case: Case, account_id: str) -> set[str]:
    raised: set[str] = set()
    if sum(colour(case, index) == "red" for index in indexes(case, account_id).values()) >= 3:
        raised.add("factors_red")
    for factor in case.facts["success_factor"]:
        now, then = (valid(case.facts, account_id, factor, day) for day in (case.as_of, case.since))
        if now and then and then["score"] - now["score"] >= 1:
            raised.add("factor_fell")
        if pair(case, account_id, factor["factor_id"])["claim"] == "overclaimed":
            raised.add("overclaimed")
    return raised


def _plans(case: Case, account_id: str) -> set[str]:
    if case.facts.empty("plan"):
        return set()
    named = {"none": "plan_missing", "expired": "plan_expired"}
    if not case.facts.empty("plan_review"):
        named["unreviewed"] = "plan_unreviewed"
    state, plan = health(case, account_id), plan_of(case, account_id)
    raised = {named[state]} if state in named else set()
    return raised | {"actions_overdue"} if plan and overdue(case, plan) else raised


def serious(case: Case, account_id: str) -> int:
    """Number of serious reasons."""
    return sum(name in SERIOUS for name in reasons(case, account_id))


def by_seriousness(case: Case) -> list[str]:
    """The chosen accounts in the order of domain.md: most serious reasons first, then by revenue."""
    return sorted(case.ids, key=lambda key: (-serious(case, key), *by_revenue(case, key)))


def attention_reasons(case: Case) -> list[Row]:
    """One row per account and reason, in the order of attention."""
    return [
        {
            "account_id": account_id,
            "name": case.facts.accounts[account_id]["name"],
            "reason": name,
            "serious": name in SERIOUS,
            "amount": amount,
        }
        for account_id in by_seriousness(case)
        for name, amount in reasons(case, account_id).items()
    ]


def attention(case: Case) -> list[Row]:
    """Accounts with a serious reason, in their order."""
    return [
        {
            "account_id": account_id,
            "name": case.facts.accounts[account_id]["name"],
            "serious": serious(case, account_id),
            "revenue": figures(case, account_id).revenue,
            "profit": figures(case, account_id).profit,
            "reasons": "; ".join(reasons(case, account_id)),
            **{f"{side}_status": side_of(case, account_id, side).status for side in SIDES},
        }
        for account_id in by_seriousness(case)
        if serious(case, account_id)
    ]

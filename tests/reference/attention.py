"""Attention: which rules an account breaks, what each is about, who needs the director."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.money import ZERO, by_revenue, figures, growth, standing
from tests.reference.plans import health, overdue, plan_of, thread_of
from tests.reference.scores import colour, indexes, pair, valid
from tests.reference.sponsorship import SIDES, any_touch, names_people, no_live_sponsor, orphaned_by, side_of

ALWAYS_SERIOUS = ("side_uncovered", "orphan_risk", "factors_red", "plan_expired", "no_live_sponsor")
ORDER = (
    *("loses_money", "empty_growth", "side_uncovered", "side_stale", "orphan_risk", "factors_red", "factor_fell"),
    *("overclaimed", "plan_expired", "plan_missing", "plan_unreviewed", "actions_overdue", "single_thread"),
    *("no_live_sponsor", "profit_unknown", "figures_stopped"),
)
KINDS: Mapping[str, tuple[str, ...]] = {
    "money": ("loses_money", "empty_growth", "profit_unknown", "figures_stopped"),
    "sponsors": ("side_uncovered", "side_stale", "no_live_sponsor", "orphan_risk", "single_thread"),
    "factors": ("factors_red", "factor_fell", "overclaimed"),
    "plan": ("plan_expired", "plan_missing", "plan_unreviewed", "actions_overdue"),
}
# The tables each rule rests on. That no_live_sponsor rests on activities too follows from "9 of 16 rules; no
# activities, no plans": who is covered is told by touches.
RESTS_ON: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(KINDS["money"], ("financial_period",)),
    "side_uncovered": ("sponsorship",),
    "orphan_risk": ("sponsorship",),
    "side_stale": ("sponsorship", "activity"),
    "no_live_sponsor": ("sponsorship", "activity"),
    "single_thread": ("activity", "stakeholder"),
    **dict.fromkeys(KINDS["factors"], ("assessment",)),
    "plan_expired": ("plan",),
    "plan_missing": ("plan",),
    "plan_unreviewed": ("plan", "plan_review"),
    "actions_overdue": ("plan", "objective", "action"),
}


@cache
def judged(case: Case, name: str) -> bool:
    """Whether the file has what a rule rests on; a rule without raises nothing."""
    if any(case.facts.empty(table) for table in RESTS_ON[name]):
        return False
    if name == "no_live_sponsor":
        return names_people(case.facts)
    return any_touch(case) if name == "side_stale" else True


# What a rule may rest on, and how its absence is called. What stands in brackets is not told where another is missing
# already: without activities nobody can have named anybody.
LACKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("financial_period", "no figures", ()),
    ("sponsorship", "no sponsorships", ()),
    ("activity", "no activities", ()),
    ("named", "activities by people nobody knows", ("activity",)),
    ("touch", "no touch by a sponsor", ("activity", "sponsorship", "named")),
    ("stakeholder", "no contacts", ()),
    ("assessment", "no assessments", ()),
    ("plan", "no plans", ()),
    ("plan_review", "no plan reviews", ("plan",)),
    ("action", "no actions", ("plan",)),
)


def rules_lack(case: Case) -> str | None:
    """Why not every rule could be judged: what the file lacks, in words."""
    needed = {table for name in ORDER if not judged(case, name) for table in _rests_on(name)}
    missing = {table for table, _, _ in LACKS if not _there(case, table)}
    told = [words for table, words, inside in LACKS if table in needed & missing and not missing.intersection(inside)]
    return ", ".join(told) or None


def _rests_on(name: str) -> tuple[str, ...]:
    more = {"side_stale": ("named", "touch"), "no_live_sponsor": ("named",)}
    return (*RESTS_ON[name], *more.get(name, ()))


def _there(case: Case, table: str) -> bool:
    if table == "named":
        return names_people(case.facts)
    return any_touch(case) if table == "touch" else not case.facts.empty(table)


def rules_judged(case: Case) -> int:
    """How many of the rules the file can tell anything about."""
    return sum(judged(case, name) for name in ORDER)


@cache
def raised(case: Case, account_id: str) -> dict[str, bool]:
    """Reason -> serious or not, serious ones first, then in the order of domain.md. Exited accounts have none."""
    if case.exited(account_id):
        return {}
    held = _sponsors(case, account_id) | _scores(case, account_id) | _plans(case, account_id)
    found = _money(case, account_id) | {name: name in ALWAYS_SERIOUS for name in held}
    kept = {name: grave for name, grave in found.items() if judged(case, name)}
    if "no_live_sponsor" in kept:
        kept = {name: grave for name, grave in kept.items() if name not in ("side_uncovered", "side_stale")}
    return {name: kept[name] for name in sorted(kept, key=lambda name: (not kept[name], ORDER.index(name)))}


def amount(case: Case, account_id: str, name: str) -> Decimal | None:
    """The loss, the fall in profit, else the account's revenue."""
    if name == "loses_money":
        return -(figures(case, account_id).profit or ZERO)
    if name == "empty_growth":
        return -(growth(case, account_id)[1] or ZERO)
    return figures(case, account_id).revenue


def reasons(case: Case, account_id: str) -> dict[str, Decimal | None]:
    """Reason -> amount, in the same order."""
    return {name: amount(case, account_id, name) for name in raised(case, account_id)}


@cache
def _at_review(case: Case) -> Case:
    return replace(case, as_of=case.since)


def _money(case: Case, account_id: str) -> dict[str, bool]:
    """A loss or fall is serious from the material share of revenue on; unknown profit where it was known before."""
    mine = figures(case, account_id)
    grown, change = growth(case, account_id)
    least = (case.exact("material_share") or ZERO) * (mine.revenue or ZERO)
    found: dict[str, bool] = {}
    if mine.profit is not None and mine.profit < 0:
        found["loses_money"] = -mine.profit >= least
    if grown is not None and change is not None and grown > 0 and change < 0:
        found["empty_growth"] = -change >= least
    if mine.rows and mine.profit is None:
        found["profit_unknown"] = figures(_at_review(case), account_id, "ttm").profit is not None
    if standing(case, account_id) == "stopped":
        found["figures_stopped"] = False
    return found


def _sponsors(case: Case, account_id: str) -> set[str]:
    statuses = {side_of(case, account_id, side).status for side in SIDES}
    found = {f"side_{status}" for status in statuses & {"uncovered", "stale"}}
    if any(orphaned_by(case, account_id, side) for side in SIDES):
        found.add("orphan_risk")
    if no_live_sponsor(case, account_id):
        found.add("no_live_sponsor")
    if thread_of(case, account_id)["thread"] == "single":
        found.add("single_thread")
    return found


def _scores(case: Case, account_id: str) -> set[str]:
    found: set[str] = set()
    reds = sum(colour(case, index) == "red" for index in indexes(case, account_id).values())
    if reds >= case.setting("reds_serious"):
        found.add("factors_red")
    for factor in case.facts["success_factor"]:
        now, then = (valid(case.facts, account_id, factor, day) for day in (case.as_of, case.since))
        if now and then and then["score"] - now["score"] >= 1:
            found.add("factor_fell")
        if pair(case, account_id, factor["factor_id"])["claim"] == "overclaimed":
            found.add("overclaimed")
    return found


def _plans(case: Case, account_id: str) -> set[str]:
    named = {"none": "plan_missing", "expired": "plan_expired", "unreviewed": "plan_unreviewed"}
    state, plan = health(case, account_id), plan_of(case, account_id)
    found = {named[state]} if state in named else set()
    return found | {"actions_overdue"} if plan and overdue(case, plan) else found


def serious(case: Case, account_id: str) -> int:
    """Number of serious reasons."""
    return sum(raised(case, account_id).values())


def marks(case: Case, account_id: str) -> dict[str, str | None]:
    """Each kind of reason: serious, minor or None."""
    found = raised(case, account_id)
    hit = {kind: [found[name] for name in names if name in found] for kind, names in KINDS.items()}
    return {kind: None if not each else "serious" if any(each) else "minor" for kind, each in hit.items()}


def weight(case: Case, account_id: str) -> Decimal:
    """Kinds hit seriously times revenue; unknown and negative revenue weighs nothing."""
    kinds = sum(mark == "serious" for mark in marks(case, account_id).values())
    return kinds * max(figures(case, account_id).revenue or ZERO, ZERO)


def by_weight(case: Case) -> list[str]:
    """The chosen accounts that may raise something, in the order of domain.md: by weight, then revenue, then id."""
    return sorted(case.listed, key=lambda key: (-weight(case, key), *by_revenue(case, key)))


def attention_reasons(case: Case) -> list[Row]:
    """One row per account and reason, in the order of attention."""
    return [
        {
            "account_id": account_id,
            "name": case.facts.accounts[account_id]["name"],
            "reason": name,
            "serious": grave,
            "amount": amount(case, account_id, name),
        }
        for account_id in by_weight(case)
        for name, grave in raised(case, account_id).items()
    ]


def attention(case: Case) -> list[Row]:
    """Accounts with a serious reason, in their order."""
    from tests.reference.asks import ask_in_short, first_ask

    return [
        {
            "account_id": account_id,
            "name": case.facts.accounts[account_id]["name"],
            "serious": serious(case, account_id),
            "revenue": figures(case, account_id).revenue,
            "profit": figures(case, account_id).profit,
            "reasons": "; ".join(raised(case, account_id)),
            **{f"{side}_status": side_of(case, account_id, side).status for side in SIDES},
            "weight": weight(case, account_id),
            **marks(case, account_id),
            "ask": first_ask(case, account_id),
            "ask_short": ask_in_short(case, account_id),
        }
        for account_id in by_weight(case)
        if serious(case, account_id)
    ]

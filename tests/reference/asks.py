"""What the reasons, gaps and levers say in words, with every number in them worked out again.

Amounts, shares, days and counts are written by kaptui.text; the engine writes them in SQL. Where domain.md is
silent: what is asked for one account rests on the whole file, chosen or not; the lever is asked for once, at the loss
if there is one, else at the growth without profit; sides stand in the order of their names; "on either side since" is
the later of two days, for only from then on was neither side live.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from kaptui.text import count, day, money, share
from tests.reference.attention import amount, attention_reasons, by_weight, raised
from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.gaps import gap_since, gap_why, load_in_file, suggestion
from tests.reference.money import actual_rows, figures, growth, last_month, rate, window_months
from tests.reference.plans import last_review, name_of, overdue, plan_of, thread_of
from tests.reference.scores import colour, indexes, pair, valid
from tests.reference.sponsorship import SIDES, assigned, by_start, orphaned_by, side_of
from tests.reference.value import lever_in_short, lever_words

WHERE: Mapping[str, str] = {"internal": "inside", "external": "at customer"}
"""The sides in words."""


def account_asks(case: Case) -> list[Row]:
    """One row per account and reason: why in few words, and the step that answers it; in the order of attention."""
    return [
        {
            "account_id": account_id,
            "name": case.facts.accounts[account_id]["name"],
            "reason": name,
            "because": BECAUSE[name](case, account_id),
            "ask": ask(case, account_id, name),
            "serious": grave,
            "amount": amount(case, account_id, name),
            "detail": detail(case, account_id, name),
        }
        for account_id in by_weight(case)
        for name, grave in raised(case, account_id).items()
    ]


def ask(case: Case, account_id: str, name: str) -> str | None:
    """The step that answers one reason of an account; None where the reason asks for nothing of its own."""
    if name not in ASKS or (name == "empty_growth" and "loses_money" in raised(case, account_id)):
        return None
    return ASKS[name](case.everyone, account_id) or None


ABOUT_SIDES = ("side_uncovered", "side_stale", "no_live_sponsor")
"""Reasons whose step names a sponsor already."""


def first_ask(case: Case, account_id: str) -> str | None:
    """The one ask of an account: the step of its first reason that has one, then whom the proposal would appoint.

    Beside them stands what to do about the other side where nobody is free for it. The proposal stands by itself where
    no reason asks for anything, and not at all beside a step about the sides.
    """
    name = next((name for name in raised(case, account_id) if ask(case, account_id, name)), None)
    step = ask(case, account_id, name) if name else None
    found = {side: suggestion(case, account_id, side)["suggested"] for side in sorted(SIDES)}
    people = [f"{person} ({WHERE[side]})" for side, person in found.items() if person]
    rest = [_own_step(case, account_id, side) for side, person in found.items() if not person]
    proposal = ", ".join(filter(None, (f"appoint {', '.join(people)}", *rest))) if people else ""
    parts = [step or "", proposal if name not in ABOUT_SIDES else ""]
    return "; ".join(filter(None, parts)) or None


def ask_in_short(case: Case, account_id: str) -> str | None:
    """The one ask in few words: a lever without its assumption, beside it people without their sides."""
    name = next((name for name in raised(case, account_id) if ask(case, account_id, name)), None)
    if name not in ("loses_money", "empty_growth"):
        people = _proposed_people(case, account_id) if name and name not in ABOUT_SIDES else ""
        step = ask(case, account_id, name) if name else None
        return "; ".join(filter(None, (step, people))) or first_ask(case, account_id)
    lever = lever_in_short(case.everyone, account_id)
    return "; ".join(filter(None, (lever, _proposed_people(case, account_id))))


def _proposed_people(case: Case, account_id: str) -> str:
    """Whom the proposal would appoint: one by name, two in a number."""
    found = [name for side in sorted(SIDES) if (name := suggestion(case, account_id, side)["suggested"])]
    return f"appoint {found[0] if len(found) == 1 else f'{len(found)} leaders'}" if found else ""


def reasons_in_full(case: Case) -> list[Row]:
    """One row per account and reason, with what the rule found."""
    return [row | {"detail": detail(case, row["account_id"], row["reason"])} for row in attention_reasons(case)]


def detail(case: Case, account_id: str, name: str) -> str:
    """What the rule found, in full."""
    match name:
        case "side_uncovered" | "side_stale" | "no_live_sponsor":
            sides = _open(case, account_id, name)  # whose side nobody holds comes first
            sides.sort(key=lambda side: side_of(case, account_id, side).status == "stale")
            return "; ".join(_side_in_full(case, account_id, side) for side in sides)
        case "factors_red":
            return f"{BECAUSE[name](case, account_id)}: {', '.join(_red(case, account_id))}"
        case "factor_fell":
            return f"fell by a level or more: {', '.join(_fallen(case, account_id))}"
    return BECAUSE[name](case, account_id)


def _side_in_full(case: Case, account_id: str, side: str) -> str:
    since = gap_since(case, account_id, side)
    return f"{WHERE[side]}: {gap_why(case, account_id, side)}" + (f" since {day(since)}" if since else "")


def _open(case: Case, account_id: str, reason: str) -> list[str]:
    """The sides that a reason is about, by name."""
    if reason == "no_live_sponsor":
        return sorted(SIDES)
    return [side for side in sorted(SIDES) if f"side_{side_of(case, account_id, side).status}" == reason]


def _sides(reason: str) -> Callable[[Case, str], str]:
    def words(case: Case, account_id: str) -> str:
        sides = _open(case, account_id, reason)
        found = [gap_since(case, account_id, side) for side in sides]
        known = [one for one in found if one is not None]
        since = f" since {day(max(known))}" if len(known) == len(found) else ""
        if len(sides) == 2:
            return f"no live sponsor on either side{since}"
        standing = "no sponsor {}" if reason == "side_uncovered" else "sponsor {} silent"
        return standing.format(" or ".join(WHERE[side] for side in sides)) + since

    return words


def _per_side(reason: str, step: Callable[[Case, str, str], str]) -> Callable[[Case, str], str]:
    """One step for each side that the reason is about."""

    def words(case: Case, account_id: str) -> str:
        return ", ".join(step(case, account_id, side) for side in _open(case, account_id, reason))

    return words


def _appoint(case: Case, account_id: str, side: str) -> str:
    name = suggestion(case, account_id, side)["suggested"]
    return f"appoint {name} ({WHERE[side]})" if name else f"name a sponsor ({WHERE[side]})"


def _take_or_go(case: Case, account_id: str) -> str:
    """One step for each side: somebody for the one nobody holds, a visit for the silent one."""
    steps = {"uncovered": _appoint, "stale": _go_there}
    return ", ".join(
        steps[status](case, account_id, side)
        for side in sorted(SIDES)
        if (status := side_of(case, account_id, side).status) in steps
    )


def _own_step(case: Case, account_id: str, side: str) -> str:
    """What to do about one side; nothing where it is no gap."""
    match side_of(case, account_id, side).status:
        case "uncovered":
            return _appoint(case.everyone, account_id, side)
        case "stale":
            return _go_there(case.everyone, account_id, side)
    return ""


def _go_there(case: Case, account_id: str, side: str) -> str:
    """Whoever stands there goes, but nobody over the limit of accounts if another could, of the side or suggested."""
    limit = case.setting("load_over")
    there = dict.fromkeys(row["person_id"] for row in by_start(case, assigned(case, account_id, side)))
    people = [(case.facts.people[key]["name"], len(load_in_file(case)[key])) for key in there]
    free = [name for name, carried in people if carried <= limit]
    other = suggestion(case, account_id, side)["suggested"]
    if not free and other:
        return f"appoint {other} ({WHERE[side]}), " + ", ".join(f"{name} carries {carried}" for name, carried in people)
    sent = free or [f"{name} (over the limit, carries {carried})" for name, carried in people]
    return f"have {'; '.join(sent)} meet them ({WHERE[side]})" + (f" or appoint {other}" if other else "")


def _orphans(case: Case, account_id: str) -> list[tuple[str, str, date]]:
    """Side, only sponsor, and the day that ends it."""
    found = [(side, orphaned_by(case, account_id, side)) for side in sorted(SIDES)]
    return [
        (side, case.facts.people[person]["name"], max(row["end_on"] for row in assigned(case, account_id, side)))
        for side, person in found
        if person
    ]


def _leaving(case: Case, account_id: str) -> str:
    return "; ".join(
        f"only sponsor {WHERE[side]}, {who}, leaves {day(end)}" for side, who, end in _orphans(case, account_id)
    )


def _follow(case: Case, account_id: str) -> str:
    return ", ".join(f"name who follows {who} ({WHERE[side]})" for side, who, _ in _orphans(case, account_id))


def _named(case: Case, code: str) -> str:
    """A factor by its name, up to the first comma."""
    name = next(row["name"] for row in case.facts["success_factor"] if row["code"] == code)
    return (name or "").split(",")[0].strip() or code


def _red(case: Case, account_id: str) -> list[str]:
    return [_named(case, code) for code, index in indexes(case, account_id).items() if colour(case, index) == "red"]


def _fallen(case: Case, account_id: str) -> list[str]:
    found = []
    for factor in case.facts["success_factor"]:
        now, then = (valid(case.facts, account_id, factor, on) for on in (case.as_of, case.since))
        if now and then and then["score"] - now["score"] >= 1:
            found.append(_named(case, factor["code"]))
    return found


def _overclaimed(case: Case, account_id: str) -> str:
    rows = [pair(case, account_id, factor["factor_id"]) for factor in case.facts["success_factor"]]
    return ", ".join(_named(case, row["code"]) for row in rows if row["claim"] == "overclaimed")


def _grown(case: Case, account_id: str) -> str:
    grown, change = growth(case, account_id)
    return f"revenue {share(grown, signed=True)}, profit {money(change, signed=True)}"


def _loss(case: Case, account_id: str) -> str:
    return f"loses {money(-(figures(case, account_id).profit or 0))}"


def _rateless(case: Case, account_id: str) -> bool:
    return figures(case, account_id).revenue is None


def _unknown(case: Case, account_id: str) -> str:
    """What is missing: a rate, else the cost of so many months; and what profit was at the review, if it was known."""
    then = figures(replace(case, as_of=case.since), account_id, "ttm").profit
    return _lacking(case, account_id) + (f"; profit was {money(then)} at the review" if then is not None else "")


def _lacking(case: Case, account_id: str) -> str:
    if _rateless(case, account_id):
        return f"no rate in {count('month', _months_without_rate(case, account_id))}"
    booked = actual_rows(case.facts, account_id)
    costs = ("cogs",) if case.basis == "gross" else ("cogs", "cost_to_serve")
    months = [month for month in window_months(case) if month in booked]
    missing = sum(any(booked[month][cost] is None for cost in costs) for month in months)
    return f"no cost in {count('month', missing)}"


def _months_without_rate(case: Case, account_id: str) -> int:
    booked = actual_rows(case.facts, account_id)
    return sum(rate(case, booked[month]) is None for month in window_months(case) if month in booked)


def _stopped(case: Case, account_id: str) -> str:
    last = last_month(case.facts, account_id)
    assert last is not None
    return f"nothing booked since {last:%b %Y}"


def _plan(case: Case, account_id: str) -> Row:
    plan = plan_of(case, account_id)
    assert plan is not None
    return plan


def _reviewed(case: Case, account_id: str) -> str:
    last = last_review(case, _plan(case, account_id))
    return f"plan: last review {day(last)}" if last else "plan: never reviewed"


def _late(case: Case, account_id: str) -> str:
    return f"{count('action', len(overdue(case, _plan(case, account_id))))} overdue"


def _close(case: Case, account_id: str) -> str:
    """Named is who owes the action that is due longest; one that nobody owns has nobody to be named."""
    late = sorted(overdue(case, _plan(case, account_id)), key=lambda row: (row["due_on"], row["action_id"]))
    owners = [owner for row in late if (owner := name_of(case, row["owner_id"]))]
    return f"close {count('overdue action', len(late))}" + (f", first {owners[0]}'s" if owners else "")


def _met(case: Case, account_id: str) -> str:
    return f"{count('contact', thread_of(case, account_id)['contacts_touched'])} touched"


def _meet_another(case: Case, account_id: str) -> str:
    """Of 0 or 1 contacts touched the next one is the first or the second."""
    return "meet a second contact" if thread_of(case, account_id)["contacts_touched"] else "meet a first contact"


BECAUSE: Mapping[str, Callable[[Case, str], str]] = {
    "loses_money": _loss,
    "empty_growth": _grown,
    "side_uncovered": _sides("side_uncovered"),
    "side_stale": _sides("side_stale"),
    "orphan_risk": _leaving,
    "factors_red": lambda case, key: f"{count('factor', len(_red(case, key)))} red",
    "factor_fell": lambda case, key: f"fell: {', '.join(_fallen(case, key))}",
    "overclaimed": lambda case, key: f"green without evidence: {_overclaimed(case, key)}",
    "plan_expired": lambda case, key: f"plan ended {day(_plan(case, key)['end_on'])}",
    "plan_missing": lambda case, key: "no plan",
    "plan_unreviewed": _reviewed,
    "actions_overdue": _late,
    "single_thread": _met,
    "no_live_sponsor": _sides("no_live_sponsor"),
    "profit_unknown": _unknown,
    "figures_stopped": _stopped,
}
ASKS: Mapping[str, Callable[[Case, str], str | None]] = {
    "loses_money": lever_words,
    "empty_growth": lever_words,
    "side_uncovered": _per_side("side_uncovered", _appoint),
    "side_stale": _per_side("side_stale", _go_there),
    "orphan_risk": _follow,
    "overclaimed": lambda case, key: f"score again with evidence: {_overclaimed(case, key)}",
    "plan_expired": lambda case, key: "renew the plan",
    "plan_missing": lambda case, key: "write a plan",
    "plan_unreviewed": lambda case, key: "review the plan",
    "actions_overdue": _close,
    "single_thread": _meet_another,
    "no_live_sponsor": _take_or_go,
    "profit_unknown": lambda case, key: (
        "add the missing rate" if _rateless(case, key) else "have the missing cost booked"
    ),
    "figures_stopped": lambda case, key: "find out: lost, or not booked",
}

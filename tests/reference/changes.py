"""Changes that the dated facts tell, between the review and as-of; nothing of what earlier loads said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from reference.case import Case, month_end
from reference.facts import Row
from reference.money import figures, last_full_month
from reference.plans import actions, is_open, objectives, past_due, plan_of
from reference.scores import account_index, index_of, indexes, latest, valid
from reference.sponsorship import SIDES, assigned, side_of

Told = tuple[str, Any, Any, date | None, Decimal | None, int | None]
"""What, before, after, the day, the effect; 1 for the better, -1 for the worse, None where neither can be said."""


@cache
def on(case: Case, day: date) -> Case:
    """The same choices on another day."""
    return replace(case, as_of=day)


def changes(case: Case) -> list[Row]:
    """One row per change; no order."""
    columns = ("what", "before", "after", "changed_on", "effect", "better")
    return [
        {"account_id": key, "name": case.facts.accounts[key]["name"], "kind": "fact", "about": about}
        | dict(zip(columns, told, strict=True))
        for key in case.ids
        for about, moves in MOVES.items()
        for told in moves(case, key)
    ]


def changes_by_account(case: Case) -> list[Row]:
    """What scores and profit of each account with a change come to, and how much else moved; what moved most first.

    Where domain.md is silent: worst is what cost most; of what no amount is known for, the first by kind and name.
    """
    every = changes(case)
    rows = [_moved([change for change in every if change["account_id"] == key]) for key in case.ids]
    return sorted((row for row in rows if row), key=_by_size)


def _moved(own: list[Row]) -> Row:
    if not own:
        return {}
    effects = {
        about: [change["effect"] for change in own if change["about"] == about and change["effect"] is not None]
        for about in ("score", "profit")
    }
    worse = [change for change in own if change["better"] == -1]
    return {
        "account_id": own[0]["account_id"],
        "name": own[0]["name"],
        **{f"{about}_effect": sum(found, Decimal(0)) if found else None for about, found in effects.items()},
        "worse": len(worse),
        "better": sum(change["better"] == 1 for change in own),
        "worst": min(worse, key=_by_loss)["what"] if worse else None,
    }


def _by_loss(change: Row) -> tuple[bool, Decimal, str, str]:
    effect = change["effect"]
    return (effect is None, -cents(effect or Decimal(0)), change["about"], change["what"])


def _by_size(row: Row) -> tuple[Decimal, int, str]:
    moved = sum((abs(row[column] or Decimal(0)) for column in ("score_effect", "profit_effect")), Decimal(0))
    return (-cents(moved), -row["worse"], row["account_id"])


def cents(amount: Decimal) -> Decimal:
    """The size of an amount in whole cents: below them no order is claimed."""
    return abs(amount).quantize(Decimal("0.01"), "ROUND_HALF_UP")


def _scores(case: Case, key: str) -> Iterator[Told]:
    before = on(case, case.since)
    revenue = figures(case, key, "ttm").revenue
    for factor in case.facts["success_factor"]:
        was, now = (valid(case.facts, key, factor, day) for day in (case.since, case.as_of))
        if index_of(was, factor) == index_of(now, factor):
            continue
        last = latest(case.facts, key, factor, case.as_of)
        assert last is not None
        day = last["assessed_on"] if now else last["assessed_on"] + timedelta(days=factor["expire_days"] + 1)
        without = dict(indexes(case, key))
        without.pop(factor["code"], None)
        if was is not None:
            without[factor["code"]] = indexes(before, key)[factor["code"]]
        points = _difference(account_index(case, key), _index(case, without))
        effect = None if points is None or revenue is None else Decimal(points) / 100 * max(revenue, Decimal(0))
        before_, after_ = index_of(was, factor), index_of(now, factor)
        better = None if before_ is None or after_ is None else _sign(after_ - before_)
        yield f"{factor['code']} score", _score(was), _score(now), day, effect, better


def _sign(difference: float | Decimal) -> int:
    return (difference > 0) - (difference < 0)


def _index(case: Case, known: dict[str, float]) -> float | None:
    """The account index of these factors, None where under half of the weight is known."""
    weights = {row["code"]: float(row["weight"]) for row in case.facts["success_factor"]}
    share = sum(weights[code] for code in known)
    if share <= 0 or share < sum(weights.values()) / 2:
        return None
    return sum(weights[code] * value for code, value in known.items()) / share


def _difference(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else now - before


def _score(assessment: Row | None) -> str | None:
    return None if assessment is None else f"{float(assessment['score']):g}"


def _profit(case: Case, key: str) -> Iterator[Told]:
    now, was = (figures(each, key, "ttm").profit for each in (case, on(case, case.since)))
    if now is not None and was is not None and now != was:
        closed = month_end(last_full_month(case.as_of))
        yield "profit, 12 months", _amount(was), _amount(now), closed, now - was, _sign(now - was)


def _amount(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), 'ROUND_HALF_UP')}"


# Nobody is worse than somebody who stays away, and that is worse than somebody who has yet to come.
RISING = ("uncovered", "stale", "new", "covered")


def _sides(case: Case, key: str) -> Iterator[Told]:
    """The day is found the slow way: the first from which the side has been as it is."""
    for side in SIDES:
        was, now = side_of(on(case, case.since), key, side).status, side_of(case, key, side).status
        if was == now:
            continue
        day = case.as_of
        while (
            day - timedelta(days=1) > case.since and side_of(on(case, day - timedelta(days=1)), key, side).status == now
        ):
            day -= timedelta(days=1)
        yield f"{side} side", was, now, day, None, _sign(RISING.index(now) - RISING.index(was))


def _sponsors(case: Case, key: str) -> Iterator[Told]:
    for side in SIDES:
        before, after = (
            {row["person_id"] for row in assigned(each, key, side)} for each in (on(case, case.since), case)
        )
        spells = [row for row in case.facts.where("sponsorship", "account_id", key) if row["side"] == side]
        for person in before ^ after:
            name = case.facts.people[person]["name"]
            own = [row for row in spells if row["person_id"] == person and row["start_on"] <= case.as_of]
            if person in after:
                yield f"{side} sponsor", None, name, max(row["start_on"] for row in own), None, 1
            else:
                ends = [row["end_on"] for row in own if row["end_on"] is not None and row["end_on"] <= case.as_of]
                yield f"{side} sponsor", name, None, max(ends), None, -1


def _plans(case: Case, key: str) -> Iterator[Told]:
    for plan in case.facts.where("plan", "account_id", key):
        for what, column, better in (
            ("approved", "approved_on", 1),
            ("started", "start_on", None),
            ("shared", "shared_with_customer_on", 1),
            ("ended", "end_on", -1),
        ):
            if _between(case, plan[column]):
                yield f"plan {what}", None, str(plan[column]), plan[column], None, better
        held = sorted(row["reviewed_on"] for row in case.facts.where("plan_review", "plan_id", plan["plan_id"]))
        late = [day for day in held if _between(case, day)]
        if late:
            early = [str(day) for day in held if day <= case.since]
            yield "plan reviewed", early[-1] if early else None, str(late[-1]), late[-1], None, 1


def _between(case: Case, day: date | None) -> bool:
    return day is not None and case.since < day <= case.as_of


def _objectives(case: Case, key: str) -> Iterator[Told]:
    plan = plan_of(case, key)
    for goal in objectives(case, plan) if plan else []:
        if goal["status"] != "closed" and past_due(case, goal) and not past_due(on(case, case.since), goal):
            yield f"objective due: {goal['name']}", "open", "overdue", goal["due_on"] + timedelta(days=1), None, -1


def _actions(case: Case, key: str) -> Iterator[Told]:
    plan = plan_of(case, key)
    before = on(case, case.since)
    for task in actions(case, plan) if plan else []:
        was_late = past_due(before, task)
        if is_open(before, task) and not is_open(case, task):
            yield f"action: {task['name']}", "overdue" if was_late else "open", "done", task["done_on"], None, 1
        elif is_open(case, task) and past_due(case, task) and not was_late:
            yield f"action: {task['name']}", "open", "overdue", task["due_on"] + timedelta(days=1), None, -1


MOVES: Mapping[str, Callable[[Case, str], Iterator[Told]]] = {
    "score": _scores,
    "profit": _profit,
    "coverage": _sides,
    "sponsor": _sponsors,
    "plan": _plans,
    "objective": _objectives,
    "action": _actions,
}

"""Changes that the dated facts tell, between the review and as-of; nothing of what earlier loads said."""

from __future__ import annotations

from collections.abc import Iterator
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

Told = tuple[str, Any, Any, date | None, Decimal | None]
"""What, before, after, the day, the effect."""


@cache
def on(case: Case, day: date) -> Case:
    """The same choices on another day."""
    return replace(case, as_of=day)


def changes(case: Case) -> list[Row]:
    """One row per change; no order."""
    columns = ("what", "before", "after", "changed_on", "effect")
    return [
        {"account_id": key, "name": case.facts.accounts[key]["name"], "kind": "fact"}
        | dict(zip(columns, told, strict=True))
        for key in case.ids
        for moves in (_scores, _profit, _sides, _sponsors, _plans, _objectives, _actions)
        for told in moves(case, key)
    ]


def changes_by_account(case: Case) -> list[Row]:
    """What scores and profit of each account with a change come to; no order, and not how much else moved."""
    rows: dict[str, Row] = {}
    for change in changes(case):
        key = change["account_id"]
        row = rows.setdefault(
            key, {"account_id": key, "name": change["name"], "score_effect": None, "profit_effect": None}
        )
        column = "profit_effect" if change["what"].startswith("profit") else "score_effect"
        if change["effect"] is not None:
            row[column] = (row[column] or Decimal(0)) + change["effect"]
    return list(rows.values())


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
        yield f"{factor['code']} score", _score(was), _score(now), day, effect


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
        yield "profit, 12 months", _amount(was), _amount(now), closed, now - was


def _amount(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), 'ROUND_HALF_UP')}"


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
        yield f"{side} side", was, now, day, None


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
                yield f"{side} sponsor", None, name, max(row["start_on"] for row in own), None
            else:
                ends = [row["end_on"] for row in own if row["end_on"] is not None and row["end_on"] <= case.as_of]
                yield f"{side} sponsor", name, None, max(ends), None


def _plans(case: Case, key: str) -> Iterator[Told]:
    for plan in case.facts.where("plan", "account_id", key):
        for what, column in (
            ("approved", "approved_on"),
            ("started", "start_on"),
            ("shared", "shared_with_customer_on"),
            ("ended", "end_on"),
        ):
            if _between(case, plan[column]):
                yield f"plan {what}", None, str(plan[column]), plan[column], None
        held = sorted(row["reviewed_on"] for row in case.facts.where("plan_review", "plan_id", plan["plan_id"]))
        late = [day for day in held if _between(case, day)]
        if late:
            early = [str(day) for day in held if day <= case.since]
            yield "plan reviewed", early[-1] if early else None, str(late[-1]), late[-1], None


def _between(case: Case, day: date | None) -> bool:
    return day is not None and case.since < day <= case.as_of


def _objectives(case: Case, key: str) -> Iterator[Told]:
    plan = plan_of(case, key)
    for goal in objectives(case, plan) if plan else []:
        if goal["status"] != "closed" and past_due(case, goal) and not past_due(on(case, case.since), goal):
            yield f"objective due: {goal['name']}", "open", "overdue", goal["due_on"] + timedelta(days=1), None


def _actions(case: Case, key: str) -> Iterator[Told]:
    plan = plan_of(case, key)
    before = on(case, case.since)
    for task in actions(case, plan) if plan else []:
        was_late = past_due(before, task)
        if is_open(before, task) and not is_open(case, task):
            yield f"action: {task['name']}", "overdue" if was_late else "open", "done", task["done_on"], None
        elif is_open(case, task) and past_due(case, task) and not was_late:
            yield f"action: {task['name']}", "open", "overdue", task["due_on"] + timedelta(days=1), None

"""Changes between the review and as-of: what the dated facts tell, and what loads up to as-of corrected.

Three kinds of move that are never mixed: money in amounts, scores in points of their factor beside the revenue they
touch, people and plans with their days. Of an exited account only money moves. Over 300 lines because every kind of
change stands in one list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.reference.case import Case, month_end
from tests.reference.facts import Row
from tests.reference.history import corrected_scores, told_by_loads
from tests.reference.money import by_revenue, figures, first_month, is_late, window_last, window_months
from tests.reference.plans import actions, is_open, objectives, past_due, plan_of
from tests.reference.scores import index_change, index_of, latest, on_day, valid
from tests.reference.sponsorship import SIDES, assigned, chain_start, side_of

Told = tuple[str, Any, Any, date | None, int | None]
"""What, before, after, the day; 1 for the better, -1 for the worse, None or 0 where neither can be said."""

KINDS = ("fact", "correction", "joined", "left")
MEASURES = ("money", "score", "people", "plan", None)
DIRECTIONS = ("worse", "better", "neither")
MEASURED = {
    **{"profit": "money", "score": "score", "coverage": "people", "sponsor": "people"},
    **{"plan": "plan", "objective": "plan", "action": "plan"},
}
ABOUT = ("profit", "score", "coverage", "sponsor", "plan", "objective", "action")


def on(case: Case, day: date) -> Case:
    """The same choices on another day."""
    return on_day(case, day)


def changes(case: Case) -> list[Row]:
    """One row per change: money, scores, people, plans; in each worse before better, by size."""
    facts = [
        {"account_id": key, "name": case.facts.accounts[key]["name"], "kind": "fact", "about": about} | told
        for key in case.ids
        for about in ABOUT
        if about == "profit" or not case.exited(key)
        for told in _told(case, key, about)
    ]
    every = [row | {"direction": _direction(row["better"])} for row in (*facts, *told_by_loads(case))]
    return sorted(every, key=lambda row: _order(case, row))


def _told(case: Case, key: str, about: str) -> Iterator[Row]:
    columns = ("what", "before", "after", "changed_on", "better")
    empty = {"effect": None, "measure": MEASURED[about], "points": None, "revenue_touched": None}
    if about in ("profit", "score"):
        yield from (empty | row for row in (_profit if about == "profit" else _scores)(case, key))
        return
    for told in MOVES[about](case, key):
        yield empty | dict(zip(columns, told, strict=True))


def _direction(better: int | None) -> str:
    return {1: "better", -1: "worse"}.get(better or 0, "neither")


def _order(case: Case, row: Row) -> tuple[object, ...]:
    """Kind, measure, worse before better, size; then the largest account, its id, what moved."""
    revenue = by_revenue(case, row["account_id"]) if row["account_id"] in case.facts.accounts else (True, 0)
    place = (KINDS.index(row["kind"]), MEASURES.index(row["measure"]), DIRECTIONS.index(row["direction"]))
    return (
        *place,
        *_size(row),
        *revenue[:2],
        row["account_id"],
        row.get("about") or "",
        row["what"],
        str(row["before"]),
        str(row["after"]),
    )


def _size(row: Row) -> tuple[bool, Decimal, Decimal]:
    """Unknown last; the amount in cents, or the points and then the revenue they touch."""
    moved = row["effect"] if row["measure"] == "money" else row["points"]
    points = Decimal(str(round(moved or 0, 9))) if row["measure"] == "score" else cents(moved or Decimal(0))
    return (moved is None, -abs(points), -(row["revenue_touched"] or Decimal(0)))


def changes_by_account(case: Case) -> list[Row]:
    """What scores and profit of each account with a change come to, and how much else moved; what moved most first.

    Money and points stand apart: `score_effect`, an amount until domain.md ruled that out, is always empty, and
    `score_points` is the change of the account's index. The order is by money, then by how much got worse.
    """
    every = changes(case)
    rows = [_moved(case, [change for change in every if change["account_id"] == key]) for key in case.ids]
    return sorted((row for row in rows if row), key=_by_size)


def _moved(case: Case, own: list[Row]) -> Row:
    own = [change for change in own if change["kind"] == "fact"]
    if not own:
        return {}
    profits = [change["effect"] for change in own if change["effect"] is not None]
    worse = [change for change in own if change["better"] == -1]
    scored = any(change["measure"] == "score" for change in own)
    return {
        "account_id": own[0]["account_id"],
        "name": own[0]["name"],
        "score_effect": None,
        "profit_effect": sum(profits, Decimal(0)) if profits else None,
        "worse": len(worse),
        "better": sum(change["better"] == 1 for change in own),
        "worst": worse[0]["what"] if worse else None,  # they stand in the order of `changes`
        "score_points": index_change(case, own[0]["account_id"]) if scored else None,
    }


def _by_size(row: Row) -> tuple[object, ...]:
    """Losses of profit first, then gains, each by size; then points in the same way; then how much got worse."""
    profit, points = row["profit_effect"], row["score_points"]
    return (
        *(profit is None, _sign(profit or Decimal(0)), -abs(cents(profit or Decimal(0)))),
        *(points is None, _sign(Decimal(str(points or 0))), -abs(round(points or 0.0, 6))),
        *(-row["worse"], row["account_id"]),
    )


def cents(amount: Decimal) -> Decimal:
    """The size of an amount in whole cents: below them no order is claimed."""
    return abs(amount).quantize(Decimal("0.01"), "ROUND_HALF_UP")


def _scores(case: Case, key: str) -> Iterator[Row]:
    """A score's move in points of its factor; one that is new or expired has none. A corrected one is no fact."""
    for factor in case.facts["success_factor"]:
        was, now = (valid(case.facts, key, factor, day) for day in (case.since, case.as_of))
        before, after = index_of(was, factor), index_of(now, factor)
        if before == after:
            continue
        last = latest(case.facts, key, factor, case.as_of)
        assert last is not None
        if now and (key, str(factor["factor_id"]), str(now["assessed_on"])) in corrected_scores(case):
            continue
        day = last["assessed_on"] if now else last["assessed_on"] + timedelta(days=factor["expire_days"] + 1)
        points = None if before is None or after is None else after - before
        yield {
            "what": f"{factor['code']} score",
            "before": _score(was),
            "after": _score(now),
            "changed_on": day,
            "points": points,
            "revenue_touched": figures(case, key, "ttm").revenue,
            "better": None if points is None else _sign(points),
        }


def _sign(difference: float | Decimal) -> int:
    return (difference > 0) - (difference < 0)


def _score(assessment: Row | None) -> str | None:
    return None if assessment is None else f"{float(assessment['score']):g}"


def _profit(case: Case, key: str) -> Iterator[Row]:
    """Twelve months at both dates, or nothing: fewer are no base, nor are those of an account that is late."""
    both = (on(case, case.since), case)
    if _is_short(case, key):
        return
    was, now = (figures(each, key, "ttm").profit for each in both)
    if now == was:
        return
    moved = None if now is None or was is None else now - was  # it became unknown, or known: no amount tells how much
    yield {
        "what": "profit, 12 months",
        "before": _amount(was),
        "after": _amount(now),
        "changed_on": month_end(window_last(case)),
        "effect": moved,
        "better": None if moved is None else _sign(moved),
    }


def _is_short(case: Case, key: str) -> bool:
    """Whether twelve months are not known at one of the dates.

    What was not yet booked at the review but never came since is known to be nothing.
    """
    then, first = on(case, case.since), first_month(case.facts, key)
    begins = first is None or first > window_months(then, "ttm")[0]
    return begins or is_late(case, key, "ttm") or not all(figures(each, key, "ttm").rows for each in (then, case))


STANDINGS = ("known", "became unknown", "became known", "unknown", "under 12 months", "no figures")


def profit_since(case: Case) -> list[Row]:
    """The profit of twelve months at both dates, whose can be compared, and why another's cannot."""
    rows = [_compared(case, key) for key in case.ids]
    return sorted(
        rows,
        key=lambda row: (
            STANDINGS.index(row["standing"]),
            row["effect"] is None,
            row["effect"] or Decimal(0),
            row["revenue"] is None,
            -(row["revenue"] or Decimal(0)),
            row["account_id"],
        ),
    )


def _compared(case: Case, key: str) -> Row:
    then = on(case, case.since)
    was, now = figures(then, key, "ttm"), figures(case, key, "ttm")
    short = _is_short(case, key)
    known = (was.profit is not None, now.profit is not None)
    words = {(True, True): "known", (True, False): "became unknown", (False, True): "became known"}
    standing = (
        "no figures" if not was.rows and not now.rows else "under 12 months" if short else words.get(known, "unknown")
    )
    return {
        "account_id": key,
        "name": case.facts.accounts[key]["name"],
        "standing": standing,
        "before": was.profit,
        "after": now.profit,
        "effect": None if standing != "known" or was.profit is None or now.profit is None else now.profit - was.profit,
        "revenue": now.revenue,
        "before_end": month_end(window_last(then)),
        "after_end": month_end(window_last(case)),
    }


def _amount(value: Decimal | None) -> str | None:
    if value is None:
        return None
    return f"{value.quantize(Decimal('0.01'), 'ROUND_HALF_UP')}"


# Nobody is worse than somebody who stays away, and that is worse than somebody who has yet to come.
RISING = ("uncovered", "stale", "new", "covered")


def _sides(case: Case, key: str) -> Iterator[Told]:
    """The day is found the slow way: the first from which the side has been as it is. A new side began at its start.

    A status that is not known at one of the two dates is no change.
    """
    for side in SIDES:
        was, now = side_of(on(case, case.since), key, side).status, side_of(case, key, side).status
        if was == now or was is None or now is None:
            continue
        day = case.as_of
        if now == "new":
            day = side_of(case, key, side).assigned_since or day
        while now != "new" and _was(case, key, side, day - timedelta(days=1)) == now:
            day -= timedelta(days=1)
        yield f"{side} side", was, now, day, _sign(RISING.index(now) - RISING.index(was))


def _was(case: Case, key: str, side: str, day: date) -> str | None:
    """The status on an earlier day. Silent it was, too, where nobody in the file had been in touch by then."""
    if day <= case.since:
        return None
    found = side_of(on(case, day), key, side)
    return "stale" if found.status is None and found.sponsors else found.status


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
                held = [row for row in assigned(case, key, side) if row["person_id"] == person]
                start = min(chain_start(case, row) for row in held)
                if start > case.since:  # else it was renewed, a day after it ended
                    yield f"{side} sponsor", None, name, start, 1
            else:
                ends = [row["end_on"] for row in own if row["end_on"] is not None and row["end_on"] <= case.as_of]
                yield f"{side} sponsor", name, None, max(ends), -1


def _plans(case: Case, key: str) -> Iterator[Told]:
    for plan in case.facts.where("plan", "account_id", key):
        for what, column, better in (
            ("approved", "approved_on", 1),
            ("started", "start_on", None),
            ("shared", "shared_with_customer_on", 1),
            ("ended", "end_on", -1),
        ):
            if _between(case, plan[column]):
                yield f"plan {what}", None, str(plan[column]), plan[column], better
        held = sorted(row["reviewed_on"] for row in case.facts.where("plan_review", "plan_id", plan["plan_id"]))
        late = [day for day in held if _between(case, day)]
        if late:
            early = [str(day) for day in held if day <= case.since]
            yield "plan reviewed", early[-1] if early else None, str(late[-1]), late[-1], 1


def _between(case: Case, day: date | None) -> bool:
    return day is not None and case.since < day <= case.as_of


def _objectives(case: Case, key: str) -> Iterator[Told]:
    plan = plan_of(case, key)
    for goal in objectives(case, plan) if plan else []:
        if goal["status"] != "closed" and past_due(case, goal) and not past_due(on(case, case.since), goal):
            yield f"objective due: {goal['name']}", "open", "overdue", goal["due_on"] + timedelta(days=1), -1


def _actions(case: Case, key: str) -> Iterator[Told]:
    plan = plan_of(case, key)
    before = on(case, case.since)
    for task in actions(case, plan) if plan else []:
        was_late = past_due(before, task)
        if is_open(before, task) and not is_open(case, task):
            yield f"action: {task['name']}", "overdue" if was_late else "open", "done", task["done_on"], 1
        elif is_open(case, task) and past_due(case, task) and not was_late:
            yield f"action: {task['name']}", "open", "overdue", task["due_on"] + timedelta(days=1), -1


MOVES: Mapping[str, Callable[[Case, str], Iterator[Told]]] = {
    "coverage": _sides,
    "sponsor": _sponsors,
    "plan": _plans,
    "objective": _objectives,
    "action": _actions,
}

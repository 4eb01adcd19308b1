"""The sample's account plans: objectives, actions, reviews, and the programmes that outlast a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random

from tests.sample_generator.cast import AS_OF, Actor, actors
from tests.sample_generator.figures import currency_of
from tests.sample_generator.tables import Row, days_before, pick, whole

_OBJECTIVES = (  # name, value type, baseline, target
    ("Raise the contribution margin", "percent", 8.0, 12.0),
    ("Move contracts to value-based prices", "percent", 20.0, 55.0),
    ("Win the second plant", "currency", 0.0, 900000.0),
    ("Shorten delivery to five days", "number", 11.0, 5.0),
    ("Launch one joint product", "number", 0.0, 1.0),
    ("Cut special deliveries by half", "number", 48.0, 24.0),
)
_ACTIONS = (
    "Agree on a value calculation",
    "Send the price letter",
    "Map the decision makers",
    "Audit the quality complaints",
    "Set up a shared forecast",
    "Test the new grade on line 2",
    "Bundle deliveries by week",
    "Draft the innovation charter",
    "Train the customer's operators",
)
_ODD_PROGRAMMES = {"Helvia Group": "active", "Orbis Rail": "stopped", "Great Lakes Polymers": "proposed"}
_TEAM = ("T1", "T2", "T3", "T4", "T5", "T6")
_VISIONS = ("first choice for new plants", "the partner for the next generation", None)
_PRIORITIES = ("margin before volume", "two joint products", "delivery reliability")
_CHALLENGES = ("price pressure", "special deliveries eat the margin", "buyer changed twice", None)
_OUTCOMES = ("on track", "on track", "measures sharpened", "late, recovery agreed")


def plans(seed: int) -> Iterator[Row]:
    """Table plan: at most one that counts per account; exited accounts keep theirs as inactive."""
    for actor in actors():
        rng = actor.rng(seed, "plans")
        if actor.status == "exited":
            yield _plan(actor, rng, "inactive", date(2025, 12, 31))
        elif actor.plan != "none":
            status = "not_started" if "new" in actor.quirks else "active"
            yield _plan(actor, rng, status, _plan_end(actor, rng))


def _plan_id(actor: Actor) -> str:
    return f"{actor.account_id}-P1"


def _plan_end(actor: Actor, rng: Random) -> date:
    if actor.plan == "expired":
        return date(2026, pick(rng, (5, 6)), 30)
    if actor.truth("LON") >= 3:
        return date(pick(rng, (2027, 2028)), 12, 31)
    return date(2027, 6, 30) if actor.truth("LON") == 2 else date(2026, 12, 31)


def _plan(actor: Actor, rng: Random, status: str, end: date) -> Row:
    start = date(2026, 9, 1) if "new" in actor.quirks else date(2025 if end.year > 2025 else 2023, 1, 1)
    shared = actor.truth("TEA") >= 3
    return {
        "plan_id": _plan_id(actor),
        "account_id": actor.account_id,
        "name": f"Account plan {start.year}-{end.year}",
        "status": status,
        "start_on": start,
        "end_on": end,
        "approved_on": None if status == "not_started" else days_before(start, whole(rng, 10, 50)),
        "shared_with_customer_on": date(start.year, 3 if start.month == 1 else 9, 17) if shared else None,
        "owner_id": actor.manager or None,
        "vision": pick(rng, _VISIONS),
        "priorities": pick(rng, _PRIORITIES),
        "challenges": pick(rng, _CHALLENGES),
    }


def _with_plan() -> Iterator[Actor]:
    return (actor for actor in actors() if actor.plan != "none" and actor.status != "exited")


def objectives(seed: int) -> Iterator[Row]:
    """Table objective: two or three per live plan; half of them measured where the plan is a long one."""
    for actor in _with_plan():
        rng = actor.rng(seed, "objectives")
        first = whole(rng, 0, len(_OBJECTIVES) - 1)
        for n in range(3 if actor.tier == 1 else 2):
            yield _objective(actor, n, _OBJECTIVES[(first + n) % len(_OBJECTIVES)], rng)


def _objective(actor: Actor, n: int, kind: tuple[str, str, float, float], rng: Random) -> Row:
    name, value_type, baseline, target = kind
    measured = actor.truth("LON") >= 2 or n == 2
    done = round(rng.random() * 0.9, 2)
    due = date(2026, 12, whole(rng, 4, 18))
    if actor.plan == "expired" and n == 0:
        due = date(2026, 5, 29)
    elif actor.truth("LON") >= 3 and n < 2:
        due = date(2027, 11, 30)
    row: Row = {
        "objective_id": f"{_plan_id(actor)}-O{n + 1}",
        "plan_id": _plan_id(actor),
        "name": name,
        "status": "new" if "new" in actor.quirks else "in_progress",
        "start_on": date(2026, 9, 1) if "new" in actor.quirks else date(2025, 2, 1),
        "due_on": due,
        "owner_id": actor.manager or None,
        "joint": actor.truth("TEA") >= 3 and n == 0,
    }
    if measured:
        current = round(baseline + (target - baseline) * done, 1)
        seen = datetime.combine(days_before(AS_OF, whole(rng, 5, 90)), time(9, 30))
        row |= {"value_type": value_type, "baseline_value": baseline, "current_value": current}
        row |= {"target_value": target, "value_at": seen}
    return row


def actions(seed: int) -> Iterator[Row]:
    """Table action: two per objective; other functions own half of them where the team is real."""
    for actor in _with_plan():
        rng = actor.rng(seed, "actions")
        team = whole(rng, 0, len(_TEAM) - 1)
        count = 2 * (3 if actor.tier == 1 else 2)
        for n in range(count):
            yield {
                "action_id": f"{_plan_id(actor)}-A{n + 1}",
                "objective_id": f"{_plan_id(actor)}-O{n // 2 + 1}",
                "name": _ACTIONS[(team + n) % len(_ACTIONS)],
                "owner_id": _owner(actor, n, team),
            } | _when(actor, n, rng)


def _owner(actor: Actor, n: int, team: int) -> str | None:
    outside = {0: 0, 1: 0, 2: 1}.get(actor.truth("TEA"), 3)
    if actor.name == "Helvia Group" and n > 3:
        return None  # nobody took them: the load says so
    return _TEAM[(team + n) % len(_TEAM)] if n < outside else actor.manager or None


def _when(actor: Actor, n: int, rng: Random) -> Row:
    """Done, open, or - in a slipping or expired plan - overdue."""
    if actor.plan in ("slipping", "expired") and n in (1, 2):
        return {"due_on": days_before(AS_OF, whole(rng, 12, 80)), "done_on": None}
    if n == 0 and "new" not in actor.quirks:
        due = days_before(AS_OF, whole(rng, 60, 240))
        return {"due_on": due, "done_on": days_before(due, whole(rng, -20, 25))}
    return {"due_on": days_before(AS_OF, -whole(rng, 20, 200)), "done_on": None}


def plan_reviews(seed: int) -> Iterator[Row]:
    """Table plan_review: half-yearly, the last one long ago where the plan sleeps."""
    for actor in _with_plan():
        rng = actor.rng(seed, "reviews")
        ages = {"unreviewed": (230, 420), "expired": (300,)}.get(actor.plan, (40, 205, 380))
        if "new" in actor.quirks:
            ages = (12,)
        for n, age in enumerate(reversed(ages), start=1):
            yield {
                "review_id": f"{_plan_id(actor)}-R{n}",
                "plan_id": _plan_id(actor),
                "reviewed_on": days_before(AS_OF, age + whole(rng, -10, 50)),
                "outcome": pick(rng, _OUTCOMES),
                "chaired_by": "DIR" if rng.random() < 0.5 else actor.manager or "DIR",
                "customer_present": actor.truth("TEA") >= 3,
            }


def programmes(seed: int) -> Iterator[Row]:
    """Table programme: multi-year co-innovation where value comes first, and two that went nowhere."""
    for actor in actors():
        rng = actor.rng(seed, "programmes")
        rich = actor.truth("QUA") >= 3 and actor.money[0] >= 1000 and rng.random() < 0.75
        odd = _ODD_PROGRAMMES.get(actor.name)
        if rich or odd:
            yield _programme(actor, odd or pick(rng, ("active", "active", "active", "done")), rng)


def _programme(actor: Actor, status: str, rng: Random) -> Row:
    commitment = round(actor.money[0] * 1000 * (0.015 + 0.03 * rng.random()), -3)
    share = {"proposed": 0.0, "stopped": 0.4, "done": 1.0}.get(status, 0.3 + 0.4 * rng.random())
    short = actor.name == "Helvia Group"
    year = 2026 if short else {"proposed": 2026, "done": 2024}.get(status, 2025)
    start = date(year, pick(rng, (1, 4, 7)), 1)
    gain = commitment * (0.0 if short or status in ("proposed", "stopped") else share * (1 + rng.random()))
    topic = pick(rng, ("Low-energy grade", "Shared forecast", "Recycled material", "Remote monitoring"))
    return {
        "programme_id": f"{actor.account_id}-I1",
        "account_id": actor.account_id,
        "name": topic,
        "kind": "co-innovation",
        "status": status,
        "start_on": start,
        "end_on": date(year, 12, 31) if short else days_before(date(year + 2, start.month, 1), 1),
        "currency": currency_of(actor),
        "own_commitment": f"{commitment:.2f}",
        "customer_commitment": f"{round(commitment * rng.random(), -3):.2f}",
        "spent": f"{commitment * share:.2f}",
        "expected_profit": f"{commitment * 2.5:.2f}",
        "realised_profit": f"{gain:.2f}",
        "committee_on": None if status == "proposed" else days_before(start, whole(rng, 20, 60)),
    }

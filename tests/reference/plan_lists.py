"""Plans over several accounts: at a glance, by manager; their open actions, by function; their reviews."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.money import figures, total
from tests.reference.plans import (
    actions,
    ends_soon,
    health,
    is_open,
    manager_of,
    name_of,
    objectives,
    past_due,
    plan_of,
    unmeasured,
)
from tests.reference.plans import reviews as held_reviews

HEALTHS = {
    "alive": "alive",
    "slipping": "slipping",
    "unreviewed": "unreviewed",
    "expired": "expired",
    "none": "no_plan",
}


def plan_overview(case: Case) -> list[Row]:
    """One row over the chosen accounts of the programme."""
    ids = case.chosen_programme
    plans = {key: plan for key in ids if (plan := plan_of(case, key)) is not None}
    states = {key: health(case, key) for key in ids}
    dead = [key for key, state in states.items() if state in ("expired", "unreviewed")]
    goals = [goal for plan in plans.values() for goal in objectives(case, plan)]
    pending = open_actions(case)
    everything = total(figures(case, key).revenue for key in ids)
    shared = [plan["shared_with_customer_on"] for plan in plans.values()]
    return [
        {
            "accounts": len(ids),
            "plans": len(plans),
            **{name: list(states.values()).count(state) for state, name in HEALTHS.items()},
            "neglected": len(dead),
            "neglected_revenue_share": _part(total(figures(case, key).revenue for key in dead), everything),
            "objectives": len(goals),
            "objectives_unmeasured": unmeasured(goals),
            "short_horizon": sum(ends_soon(case, plan) for plan in plans.values()),
            "never_shared": sum(day is None or day > case.as_of for day in shared),
            "actions_open": len(pending),
            "actions_overdue": sum(past_due(case, task) for _, _, task in pending),
            "review_days": int(case.setting("review_days")),
            "horizon_months": case.months("plan"),
            "plans_fed": not case.facts.empty("plan"),
            "reviews_fed": not case.facts.empty("plan_review"),
            "no_living_plan": sum(states[key] != "alive" for key in ids),
            "not_alive_revenue_share": _part(
                total(figures(case, key).revenue for key in ids if states[key] != "alive"), everything
            ),
        }
    ]


def _part(some: Decimal | None, everything: Decimal | None) -> float | None:
    return float((some or Decimal(0)) / everything) if everything else None


def plans_by_manager(case: Case) -> list[Row]:
    """One row per manager of a chosen account, and one for those without."""
    by: dict[str | None, list[str]] = defaultdict(list)
    for key in case.chosen_programme:
        by[case.facts.accounts[key]["manager_id"]].append(key)
    rows = []
    for manager, keys in by.items():
        states = [health(case, key) for key in keys]
        late = [task for key, _, task in open_actions(case) if key in keys and past_due(case, task)]
        rows.append(
            {
                "manager_id": manager,
                "manager": manager_of(case, keys[0]),
                "accounts": len(keys),
                **{name: states.count(state) for state, name in HEALTHS.items()},
                "not_alive": sum(state not in ("alive", None) for state in states),
                "actions_overdue": len(late),
                "revenue": total(figures(case, key).revenue for key in keys),
            }
        )
    return rows


def open_actions(case: Case) -> list[tuple[str, Row, Row]]:
    """Account, plan and action of everything not done in the plans that count."""
    return [
        (key, plan, task)
        for key in case.chosen_programme
        if (plan := plan_of(case, key)) is not None
        for task in actions(case, plan)
        if is_open(case, task)
    ]


def function_of(case: Case, task: Row) -> str:
    """The function of who owns an action, or what is not known of it."""
    if task["owner_id"] is None:
        return "no owner"
    owner = case.facts.people.get(task["owner_id"])
    return ((owner["function"] or "").strip() if owner else "") or "function unknown"


def plan_actions(case: Case) -> list[Row]:
    """One row per open action."""
    return [
        {
            "account_id": key,
            "name": case.facts.accounts[key]["name"],
            "plan": plan["name"],
            "objective": case.facts.where("objective", "objective_id", task["objective_id"])[0]["name"],
            "action": task["name"],
            "owner": name_of(case, task["owner_id"]),
            "function": function_of(case, task),
            "due_on": task["due_on"],
            "days_overdue": case.age(task["due_on"]) if past_due(case, task) else None,
            "status": "overdue" if past_due(case, task) else "open",
            "action_id": task["action_id"],
        }
        for key, plan, task in open_actions(case)
    ]


def actions_by_function(case: Case) -> list[Row]:
    """One row per function that owns an open action; its name in any case counts once."""
    by: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for key, _, task in open_actions(case):
        by[function_of(case, task).lower()].append((key, task))
    return [
        {
            "function": min(function_of(case, task) for _, task in tasks),
            "actions_open": len(tasks),
            "actions_overdue": sum(past_due(case, task) for _, task in tasks),
            "accounts_overdue": len({key for key, task in tasks if past_due(case, task)}),
        }
        for tasks in by.values()
    ]


def plan_reviews(case: Case) -> list[Row]:
    """One row per review held of a plan that counts."""
    return [
        {
            "account_id": key,
            "name": case.facts.accounts[key]["name"],
            "plan": plan["name"],
            "reviewed_on": one["reviewed_on"],
            "outcome": one["outcome"],
            "chaired_by": name_of(case, one["chaired_by"]),
            "customer_present": one["customer_present"],
            "note": one["note"],
        }
        for key in case.chosen_programme
        if (plan := plan_of(case, key)) is not None
        for one in held_reviews(case, plan)
    ]

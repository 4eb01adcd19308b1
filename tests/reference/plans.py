"""Plans: which one counts, whether it is alive; and the contacts behind an account.

Where domain.md is silent: a plan without a start is not one that has yet to start; an exited account has no plan at
all, and what is listed of it is empty. Where the file has no plan, every health is "none"; `plan_status` is empty.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from kaptui.text import count, day
from tests.reference.case import Case, shift
from tests.reference.facts import Row
from tests.reference.money import by_revenue, figures

EXECUTIVE = 5


@cache
def plan_of(case: Case, account_id: str) -> Row | None:
    """The plan of an account, of those that have started: active first, then the latest start, then id."""
    if case.exited(account_id):
        return None
    live = [
        row
        for row in case.facts.where("plan", "account_id", account_id)
        if row["status"] != "inactive" and (row["start_on"] is None or row["start_on"] <= case.as_of)
    ]
    live.sort(key=lambda row: str(row["plan_id"]))
    live.sort(key=lambda row: row["start_on"] or date.min, reverse=True)
    live.sort(key=lambda row: row["status"] != "active")
    return live[0] if live else None


def reviews(case: Case, plan: Row) -> list[Row]:
    """Reviews of a plan held on or before as-of."""
    held = case.facts.where("plan_review", "plan_id", plan["plan_id"])
    return [row for row in held if row["reviewed_on"] <= case.as_of]


def objectives(case: Case, plan: Row) -> list[Row]:
    """The objectives of a plan."""
    return case.facts.where("objective", "plan_id", plan["plan_id"])


def actions(case: Case, plan: Row) -> list[Row]:
    """The actions of all objectives of a plan."""
    return [
        row
        for goal in objectives(case, plan)
        for row in case.facts.where("action", "objective_id", goal["objective_id"])
    ]


def is_open(case: Case, action: Row) -> bool:
    """Not done by as-of."""
    return action["done_on"] is None or action["done_on"] > case.as_of


def past_due(case: Case, row: Row) -> bool:
    """Due before as-of."""
    return row["due_on"] is not None and row["due_on"] < case.as_of


def overdue(case: Case, plan: Row) -> list[Row]:
    """Open actions past due."""
    return [row for row in actions(case, plan) if is_open(case, row) and past_due(case, row)]


def last_review(case: Case, plan: Row) -> date | None:
    """The day of the latest review."""
    return max((row["reviewed_on"] for row in reviews(case, plan)), default=None)


def health(case: Case, account_id: str) -> str | None:
    """none, expired, unreviewed, slipping or alive: the first that holds.

    None of an account that has left, and where the file holds no plan at all.
    """
    plan = plan_of(case, account_id)
    if case.exited(account_id) or case.facts.empty("plan"):
        return None
    if plan is None:
        return "none"
    if plan["end_on"] is not None and plan["end_on"] < case.as_of:
        return "expired"
    last = last_review(case, plan)
    if not case.facts.empty("plan_review") and (last is None or case.age(last) > case.setting("review_days")):
        return "unreviewed"
    late = [row for row in objectives(case, plan) if row["status"] != "closed" and past_due(case, row)]
    return "slipping" if late or overdue(case, plan) else "alive"


def plan_why(case: Case, account_id: str) -> str | None:
    """The figure that makes a plan what it is: its end, its last review, or how much of it is past due."""
    plan, state = plan_of(case, account_id), health(case, account_id)
    if state is None:
        return None
    if plan is None:
        return "no plan"
    if state == "expired":
        return f"ended {day(plan['end_on'])}"
    last = last_review(case, plan)
    if state != "slipping":
        if last is None:
            return "no review in the file" if case.facts.empty("plan_review") else "never reviewed"
        return f"{'last review' if state == 'unreviewed' else 'reviewed'} {day(last)}"
    late = {
        "action": [task for task in actions(case, plan) if is_open(case, task)],
        "objective": [goal for goal in objectives(case, plan) if goal["status"] != "closed"],
    }
    counted = {noun: sum(past_due(case, row) for row in rows) for noun, rows in late.items()}
    return f"{' and '.join(count(noun, number) for noun, number in counted.items() if number)} overdue"


def months_left(case: Case, plan: Row) -> int | None:
    """Whole calendar months from as-of to the plan's end, negative after it."""
    end = plan["end_on"]
    if end is None:
        return None
    early, late = sorted((case.as_of, end))
    months = (late.year - early.year) * 12 + late.month - early.month - (late.day < early.day)
    return int(months if end == late else -months)


def plan_health(case: Case) -> list[Row]:
    """One row per account, with or without a plan: those not alive first, the largest before the smaller."""

    def rank(key: str) -> int:
        found = health(case, key)
        return 2 if found is None else int(found == "alive")

    ids = sorted(case.listed, key=lambda key: (rank(key), *by_revenue(case, key)))
    return [_plan_row(case, account_id) | _emptied(case, account_id) for account_id in ids]


COUNTS = (
    "objectives",
    "objectives_closed",
    "actions_open",
    "actions_overdue",
    "objectives_unmeasured",
    "short_horizon",
)


def _emptied(case: Case, account_id: str) -> Row:
    """Of an exited account nothing is counted."""
    return dict.fromkeys(COUNTS) if case.exited(account_id) else {}


def unmeasured(goals: list[Row]) -> int:
    """Objectives without a target, closed ones too."""
    return sum(goal["target_value"] is None for goal in goals)


def ends_soon(case: Case, plan: Row | None) -> bool:
    """Whether a plan that has not expired ends before the horizon that an indicator asks for."""
    end = plan["end_on"] if plan else None
    return end is not None and case.as_of <= end < shift(case.as_of, int(case.setting("indicator_plan_months")))


def _plan_row(case: Case, account_id: str) -> Row:
    plan = plan_of(case, account_id)
    goals = objectives(case, plan) if plan else []
    tasks = actions(case, plan) if plan else []
    shared = plan["shared_with_customer_on"] if plan else None
    return {
        "account_id": account_id,
        "name": case.facts.accounts[account_id]["name"],
        "plan": plan["name"] if plan else None,
        "status": plan["status"] if plan else None,
        "ends_on": plan["end_on"] if plan else None,
        "months_left": months_left(case, plan) if plan else None,
        "last_reviewed_on": last_review(case, plan) if plan else None,
        "objectives": len(goals),
        "objectives_closed": sum(goal["status"] == "closed" for goal in goals),
        "actions_open": sum(is_open(case, task) for task in tasks),
        "actions_overdue": len(overdue(case, plan)) if plan else 0,
        "shared_with_customer": shared is not None and shared <= case.as_of if plan else None,
        "health": health(case, account_id),
        "why": plan_why(case, account_id),
        "manager": manager_of(case, account_id),
        "revenue": figures(case, account_id).revenue,
        "objectives_unmeasured": unmeasured(goals),
        "short_horizon": ends_soon(case, plan),
    }


def manager_of(case: Case, account_id: str) -> str | None:
    """The name of the account's manager."""
    return name_of(case, case.facts.accounts[account_id]["manager_id"])


def name_of(case: Case, person_id: str | None) -> str | None:
    """The name of a person; None where nobody of that id is known."""
    person = case.facts.people.get(person_id) if person_id is not None else None
    return person["name"] if person else None


@cache
def thread_of(case: Case, account_id: str) -> Row:
    """Contacts touched lately, executives among them, own people who did it, and what that makes."""
    active = {
        row["stakeholder_id"]: row for row in case.facts.where("stakeholder", "account_id", account_id) if row["active"]
    }
    recent = [
        row
        for row in case.facts.where("activity", "account_id", account_id)
        if row["status"] == "done"
        and row["stakeholder_id"] in active
        and 0 <= case.age(row["occurred_on"]) <= case.setting("thread_days")
    ]
    contacts = {row["stakeholder_id"] for row in recent}
    only = active[min(contacts)] if len(contacts) == 1 else None
    executives = sum(active[contact]["level"] == EXECUTIVE for contact in contacts)
    return {
        "account_id": account_id,
        "name": case.facts.accounts[account_id]["name"],
        "contacts_touched": len(contacts),
        "executives_touched": executives,
        "own_people": len({row["person_id"] for row in recent if row["person_id"] is not None}),
        "thread": _thread(case, len(contacts), executives),
        "only_contact": f"{only['name']}, {only['role']}" if only else None,
        "last_touch_on": max((row["occurred_on"] for row in recent), default=None),
        "revenue": figures(case, account_id).revenue,
    }


def _thread(case: Case, contacts: int, executives: int) -> str:
    if contacts <= case.setting("thread_single"):
        return "single"
    return "broad" if contacts >= case.setting("thread_broad") and executives else "thin"


THREAD = ("contacts_touched", "executives_touched", "own_people", "thread", "only_contact", "last_touch_on")


def contact_threads(case: Case) -> list[Row]:
    """One row per account; an exited one is listed with its name and revenue alone."""
    return [
        thread_of(case, account_id) | (dict.fromkeys(THREAD) if case.exited(account_id) else {})
        for account_id in case.listed
    ]

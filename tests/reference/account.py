"""What the page of one account lists: its plan, its events, its people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.reference.asks import WHERE
from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.plans import (
    health,
    is_open,
    last_review,
    months_left,
    name_of,
    objectives,
    past_due,
    plan_of,
    plan_why,
    reviews,
    unmeasured,
)


def account_plan(case: Case) -> list[Row]:
    """One row per objective of the plan that counts, and per action below it."""
    rows: list[Row] = []
    for account_id in case.listed:
        plan = plan_of(case, account_id)
        for goal in objectives(case, plan) if plan else []:
            head = {"account_id": account_id, "plan": plan["name"] if plan else None, "objective": goal["name"]}
            late = goal["status"] != "closed" and past_due(case, goal)
            rows.append(
                head
                | {
                    "action": None,
                    "owner": name_of(case, goal["owner_id"]),
                    "due_on": goal["due_on"],
                    "done_on": None,
                    "progress": progress(goal),
                    "status": "overdue" if late else goal["status"],
                    "joint": goal["joint"],
                    "measure": goal["value_type"],
                    "baseline": goal["baseline_value"],
                    "current": goal["current_value"],
                    "target": goal["target_value"],
                    "objective_id": goal["objective_id"],
                    "action_id": None,
                }
            )
            rows += [
                head | _task(case, task) for task in case.facts.where("action", "objective_id", goal["objective_id"])
            ]
    return rows


def _task(case: Case, task: Row) -> Row:
    blank = dict.fromkeys(("progress", "joint", "measure", "baseline", "current", "target"))
    return blank | {
        "action": task["name"],
        "owner": name_of(case, task["owner_id"]),
        "due_on": task["due_on"],
        "done_on": task["done_on"],
        "status": _state(case, task),
        "objective_id": task["objective_id"],
        "action_id": task["action_id"],
    }


def _state(case: Case, task: Row) -> str:
    if not is_open(case, task):
        return "done"
    return "overdue" if past_due(case, task) else "open"


def progress(goal: Row) -> float | None:
    """The part of the way from baseline to target that is gone; None without a way or without a value."""
    start, now, end = goal["baseline_value"], goal["current_value"], goal["target_value"]
    if start is None or now is None or end is None or start == end:
        return None
    return float((now - start) / (end - start))


Event = tuple[date | None, str, str, str | None, str | None]


def account_timeline(case: Case) -> list[Row]:
    """Every dated fact of the chosen accounts."""
    rows = []
    for account_id in case.listed:
        for day, about, kind, what, person in (*_happened(case, account_id), *_planned(case, account_id)):
            if day is not None:
                rows.append(
                    {
                        "account_id": account_id, "on": day, "kind": kind, "what": what,
                        "who": name_of(case, person), "about": about, "ahead": day > case.as_of,
                        "label": case.facts.kinds.get(kind, {}).get("label") or kind.replace("_", " "),
                    }
                )  # fmt: skip
    return rows


def _happened(case: Case, account_id: str) -> Iterator[Event]:
    """What counts only once it lies on or before as-of."""
    facts, now = case.facts, case.as_of
    for one in facts.where("activity", "account_id", account_id):
        if one["status"] == "planned" or (one["status"] == "done" and one["occurred_on"] <= now):
            words = [WHERE[one["side"]], "planned" if one["status"] == "planned" else None, one["note"]]
            meets = case.facts.kinds[one["kind"]]["touch"] or one["side"] == "external"
            about = "meeting" if meets else "promotion"
            yield one["occurred_on"], about, one["kind"], ", ".join(word for word in words if word), one["person_id"]
    factors = {factor["factor_id"]: factor for factor in facts["success_factor"]}
    for one in facts.where("assessment", "account_id", account_id):
        if one["assessed_on"] <= now:
            factor = factors[one["factor_id"]]
            words_ = f"{factor['code']} scored {one['score']:g} of {factor['scale_max']:g}"
            yield one["assessed_on"], "score", "assessment", words_, one["assessor_id"]
    for plan in facts.where("plan", "account_id", account_id):
        for one in reviews(case, plan):
            yield one["reviewed_on"], "plan", "plan_review", one["outcome"] or "reviewed", one["chaired_by"]


def _planned(case: Case, account_id: str) -> Iterator[Event]:
    """What has a day of its own, before or after as-of."""
    facts, account = case.facts, case.facts.accounts[account_id]
    for plan in facts.where("plan", "account_id", account_id):
        name, owner = plan["name"], plan["owner_id"]
        yield plan["approved_on"], "plan", "plan_approved", name, owner
        yield plan["start_on"], "plan", "plan_starts", name, owner
        yield plan["end_on"], "plan", "plan_ends", name, owner
        yield plan["shared_with_customer_on"], "plan", "plan_shared", name, owner
        for goal in objectives(case, plan):
            said = {"new": "", "in_progress": ", in progress", "closed": ", closed"}[goal["status"]]
            yield goal["due_on"], "plan", "objective_due", goal["name"] + said, goal["owner_id"]
            for task in facts.where("action", "objective_id", goal["objective_id"]):
                words = task["name"] + {"done": ", done", "overdue": ", overdue", "open": ""}[_state(case, task)]
                yield task["due_on"], "action", "action_due", words, task["owner_id"]
                done_on = None if is_open(case, task) else task["done_on"]
                yield done_on, "action", "action_done", task["name"], task["owner_id"]
    for one in facts.where("sponsorship", "account_id", account_id):
        yield one["start_on"], "sponsor", "sponsor_assigned", WHERE[one["side"]], one["person_id"]
        yield one["end_on"], "sponsor", "sponsor_ended", WHERE[one["side"]], one["person_id"]
    for one in facts.where("programme", "account_id", account_id):
        yield one["committee_on"], "programme", "programme_decided", one["name"], None
        yield one["start_on"], "programme", "programme_started", one["name"], None
        yield one["end_on"], "programme", "programme_ends", one["name"], None
    score = account["selection_score"]
    chosen = None if score is None else f"score {score:g}"
    yield account["selected_on"], "account", "account_selected", chosen, None
    yield account["kept_on"], "account", "kept_in_programme", None, None
    yield account["manager_since"], "account", "manager_assigned", None, account["manager_id"]


def account_contacts(case: Case) -> list[Row]:
    """The active people at each customer, and the last done activity with each."""
    rows = []
    for account_id in case.listed:
        for one in case.facts.where("stakeholder", "account_id", account_id):
            met = [
                touch["occurred_on"]
                for touch in case.facts.where("activity", "stakeholder_id", one["stakeholder_id"])
                if touch["status"] == "done"
                and touch["occurred_on"] <= case.as_of
                and touch["account_id"] == account_id
            ]
            if one["active"]:
                columns = ("account_id", "name", "role", "level", "stance", "advisory_board")
                rows.append({column: one[column] for column in columns} | {"last_touch_on": max(met, default=None)})
    return rows


def plan_profile(case: Case) -> list[Row]:
    """One row per account: its plan in words and in counts; an exited one is listed with its name alone."""
    rows = []
    for account_id in case.listed:
        told = _plan_told(case, account_id)
        if case.exited(account_id):
            told = dict.fromkeys(told)
        rows.append(told | {"account_id": account_id, "name": case.facts.accounts[account_id]["name"]})
    return rows


def _plan_told(case: Case, account_id: str) -> Row:
    plan = plan_of(case, account_id)
    goals, held = (objectives(case, plan), reviews(case, plan)) if plan else ([], [])
    last = max(held, key=lambda row: (row["reviewed_on"], row["review_id"]), default=None)
    words = ("vision", "priorities", "challenges", "approved_on", "shared_with_customer_on")
    row: Row = {word: plan[word] if plan else None for word in words}
    rivals = [one for one in case.facts.where("plan", "account_id", account_id) if one["status"] == "active"]
    return row | {
        "plan": plan["name"] if plan else None,
        "health": health(case, account_id),
        "why": plan_why(case, account_id),
        "owner": name_of(case, plan["owner_id"]) if plan else None,
        "starts_on": plan["start_on"] if plan else None,
        "ends_on": plan["end_on"] if plan else None,
        "months_left": months_left(case, plan) if plan else None,
        "last_reviewed_on": last_review(case, plan) if plan else None,
        "last_outcome": last["outcome"] if last else None,
        "reviews": len(held),
        "objectives": len(goals),
        "objectives_closed": sum(goal["status"] == "closed" for goal in goals),
        "objectives_unmeasured": unmeasured(goals),
        "objectives_joint": sum(bool(goal["joint"]) for goal in goals),
        "active_plans": len(rivals),
    }

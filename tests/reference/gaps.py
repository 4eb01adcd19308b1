"""Sides without a live sponsor: since when, and who could take them, every possible leader looked at."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from kaptui.wording import day
from reference.case import Case
from reference.facts import Row
from reference.money import by_revenue, figures
from reference.sponsorship import SIDES, assigned, side_of


def last_there(case: Case, account_id: str, name: str) -> list[Row]:
    """Of a side without anybody: the sponsorships of those whose name still stands there, else of who ended last."""
    held = [
        row
        for row in case.facts.where("sponsorship", "account_id", account_id)
        if row["side"] == name and row["start_on"] <= case.as_of
    ]
    still = [row for row in held if row["end_on"] is None or row["end_on"] > case.as_of]
    last = max((row["end_on"] for row in held if row not in still), default=None)
    return still or [row for row in held if row["end_on"] == last]


def gap_since(case: Case, account_id: str, name: str) -> date | None:
    """Stale: the day a touch was due. Uncovered: the day the last sponsorship ended; who left left unseen."""
    side = side_of(case, account_id, name)
    if side.last_touch is not None:
        return side.last_touch + timedelta(days=side.cadence)
    if side.assigned_since is not None:
        return side.assigned_since + timedelta(days=int(case.setting("new_days")))
    ends = [row["end_on"] for row in last_there(case, account_id, name)]
    return max((end for end in ends if end is not None and end <= case.as_of), default=None)


def gap_why(case: Case, account_id: str, name: str) -> str | None:
    """Why a side is open: who is late and by how much, or why nobody stands there any more."""
    side = side_of(case, account_id, name)
    if side.last_touch is not None:
        return f"last touch {case.age(side.last_touch)} days ago, due every {side.cadence}"
    if side.assigned_since is not None:
        return f"assigned since {day(side.assigned_since)}, never touched"
    last = [case.facts.people[row["person_id"]] for row in last_there(case, account_id, name)]
    left = sorted({person["name"] for person in last if not person["active"]})
    return f"sponsor left: {'; '.join(left)}" if left else "assignment ended" if last else "never had one"


def sponsorship_gaps(case: Case) -> list[Row]:
    """One row per account and side that is uncovered or stale, by revenue; of one account the inside first."""
    return [
        {
            "account_id": account_id,
            "name": case.facts.accounts[account_id]["name"],
            "side": name,
            "status": side_of(case, account_id, name).status,
            "since": gap_since(case, account_id, name),
            "revenue": figures(case, account_id).revenue,
            **suggestion(case, account_id, name),
            "suggested_because": suggested_because(case, account_id, name),
            "why": gap_why(case, account_id, name),
        }
        for account_id in sorted(case.ids, key=lambda key: by_revenue(case, key))
        for name in SIDES
        if side_of(case, account_id, name).status in ("uncovered", "stale")
    ]


@cache
def load_in_file(case: Case) -> dict[str, set[str]]:
    """Accounts of the whole file by the person who stands there on any side."""
    held: dict[str, set[str]] = {}
    for account_id in case.facts.accounts:
        for side in SIDES:
            for row in assigned(case, account_id, side):
                held.setdefault(row["person_id"], set()).add(account_id)
    return held


def suggestion(case: Case, account_id: str, side: str) -> Row:
    """The free leader for whom most speaks, of all people: every candidate is looked at."""
    best = min(
        (
            (
                -sum(reasons(case, account_id, person_id)),
                len(load_in_file(case).get(person_id, ())),
                -person["level"],
                person_id,
            )
            for person_id, person in case.facts.people.items()
            if may_take(case, account_id, side, person_id)
        ),
        default=None,
    )
    person_id = best[-1] if best else None
    name = case.facts.people[person_id]["name"] if person_id else None
    return {"suggested": name, "suggested_id": person_id}


def may_take(case: Case, account_id: str, side: str, person_id: str) -> bool:
    """Active, level 4 or 5, room for another account, neither the manager nor his boss, not there already."""
    person, manager_id = case.facts.people[person_id], case.facts.accounts[account_id]["manager_id"]
    boss = case.facts.people[manager_id]["line_manager_id"] if manager_id in case.facts.people else None
    return (
        bool(person["active"])
        and (person["level"] or 0) >= 4
        and len(load_in_file(case).get(person_id, ())) < case.setting("load_warn")
        and person_id not in (manager_id, boss)
        and person_id not in {row["person_id"] for row in assigned(case, account_id, side)}
    )


def reasons(case: Case, account_id: str, person_id: str) -> tuple[bool, bool, bool]:
    """Level fits the highest active contact; stands at another account of the region; was here before."""
    levels = [
        row["level"]
        for row in case.facts.where("stakeholder", "account_id", account_id)
        if row["active"] and row["level"] is not None
    ]
    region = case.facts.accounts[account_id]["region"]
    regions = {case.facts.accounts[held]["region"] for held in load_in_file(case).get(person_id, ())}
    met = any(
        row["person_id"] == person_id and row["status"] == "done" and row["occurred_on"] <= case.as_of
        for row in case.facts.where("activity", "account_id", account_id)
    )
    fits = bool(levels) and abs(case.facts.people[person_id]["level"] - max(levels)) <= 1
    return fits, region is not None and region in regions, met


def suggested_because(case: Case, account_id: str, name: str) -> str | None:
    """What speaks for the leader suggested."""
    person_id = suggestion(case, account_id, name)["suggested_id"]
    if person_id is None:
        return None
    carried = len(load_in_file(case).get(person_id, ()))
    told = zip(reasons(case, account_id, person_id), ("level matches", "same region", "met before"), strict=True)
    return ", ".join([f"carries {carried}", *(words for speaks, words in told if speaks)])

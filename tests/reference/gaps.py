"""Sides without a live sponsor: since when and why, and whom the proposal gives them.

A gap begins on the first day without cover as the side is now: the day after the last on which the touch was still in
time or the side still new; of a side without anybody the day on which the last sponsorship ended.
"""

from __future__ import annotations

from datetime import date, timedelta

from kaptui.text import day
from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.money import by_revenue, figures
from tests.reference.proposal import proposal, reasons, suggestion
from tests.reference.sponsorship import SIDES, load_in_file, side_of

__all__ = ["gap_since", "gap_why", "load_in_file", "reasons", "sponsorship_gaps", "suggestion", "touches_due"]


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
    """The first day without cover; who left the company left unseen."""
    side = side_of(case, account_id, name)
    if side.last_touch is not None and side.cadence is not None:
        return side.last_touch + timedelta(days=side.cadence + 1)
    if side.assigned_since is not None:
        return side.assigned_since + timedelta(days=int(case.setting("new_days")) + 1)
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


def _because(case: Case, account_id: str, name: str) -> str | None:
    given = proposal(case)[account_id, name]
    because: str | None = given["because"]
    return None if given["person_id"] is None else because


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
            "suggested_because": _because(case, account_id, name),
            "why": gap_why(case, account_id, name),
        }
        for account_id in sorted(case.chosen_programme, key=lambda key: by_revenue(case, key))
        for name in SIDES
        if side_of(case, account_id, name).status in ("uncovered", "stale")
    ]


def next_touch(case: Case, account_id: str, name: str) -> date | None:
    """The last day on which a side that is covered or new stays so without another touch; None of any other."""
    side = side_of(case, account_id, name)
    if side.status == "covered" and side.last_touch is not None and side.cadence is not None:
        return side.last_touch + timedelta(days=side.cadence)
    if side.status == "new" and side.assigned_since is not None:
        return side.assigned_since + timedelta(days=int(case.setting("new_days")))
    return None


def touches_due(case: Case) -> list[Row]:
    """One row per covered or new side, the first due before the later; of one day the largest account first."""
    rows = [
        {
            "account_id": account_id,
            "name": case.facts.accounts[account_id]["name"],
            "side": name,
            "status": side_of(case, account_id, name).status,
            "sponsor": "; ".join(side_of(case, account_id, name).sponsors) or None,
            "last_touch_on": side_of(case, account_id, name).last_touch,
            "cadence_days": side_of(case, account_id, name).cadence,
            "due_on": due,
            "days_left": (due - case.as_of).days,
            "revenue": figures(case, account_id).revenue,
        }
        for account_id in sorted(case.listed, key=lambda key: by_revenue(case, key))
        for name in SIDES
        if (due := next_touch(case, account_id, name)) is not None
    ]
    return sorted(rows, key=lambda row: row["due_on"])

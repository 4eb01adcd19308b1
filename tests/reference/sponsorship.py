"""Sponsorship: who stands for a side, how it is covered, where the gaps are, what each sponsor carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from reference.case import Case, shift
from reference.facts import Row
from reference.money import figures, total

SIDES = ("internal", "external")


@cache
def assigned(case: Case, account_id: str, side: str) -> list[Row]:
    """Live sponsorships of a side by active people, by start date."""
    live = [
        row
        for row in case.facts.where("sponsorship", "account_id", account_id)
        if row["side"] == side
        and row["start_on"] <= case.as_of
        and (row["end_on"] is None or row["end_on"] > case.as_of)
        and case.facts.people[row["person_id"]]["active"]
    ]
    return sorted(live, key=lambda row: (row["start_on"], case.facts.people[row["person_id"]]["name"]))


def touches(case: Case, account_id: str, side: str, people: set[str]) -> list[date]:
    """Days of done activities of these people on a side, on or before as-of."""
    return [
        row["occurred_on"]
        for row in case.facts.where("activity", "account_id", account_id)
        if row["side"] == side
        and row["status"] == "done"
        and row["occurred_on"] <= case.as_of
        and row["person_id"] in people
    ]


@dataclass(frozen=True)
class Side:
    """One side of an account. `status`: covered, stale, new or uncovered."""

    status: str
    cadence: int
    sponsors: tuple[str, ...] = ()
    last_touch: date | None = None
    assigned_since: date | None = None


def cadence_of(case: Case, sponsorship: Row) -> int:
    """A sponsorship's own cadence, else that of the account's tier."""
    return int(sponsorship["cadence_days"] or tier_cadence(case, sponsorship["account_id"]))


def tier_cadence(case: Case, account_id: str) -> int:
    """Days between touches that the account's tier asks for."""
    return int(case.setting(f"cadence_tier_{case.facts.accounts[account_id]['tier']}"))


@cache
def side_of(case: Case, account_id: str, side: str, without: str | None = None, alone: str | None = None) -> Side:
    """How a side is covered at as-of; as if the person `without` did not stand there, or `alone` stood by himself."""
    live = [
        row
        for row in assigned(case, account_id, side)
        if row["person_id"] != without and alone in (None, row["person_id"])
    ]
    if not live:
        return Side("uncovered", tier_cadence(case, account_id))
    cadence = min(cadence_of(case, row) for row in live)
    people = [row["person_id"] for row in live]
    last = max(touches(case, account_id, side, set(people)), default=None)
    since = live[0]["start_on"]
    if last is not None:
        status = "covered" if case.age(last) <= cadence else "stale"
    else:
        status = "new" if case.age(since) <= case.setting("new_days") else "stale"
    names = dict.fromkeys(case.facts.people[person]["name"] for person in people)
    return Side(status, cadence, tuple(names), last, since)


def coverage(case: Case, account_id: str) -> str:
    """full, partial or none: how many sides are covered."""
    covered = sum(side_of(case, account_id, side).status == "covered" for side in SIDES)
    return ("none", "partial", "full")[covered]


def sponsorship_coverage(case: Case) -> list[Row]:
    """One row per account and side."""
    rows = []
    for account_id in case.ids:
        account, money = case.facts.accounts[account_id], figures(case, account_id)
        for name in SIDES:
            side = side_of(case, account_id, name)
            rows.append(
                {
                    "account_id": account_id,
                    "name": account["name"],
                    "tier": account["tier"],
                    "side": name,
                    "status": side.status,
                    "sponsor": "; ".join(side.sponsors) or None,
                    "last_touch_on": side.last_touch,
                    "days_since_touch": case.age(side.last_touch) if side.last_touch else None,
                    "cadence_days": side.cadence,
                    "revenue": money.revenue,
                    "profit": money.profit,
                }
            )
    return rows


def orphaned_by(case: Case, account_id: str, side: str) -> str | None:
    """The person whose leaving within the orphan days would leave this side without anybody."""
    live = assigned(case, account_id, side)
    limit = case.as_of + timedelta(days=int(case.setting("orphan_days")))
    if len({row["person_id"] for row in live}) != 1:
        return None
    ends = [row["end_on"] for row in live]
    return live[0]["person_id"] if all(end is not None and end <= limit for end in ends) else None


def sponsor_load(case: Case) -> list[Row]:
    """One row per person who is assigned to a chosen account at as-of."""
    held: dict[str, set[tuple[str, str]]] = {}
    for account_id in case.ids:
        for side in SIDES:
            for row in assigned(case, account_id, side):
                held.setdefault(row["person_id"], set()).add((account_id, side))
    return [_load(case, person_id, sides) for person_id, sides in sorted(held.items())]


def _load(case: Case, person_id: str, sides: set[tuple[str, str]]) -> Row:
    person = case.facts.people[person_id]
    accounts = {account_id for account_id, _ in sides}
    made = [
        day
        for where in sides
        for day in touches(case, *where, {person_id})
        if day > shift(case.as_of, -12)  # twelve months, the first day of them left out
    ]
    count = len(accounts)
    load = "over" if count > case.setting("load_over") else "warn" if count > case.setting("load_warn") else "ok"
    return {
        **{column: person[column] for column in ("person_id", "name", "function", "level")},
        "accounts": count,
        "revenue": total(figures(case, account_id).revenue for account_id in accounts),
        "load": load,
        "orphan_risk": any(orphaned_by(case, *where) == person_id for where in sides),
        **lost_without(case, person_id, sides),
        **fit(case, person_id, sides),
        "touches_made": len(made),
        "touches_due": sum(365 // side_of(case, *where).cadence for where in sides),
    }


def lost_without(case: Case, person_id: str, sides: set[tuple[str, str]]) -> Row:
    """What is covered now and would not be without this person: accounts, and their revenue."""
    lost = {
        account_id
        for account_id, side in sides
        if side_of(case, account_id, side).status == "covered"
        and side_of(case, account_id, side, without=person_id).status != "covered"
    }
    revenue = total(figures(case, account_id).revenue for account_id in lost)
    return {"lost_accounts": len(lost), "lost_revenue": revenue if lost else Decimal(0)}


def fit(case: Case, person_id: str, sides: set[tuple[str, str]]) -> Row:
    """On how many sides the sponsor is independent of the manager's line, and matches his counterpart's level."""
    independent = [independence(case, account_id, person_id) for account_id, _ in sides]
    levels = [level_fits(case, account_id, side, person_id) for account_id, side in sides]
    return {
        "sides": len(sides),
        "independent": independent.count(True),
        "independence_known": len(independent) - independent.count(None),
        "level_match": levels.count(True),
        "level_known": len(levels) - levels.count(None),
    }


def independence(case: Case, account_id: str, person_id: str) -> bool | None:
    """False for the manager, his own boss and everybody from sales; None where the function is not known."""
    manager_id = case.facts.accounts[account_id]["manager_id"]
    boss = case.facts.people[manager_id]["line_manager_id"] if manager_id in case.facts.people else None
    function = case.facts.people[person_id]["function"]
    if person_id in (manager_id, boss) or (function is not None and function.strip().lower() == "sales"):
        return False
    return None if function is None else True


def level_fits(case: Case, account_id: str, side: str, person_id: str) -> bool | None:
    """At most one level off a named counterpart; None where no counterpart or level is known."""
    contacts = {row["stakeholder_id"]: row for row in case.facts["stakeholder"]}
    own = case.facts.people[person_id]["level"]
    gaps = [
        abs(own - contacts[row["counterpart_id"]]["level"])
        for row in assigned(case, account_id, side)
        if row["person_id"] == person_id
        and own is not None
        and row["counterpart_id"] in contacts
        and contacts[row["counterpart_id"]]["level"] is not None
    ]
    return any(gap <= 1 for gap in gaps) if gaps else None

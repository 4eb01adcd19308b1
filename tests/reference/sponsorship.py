"""Sponsorship: who stands for a side, how it is covered, and what each sponsor carries.

Exited accounts have no part in it: their sides are empty, nobody carries them.
Where domain.md is silent: done account activities are counted over the whole file, whatever their day, to tell whether
half of them name somebody; "a touch in the whole file" looks at exited accounts too.

Over 300 lines because sides, touches and loads rest on each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from tests.reference.case import Case, shift
from tests.reference.facts import Facts, Row
from tests.reference.money import by_revenue, figures, ratio, total
from tests.reference.what_if import is_new

SIDES = ("internal", "external")


@cache
def assigned(case: Case, account_id: str, side: str) -> list[Row]:
    """Live sponsorships of a side by active people, by start date; of an exited account too, for these are facts."""
    live = [
        row
        for row in case.facts.where("sponsorship", "account_id", account_id)
        if row["side"] == side
        and row["start_on"] <= case.as_of
        and (row["end_on"] is None or row["end_on"] > case.as_of)
        and case.facts.people[row["person_id"]]["active"]
    ]
    return sorted(live, key=lambda row: (row["start_on"], case.facts.people[row["person_id"]]["name"]))


def chain_start(case: Case, sponsorship: Row) -> date:
    """The first start of an assignment that was renewed: same person, account and side, at most a day between."""
    spells = [
        row
        for row in case.facts.where("sponsorship", "account_id", sponsorship["account_id"])
        if (row["person_id"], row["side"]) == (sponsorship["person_id"], sponsorship["side"])
    ]
    first: date = sponsorship["start_on"]
    for row in sorted(spells, key=lambda row: str(row["start_on"]), reverse=True):
        joins = row["end_on"] is None or row["end_on"] + timedelta(days=1) >= first
        first = min(first, row["start_on"]) if joins else first
    return first


@cache
def named_share(facts: Facts) -> float:
    """The share of the done account activities that name a known person; 1 where there is none."""
    done = [row for row in facts["activity"] if row["status"] == "done" and row["account_id"] is not None]
    return sum(row["person_id"] in facts.people for row in done) / len(done) if done else 1.0


def names_people(facts: Facts) -> bool:
    """Whether at least half of the done account activities name a known person; below, no touch is known."""
    return named_share(facts) >= 0.5


def touch_rows(case: Case, account_id: str, side: str, people: set[str]) -> list[Row]:
    """Done activities of these people on a side, of a kind that is a touch, on or before as-of."""
    if not names_people(case.facts):
        return []
    return [
        row
        for row in case.facts.where("activity", "account_id", account_id)
        if row["side"] == side
        and row["status"] == "done"
        and row["occurred_on"] <= case.as_of
        and row["person_id"] in people
        and case.facts.kinds[row["kind"]]["touch"]
    ]


def touches(case: Case, account_id: str, side: str, people: set[str]) -> list[date]:
    """The days of the touches that tell how a side is covered."""
    return [row["occurred_on"] for row in cover_rows(case, account_id, side, people)]


def cover_rows(case: Case, account_id: str, side: str, people: set[str]) -> list[Row]:
    """The touches that tell how a side is covered.

    A proposal is new till the first touch: of somebody whom a what-if gives a side, what is too old for cover by the
    tier's cadence does not count, unless he was there until a day ago, for a renewal is not new.
    """
    limit = tier_cadence(case, account_id)
    fresh = {
        row["person_id"]
        for row in assigned(case, account_id, side)
        if is_new(row) and chain_start(case, row) == case.as_of
    }
    rows = touch_rows(case, account_id, side, people)
    return [row for row in rows if row["person_id"] not in fresh or case.age(row["occurred_on"]) <= limit]


@cache
def any_touch(case: Case) -> bool:
    """Whether any assigned sponsor of the programme has a touch."""
    return any(
        touches(case, account_id, side, {row["person_id"] for row in assigned(case, account_id, side)})
        for account_id in case.programme
        for side in SIDES
    )


@dataclass(frozen=True)
class Side:
    """One side of an account. `status`: covered, stale, new or uncovered; None where nothing tells."""

    status: str | None
    cadence: int | None
    sponsors: tuple[str, ...] = ()
    last_touch: date | None = None
    assigned_since: date | None = None


def cadence_of(case: Case, sponsorship: Row) -> int:
    """A sponsorship's own cadence, else that of the account's tier."""
    return int(sponsorship["cadence_days"] or tier_cadence(case, sponsorship["account_id"]))


def tier_cadence(case: Case, account_id: str) -> int:
    """Days between touches that the account's tier asks for."""
    return int(case.setting(f"cadence_tier_{case.facts.accounts[account_id]['tier']}"))


def by_start(case: Case, rows: list[Row]) -> list[Row]:
    """Assignments by the first start of each, then by name."""
    people = case.facts.people
    return sorted(rows, key=lambda row: (chain_start(case, row), people[row["person_id"]]["name"], row["person_id"]))


@cache
def side_of(case: Case, account_id: str, side: str, without: str | None = None, alone: str | None = None) -> Side:
    """How a side is covered at as-of; as if the person `without` did not stand there, or `alone` stood by himself."""
    if case.exited(account_id):
        return Side(None, None)
    live = [
        row
        for row in assigned(case, account_id, side)
        if row["person_id"] != without and alone in (None, row["person_id"])
    ]
    if not live:
        nobody = None if case.facts.empty("sponsorship") else "uncovered"
        return Side(nobody, tier_cadence(case, account_id))
    cadence = min(cadence_of(case, row) for row in live)
    live = by_start(case, live)
    people = [row["person_id"] for row in live]
    last = max(touches(case, account_id, side, set(people)), default=None)
    since = min(chain_start(case, row) for row in live)
    status: str | None
    if last is not None:
        status = "covered" if case.age(last) <= cadence else "stale"
    elif case.age(since) <= case.setting("new_days"):
        status = "new"
    else:
        status = "stale" if any_touch(case) else None
    names = dict.fromkeys(case.facts.people[person]["name"] for person in people)
    return Side(status, cadence, tuple(names), last, since)


def coverage(case: Case, account_id: str) -> str | None:
    """full, partial or none: how many sides are covered; None where the status of one is not known."""
    statuses = [side_of(case, account_id, side).status for side in SIDES]
    return None if None in statuses else ("none", "partial", "full")[statuses.count("covered")]


def no_live_sponsor(case: Case, account_id: str) -> bool | None:
    """Whether neither side is covered or new; None where the status of one is not known."""
    statuses = [side_of(case, account_id, side).status for side in SIDES]
    return None if None in statuses else not {"covered", "new"} & set(statuses)


def uncovered_revenue_share(case: Case) -> float | None:
    """The revenue without a live sponsor of that of the chosen accounts of the programme.

    None where that is not above zero, or where no account's status is known.
    """
    told = {key: no_live_sponsor(case, key) for key in case.chosen_programme}
    if all(one is None for one in told.values()):
        return None
    without = total(figures(case, key).revenue for key, one in told.items() if one)
    return ratio(without or Decimal(0), total(figures(case, key).revenue for key in told))


def independent(case: Case, account_id: str, person_id: str) -> bool:
    """Neither the account's manager, nor his line manager, nor of a function that sells."""
    return independence(case, account_id, person_id) is not False


@cache
def double_sponsor(case: Case, account_id: str) -> bool | None:
    """Both sides covered, by two different independent people, each in touch within his side's cadence."""
    sides = [side_of(case, account_id, side) for side in SIDES]
    if any(side.status is None for side in sides):
        return None
    if any(side.status != "covered" for side in sides):
        return False
    inside, outside = (_in_touch(case, account_id, side) for side in SIDES)
    return any(one != other for one in inside for other in outside)


def _in_touch(case: Case, account_id: str, side: str) -> set[str]:
    """The independent sponsors of a side whose own last touch lies within its cadence."""
    cadence = side_of(case, account_id, side).cadence or 0
    return {
        person_id
        for person_id in {row["person_id"] for row in assigned(case, account_id, side)}
        if independent(case, account_id, person_id)
        and any(case.age(day) <= cadence for day in touches(case, account_id, side, {person_id}))
    }


def sponsorship_coverage(case: Case) -> list[Row]:
    """One row per account and side."""
    rows = []
    for account_id in case.listed:
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
    if case.exited(account_id):
        return None
    live = assigned(case, account_id, side)
    limit = case.as_of + timedelta(days=int(case.setting("orphan_days")))
    if len({row["person_id"] for row in live}) != 1:
        return None
    ends = [row["end_on"] for row in live]
    return live[0]["person_id"] if all(end is not None and end <= limit for end in ends) else None


@cache
def load_in_file(case: Case) -> dict[str, set[str]]:
    """Accounts of the whole programme by the person who stands there on any side."""
    held: dict[str, set[str]] = {}
    for account_id in case.programme:
        for side in SIDES:
            for row in assigned(case, account_id, side):
                held.setdefault(row["person_id"], set()).add(account_id)
    return held


def load_of(case: Case, person_id: str) -> str:
    """ok, warn or over: how many accounts of the whole programme a person carries."""
    count = len(load_in_file(case).get(person_id, ()))
    return "over" if count > case.setting("load_over") else "warn" if count > case.setting("load_warn") else "ok"


def sponsor_load(case: Case) -> list[Row]:
    """One row per person who is assigned to a chosen account at as-of."""
    return [_load(case, person_id, sides) for person_id, sides in sorted(sides_held(case).items())]


@cache
def sides_held(case: Case) -> dict[str, set[tuple[str, str]]]:
    """Account and side of the chosen accounts by the person who stands there."""
    held: dict[str, set[tuple[str, str]]] = {}
    for account_id in case.chosen_programme:
        for side in SIDES:
            for row in assigned(case, account_id, side):
                held.setdefault(row["person_id"], set()).add((account_id, side))
    return held


def is_silent(case: Case, person_id: str) -> bool:
    """Whether none of a leader's sides in the programme is on time, as far as the statuses of them are known.

    Chosen or not: how a leader stands does not change with the filter.
    """
    statuses = {side_of(case, *where).status for where in sides_held(case.everyone)[person_id]}
    return "covered" not in statuses and statuses != {None}


def _load(case: Case, person_id: str, sides: set[tuple[str, str]]) -> Row:
    person = case.facts.people[person_id]
    accounts = {account_id for account_id, _ in sides}
    made = [
        day
        for where in sides
        for day in (row["occurred_on"] for row in touch_rows(case, *where, {person_id}))
        if day > shift(case.as_of, -12)  # twelve months, the first day of them left out
    ]
    cadences = [side_of(case, *where).cadence or 365 for where in sides]
    return {
        **{column: person[column] for column in ("person_id", "name", "function", "level")},
        "accounts": len(accounts),
        "revenue": total(figures(case, account_id).revenue for account_id in accounts),
        "load": load_of(case, person_id),
        "orphan_risk": any(orphaned_by(case, *where) == person_id for where in sides_held(case.everyone)[person_id]),
        **lost_without(case, person_id, sides),
        **fit(case, person_id, sides),
        "touches_made": None if case.facts.empty("activity") or not names_people(case.facts) else len(made),
        "touches_due": sum(max(365 // cadence, 1) for cadence in cadences),
        "sides_on_time": sum(side_of(case, *where).status == "covered" for where in sides),
        "sides_unknown": sum(side_of(case, *where).status is None for where in sides),
        "accounts_all": len(load_in_file(case)[person_id]),
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
    largest = sorted(lost, key=lambda account_id: by_revenue(case, account_id))
    names = "; ".join(case.facts.accounts[account_id]["name"] for account_id in largest)
    return {
        "lost_accounts": len(lost),
        "lost_revenue": revenue if lost else Decimal(0),
        "lost_names": names if lost else None,
    }


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
    """False for the manager, his line manager and everybody who sells; None where the function is not known."""
    manager_id = case.facts.accounts[account_id]["manager_id"]
    boss = case.facts.people[manager_id]["line_manager_id"] if manager_id in case.facts.people else None
    function = case.facts.people[person_id]["function"]
    if person_id in (manager_id, boss) or (function is not None and function.strip().lower() in case.sales_functions):
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

"""Sponsorship in practice: mechanisms by account, negotiations ahead, promotion by quarter, coverage in sums.

Which mechanism an activity is stands in the table of its kinds. A side whose status is not known is in no count of
statuses; an exited account that is listed has only its name and its revenue.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from tests.reference.case import Case, shift
from tests.reference.evidence import is_leader
from tests.reference.facts import Row
from tests.reference.money import figures, total
from tests.reference.scores import factor_scores, mean
from tests.reference.sponsorship import (
    SIDES,
    assigned,
    coverage,
    double_sponsor,
    is_silent,
    named_share,
    names_people,
    no_live_sponsor,
    side_of,
    sponsor_load,
    uncovered_revenue_share,
)

STATUSES = ("covered", "stale", "new", "uncovered")


def done(case: Case, account_id: str | None) -> list[Row]:
    """What happened with an account, or with the programme as a whole, until as-of."""
    return [
        row
        for row in case.facts["activity"]
        if row["account_id"] == account_id and row["status"] == "done" and row["occurred_on"] <= case.as_of
    ]


MECHANISMS = (
    *("executive_sponsor", "investment_committee", "success_evidence", "recognition"),
    *("year_end_negotiation", "advisory_board"),
)
AHEAD = ("negotiation_planned_on", "negotiation_held_on", "negotiation_ahead", "negotiation_exposed")


def sponsorship_mechanisms(case: Case) -> list[Row]:
    """One row per account: what was seen in twelve months, and who faces the next negotiation."""
    return [
        {"account_id": account_id, "name": case.facts.accounts[account_id]["name"]}
        | (dict.fromkeys((*MECHANISMS, *AHEAD)) if case.exited(account_id) else _mechanisms(case, account_id))
        | {"revenue": figures(case, account_id).revenue}
        for account_id in case.listed
    ]


def mechanism_of(case: Case, activity: Row) -> str | None:
    """The mechanism that an activity is, by its kind."""
    found: str | None = case.facts.kinds[activity["kind"]]["mechanism"]
    return found


def _mechanisms(case: Case, account_id: str) -> Row:
    recent = [row for row in done(case, account_id) if row["occurred_on"] > shift(case.as_of, -12)]
    seen = {mechanism_of(case, row) for row in recent}
    held = [row for row in recent if mechanism_of(case, row) == "year_end_negotiation"]
    led = any(is_leader(case, account_id, row["person_id"]) for row in held)
    return {
        **{name: None if case.facts.empty("activity") else name in seen for name in MECHANISMS},
        "executive_sponsor": None if case.facts.empty("sponsorship") else bool(assigned(case, account_id, "internal")),
        "year_end_negotiation": led if held and names_people(case.facts) else None,
        **negotiation(case, account_id),
    }


def negotiation(case: Case, account_id: str) -> Row:
    """The next year-end negotiation, the last one of twelve months, and whether nobody of the leaders will be there."""
    negotiations = [
        row
        for row in case.facts.where("activity", "account_id", account_id)
        if mechanism_of(case, row) == "year_end_negotiation"
    ]
    planned = [row for row in negotiations if row["status"] == "planned" and row["occurred_on"] > case.as_of]
    past = [row["occurred_on"] for row in negotiations if row["status"] == "done" and row["occurred_on"] <= case.as_of]
    held = max((day for day in past if day > shift(case.as_of, -12)), default=None)
    people = case.facts.people
    named = any(
        row["person_id"] in people
        and people[row["person_id"]]["active"]
        and is_leader(case, account_id, row["person_id"])
        for row in planned
    )
    status = side_of(case, account_id, "external").status
    ahead = bool(planned) or _still_to_come(case, past)
    faced = ahead and not named
    return {
        "negotiation_planned_on": min((row["occurred_on"] for row in planned), default=None),
        "negotiation_held_on": held,
        "negotiation_ahead": ahead,
        "negotiation_exposed": status in ("uncovered", "stale") if faced and status else None if faced else False,
    }


def _still_to_come(case: Case, past: list[date]) -> bool:
    """In the last quarter of the year, where none was held in it yet; nobody knows without any activities."""
    quarter = case.as_of.replace(month=10, day=1)
    return not case.facts.empty("activity") and case.as_of >= quarter and not any(day >= quarter for day in past)


def _quarter(day: date) -> str:
    return f"{day.year} Q{(day.month + 2) // 3}"


def programme_promotion(case: Case) -> list[Row]:
    """One row per quarter and kind of internal activity without an account."""
    seen = Counter((_quarter(row["occurred_on"]), row["kind"]) for row in done(case, None) if row["side"] == "internal")
    return [
        {"quarter": quarter, "kind": kind, "activities": number, "label": case.facts.kinds[kind]["label"]}
        for (quarter, kind), number in sorted(seen.items())
    ]


def coverage_breakdown(case: Case) -> list[Row]:
    """One row per group and side: accounts, revenue and profit, all of them and by status."""
    rows = []
    for dimension, groups in _groups(case).items():
        for value, ids in groups.items():
            for side in SIDES:
                rows.append({"dimension": dimension, "value": value, "side": side, **_sums(case, ids, side)})
    return rows


def _groups(case: Case) -> dict[str, dict[str | None, list[str]]]:
    found: dict[str, dict[str | None, list[str]]] = {"all": {}, "tier": {}, "region": {}, "manager": {}}
    for account_id in case.chosen_programme:
        account = case.facts.accounts[account_id]
        manager = case.facts.people.get(account["manager_id"], {}).get("name")
        values = {"all": "all", "tier": str(account["tier"]), "region": account["region"], "manager": manager}
        for dimension, value in values.items():
            found[dimension].setdefault(value, []).append(account_id)
    return found


def _sums(case: Case, ids: list[str], side: str) -> Row:
    row: Row = {"accounts": len(ids)}
    for measure in ("revenue", "profit"):
        row[measure] = total(getattr(figures(case, account_id), measure) for account_id in ids)
    for status in STATUSES:
        some = [account_id for account_id in ids if side_of(case, account_id, side).status == status]
        row[status] = len(some)
        for measure in ("revenue", "profit"):
            row[f"{status}_{measure}"] = total(getattr(figures(case, account_id), measure) for account_id in some) or 0
    return row


def sponsorship_summary(case: Case) -> list[Row]:
    """The one row of key figures over the chosen accounts of the programme."""
    ids = case.chosen_programme
    statuses = {key: [side_of(case, key, side).status for side in SIDES] for key in ids}
    open_sides = {key: sum(status in ("uncovered", "stale") for status in both) for key, both in statuses.items()}
    every = Counter(status for both in statuses.values() for status in both)
    groups = {
        "without": [key for key in ids if no_live_sponsor(case, key)],
        "full": [key for key in ids if coverage(case, key) == "full"],
        **{side: [key for key in ids if side_of(case, key, side).status == "covered"] for side in SIDES},
    }
    ahead = [negotiation(case, key) for key in ids]
    evidence = [row["evidence_index"] for row in factor_scores(case) if row["code"] == "TOP"]
    row: Row = {
        "accounts": len(ids),
        "revenue": _all(case, ids, "revenue"),
        "profit": _all(case, ids, "profit"),
        **{f"{name}_revenue": _all(case, some, "revenue") or 0 for name, some in groups.items()},
        "without_accounts": len(groups["without"]),
        "one_side_accounts": sum(
            number == 1 and no_live_sponsor(case, key) is False for key, number in open_sides.items()
        ),
        "fully_covered": len(groups["full"]),
        "double_sponsored": sum(double_sponsor(case, key) is True for key in ids),
        "full_profit": _all(case, groups["full"], "profit") or 0,
        **{f"{side}_covered": len(groups[side]) for side in SIDES},
        **{f"{status}_sides": every[status] for status in ("uncovered", "stale", "new")},
        "negotiations": sum(one["negotiation_ahead"] for one in ahead),
        "negotiations_exposed": sum(one["negotiation_exposed"] is True for one in ahead),
        "top_evidence": mean([value for value in evidence if value is not None]),
        **_leaders(case),
        "sponsorship_fed": not case.facts.empty("sponsorship"),
        "activity_fed": not case.facts.empty("activity"),
        "named_share": named_share(case.facts),
        "double_revenue": _all(case, [key for key in ids if double_sponsor(case, key)], "revenue") or 0,
        "uncovered_revenue_share": uncovered_revenue_share(case),
        "unknown_sides": every[None],
        "unknown_revenue_accounts": sum(figures(case, key).revenue is None for key in ids),
    }
    return [row]


def _leaders(case: Case) -> Row:
    """How many leaders there are, whose load is too high, who leaves or is silent, and who would be missed most."""
    leaders = sponsor_load(case)

    def missed(one: Row) -> tuple[bool, Decimal, int, str]:
        lost = one["lost_revenue"]
        return (lost is None, -(lost or Decimal(0)), -one["lost_accounts"], one["person_id"])

    first = min((one for one in leaders if one["lost_accounts"]), key=missed, default=None)
    return {
        "leaders": len(leaders),
        "leaders_warn": sum(one["load"] == "warn" for one in leaders),
        "leaders_over": sum(one["load"] == "over" for one in leaders),
        "leaders_ending": sum(one["orphan_risk"] for one in leaders),
        "leaders_silent": sum(is_silent(case, one["person_id"]) for one in leaders),
        "leaver": first["name"] if first else None,
        "leaver_accounts": first["lost_accounts"] if first else None,
        "leaver_revenue": first["lost_revenue"] if first else None,
        "leaver_names": first["lost_names"] if first else None,
    }


def _all(case: Case, ids: list[str], measure: str) -> object:
    return total(getattr(figures(case, account_id), measure) for account_id in ids)

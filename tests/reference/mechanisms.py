"""Sponsorship in practice: mechanisms by account, negotiations ahead, promotion by quarter, coverage in sums."""

from __future__ import annotations

from collections import Counter
from datetime import date

from reference.case import Case, shift
from reference.evidence import is_leader
from reference.facts import Row
from reference.money import figures, total
from reference.scores import factor_scores, mean
from reference.sponsorship import SIDES, coverage, side_of, sponsor_load

STATUSES = ("covered", "stale", "new", "uncovered")


def done(case: Case, account_id: str | None) -> list[Row]:
    """What happened with an account, or with the programme as a whole, until as-of."""
    return [
        row
        for row in case.facts["activity"]
        if row["account_id"] == account_id and row["status"] == "done" and row["occurred_on"] <= case.as_of
    ]


def sponsorship_mechanisms(case: Case) -> list[Row]:
    """One row per account: what was seen in twelve months, and who faces the next negotiation."""
    return [_mechanisms(case, account_id) for account_id in case.ids]


def _mechanisms(case: Case, account_id: str) -> Row:
    recent = [row for row in done(case, account_id) if row["occurred_on"] > shift(case.as_of, -12)]
    kinds = {row["kind"] for row in recent}
    held = [row for row in recent if row["kind"] == "year_end_negotiation"]
    led = {row["occurred_on"] for row in held if is_leader(case, account_id, row["person_id"])}
    return {
        "account_id": account_id,
        "name": case.facts.accounts[account_id]["name"],
        "executive_sponsor": side_of(case, account_id, "internal").status != "uncovered",
        "investment_committee": "investment_committee" in kinds,
        "success_evidence": "success_evidence" in kinds,
        "recognition": bool(kinds & {"convention", "award"}),
        "year_end_negotiation": bool(led) if held else None,
        "advisory_board": "advisory_board" in kinds,
        "revenue": figures(case, account_id).revenue,
        **negotiation(case, account_id),
    }


def negotiation(case: Case, account_id: str) -> Row:
    """The next year-end negotiation, the last one of twelve months, and whether nobody of the leaders will be there."""
    planned = [
        row
        for row in case.facts.where("activity", "account_id", account_id)
        if row["kind"] == "year_end_negotiation" and row["status"] == "planned" and row["occurred_on"] > case.as_of
    ]
    past = [row["occurred_on"] for row in done(case, account_id) if row["kind"] == "year_end_negotiation"]
    held = max((day for day in past if day > shift(case.as_of, -12)), default=None)
    people = case.facts.people
    named = any(
        row["person_id"] in people
        and people[row["person_id"]]["active"]
        and is_leader(case, account_id, row["person_id"])
        for row in planned
    )
    alone = side_of(case, account_id, "external").status in ("uncovered", "stale")
    return {
        "negotiation_planned_on": min((row["occurred_on"] for row in planned), default=None),
        "negotiation_held_on": held,
        "negotiation_exposed": (bool(planned) or held is not None) and alone and not named,
    }


def _quarter(day: date) -> str:
    return f"{day.year} Q{(day.month + 2) // 3}"


def programme_promotion(case: Case) -> list[Row]:
    """One row per quarter and kind of internal activity without an account."""
    seen = Counter((_quarter(row["occurred_on"]), row["kind"]) for row in done(case, None) if row["side"] == "internal")
    return [
        {"quarter": quarter, "kind": kind, "activities": number} for (quarter, kind), number in sorted(seen.items())
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
    for account_id in case.ids:
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
    """The one row of key figures."""
    open_sides = {
        key: sum(side_of(case, key, side).status in ("uncovered", "stale") for side in SIDES) for key in case.ids
    }
    without = [key for key, number in open_sides.items() if number == 2]
    full = [key for key in case.ids if coverage(case, key) == "full"]
    statuses = Counter(side_of(case, key, side).status for key in case.ids for side in SIDES)
    ahead = [negotiation(case, key) for key in case.ids]
    leaders = sponsor_load(case)
    missed = sorted(
        (one for one in leaders if one["lost_accounts"]),
        key=lambda one: (
            one["lost_revenue"] is None,
            -(one["lost_revenue"] or 0),
            -one["lost_accounts"],
            one["person_id"],
        ),
    )
    evidence = [row["evidence_index"] for row in factor_scores(case) if row["code"] == "TOP"]
    row: Row = {
        "accounts": len(case.ids),
        "revenue": _all(case, case.ids, "revenue"),
        "profit": _all(case, case.ids, "profit"),
        "without_accounts": len(without),
        "without_revenue": _all(case, without, "revenue") or 0,
        "one_side_accounts": sum(number == 1 for number in open_sides.values()),
        "fully_covered": len(full),
        "full_revenue": _all(case, full, "revenue") or 0,
        "full_profit": _all(case, full, "profit") or 0,
        **{f"{status}_sides": statuses[status] for status in ("uncovered", "stale", "new")},
        "negotiations": sum(bool(one["negotiation_planned_on"] or one["negotiation_held_on"]) for one in ahead),
        "negotiations_exposed": sum(one["negotiation_exposed"] for one in ahead),
        "top_evidence": mean([value for value in evidence if value is not None]),
        "leaders": len(leaders),
        "leaders_warn": sum(one["load"] == "warn" for one in leaders),
        "leaders_over": sum(one["load"] == "over" for one in leaders),
        "leaders_ending": sum(one["orphan_risk"] for one in leaders),
        "leaders_silent": sum(one["touches_made"] == 0 for one in leaders),
        "leaver": missed[0]["name"] if missed else None,
        "leaver_accounts": missed[0]["lost_accounts"] if missed else None,
        "leaver_revenue": missed[0]["lost_revenue"] if missed else None,
        "sponsorship_fed": not case.facts.empty("sponsorship"),
    }
    for side in SIDES:
        some = [key for key in case.ids if side_of(case, key, side).status == "covered"]
        row |= {f"{side}_covered": len(some), f"{side}_revenue": _all(case, some, "revenue") or 0}
    return [row]


def _all(case: Case, ids: list[str], measure: str) -> object:
    return total(getattr(figures(case, account_id), measure) for account_id in ids)

"""The receipt of a load, worked out in plain Python from the rows of the files before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tests.reference.facts import Facts, Row

KEYS = {
    "setting": "key",
    "person": "person_id",
    "account": "account_id",
    "success_factor": "factor_id",
    "assessment": "account_id factor_id assessed_on",
    "financial_period": "account_id period_start scenario",
    "fx_rate": "currency period_start",
    "programme": "programme_id",
    "stakeholder": "stakeholder_id",
    "sponsorship": "sponsorship_id",
    "activity_kind": "kind",
    "activity": "activity_id",
    "plan": "plan_id",
    "objective": "objective_id",
    "action": "action_id",
    "plan_review": "review_id",
    "review_point": "name",
}
NAMING = {
    ("activity", "person_id"): "person",
    ("activity", "stakeholder_id"): "stakeholder",
    ("plan", "owner_id"): "person",
    ("objective", "owner_id"): "person",
    ("action", "owner_id"): "person",
    ("plan_review", "chaired_by"): "person",
    ("assessment", "assessor_id"): "person",
    ("sponsorship", "counterpart_id"): "stakeholder",
    ("person", "line_manager_id"): "person",
}


def _keys(table: str, rows: Sequence[Row]) -> set[tuple[object, ...]]:
    return {tuple(row[name] for name in KEYS[table].split()) for row in rows}


def moved(before: Facts, now: Facts) -> dict[str, tuple[int, int, int, int]]:
    """Table -> rows now, rows before, new, gone."""
    found = {}
    for table in KEYS:
        old, new = _keys(table, before[table]), _keys(table, now[table])
        found[table] = (len(new), len(old), len(new - old), len(old - new))
    return found


def gone_at(before: Facts, now: Facts, table: str) -> Counter[str]:
    """Rows of a table that are gone, by the name of the account they were at."""
    plans = {row["plan_id"]: row["account_id"] for row in before["plan"]}
    aims = {row["objective_id"]: plans[row["plan_id"]] for row in before["objective"]}
    names = {row["account_id"]: row["name"] for row in before["account"]}
    kept = _keys(table, now[table])
    found: Counter[str] = Counter()
    for row in before[table]:
        if tuple(row[name] for name in KEYS[table].split()) in kept:
            continue
        at = row.get("account_id") or plans.get(row.get("plan_id")) or aims.get(row.get("objective_id"))
        if at is not None:
            found[names[at]] += 1
    return found


def known(facts: Facts) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Table and column -> rows, rows that name somebody, rows that name somebody known."""
    ids = {owner: {row[f"{owner}_id"] for row in facts[owner]} for owner in ("person", "stakeholder")}
    found = {}
    for (table, column), owner in NAMING.items():
        named = [row[column] for row in facts[table]]
        filled = [each for each in named if each is not None]
        if filled:
            found[table, column] = len(named), len(filled), sum(each in ids[owner] for each in filled)
    return found


def years(facts: Facts, currency: str, first_month: int = 1) -> dict[date, tuple[date, date, int, Decimal, int]]:
    """Start of each fiscal year -> first and last booked month, accounts, revenue, rows without a rate."""
    rates: Mapping[tuple[str, date], Decimal] = {
        (row["currency"].upper(), row["period_start"]): row["rate"] for row in reversed(facts["fx_rate"])
    }
    by_year: dict[date, list[Row]] = {}
    for row in facts["financial_period"]:
        if row["scenario"] == "actual":
            month = row["period_start"]
            start = date(month.year - (month.month < first_month), first_month, 1)
            by_year.setdefault(start, []).append(row)
    found = {}
    for start, rows in sorted(by_year.items()):
        total, without = Decimal(0), 0
        for row in rows:
            own = row["currency"].upper()
            rate = Decimal(1) if own == currency else rates.get((own, row["period_start"]))
            if rate is None:
                without += 1
            else:
                total += row["revenue"] * rate
        months = [row["period_start"] for row in rows]
        cents = total.quantize(Decimal("0.01"), ROUND_HALF_UP)
        found[start] = min(months), max(months), len({row["account_id"] for row in rows}), cents, without
    return found

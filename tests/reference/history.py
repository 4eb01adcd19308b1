"""What loads up to as-of corrected, brought in or took away: rows of `history`, each value once, first against last.

Only what domain.md promises is told: scores and figures that were corrected, accounts that joined or left. Where it is
silent: a score or a month that came new is a correction where its day lies on or before the review, else a fact; a cost
that was unknown before or after has no effect that anybody could name, but for a month that came or went as a whole.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from tests.reference.case import Case, month_end
from tests.reference.facts import Row
from tests.reference.money import ZERO, figures, rate_at

COSTS = ("cogs", "cost_to_serve")
Key = tuple[str, str, str]


@cache
def _net(case: Case) -> dict[Key, tuple[str | None, str | None, date]]:
    """What loads after the review made of a value: before, after, day of the last load; what is put back is none."""
    found: dict[Key, tuple[str | None, str | None, date]] = {}
    loads = sorted(case.facts["history"], key=lambda row: str(row["loaded_at"]))
    for row in loads:
        if case.since < row["loaded_at"] <= case.as_of:
            key = (row["table_name"], row["key"], row["field"])
            before = found[key][0] if key in found else row["before"]
            found[key] = (before, row["after"], row["loaded_at"])
    return {key: told for key, told in found.items() if told[0] != told[1]}


def corrected_scores(case: Case) -> set[tuple[str, str, str]]:
    """Account, factor and day of the scores that were corrected: no fact tells them a second time."""
    return {
        _scored(key)
        for (table, key, field), told in _net(case).items()
        if (table, field) == ("assessment", "score") and _is_correction(case, told[0], _day(key))
    }


def _scored(key: str) -> tuple[str, str, str]:
    account_id, factor_id, day = key.rsplit("/", 2)
    return account_id, factor_id, day


def _day(key: str) -> date:
    return date.fromisoformat(key.rsplit("/", 1)[1])


def _is_correction(case: Case, before: str | None, day: date) -> bool:
    return before is not None or day <= case.since


def told_by_loads(case: Case) -> list[Row]:
    """Corrections, joiners and leavers, one row each; no order."""
    rows: list[Row] = []
    for (table, key, field), (before, after, day) in _net(case).items():
        if (table, field) == ("account", "account_id"):
            rows.append(_came_or_went(case, key, before is None, day))
        elif (table, field) == ("account", "status") and key in case.chosen and None not in (before, after):
            if "exited" in (before, after):
                kind = "left" if after == "exited" else "joined"
                rows.append(_row(case, key, kind, "account", "status", (before, after, day)))
        elif (table, field) == ("assessment", "score"):
            rows += _score(case, key, (before, after, day))
        elif table == "financial_period" and field in ("revenue", *COSTS):
            rows += _figure(case, key, field, (before, after, day))
    whole = case.chosen == frozenset(case.facts.accounts)
    return [row for row in rows if row["account_id"] in case.chosen or (row["kind"] == "left" and whole)]


def _row(
    case: Case, account_id: str, kind: str, about: str, what: str, told: tuple[str | None, str | None, date]
) -> Row:
    """A change without measure or size; who joins or leaves is neither better nor worse."""
    account = case.facts.accounts.get(account_id)
    names = dict.fromkeys(("effect", "measure", "points", "revenue_touched", "better"))
    return {
        **names,
        **{"account_id": account_id, "name": account["name"] if account else None, "kind": kind, "about": about},
        **dict(zip(("what", "before", "after", "changed_on"), (what, *told), strict=True)),
    }


def _came_or_went(case: Case, account_id: str, joined: bool, day: date) -> Row:
    states: tuple[str | None, str | None] = (None, "in") if joined else ("in", "out")
    row = _row(case, account_id, "joined" if joined else "left", "account", "programme", (*states, day))
    gone = _net(case).get(("account", account_id, "name"))
    return row if joined or gone is None else row | {"name": gone[0]}


def _score(case: Case, key: str, told: tuple[str | None, str | None, date]) -> list[Row]:
    account_id, factor_id, on = _scored(key)
    factors = case.facts.where("success_factor", "factor_id", int(factor_id))
    known = account_id in case.chosen_programme
    if not factors or not known or not _is_correction(case, told[0], date.fromisoformat(on)):
        return []
    before, after = (None if text is None else f"{float(text):g}" for text in told[:2])
    points = None
    if before is not None and after is not None:
        points = 100 * (float(after) - float(before)) / float(factors[0]["scale_max"])
    what = f"{factors[0]['code']} score of {on}"
    row = _row(case, account_id, "correction", "score", what, (before, after, told[2]))
    touched = figures(case, account_id, "ttm").revenue
    better = None if points is None else (points > 0) - (points < 0)
    return [row | {"measure": "score", "points": points, "revenue_touched": touched, "better": better}]


def _figure(case: Case, key: str, field: str, told: tuple[str | None, str | None, date]) -> list[Row]:
    account_id, month, scenario = key.rsplit("/", 2)
    first = date.fromisoformat(month)
    if scenario != "actual" or account_id not in case.chosen or not _is_correction(case, told[0], month_end(first)):
        return []
    row = _row(case, account_id, "correction", "figure", f"{field} {month[:7]}", told)
    effect = _effect(case, key, field, told)
    better = None if effect is None else (effect > 0) - (effect < 0)
    return [row | {"measure": "money", "effect": effect, "better": better}]


def _effect(case: Case, key: str, field: str, told: tuple[str | None, str | None, date]) -> Decimal | None:
    """What a corrected figure does to profit on the basis, at the month's rate."""
    account_id, month, _ = key.rsplit("/", 2)
    revenue = _net(case).get(("financial_period", key, "revenue"))
    whole = revenue is not None and None in revenue[:2]
    if None in told[:2] and not whole:
        return None
    rows = case.facts.where("financial_period", "account_id", account_id)
    first = date.fromisoformat(month)
    codes = {row["currency"] for row in rows if row["period_start"] == first} or {row["currency"] for row in rows}
    one = rate_at(case, codes.pop(), first) if len(codes) == 1 else None
    if one is None:
        return None
    moved = (Decimal(told[1] or 0) - Decimal(told[0] or 0)) * one
    if field == "cost_to_serve" and case.basis == "gross":
        return ZERO
    return moved if field == "revenue" else -moved

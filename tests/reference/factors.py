"""Factors as the Factors screen shows them: by account, by group, from review to review, and against the facts.

An exited account that is listed stands last, with nothing but its name and its revenue.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.reference.case import Case
from tests.reference.evidence import evidence, evidence_index
from tests.reference.facts import Row
from tests.reference.money import figures
from tests.reference.scores import (
    account_index,
    colour,
    index_change,
    index_of,
    indexes,
    mean,
    on_day,
    pair,
    standing,
    valid,
    weakest,
    weight_share,
    weighted_mean,
    worth,
)

GROUPINGS = ("all", "region", "tier", "manager", "industry")


def reds(case: Case, account_id: str) -> int:
    """How many valid factors of an account are red."""
    return sum(colour(case, value) == "red" for value in indexes(case, account_id).values())


def manager(case: Case, account_id: str) -> str | None:
    """The name of the account's manager."""
    person = case.facts.people.get(case.facts.accounts[account_id]["manager_id"] or "")
    return str(person["name"]) if person else None


def factor_accounts(case: Case) -> list[Row]:
    """One row per account, the worst first."""

    def key(row: Row) -> tuple[int, bool, float, bool, float, str]:
        index, revenue = row["index"], row["revenue"]
        return (
            -row["red"] if row["red"] is not None else 1,
            index is None,
            index or 0,
            revenue is None,
            -float(revenue or 0),
            row["account_id"],
        )

    return sorted((_account(case, account_id) for account_id in case.listed), key=key)


def _account(case: Case, account_id: str) -> Row:
    account = case.facts.accounts[account_id]
    head = {
        "account_id": account_id,
        **{name: account[name] for name in ("name", "region", "tier", "industry")},
        "manager": manager(case, account_id),
        "revenue": figures(case, account_id).revenue,
    }
    rows = [pair(case, account_id, factor["factor_id"]) for factor in case.facts["success_factor"]]
    found: Row = {
        "index": account_index(case, account_id),
        "change": index_change(case, account_id),
        "factors_known": len(indexes(case, account_id)),
        "factors": len(rows),
        "red": reds(case, account_id),
        "weakest_factor": weakest(case, account_id),
        "account_problem": is_account_problem(case, account_id),
        **worth(rows),
    }
    return head | (dict.fromkeys(found) if case.exited(account_id) else found)


def is_account_problem(case: Case, account_id: str) -> bool:
    """Whether so many factors are red that the account itself is the problem."""
    return reds(case, account_id) >= case.setting("reds_serious")


def factor_groups(case: Case) -> list[Row]:
    """One row per grouping, group and factor."""
    return [row for grouping in GROUPINGS for row in _groups(case, grouping)]


def _value(case: Case, account_id: str, grouping: str) -> str | None:
    if grouping == "all":
        return None
    if grouping == "manager":
        return manager(case, account_id)
    value = case.facts.accounts[account_id][grouping]
    return None if value is None else str(value)


def _groups(case: Case, grouping: str) -> Iterator[Row]:
    members: dict[str | None, list[str]] = {}
    for account_id in case.chosen_programme:
        members.setdefault(_value(case, account_id, grouping), []).append(account_id)
    for value, ids in members.items():
        known = {key: found for key in ids if (found := account_index(case, key)) is not None}
        whole = {
            "grouping": grouping,
            "value": value,
            "accounts_scored": len(known),
            "index_mean": mean(list(known.values())),
            "index_weighted": weighted_mean(case, known),
            "problems": sum(is_account_problem(case, key) for key in ids),
            "revenue_share": weight_share(case, ids, case.chosen_programme),
        }
        for factor in case.facts["success_factor"]:
            named = {"factor_id": factor["factor_id"], "code": factor["code"]}
            yield whole | named | standing(case, ids, factor)


def factor_trend(case: Case) -> list[Row]:
    """One row per review point before as-of, and as-of itself, and factor; weighed by each day's twelve months."""
    points = case.facts["review_point"]
    names: dict[date, str] = {}
    for row in sorted(points, key=lambda row: str(row["name"])):
        names.setdefault(row["held_on"], row["name"])
    days = [*sorted(day for day in names if day < case.as_of), case.as_of]
    return [
        _point(case, factor, day, days[place - 1] if place else None, names.get(day))
        for factor in case.facts["success_factor"]
        for place, day in enumerate(days)
    ]


def _indexes_on(case: Case, factor: Row, day: date | None) -> dict[str, float]:
    if day is None:
        return {}
    found = {key: index_of(valid(case.facts, key, factor, day), factor) for key in case.chosen_programme}
    return {key: value for key, value in found.items() if value is not None}


def _point(case: Case, factor: Row, day: date, before: date | None, review: str | None) -> Row:
    now, then = _indexes_on(case, factor, day), _indexes_on(case, factor, before)
    changes = [now[key] - then[key] for key in now if key in then]
    return {
        "seen_on": day,
        "review": review,
        "factor_id": factor["factor_id"],
        "code": factor["code"],
        "mean": mean(list(now.values())),
        "weighted_mean": weighted_mean(on_day(case, day), now),
        "accounts_known": len(now),
        "accounts": len(case.chosen_programme),
        "change": mean(changes),
        "pairs": len(changes),
    }


def factor_gaps(case: Case) -> list[Row]:
    """One row per valid score that facts can judge: contradictions first, then the widest gap."""
    rows = [
        row
        for key in case.chosen_programme
        for factor in case.facts["success_factor"]
        for row in _gap(case, key, factor)
    ]

    def key(row: Row) -> tuple[bool, float, bool, float, str, str, int]:
        revenue = figures(case, row["account_id"]).revenue
        place = (row["name"], row["account_id"], row["factor_id"])
        plain = row["claim"] not in ("overclaimed", "underclaimed")
        return (plain, -abs(row["gap"]), revenue is None, -float(revenue or 0), *place)

    return sorted(rows, key=key)


def _gap(case: Case, account_id: str, factor: Row) -> Iterator[Row]:
    row = pair(case, account_id, factor["factor_id"])
    index, facts = indexes(case, account_id).get(factor["code"]), evidence_index(case, account_id, factor["code"])
    if index is None or facts is None or row["claim"] == "unknown":
        return
    told = evidence(case, account_id, factor["code"])
    lists = {answer: sorted(name for name, met in told.items() if met is answer) for answer in (True, False, None)}
    yield {
        **{name: row[name] for name in ("account_id", "name", "factor_id", "code", "index", "evidence_index")},
        "gap": index - facts,
        **{name: row[name] for name in ("claim", "confidence", "assessed_on")},
        "met": len(lists[True]),
        "not_met": len(lists[False]),
        "unknown": len(lists[None]),
        "met_indicators": "; ".join(lists[True]) or None,
        "not_met_indicators": "; ".join(lists[False]) or None,
        "unknown_indicators": "; ".join(lists[None]) or None,
    }

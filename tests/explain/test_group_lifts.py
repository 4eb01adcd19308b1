"""What would lift the number of a group: worked out again from the facts, for every group and every way of counting.

The least change is one step at one account, or the least profit in whole cents. Where several accounts would do, the
one with the most revenue is named, and a tie goes to the lower id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from tests.explain.explaining import why
from tests.reference.answers import ANSWERS
from tests.reference.case import Case
from tests.reference.factors import GROUPINGS, _value
from tests.reference.facts import Facts, Row
from tests.reference.mechanisms import _groups as sides_of_groups
from tests.reference.money import by_revenue
from tests.reference.plans import health, plan_why
from tests.reference.scores import index_of, valid, weight
from tests.reference.shelf import Shelf
from tests.reference.sponsorship import side_of

Lift = tuple[str, float | None, str, str | None]
"""Label, value, its kind, words."""
CENT = Decimal("0.01")
NOW = Filters(as_of=date(2026, 6, 30), since="2026-03-31")

# North: eight scores, so that a level is 3.125 of their mean. East: expired. South: nothing left to lift. West: never
# assessed, and without figures. The rest stands in no region. All are of tier 1, and so are all together.
EDGES = {
    "account": """
        account_id,name,region,tier
        N1,Nora,North,1
        N2,Nils,North,1
        N3,Nick,North,1
        N4,Nina,North,1
        N5,Noel,North,1
        N6,Nell,North,1
        N7,Neil,North,1
        N8,Nana,North,1
        E1,Edda,East,1
        E2,Egon,East,1
        S1,Saul,South,1
        W1,Wanda,West,1
        X1,Xaver,,1
        X2,Xenia,,1
        """,
    "assessment": """
        account_id,factor_id,assessed_on,score
        N1,1,2026-05-01,2
        N2,1,2026-05-01,1
        N3,1,2026-05-01,1
        N4,1,2026-05-01,1
        N5,1,2026-05-01,3
        N6,1,2026-05-01,4
        N7,1,2026-05-01,4
        N8,1,2026-05-01,4
        E1,1,2024-05-01,1
        E2,1,2024-05-01,0
        S1,1,2026-05-01,4
        X1,1,2026-05-01,3.5
        X2,1,2026-05-01,3.5
        """,
    "financial_period": """
        account_id,period_start,currency,revenue,cogs
        N1,2026-05-01,EUR,1000.10,500.20
        N2,2026-05-01,EUR,100.10,90.10
        N3,2026-05-01,EUR,300.30,290.20
        N4,2026-05-01,EUR,300.30,290.30
        E1,2026-05-01,EUR,0.70,0.10
        E2,2026-05-01,EUR,-50,10
        S1,2026-05-01,EUR,10.30,
        X1,2026-05-01,EUR,200,300
        X2,2026-05-01,EUR,300,300
        """,
    # One new sponsor and one plan that is alive, so that all others are known to have none.
    "person": """
        person_id,name,level
        P1,Paula,5
        """,
    "sponsorship": """
        sponsorship_id,account_id,person_id,side,start_on
        K1,N3,P1,internal,2026-06-20
        """,
    "plan": """
        plan_id,account_id,name,status,start_on,end_on
        L1,S1,Grow,active,2026-01-01,2027-12-31
        """,
    "plan_review": """
        review_id,plan_id,reviewed_on
        R1,L1,2026-05-01
        """,
}


def lifts(portfolio: Portfolio, filters: Filters, measure: str, item: str) -> list[Lift]:
    """The lines that an explanation has of what would lift its number."""
    told = why(portfolio, measure, item=item, filters=filters).lifts
    return [(row["label"], row["value"], row["kind"], row["words"]) for row in told]


def same(found: list[Lift], wanted: list[Lift]) -> bool:
    def rounded(lift: Lift) -> Lift:
        return (lift[0], None if lift[1] is None else round(lift[1], 6), *lift[2:])

    return [rounded(lift) for lift in found] == [rounded(lift) for lift in wanted]


def first(case: Case, keys: Iterable[str]) -> str | None:
    """The largest account."""
    return min(keys, key=lambda key: by_revenue(case, key), default=None)


def one_level(case: Case, ids: list[str], code: str) -> Iterator[Lift]:
    """The lowest valid score of a group, one level up, and what that does to the mean of all that are known."""
    factor = next(row for row in case.facts["success_factor"] if row["code"] == code)
    known = {key: found for key in ids if (found := valid(case.facts, key, factor, case.as_of)) is not None}
    if not known:
        return
    lowest = min(known, key=lambda key: (known[key]["score"], -weight(case, key), key))
    score, most = known[lowest]["score"], factor["scale_max"]
    if score >= most:
        return
    after = known[lowest] | {"score": min(score + 1, most)}
    now, then = index_of(known[lowest], factor), index_of(after, factor)
    assert now is not None
    assert then is not None
    rise = (Decimal(then - now) / len(known)).quantize(CENT, ROUND_HALF_UP)
    yield f"{case.facts.accounts[lowest]['name']} one level up", then, "index", f"the mean rises by {rise}"


def members(case: Case, grouping: str, value: str | None) -> list[str]:
    return [key for key in case.ids if _value(case, key, grouping) == value]


def profit_to_add(case: Case, row: Row) -> Iterator[Lift]:
    """Until the group has the margin that the programme has today: what is at stake, in whole cents."""
    missing = row["value_at_stake"]
    if missing is not None and row["revenue"] > 0 and missing >= Decimal("0.005"):
        added = Decimal(missing).quantize(CENT, ROUND_CEILING)
        words = "then the group has the margin that the programme has today"
        yield "Profit to add", float(added), "money", words


WORDS: dict[str | None, str] = {"covered": "covered", "stale": "silent", "new": "new", "uncovered": "open"}
"""How a side stands, in words."""


def one_side(case: Case, ids: list[str], side: str, status: str) -> Iterator[Lift]:
    """One account less of a status, or one more that is covered."""
    stands = {key: side_of(case, key, side) for key in ids}
    open_ones = [key for key, one in stands.items() if one.status not in ("covered", None)]
    found = first(case, (key for key in open_ones if status in ("covered", stands[key].status)))
    if found is None:
        return
    one, name = stands[found], case.facts.accounts[found]["name"]
    if one.status == "uncovered":
        label = f"Assign a leader to {name}" + (", and a touch" if status == "covered" else "")
    else:
        label = f"{'A first touch' if one.status == 'new' else 'A touch'} at {name} by {' or '.join(one.sponsors)}"
    end = "no longer open" if status == "uncovered" else "covered"
    largest = f"not covered, but {WORDS[one.status]}: then it is covered" if status == "covered" else ""
    words = f"the largest one that is {largest}" if largest else f"the largest {WORDS[status]} one: then it is {end}"
    revenue = by_revenue(case, found)
    yield label, None if revenue[0] else -float(revenue[1]), "money", words


def one_plan(case: Case, ids: list[str]) -> Iterator[Lift]:
    """The largest account of a manager whose plan is not alive."""
    found = first(case, (key for key in ids if health(case, key) != "alive"))
    if found is not None:
        words = f"{health(case, found)}: {plan_why(case, found)}, the largest of them"
        yield case.facts.accounts[found]["name"], 1, "integer", words


CHOICES: dict[str, tuple[Filters, Any]] = {
    "region": (Filters(where="region:DACH"), lambda account: account["region"] == "DACH"),
    "earlier": (
        Filters(where="tier:1", as_of=date(2026, 3, 31), basis="gross"),
        lambda account: account["tier"] == 1,
    ),
}


@pytest.fixture(params=[*CHOICES, "edges"])
def asked(
    request: pytest.FixtureRequest, remembered_sample: Portfolio, sample_facts: Facts, shelf: Shelf
) -> tuple[Portfolio, Filters, Case]:
    """A portfolio with a filter, and the same as the reference has it."""
    if request.param == "edges":
        return shelf.portfolio(EDGES), NOW, Case.of(shelf.facts(EDGES), NOW)
    filters, choose = CHOICES[request.param]
    ids = {key for key, row in sample_facts.accounts.items() if choose(row)}
    return remembered_sample, filters, Case.of(sample_facts, filters, ids)


def test_a_level_lifts_the_mean_of_a_group(asked: tuple[Portfolio, Filters, Case]) -> None:
    portfolio, filters, case = asked
    rows = ANSWERS["factor_groups"](case)
    assert {row["grouping"] for row in rows} == set(GROUPINGS)
    for row in [row for row in rows if row["code"] == "TOP"] if case.facts.empty("activity") else rows[::13]:
        item = f"{row['grouping']}|{row['value'] or ''}|{row['code']}"
        wanted = list(one_level(case, members(case, row["grouping"], row["value"]), row["code"]))
        found = lifts(portfolio, filters, "factor_groups.mean", item)
        assert same(found, wanted), f"{item}: {found}, not {wanted}"


@pytest.mark.parametrize(("region", "more"), [("North", "3.13"), ("East", None), ("South", None), ("West", None)])
def test_a_level_lifts_the_mean_of_all_that_are_chosen(shelf: Shelf, region: str, more: str | None) -> None:
    """25 points of one in eight are 3.125; what has expired, is at its highest, or was never known lifts nothing."""
    filters = Filters(as_of=NOW.as_of, since=NOW.since, where=f"region:{region}")
    words = f"the plain mean rises by {more}: the largest account among the lowest"
    wanted: list[Lift] = [("Nick one level up", 50.0, "index", words)] if more else []
    assert lifts(shelf.portfolio(EDGES), filters, "factor_summary.mean", "TOP") == wanted


def test_profit_lifts_the_margin_of_a_group(asked: tuple[Portfolio, Filters, Case]) -> None:
    portfolio, filters, case = asked
    for row in ANSWERS["value_groups"](case):
        item = f"{row['grouped_by']}|{row['group_name'] or ''}"
        found, wanted = lifts(portfolio, filters, "value_groups.margin", item), list(profit_to_add(case, row))
        assert same(found, wanted), f"{item}: {found}, not {wanted}"


def test_a_step_lifts_the_count_of_sides(asked: tuple[Portfolio, Filters, Case]) -> None:
    portfolio, filters, case = asked
    measures = (
        *("covered", "stale_revenue", "new", "uncovered_profit"),
        *("uncovered", "covered_revenue", "stale", "accounts"),
    )
    cells = [(by, value, ids) for by, groups in sides_of_groups(case).items() for value, ids in groups.items()]
    places = [(by, value, ids, side) for by, value, ids in cells for side in ("internal", "external")]
    for place, (by, value, ids, side) in enumerate(places):
        measure = measures[place % len(measures)]
        status = measure.partition("_")[0]
        wanted = list(one_side(case, ids, side, status)) if status != "accounts" else []
        found = lifts(portfolio, filters, f"coverage_breakdown.{measure}", f"{by}|{value or ''}|{side}")
        assert same(found, wanted), f"{measure} of {by} {value} {side}: {found}, not {wanted}"


def test_where_nothing_can_be_judged_nothing_lifts(shelf: Shelf) -> None:
    """Without sponsorships no side has a status, and without plans none is missing."""
    judged = ("sponsorship", "plan", "plan_review")
    bare = shelf.portfolio({name: rows for name, rows in EDGES.items() if name not in judged})
    for measure in ("covered", "uncovered", "stale_revenue", "new"):
        assert lifts(bare, NOW, f"coverage_breakdown.{measure}", "all|all|internal") == []
    assert lifts(bare, NOW, "plans_by_manager.not_alive", "") == []


def test_a_plan_lifts_the_count_of_a_manager(asked: tuple[Portfolio, Filters, Case]) -> None:
    portfolio, filters, case = asked
    for row in ANSWERS["plans_by_manager"](case):
        ids = [key for key in case.ids if case.facts.accounts[key]["manager_id"] == row["manager_id"]]
        found = lifts(portfolio, filters, "plans_by_manager.not_alive", row["manager_id"] or "")
        assert same(found, list(one_plan(case, ids))), row["manager_id"]


COUNTED: dict[str, Callable[[Row], int]] = {
    "never_shared": lambda row: int(row["shared_with_customer"] is False),
    "short_horizon": lambda row: int(row["short_horizon"]),
    "objectives_unmeasured": lambda row: int(row["objectives_unmeasured"]),
    "actions_overdue": lambda row: int(row["actions_overdue"]),
}


def test_the_plan_named_is_the_largest_that_counts(asked: tuple[Portfolio, Filters, Case]) -> None:
    """Alive or not: a plan that was reviewed in time may never have been shared."""
    portfolio, filters, case = asked
    rows = {row["account_id"]: row for row in ANSWERS["plan_health"](case)}
    for measure, part in COUNTED.items():
        found = first(case, (key for key, row in rows.items() if part(row)))
        wanted: list[Lift] = []
        if found is not None:
            words = f"{rows[found]['health']}: {plan_why(case, found)}, the largest of them"
            wanted = [(rows[found]["name"], part(rows[found]), "integer", words)]
        assert lifts(portfolio, filters, f"plan_overview.{measure}", "") == wanted, measure


MEASURES = (
    *("value_at_stake", "share_gap", "profit_share", "revenue_share", "profit_index"),
    *("quadrant", "margin", "profit", "lever"),
)


@pytest.mark.parametrize("where", ["", "id"])
@pytest.mark.parametrize("account", ["N2", "E2", "W1"])
def test_no_step_is_named_whose_size_nobody_knows(shelf: Shelf, account: str, where: str) -> None:
    """Small, below zero, without figures; among all, and as the only one chosen."""
    filters = Filters(as_of=NOW.as_of, since=NOW.since, where=f"account_id:{account}" if where else "")
    for measure in MEASURES:
        told = why(shelf.portfolio(EDGES), measure, account, filters=filters).lifts
        assert all(row["value"] is not None and row["words"] for row in told), f"{measure}: {told}"

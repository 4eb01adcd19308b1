"""Rows that stand for many accounts, and advice: the number told is the reference's, and what is listed makes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.text import money
from kaptui.text.words import status_words
from tests.examples import of_each_kind
from tests.explain.explaining import Why, why
from tests.reference.answers import ANSWERS
from tests.reference.case import Case
from tests.reference.facts import Facts, Row
from tests.reference.gaps import load_in_file, reasons
from tests.reference.money import figures, position, quadrant
from tests.reference.scores import account_index, mean, weight, weighted_mean
from tests.reference.value import lever, lever_words

CHOSEN = Filters(where="region:DACH")


@pytest.fixture(scope="module")
def case(sample_facts: Facts) -> Case:
    """The accounts of one region, few enough to be listed in full."""
    return Case.of(sample_facts, CHOSEN, {key for key, row in sample_facts.accounts.items() if row["region"] == "DACH"})


def counted(told: Why) -> Iterator[tuple[int, Any]]:
    """How many accounts each line lists, and its number."""
    for row in told.inputs:
        yield int(row["label"].split()[0]) if re.match(r"\d+ more accounts", row["label"]) else 1, row["value"]


def near(number: Any) -> Any:
    return None if number is None else pytest.approx(float(number), rel=1e-9, abs=0.005)


VALUE = ("accounts", "revenue_share", "profit_share", "share_gap", "profit_index", "value_at_stake", "margin")


def test_a_group_of_values(remembered_sample: Portfolio, case: Case) -> None:
    rows = ANSWERS["value_groups"](case)
    assert {row["grouped_by"] for row in rows} == {"region", "industry", "manager", "tier", "pricing"}
    for place, row in enumerate(rows):
        measure = VALUE[place % len(VALUE)]
        item = f"{row['grouped_by']}|{row['group_name'] or ''}"
        told = why(remembered_sample, f"value_groups.{measure}", item=item, filters=CHOSEN)
        assert told.value == near(row[measure]), (measure, item)
        assert told.input("Revenue of the group") == near(row["revenue"]), item
        assert told.input("Profit of the group") == near(row["profit"]), item
        if row["revenue"] is not None:
            stake = float(row["revenue"]) * told.input("Margin of the programme") - float(row["profit"])
            assert stake == near(row["value_at_stake"]), item


STATUSES = ("", "covered", "stale", "new", "uncovered")


def test_a_count_of_sides(remembered_sample: Portfolio, case: Case) -> None:
    cells = enumerate(ANSWERS["coverage_breakdown"](case))
    for place, row in of_each_kind(
        cells, lambda cell: (cell[1]["dimension"], cell[1]["side"], cell[0] % len(STATUSES))
    ):
        status = STATUSES[place % len(STATUSES)]
        item = f"{row['dimension']}|{row['value'] or ''}|{row['side']}"
        number = why(remembered_sample, f"coverage_breakdown.{status or 'accounts'}", item=item, filters=CHOSEN)
        assert number.value == row[status or "accounts"], (status, item)
        assert sum(accounts for accounts, _ in counted(number)) == number.value, (status, item)
        for amount in ("revenue", "profit"):
            name = f"{status}_{amount}".removeprefix("_")
            told = why(remembered_sample, f"coverage_breakdown.{name}", item=item, filters=CHOSEN)
            assert told.value == near(row[name] or 0), (name, item)
            assert sum(value or 0 for _, value in counted(told)) == near(row[name] or 0), (name, item)


def test_a_factor_in_a_group(remembered_sample: Portfolio, case: Case) -> None:
    for row in ANSWERS["factor_groups"](case)[::7]:
        item = f"{row['grouping']}|{row['value'] or ''}|{row['code']}"
        told = why(remembered_sample, "factor_groups.mean", item=item, filters=CHOSEN)
        assert told.value == near(row["mean"]), item
        assert told.words == f"{row['accounts_known']} of {row['accounts']} accounts known"
        known = [(accounts, value) for accounts, value in counted(told) if value is not None]
        total = sum(accounts for accounts, _ in known)
        assert total == row["accounts_known"], item
        if total:
            assert sum(accounts * value for accounts, value in known) / total == near(row["mean"]), item


def test_plans_of_a_manager(remembered_sample: Portfolio, case: Case) -> None:
    rows = ANSWERS["plans_by_manager"](case)
    assert any(row["not_alive"] for row in rows)
    for row in rows:
        told = why(remembered_sample, "plans_by_manager.not_alive", item=row["manager_id"] or "", filters=CHOSEN)
        assert told.value == row["not_alive"] == sum(accounts for accounts, _ in counted(told)), row["manager_id"]


def test_the_index_by_revenue(remembered_sample: Portfolio, case: Case) -> None:
    known = {key: index for key in case.ids if (index := account_index(case, key)) is not None}
    told = why(remembered_sample, "index_weighted", filters=CHOSEN)
    assert told.value == near(weighted_mean(case, known))
    listed = {row["label"]: (row["value"], row["words"]) for row in told.inputs if row["value"] is not None}
    names = case.facts.accounts
    assert listed == {
        names[key]["name"]: (near(index), f"revenue of twelve months {money(weight(case, key))}")
        for key, index in known.items()
    }
    plain = mean(list(known.values()))
    assert told.of("note")[0]["words"] == f"Plain {plain:.1f}, by revenue {told.value:.1f}."


@pytest.mark.parametrize("basis", ["contribution", "gross"])
def test_a_lever(remembered_sample: Portfolio, sample_facts: Facts, basis: Any) -> None:
    filters = Filters(where="region:DACH", basis=basis)
    case = Case.of(
        sample_facts, filters, {key for key, row in sample_facts.accounts.items() if row["region"] == "DACH"}
    )
    kinds = set()
    for key in case.ids:
        mine, stake = figures(case, key), position(case, key)["value_at_stake"]
        told = why(remembered_sample, "lever", key, filters=filters)
        assert told.words == (lever_words(case, key) or "none"), key
        assert told.input("To programme margin") == near(stake), key
        assert told.input("3 % of price") == near(None if mine.revenue is None else float(mine.revenue) * 0.03), key
        assert told.row("Quadrant")["words"] == quadrant(case, key), key
        kind, price = lever(case, key)["lever_kind"], told.input("3 % of price")
        saved = told.input("Saved at that rate") if basis == "contribution" else None
        below = (stake or 0) >= 0.005 and price is not None and price > 0
        by_rule = "cost to serve" if saved is not None and price is not None and saved >= price else "programme margin"
        if by_rule != "cost to serve" and told.row("Quadrant")["words"] == "re-price":
            by_rule = "price"
        assert (by_rule if below else None) == kind, f"{key}: what is told leads to the lever"
        kinds.add(kind)
    assert kinds >= {None, "programme margin"}


@pytest.mark.parametrize(("as_of", "met"), [(None, False), (date(2025, 6, 30), True)])
def test_a_suggestion(remembered_sample: Portfolio, sample_facts: Facts, as_of: date | None, met: bool) -> None:
    """Over the whole file; in June 2025 somebody who was met before is free, later nobody."""
    filters = Filters(as_of=as_of)
    case = Case.of(sample_facts, filters)
    gaps = [row for row in ANSWERS["sponsorship_gaps"](case) if row["suggested_id"]]
    assert any("met before" in row["suggested_because"] for row in gaps) == met
    for row in gaps:
        key, person = row["account_id"], row["suggested_id"]
        told = why(remembered_sample, "sponsorship_gaps.suggested", key, row["side"], filters)
        assert told.words == row["suggested"]
        said = [_yes(told.row(label)) for label in ("Level match", "Same region", "Met before")]
        assert said == list(reasons(case, key, person)), (key, row["side"])
        assert told.input(row["suggested"]) == len(load_in_file(case).get(person, ()))
        gap = told.row("The gap")
        assert (gap["words"], gap["on_date"]) == (f"{status_words(row['status'])}: {row['why']}", row["since"])


def _yes(row: Row) -> bool:
    return str(row["words"]).startswith("yes")

"""Numbers of the whole portfolio: what their explanation lists adds up to them."""

from __future__ import annotations

from typing import Any

import pytest

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.text.words import status_words
from tests.explain.explaining import why

CHOSEN = Filters(where="-status:exited")


@pytest.fixture(scope="module")
def whole(remembered_sample: Portfolio) -> dict[str, Any]:
    return remembered_sample.ask("portfolio", CHOSEN).row(0, named=True)


@pytest.mark.parametrize("measure", ["revenue", "profit", "revenue_change", "profit_change"])
def test_the_listed_accounts_and_the_rest_sum_to_it(
    remembered_sample: Portfolio, whole: dict[str, Any], measure: str
) -> None:
    told = why(remembered_sample, measure, filters=CHOSEN)
    assert told.value == whole[measure]
    counted = [row["value"] for row in told.inputs if "unknown" not in (row["words"] or "")]
    assert sum(value or 0 for value in counted) == pytest.approx(whole[measure])
    assert any("more accounts" in row["label"] for row in told.inputs), "a long list is cut, and says by how many"


def test_each_sum_says_what_it_leaves_out_and_nothing_else(remembered_sample: Portfolio) -> None:
    """Revenue runs over all with figures: two lack the cost of a month, and Nordhavn Subsea is late.

    A late account's figures count in sums, and are compared with nothing.
    """
    left_out = {
        "revenue": {"Aurelia Biotech"},
        "revenue_change": {"Aurelia Biotech", "Nordhavn Subsea"},
        "profit": {"Aurelia Biotech", "Cassel Pharma", "Kellner Antriebe"},
        "profit_change": {"Aurelia Biotech", "Cassel Pharma", "Kellner Antriebe", "Nordhavn Subsea"},
        "margin": {"Aurelia Biotech", "Cassel Pharma", "Kellner Antriebe"},
    }
    for measure, names in left_out.items():
        told = why(remembered_sample, measure, filters=CHOSEN)
        unknown = [row for row in told.inputs if ": " in (row["words"] or "") and row["value"] is None]
        assert {row["label"] for row in unknown} == names, measure
        assert all(row["value"] is None for row in unknown), "revenue among profits would be taken for profit"
        assert [note["words"].split()[0] for note in told.of("note")] == [str(len(names))], measure
    told = why(remembered_sample, "revenue", filters=CHOSEN)
    assert not any(word in told.rule + told.of("note")[0]["words"] for word in ("contribution", "unknown profit"))
    told = why(remembered_sample, "accounts", filters=CHOSEN)
    more = sum(int(row["label"].split()[0]) - 1 for row in told.inputs if "more accounts" in row["label"])
    assert len(told.inputs) + more == told.value, "every account is listed once"
    assert not told.of("note")


def test_shares_and_means(remembered_sample: Portfolio, whole: dict[str, Any]) -> None:
    told = why(remembered_sample, "margin", filters=CHOSEN)
    assert told.value == pytest.approx(told.input("Profit") / told.input("Revenue of accounts")) == whole["margin"]
    told = why(remembered_sample, "uncovered_revenue_share", filters=CHOSEN)
    assert told.value == pytest.approx(told.input("Their revenue") / told.input("Revenue of all"))
    assert told.value == whole["uncovered_revenue_share"]
    told = why(remembered_sample, "attention_revenue_share", filters=CHOSEN)
    assert told.value == pytest.approx(told.input("Their revenue") / told.input("Revenue of all"))
    assert told.value == whole["attention_revenue_share"]
    told = why(remembered_sample, "attention_accounts", filters=CHOSEN)
    more = sum(int(row["label"].split()[0]) for row in told.inputs if "more accounts" in row["label"])
    listed = [row for row in told.inputs if row["words"] and "more" not in row["label"]]
    assert len(listed) + more == told.value == whole["attention_accounts"]
    for measure in ("internal_covered", "external_covered", "fully_covered"):
        told = why(remembered_sample, measure, filters=CHOSEN)
        assert told.value == told.input("Accounts covered") == whole[measure]
        assert told.value + told.input("Accounts not covered") == whole["accounts"]


@pytest.mark.parametrize(
    ("side", "status", "told"),
    [
        ("internal", "covered", "A touch at Helvia Group by Renate Lind"),
        ("internal", "stale", "A touch at Helvia Group by Renate Lind"),
        ("internal", "new", "A first touch at Lumen Grid by Lukas Baumann"),
        ("internal", "uncovered", "Assign a leader to Kestrel Foods"),
        ("external", "covered", "Assign a leader to Helvia Group, and a touch"),
        ("external", "stale", "A touch at Northstar Foods by Henrik Adler"),
        ("external", "new", "A first touch at Lumen Grid by Lukas Baumann"),
        ("external", "uncovered", "Assign a leader to Helvia Group"),
    ],
)
def test_the_step_named_for_a_bar_of_sponsorship_changes_its_count(
    remembered_sample: Portfolio, side: str, status: str, told: str
) -> None:
    """The largest account that the bar counts; for covered sides the largest that it does not count yet."""
    lift = why(remembered_sample, f"coverage_breakdown.{status}", item=f"all|all|{side}", filters=CHOSEN).lifts[0]
    assert lift["label"] == told
    sides = [row for row in remembered_sample.ask("sponsorship_coverage", CHOSEN).to_dicts() if row["side"] == side]
    counted = [row for row in sides if (row["status"] == status) != (status == "covered")]
    largest = max(counted, key=lambda row: row["revenue"] or 0)
    assert largest["name"] in told
    assert status_words(largest["status"]) in lift["words"]
    assert lift["value"] == largest["revenue"]


def test_the_mean_index_is_the_mean_of_what_is_listed(remembered_sample: Portfolio, whole: dict[str, Any]) -> None:
    told = why(remembered_sample, "index_mean", filters=CHOSEN)
    total = number = 0.0
    for row in told.inputs:
        accounts = int(row["label"].split()[0]) if "more accounts" in row["label"] else 1
        if row["value"] is not None:
            total, number = total + accounts * row["value"], number + accounts
    assert told.value == pytest.approx(total / number) == whole["index_mean"]
    assert number == whole["accounts_scored"]


def test_the_accounts_of_a_step_sum_to_it(remembered_sample: Portfolio) -> None:
    for step in remembered_sample.ask("profit_bridge", CHOSEN).to_dicts():
        told = why(remembered_sample, "profit_bridge.amount", item=step["step"], filters=CHOSEN)
        in_step = [row["value"] for row in told.inputs if row["words"] == "in this step"]
        assert sum(in_step) == pytest.approx(step["amount"], abs=0.01)
        assert told.value == pytest.approx(step["amount"], abs=1e-6)


def test_a_number_depends_on_all_that_are_chosen_not_on_the_one_explained(remembered_sample: Portfolio) -> None:
    """Shares of one account rest on the whole filter; value at stake and quadrant on the programme."""
    dach = Filters(where="region:DACH")
    narrow = why(remembered_sample, "profit_share", "KA002", filters=dach)
    assert narrow.input("Revenue of the accounts chosen") < why(remembered_sample, "profit_share", "KA002").input(
        "Revenue of the accounts chosen"
    )
    assert narrow.value not in (0, None)
    assert why(remembered_sample, "value_at_stake", "KA002", filters=dach).rows == (
        why(remembered_sample, "value_at_stake", "KA002").rows
    )
    assert why(remembered_sample, "quadrant", "KA002", filters=dach).inputs == (
        why(remembered_sample, "quadrant", "KA002").inputs
    )
    outside = why(remembered_sample, "value_at_stake", "KA001", filters=dach)
    assert outside.value is None
    assert "outside the filter" in outside.of("note")[0]["words"]

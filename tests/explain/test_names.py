"""Names with a bar or a per cent sign in them: a number is explained by what stands in its own row."""

from __future__ import annotations

from typing import Any

import pytest

from kaptui.panels.base import item_key
from kaptui.panels.factor_groups import distribution
from kaptui.portfolio import Portfolio
from kaptui.ui.explain.number_at_cursor import number_in_cell
from kaptui.views import Bars, Column
from tests.explain.explaining import why
from tests.explain.three_accounts import FACTS, NOW
from tests.reference.shelf import Shelf

NAMES = ("North", "North|South", "North%7CSouth")
"""The first is the start of the second; the third is how the second is written between bars."""


@pytest.fixture
def named(shelf: Shelf) -> Portfolio:
    """Three accounts, each alone in a region, an industry and a manager's hands of such a name."""
    people = "".join(f"        {letter},{name},Sales,3,true\n" for letter, name in zip("XYZ", NAMES, strict=True))
    lines = (
        f"{account},{account},{manager},1,{name},{name}\n"
        for account, manager, name in zip("ABC", "XYZ", NAMES, strict=True)
    )
    account = "account_id,name,manager_id,tier,region,industry\n" + "".join(lines)
    scores = FACTS["assessment"].rstrip() + "\n        C,1,2026-05-01,3,S,seen\n"
    person = FACTS["person"].rstrip() + "\n" + people
    return shelf.portfolio({**FACTS, "person": person, "account": account, "assessment": scores})


def rows_of(portfolio: Portfolio, question: str, grouping: str, *kinds: str) -> list[dict[str, Any]]:
    rows = portfolio.ask(question, NOW).to_dicts()
    found = [row for row in rows if row[grouping] in kinds]
    assert {row.get("value", row.get("group_name")) for row in found} == set(NAMES)
    return found


def test_value_groups(named: Portfolio) -> None:
    for row in rows_of(named, "value_groups", "grouped_by", "region", "industry", "manager"):
        asked = number_in_cell("value_groups", row, Column("revenue", "Revenue"))
        assert why(named, asked.measure, item=asked.item, filters=NOW).value == row["revenue"], row["group_name"]


def test_counts_of_sides(named: Portfolio) -> None:
    for row in rows_of(named, "coverage_breakdown", "dimension", "region", "manager"):
        asked = number_in_cell("coverage_breakdown", row, Column("revenue", "Revenue"))
        told = why(named, asked.measure, item=asked.item, filters=NOW)
        assert told.value == row["revenue"], row["value"]
        assert told.words == f"of 1 account of {row['dimension']} {row['value']}"


def test_means_of_a_factor(named: Portfolio) -> None:
    frame = named.ask("factor_groups", NOW)
    for grouping in ("region", "industry", "manager"):
        shown = distribution(frame, named.context(NOW), grouping, "TOP")
        assert isinstance(shown, Bars)
        assert {bar.label for bar in shown.bars} == set(NAMES)
        for bar in shown.bars:
            assert why(named, bar.measure, item=bar.item, filters=NOW).value == bar.value, bar.label


def test_one_name_alone_stays_as_it_is() -> None:
    assert item_key("North|50 %") == "North|50 %"
    assert item_key("region", None, "TOP") == "region||TOP"

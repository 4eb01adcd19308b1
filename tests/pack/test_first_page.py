"""The first page for a reader who has half a minute: totals, what got worse, what is asked for, as the questions say.

What its views hold stands in test_figures; here they are held against the answers themselves.
"""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import polars as pl
import pytest

from kaptui.filters import Filters
from kaptui.pack import first_page
from kaptui.panels.brief_decisions import SAYS_ITS_AMOUNT
from kaptui.panels.spec import Scope
from kaptui.portfolio import Portfolio
from kaptui.screen_specs.dashboard_state import DashboardState, apply_filters
from kaptui.text import clean, money
from kaptui.views import Figures, Table

FILTERS = Filters()


@pytest.fixture(scope="module")
def state(remembered_sample: Portfolio) -> DashboardState:
    """The whole sample on one day."""
    return apply_filters(remembered_sample, FILTERS)


@pytest.fixture(scope="module")
def frames(remembered_sample: Portfolio) -> dict[str, pl.DataFrame]:
    """The answers that the page rests on."""
    names = {name for spec in first_page.SPECS for name in spec.first.questions}
    return {name: remembered_sample.ask(name, FILTERS) for name in sorted(names)}


def test_totals_say_what_profit_was(frames: dict[str, pl.DataFrame], state: DashboardState) -> None:
    view = first_page.totals(frames, state)
    assert isinstance(view, Figures)
    (row,) = frames["portfolio"].iter_rows(named=True)
    revenue, profit = view.figures[:2]
    assert revenue.value == money(row["revenue"], row["currency"])
    assert money(row["revenue_change"], signed=True) in revenue.note
    assert profit.value == money(row["profit"], row["currency"])
    amounts = dict(frames["profit_bridge"].select("step", "amount").iter_rows())
    assert profit.note.startswith(f"was {money(amounts['start'])} a year earlier, now {money(amounts['end'])}")
    assert f"({frames['profit_bridge']['left_out'][0]} not comparable)" in profit.note
    unknown = frames | {"profit_bridge": frames["profit_bridge"].with_columns(amount=pl.lit(None, pl.Float64))}
    untold = first_page.totals(unknown, state)
    assert isinstance(untold, Figures)
    assert "was" not in untold.figures[1].note


def test_what_got_worse_comes_first(frames: dict[str, pl.DataFrame], state: DashboardState) -> None:
    view = first_page.told(frames, state)
    assert isinstance(view, Table)
    order = [one.value for one in view.subtotals]
    assert order == [one for one in ("worse", "neither", "better", None) if one in set(frames["brief"]["direction"])]
    assert order[0] == "worse"
    assert all("Q2 2026 committee" in one.texts["question"] for one in view.subtotals)
    rows = list(frames["brief"].iter_rows(named=True))
    judged = next(one for one in view.columns if one.name == "direction")
    assert judged.text
    words = [judged.text(row) for row in rows]
    marks = {"worse": "worse !", "neither": "same", "better": "better"}
    for row, word in zip(rows, words, strict=True):
        assert word == (marks[row["direction"]] if row["direction"] else "")
    (ninth,) = (row for row in rows if row["number"] == 9)
    assert ninth["short"].lower().startswith(f"{ninth['verdict']}: "), "judged in words where nothing is compared"
    assert [one.name for one in view.columns if not one.text] == ["short"]


def test_each_line_says_what_its_number_was(frames: dict[str, pl.DataFrame], state: DashboardState) -> None:
    view = first_page.told(frames, state)
    assert isinstance(view, Table)
    written = [one.text for one in view.columns if one.name in ("value", "was", "change") and one.text]
    rows = {row["number"]: row for row in frames["brief"].iter_rows(named=True)}
    assert {number: tuple(text(row) for text in written) for number, row in rows.items()} == {
        1: ("16.2m", "16.3m", "-34k"),
        2: ("0.59m", "1.4m", "-0.86m"),
        3: ("-1.8m", "-1.3m", "-0.49m"),
        4: ("16.3m", "16.6m", "-0.33m"),
        5: ("14 %", "9.4 %", "+5.0 points"),
        6: ("2 leaders", "2 leaders", "same"),
        7: ("53 of 100", "", "-0.6 points"),
        8: ("21 accounts", "8 accounts", "+13"),
        9: ("78 %", "", ""),
        10: ("1 account", "", ""),
    }


def test_decisions_say_what_is_at_stake_and_who_is_there(
    frames: dict[str, pl.DataFrame], state: DashboardState
) -> None:
    view = first_page.asked(frames, state)
    assert isinstance(view, Table)
    kept = ("number", "name", "ask", "because", "amount")
    assert view.frame.select(kept).equals(frames["brief_decisions"].select(kept))
    plans = {row["account_id"]: row for row in frames["plan_health"].iter_rows(named=True)}
    stake = next(one for one in view.columns if one.name == "amount").text
    assert stake
    for row in view.frame.iter_rows(named=True):
        assert (row["manager"], row["plan"]) == (plans[row["account_id"]]["manager"], plans[row["account_id"]]["why"])
        word = {"loses_money": "loss", "empty_growth": "fall of profit"}.get(row["reason"], "revenue")
        assert stake(row) == f"{money(row['amount'])} {word}"
    assert set(first_page.AMOUNTS) == set(SAYS_ITS_AMOUNT)
    assert stake({"amount": None, "reason": "proposal"}) == ""


def test_without_a_review_the_day_is_named(frames: dict[str, pl.DataFrame], state: DashboardState) -> None:
    unnamed: Scope = SimpleNamespace(context=replace(state.context, since_label=""))
    view = first_page.told(frames, unnamed)
    assert isinstance(view, Table)
    assert clean(view.subtotals[0].texts["question"]) == "Worse since 24 Jun 2026"

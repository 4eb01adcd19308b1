"""The edges of the Value screen's numbers, each worked out by hand; the engine and the reference must both find it."""

from __future__ import annotations

from datetime import date

import pytest

from kaptui.filters import Filters
from kaptui.headlines.value import value_headline
from kaptui.panels import PANELS
from kaptui.panels.value_mix import quadrants
from kaptui.views import Notes, Table
from tests.reference.answers import Ask
from tests.reference.shelf import Shelf

TTM = Filters(as_of=date(2026, 3, 31))
ACCOUNT = "account_id,name,region,manager_id\nA,Anna,North,\nB,Bob,North,\nC,Cleo,South,\nD,Dora,,\n"
HEAD = "account_id,period_start,currency,revenue,cogs,cost_to_serve\n"
Tables = dict[str, str]


def facts(*rows: str, **more: str) -> Tables:
    """Accounts A to D with these months (account, month, revenue, cogs, cost to serve), in euros."""
    lines = (row.split(",", 2) for row in rows)
    booked = "".join(f"{account},{month}-01,EUR,{amounts}\n" for account, month, amounts in lines)
    return {"account": ACCOUNT, "financial_period": HEAD + booked, **more}


def aged(*rows: str, **more: str) -> Tables:
    """The same of accounts that have been there since January 2023, and booked nothing then: nobody is new."""
    known = dict.fromkeys(row.split(",", 1)[0] for row in rows)
    return facts(*(f"{account},2023-01,0,0,0" for account in known), *rows, **more)


def say(shelf: Shelf, tables: Tables, filters: Filters = TTM) -> str:
    """The sentence of the screen."""
    portfolio = shelf.portfolio(tables)
    curve, mix = portfolio.ask("whale_curve", filters), portfolio.ask("value_mix", filters)
    return value_headline(curve, mix, portfolio.context(filters), 4)


NEGATIVE = aged("A,2026-01,100,60,10", "B,2026-01,-50,5,5", "C,2026-01,0,10,0")


def test_negative_and_zero_revenue_have_no_margin_but_count_in_the_sums(answer: Ask) -> None:
    # A earns 30, B loses 60, C loses 10: sum -40 on 50 of revenue, M = -0.8.
    rows = answer(NEGATIVE, "value_mix", TTM)
    assert [rows[key]["margin"] for key in "ABC"] == [0.3, None, None]
    assert [rows[key]["quadrant"] for key in "ABC"] == ["protect", None, None]
    assert [rows[key]["value_at_stake"] for key in "ABC"] == pytest.approx([-110, 100, 10])
    assert [rows[key]["lever_kind"] for key in "ABC"] == [None] * 3
    assert [rows[key]["cost_to_serve_ratio"] for key in "ABC"] == [0.1, None, None]
    curve = answer(NEGATIVE, "whale_curve", TTM)
    assert {key: (row["rank"], row["cumulative_profit"]) for key, row in curve.items()} == {
        "A": (1, 30),
        "C": (2, 20),
        "B": (3, -40),
    }
    assert {row["cumulative_share"] for row in curve.values()} == {None}


def test_a_total_of_zero_has_no_shares_and_says_so(answer: Ask, shelf: Shelf) -> None:
    even = facts("A,2026-01,100,60,10", "B,2026-01,100,120,10")
    rows = answer(even, "value_mix", TTM)
    assert [rows[key]["profit_share"] for key in "AB"] == [None, None]
    assert [rows[key]["profit_index"] for key in "AB"] == [None, None]
    assert [rows[key]["value_at_stake"] for key in "AB"] == [-30, 30]
    assert say(shelf, even).startswith("1 of 2 accounts makes 30, 1 gives back 30: no profit; 2 with unknown profit")


def test_a_loss_is_told_in_currency(shelf: Shelf) -> None:
    assert say(shelf, NEGATIVE) == (
        "1 of 3 accounts makes 30, 2 give back 70: a loss of 40; 1 with unknown profit; "
        "figures end Jan 2026, February and March are not booked yet"
    )
    only_losses = facts("A,2026-01,100,160,10")
    assert say(shelf, only_losses).startswith("No account of 1 makes a profit: 1 gives back 70")


def test_all_costs_missing_leaves_profit_unknown_everywhere(answer: Ask, shelf: Shelf) -> None:
    bare = aged("A,2026-01,100,,", "B,2026-01,200,,")
    assert answer(bare, "whale_curve", TTM) == {}
    rows = answer(bare, "value_mix", TTM)
    assert [rows[key]["profit"] for key in "AB"] == [None, None]
    assert [rows[key]["quadrant"] for key in "AB"] == [None, None]
    (row,) = answer(bare, "portfolio", TTM).values()
    assert (row["revenue"], row["profit"], row["unknown_profit_accounts"]) == (300, None, 4)
    steps = answer(bare, "profit_bridge", TTM)
    assert [step["amount"] for step in steps.values()] == [None] * 10
    assert say(shelf, bare) == "Profit is unknown for all of 4 accounts: costs are missing"
    mix = shelf.portfolio(bare).ask("value_mix", TTM)
    assert isinstance(quadrants(mix, shelf.portfolio(bare).context(TTM)), Notes)


def test_one_missing_cost_leaves_one_account_out_and_counts_it(answer: Ask) -> None:
    gap = facts("A,2026-01,100,60,10", "B,2026-01,100,60,10", "B,2026-02,100,60,")
    contribution = Filters(as_of=date(2026, 3, 31), basis="contribution")
    rows = answer(gap, "value_mix", contribution)
    assert (rows["B"]["revenue"], rows["B"]["cogs"], rows["B"]["cost_to_serve"]) == (200, 120, None)
    assert (rows["B"]["profit"], rows["B"]["revenue_share"], rows["A"]["revenue_share"]) == (None, None, 1)
    groups = answer(gap, "value_groups", contribution)
    assert (groups["region/North"]["accounts"], groups["region/North"]["unknown_accounts"]) == (1, 1)
    assert (groups["region/North"]["revenue"], groups["region/North"]["profit_share"]) == (100, 1)
    # Under gross the missing cost to serve does not matter. It is the default: a third of revenue has one throughout.
    gross = answer(gap, "value_mix", TTM)
    assert gross["B"]["profit"] == 80


def test_one_account_is_the_whole_portfolio(answer: Ask, shelf: Shelf) -> None:
    single = aged("A,2026-01,100,60,10", "A,2025-01,80,40,20")
    rows = answer(single, "value_mix", Filters(as_of=date(2026, 3, 31)))
    a = rows["A"]
    assert (a["revenue_share"], a["profit_share"], a["share_gap"], a["profit_index"]) == (1, 1, 0, 1)
    assert (a["value_at_stake"], a["lever_kind"], a["quadrant"]) == (0, None, "protect")
    steps = {step: row["amount"] for step, row in answer(single, "profit_bridge", TTM).items()}
    # 20 more revenue at 0.25 = +5; gross margin 0.5 -> 0.4 = -10; cost to serve 0.25 -> 0.1 = +15.
    assert steps == pytest.approx(
        {"start": 20, "size": 5, "mix": 0, "gross_margin_rate": -10, "cost_to_serve_rate": 15}
        | {"new": 0, "lost": 0, "no_revenue": 0, "currency": 0, "end": 30}
    )
    assert say(shelf, single).startswith("None of 1 account loses money; the best 1 of 1 makes 100 %")


def test_equal_profits_stand_in_the_order_of_ids(answer: Ask) -> None:
    same = facts("C,2026-01,100,60,10", "A,2026-01,200,160,10", "B,2026-01,50,10,10")
    ranks = {row["rank"]: key for key, row in answer(same, "whale_curve", TTM).items()}
    assert ranks == {1: "A", 2: "B", 3: "C"}


def test_a_credit_note_takes_from_its_account(answer: Ask) -> None:
    credit = facts("A,2026-01,100,60,10", "A,2026-02,-30,-10,0", "B,2026-01,100,50,10")
    rows = answer(credit, "value_mix", TTM)
    assert (rows["A"]["revenue"], rows["A"]["cogs"], rows["A"]["profit"]) == (70, 50, 10)
    trend = answer(credit, "revenue_trend", TTM)
    assert (trend["2026-02-01"]["revenue"], trend["2026-02-01"]["profit"]) == (-30, -20)
    assert trend["2026-02-01"]["margin"] is None


def test_months_before_the_first_one_are_not_known_and_said(answer: Ask, shelf: Shelf) -> None:
    months = [f"2025-{month:02}" for month in range(4, 13)] + ["2026-01", "2026-02", "2026-03"]
    twelve = [f"A,{month},10,5,1" for month in months]
    tables = facts(*twelve, "B,2026-01,10,5,1")
    rows = answer(tables, "value_mix", TTM)
    assert (rows["A"]["revenue"], rows["B"]["revenue"]) == (120, 10)  # never annualised
    portfolio = shelf.portfolio(tables)
    mix = portfolio.ask("value_mix", TTM)
    shown = PANELS["value_mix"].view(mix, portfolio.context(TTM))
    assert isinstance(shown, Table)
    write = next(one.text for one in shown.columns if one.name == "months")
    assert write is not None
    assert [write(row) for row in mix.sort("account_id").to_dicts()] == ["12/12", "3/12", "0/12", "0/12"]
    assert "1 new, 2 without figures" in shown.caption


def test_a_currency_without_a_rate_is_left_out_of_every_sum(answer: Ask) -> None:
    tables = facts("A,2026-01,100,60,10", setting="key,value\ncurrency,EUR\n")
    tables["financial_period"] += "B,2026-01-01,CHF,500,100,10\n"
    rows = answer(tables, "value_mix", TTM)
    assert (rows["B"]["revenue"], rows["B"]["profit"], rows["A"]["profit_share"]) == (None, None, 1)
    assert set(answer(tables, "whale_curve", TTM)) == {"A"}
    trend = answer(tables, "revenue_trend", TTM)
    assert (trend["2026-01-01"]["revenue"], trend["2026-01-01"]["accounts"]) == (100, 1)


def test_new_and_lost_accounts_are_steps_of_their_own(answer: Ask) -> None:
    # A stays: revenue 100 -> 200 at margin 0.3 both times. B is new (+40), C lost (-20), D has no revenue (-7 - 0).
    moved = aged(
        "A,2025-01,100,60,10", "A,2026-01,200,120,20", "B,2026-01,100,50,10", "C,2025-01,100,70,10",
        "D,2025-01,0,0,0", "D,2026-01,0,5,2",
    )  # fmt: skip
    steps = {step: row["amount"] for step, row in answer(moved, "profit_bridge", TTM).items() if row["amount"]}
    assert steps == {"start": 50, "size": 30, "new": 40, "lost": -20, "no_revenue": -7, "end": 93}
    parts = {key: row["amount"] for key, row in answer(moved, "bridge_accounts", TTM).items()}
    assert parts == {"size/A": 30, "new/B": 40, "lost/C": -20, "no_revenue/D": -7}


def test_accounts_behind_size_and_mix(answer: Ask) -> None:
    # A year ago A made 30 of 100 and B 10 of 100: M0 = 0.2. A grew by 100, B by 20, at unchanged rates.
    grown = aged("A,2025-01,100,70,0", "A,2026-01,200,140,0", "B,2025-01,100,90,0", "B,2026-01,120,108,0")
    parts = {key: row["amount"] for key, row in answer(grown, "bridge_accounts", TTM).items()}
    # size: 100 * 0.2 and 20 * 0.2; mix: 100 * (0.3 - 0.2) and 20 * (0.1 - 0.2).
    assert parts == pytest.approx({"size/A": 20, "size/B": 4, "mix/A": 10, "mix/B": -2})


def test_a_budget_without_actuals_is_a_month_in_which_nothing_was_booked(answer: Ask) -> None:
    head = HEAD.replace("period_start,", "period_start,scenario,")
    plan = "A,2026-01-01,actual,EUR,100,60,10\nA,2026-01-01,budget,EUR,90,50,10\nA,2026-02-01,budget,EUR,95,50,10\n"
    plan += "B,2026-01-01,actual,EUR,50,20,10\nC,2026-03-01,actual,EUR,0,0,0\n"
    tables = {"account": ACCOUNT, "financial_period": head + plan}
    trend = answer(tables, "revenue_trend", TTM)
    january, february = trend["2026-01-01"], trend["2026-02-01"]
    assert (january["revenue"], january["budget_revenue"], january["budgeted_accounts"]) == (150, 90, 1)
    # Bob has no budget: only Anna's 100 against 90 and her 30 against 30 are compared.
    assert (january["revenue_against_budget"], january["profit_against_budget"]) == (10, 0)
    assert (february["revenue"], february["profit"], february["accounts"]) == (0, 0, 0)
    assert (february["budget_revenue"], february["revenue_against_budget"]) == (95, None)
    assert answer(tables, "value_mix", TTM)["A"]["revenue"] == 100


PROGRAMMES = """programme_id,account_id,name,status,start_on,end_on,currency,own_commitment,spent,realised_profit
P1,A,Two years,active,2025-01-01,2026-12-31,EUR,240,100,60
P2,B,Half a year,stopped,2025-06-01,2025-11-30,EUR,50,50,80
P3,C,Young,active,2025-12-01,2027-11-30,EUR,120,60,0
P4,C,Open end,active,2025-03-01,,EUR,90,30,
"""


def test_co_innovation_by_hand(answer: Ask) -> None:
    booked = aged("A,2026-01,1000,600,0", "B,2026-01,500,100,0", "C,2026-01,400,300,0", "D,2026-01,100,10,0")
    tables = booked | {"programme": PROGRAMMES}
    rows = answer(tables, "co_innovation", TTM)
    # 240 over 24 months is 120 a year; half a year commits all 50 at once; without an end the year is unknown.
    yearly = {key: row["commitment_to_revenue"] for key, row in rows.items()}
    assert yearly == {"P1": 0.12, "P2": 0.1, "P3": 0.15, "P4": None}
    assert {key: row["multi_year"] for key, row in rows.items()} == {"P1": True, "P2": False, "P3": True, "P4": None}
    assert {key: row["profit_on_spent"] for key, row in rows.items()} == {"P1": 0.6, "P2": 1.6, "P3": 0, "P4": None}
    gaps = answer(tables, "co_innovation_gaps", TTM)
    # P1 is due and returned less; P3 is younger than a year; what P4 returned is unknown.
    # M = 990 / 2000: B (0.8) and D (0.9) are rich; B's programme is over, D never had one.
    assert {key: row["amount"] for key, row in gaps.items()} == {
        "money without return/A/P1": 40,
        "rich without a programme/B/None": 400,
        "rich without a programme/D/None": 90,
    }


def test_levers_by_hand(answer: Ask) -> None:
    # Revenue 1000 + 1000 + 100 + 100 = 2200, cost to serve 220 = 0.1, profit 100 + 100 + 11 + 64 = 275: M = 0.125.
    booked = aged("A,2026-01,1000,700,200", "B,2026-01,1000,880,20", "C,2026-01,100,89,0", "D,2026-01,100,36,0")
    rows = answer(booked, "value_mix", TTM)
    # A saves 100 at the programme's rate, more than 3 % of 1000; B is big and poor; C small; D is above average.
    assert {key: rows[key]["lever_kind"] for key in "ABCD"} == {
        "A": "cost to serve",
        "B": "price",
        "C": "programme margin",
        "D": None,
    }
    gains = {key: rows[key]["lever_gain"] for key in "ABC"}
    assert gains == pytest.approx({"A": 100, "B": 30, "C": 100 * 275 / 2200 - 11})

"""Money worked out by hand on six accounts; the engine and the reference must both find it."""

from __future__ import annotations

from datetime import date

import pytest

from kaptui.filters import Filters
from tests.reference.answers import Ask

TTM = Filters(as_of=date(2026, 3, 31))
GROSS = Filters(as_of=date(2026, 3, 31), basis="gross")

# Anna and Bob are plain; Cleo lacks a cost to serve; Dora books only after the window; Emil lacks a rate;
# Fay books in a foreign currency and has every rate. All but Dora have booked nothing in December 2023: nobody is new.
FACTS = {
    "setting": """
        key,value
        currency,USD
        """,
    "account": """
        account_id,name
        A,Anna
        B,Bob
        C,Cleo
        D,Dora
        E,Emil
        F,Fay
        """,
    "fx_rate": """
        currency,period_start,rate
        EUR,2024-06-01,1.0
        EUR,2025-06-01,1.2
        """,
    "financial_period": """
        account_id,period_start,scenario,currency,revenue,cogs,cost_to_serve,revenue_value_priced,revenue_cost_plus
        A,2023-12-01,actual,USD,0,0,0,,
        B,2023-12-01,actual,USD,0,0,0,,
        C,2023-12-01,actual,USD,0,0,0,,
        E,2023-12-01,actual,USD,0,0,0,,
        F,2023-12-01,actual,USD,0,0,0,,
        A,2024-04-01,actual,USD,800,500,100,,
        A,2025-04-01,actual,USD,600,300,100,200,300
        A,2026-03-01,actual,USD,400,200,0,,
        A,2026-03-01,budget,USD,9999,1,1,,
        B,2025-03-01,actual,USD,400,300,50,,
        B,2025-05-01,actual,USD,500,450,150,100,
        C,2025-05-01,actual,USD,200,50,10,,
        C,2025-06-01,actual,USD,100,50,,,
        D,2026-04-01,actual,USD,700,1,1,,
        E,2025-06-01,actual,EUR,100,10,10,,
        E,2025-07-01,actual,EUR,100,10,10,,
        F,2024-06-01,actual,EUR,100,60,10,,
        F,2025-06-01,actual,EUR,100,50,10,,
        """,
}


def test_figures_unknown_where_a_cost_a_rate_or_every_month_is_missing(answer: Ask) -> None:
    rows = answer(FACTS, "accounts", TTM)
    assert [rows[key]["revenue"] for key in "ABCDEF"] == [1000, 500, 300, None, None, 120]
    assert [rows[key]["profit"] for key in "ABCDEF"] == [400, -100, None, None, None, 48]
    assert [rows[key]["margin"] for key in "ABCF"] == [0.4, -0.2, None, 0.4]


def test_gross_basis_needs_no_cost_to_serve(answer: Ask) -> None:
    rows = answer(FACTS, "accounts", GROSS)
    assert [rows[key]["profit"] for key in "ABCDEF"] == [500, 50, 200, None, None, 60]


def test_portfolio_sums_over_known_accounts_and_counts_the_unknown(answer: Ask) -> None:
    row = answer(FACTS, "portfolio", TTM)["2026-03-31"]
    assert (row["accounts"], row["unknown_profit_accounts"]) == (6, 3)
    assert (row["revenue"], row["profit"]) == (1920, 348)
    assert row["margin"] == pytest.approx(348 / 1620)
    assert (row["window_start"], row["window_end"]) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (row["basis"], row["currency"]) == ("contribution", "USD")


def test_shares_and_value_at_stake_rest_on_known_profit(answer: Ask) -> None:
    rows = answer(FACTS, "accounts", TTM)
    assert rows["A"]["revenue_share"] == pytest.approx(1000 / 1620)
    assert rows["A"]["profit_share"] == pytest.approx(400 / 348)
    assert rows["B"]["share_gap"] == pytest.approx(-100 / 348 - 500 / 1620)
    assert rows["F"]["profit_index"] == pytest.approx(0.4 / (348 / 1620))
    stakes = {"A": -185.1852, "B": 207.4074, "F": -22.2222}
    assert {key: rows[key]["value_at_stake"] for key in stakes} == pytest.approx(stakes, abs=0.001)
    for column in (
        "revenue_share",
        "profit_share",
        "share_gap",
        "profit_index",
        "value_at_stake",
        "quadrant",
    ):
        assert [rows[key][column] for key in "CDE"] == [None] * 3


def test_quadrants_cut_at_the_median_and_the_portfolio_margin(answer: Ask) -> None:
    rows = answer(FACTS, "accounts", TTM)
    assert [rows[key]["quadrant"] for key in "ABF"] == ["protect", "re-price", "invest"]


def test_growth_compares_with_the_same_window_a_year_earlier(answer: Ask) -> None:
    rows = answer(FACTS, "accounts", TTM)
    growth = {key: rows[key]["revenue_growth"] for key in "ABF"}
    assert growth == pytest.approx({"A": 0.25, "B": 0.25, "F": 0.2})
    assert [rows[key]["profit_change"] for key in "ABF"] == [200, -150, 18]
    assert [rows[key]["revenue_growth"] for key in "CDE"] == [None] * 3


def test_curve_rises_to_its_peak_and_gives_the_losses_back(answer: Ask) -> None:
    rows = answer(FACTS, "whale_curve", TTM)
    assert [(rows[key]["rank"], rows[key]["cumulative_profit"]) for key in "AFB"] == [
        (1, 400),
        (2, 448),
        (3, 348),
    ]
    assert set(rows) == {"A", "F", "B"}
    assert rows["F"]["account_share"] == pytest.approx(2 / 3)
    assert rows["F"]["cumulative_share"] == pytest.approx(448 / 348)


def test_bridge_steps(answer: Ask) -> None:
    rows = answer(FACTS, "profit_bridge", TTM)
    expected = {
        "start": 280,
        "size": 300 * 280 / 1300,
        "mix": -2.1153846,
        "gross_margin_rate": 60,
        "cost_to_serve_rate": -62.5,
        "new": 0,
        "lost": 0,
        "no_revenue": 0,
        "currency": 8,
        "end": 348,
    }
    assert {step: rows[step]["amount"] for step in expected} == pytest.approx(expected, abs=1e-6)


def test_constant_currency_takes_the_rates_of_a_year_earlier(answer: Ask) -> None:
    # Fay's 100 EUR of June 2025 count 1.0 as in June 2024, not 1.2; Emil's July 2025 would need July 2024's rate.
    constant = Filters(as_of=date(2026, 3, 31), rates="constant")
    rows = answer(FACTS, "accounts", constant)
    assert [rows[key]["revenue"] for key in "ABCDEF"] == [1000, 500, 300, None, None, 100]
    assert (rows["F"]["profit"], rows["F"]["revenue_growth"], rows["F"]["profit_change"]) == (40, 0, 10)
    row = answer(FACTS, "portfolio", constant)["2026-03-31"]
    assert (row["revenue"], row["profit"]) == (1900, 340)
    steps = answer(FACTS, "profit_bridge", constant)
    assert (steps["start"]["amount"], steps["currency"]["amount"], steps["end"]["amount"]) == (280, 0, 340)


def test_bridge_under_gross_has_no_cost_to_serve_step(answer: Ask) -> None:
    rows = answer(FACTS, "profit_bridge", GROSS)
    # Cleo is new under gross: figures now, none a year ago.
    assert (rows["new"]["amount"], rows["cost_to_serve_rate"]["amount"]) == (200, 0)
    assert (rows["start"]["amount"], rows["end"]["amount"]) == (300 + 100 + 40, 810)


def test_value_mix(answer: Ask) -> None:
    rows = answer(FACTS, "value_mix", GROSS)
    assert [rows[key]["cogs"] for key in "ABCF"] == [500, 450, 100, 60]
    assert [rows[key]["cost_to_serve"] for key in "ABCF"] == [100, 150, None, 12]
    assert rows["B"]["cost_to_serve_ratio"] == pytest.approx(0.3)
    # Anna's pricing is known for exactly half of her revenue, Bob's for a fifth.
    assert rows["A"]["value_priced_share"] == pytest.approx(0.4)
    assert [rows[key]["value_priced_share"] for key in "BCF"] == [None] * 3


def test_a_month_is_full_on_its_last_day(answer: Ask) -> None:
    row = answer(FACTS, "portfolio", Filters(as_of=date(2026, 3, 30)))["2026-03-30"]
    assert (row["window_start"], row["window_end"]) == (date(2025, 3, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("fiscal_start", "start"), [(1, date(2026, 1, 1)), (4, date(2025, 4, 1)), (3, date(2026, 3, 1))]
)
def test_year_to_date_starts_with_the_fiscal_year(answer: Ask, fiscal_start: int, start: date) -> None:
    setting = f"key,value\ncurrency,USD\nfiscal_year_start_month,{fiscal_start}\n"
    ytd = Filters(as_of=date(2026, 3, 31), window="ytd")
    row = answer(FACTS | {"setting": setting}, "portfolio", ytd)["2026-03-31"]
    assert (row["window_start"], row["window_end"]) == (start, date(2026, 3, 31))


def test_a_portfolio_without_profit_has_no_profit_shares(answer: Ask) -> None:
    periods = "account_id,period_start,currency,revenue,cogs\nA,2026-03-01,USD,100,150\nB,2026-03-01,USD,100,60\n"
    facts = {"account": FACTS["account"], "financial_period": periods}
    rows = answer(facts, "accounts", TTM)
    assert answer(facts, "portfolio", TTM)["2026-03-31"]["basis"] == "gross"
    assert [rows[key]["profit_share"] for key in "AB"] == [None, None]
    # M = -10 / 200: an index against a loss is told all the same, from 1 % on either side of 0.
    assert [rows[key]["profit_index"] for key in "AB"] == pytest.approx([10, -8])
    assert [rows[key]["value_at_stake"] for key in "AB"] == pytest.approx([45, -45])
    curve = answer(facts, "whale_curve", TTM)
    assert [curve[key]["cumulative_profit"] for key in "BA"] == [40, -10]
    assert [curve[key]["cumulative_share"] for key in "BA"] == [None, None]


def test_bridge_of_new_lost_and_no_revenue(answer: Ask) -> None:
    periods = """
        account_id,period_start,currency,revenue,cogs
        A,2023-12-01,USD,0,0
        B,2023-12-01,USD,0,0
        C,2023-12-01,USD,0,0
        A,2026-01-01,USD,100,60
        B,2025-01-01,USD,100,70
        C,2025-01-01,USD,100,90
        C,2026-01-01,USD,-20,5
        """
    rows = answer({"account": FACTS["account"], "financial_period": periods}, "profit_bridge", TTM)
    steps = {step: row["amount"] for step, row in rows.items() if row["amount"]}
    assert steps == {"start": 40, "new": 40, "lost": -30, "no_revenue": -35, "end": 15}

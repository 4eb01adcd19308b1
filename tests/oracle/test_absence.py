"""What is not there is neither zero nor a number: short histories, months not booked yet, accounts that are late, new,
stopped or gone, rates and costs that are missing. Every value here is worked out by hand.

Over 300 lines because each kind of absence stands beside the others that it must not be taken for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kaptui.cli import text as printed
from kaptui.cli.account_text import page
from kaptui.filters import Filters
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.views import Figures, Notes, Table, Waterfall
from tests.explain.explaining import why
from tests.reference.shelf import Shelf

Tables = dict[str, str]
Row = dict[str, Any]
HEAD = "account_id,period_start,currency,revenue,cogs,cost_to_serve\n"
DECEMBER = Filters(as_of=date(2026, 12, 31))


def months(first: str, last: str) -> list[str]:
    """Every month from one to another: "2026-01"."""
    (y0, m0), (y1, m1) = (map(int, month.split("-")) for month in (first, last))
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(y0 * 12 + m0 - 1, y1 * 12 + m1)]


def booked(account: str, first: str, last: str, amounts: str = "100,60,10", currency: str = "EUR") -> str:
    """The same amounts in every month."""
    return "".join(f"{account},{month}-01,{currency},{amounts}\n" for month in months(first, last))


def tables(*rows: str, accounts: Iterable[str] = "AB", **more: str) -> Tables:
    """Accounts with these months; an account is written as its id, or with its status: "B,exited"."""
    lines = (f"{one[0]},Account {one[0]},{one[2:] or 'active'}\n" for one in accounts)
    return {"account": "account_id,name,status\n" + "".join(lines), "financial_period": HEAD + "".join(rows), **more}


def by_account(portfolio: Portfolio, question: str, filters: Filters) -> dict[str, Row]:
    """The answer by account."""
    return {row["account_id"]: row for row in portfolio.ask(question, filters).iter_rows(named=True)}


def whole(portfolio: Portfolio, filters: Filters) -> Row:
    """The row of question `portfolio`."""
    return portfolio.ask("portfolio", filters).row(0, named=True)


def steps(portfolio: Portfolio, filters: Filters) -> dict[str, float | None]:
    """The bridge by step."""
    return dict(portfolio.ask("profit_bridge", filters).select("step", "amount").iter_rows())


@pytest.mark.parametrize(
    ("first", "known", "begins"), [("2026-01", 0, "Jan 2026"), ("2025-12", 1, "Dec 2025"), ("2025-02", 11, "Feb 2025")]
)
def test_a_history_too_short_compares_nothing_and_says_so(shelf: Shelf, first: str, known: int, begins: str) -> None:
    portfolio = shelf.portfolio(tables(booked("A", first, "2026-12"), booked("B", first, "2026-12")))
    words = f"history begins {begins}: {known} of 12 months a year earlier"
    row = whole(portfolio, DECEMBER)
    assert (row["revenue"], row["profit"], row["months_known_before"]) == (2400, 720, known)
    assert (row["revenue_change"], row["profit_change"]) == (None, None)
    accounts = by_account(portfolio, "accounts", DECEMBER)
    assert {(one["revenue_growth"], one["profit_change"]) for one in accounts.values()} == {(None, None)}
    assert {(one["months"], one["months_before"]) for one in accounts.values()} == {(12, known)}
    assert steps(portfolio, DECEMBER) == dict.fromkeys(steps(portfolio, DECEMBER))
    assert len(steps(portfolio, DECEMBER)) == 10
    context = portfolio.context(DECEMBER)
    cards = PANELS["portfolio"].view(portfolio.ask("portfolio", DECEMBER), context)
    bridge = PANELS["profit_bridge"].view(portfolio.ask("profit_bridge", DECEMBER), context)
    mix = PANELS["value_mix"].view(portfolio.ask("value_mix", DECEMBER), context)
    assert isinstance(cards, Figures)
    assert isinstance(bridge, Waterfall)
    assert isinstance(mix, Table)
    assert [words in one.note for one in cards.figures[:2]] == [True, True]
    assert words in bridge.caption
    behind = PANELS["bridge_accounts"].view(portfolio.ask("bridge_accounts", DECEMBER), context)
    assert isinstance(behind, Notes)
    assert behind.lines[0] == words[0].upper() + words[1:]
    assert words in mix.caption
    assert words in printed.remarks(portfolio, DECEMBER)
    assert sum(words in line for line in page(portfolio, "A", DECEMBER)) >= 2
    for measure, account in (("revenue_growth", "A"), ("profit_change", "A"), ("portfolio.profit_change", "")):
        told = why(portfolio, measure, account, filters=DECEMBER)
        assert told.value is None
        assert words in " ".join(one["words"] for one in told.of("note"))


def test_fourteen_months_raise_no_alarm(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(tables(booked("A", "2025-11", "2026-12", "100000,99000,"), accounts="A"))
    assert "empty_growth" not in portfolio.ask("attention_reasons", DECEMBER)["reason"].to_list()
    evidence = portfolio.ask("factor_evidence", DECEMBER).filter(indicator="profit_not_falling")
    assert evidence["met"].to_list() == [None]


def test_thirteen_months_more_and_everything_is_compared(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(
        tables(booked("A", "2025-01", "2025-12"), booked("A", "2026-01", "2026-12", "110,60,10"))
    )
    row = whole(portfolio, DECEMBER)
    # 12 x 10 more revenue, all of it profit
    assert (row["revenue_change"], row["profit_change"], row["months_known_before"]) == (120, 120, 12)
    assert by_account(portfolio, "accounts", DECEMBER)["A"]["revenue_growth"] == pytest.approx(0.1)
    assert portfolio.context(DECEMBER).history_known


def test_the_window_ends_with_the_last_booked_month(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(tables(booked("A", "2024-01", "2026-09"), booked("B", "2024-01", "2026-09")))
    november = Filters(as_of=date(2026, 11, 29))
    row = whole(portfolio, november)
    assert (row["window_start"], row["window_end"]) == (date(2025, 10, 1), date(2026, 9, 30))
    assert (row["revenue"], row["revenue_change"], row["profit_change"], row["late_accounts"]) == (2400, 0, 0, 0)
    assert {one["revenue_growth"] for one in by_account(portfolio, "accounts", november).values()} == {0}
    assert "figures end Sep 2026, October is not booked yet" in printed.remarks(portfolio, november)
    december = printed.remarks(portfolio, Filters(as_of=date(2026, 12, 1)))
    assert "figures end Sep 2026, October and November are not booked yet" in december
    later = printed.remarks(portfolio, Filters(as_of=date(2027, 1, 31)))
    assert "figures end Sep 2026, the 4 months since are not booked yet" in later
    assert not any("figures" in line for line in printed.remarks(portfolio, Filters(as_of=date(2026, 10, 5))))


def test_before_the_first_figures_all_is_empty_and_the_first_ones_are_named(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(tables(booked("A", "2025-05", "2026-09")))
    early = Filters(as_of=date(2025, 5, 30))  # May is not full yet
    row = whole(portfolio, early)
    assert (row["window_end"], row["revenue"], row["months_known_before"]) == (date(2025, 4, 30), None, 0)
    assert "figures begin 2025-05; try --as-of 2025-05-31" in printed.remarks(portfolio, early)
    assert whole(portfolio, Filters(as_of=date(2025, 5, 31)))["revenue"] == 100


def test_year_to_date_is_the_whole_fiscal_year_that_was_closed_last(shelf: Shelf) -> None:
    setting = "key,value\nfiscal_year_start_month,10\n"
    portfolio = shelf.portfolio(tables(booked("A", "2024-01", "2026-09"), setting=setting))
    row = whole(portfolio, Filters(as_of=date(2026, 11, 29), window="ytd"))
    assert (row["window_start"], row["window_end"], row["revenue"]) == (date(2025, 10, 1), date(2026, 9, 30), 1200)
    row = whole(portfolio, Filters(as_of=date(2026, 2, 28), window="ytd"))
    assert (row["window_start"], row["revenue"], row["months_known_before"]) == (date(2025, 10, 1), 500, 5)


# Account A books 100 a month up to September 2026, and B the same up to the month told.
SEPTEMBER = Filters(as_of=date(2026, 9, 30))


def beside(last: str, status: str = "active") -> Tables:
    """A as ever, B until the month told."""
    return tables(booked("A", "2024-01", "2026-09"), booked("B", "2024-01", last), accounts=("A", f"B,{status}"))


@pytest.mark.parametrize(("last", "known"), [("2026-08", 11), ("2026-06", 9)])
def test_a_monthly_account_without_the_last_months_is_late(shelf: Shelf, last: str, known: int) -> None:
    portfolio = shelf.portfolio(beside(last))
    b = by_account(portfolio, "value_mix", SEPTEMBER)["B"]
    assert (b["figures"], b["months"], b["revenue"], b["profit"]) == ("late", known, known * 100, known * 30)
    assert (b["revenue_growth"], b["profit_change"], b["quadrant"], b["empty_growth"]) == (None, None, None, None)
    # it counts in sums and in M, and B's margin is M
    row = whole(portfolio, SEPTEMBER)
    assert (row["revenue"], row["known_revenue"], row["profit"]) == (1200 + known * 100,) * 2 + (360 + known * 30,)
    assert (row["programme_margin"], b["value_at_stake"]) == (pytest.approx(0.3), pytest.approx(0))
    assert (row["late_accounts"], row["stopped_accounts"]) == (1, 0)
    # and in no change: A's figures are those of a year ago
    assert (row["revenue_change"], row["profit_change"]) == (0, 0)
    assert (steps(portfolio, SEPTEMBER)["start"], steps(portfolio, SEPTEMBER)["end"]) == (360, 360)
    bridge = PANELS["profit_bridge"].view(portfolio.ask("profit_bridge", SEPTEMBER), portfolio.context(SEPTEMBER))
    assert isinstance(bridge, Waterfall)
    assert "1 left out: Account B" in bridge.caption
    told = why(portfolio, "revenue_growth", "B", filters=SEPTEMBER)
    assert "Late" in told.of("note")[0]["words"]
    assert f"{known}/12" in "".join(printed.markdown(printed.shown(table(portfolio, "value_mix"))))


def table(portfolio: Portfolio, question: str) -> Table:
    """A question's table."""
    view = PANELS[question].view(portfolio.ask(question, SEPTEMBER), portfolio.context(SEPTEMBER))
    assert isinstance(view, Table)
    return view


def test_after_more_than_three_months_it_has_stopped(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(beside("2026-05"))
    b = by_account(portfolio, "accounts", SEPTEMBER)["B"]
    # October to May: 8 months of 100, and four zeros that count
    assert (b["figures"], b["months"], b["revenue"]) == ("stopped", 12, 800)
    assert (b["revenue_growth"], b["profit_change"]) == (pytest.approx(-1 / 3), -120)
    row = whole(portfolio, SEPTEMBER)
    assert (row["late_accounts"], row["stopped_accounts"], row["revenue_change"], row["profit_change"]) == (
        0,
        1,
        -400,
        -120,
    )


def test_the_list_and_the_card_count_the_same_stopped_accounts(shelf: Shelf) -> None:
    facts = tables(
        booked("A", "2024-01", "2026-09"),
        booked("B", "2024-01", "2026-05"),
        booked("C", "2024-01", "2026-05"),
        accounts=("A", "B", "C,exited"),
    )
    portfolio = shelf.portfolio(facts)
    assert whole(portfolio, SEPTEMBER)["stopped_accounts"] == 1
    for question in ("value_mix", "accounts"):
        assert "1 stopped" in table(portfolio, question).caption, question


def test_an_exited_account_is_never_late(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(beside("2026-08", "exited"))
    b = by_account(portfolio, "accounts", SEPTEMBER)["B"]
    assert (b["figures"], b["months"], b["revenue_growth"]) == ("complete", 12, pytest.approx(-1 / 12))
    assert (whole(portfolio, SEPTEMBER)["late_accounts"], whole(portfolio, SEPTEMBER)["revenue_change"]) == (0, -100)


def test_an_account_that_orders_now_and_then_is_never_late(shelf: Shelf) -> None:
    quarterly = "".join(
        booked("B", f"{year}-{m:02}", f"{year}-{m:02}") for year in (2024, 2025, 2026) for m in (2, 5, 8)
    )
    portfolio = shelf.portfolio(tables(booked("A", "2024-01", "2026-09"), quarterly))
    b = by_account(portfolio, "value_mix", SEPTEMBER)["B"]
    # February, May and August in both windows; October to January are zeros
    assert (b["figures"], b["months"], b["months_before"], b["revenue"], b["revenue_growth"]) == (
        "complete",
        12,
        12,
        300,
        0,
    )


def test_in_a_file_of_ten_months_nobody_is_late(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(tables(booked("A", "2025-12", "2026-09"), booked("B", "2025-12", "2026-08")))
    rows = by_account(portfolio, "value_mix", SEPTEMBER)
    # the file begins inside the window: of its twelve months ten are known
    assert [(rows[key]["figures"], rows[key]["months"], rows[key]["quadrant"]) for key in "AB"] == [
        ("short", 10, None)
    ] * 2


def test_a_month_within_the_span_booked_nothing(shelf: Shelf) -> None:
    holed = booked("B", "2024-01", "2026-03") + booked("B", "2026-07", "2026-09")
    portfolio = shelf.portfolio(tables(booked("A", "2024-01", "2026-09"), holed))
    b = by_account(portfolio, "value_mix", SEPTEMBER)["B"]
    assert (b["figures"], b["months"], b["revenue"], b["revenue_growth"]) == ("complete", 12, 900, -0.25)
    # a day in June: the three months are booked as nothing, for July came later
    june = by_account(portfolio, "value_mix", Filters(as_of=date(2026, 6, 30)))["B"]
    assert (june["figures"], june["revenue"]) == ("complete", 900)
    trend = portfolio.ask("revenue_trend", replace(SEPTEMBER, where="account_id:B"))
    assert dict(trend.select("month", "revenue").iter_rows())[date(2026, 5, 1)] == 0


def test_new_accounts_are_not_compared_and_stand_in_the_bridge_as_new(shelf: Shelf) -> None:
    # B began in July 2025: 3 of the earlier window's months; C in January 2026; D in 2024, but nothing a year ago
    grown = tables(
        booked("A", "2024-01", "2026-09"), booked("B", "2025-07", "2026-09"), booked("C", "2026-01", "2026-09"),
        booked("D", "2024-02", "2024-03"), booked("D", "2026-02", "2026-03"), accounts="ABCD",
    )  # fmt: skip
    portfolio = shelf.portfolio(grown)
    rows = by_account(portfolio, "accounts", SEPTEMBER)
    assert [rows[key]["figures"] for key in "ABCD"] == ["complete", "complete", "new", "complete"]
    assert [rows[key]["months"] for key in "ABCD"] == [12, 12, 9, 12]
    assert [rows[key]["months_before"] for key in "ABCD"] == [12, 3, 0, 12]
    assert [rows[key]["revenue_growth"] for key in "ABCD"] == [0, None, None, None]
    # D had 0 a year earlier, which is known: growth needs more than 0, a change of profit does not
    assert [rows[key]["profit_change"] for key in "ABCD"] == [0, None, None, 60]
    assert [rows[key]["quadrant"] for key in "ABCD"][2] is None
    bridge = {step: amount for step, amount in steps(portfolio, SEPTEMBER).items() if amount}
    # start: A 360, B 3 x 30; new: B 360 - 90, C 270, D 60
    assert bridge == {"start": 450, "new": 600, "end": 1050}
    row = whole(portfolio, SEPTEMBER)
    assert (row["profit_change"], row["revenue_change"]) == (600, 900 + 900 + 200)
    shown = "".join(printed.markdown(printed.shown(table(portfolio, "value_mix"))))
    assert "9/12" in shown
    assert "3/12 then" in shown


def test_an_account_without_a_row_now_is_lost(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(tables(booked("A", "2024-01", "2026-09"), booked("B", "2024-01", "2025-02")))
    b = by_account(portfolio, "accounts", SEPTEMBER)["B"]
    assert (b["figures"], b["revenue"], b["months"], b["revenue_growth"]) == ("none", None, 0, None)
    # October 2024 to February 2025: 5 months of 30
    assert (steps(portfolio, SEPTEMBER)["lost"], whole(portfolio, SEPTEMBER)["revenue_change"]) == (-150, -500)
    assert whole(portfolio, SEPTEMBER)["unknown_profit_accounts"] == 1


# A is rich, B poor, and C, who has left, loses money: 1200 revenue each a year, profit 480, 120 and -240.
LEFT = tables(
    booked("A", "2024-01", "2026-09", "100,50,10"), booked("B", "2024-01", "2026-09", "100,80,10"),
    booked("C", "2024-01", "2026-09", "100,110,10"), accounts=("A", "B", "C,exited"),
)  # fmt: skip


def test_an_exited_account_keeps_its_money_and_nothing_else(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(LEFT)
    row = whole(portfolio, SEPTEMBER)
    assert (row["accounts"], row["programme_accounts"], row["exited_accounts"]) == (3, 2, 1)
    assert (row["revenue"], row["profit"], row["margin"]) == (3600, 360, pytest.approx(0.1))
    # the yardstick is that of A and B
    assert row["programme_margin"] == pytest.approx(600 / 2400)
    rows = by_account(portfolio, "accounts", SEPTEMBER)
    c = rows["C"]
    assert (c["revenue"], c["profit"], c["revenue_share"], c["profit_share"]) == (
        1200,
        -240,
        pytest.approx(1 / 3),
        -2 / 3,
    )
    assert (c["revenue_growth"], c["profit_change"]) == (0, 0)
    assert [c[name] for name in ("profit_index", "value_at_stake", "quadrant")] == [None] * 3
    assert by_account(portfolio, "value_mix", SEPTEMBER)["C"]["lever"] is None
    assert [rows[key]["value_at_stake"] for key in "AB"] == pytest.approx([-180, 180])
    assert [rows[key]["profit_index"] for key in "AB"] == pytest.approx([1.6, 0.4])
    assert by_account(portfolio, "whale_curve", SEPTEMBER)["C"]["cumulative_profit"] == 360
    assert steps(portfolio, SEPTEMBER)["end"] == 360
    cards = PANELS["portfolio"].view(portfolio.ask("portfolio", SEPTEMBER), portfolio.context(SEPTEMBER))
    assert isinstance(cards, Figures)
    assert "of 2 accounts" in cards.figures[-1].value
    assert "1 exited" in cards.figures[-1].note


MOVING = {
    "revenue_share",
    "profit_share",
    "share_gap",
    "rank",
    "account_share",
    "cumulative_profit",
    "cumulative_share",
}


@pytest.mark.parametrize("where", ["account_id:B", "account_id:A account_id:C", "-account_id:A", "status:exited"])
@pytest.mark.parametrize("question", ["accounts", "value_mix", "account_profile", "co_innovation_gaps"])
def test_no_value_of_an_account_changes_with_the_filter(
    sample_portfolio: Portfolio, shelf: Shelf, question: str, where: str
) -> None:
    """A filter that names exited accounts lists them also where they have no part: with their money alone."""
    sample = (
        where.replace("account_id:A", "region:DACH").replace("account_id:B", "tier:2").replace("account_id:C", "tier:1")
    )
    for portfolio, text, filters in ((shelf.portfolio(LEFT), where, SEPTEMBER), (sample_portfolio, sample, Filters())):
        all_rows = by_account(portfolio, question, filters)
        money = by_account(portfolio, "accounts", filters)
        for account, row in by_account(portfolio, question, replace(filters, where=text)).items():
            if account not in all_rows:
                assert (text, money[account]["status"]) == ("status:exited", "exited"), account
                assert (row["revenue"], row.get("index"), row.get("plan_status")) == (
                    money[account]["revenue"],
                    None,
                    None,
                ), account
                continue
            kept = {name: value for name, value in row.items() if name not in MOVING}
            assert kept == {name: all_rows[account][name] for name in kept}, account
        narrowed = whole(portfolio, replace(filters, where=text))
        assert narrowed["programme_margin"] == whole(portfolio, filters)["programme_margin"]


def test_contribution_needs_costs_for_half_of_the_revenue(shelf: Shelf) -> None:
    half = tables(booked("A", "2026-01", "2026-02", "100,60,10"), booked("B", "2026-01", "2026-02", "100,60,"))
    assert shelf.portfolio(half).context(DECEMBER).basis == "contribution"
    less = tables(booked("A", "2026-01", "2026-02", "99,60,10"), booked("B", "2026-01", "2026-02", "100,60,"))
    context = shelf.portfolio(less).context(DECEMBER)
    assert context.basis == "gross"
    assert context.cost_to_serve_share == pytest.approx(99 / 199)
    assert any("cost to serve is known for 50 % of revenue only" in line for line in remarks(shelf, less))
    # one month without it: the account does not count as having one
    gap = tables(booked("A", "2026-01", "2026-01", "300,60,10"), booked("A", "2026-02", "2026-02", "1,1,"))
    assert shelf.portfolio(gap).context(DECEMBER).basis == "gross"
    bare = tables(booked("A", "2026-01", "2026-02", "100,60,"))
    assert shelf.portfolio(bare).context(DECEMBER).cost_to_serve_share is None
    credit = tables(booked("A", "2026-01", "2026-02", "-100,-60,0"))
    assert shelf.portfolio(credit).context(DECEMBER).basis == "gross"


def remarks(shelf: Shelf, facts: Tables) -> list[str]:
    """What is said beside any answer."""
    return printed.remarks(shelf.portfolio(facts), DECEMBER)


def test_a_profit_never_stands_beside_a_revenue_of_another_base(shelf: Shelf) -> None:
    withdrawn = tables(booked("A", "2024-01", "2026-09"), booked("B", "2024-01", "2026-09", "100,,10"))
    portfolio = shelf.portfolio(withdrawn)
    row = whole(portfolio, SEPTEMBER)
    assert (row["revenue"], row["known_revenue"], row["profit"], row["unknown_profit_accounts"]) == (2400, 1200, 360, 1)
    cards = PANELS["portfolio"].view(portfolio.ask("portfolio", SEPTEMBER), portfolio.context(SEPTEMBER))
    assert isinstance(cards, Figures)
    assert "margin 30 % of the 1.2k with known profit" in cards.figures[1].note


def test_currencies_compare_in_upper_case(shelf: Shelf) -> None:
    facts = tables(
        booked("A", "2026-01", "2026-01"), booked("B", "2026-01", "2026-01", currency="usd"),
        setting="key,value\ncurrency,eur\n", fx_rate="currency,period_start,rate\nUsd,2026-01-01,0.5\n",
    )  # fmt: skip
    portfolio = shelf.portfolio(facts)
    assert portfolio.context(DECEMBER).currency == "EUR"
    assert {key: row["revenue"] for key, row in by_account(portfolio, "value_mix", DECEMBER).items()} == {
        "A": 100,
        "B": 50,
    }
    mixed = tables(booked("A", "2026-01", "2026-01", currency="chf"), booked("B", "2026-01", "2026-01", currency="CHF"))
    assert shelf.portfolio(mixed).context(DECEMBER).currency == "CHF"
    rows = by_account(shelf.portfolio(mixed), "value_mix", DECEMBER)
    assert {key: row["revenue"] for key, row in rows.items()} == {"A": 100, "B": 100}


def test_a_rate_that_is_missing_once_takes_its_account_out_of_the_whole_trend(shelf: Shelf) -> None:
    facts = tables(
        booked("A", "2026-01", "2026-03"), booked("B", "2026-01", "2026-03", currency="USD"),
        setting="key,value\ncurrency,EUR\n",
        fx_rate="currency,period_start,rate\nUSD,2026-01-01,1\nUSD,2026-03-01,1\n",
    )  # fmt: skip
    trend = shelf.portfolio(facts).ask("revenue_trend", DECEMBER)
    assert trend["revenue"].to_list() == [100, 100, 100]
    assert trend["accounts"].to_list() == [1, 1, 1]
    assert trend["left_out"].to_list() == [1, 1, 1]
    told = why(shelf.portfolio(facts), "revenue_trend.revenue", "", "2026-01-01", DECEMBER)
    assert [row["label"] for row in told.inputs] == ["Account A"]
    assert "1 account left out of all months" in told.of("note")[0]["words"]


def test_the_trend_has_every_full_month_of_the_booked_range(shelf: Shelf) -> None:
    facts = tables(booked("A", "2026-01", "2026-02"), booked("B", "2026-05", "2026-08"))
    trend = shelf.portfolio(facts).ask("revenue_trend", Filters(as_of=date(2026, 7, 15)))
    # July is not full; in March and April nothing is booked, for A orders only now and then
    assert [month.month for month in trend["month"]] == [1, 2, 3, 4, 5, 6]
    assert trend["revenue"].to_list() == [100, 100, 0, 0, 100, 100]
    only_b = shelf.portfolio(facts).ask("revenue_trend", Filters(as_of=date(2026, 7, 15), where="account_id:B"))
    assert only_b["revenue"].to_list() == [None, None, None, None, 100, 100]  # before its first month nothing is known


# Revenue 1200, 1200 and 600 a year; margins 0.40, 0.30 and 0.20: M = 960 / 3000 = 0.32.
QUADRANTS = (
    booked("A", "2024-01", "2026-09", "100,60,0"), booked("B", "2024-01", "2026-09", "100,70,0"),
    booked("C", "2024-01", "2026-09", "50,40,0"),
)  # fmt: skip


def placed(shelf: Shelf, **settings: str) -> list[str]:
    """The quadrants under these settings."""
    setting = "key,value\n" + "".join(f"{key},{value}\n" for key, value in settings.items())
    portfolio = shelf.portfolio(tables(*QUADRANTS, accounts="ABC", setting=setting))
    rows = by_account(portfolio, "value_mix", SEPTEMBER)
    return [rows[key]["quadrant"] for key in "ABC"]


def test_quadrants_are_cut_at_the_programme_or_at_the_companys_own_hurdles(shelf: Shelf) -> None:
    assert placed(shelf) == ["protect", "re-price", "fix or exit"]
    assert placed(shelf, quadrant_band="0.02") == ["protect", "re-price", "fix or exit"]  # exactly the band below: poor
    assert placed(shelf, quadrant_band="0.03") == ["protect", "protect", "fix or exit"]
    assert placed(shelf, hurdle_margin="0.2", big_from="1201") == ["invest", "invest", "invest"]
    assert placed(shelf, hurdle_margin="0.21") == [
        "protect",
        "protect",
        "fix or exit",
    ]  # 0.20 is exactly the band below
    assert placed(shelf, hurdle_margin="0.205") == ["protect", "protect", "invest"]
    assert placed(shelf, big_from="600") == ["protect", "re-price", "re-price"]


def test_the_lever_takes_the_companys_price_rise(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(tables(*QUADRANTS, accounts="ABC", setting="key,value\nlever_price,0.05\n"))
    rows = by_account(portfolio, "value_mix", SEPTEMBER)
    # B is big and poor: 5 % of 1200; C small: 600 x 0.32 - 120
    assert [rows[key]["lever_gain"] for key in "ABC"] == [None, pytest.approx(60), pytest.approx(72)]
    assert rows["B"]["lever"] == "60 more by raising prices 5 %, volume unchanged"
    assert rows["C"]["lever"] == "72 more at programme margin"


def test_a_programme_that_has_ended_is_not_running_whatever_its_status(shelf: Shelf) -> None:
    programmes = """
        programme_id,account_id,name,status,start_on,end_on,currency,own_commitment
        P1,A,Over,active,2024-01-01,2026-09-29,EUR,100
        P2,B,Last day,active,2024-01-01,2026-09-30,EUR,100
        P3,B,Not begun,active,2026-10-01,2027-09-30,EUR,100
        """
    portfolio = shelf.portfolio(tables(*QUADRANTS, accounts="ABC", programme=programmes))
    answer = portfolio.ask("co_innovation", SEPTEMBER)
    assert dict(answer.select("programme_id", "running").iter_rows()) == {"P1": False, "P2": True, "P3": False}
    view = PANELS["co_innovation"].view(answer, portfolio.context(SEPTEMBER))
    assert isinstance(view, Table)
    # B, where the 100 run, is not rich
    counted = "3 programmes, 1 running, 1 ended but still marked active"
    assert view.caption == f"0 % of 100 at accounts with programme margin, {counted}"
    # A is rich, and nothing runs there
    gaps = portfolio.ask("co_innovation_gaps", SEPTEMBER)
    assert gaps["account_id"].to_list() == ["A"]


def test_cumulative_profit_is_explained_as_what_it_is(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(LEFT)
    told = why(portfolio, "cumulative_profit", "B", filters=SEPTEMBER)
    assert told.value == 600
    assert [(row["label"], row["value"]) for row in told.inputs] == [("Account A", 480), ("Account B", 120)]
    part = why(portfolio, "cumulative_share", "B", filters=SEPTEMBER)
    assert part.value == pytest.approx(600 / 360)
    assert part.input("Profit of the accounts chosen") == 360


def test_a_budget_is_not_held_against_months_that_are_not_booked(shelf: Shelf) -> None:
    facts = beside("2026-08")
    plan = "".join(f"{key},{month}-01,EUR,90,60,10,budget\n" for key in "AB" for month in months("2025-10", "2026-09"))
    actual = (
        facts["financial_period"].replace("\n", ",actual\n").replace("cost_to_serve,actual", "cost_to_serve,scenario")
    )
    portfolio = shelf.portfolio(facts | {"financial_period": actual + plan})
    rows = by_account(portfolio, "account_profile", SEPTEMBER)
    assert (rows["A"]["revenue_to_budget"], rows["A"]["profit_to_budget"]) == (pytest.approx(1200 / 1080 - 1), 120)
    assert (rows["B"]["budget_revenue"], rows["B"]["revenue_to_budget"], rows["B"]["profit_to_budget"]) == (
        1080,
        None,
        None,
    )


def test_the_page_says_what_could_not_be_judged_and_not_that_all_is_well(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(tables(booked("A", "2024-01", "2026-09"), accounts="A"))
    # of the sixteen rules the money has four: loss, empty growth, unknown profit, stopped
    lacking = "4 of 16 rules; no sponsorships, no activities, no contacts, no assessments, no plans"
    assert page(portfolio, "A", SEPTEMBER)[1].strip() == (
        f"No reason known; {lacking}: not scored, margin 30 %, coverage not known, plan not known"
    )
    told = why(portfolio, "attention", "A", filters=SEPTEMBER)
    assert told.words == f"no reason known; {lacking}"
    assert "No serious reason known." in {row["words"] for row in told.of("note")}

"""The headline sentences, in every state of a portfolio."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from kaptui.filters import Context
from kaptui.headlines import account, overview
from kaptui.text import accounts, reasons, window
from tests.contexts import CONTEXT

NO_FIGURES = replace(CONTEXT, has_figures=False, first_figures=date(2027, 2, 1))


def portfolio(accounts: int | None, needing: int | None, part: float | None = None) -> dict[str, Any]:
    """A row of the portfolio in which every rule could be judged."""
    needs = {"accounts": accounts, "attention_accounts": needing, "attention_revenue_share": part}
    return needs | {"rules_judged": 16, "rules": 16, "rules_lack": None}


def reason(account: str, code: str, serious: bool = True, detail: str = "", amount: float | None = None) -> Any:
    return {"account_id": account, "reason": code, "serious": serious, "detail": detail, "amount": amount}


def test_overview_names_the_most_frequent_serious_reasons() -> None:
    reasons = [reason(f"A{n}", "side_uncovered") for n in (1, 2, 3)]
    reasons += [reason(f"A{n}", "loses_money") for n in (4, 5)]
    reasons += [reason("A1", "plan_missing", serious=False)] * 9
    assert overview.overview_headline(portfolio(24, 5, 0.31), reasons, CONTEXT) == (
        "5 of 24 accounts need you, 31 % of revenue: 3 with one side open, 2 losing money"
    )


def test_silence_says_how_many_rules_could_be_judged() -> None:
    row = portfolio(24, 0, 0.0) | {"rules_judged": 4, "rules_lack": "no activities, no plans"}
    assert overview.overview_headline(row, [], CONTEXT) == (
        "None of 24 accounts is known to need you; 4 of 16 rules; no activities, no plans"
    )
    needing = portfolio(24, 1, 0.5) | {"rules_judged": 15, "rules_lack": "no plan reviews"}
    assert overview.overview_headline(needing, [reason("A1", "no_live_sponsor")], CONTEXT) == (
        "1 of 24 accounts needs you, 50 % of revenue: 1 with no live sponsor; 15 of 16 rules; no plan reviews"
    )


def test_a_base_tells_who_left_the_programme() -> None:
    assert accounts.base_in_words(48, 2, 48) == "46 in the programme, 2 exited"
    assert accounts.base_in_words(48, 2, 48, short=True) == "46 + 2 exited"
    assert accounts.base_in_words(24, 1, 48) == "24 of 48 accounts, 1 exited"
    assert accounts.base_in_words(24, 0, 48) == "24 of 48 accounts"
    assert accounts.base_in_words(48, 0, 48) == "48 of 48 accounts"


def test_overview_counts_accounts_that_only_have_other_reasons() -> None:
    codes = {
        "A1": ["loses_money", "plan_expired"],
        "A2": ["loses_money"],
        "A3": ["factors_red"],
        "A4": ["own_rule"],
    }
    reasons = [reason(account, code) for account, found in codes.items() for code in found]
    assert overview.overview_headline(portfolio(9, 4), reasons, CONTEXT) == (
        "4 of 9 accounts need you: 2 losing money, 1 with red factors, 1 for other reasons"
    )


@pytest.mark.parametrize(
    ("losing", "said"),
    [
        ((1, 2), "4 of 9 accounts need you: 3 with one side open, 2 of them losing money, 1 for other reasons"),
        ((2, 5), "5 of 9 accounts need you: 3 with one side open, 2 losing money (1 both), 1 for other reasons"),
        ((5, 6), "6 of 9 accounts need you: 3 with one side open, 2 losing money, 1 for other reasons"),
    ],
)
def test_overview_says_who_is_counted_twice(losing: tuple[int, ...], said: str) -> None:
    reasons = [reason(f"A{n}", "side_uncovered") for n in (1, 2, 3)]
    reasons += [reason("A4", "plan_expired"), *(reason(f"A{n}", "loses_money") for n in losing)]
    needing = len({row["account_id"] for row in reasons})
    assert overview.overview_headline(portfolio(9, needing), reasons, CONTEXT) == said


@pytest.mark.parametrize(
    ("row", "reasons", "context", "in_file", "said"),
    [
        (portfolio(24, 0, 0.0), [], CONTEXT, 24, "None of 24 accounts needs you"),
        (portfolio(1, 0), [], CONTEXT, 1, "None of 1 account needs you"),
        (
            portfolio(1, 1, None),
            [reason("A1", "own_rule")],
            CONTEXT,
            None,
            "1 of 1 account needs you: 1 with own rule",
        ),
        (portfolio(0, 0), [], CONTEXT, 48, "None of 48 accounts matches the filter"),
        (portfolio(0, None), [], CONTEXT, None, "No account matches the filter"),
        (portfolio(0, 0), [], CONTEXT, 0, "This file holds no accounts yet: fill account.csv and load again"),
        (
            portfolio(24, 0),
            [],
            NO_FIGURES,
            24,
            "None of 24 accounts needs you; figures begin 2027-02; try --as-of 2027-02-28",
        ),
    ],
)
def test_overview_in_every_state(
    row: dict[str, Any], reasons: list[Any], context: Context, in_file: int | None, said: str
) -> None:
    assert overview.overview_headline(row, reasons, context, in_file) == said


def test_no_figures_says_what_to_type() -> None:
    assert window.no_figures(CONTEXT) == ""
    assert window.no_figures(NO_FIGURES) == "figures begin 2027-02; try --as-of 2027-02-28"
    never = replace(NO_FIGURES, first_figures=None)
    assert window.no_figures(never) == "no figures in this file: fill financial_period.csv"
    hole = replace(NO_FIGURES, first_figures=date(2013, 1, 1))
    assert window.no_figures(hole) == "no figures in the 12 months to Oct 2026"


def test_what_figures_lack_is_said() -> None:
    assert window.figures_state(CONTEXT) == "" == "; ".join(window.figure_remarks(CONTEXT))
    behind = replace(CONTEXT, months_unbooked=1)
    assert window.not_booked(behind) == "figures end Oct 2026, November is not booked yet"
    assert window.not_booked(replace(behind, months_unbooked=2)).endswith("November and December are not booked yet")
    assert window.not_booked(replace(behind, months_unbooked=30)).endswith("the 30 months since are not booked yet")
    short = replace(CONTEXT, first_figures=date(2025, 1, 1), months_known_before=10)
    assert window.short_history(short) == "history begins Jan 2025: 10 of 12 months a year earlier"
    inside = replace(CONTEXT, first_figures=date(2026, 2, 1), months_known_before=0)
    assert window.short_history(inside) == (
        "history begins Feb 2026: 9 of 12 months of the window and 0 of 12 months a year earlier"
    )
    gross = replace(CONTEXT, basis="gross", cost_to_serve_share=0.404)
    assert window.figure_remarks(gross) == [
        "profit is gross: cost to serve is known for 40 % of revenue only; --basis contribution counts those"
    ]
    assert window.of_known_revenue({"revenue": 185e6, "known_revenue": 179e6}) == "of the 179.0m with known profit"
    assert window.of_known_revenue({"revenue": 179e6, "known_revenue": 179e6}) == ""


def test_windows_in_words() -> None:
    assert window.window_words(CONTEXT) == "12 months to Oct 2026"
    year = replace(CONTEXT, window="ytd", window_start=date(2026, 1, 1), window_months=10)
    assert window.window_words(year) == "since January 2026"
    fiscal = replace(CONTEXT, window="ytd", window_start=date(2025, 12, 1), window_months=11)
    assert window.window_words(fiscal) == "since December 2025"
    whole = replace(CONTEXT, window="ytd", window_start=date(2025, 11, 1), window_months=12)
    assert window.window_words(whole) == "12 months to Oct 2026"
    assert window.window_words(replace(year, window_end=date(2026, 1, 31))) == "since January 2026"


def test_comparison_in_words() -> None:
    assert window.compared(CONTEXT) == "vs review Q3 2026"
    assert window.compared(replace(CONTEXT, since_label="")) == "vs 20 Aug 2026"


HELVIA = {"status": "active", "index": 61.6, "margin": 0.091, "coverage": "full", "plan_status": "alive"}


def test_account_that_needs_a_decision() -> None:
    reasons = [
        reason("A1", "loses_money", amount=600_000, detail="loses 600k"),
        reason("A1", "side_uncovered", detail="no sponsor at customer since 2 Oct"),
        reason("A1", "plan_expired"),
        reason("A1", "single_thread", serious=False, detail="1 contact"),
    ]
    assert account.account_headline(HELVIA, reasons) == (
        "Needs a decision: loses 0.6m; no sponsor at customer since 2 Oct; plan expired"
    )
    assert account.account_headline(HELVIA, reasons[3:]) == "No serious reason; watch: 1 contact"


def test_account_on_track_or_unknown() -> None:
    known = "No reason for attention: index 62, margin 9.1 %, coverage full, plan alive"
    assert account.account_headline(HELVIA, []) == known
    unknown = {**HELVIA, "index": None, "margin": None, "coverage": "none", "plan_status": "none"}
    said = "No reason for attention: not scored, profit unknown, coverage none, plan none"
    assert account.account_headline(unknown, []) == said
    assert account.account_headline({**HELVIA, "status": "exited"}, []) == "Exited: raises no reasons"


def test_an_account_whose_rules_cannot_all_be_judged_says_what_is_lacking() -> None:
    row = {**HELVIA, "coverage": None, "plan_status": None}
    judged = accounts.rules_words({"rules_judged": 3, "rules": 16, "rules_lack": "no activities, no plans"})
    assert account.account_headline(row, [], judged) == (
        "No reason known; 3 of 16 rules; no activities, no plans: "
        "index 62, margin 9.1 %, coverage not known, plan not known"
    )
    minor = [reason("A1", "single_thread", serious=False, detail="1 contact")]
    assert account.account_headline(row, minor, judged) == (
        "No serious reason known; watch: 1 contact; 3 of 16 rules; no activities, no plans"
    )
    assert account.account_headline({**row, "status": "exited"}, [], judged) == "Exited: raises no reasons"


def test_reasons_in_short_words() -> None:
    assert reasons.reasons_in_words("loses_money; side_stale; own_rule") == "loses money; sponsor silent; own rule"
    assert reasons.reasons_in_words(None) == ""
    assert reasons.reasons_in_words("side_uncovered") == "side open"
    assert reasons.reasons_in_words("side_uncovered", ["external"]) == "no sponsor at customer"
    assert reasons.reasons_in_words("side_uncovered", ["internal", "external"]) == "both sides open"
    assert reasons.reasons_in_words("side_stale", ["internal"]) == "sponsor silent", "the reason was not raised"


def test_what_left_the_programme_is_neither_late_nor_stopped() -> None:
    frame = pl.DataFrame({"status": ["active", "exited", "exited"], "figures": ["stopped", "stopped", "none"]})
    assert window.figures_tally(frame) == "1 stopped, 1 without figures"

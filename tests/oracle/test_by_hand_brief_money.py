"""What the Brief says of money, worked out by hand: falls, growth without profit, losses, the bridge, pricing.

All cases are accounts of one portfolio, a region each: it is loaded once, and one answer tells all lines of a case.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kaptui.filters import Filters
from tests.reference.answers import Ask
from tests.reference.facts import Row


def _years() -> str:
    """24 months of each account: what it sells and what that costs, every month the same but from the days below on.

    `priced` is what of it is value priced and what is sold at cost plus; empty: not known.
    """
    rows = ["account_id,period_start,currency,revenue,cogs,revenue_value_priced,revenue_cost_plus"]
    steady: dict[str, tuple[float | str, ...]] = {
        "D": (100, 50, 50, 50),
        "P": (100, 90, 0, 100),
        "L": (100, 130, "", ""),
        "S": (100, 100.25, "", ""),
    }
    steady |= {"X": (100, 110, "", ""), "U": (100, "", "", "")}
    steady |= {"K1": (100, 50, 0, 100), "K2": (100, 50, 0, 100), "K3": (100, 50, "", ""), "K4": (100, 50, 50, 50)}
    steady |= {"Q1": (100, 90, 10, 90), "Q2": (100, 90, 10, 90), "Q3": (100, 90, "", ""), "Q4": (100, 90, "", "")}
    for at in range(24):
        month = date(2024 + (at + 6) // 12, (at + 6) % 12 + 1, 1)
        since_april = month >= date(2026, 4, 1)
        told = steady | {
            "A": (100, 80 if since_april else 70, 50, 50),
            "B": (110, 105, 0, 110) if month >= date(2025, 7, 1) else (100, 90, 0, 100),
            "C": (100, 60 if since_april else 70, "", ""),
        }
        if month >= date(2026, 1, 1):
            told["E"] = (100, 50, 10, 90)
        rows += [f"{key},{month},EUR,{','.join(map(str, cells))}" for key, cells in told.items()]
    return "\n".join(rows) + "\n"


YEARS = {
    "account": """
        account_id,name,tier,status,region
        A,Anna,1,active,North
        B,Bob,1,active,North
        C,Cleo,1,active,North
        D,Dora,1,active,South
        P,Paul,1,active,South
        E,Egon,1,active,East
        L,Lia,1,active,West
        S,Slim,1,active,West
        X,Gone,1,exited,West
        U,Una,1,active,Void
        K1,Kim,1,active,One
        Q1,Quin,1,active,One
        K2,Kim,1,active,Two
        Q2,Quin,1,active,Two
        K3,Kim,1,active,Three
        Q3,Quin,1,active,Three
        K4,Kim,1,active,Four
        Q4,Quin,1,active,Four
        """,
    "financial_period": _years(),
    "assessment": """
        account_id,factor_id,assessed_on,score
        A,1,2026-01-15,3
        A,1,2026-05-01,1
        B,2,2026-01-15,2
        B,2,2026-05-01,1
        C,1,2026-01-15,3
        C,1,2026-05-01,3
        D,1,2026-01-15,3
        """,
    "programme": """
        programme_id,account_id,name,kind,status,start_on,end_on,currency,own_commitment
        1,A,Rich,product,active,2025-01-01,,EUR,50
        2,B,Poor,product,active,2026-01-01,,EUR,40
        3,B,Untold,product,active,2026-01-01,,USD,90
        4,B,Later,product,active,2026-07-01,,EUR,500
        5,C,Over,product,done,2025-01-01,,EUR,700
        6,D,Rich,product,active,2025-01-01,,EUR,75
        7,P,Poor,product,active,2026-01-01,,EUR,30
        8,E,Young,product,active,2026-02-01,,EUR,10
        9,L,Proposed,product,proposed,2026-01-01,,EUR,10
        11,K1,Rich,product,active,2025-01-01,,EUR,40
        12,Q1,Poor,product,active,2025-01-01,,EUR,50
        21,K2,Rich,product,active,2025-01-01,,EUR,60
        22,Q2,Poor,product,active,2025-01-01,,EUR,30
        31,K3,Rich,product,active,2025-01-01,,EUR,40
        32,Q3,Poor,product,active,2025-01-01,,EUR,50
        41,K4,Rich,product,active,2025-01-01,,EUR,60
        42,Q4,Poor,product,active,2025-01-01,,EUR,30
        """,
}
"""Gross profit of twelve months to June 2026, a year earlier, and to March 2026, which is the review:

    region  account      revenue   earlier  profit  earlier  at the review
    North   Anna            1200      1200     330      360            360    twenty a month since April, thirty before
            Bob             1320      1200      60      120             75    five a month since July 2025, ten before
            Cleo            1200      1200     390      360            360    forty a month since April, thirty before
    South   Dora, Paul      1200 each          600, 120                       the same every month
    East    Egon             600         -     300        -              -    since January 2026: no twelve months
    West    Lia, Slim, Gone 1200 each          -360, -3, -120                 the same every month; Gone has left
    Void    Una             1200       its cost is not known
    One ... Kim, Quin       1200 each          600, 120                       the same every month, four times

The programme, without Gone and Una, sells 18,720 and earns 4,317 of it: a margin of 23.06 %, above which are Anna,
Cleo, Dora and the four Kims. Of Egon too few months are known to be called rich or poor.
"""
MONEY_NOW = Filters(as_of=date(2026, 6, 30), since="2026-03-31")


def said_of_money(answer: Ask, regions: str) -> dict[str, Row]:
    """The rows of the Brief over the accounts of these regions."""
    where = " ".join(f"region:{region}" for region in regions.split())
    return answer(YEARS, "brief", replace(MONEY_NOW, where=where))


def test_falls_of_profit_and_scores_growth_and_the_bridge(answer: Ask) -> None:
    """Of 3,720 for 3,600: size 120 x 23.3 % = +28; mix -40 x 30 % + 80 x 10 % - 40 x 30 % = -16.

    Gross-margin rate: Anna 1200 x (27.5 % - 30 %) = -30, Bob 60 - 132 = -72, Cleo +30.
    """
    rows = said_of_money(answer, "North")
    assert {key: rows[key]["answer"] for key in "1234"} == {
        "1": "2 of 3 accounts earn 45 less since the review (Anna -30, Bob -15), others +30: net -15; "
        "2 scores fell by up to 50 points at 2 accounts: Anna, Bob",
        "2": "1 of 3 accounts, 1.3k revenue (35 %), earns 60 less than a year earlier: Bob -60",
        "3": "None of 3 accounts loses money; 1 would earn 244 more at programme margin (23 %)",
        "4": "Profit fell by 60 on a year earlier (3 accounts): gross margin took 72 (Bob -72, Anna -30), "
        "change in revenue brought 28, all else took 16",
    }
    assert {key: rows[key]["short"] for key in "1234"} == {
        "1": "2 of 3 earn 45 less; 2 scores fell",
        "2": "1 of 3 earns 60 less than a year earlier",
        "3": "None of 3 loses money; 1 below margin: +244",
        "4": "-60: gross margin -72, all else +12",
    }
    assert {key: rows[key]["who"] for key in "12349"} == {
        "1": "Anna -30, Bob -15; net -15; scores: Anna, Bob",
        "2": "1.3k revenue: Bob -60",
        "3": "programme margin 23 %",
        "4": "all else: revenue +28, mix -16; gross margin: Bob -72, Anna -30",
        "9": "elsewhere: Bob 40; value priced 50 % at margin or above, 0 % elsewhere",
    }
    told = ("accounts", "revenue", "amount", "direction", "filter")
    assert {key: tuple(rows[key][name] for name in told) for key in "1234"} == {
        "1": (2, 2520, -15, "worse", None),
        "2": (1, 1320, -60, None, "reason:empty_growth"),
        "3": (0, 0, 0, "neither", None),
        "4": (2, 2520, -60, None, None),
    }
    measured = ("measure", "value", "was", "change")
    assert {key: tuple(rows[key][name] for name in measured) for key in "12349"} == {
        "1": ("profit", 780, 795, -15),
        "2": ("profit", 60, 120, -60),
        "3": ("losses", 0, 0, 0),
        "4": ("profit", 780, 840, -60),
        "9": ("share", round(50 / 90, 9), None, None),
    }
    assert rows["9"]["answer"] == (
        "Partly: 56 % of 90 co-innovation money goes to accounts at programme margin (65 % of revenue), 40 to 1 other: "
        "Bob 40; 1 programme without a known amount; value priced 24 % of revenue: 50 % there, 0 % elsewhere"
    )
    assert (rows["9"]["accounts"], rows["9"]["amount"], rows["9"]["filter"]) == (1, 40, None)
    short = "Partly: 56 % of 90 co-innovation at margin; 24 % of revenue value priced"
    assert (rows["9"]["short"], rows["9"]["verdict"]) == (short, "partly")


def test_where_nothing_moved_nothing_is_made_of_it(answer: Ask) -> None:
    rows = said_of_money(answer, "South")
    assert {key: rows[key]["answer"] for key in "1234"} == {
        "1": "None of 2 accounts earns less since the review, in all profit did not move; no score fell",
        "2": "None of 2 accounts",
        "3": "None of 2 accounts loses money; 1 would earn 157 more at programme margin (23 %)",  # 276.73 - 120
        "4": "Profit did not move on a year earlier (2 accounts)",
    }
    assert [rows[key]["short"] for key in "124"] == [
        "None of 2 earns less; no score fell",
        "None of 2",
        "Profit did not move in a year",
    ]
    assert (rows["1"]["accounts"], rows["1"]["amount"], rows["1"]["direction"]) == (0, 0, "neither")
    assert rows["9"]["verdict"] == "right"  # 75 of 105, 71 %, where half of the revenue is


def test_what_is_not_known_at_both_dates_is_neither_a_fall_nor_none(answer: Ask) -> None:
    """Egon began in January: nothing of him is known at the review or a year earlier."""
    rows = said_of_money(answer, "East")
    assert {key: rows[key]["answer"] for key in "1234"} == {
        "1": "No profit is known at both dates; no score is known at both dates",
        "2": "Not known: no account can be compared with a year earlier",
        "3": "None of 1 account loses money",
        "4": "Profit rose by 300 on a year earlier (1 account): new accounts brought 300 (Egon +300)",
    }
    assert rows["4"]["short"] == "+300: new +300"
    for key in "12":
        told = ("accounts", "revenue", "amount", "direction", "filter", "measure", "value", "was", "change")
        assert not [rows[key][name] for name in told if rows[key][name] is not None]
    said = "10 to 1 other: Egon 10 (margin unknown); value priced 10 % of revenue, all elsewhere, not known there"
    assert rows["9"]["answer"].endswith(said)
    assert rows["9"]["short"] == "Right: 0 % of 10 co-innovation at margin; 10 % of revenue value priced"
    assert rows["9"]["who"] == (
        "elsewhere: Egon 10 (margin unknown); value priced not known at margin or above, 10 % elsewhere"
    )


def test_losses_and_what_programme_margin_would_be_worth(answer: Ask) -> None:
    """Slim loses 3 of 1200, which is under half a per cent; Gone has left: the Overview counts neither.

    Lia would earn 276.73 instead of -360, Slim instead of -3.
    """
    rows = said_of_money(answer, "West Void")
    assert {key: rows[key]["answer"] for key in "1234"} == {
        "1": "None of 3 accounts earns less since the review, in all profit did not move; 1 unknown; "
        "no score is known at both dates",
        "2": "None of 2 accounts; 1 not comparable",
        "3": "3 of 3 accounts lose 483 (1 exited, 1 by under 0.5 % of revenue): Lia -360, Gone -120, Slim -3; "
        "2 would earn 916 more at programme margin (23 %); profit of 1 unknown",
        "4": "Profit did not move on a year earlier (3 accounts, 1 left out)",
    }
    assert rows["1"]["short"] == "None of 3 earns less"  # of scores nothing is known
    assert rows["3"]["short"] == "3 of 3 lose 483; 2 below margin: +916"
    lose = "Lia -360, Gone -120, Slim -3; programme margin 23 %; profit of 1 unknown"
    assert [rows[number]["who"] for number in ("1", "3", "9")] == [None, lose, None]
    assert (rows["3"]["accounts"], rows["3"]["amount"], rows["3"]["filter"]) == (3, -483, "profit<0")
    assert rows["9"]["answer"] == (
        "No co-innovation programme is running; "
        "value pricing is not known: fill revenue_value_priced in financial_period.csv"
    )
    assert [rows["9"][name] for name in ("accounts", "revenue", "amount", "filter")] == [0, 0, None, None]


def test_co_innovation_and_pricing_at_the_right_accounts(answer: Ask) -> None:
    """Half of the revenue is Kim's, who is at programme margin, half is Quin's."""
    told = {region: said_of_money(answer, region)["9"] for region in ("One", "Two", "Three", "Four")}
    assert {region: (row["short"], row["verdict"]) for region, row in told.items()} == {
        "One": ("Wrong: 44 % of 90 co-innovation at margin; 5.0 % of revenue value priced", "wrong"),
        "Two": ("Partly: 67 % of 90 co-innovation at margin; 5.0 % of revenue value priced", "partly"),
        "Three": ("Wrong: 44 % of 90 co-innovation at margin", "wrong"),  # the money alone is judged
        "Four": ("Right: 67 % of 90 co-innovation at margin; 50 % of revenue value priced", "right"),
    }
    assert told["Four"]["answer"].endswith("; value priced 50 % of revenue, all there, not known elsewhere")

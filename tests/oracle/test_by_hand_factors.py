"""Three accounts worked out by hand: indexes, means, trend, freshness, confidence, claims, columns and rows.

As of 30 Jun 2026, compared with Q1 (31 Mar). Fresh to 183 days (from 29 Dec 2025), counted to 366 (from 29 Jun 2025).
Weights: TOP 2, QUA 1, OWN 1, NIL 0, together 4. Revenue of twelve months: Anna 300, Bob 100, Cleo none.

            TOP (of 4)             QUA (of 4)           OWN (of 3)          NIL (of 4)   index
    Anna    100, was 75, high      50 ageing, medium    66.7 new, low       0, medium    (2*100+50+66.7+0)/4 = 79.17
    Bob     100 expired, was 100   25, was 25, high     0, was 0, medium    --           (25+0)/2 = 12.5, half known
    Cleo    0, was 25, high        --                   -- (dated 1 Jul)    --           0/2 = 0, half known
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kaptui.filters import Filters
from tests.reference.answers import Ask

NOW = Filters(as_of=date(2026, 6, 30))

FACTS = {
    "setting": "key,value\nclaim_facts,1\n",
    "person": """
        person_id,name,level,variable_profit_share
        M,Mia Manager,3,0.6
        N,Nils Manager,3,0.4
        P,Piet Peer,3,
        """,
    "account": """
        account_id,name,manager_id,region
        A,Anna,M,DACH
        B,Bob,N,DACH
        C,Cleo,,
        """,
    "success_factor": """
        factor_id,code,name,weight,scale_max,provenance
        1,TOP,Top,2,4,article
        2,QUA,Quality,1,4,article
        3,OWN,Our own,1,3,own
        4,NIL,Nothing,0,4,own
        """,
    "review_point": """
        name,held_on
        Q4,2025-12-31
        Q1,2026-03-31
        """,
    "financial_period": """
        account_id,period_start,currency,revenue,cogs
        A,2026-05-01,EUR,300,100
        B,2026-05-01,EUR,100,50
        """,
    "stakeholder": """
        stakeholder_id,account_id,name,role,advisory_board
        S,C,Sam,buyer,true
        """,
    "assessment": """
        account_id,factor_id,assessed_on,score,assessor_id,evidence
        A,1,2025-12-01,3,P,seen
        A,1,2026-05-01,4,P,seen
        A,2,2025-09-01,2,M,seen
        A,3,2026-06-01,2,,
        A,4,2026-06-01,0,P,
        B,1,2025-06-28,4,P,seen
        B,2,2026-02-01,1,P,seen
        B,3,2026-01-01,0,P,
        C,1,2026-03-01,1,P,seen
        C,1,2026-04-15,0,P,seen
        C,3,2026-07-01,3,P,seen
        """,
}


def only(row: dict[str, Any], *names: str) -> list[Any]:
    """Some values of a row, in this order."""
    return [row[name] for name in names]


def test_every_score(answer: Ask) -> None:
    rows = answer(FACTS, "factor_scores", NOW)
    parts = ("index", "freshness", "confidence", "previous_index", "change")
    third = pytest.approx(200 / 3)
    assert {key: only(row, *parts) for key, row in rows.items()} == {
        "A/1": [100, "fresh", "high", 75, 25],
        "A/2": [50, "ageing", "medium", 50, 0],  # 302 days old; evidence, but by the account's own manager
        "A/3": [third, "fresh", "low", None, None],  # two thirds of the scale; neither evidence nor assessor
        "A/4": [0, "fresh", "medium", None, None],  # an independent assessor without evidence
        "B/1": [100, "expired", "high", 100, None],  # 367 days old: shown, counts no more, valid at Q1
        "B/2": [25, "fresh", "high", 25, 0],
        "B/3": [0, "fresh", "medium", 0, 0],
        "B/4": [None, "missing", None, None, None],
        "C/1": [0, "fresh", "high", 25, -25],
        "C/2": [None, "missing", None, None, None],
        "C/3": [None, "missing", None, None, None],  # assessed on the day after
        "C/4": [None, "missing", None, None, None],
    }


def test_every_account(answer: Ask) -> None:
    rows = answer(FACTS, "factor_accounts", NOW)
    parts = ("index", "change", "factors_known", "factors", "red", "weakest_factor", "account_problem")
    assert list(rows) == ["B", "C", "A"], "most red first, then the lowest index"
    assert {key: only(row, *parts) for key, row in rows.items()} == {
        # Moves of factors valid at both dates: TOP +25 (weight 2) and QUA 0 (weight 1) are 50/3.
        "A": [pytest.approx(950 / 12), pytest.approx(50 / 3), 4, 4, 1, "NIL", False],
        "B": [12.5, 0, 2, 4, 2, "OWN", False],
        "C": [0, -25, 1, 4, 1, "TOP", False],
    }
    ages = ("fresh", "ageing", "expired", "missing", "high", "medium", "low")
    assert only(rows["A"], *ages) == [3, 1, 0, 0, 1, 2, 1]
    assert only(rows["B"], *ages) == [2, 0, 1, 1, 1, 1, 0]
    assert only(rows["C"], *ages) == [1, 0, 0, 3, 1, 0, 0]


def test_every_factor(answer: Ask) -> None:
    rows = answer(FACTS, "factor_summary", NOW)
    parts = ("mean", "weighted_mean", "accounts_known", "revenue_known_share", "red", "amber", "green", "unknown")
    assert {row["code"]: only(row, *parts) for row in rows.values()} == {
        "TOP": [50, 100, 2, 0.75, 1, 0, 1, 1],  # Anna 100, Cleo 0; Cleo has no revenue
        "QUA": [37.5, 43.75, 2, 1, 1, 1, 0, 1],  # (50*300 + 25*100) / 400
        "OWN": [pytest.approx(100 / 3), pytest.approx(50), 2, 1, 1, 1, 0, 1],  # (66.7*300 + 0*100) / 400
        "NIL": [0, 0, 1, 0.75, 1, 0, 0, 2],
    }
    moves = ("change", "pairs", "rose", "fell")
    assert [only(row, *moves) for row in rows.values()] == [[0, 2, 1, 1], [0, 2, 0, 0], [0, 1, 0, 0], [None, 0, 0, 0]]
    worth = ("fresh", "ageing", "expired", "missing", "high", "medium", "low")
    assert [only(row, *worth) for row in rows.values()] == [
        [2, 0, 1, 0, 2, 0, 0],
        [1, 1, 0, 1, 1, 1, 0],
        [2, 0, 0, 1, 0, 1, 1],
        [1, 0, 0, 2, 0, 1, 0],
    ]
    # Every column is red in at least a quarter of those scored; the weakest is the one with the lowest mean.
    assert [row["programme_problem"] for row in rows.values()] == [True] * 4
    assert [row["weakness"] for row in rows.values()] == [4, 3, 2, 1]
    assert [row["red_revenue_share"] for row in rows.values()] == [0, 0.25, 0.25, 0.75]


def test_every_indicator_and_claim(answer: Ask) -> None:
    # Known of TOP is the seat on the advisory board; of QUA the profit index (A 0.667 / 0.625, B 0.5 / 0.625) and pay.
    facts = answer(FACTS, "factor_evidence", NOW)
    known = {key: row["met"] for key, row in facts.items() if row["met"] is not None}
    assert known == {
        "A/TOP/advisory_board_seat": False,
        "B/TOP/advisory_board_seat": False,
        "C/TOP/advisory_board_seat": True,
        "A/QUA/profit_index": True,
        "B/QUA/profit_index": False,
        "A/QUA/variable_profit_share": True,
        "B/QUA/variable_profit_share": False,
    }
    rows = answer(FACTS, "factor_scores", NOW)
    claims = {key: only(rows[key], "evidence_index", "claim") for key in ("A/1", "B/1", "C/1", "A/2", "B/2", "A/3")}
    assert claims == {
        "A/1": [0, "overclaimed"],
        "B/1": [0, "unknown"],
        "C/1": [100, "underclaimed"],
        "A/2": [100, "supported"],  # amber is no claim
        "B/2": [0, "supported"],
        "A/3": [None, "unknown"],  # a factor of one's own has no indicators
    }


def test_a_claim_needs_three_known_indicators(answer: Ask) -> None:
    rows = answer({name: text for name, text in FACTS.items() if name != "setting"}, "factor_scores", NOW)
    assert {row["claim"] for row in rows.values()} == {"unknown"}, "one of TOP and two of QUA are known"
    assert rows["A/1"]["evidence_index"] == 0, "it is shown all the same"


def test_every_gap_the_widest_first(answer: Ask) -> None:
    rows = answer(FACTS, "factor_gaps", NOW)
    parts = ("gap", "met", "not_met", "unknown", "met_indicators", "not_met_indicators")
    assert {key: only(row, *parts) for key, row in rows.items()} == {
        "A/1": [100, 0, 1, 4, None, "advisory_board_seat"],
        "C/1": [-100, 1, 0, 4, "advisory_board_seat", None],
        "A/2": [-50, 2, 0, 3, "profit_index; variable_profit_share", None],
        "B/2": [25, 0, 2, 3, None, "profit_index; variable_profit_share"],
    }
    assert list(rows) == ["A/1", "C/1", "A/2", "B/2"], "of equal gaps the one with more revenue first"
    assert rows["A/1"]["unknown_indicators"] == (
        "committee_decided; external_covered; internal_covered; leader_at_negotiation"
    )


def test_every_review_point(answer: Ask) -> None:
    rows = answer(FACTS, "factor_trend", NOW)
    parts = ("mean", "weighted_mean", "accounts_known", "change", "pairs")
    days = {"Q4": "2025-12-31", "Q1": "2026-03-31", "now": "2026-06-30"}
    found = {(row["code"], day): only(rows[f"{on}/{row['factor_id']}"], *parts)
             for day, on in days.items() for row in rows.values() if str(row["seen_on"]) == on}  # fmt: skip
    assert found == {
        # Revenue was first booked in May 2026: before, nothing is known that a score could weigh.
        ("TOP", "Q4"): [87.5, None, 2, None, 0],
        ("TOP", "Q1"): [pytest.approx(200 / 3), None, 3, 0, 2],  # with Cleo 25, who was not there before
        ("TOP", "now"): [50, 100, 2, 0, 2],  # Anna +25, Cleo -25; Bob has expired
        ("QUA", "Q4"): [50, None, 1, None, 0],
        ("QUA", "Q1"): [37.5, None, 2, 0, 1],
        ("QUA", "now"): [37.5, 43.75, 2, 0, 2],
        ("OWN", "Q4"): [None, None, 0, None, 0],
        ("OWN", "Q1"): [0, None, 1, None, 0],
        ("OWN", "now"): [pytest.approx(100 / 3), pytest.approx(50), 2, 0, 1],
        ("NIL", "Q4"): [None, None, 0, None, 0],
        ("NIL", "Q1"): [None, None, 0, None, 0],
        ("NIL", "now"): [0, 0, 1, None, 0],
    }


def test_every_group(answer: Ask) -> None:
    rows = answer(FACTS, "factor_groups", NOW)
    parts = (
        "accounts",
        "accounts_known",
        "mean",
        "weighted_mean",
        "red",
        "index_mean",
        "index_weighted",
        "revenue_share",
    )
    assert only(rows["region/DACH/1"], *parts) == [2, 1, 100, 100, 0, pytest.approx(550 / 12), pytest.approx(62.5), 1]
    assert only(rows["region/None/1"], *parts) == [1, 1, 0, None, 1, 0, None, 0]
    assert {key.rpartition("/")[0] for key in rows if key.startswith("manager/")} == {
        "manager/Mia Manager",
        "manager/Nils Manager",
        "manager/None",
    }
    # (79.17 + 12.5 + 0) / 3
    assert rows["all/None/1"]["index_mean"] == pytest.approx(1100 / 36)


def test_all_weights_nothing_leave_the_means_of_the_factors(answer: Ask) -> None:
    factors = FACTS["success_factor"].replace("Top,2", "Top,0").replace("Quality,1", "Quality,0")
    facts = FACTS | {"success_factor": factors.replace("own,1", "own,0")}
    rows = answer(facts, "factor_accounts", NOW)
    assert [row["index"] for row in rows.values()] == [None] * 3
    assert [row["change"] for row in rows.values()] == [None] * 3
    assert {key: (row["factors_known"], row["red"]) for key, row in rows.items()} == {
        "A": (4, 1),
        "B": (2, 2),
        "C": (1, 1),
    }
    assert [row["mean"] for row in answer(facts, "factor_summary", NOW).values()][:2] == [50, 37.5]


def test_thresholds_of_the_company_decide_colours_claims_and_problems(answer: Ask) -> None:
    facts = FACTS | {"setting": "key,value\nclaim_facts,1\nred_below,20\ngreen_from,50\nflat_points,30\n"}
    rows = answer(facts, "factor_summary", NOW)
    # QUA: Anna 50 is green now, Bob 25 amber. OWN: Anna 66.7 green.
    assert only(rows["2"], "red", "amber", "green") == [0, 1, 1]
    assert only(rows["3"], "red", "amber", "green") == [1, 0, 1]
    assert only(rows["1"], "rose", "fell") == [0, 0], "a move of 25 is flat now"
    assert rows["2"]["programme_problem"] is False
    assert answer(facts, "factor_scores", NOW)["A/2"]["claim"] == "supported"


def test_two_assessments_of_one_day_for_two_factors_both_count(answer: Ask) -> None:
    scores = "account_id,factor_id,assessed_on,score\nA,1,2026-06-01,4\nA,2,2026-06-01,1\n"
    rows = answer(FACTS | {"assessment": scores}, "factor_scores", NOW)
    assert [rows[f"A/{factor}"]["index"] for factor in (1, 2, 3)] == [100, 25, None]


def test_a_factor_that_nobody_scored_is_unknown_and_in_no_mean(answer: Ask) -> None:
    kept = [line for line in FACTS["assessment"].splitlines() if ",3,20" not in line]
    rows = answer(FACTS | {"assessment": "\n".join(kept)}, "factor_summary", NOW)
    unknown = ("mean", "weighted_mean", "accounts_known", "red", "unknown", "change", "programme_problem", "weakness")
    assert only(rows["3"], *unknown) == [None, None, 0, 0, 3, None, False, 4]
    accounts = answer(FACTS | {"assessment": "\n".join(kept)}, "factor_accounts", NOW)
    assert accounts["A"]["index"] == pytest.approx(250 / 3)  # (2*100 + 50) / 3
    assert accounts["B"]["index"] is None, "QUA alone is a quarter of the weight"


def test_a_factor_under_another_name_keeps_its_facts_under_another_code_it_has_none(answer: Ask) -> None:
    named = FACTS | {"success_factor": FACTS["success_factor"].replace("1,TOP,Top", "1,TOP,Chefsache")}
    assert answer(named, "factor_scores", NOW)["A/1"]["claim"] == "overclaimed"
    assert answer(named, "factor_summary", NOW)["1"]["name"] == "Chefsache"
    coded = FACTS | {"success_factor": FACTS["success_factor"].replace("1,TOP,Top", "1,CHEF,Chefsache")}
    rows = answer(coded, "factor_scores", NOW)
    assert only(rows["A/1"], "code", "index", "evidence_index", "claim") == ["CHEF", 100, None, "unknown"]
    assert {row["code"] for row in answer(coded, "factor_gaps", NOW).values()} == {"QUA"}


def test_a_row_problem_is_three_red_factors_and_a_column_problem_a_quarter_of_the_scored(answer: Ask) -> None:
    accounts = "account_id,name\n" + "".join(f"{key},{key}\n" for key in "ABCDE")
    scores = "account_id,factor_id,assessed_on,score\n" + "".join(f"{key},1,2026-06-01,4\n" for key in "BCDE")
    scores += "A,1,2026-06-01,0\nA,2,2026-06-01,1\nA,3,2026-06-01,1\nA,4,2026-06-01,4\n"
    money = "account_id,period_start,currency,revenue\n" + "".join(f"{key},2026-05-01,EUR,100\n" for key in "ABCDE")
    facts = {"account": accounts, "assessment": scores, "financial_period": money}
    assert answer(facts, "factor_accounts", NOW)["A"]["account_problem"] is True
    top = answer(facts, "factor_summary", NOW)["1"]
    assert only(top, "red", "accounts_known", "red_revenue_share", "programme_problem") == [1, 5, 0.2, False]
    # The same account with a quarter of the revenue makes it a column.
    heavy = facts | {"financial_period": money.replace("A,2026-05-01,EUR,100", "A,2026-05-01,EUR,134")}
    assert answer(heavy, "factor_summary", NOW)["1"]["programme_problem"] is True
    # One account less and a quarter is red.
    fewer = facts | {"assessment": scores.replace("E,1,2026-06-01,4\n", "")}
    assert answer(fewer, "factor_summary", NOW)["1"]["programme_problem"] is True

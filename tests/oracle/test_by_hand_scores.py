"""Scores worked out by hand: validity, index, confidence, weights, claims, and who needs the director."""

from __future__ import annotations

from datetime import date

import pytest

from kaptui.filters import Filters
from tests.reference.answers import Ask

NOW = Filters(as_of=date(2026, 6, 30), since="2026-03-31")

FACTS = {
    "person": """
        person_id,name,level
        M,Mia Manager,3
        P,Piet Peer,3
        """,
    "account": """
        account_id,name,manager_id,status
        A,Anna,M,active
        B,Bob,,active
        C,Cleo,M,active
        X,Exit,M,exited
        """,
    "financial_period": """
        account_id,period_start,currency,revenue,cogs
        A,2026-05-01,EUR,300,100
        B,2026-05-01,EUR,100,50
        X,2026-05-01,EUR,100,150
        """,
    "assessment": """
        account_id,factor_id,assessed_on,score,assessor_id,evidence
        A,1,2026-01-01,4,P,seen
        A,2,2025-06-29,2,M,"  "
        A,3,2025-06-28,1,M,seen
        A,4,2025-12-29,1,ZZ,seen
        A,4,2026-07-01,4,P,tomorrow
        B,1,2025-12-31,3,P,
        B,1,2026-05-01,1,P,
        B,2,2026-05-01,1,P,
        """,
}


def test_limits_of_freshness_are_inclusive(answer: Ask) -> None:
    rows = answer(FACTS, "factor_scores", NOW)
    found = [rows[f"A/{factor}"]["freshness"] for factor in range(1, 7)]
    assert found == ["fresh", "ageing", "expired", "fresh", "missing", "missing"]
    assert [rows[f"A/{factor}"]["index"] for factor in range(1, 7)] == [100, 50, 25, 25, None, None]
    assert [rows[f"A/{factor}"]["score"] for factor in range(1, 7)] == [4, 2, 1, 1, None, None]


def test_confidence_asks_for_evidence_and_an_independent_known_assessor(answer: Ask) -> None:
    rows = answer(FACTS, "factor_scores", NOW)
    found = [rows[f"A/{factor}"]["confidence"] for factor in range(1, 7)]
    assert found == ["high", "low", "medium", "medium", None, None]
    assert rows["B/1"]["confidence"] == "medium"


def test_change_needs_a_valid_score_at_both_dates(answer: Ask) -> None:
    rows = answer(FACTS, "factor_scores", NOW)
    assert (rows["B/1"]["previous_index"], rows["B/1"]["change"]) == (75, -50)
    assert (rows["B/2"]["previous_index"], rows["B/2"]["change"]) == (None, None)
    # Valid in March, expired in June.
    assert (rows["A/3"]["previous_index"], rows["A/3"]["change"]) == (25, None)


def test_index_needs_half_of_the_weight(answer: Ask) -> None:
    rows = answer(FACTS, "accounts", NOW)
    assert rows["A"]["index"] == pytest.approx(175 / 3)
    assert [rows[key]["index"] for key in "BC"] == [None, None]
    assert [rows[key]["factors_known"] for key in "ABC"] == [3, 2, 0]
    assert [rows[key]["weakest_factor"] for key in "ABC"] == ["TEA", "TOP", None]


def test_factor_means_plain_and_weighted_by_revenue(answer: Ask) -> None:
    row = answer(FACTS, "factor_summary", NOW)["1"]
    assert (row["mean"], row["weighted_mean"]) == pytest.approx((62.5, 81.25))
    assert (row["accounts_known"], row["accounts"]) == (2, 3), "the fourth has left the programme"
    assert row["revenue_known_share"] == pytest.approx(1), "both whose revenue is known"
    assert [row[name] for name in ("red", "amber", "green", "unknown")] == [1, 0, 1, 1]
    assert row["change"] == pytest.approx(-25)  # Anna 0, Bob -50


def test_own_weights_and_scales(answer: Ask) -> None:
    factors = "factor_id,code,name,weight,scale_max\n1,ONE,One,3,10\n2,TWO,Two,1,4\n3,NIL,Nothing,0,4\n"
    scores = """
        account_id,factor_id,assessed_on,score
        A,1,2026-06-01,5
        A,2,2026-06-01,4
        A,3,2026-06-01,0
        B,2,2026-06-01,4
        """
    rows = answer(FACTS | {"success_factor": factors, "assessment": scores}, "accounts", NOW)
    assert rows["A"]["index"] == pytest.approx((3 * 50 + 100) / 4)
    assert (rows["A"]["factors_known"], rows["A"]["weakest_factor"]) == (3, "NIL")
    assert (rows["B"]["index"], rows["B"]["factors_known"]) == (None, 1)


def test_attention_counts_serious_reasons_and_leaves_exited_accounts_alone(answer: Ask) -> None:
    reasons = answer(FACTS, "attention_reasons", NOW)
    assert set(reasons) == {"B/factor_fell"}
    assert (reasons["B/factor_fell"]["serious"], reasons["B/factor_fell"]["amount"]) == (False, 100)
    assert answer(FACTS, "attention", NOW) == {}


def test_attention_on_money_and_red_factors(answer: Ask) -> None:
    periods = """
        account_id,period_start,currency,revenue,cogs
        A,2024-06-01,EUR,0,0
        A,2025-05-01,EUR,200,50
        A,2026-05-01,EUR,300,320
        B,2024-06-01,EUR,0,0
        B,2025-05-01,EUR,200,50
        B,2026-05-01,EUR,300,200
        X,2026-05-01,EUR,100,150
        """
    scores = "account_id,factor_id,assessed_on,score\nB,1,2026-06-01,1\nB,2,2026-06-01,0\nB,3,2026-06-01,1\n"
    facts = FACTS | {"financial_period": periods, "assessment": scores}
    rows = answer(facts, "attention", NOW)
    assert {key: (row["serious"], row["reasons"]) for key, row in rows.items()} == {
        "A": (2, "loses_money; empty_growth"),
        "B": (2, "empty_growth; factors_red"),
    }
    reasons = answer(facts, "attention_reasons", NOW)
    assert reasons["A/loses_money"]["amount"] == 20
    assert reasons["A/empty_growth"]["amount"] == 170
    assert reasons["B/factors_red"]["amount"] == 300


@pytest.mark.parametrize(
    ("score", "contact", "claim"),
    [(4, "false", "overclaimed"), (4, "true", "supported"), (1, "true", "underclaimed")],
)
def test_claim_against_evidence(answer: Ask, score: int, contact: str, claim: str) -> None:
    # The only known indicator of TOP is the advisory-board seat: no sponsorship, no activity in the file.
    facts = FACTS | {
        "setting": "key,value\nclaim_facts,1\n",
        "assessment": f"account_id,factor_id,assessed_on,score\nA,1,2026-06-01,{score}\n",
        "stakeholder": f"stakeholder_id,account_id,name,role,advisory_board\nS,A,Sam,buyer,{contact}\n",
    }
    row = answer(facts, "factor_scores", NOW)["A/1"]
    assert (row["evidence_index"], row["claim"]) == (100 if contact == "true" else 0, claim)

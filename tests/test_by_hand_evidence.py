"""Evidence worked out by hand: each indicator on its limit, beyond it, and without what it needs."""

from __future__ import annotations

from datetime import date

import pytest
from reference.answers import Ask
from reference.shelf import Shelf

from kaptui.filters import Filters

NOW = Filters(as_of=date(2026, 6, 30))

# Anna stands on every limit, Bob a day or a cent beyond it, Cleo has nothing, Dora only a plan without content.
FACTS = {
    "person": """
        person_id,name,function,level,trained_on,variable_profit_share
        M,Mia,Sales,3,2024-06-30,0.5
        N,Nora,sales,3,2024-06-29,0.49
        L,Lea,Finance,5,,
        R,Rob,R&D,3,,
        """,
    "account": """
        account_id,name,manager_id,manager_since,selected_on,selection_score,kept_on
        A,Anna,M,2025-06-30,2025-06-30,5,2025-06-30
        B,Bob,N,2025-07-01,2025-06-29,5,2025-06-29
        C,Cleo,,,,,
        D,Dora,M,,2026-01-01,,
        """,
    "plan": """
        plan_id,account_id,name,status,start_on,end_on,shared_with_customer_on
        a,A,Anna's,active,2026-01-01,2027-06-30,2026-06-30
        b,B,Bob's,active,2026-01-01,2027-06-29,2026-07-01
        d,D,Dora's,active,2026-01-01,,
        """,
    "objective": """
        objective_id,plan_id,name,status,due_on,target_value
        1,a,far,new,2027-07-01,4
        2,a,near,new,2027-06-30,
        3,b,near,new,2027-06-30,4
        4,b,near,new,2027-06-30,
        5,b,near,new,2027-06-30,
        """,
    "action": """
        action_id,objective_id,name,owner_id
        1,1,x,M
        2,1,x,L
        3,2,x,R
        4,3,x,M
        5,3,x,N
        6,4,x,L
        """,
    "plan_review": """
        review_id,plan_id,reviewed_on,customer_present
        1,a,2025-12-29,
        2,a,2025-06-30,true
        3,b,2025-12-28,false
        4,b,2025-06-29,true
        """,
    "programme": """
        programme_id,account_id,name,status,start_on,end_on,currency,own_commitment,committee_on
        1,A,x,active,2026-01-01,2027-01-02,EUR,1,2024-06-30
        2,B,x,active,2026-01-01,2027-01-01,EUR,1,2024-06-29
        3,D,x,active,2026-01-01,,EUR,1,
        """,
    "stakeholder": """
        stakeholder_id,account_id,name,role,active,advisory_board
        1,A,Ada,cfo,true,true
        2,B,Ben,cfo,false,true
        """,
    "sponsorship": """
        sponsorship_id,account_id,person_id,side,start_on
        1,A,R,internal,2025-01-01
        """,
    "activity": """
        activity_id,account_id,person_id,side,kind,occurred_on
        1,A,R,internal,call,2026-06-01
        2,A,M,external,year_end_negotiation,2024-12-01
        3,A,R,external,year_end_negotiation,2025-12-01
        4,B,L,external,year_end_negotiation,2024-12-01
        5,B,R,external,year_end_negotiation,2025-12-01
        """,
    "financial_period": """
        account_id,period_start,currency,revenue,cogs,revenue_value_priced,revenue_cost_plus
        A,2025-02-01,EUR,100,50,,
        A,2026-02-01,EUR,110,60,50,50
        B,2025-02-01,EUR,100,50,,
        B,2026-02-01,EUR,110,61,49,51
        """,
}
EXPECTED = {
    "internal_covered": (True, False, False, False),
    "external_covered": (False, False, False, False),
    "leader_at_negotiation": (True, False, None, None),
    "advisory_board_seat": (True, False, False, False),
    "committee_decided": (True, False, False, False),
    "profit_index": (True, False, None, None),
    "profit_not_falling": (True, False, None, None),
    "value_priced_share": (True, False, None, None),
    "long_programme": (True, False, False, None),
    "variable_profit_share": (True, False, None, True),
    "plan_horizon": (True, False, False, None),
    "plan_reviewed": (True, False, False, False),
    "long_objectives_share": (True, False, False, None),
    "measured_objectives_share": (True, False, False, None),
    "action_functions": (True, False, False, False),
    "outside_sales_share": (True, False, None, None),
    "shared_with_customer": (True, False, False, False),
    "customer_at_review": (True, False, False, False),
    "manager_named": (True, True, False, True),
    "accounts_per_manager": (True, True, None, True),
    "manager_trained": (True, False, None, True),
    "manager_tenure": (True, False, None, None),
    "selection_scored": (True, False, None, None),
    "kept_on_decision": (True, False, None, None),
}


@pytest.mark.parametrize("indicator", EXPECTED)
def test_indicator(answer: Ask, indicator: str) -> None:
    rows = answer(FACTS, "factor_evidence", NOW).values()
    met = {row["account_id"]: row["met"] for row in rows if row["indicator"] == indicator}
    assert met == dict(zip("ABCD", EXPECTED[indicator], strict=True))


def test_there_is_one_row_per_account_factor_and_indicator(answer: Ask) -> None:
    rows = answer(FACTS, "factor_evidence", NOW)
    assert len(rows) == len(EXPECTED) * 4
    indexes = answer(FACTS, "factor_scores", NOW)
    assert indexes["A/1"]["evidence_index"] == 80
    assert indexes["B/6"]["evidence_index"] == 0
    assert indexes["D/6"]["evidence_index"] is None


def test_a_factor_the_file_does_not_have_has_no_evidence(answer: Ask) -> None:
    factors = "factor_id,code,name\n1,TOP,Top\n2,OWN,Our own\n"
    rows = answer(FACTS | {"success_factor": factors}, "factor_evidence", NOW).values()
    assert {row["code"] for row in rows} == {"TOP"}


def test_profit_not_falling_looks_at_twelve_months_under_either_window(answer: Ask) -> None:
    periods = """
        account_id,period_start,currency,revenue,cogs
        A,2024-12-01,EUR,100,50
        A,2025-12-01,EUR,200,190
        A,2026-02-01,EUR,100,50
        """
    for window in (NOW, Filters(as_of=NOW.as_of, window="ytd")):
        rows = answer(FACTS | {"financial_period": periods}, "factor_evidence", window)
        # Revenue 100 to 300, profit 50 to 60: rises with it.
        assert rows["A/QUA/profit_not_falling"]["met"] is True


def test_an_unknown_profit_leaves_the_indicator_unknown(answer: Ask) -> None:
    periods = """
        account_id,period_start,currency,revenue,cogs
        A,2025-02-01,EUR,100,50
        A,2026-02-01,EUR,90,
        """
    rows = answer(FACTS | {"financial_period": periods}, "factor_evidence", NOW)
    assert rows["A/QUA/profit_not_falling"]["met"] is None


def test_each_indicator_names_the_rows_it_rests_on(shelf: Shelf) -> None:
    """Line 1 of a file is its heading: the first row is row 2."""
    rows = shelf.portfolio(FACTS).ask("factor_evidence", NOW).to_dicts()
    found = {(row["account_id"], row["indicator"]): row["source"] for row in rows}
    assert found["A", "internal_covered"] == "activity row 2; sponsorship row 2"
    assert found["A", "external_covered"] == "sponsorship, activity", "nobody is assigned on that side"
    assert found["A", "advisory_board_seat"] == "stakeholder row 2"
    assert found["B", "advisory_board_seat"] == "stakeholder", "Ben has left"
    assert found["B", "committee_decided"] == "programme row 3"
    assert found["A", "plan_reviewed"] == found["A", "customer_at_review"] == "plan_review rows 3, 2"
    assert found["B", "long_objectives_share"] == "objective rows 6, 5, 4"
    assert found["A", "action_functions"] == "action rows 4, 3, 2"
    assert found["A", "profit_index"] == "financial_period row 3"
    assert found["A", "profit_not_falling"] == "financial_period rows 3, 2"
    assert found["B", "manager_named"] == "account row 3"
    assert found["B", "manager_trained"] == "person row 3"

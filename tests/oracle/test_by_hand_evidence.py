"""Evidence worked out by hand: each indicator on its limit, beyond it, and without what it needs."""

from __future__ import annotations

from datetime import date

import pytest

from kaptui.filters import Filters
from tests.reference.answers import Ask

NOW = Filters(as_of=date(2026, 6, 30))

# Anna stands on every limit, Bob a day or a cent beyond it, Cleo has nothing, Dora only a plan without content.
# Figures end in February 2026, so the year before begins in March 2024: from there on the file must have booked.
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
        1,A,R,internal,exec_meeting,2026-06-01
        2,A,M,external,year_end_negotiation,2024-12-01
        3,A,R,external,year_end_negotiation,2025-12-01
        4,B,L,external,year_end_negotiation,2024-12-01
        5,B,R,external,year_end_negotiation,2025-12-01
        """,
    "financial_period": """
        account_id,period_start,currency,revenue,cogs,revenue_value_priced,revenue_cost_plus
        A,2024-03-01,EUR,100,50,,
        A,2026-02-01,EUR,110,60,50,50
        B,2024-03-01,EUR,100,50,,
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
    "long_objectives_share": (True, False, False, False),
    "measured_objectives_share": (True, False, False, False),
    "action_functions": (True, False, False, False),
    "outside_sales_share": (True, False, False, None),
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
        A,2024-03-01,EUR,100,50
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
        A,2024-03-01,EUR,100,50
        A,2026-02-01,EUR,90,
        """
    rows = answer(FACTS | {"financial_period": periods}, "factor_evidence", NOW)
    assert rows["A/QUA/profit_not_falling"]["met"] is None


def test_each_indicator_names_the_rows_it_rests_on(answer: Ask) -> None:
    """Line 1 of a file is its heading: the first row is row 2. Where there is no row, the table is named."""
    rows = answer(FACTS, "factor_evidence", NOW).values()
    found = {(row["account_id"], row["indicator"]): row["source"] for row in rows}
    assert found["A", "internal_covered"] == "activity row 2; sponsorship row 2"
    assert found["A", "external_covered"] == "sponsorship, activity", "nobody is assigned on that side"
    assert found["A", "leader_at_negotiation"] == "activity row 4", "the one before was another"
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
    nothing = {name: found["C", name] for name in EXPECTED if name not in ("manager_named", "manager_tenure")}
    assert not [name for name, told in nothing.items() if " row" in told and not told.startswith("account row")]
    assert (nothing["leader_at_negotiation"], nothing["plan_horizon"]) == ("activity", "plan")
    assert nothing["variable_profit_share"] == nothing["manager_trained"] == "person"


def test_a_side_and_a_negotiation_rest_on_all_who_count(answer: Ask) -> None:
    """Rob stands inside twice, with an end in a year and without one; Lea no more, nor an assignment cancelled at once.

    Mia, who is no leader, and Rob were there together the last time.
    """
    more = {
        **FACTS,
        "sponsorship": """
            sponsorship_id,account_id,person_id,side,start_on,end_on
            1,A,R,internal,2025-01-01,2025-01-01
            2,A,L,internal,2025-01-01,2026-06-30
            3,A,R,internal,2025-01-01,2027-01-01
            4,A,R,internal,2026-01-01,
            5,A,R,internal,2026-07-01,
            """,
        "activity": FACTS["activity"].rstrip() + "\n        6,A,M,external,year_end_negotiation,2025-12-01\n        ",
    }
    rows = answer(more, "factor_evidence", NOW)
    assert rows["A/TOP/internal_covered"]["source"] == "activity row 2; sponsorship rows 5, 4"
    assert rows["A/TOP/leader_at_negotiation"]["source"] == "activity rows 7, 4"
    assert rows["A/TOP/leader_at_negotiation"]["met"] is True


def test_what_was_found_stands_beside_its_limit(answer: Ask) -> None:
    rows = answer(FACTS, "factor_evidence", NOW).values()
    found = {name: {row["account_id"]: row["value"] for row in rows if row["indicator"] == name} for name in EXPECTED}
    margin = 99 / 220  # profits 50 and 49 of 110 each
    assert found["profit_index"] == {
        "A": round(50 / 110 / margin, 9), "B": round(49 / 110 / margin, 9), "C": None, "D": None
    }  # fmt: skip
    assert found["value_priced_share"] == {"A": 0.5, "B": 0.49, "C": None, "D": None}
    assert found["variable_profit_share"] == {"A": 0.5, "B": 0.49, "C": None, "D": 0.5}
    assert found["long_objectives_share"] == {"A": 0.5, "B": 0, "C": 0, "D": 0}, (
        "without a plan, or in one without aims, nothing reaches far"
    )
    assert found["measured_objectives_share"] == {"A": 0.5, "B": round(1 / 3, 9), "C": 0, "D": 0}
    assert found["action_functions"] == {"A": 3, "B": 2, "C": 0, "D": 0}, "Sales and sales are one"
    assert found["outside_sales_share"] == {"A": round(2 / 3, 9), "B": round(1 / 3, 9), "C": 0, "D": None}
    assert found["accounts_per_manager"] == {"A": 2, "B": 1, "C": None, "D": 2}
    assert found["plan_horizon"] == {"A": 1, "B": 0, "C": 0, "D": None}
    limits = {row["indicator"]: row["threshold"] for row in rows}
    halves = {name for name in EXPECTED if name.endswith("_share")}
    assert limits == dict.fromkeys(EXPECTED, 1) | dict.fromkeys(halves, 0.5) | {
        "action_functions": 3, "accounts_per_manager": 8
    }  # fmt: skip


# Each limit so that it turns the answer for Anna or for Bob.
SETTINGS = {
    "committee_months": ("25", "committee_decided"),
    "profit_index": ("0.98", "profit_index"),
    "value_priced_share": ("0.49", "value_priced_share"),
    "programme_months": ("11", "long_programme"),
    "variable_profit_share": ("0.6", "variable_profit_share"),
    "plan_months": ("13", "plan_horizon"),
    "review_days": ("184", "plan_reviewed"),
    "long_objectives_share": ("0.6", "long_objectives_share"),
    "measured_objectives_share": ("0.3", "measured_objectives_share"),
    "action_functions": ("2", "action_functions"),
    "outside_sales_share": ("0.7", "outside_sales_share"),
    "customer_review_months": ("13", "customer_at_review"),
    "accounts_per_manager": ("1", "accounts_per_manager"),
    "trained_months": ("25", "manager_trained"),
    "tenure_months": ("11", "manager_tenure"),
    "selection_months": ("13", "selection_scored"),
    "keep_months": ("13", "kept_on_decision"),
}


def test_every_limit_is_a_setting(answer: Ask) -> None:
    lines = [f"indicator_{key},{value}" for key, (value, _) in SETTINGS.items()]
    moved = FACTS | {"setting": "\n".join(["key,value", *lines]) + "\n"}
    before, after = (answer(facts, "factor_evidence", NOW) for facts in (FACTS, moved))
    turned = {row["indicator"] for key, row in before.items() if row["met"] is not after[key]["met"]}
    assert turned == {name for _, name in SETTINGS.values()}
    limits = {row["indicator"]: row["threshold"] for row in after.values()}
    assert {name: limits[name] for key, (_, name) in SETTINGS.items() if key == name} == {
        name: float(value) for key, (value, name) in SETTINGS.items() if key == name
    }

"""What stands on the account page and on the Plans screen, worked out by hand: progress, lateness, budget, rank."""

from __future__ import annotations

from datetime import date

import pytest

from kaptui.filters import Filters
from tests.reference.answers import Ask
from tests.reference.shelf import Shelf

NOW = Filters(as_of=date(2026, 6, 30), since="2026-01-01")

FACTS = {
    "person": """
        person_id,name,function,level
        M,Mia,Sales,3
        L,Leo,Sales,5
        R,Rea,Research,4
        S,Sam, sales ,3
        """,
    "account": """
        account_id,name,manager_id
        A,Alpha,M
        B,Beta,M
        C,Gamma,
        D,Delta,M
        """,
    # B has two active plans: the one that starts last counts. C has none. D ends in eleven months.
    "plan": """
        plan_id,account_id,name,status,start_on,end_on,shared_with_customer_on,owner_id,vision
        a,A,Plan A,active,2026-01-01,2027-06-30,2026-02-01,M,more of it
        b1,B,Old B,active,2025-01-01,2027-12-31,2025-02-01,M,
        b2,B,New B,active,2026-01-01,2026-06-01,,M,
        d,D,Plan D,active,2026-01-01,2027-05-31,2026-07-15,,
        """,
    "plan_review": """
        review_id,plan_id,reviewed_on,outcome,chaired_by,customer_present
        r1,a,2026-03-01,fine,L,true
        r2,a,2026-06-01,sharpened,L,false
        r3,a,2026-07-01,not yet held,L,true
        r4,d,2025-11-01,late,L,
        """,
    # progress: (15-10)/(30-10) = 25 %; falling (40-48)/(24-48) = 33.3 %; worse than at start (8-10)/(20-10) = -20 %;
    # beyond the target (26-10)/(20-10) = 160 %; target = baseline: none; no current value: none; no target: none
    "objective": """
        objective_id,plan_id,name,status,due_on,joint,value_type,baseline_value,current_value,target_value
        o1,a,grow,in_progress,2026-12-31,true,percent,10,15,30
        o2,a,shrink,in_progress,2026-06-29,false,number,48,40,24
        o3,a,fell back,new,2026-06-30,,number,10,8,20
        o4,a,beyond,closed,2026-01-31,true,currency,10,26,20
        o5,a,nowhere,new,,,number,10,12,10
        o6,a,unknown,new,,,number,10,,20
        o7,a,words,new,,,,,,
        o8,b2,of B,new,,,,,,
        """,
    # open on 30 June: x1 (1 day late), x2 (due today: not late), x4 (done tomorrow, 29 days late), x5 (nobody)
    "action": """
        action_id,objective_id,name,owner_id,due_on,done_on
        x1,o1,one,M,2026-06-29,
        x2,o1,two,R,2026-06-30,
        x3,o2,three,R,2026-01-31,2026-06-30
        x4,o2,four,S,2026-06-01,2026-07-01
        x5,o8,five,,,
        """,
    "financial_period": """
        account_id,period_start,scenario,currency,revenue,cogs,cost_to_serve
        A,2026-06-01,actual,EUR,100,60,10
        A,2026-06-01,budget,EUR,120,60,10
        B,2026-06-01,actual,EUR,300,200,20
        C,2026-06-01,actual,EUR,100,50,10
        """,
}

YTD = Filters(as_of=date(2026, 1, 31), since="2026-01-01", window="ytd")
BUDGETED = {
    "person": FACTS["person"],
    "account": FACTS["account"],
    "financial_period": """
        account_id,period_start,scenario,currency,revenue,cogs,cost_to_serve
        A,2026-01-01,actual,EUR,90,60,10
        A,2026-01-01,budget,EUR,120,70,10
        B,2026-01-01,actual,EUR,50,10,10
        B,2026-02-01,actual,EUR,0,0,0
        """,
}


def test_progress_is_the_part_of_the_way_that_is_gone(answer: Ask) -> None:
    rows = answer(FACTS, "account_plan", NOW)
    progress = {row["objective"]: row["progress"] for row in rows.values() if row["action_id"] is None}
    assert progress == {
        "grow": 0.25,
        "shrink": round(1 / 3, 9),
        "fell back": -0.2,
        "beyond": 1.6,
        "nowhere": None,
        "unknown": None,
        "words": None,
        "of B": None,
    }
    shared = {row["objective"]: row["joint"] for row in rows.values() if row["action_id"] is None}
    assert [shared[name] for name in ("grow", "shrink", "fell back")] == [True, False, None]


def test_lines_of_a_plan_are_late_the_day_after(answer: Ask) -> None:
    rows = answer(FACTS, "account_plan", NOW)
    status = {row["action_id"] or row["objective_id"]: row["status"] for row in rows.values()}
    assert status == {
        "o1": "in_progress", "o2": "overdue", "o3": "new", "o4": "closed", "o5": "new", "o6": "new", "o7": "new",
        "o8": "new", "x1": "overdue", "x2": "open", "x3": "done", "x4": "overdue", "x5": "open",
    }  # fmt: skip


def test_open_actions_say_who_owes_them_and_how_late_they_are(answer: Ask) -> None:
    rows = answer(FACTS, "plan_actions", NOW)
    assert {key: (row["owner"], row["function"], row["days_overdue"]) for key, row in rows.items()} == {
        "x1": ("Mia", "Sales", 1),
        "x2": ("Rea", "Research", None),
        "x4": ("Sam", "sales", 29),
        "x5": (None, "no owner", None),
    }


def test_overdue_actions_by_function_in_any_case(answer: Ask) -> None:
    rows = answer(FACTS, "actions_by_function", NOW)
    assert {
        key: (row["actions_open"], row["actions_overdue"], row["accounts_overdue"]) for key, row in rows.items()
    } == {
        "Sales": (2, 2, 1),  # Mia's and Sam's
        "Research": (1, 0, 0),
        "no owner": (1, 0, 0),
    }


def test_plans_at_a_glance(answer: Ask) -> None:
    # A slipping (reviewed 1 June, but late), B expired (1 June), C none, D unreviewed (1 Nov 2025 is 241 days ago)
    (row,) = answer(FACTS, "plan_overview", NOW).values()
    assert (row["accounts"], row["plans"]) == (4, 3)
    assert [row[name] for name in ("alive", "slipping", "unreviewed", "expired", "no_plan")] == [0, 1, 1, 1, 1]
    assert row["neglected"] == 2
    assert row["neglected_revenue_share"] == 0.6  # B's 300 of 500; D has no figures
    assert row["not_alive_revenue_share"] == 1.0  # nobody's plan is alive
    assert (row["objectives"], row["objectives_unmeasured"]) == (8, 2)  # words, of B
    assert row["short_horizon"] == 1  # D; B is over already, A ends on the day a year from now
    assert row["never_shared"] == 2  # B never; D only on 15 July
    assert (row["actions_open"], row["actions_overdue"]) == (4, 2)


def test_plans_by_manager(answer: Ask) -> None:
    rows = answer(FACTS, "plans_by_manager", NOW)
    assert {key: (row["manager"], row["accounts"], row["not_alive"]) for key, row in rows.items()} == {
        "M": ("Mia", 3, 3),
        "None": (None, 1, 1),
    }
    assert (rows["M"]["revenue"], rows["M"]["actions_overdue"], rows["None"]["no_plan"]) == (400.0, 2, 1)


def test_the_plan_in_words_says_which_of_two_active_ones_counts(answer: Ask) -> None:
    rows = answer(FACTS, "plan_profile", NOW)
    assert (rows["B"]["plan"], rows["B"]["active_plans"], rows["B"]["months_left"]) == ("New B", 2, 0)
    assert (rows["A"]["vision"], rows["A"]["owner"], rows["A"]["months_left"]) == ("more of it", "Mia", 12)
    assert (rows["A"]["reviews"], rows["A"]["last_outcome"]) == (2, "sharpened")
    assert (rows["A"]["objectives"], rows["A"]["objectives_closed"], rows["A"]["objectives_joint"]) == (7, 1, 2)
    assert rows["C"]["plan"] is None


@pytest.mark.parametrize(
    ("end", "left"),
    [
        ("2026-06-30", 0),
        ("2026-07-29", 0),
        ("2026-07-30", 1),
        ("2027-06-30", 12),
        ("2026-06-15", 0),
        ("2026-05-30", -1),
    ],
)
def test_months_left_are_whole_months(answer: Ask, end: str, left: int) -> None:
    facts = {name: FACTS[name] for name in ("person", "account")}
    facts["plan"] = f"plan_id,account_id,name,status,end_on\np,A,Plan,active,{end}\n"
    assert answer(facts, "plan_health", NOW)["A"]["months_left"] == left


def test_reviews_held_later_are_not_yet(answer: Ask) -> None:
    rows = answer(FACTS, "plan_reviews", NOW)
    assert [(row["outcome"], row["customer_present"]) for row in rows.values() if row["account_id"] == "A"] in (
        [("sharpened", False), ("fine", True)],
        [("fine", True), ("sharpened", False)],
    )


def test_the_budget_of_a_window_needs_all_of_its_months(answer: Ask) -> None:
    rows = answer(BUDGETED, "account_profile", YTD)
    assert (rows["A"]["budget_revenue"], rows["A"]["budget_profit"]) == (120.0, 40.0)
    assert (rows["A"]["revenue_to_budget"], rows["A"]["profit_to_budget"]) == (-0.25, -20.0)  # 90/120 - 1; 20 - 40
    assert (rows["B"]["budget_months"], rows["B"]["budget_revenue"], rows["B"]["profit_to_budget"]) == (0, None, None)
    longer = Filters(as_of=date(2026, 2, 28), since="2026-01-01", window="ytd")
    row = answer(BUDGETED, "account_profile", longer)["A"]
    assert (row["budget_months"], row["window_months"], row["budget_revenue"]) == (1, 2, None)


def test_ranks_are_among_all_accounts_and_shared(answer: Ask) -> None:
    scores = "account_id,factor_id,assessed_on,score\n" + "".join(
        f"{account},{factor},2026-06-01,{score}\n"
        for account, score in (("A", 4), ("B", 2), ("C", 2))
        for factor in range(1, 7)
    )
    rows = answer({**FACTS, "assessment": scores}, "account_profile", NOW)
    assert {key: row["index_rank"] for key, row in rows.items()} == {"A": 1, "B": 2, "C": 2, "D": None}
    assert {row["accounts_ranked"] for row in rows.values()} == {3}
    medians = answer({**FACTS, "assessment": scores}, "factor_scores", NOW)
    assert {row["portfolio_median"] for row in medians.values()} == {50.0}  # of 100, 50, 50


def asks(shelf: Shelf, tables: dict[str, str], account: str) -> dict[str, str | None]:
    """Reason -> what to ask for, at one account."""
    rows = shelf.portfolio(tables).ask("account_asks", Filters(as_of=NOW.as_of, where=f"account_id:{account}"))
    return {row["reason"]: row["ask"] for row in rows.to_dicts()}


def test_each_reason_asks_for_one_step(shelf: Shelf) -> None:
    sponsored = {
        **FACTS,
        "sponsorship": """
            sponsorship_id,account_id,person_id,side,start_on
            s1,A,L,internal,2026-06-15
            """,
        "financial_period": """
            account_id,period_start,scenario,currency,revenue,cogs,cost_to_serve
            A,2026-06-01,actual,EUR,1000,900,200
            B,2026-06-01,actual,EUR,3000,1000,100
            """,
    }
    # A: 200 to serve 1000; all: 300 of 4000 = 75, so 125 to gain, more than 3 % of 1000. Loses 100.
    # Free leaders of level 4 and 5: Rea carries nobody, Leo one.
    found = asks(shelf, sponsored, "A")
    assert found["loses_money"] == "125 more by cutting cost to serve to the programme's rate"
    assert found["side_uncovered"] == "appoint Rea (at customer)"
    assert found["actions_overdue"] == "close 2 overdue actions, first Sam's"  # due 1 June, before Mia's of 29 June
    found = asks(shelf, sponsored, "B")
    assert found["side_uncovered"] == "name a sponsor (at customer), appoint Rea (inside)"
    assert found["plan_expired"] == "renew the plan"
    assert asks(shelf, sponsored, "C")["plan_missing"] == "write a plan"
    assert asks(shelf, sponsored, "D")["plan_unreviewed"] == "review the plan"


def test_the_lever_asked_for_does_not_depend_on_what_is_chosen(shelf: Shelf) -> None:
    portfolio = shelf.portfolio(FACTS)
    everyone = portfolio.ask("account_asks", Filters(as_of=NOW.as_of)).to_dicts()
    for row in everyone:
        (same,) = [
            one
            for one in portfolio.ask(
                "account_asks", Filters(as_of=NOW.as_of, where=f"account_id:{row['account_id']}")
            ).to_dicts()
            if one["reason"] == row["reason"]
        ]
        assert same == row

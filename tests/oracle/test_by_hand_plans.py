"""Plan health worked out by hand: which plan counts, and the first condition that holds."""

from __future__ import annotations

from datetime import date

import pytest

from kaptui.filters import Filters
from tests.reference.answers import Ask

NOW = Filters(as_of=date(2026, 6, 30))

FACTS = {
    "account": """
        account_id,name
        A,Alive
        E,Expired
        N,Nothing
        S,Slipping
        T,Slipping too
        U,Unreviewed
        V,Never reviewed
        """,
    "plan": """
        plan_id,account_id,name,status,start_on,end_on,shared_with_customer_on
        a1,A,The one,active,2026-01-01,2027-06-30,2026-02-01
        a2,A,Older,active,2025-01-01,2027-06-30,
        a3,A,Later but not started,not_started,2026-06-01,2027-06-30,
        a4,A,Later but inactive,inactive,2026-06-01,2027-06-30,
        e,E,Over,active,2025-01-01,2026-06-29,
        n,N,Gone,inactive,2025-01-01,2027-06-30,
        s,S,Late action,active,2026-01-01,2026-06-30,2026-07-01
        t,T,Late goal,active,2026-01-01,,
        u,U,Unread,active,2026-01-01,2026-12-31,
        v,V,Unread,not_started,,2026-12-31,
        """,
    "objective": """
        objective_id,plan_id,name,status,due_on
        a,a1,Grow,in_progress,2026-06-30
        b,a1,Done,closed,2026-01-31
        s,s,Save,new,
        t,t,Late,new,2026-06-29
        """,
    "action": """
        action_id,objective_id,name,due_on,done_on
        1,a,done in time,2026-06-01,2026-06-30
        2,a,due today,2026-06-30,
        3,b,no date,,
        4,s,late,2026-06-29,2026-07-01
        """,
    "plan_review": """
        review_id,plan_id,reviewed_on
        1,a1,2025-12-29
        2,s,2026-06-01
        3,t,2026-06-01
        4,u,2025-12-28
        5,v,2026-07-01
        6,e,2026-06-01
        """,
}


def test_health_is_the_first_condition_that_holds(answer: Ask) -> None:
    rows = answer(FACTS, "plan_health", NOW)
    assert {key: row["health"] for key, row in rows.items()} == {
        "A": "alive",
        "E": "expired",
        "N": "none",
        "S": "slipping",
        "T": "slipping",
        "U": "unreviewed",
        "V": "unreviewed",
    }


@pytest.mark.parametrize("column", ["plan_health.why", "plan_profile.why", "account_profile.plan_why"])
def test_why_names_the_figure_behind_the_health(answer: Ask, column: str) -> None:
    question, _, name = column.partition(".")
    rows = answer(FACTS, question, NOW)
    assert {key: row[name] for key, row in rows.items()} == {
        "A": "reviewed 29 Dec 2025",
        "E": "ended 29 Jun 2026",
        "N": "no plan",
        "S": "1 action overdue",
        "T": "1 objective overdue",
        "U": "last review 28 Dec 2025",
        "V": "never reviewed",  # the review is tomorrow's
    }


def test_the_plan_that_counts_and_its_counts(answer: Ask) -> None:
    row = answer(FACTS, "plan_health", NOW)["A"]
    assert (row["plan"], row["status"], row["ends_on"]) == ("The one", "active", date(2027, 6, 30))
    assert (row["objectives"], row["objectives_closed"]) == (2, 1)
    assert (row["actions_open"], row["actions_overdue"]) == (2, 0)
    assert (row["last_reviewed_on"], row["shared_with_customer"]) == (date(2025, 12, 29), True)
    assert row["months_left"] == 12


def test_done_and_shared_after_as_of_are_not_yet(answer: Ask) -> None:
    row = answer(FACTS, "plan_health", NOW)["S"]
    assert (row["actions_open"], row["actions_overdue"], row["shared_with_customer"]) == (1, 1, False)


def test_an_account_without_a_plan_is_a_row_all_the_same(answer: Ask) -> None:
    row = answer(FACTS, "plan_health", NOW)["N"]
    assert [row[column] for column in ("plan", "status", "ends_on", "last_reviewed_on")] == [None] * 4


def test_plans_raise_their_reasons(answer: Ask) -> None:
    rows = answer(FACTS, "attention_reasons", NOW)
    assert {key: row["serious"] for key, row in rows.items()} == {
        "E/plan_expired": True,
        "N/plan_missing": False,
        "S/actions_overdue": False,
        "U/plan_unreviewed": False,
        "V/plan_unreviewed": False,
    }


@pytest.mark.parametrize("table", ["plan", "plan_review", "action"])
def test_a_rule_whose_table_is_empty_raises_nothing(answer: Ask, table: str) -> None:
    gone = set(FACTS) - {"account"} if table == "plan" else {table}
    rows = answer({name: block for name, block in FACTS.items() if name not in gone}, "attention_reasons", NOW)
    raised = {key.split("/")[1] for key in rows}
    every = {"plan_expired", "plan_missing", "plan_unreviewed", "actions_overdue"}
    silent = {"plan": every, "plan_review": {"plan_unreviewed"}, "action": {"actions_overdue"}}
    assert raised == every - silent[table]

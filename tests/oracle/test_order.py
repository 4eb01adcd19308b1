"""Lists keep their order where the facts leave it open: same names, same amounts, same days, or none at all.

Every row below has a twin that differs from it in nothing but its id, or in what no list is sorted by first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest

from kaptui.filters import Filters
from kaptui.panels import PANELS
from tests.oracle.test_reference_sample import IN_ORDER
from tests.reference.answers import ANSWERS, keyed
from tests.reference.case import Case
from tests.reference.shelf import Shelf

NOW = Filters(as_of=date(2026, 6, 30), since="2026-03-31")
TABLES = {
    "success_factor": """
        factor_id,code,name,weight,scale_max
        1,TOP,Top,0.1,4
        2,QUA,Quality,0.7,3
        3,OWN,Own,0.3,7
        """,
    "person": """
        person_id,name,function,level,active
        L1,Lee,Legal,5,true
        L2,Lee,Legal,5,true
        L3,Lee,Legal,4,true
        L4,Lee,Legal,4,true
        L5,Lee,Legal,,true
        L6,Abe,Legal,,true
        G1,Gus,Legal,5,false
        G2,Gus,Legal,5,false
        M1,Kim,Sales,3,true
        M2,Kim,Sales,3,true
        """,
    "account": """
        account_id,name,manager_id,region
        A,Same,M1,North
        B,Same,M2,North
        C,Same,M1,
        D,Same,M2,
        E,Same,,South
        F,Same,,South
        """,
    "financial_period": """
        account_id,period_start,currency,revenue,cogs
        A,2026-05-01,EUR,100,120
        A,2025-05-01,EUR,100,50
        B,2026-05-01,EUR,100,120
        B,2025-05-01,EUR,100,50
        E,2026-05-01,EUR,0,0
        F,2026-05-01,EUR,0,0
        """,
    "assessment": """
        account_id,factor_id,assessed_on,score
        A,1,2026-01-01,2
        A,1,2026-05-01,1
        A,2,2026-05-01,1
        B,1,2026-01-01,2
        B,1,2026-05-01,1
        B,2,2026-05-01,1
        C,2,2026-05-01,1
        C,3,2026-05-01,1
        D,2,2026-05-01,1
        D,3,2026-05-01,1
        """,
    "sponsorship": """
        sponsorship_id,account_id,person_id,side,start_on,end_on
        1,A,L1,internal,2026-01-01,
        2,A,L2,internal,2026-01-01,
        3,B,L1,internal,2026-01-01,
        4,B,L2,internal,2026-01-01,
        5,C,L5,external,2026-01-01,
        6,D,L6,external,2026-01-01,
        7,E,G1,external,2026-01-01,
        8,E,G2,external,2026-01-01,
        9,F,L1,external,2025-01-01,2026-05-01
        10,F,L2,external,2025-01-01,2026-05-01
        11,A,L3,internal,2026-01-01,
        12,A,L4,internal,2026-01-01,
        13,A,L4,external,2026-01-01,
        14,A,L3,external,2026-01-01,
        15,A,L2,external,2026-01-01,
        16,A,L1,external,2026-01-01,
        17,B,L3,internal,2026-01-01,
        18,B,L4,internal,2026-01-01,
        """,
    "stakeholder": """
        stakeholder_id,account_id,name,role,level
        S1,A,Sue,cfo,5
        S2,A,Sue,cfo,5
        S3,B,Sue,cfo,5
        """,
    "activity": """
        activity_id,account_id,person_id,stakeholder_id,side,kind,occurred_on
        1,A,L1,S1,internal,visit,2026-05-01
        2,A,L2,S2,internal,visit,2026-05-01
        3,B,L1,S3,internal,visit,2026-05-01
        4,B,L2,S3,internal,exec_meeting,2026-05-01
        5,A,M1,,external,year_end_negotiation,2025-12-01
        6,A,L3,,external,year_end_negotiation,2025-12-01
        """,
    "programme": """
        programme_id,account_id,name,status,start_on,currency,own_commitment
        1,A,x,active,2026-01-01,EUR,1
        2,A,x,active,2026-01-01,EUR,1
        3,B,x,active,2026-01-01,EUR,1
        """,
    "plan": """
        plan_id,account_id,name,status,start_on,end_on
        1,A,x,active,2026-01-01,2026-12-31
        2,A,x,active,2026-01-01,2026-12-31
        3,B,x,active,2026-01-01,2026-12-31
        """,
    "objective": """
        objective_id,plan_id,name,status,due_on
        1,1,x,new,2026-06-01
        2,1,x,new,2026-06-01
        3,3,x,new,2026-06-01
        """,
    "action": """
        action_id,objective_id,name,owner_id,due_on
        1,1,x,L1,2026-06-01
        2,1,x,M1,2026-06-01
        3,2,x,L2,2026-06-01
        4,3,x,M2,2026-06-01
        5,3,x,L1,2026-06-01
        """,
    "plan_review": """
        review_id,plan_id,reviewed_on,outcome
        1,1,2026-05-01,good
        2,1,2026-05-01,bad
        3,3,2026-05-01,good
        """,
    "review_point": """
        name,held_on
        one,2026-01-31
        another,2026-01-31
        """,
}


def turned(tables: Mapping[str, str]) -> dict[str, str]:
    """The same rows, last ones first."""
    found = {}
    for name, block in tables.items():
        head, *rows = block.strip().splitlines()
        found[name] = "\n".join([head, *(row.strip() for row in reversed(rows))]) + "\n"
    return found


def shown(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    """The rows but for the lines of the file they come from, which turned."""
    return frame.drop("source", strict=False).rows()


@pytest.mark.parametrize("question", PANELS)
def test_ties_are_settled_by_the_facts_and_not_by_their_place(shelf: Shelf, question: str) -> None:
    straight, mixed = (shelf.portfolio(tables).ask(question, NOW) for tables in (TABLES, turned(TABLES)))
    assert shown(straight) == shown(mixed)


@pytest.mark.parametrize("question", IN_ORDER)
def test_ties_are_settled_as_the_reference_says(shelf: Shelf, question: str) -> None:
    rows = ANSWERS[question](Case.of(shelf.facts(turned(TABLES)), NOW))
    found = list(keyed(question, shelf.portfolio(turned(TABLES)).ask(question, NOW).to_dicts()))
    assert found == list(keyed(question, rows))

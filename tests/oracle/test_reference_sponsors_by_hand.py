"""The oracle itself, on facts so small that the answer is worked out by hand from domain.md. No engine is asked.

As-of is 31 December 2025. Ann (Sales) manages, Bo (Finance) is her line manager, Cy, Di and Ed are free of both.
"""

from __future__ import annotations

import csv
import textwrap
from datetime import date

import pytest

from kaptui.filters import Filters
from tests.reference.answers import ANSWERS
from tests.reference.case import Case
from tests.reference.evidence import evidence
from tests.reference.facts import Facts, Row, typed
from tests.reference.scores import claim, index_change, index_rank
from tests.reference.sponsorship import double_sponsor, no_live_sponsor, side_of, uncovered_revenue_share

PEOPLE = """
    person_id,name,function,level,line_manager_id
    ann,Ann,Sales,3,bo
    bo,Bo,Finance,5,
    cy,Cy,Finance,5,
    di,Di,R&D,4,
    ed,Ed,sales,5,
"""
ACCOUNTS = """
    account_id,name,manager_id,tier,status,region
    A,Alpha,ann,1,active,North
    B,Beta,ann,1,active,South
    Z,Zeta,ann,1,exited,North
"""
MONEY = """
    account_id,period_start,currency,revenue,cogs
    A,2025-12-01,EUR,100,50
    B,2025-12-01,EUR,300,100
    Z,2025-12-01,EUR,1000,10
"""


def case_of(where: str = "", chosen: set[str] | None = None, **tables: str) -> Case:
    """A case over tables of CSV text; people, accounts and money are there unless told otherwise."""
    blocks = {"person": PEOPLE, "account": ACCOUNTS, "financial_period": MONEY} | tables
    rows: dict[str, list[Row]] = {}
    for name, block in blocks.items():
        lines = textwrap.dedent(block).strip().splitlines()
        rows[name] = [typed(name, raw) | {"source_row": line} for line, raw in enumerate(csv.DictReader(lines), 2)]
    return Case.of(Facts.of(rows), Filters(where=where, as_of=date(2025, 12, 31), basis="gross"), chosen)


def sponsors(*rows: str) -> str:
    """Sponsorships: account, person, side, start, end, cadence; numbered as they come."""
    head = "sponsorship_id,account_id,person_id,side,start_on,end_on,cadence_days"
    return "\n".join([head, *(f"{number},{row}" for number, row in enumerate(rows))])


def touched(*rows: str) -> str:
    """Done activities: account, person, side, kind, day; numbered as they come."""
    head = "activity_id,account_id,person_id,side,kind,occurred_on,status"
    return "\n".join([head, *(f"{number},{row},done" for number, row in enumerate(rows))])


LONG = "2024-01-01,,"


def test_cover_holds_to_the_last_day_of_the_cadence_and_the_gap_begins_the_day_after() -> None:
    # Tier 1: 90 days. 2 October is 90 days before 31 December, 1 October is 91.
    held = sponsors(f"A,cy,internal,{LONG}", f"A,cy,external,{LONG}")
    case = case_of(
        sponsorship=held,
        activity=touched("A,cy,internal,visit,2025-10-02", "A,cy,external,visit,2025-10-01"),
    )
    assert (side_of(case, "A", "internal").status, side_of(case, "A", "external").status) == ("covered", "stale")
    gap = next(row for row in ANSWERS["sponsorship_gaps"](case) if row["account_id"] == "A")
    assert (gap["side"], gap["since"]) == ("external", date(2025, 12, 31))  # covered up to the 30th


def test_a_newsletter_is_no_touch_until_the_company_says_so() -> None:
    held, sent = sponsors(f"A,cy,internal,{LONG}"), "A,cy,internal,newsletter,2025-12-01"
    other = "B,cy,internal,visit,2025-12-01"  # a touch somewhere in the file, by nobody who is assigned there
    plain = case_of(sponsorship=held, activity=touched(sent, other))
    assert side_of(plain, "A", "internal").status is None  # no assigned sponsor has a touch in the whole file
    own = "kind,label,touch\nnewsletter,Letter by hand,true"
    assert side_of(case_of(sponsorship=held, activity=touched(sent), activity_kind=own), "A", "internal").last_touch


def test_a_silent_side_is_stale_only_where_the_file_knows_touches() -> None:
    held = sponsors(f"A,cy,internal,{LONG}", f"B,di,external,{LONG}")
    case = case_of(sponsorship=held, activity=touched("B,di,external,visit,2025-12-01"))
    assert side_of(case, "A", "internal").status == "stale"
    assert side_of(case, "A", "external").status == "uncovered"
    silent = case_of(sponsorship=held)
    assert side_of(silent, "A", "internal").status is None
    row = ANSWERS["portfolio"](silent)[0]
    assert (row["internal_covered"], row["uncovered_revenue_share"]) == (0, None)


def test_without_sponsorships_no_status_is_known() -> None:
    case = case_of()
    assert side_of(case, "A", "internal").status is None
    assert double_sponsor(case, "A") is None
    assert no_live_sponsor(case, "A") is None
    assert uncovered_revenue_share(case) is None
    assert ANSWERS["sponsorship_proposal"](case) == []


def test_activities_that_name_nobody_are_no_touches() -> None:
    held = sponsors(f"A,cy,internal,{LONG}")
    one = "A,cy,internal,visit,2025-12-01"
    half = case_of(sponsorship=held, activity=touched(one, "A,,internal,visit,2025-12-01"))
    assert side_of(half, "A", "internal").status == "covered"  # exactly half name somebody
    nobody = ("A,,internal,visit,2025-12-01", "A,stranger,internal,visit,2025-12-01")
    less = case_of(sponsorship=held, activity=touched(one, *nobody))
    assert side_of(less, "A", "internal").status is None
    assert ANSWERS["sponsor_load"](less)[0]["touches_made"] is None, "none is known, which is no zero"


@pytest.mark.parametrize(
    ("ended", "status"),
    [("2025-12-01", "stale"), ("2025-11-30", "stale"), ("2025-11-29", "new")],
)
def test_a_renewed_assignment_is_not_new(ended: str, status: str) -> None:
    # Renewed on 1 December, 30 days ago: at most one day between, or it is another assignment.
    held = sponsors(f"A,cy,internal,2025-01-01,{ended},", "A,cy,internal,2025-12-01,,", f"B,di,internal,{LONG}")
    case = case_of(sponsorship=held, activity=touched("B,di,internal,visit,2025-12-01"))
    assert side_of(case, "A", "internal").status == status


def test_new_to_the_last_day_and_then_a_gap_from_the_next() -> None:
    # 16 November is 45 days before as-of, 15 November 46.
    held = sponsors("A,cy,internal,2025-11-16,,", "A,di,external,2025-11-15,,", f"B,di,internal,{LONG}")
    case = case_of(sponsorship=held, activity=touched("B,di,internal,visit,2025-12-01"))
    assert (side_of(case, "A", "internal").status, side_of(case, "A", "external").status) == ("new", "stale")
    assert no_live_sponsor(case, "A") is False
    gaps = {(row["account_id"], row["side"]): row["since"] for row in ANSWERS["sponsorship_gaps"](case)}
    assert gaps == {("A", "external"): date(2025, 12, 31), ("B", "external"): None}


@pytest.mark.parametrize(
    ("inside", "outside", "double"),
    [
        ("cy", "di", True),
        ("cy", "cy", False),  # one person twice
        ("bo", "di", False),  # her line manager
        ("ann", "di", False),  # the manager
        ("ed", "di", False),  # sales, in whatever case
    ],
)
def test_double_means_two_independent_people(inside: str, outside: str, double: bool) -> None:
    held = sponsors(f"A,{inside},internal,{LONG}", f"A,{outside},external,{LONG}")
    seen = touched(f"A,{inside},internal,visit,2025-12-01", f"A,{outside},external,visit,2025-12-01")
    case = case_of(sponsorship=held, activity=seen)
    assert double_sponsor(case, "A") is double
    assert next(row for row in ANSWERS["accounts"](case) if row["account_id"] == "A")["coverage"] == "full"


def test_double_asks_each_of_the_two_to_be_in_touch() -> None:
    # Inside Cy is independent but silent; Bo, her line manager, keeps the side covered.
    held = sponsors(f"A,cy,internal,{LONG}", f"A,bo,internal,{LONG}", f"A,di,external,{LONG}")
    seen = ["A,bo,internal,visit,2025-12-01", "A,di,external,visit,2025-12-01"]
    assert double_sponsor(case_of(sponsorship=held, activity=touched(*seen)), "A") is False
    seen.append("A,cy,internal,visit,2025-11-01")
    assert double_sponsor(case_of(sponsorship=held, activity=touched(*seen)), "A") is True


def test_what_counts_as_sales_is_a_setting() -> None:
    held = sponsors(f"A,cy,internal,{LONG}", f"A,ed,external,{LONG}")
    seen = touched("A,cy,internal,visit,2025-12-01", "A,ed,external,visit,2025-12-01")
    setting = "key,value\nsales_functions,Vertrieb"
    assert double_sponsor(case_of(sponsorship=held, activity=seen), "A") is False
    assert double_sponsor(case_of(sponsorship=held, activity=seen, setting=setting), "A") is True


def test_an_exited_account_has_money_and_nothing_else() -> None:
    held = sponsors(f"A,cy,internal,{LONG}", f"B,cy,internal,{LONG}", f"Z,cy,internal,{LONG}")
    seen = touched("A,cy,internal,visit,2025-12-01")
    case = case_of(sponsorship=held, activity=seen)
    (load,) = ANSWERS["sponsor_load"](case)
    assert (load["accounts"], load["accounts_all"], load["revenue"]) == (2, 2, 400)
    assert {row["account_id"] for row in ANSWERS["sponsorship_coverage"](case)} == {"A", "B"}
    # A has cover, B (300 of 400) has none.
    assert uncovered_revenue_share(case) == 0.75
    named = case_of("status:exited", {"Z"}, sponsorship=held, activity=seen)
    rows = ANSWERS["sponsorship_coverage"](named)
    assert [(row["account_id"], row["status"], row["revenue"]) for row in rows] == [("Z", None, 1000)] * 2
    assert ANSWERS["sponsor_load"](named) == ANSWERS["sponsorship_gaps"](named) == []
    assert ANSWERS["sponsorship_summary"](named)[0]["accounts"] == 0


def test_load_looks_at_the_whole_programme_and_the_rest_at_the_chosen() -> None:
    held = sponsors(
        f"A,cy,internal,{LONG}400", f"A,cy,external,{LONG}30", f"B,cy,internal,{LONG}", f"B,di,external,{LONG}"
    )
    seen = touched("A,cy,internal,visit,2025-12-01", "B,cy,internal,visit,2025-12-01")
    setting = "key,value\nload_warn,1"
    case = case_of("name:Alpha", {"A"}, sponsorship=held, activity=seen, setting=setting)
    (row,) = ANSWERS["sponsor_load"](case)
    assert (row["accounts"], row["accounts_all"], row["load"]) == (1, 2, "warn")
    # Every 400 days is still once a year; every 30 days twelve times.
    assert (row["touches_made"], row["touches_due"], row["sides"], row["sides_on_time"]) == (1, 13, 2, 1)


def test_one_proposal_spends_each_leader_once() -> None:
    """By revenue B comes first, inside before the customer; nobody carries more than one account."""
    # Bo is the line manager, Ed sells, Ann is the manager: Cy and Di are left for four gaps.
    held = sponsors("A,cy,internal,2024-01-01,2025-06-30,")
    contacts = "stakeholder_id,account_id,name,role,level\nS1,A,Kim,CEO,5\nS2,B,Lee,buyer,2"
    setting = "key,value\nload_warn,1"
    case = case_of(sponsorship=held, stakeholder=contacts, setting=setting)
    rows = ANSWERS["sponsorship_proposal"](case)
    told = [(row["account_id"], row["side"], row["person"], row["covered_from"]) for row in rows]
    soon = date(2026, 2, 14)  # 45 days after as-of
    assert told == [
        ("B", "internal", "Cy", soon),  # level 5 and 4 are both too high for a buyer of level 2: the first by id
        ("B", "external", "Di", soon),  # Cy is on the other side already
        ("A", "internal", None, None),
        ("A", "external", None, None),
    ]
    only = case_of("name:Alpha", {"A"}, sponsorship=held, stakeholder=contacts, setting=setting)
    assert [row["person"] for row in ANSWERS["sponsorship_proposal"](only)] == [None, None]
    assert [row["suggested"] for row in ANSWERS["sponsorship_gaps"](case)] == ["Cy", "Di", None, None]


def test_the_best_leader_has_the_level_then_the_region() -> None:
    # At B (contact of level 4) both levels fit; Di carries an account in the South already.
    accounts = ACCOUNTS.rstrip() + "\n    C,Gamma,ann,1,active,South\n"
    held = sponsors(f"C,di,internal,{LONG}", f"C,di,external,{LONG}", f"A,cy,internal,{LONG}", f"A,cy,external,{LONG}")
    seen = touched(*(f"C,di,{side},visit,2025-12-01" for side in ("internal", "external")))
    contacts = "stakeholder_id,account_id,name,role,level\nS2,B,Lee,buyer,4"
    rows = ANSWERS["sponsorship_proposal"](
        case_of(account=accounts, sponsorship=held, activity=seen, stakeholder=contacts)
    )
    first = rows[0]
    assert (first["account_id"], first["side"], first["person_id"]) == ("B", "internal", "di")
    assert first["because"] == "carries 1, level matches, same region"
    assert {row["status"] for row in rows if row["account_id"] == "A"} == {"stale"}  # Cy never came: replaced
    assert "cy" not in {row["person_id"] for row in rows if row["account_id"] == "A"}


FACTORS = "factor_id,code,name,weight\n1,TOP,Top,4\n2,LON,Long,1\n3,OWN,Own,1"


def test_a_change_runs_over_factors_known_at_both_dates_and_a_rank_needs_most_of_the_weight() -> None:
    scores = """
        account_id,factor_id,assessed_on,score
        A,1,2025-06-01,2
        A,1,2025-12-01,3
        A,2,2025-06-01,4
        A,2,2025-12-01,2
        A,3,2025-12-01,4
        B,1,2025-12-01,4
    """
    points = "name,held_on\nQ3,2025-09-30"
    case = case_of(success_factor=FACTORS, assessment=scores, review_point=points)
    assert index_change(case, "A") == (4 * 25 - 50) / 5  # OWN is new and has no move
    assert index_rank(case, "A") == 1  # B knows 4 of 6, under 0.8
    assert index_rank(case, "B") is None


def test_a_claim_needs_three_known_facts_and_what_lies_ahead_is_unknown() -> None:
    accounts = """
        account_id,name,manager_id,kept_on,selected_on,selection_score
        A,Alpha,,2026-01-05,2025-12-01,3
    """
    case = case_of(account=accounts, financial_period="account_id,period_start,currency,revenue")
    assert evidence(case, "A", "SEL") == {"selection_scored": True, "kept_on_decision": None}
    assert claim(case, "A", "SEL", 0.0) == "unknown"  # red against 100, but one fact is too few
    setting = "key,value\nclaim_facts,1"
    less = case_of(account=accounts, financial_period="account_id,period_start,currency,revenue", setting=setting)
    assert claim(less, "A", "SEL", 0.0) == "underclaimed"


def test_plans_that_have_yet_to_start_are_none_and_no_review_at_all_is_no_neglect() -> None:
    plans = """
        plan_id,account_id,name,status,start_on,end_on
        P1,A,Now,active,2025-01-01,2026-12-31
        P2,A,Next,active,2026-01-01,2027-12-31
        P3,B,Next,active,2026-01-01,2027-12-31
    """
    rows = {row["account_id"]: row for row in ANSWERS["plan_health"](case_of(plan=plans))}
    assert [(rows[key]["plan"], rows[key]["health"]) for key in "AB"] == [("Now", "alive"), (None, "none")]
    review = "review_id,plan_id,reviewed_on\nR,P3,2025-12-01"
    rows = {row["account_id"]: row for row in ANSWERS["plan_health"](case_of(plan=plans, plan_review=review))}
    assert rows["A"]["health"] == "unreviewed"
    assert {row["plan_status"] for row in ANSWERS["accounts"](case_of())} == {None}

"""Reasons in few words and what to ask for, worked out by hand over the accounts of test_by_hand_coverage.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from kaptui.filters import Filters
from tests.oracle.test_by_hand_coverage import FACTS as COVERAGE
from tests.oracle.test_by_hand_coverage import NOW
from tests.reference.answers import Ask

FACTS = {**COVERAGE, "activity": COVERAGE["activity"].replace(",call,", ",visit,")}
"""A call is no touch of a sponsor; here they visited."""


def told(answer: Ask, tables: Mapping[str, str], filters: Filters = NOW) -> dict[str, tuple[str, str | None]]:
    """What is said and asked, by account and reason."""
    return {key: (row["because"], row["ask"]) for key, row in answer(tables, "account_asks", filters).items()}


def test_a_step_for_each_side(answer: Ask) -> None:
    found = told(answer, FACTS)
    sides = {key: words for key, words in found.items() if "side" in key or "orphan" in key or "live" in key}
    assert sides == {
        # Otto left on a day nobody knows, Max ended today: since when neither is live cannot be said. Nobody may carry
        # more than one account: Ida is spent on the first gap of the largest account.
        "A1/no_live_sponsor": (
            "no live sponsor on either side",
            "name a sponsor (at customer), appoint Ida Idle (inside)",
        ),
        # Lea carries three of the programme, at most two are meant; nobody is left to step in.
        "A2/side_stale": (
            "sponsor at customer silent since 30 Jun 2026",
            "have Lea Lang (over the limit, carries 3) meet them (at customer)",
        ),
        "A4/side_stale": (
            "sponsor at customer silent since 30 Jun 2026",
            "have Lea Lang (over the limit, carries 3) meet them (at customer)",
        ),
        "A6/side_uncovered": ("no sponsor inside", "name a sponsor (inside)"),
        "A6/orphan_risk": (
            "only sponsor at customer, Bob Boss, leaves 29 Aug 2026",
            "name who follows Bob Boss (at customer)",
        ),
    }
    # One month is known of twelve, so A3 is in no quadrant: it loses 10 of 40 where all earn 65 of 230.
    assert found["A3/loses_money"] == ("loses 10", "21 more at programme margin")


def test_nobody_suits(answer: Ask) -> None:
    alone = {**FACTS, "person": FACTS["person"].replace("Ida Idle,Legal,5,true", "Ida Idle,Legal,5,false")}
    assert told(answer, alone)["A1/no_live_sponsor"][1] == "name a sponsor (at customer), name a sponsor (inside)"


def test_neither_side_is_live_from_the_later_day_on(answer: Ask) -> None:
    """Inside the sponsor ended in 2025, at the customer in March: until March one of the two was live."""
    ended = FACTS["sponsorship"].replace("1,A1,OUT,internal,2024-01-01,,,", "1,A1,MAX,internal,2024-01-01,2025-05-31,,")
    ended = ended.replace("2,A1,MAX,external,2024-01-01,2026-06-30", "2,A1,MAX,external,2024-01-01,2026-03-31")
    found = told(answer, {**FACTS, "sponsorship": ended})
    assert found["A1/no_live_sponsor"][0] == "no live sponsor on either side since 31 Mar 2026"


@pytest.mark.parametrize(
    ("limit", "ida", "asked"),
    [
        (3, True, "have Lea Lang; Max Moor meet them (at customer) or appoint Ida Idle"),
        (2, True, "have Max Moor meet them (at customer) or appoint Ida Idle"),
        (1, True, "appoint Ida Idle (at customer), Lea Lang carries 3, Max Moor carries 2"),
        (
            1,
            False,
            "have Lea Lang (over the limit, carries 3); Max Moor (over the limit, carries 2) meet them (at customer)",
        ),
    ],
)
def test_who_carries_too_much_is_sent_only_where_nobody_else_can_go(
    answer: Ask, limit: int, ida: bool, asked: str
) -> None:
    """Lea carries A2, A3 and A4, not the exited A5; Max A4 and, from now on, A2. Ida may take two: A1, then A2."""
    tables = {
        **FACTS,
        "setting": FACTS["setting"].replace("load_over,2", f"load_over,{limit}").replace("load_warn,1", "load_warn,2"),
        "sponsorship": FACTS["sponsorship"].replace("5,A3,MAX", "5,A3,LEA").rstrip()
        + "\n        13,A2,MAX,external,2025-01-01,,,\n",
    }
    if not ida:
        tables["person"] = FACTS["person"].replace("Ida Idle,Legal,5,true", "Ida Idle,Legal,5,false")
    assert told(answer, tables)["A2/side_stale"][1] == asked


GROWN: tuple[tuple[tuple[int, int], tuple[int, int], str], ...] = (
    # exactly between two roundings: half goes up, as on every screen
    ((800_000, 0), (900_000, 285_000), "revenue +13 %, profit -0.19m"),
    ((800_000, 0), (816_000, 24_450), "revenue +2.0 %, profit -8.5k"),
    ((800_000, 0), (816_000, 26_500), "revenue +2.0 %, profit -11k"),
    ((1_000_000_000, 0), (1_010_000_000, 11_150_000), "revenue +1.0 %, profit -1.2m"),
    # growth that whole per cent would call +0
    ((1_000_000, 0), (1_004_000, 14_000), "revenue +0.4 %, profit -10k"),
    ((1_000_000, 0), (1_000_200, 10_200), "revenue 0.0 %, profit -10k"),
    ((1_000_000, 0), (1_996_000, 1_006_000), "revenue +99.6 %, profit -10k"),
    ((1_000_000, 0), (2_000_000, 1_010_000), "revenue +100 %, profit -10k"),
)
"""Revenue and cost before and now, and what is said of it: one account each."""


def test_amounts_in_words_are_rounded_as_on_screen(answer: Ask) -> None:
    names, rows = "account_id,name\n", "account_id,period_start,currency,revenue,cogs\n"
    for number, ((revenue, cogs), (more, costs), _) in enumerate(GROWN):
        names += f"A{number},Alpha {number}\n"
        rows += f"A{number},2024-07-01,EUR,0,0\nA{number},2025-06-01,EUR,{revenue},{cogs}\n"
        rows += f"A{number},2026-06-01,EUR,{more},{costs}\n"
    found = told(answer, {"account": names, "financial_period": rows}, Filters(as_of=date(2026, 6, 30)))
    assert [found[f"A{number}/empty_growth"][0] for number in range(len(GROWN))] == [words for *_, words in GROWN]


def test_whom_to_meet_next(answer: Ask) -> None:
    tables = {
        "account": "account_id,name\nA,Alpha\nB,Beta\n",
        "stakeholder": "stakeholder_id,account_id,name,role,level\nH1,A,Hana,Buyer,3\nH2,B,Hugo,Buyer,3\n",
        "activity": "activity_id,account_id,stakeholder_id,side,kind,occurred_on\n"
        "1,A,,external,visit,2026-06-01\n2,B,H2,external,visit,2026-06-01\n",
    }
    found = told(answer, tables, Filters(as_of=date(2026, 6, 30)))
    assert found["A/single_thread"] == ("0 contacts touched", "meet a first contact")
    assert found["B/single_thread"] == ("1 contact touched", "meet a second contact")

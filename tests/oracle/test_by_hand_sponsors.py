"""Sponsorship and contacts worked out by hand: every limit on its day and on the day after."""

from __future__ import annotations

from datetime import date

from kaptui.filters import Filters
from tests.reference.answers import Ask

NOW = Filters(as_of=date(2026, 6, 30))

FACTS = {
    "person": """
        person_id,name,level,active
        P,Piet,5,true
        Q,Quin,4,true
        R,Rita,4,true
        Z,Zoe,5,false
        """,
    "account": """
        account_id,name,tier
        A,Anna,1
        B,Bob,1
        C,Cleo,2
        D,Dora,3
        """,
    "sponsorship": """
        sponsorship_id,account_id,person_id,side,start_on,end_on,cadence_days
        1,A,P,internal,2025-01-01,,
        2,A,Q,external,2025-01-01,2026-08-29,
        3,B,P,internal,2026-05-16,,
        4,B,Q,external,2026-05-15,2026-08-30,
        5,C,Z,internal,2025-01-01,2026-12-31,
        6,C,Q,external,2025-01-01,2026-06-30,
        7,D,Q,internal,2026-06-01,,
        8,D,P,internal,2026-01-01,,30
        9,D,R,external,2026-06-15,,
        """,
    "activity": """
        activity_id,account_id,person_id,stakeholder_id,side,kind,occurred_on,status
        1,A,P,,internal,exec_meeting,2026-04-01,done
        2,A,Q,,external,exec_meeting,2026-03-31,done
        3,A,Q,,external,exec_meeting,2026-06-20,planned
        4,A,P,,external,exec_meeting,2026-06-20,done
        5,B,P,,external,exec_meeting,2026-06-20,done
        6,D,Q,,internal,visit,2026-05-30,done
        7,D,P,,internal,visit,2026-07-01,done
        8,D,R,,external,visit,2026-05-01,done
        """,
}


def test_a_side_is_covered_by_the_touch_of_an_assigned_sponsor(answer: Ask) -> None:
    rows = answer(FACTS, "sponsorship_coverage", NOW)
    assert {key: row["status"] for key, row in rows.items()} == {
        "A/internal": "covered",  # touched 90 days ago, cadence 90
        "A/external": "stale",  # 91 days; planned and ad hoc touches do not count
        "B/internal": "new",  # assigned 45 days ago; the touch was on the other side
        "B/external": "stale",  # assigned 46 days ago, never touched
        "C/internal": "uncovered",  # the sponsor left
        "C/external": "uncovered",  # ends on the day itself
        "D/internal": "stale",  # 31 days at the shortest cadence, 30
        "D/external": "covered",  # touched before the assignment began
    }


def test_coverage_shows_touch_cadence_and_sponsors_by_start(answer: Ask) -> None:
    rows = answer(FACTS, "sponsorship_coverage", NOW)
    found = {
        key: (row["last_touch_on"], row["days_since_touch"], row["cadence_days"], row["sponsor"])
        for key, row in rows.items()
    }
    assert found["A/internal"] == (date(2026, 4, 1), 90, 90, "Piet")
    assert found["B/external"] == (None, None, 90, "Quin")
    assert found["C/internal"] == (None, None, 183, None)
    assert found["D/internal"] == (date(2026, 5, 30), 31, 30, "Piet; Quin")
    assert found["D/external"] == (date(2026, 5, 1), 60, 366, "Rita")


def test_coverage_of_an_account(answer: Ask) -> None:
    rows = answer(FACTS, "accounts", NOW)
    assert [rows[key]["coverage"] for key in "ABCD"] == ["partial", "none", "none", "partial"]
    row = answer(FACTS, "portfolio", NOW)["2026-06-30"]
    assert (row["internal_covered"], row["external_covered"], row["fully_covered"]) == (1, 1, 0)


def test_gaps_are_sides_uncovered_or_stale_never_new(answer: Ask) -> None:
    rows = answer(FACTS, "sponsorship_gaps", NOW)
    assert set(rows) == {"A/external", "B/external", "C/internal", "C/external", "D/internal"}


def test_a_gap_never_begins_after_as_of(answer: Ask) -> None:
    rows = answer(FACTS, "sponsorship_gaps", NOW)
    assert {key: row["since"] for key, row in rows.items()} == {
        "A/external": date(2026, 6, 30),  # a touch was due on the day before
        "B/external": date(2026, 6, 30),  # the 45 days of a new sponsor were over on the day before
        "C/internal": None,  # the sponsor left, nobody knows when
        "C/external": date(2026, 6, 30),  # the assignment ended
        "D/internal": date(2026, 6, 30),
    }


def test_load_counts_live_assignments_of_active_people(answer: Ask) -> None:
    rows = answer(FACTS, "sponsor_load", NOW)
    assert {key: row["accounts"] for key, row in rows.items()} == {"P": 3, "Q": 3, "R": 1}
    # Quin alone stands for A external, which ends in 60 days; Bob's ends in 61.
    assert {key: row["orphan_risk"] for key, row in rows.items()} == {"P": False, "Q": True, "R": False}
    assert {row["load"] for row in rows.values()} == {"ok"}


def test_load_limits(answer: Ask) -> None:
    people = "person_id,name\n3,Three\n4,Four\n5,Five\n6,Six\n"
    accounts = "account_id,name\n" + "".join(f"{number},Account {number}\n" for number in range(6))
    rows = [f"{p}-{a},{a},{p},internal,2026-01-01\n" for p in range(3, 7) for a in range(p)]
    sponsorships = "sponsorship_id,account_id,person_id,side,start_on\n" + "".join(rows)
    found = answer({"person": people, "account": accounts, "sponsorship": sponsorships}, "sponsor_load", NOW)
    assert [found[key]["load"] for key in "3456"] == ["ok", "warn", "warn", "over"]


def test_orphan_risk_and_uncovered_sides_are_reasons(answer: Ask) -> None:
    rows = answer(FACTS, "attention_reasons", NOW)
    assert set(rows) == {
        *("A/orphan_risk", "A/side_stale"),
        "B/side_stale",
        "C/no_live_sponsor",  # nobody on either side: said once, in place of both sides
        "D/side_stale",
    }
    one_new = FACTS | {"sponsorship": FACTS["sponsorship"] + "10,C,R,external,2026-06-30,,\n"}
    of_c = {key for key in answer(one_new, "attention_reasons", NOW) if key.startswith("C/")}
    assert of_c == {"C/side_uncovered"}  # a new sponsor outside is live


CONTACTS = FACTS | {
    "stakeholder": """
        stakeholder_id,account_id,name,role,level,active
        a1,A,Ada,cfo,5,true
        a2,A,Abe,buyer,3,true
        a3,A,Amy,buyer,,true
        a4,A,Old,buyer,3,false
        b1,B,Ben,buyer,3,true
        b2,B,Bea,buyer,3,true
        c1,C,Cid,ceo,5,true
        """,
    "activity": """
        activity_id,account_id,person_id,stakeholder_id,side,kind,occurred_on,status
        1,A,P,a1,internal,exec_meeting,2025-12-29,done
        2,A,Q,a2,external,exec_meeting,2026-06-30,done
        3,A,Q,a3,external,exec_meeting,2026-05-01,done
        4,A,R,a4,external,exec_meeting,2026-05-01,done
        5,B,P,b1,external,exec_meeting,2026-05-01,done
        6,B,P,b2,external,exec_meeting,2026-05-01,planned
        7,B,P,b2,external,exec_meeting,2026-07-01,done
        8,C,P,c1,external,exec_meeting,2025-12-28,done
        """,
}


def test_threads_count_active_contacts_of_the_last_183_days(answer: Ask) -> None:
    rows = answer(CONTACTS, "contact_threads", NOW)
    found = {key: (row["contacts_touched"], row["executives_touched"], row["thread"]) for key, row in rows.items()}
    assert found == {
        "A": (3, 1, "broad"),
        "B": (1, 0, "single"),
        "C": (0, 0, "single"),
        "D": (0, 0, "single"),
    }


def test_three_contacts_without_an_executive_are_thin(answer: Ask) -> None:
    people = CONTACTS["stakeholder"].replace("cfo,5", "cfo,4")
    assert answer(CONTACTS | {"stakeholder": people}, "contact_threads", NOW)["A"]["thread"] == "thin"

"""Six accounts worked out by hand: every status, limit and risk of sponsorship, each on its day."""

from __future__ import annotations

from datetime import date

from kaptui.filters import Filters
from tests.reference.answers import Ask

NOW = Filters(as_of=date(2026, 6, 30))

FACTS = {
    "setting": """
        key,value
        load_warn,1
        load_over,2
        """,
    "person": """
        person_id,name,function,level,active,line_manager_id
        LEA,Lea Lang,Strategy,5,true,
        MAX,Max Moor,Finance,4,true,LEA
        BOB,Bob Boss,Sales,4,true,LEA
        IDA,Ida Idle,Legal,5,true,
        OUT,Otto Out,Finance,4,false,
        KIM,Kim Kay,Sales,3,true,BOB
        """,
    "account": """
        account_id,name,manager_id,tier,status,region
        A1,Giant,KIM,1,active,North
        A2,Limit,KIM,1,active,North
        A3,Novice,KIM,1,active,South
        A4,Twice,KIM,1,active,South
        A5,Former,KIM,3,exited,South
        A6,Orphan,KIM,1,active,
        """,
    "financial_period": """
        account_id,period_start,currency,revenue,cogs
        A1,2026-05-01,EUR,100,60
        A2,2026-05-01,EUR,50,30
        A3,2026-05-01,EUR,40,50
        A4,2026-05-01,EUR,30,20
        A5,2026-05-01,EUR,20,
        A6,2026-05-01,EUR,10,5
        """,
    "stakeholder": """
        stakeholder_id,account_id,name,role,level
        C1,A1,Cleo,ceo,5
        C2,A2,Cord,buyer,2
        C6,A6,Cary,cfo,3
        """,
    "sponsorship": """
        sponsorship_id,account_id,person_id,side,start_on,end_on,counterpart_id,cadence_days
        1,A1,OUT,internal,2024-01-01,,,
        2,A1,MAX,external,2024-01-01,2026-06-30,,
        3,A2,LEA,internal,2024-01-01,,,
        4,A2,LEA,external,2024-01-01,,C2,
        5,A3,MAX,internal,2026-06-30,,,
        6,A3,LEA,external,2026-05-16,,,
        7,A4,LEA,internal,2024-01-01,,,
        8,A4,MAX,internal,2025-01-01,2026-12-31,,30
        9,A4,MAX,internal,2025-06-01,,,
        10,A4,LEA,external,2026-05-15,,,
        11,A5,LEA,internal,2024-01-01,,,
        12,A6,BOB,external,2024-01-01,2026-08-29,C6,
        """,
    "activity": """
        activity_id,account_id,person_id,stakeholder_id,side,kind,occurred_on,status
        1,A2,LEA,,internal,exec_meeting,2026-04-01,done
        2,A2,LEA,C2,external,exec_meeting,2026-03-31,done
        3,A2,LEA,C2,external,exec_meeting,2026-06-29,planned
        4,A2,LEA,C2,external,exec_meeting,2026-06-01,cancelled
        5,A3,LEA,,internal,exec_meeting,2026-06-10,done
        6,A3,BOB,,external,visit,2026-06-10,done
        7,A4,LEA,,internal,exec_meeting,2026-06-05,done
        8,A5,LEA,,internal,exec_meeting,2025-06-30,done
        9,A6,BOB,C6,external,exec_meeting,2026-06-30,done
        10,A6,,,external,year_end_negotiation,2025-12-10,done
        11,A1,KIM,,external,year_end_negotiation,2026-11-20,planned
        12,A2,LEA,,external,year_end_negotiation,2026-11-20,planned
        13,,LEA,,internal,newsletter,2026-06-30,done
        14,,LEA,,internal,newsletter,2026-04-01,done
        15,,LEA,,internal,award,2026-03-31,done
        16,,LEA,,external,convention,2026-05-01,done
        17,,LEA,,internal,convention,2026-07-01,done
        """,
}


def test_every_status(answer: Ask) -> None:
    rows = answer(FACTS, "sponsorship_coverage", NOW)
    assert {key: (row["status"], row["days_since_touch"]) for key, row in rows.items()} == {
        "A1/internal": ("uncovered", None),  # Otto is gone, his assignment is still open
        "A1/external": ("uncovered", None),  # ends on the very day
        "A2/internal": ("covered", 90),  # exactly at the cadence of tier 1
        "A2/external": ("stale", 91),  # a day over; planned and cancelled meetings do not count
        "A3/internal": ("new", None),  # starts on the very day; Lea's touch is not Max's
        "A3/external": ("new", None),  # 45 days; Bob is not assigned, and Lea's touch was inside
        "A4/internal": ("covered", 25),  # the shortest cadence of the two, 30, still holds
        "A4/external": ("stale", None),  # 46 days untouched
        "A6/internal": ("uncovered", None),
        "A6/external": ("covered", 0),  # touched on the day itself
    }


def test_the_day_by_which_each_live_side_needs_its_next_touch(answer: Ask) -> None:
    rows = answer(FACTS, "touches_due", NOW)
    assert {key: (row["due_on"], row["days_left"]) for key, row in rows.items()} == {
        "A2/internal": (date(2026, 6, 30), 0),  # 90 days after 1 April: today is the last
        "A3/external": (date(2026, 6, 30), 0),  # new on 16 May: the last of its 45 days
        "A4/internal": (date(2026, 7, 5), 5),  # the shorter of the two cadences counts
        "A3/internal": (date(2026, 8, 14), 45),  # new today
        "A6/external": (date(2026, 9, 28), 90),
    }
    assert list(rows) == ["A2/internal", "A3/external", "A4/internal", "A3/internal", "A6/external"]


def test_gaps_by_revenue_with_since_why_and_whom(answer: Ask) -> None:
    rows = answer(FACTS, "sponsorship_gaps", NOW)
    assert {key: (row["since"], row["suggested"]) for key, row in rows.items()} == {
        # Load must stay under 1: only Ida is free, and only once. The exited A5 has no gap.
        "A1/internal": (None, "Ida Idle"),
        "A1/external": (date(2026, 6, 30), None),  # ended on this day: the first without cover
        "A2/external": (date(2026, 6, 30), None),  # 31 March and 90 days: still covered on 29 June
        "A4/external": (date(2026, 6, 30), None),  # 15 May and 45 days: still new on 29 June
        "A6/internal": (None, None),
    }


def test_a_gap_is_told_by_who_stood_there_last(answer: Ask) -> None:
    """Otto has left the company. That explains a gap only where nobody stood there after him."""
    held = {
        "his name still stands there, after Max": (
            "9,A6,MAX,internal,2024-01-01,2025-01-31",
            "9b,A6,OUT,internal,2025-02-01,",
        ),
        "he ended last": ("9,A6,MAX,internal,2024-01-01,2025-01-31", "9b,A6,OUT,internal,2025-02-01,2026-03-31"),
        "Max came after him": ("9,A6,OUT,internal,2024-01-01,2025-01-31", "9b,A6,MAX,internal,2025-02-01,2026-03-31"),
    }
    found = {}
    for case, lines in held.items():
        more = FACTS["sponsorship"].rstrip() + "".join(f"\n        x{line},,\n" for line in lines)
        row = answer({**FACTS, "sponsorship": more}, "sponsorship_gaps", NOW)["A6/internal"]
        found[case] = (row["since"], row["why"])
    assert found == {
        "his name still stands there, after Max": (None, "sponsor left: Otto Out"),
        "he ended last": (date(2026, 3, 31), "sponsor left: Otto Out"),
        "Max came after him": (date(2026, 3, 31), "assignment ended"),
    }


def test_nobody_suitable_is_an_answer(answer: Ask) -> None:
    everyone = FACTS["person"].replace("IDA,Ida Idle,Legal,5", "IDA,Ida Idle,Legal,3")
    rows = answer(FACTS | {"person": everyone}, "sponsorship_gaps", NOW)
    assert {row["suggested"] for row in rows.values()} == {None}


def test_the_managers_own_boss_is_never_suggested(answer: Ask) -> None:
    bosses = FACTS["person"].replace("KIM,Kim Kay,Sales,3,true,BOB", "KIM,Kim Kay,Sales,3,true,IDA")
    rows = answer(FACTS | {"person": bosses}, "sponsorship_gaps", NOW)
    assert {row["suggested"] for row in rows.values()} == {None}


def test_level_region_and_acquaintance_speak_for_a_leader(answer: Ask) -> None:
    people = FACTS["person"] + "NEW,Nora New,Legal,4,true,\n        MET,Mia Met,Legal,4,true,\n"
    visits = FACTS["activity"] + "18,A2,MET,,external,visit,2025-01-01,done\n"
    room = FACTS["setting"].replace("load_warn,1", "load_warn,2")
    rows = answer(FACTS | {"setting": room, "person": people, "activity": visits}, "sponsorship_gaps", NOW)
    assert (
        rows["A1/internal"]["suggested"] == "Ida Idle"
    )  # level 5 and 4 match the ceo, nobody carries any: the first id
    assert rows["A1/external"]["suggested"] == "Mia Met"  # Ida stands inside now: the next id
    # nobody's level matches a buyer of 2; Mia was there, which speaks for her more than the account she was given
    assert (rows["A2/external"]["suggested"], rows["A2/external"]["suggested_because"]) == (
        "Mia Met",
        "carries 1, met before",
    )


def test_loads_risks_and_what_hangs_on_each(answer: Ask) -> None:
    rows = answer(FACTS, "sponsor_load", NOW)
    assert set(rows) == {"LEA", "MAX", "BOB"}  # Ida has no account, Otto is gone
    found = {key: (row["accounts"], row["load"], row["orphan_risk"]) for key, row in rows.items()}
    assert found == {
        "LEA": (3, "over", False),  # A2, A3, A4: above 2; A5 has left the programme
        "MAX": (2, "warn", False),  # A3, A4: above 1; his open assignment of A4 outlives the other
        "BOB": (1, "ok", True),  # alone at A6, ends in exactly 60 days
    }
    # Gone: Lea uncovers A2 inside, and A4, where Max alone was never in touch: 50 + 30.
    lost = {key: (row["lost_accounts"], row["lost_revenue"]) for key, row in rows.items()}
    assert lost == {"LEA": (2, 80.0), "MAX": (0, 0.0), "BOB": (1, 10.0)}


def test_touches_made_against_due(answer: Ask) -> None:
    rows = answer(FACTS, "sponsor_load", NOW)
    # Lea: A2 inside 4, outside 4; A3 outside 4; A4 inside 12 (every 30 days), outside 4.
    # Made in twelve months on her own sides: 1, 2 and 7.
    assert (rows["LEA"]["touches_made"], rows["LEA"]["touches_due"]) == (3, 28)
    assert (rows["MAX"]["touches_made"], rows["MAX"]["touches_due"]) == (0, 16)  # A3 inside 4, A4 inside 12
    assert (rows["BOB"]["touches_made"], rows["BOB"]["touches_due"]) == (1, 4)


def test_independence_and_seniority(answer: Ask) -> None:
    rows = answer(FACTS, "sponsor_load", NOW)
    columns = ("sides", "independent", "independence_known", "level_match", "level_known")
    assert {key: tuple(row[name] for name in columns) for key, row in rows.items()} == {
        "LEA": (5, 5, 5, 0, 1),  # five levels against two at A2
        "MAX": (2, 2, 2, 0, 0),
        "BOB": (1, 0, 1, 1, 1),  # from sales, and Kim's boss; four against three
    }


def test_mechanisms_and_who_faces_the_year_end_alone(answer: Ask) -> None:
    rows = answer(FACTS, "sponsorship_mechanisms", NOW)
    assert {key: row["executive_sponsor"] for key, row in rows.items()} == {
        "A1": False, "A2": True, "A3": True, "A4": True, "A6": False,
    }  # fmt: skip
    held = {key: row["year_end_negotiation"] for key, row in rows.items()}
    assert held == dict.fromkeys(["A1", "A2", "A3", "A4"]) | {"A6": False}  # held, and nobody attended
    # A1: only the manager is named. A2: stale outside, but Lea is named. A6: last December is behind.
    assert {key for key, row in rows.items() if row["negotiation_ahead"]} == {"A1", "A2"}
    assert {key for key, row in rows.items() if row["negotiation_exposed"]} == {"A1"}


def test_promotion_counts_internal_activities_without_an_account(answer: Ask) -> None:
    rows = answer(FACTS, "programme_promotion", NOW)
    assert {key: row["activities"] for key, row in rows.items()} == {
        "2026 Q1/award": 1,
        "2026 Q2/newsletter": 2,  # the convention of May was outside, that of July is still to come
    }


def test_coverage_sums_to_all_in_every_group(answer: Ask) -> None:
    rows = answer(FACTS, "coverage_breakdown", NOW)
    whole = rows["all/all/internal"]
    assert (whole["accounts"], whole["covered"], whole["stale"], whole["new"], whole["uncovered"]) == (5, 2, 0, 1, 2)
    assert (whole["revenue"], whole["covered_revenue"], whole["uncovered_revenue"]) == (230.0, 80.0, 110.0)
    # Gross profit of A1, A2, A3, A4, A6: 40, 20, -10, 10, 5.
    assert (whole["profit"], whole["covered_profit"], whole["new_profit"]) == (65.0, 30.0, -10.0)
    outside = rows["all/all/external"]
    assert (outside["covered"], outside["stale"], outside["new"], outside["uncovered"]) == (1, 2, 1, 1)
    assert rows["region/None/external"]["covered"] == 1  # an account without a region is a group, too
    for row in rows.values():
        assert row["covered"] + row["stale"] + row["new"] + row["uncovered"] == row["accounts"]
        parts = sum(row[f"{status}_revenue"] for status in ("covered", "stale", "new", "uncovered"))
        assert parts == row["revenue"]


def test_the_summary_says_it_in_one_row(answer: Ask) -> None:
    row = next(iter(answer(FACTS, "sponsorship_summary", NOW).values()))
    assert (row["without_accounts"], row["without_revenue"], row["one_side_accounts"]) == (1, 100.0, 3)
    # Max was nowhere himself, but Lea was at A4 in time: silent is who has no side on time.
    assert (row["leaders_over"], row["leaders_warn"], row["leaders_ending"], row["leaders_silent"]) == (1, 1, 1, 0)
    assert (row["leaver"], row["leaver_accounts"], row["leaver_revenue"]) == ("Lea Lang", 2, 80.0)
    assert (row["negotiations"], row["negotiations_exposed"]) == (2, 1)


def test_a_leader_without_a_side_on_time_is_silent(answer: Ask) -> None:
    """Without Lea's meeting inside A4 that side is stale, and Max's other one, at A3, is new: none is on time."""
    meeting = "        7,A4,LEA,,internal,exec_meeting,2026-06-05,done\n"
    assert meeting in FACTS["activity"]
    fewer = FACTS | {"activity": FACTS["activity"].replace(meeting, "")}
    assert next(iter(answer(fewer, "sponsorship_summary", NOW).values()))["leaders_silent"] == 1
    on_time = {key: (row["sides_on_time"], row["sides"]) for key, row in answer(fewer, "sponsor_load", NOW).items()}
    assert on_time == {"LEA": (1, 5), "MAX": (0, 2), "BOB": (1, 1)}  # Lea: A2 inside, exactly 90 days ago


def test_an_exited_account_is_nobodys_load(answer: Ask) -> None:
    assert answer(FACTS, "sponsor_load", NOW)["LEA"]["accounts"] == 3
    active = FACTS["account"].replace("        A5,Former,KIM,3,exited,South\n", "")
    gone = {name: "\n".join(line for line in text.splitlines() if "A5" not in line) for name, text in FACTS.items()}
    rows = answer(gone | {"account": active}, "sponsor_load", NOW)
    assert rows["LEA"]["accounts"] == 3

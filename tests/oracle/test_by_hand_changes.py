"""Changes worked out by hand: what a score does to the index, what moves profit, who left, what is no change at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kaptui.filters import Filters
from tests.reference.answers import Ask

NOW = Filters(as_of=date(2026, 6, 30), since="2026-03-31")

FACTS = {
    "person": """
        person_id,name,level
        P,Piet,5
        Q,Quinn,5
        """,
    "account": """
        account_id,name
        A,Anna
        B,Bob
        C,Cleo
        D,Dora
        """,
    "success_factor": """
        factor_id,code,name,weight,scale_max,fresh_days,expire_days
        1,TOP,Top,1,4,183,366
        2,QUA,Quality,3,10,60,120
        """,
    "assessment": """
        account_id,factor_id,assessed_on,score
        A,1,2026-01-15,2
        A,1,2026-04-01,4
        A,2,2026-03-15,5
        A,2,2026-06-30,5
        B,1,2026-02-01,2
        B,2,2026-01-01,8
        C,1,2026-06-01,4
        C,2,2026-03-31,5
        D,1,2026-03-01,4
        D,1,2026-05-01,3
        D,2,2026-03-31,1
        A,1,2026-07-01,0
        """,
    "financial_period": """
        account_id,period_start,currency,revenue,cogs
        A,2025-05-01,EUR,100000,50000
        A,2025-12-01,EUR,400000,300000
        A,2026-05-01,EUR,600000,480000
        B,2026-06-01,EUR,500,100
        C,2026-02-01,EUR,-50,0
        """,
    "sponsorship": """
        sponsorship_id,account_id,person_id,side,start_on,end_on
        S1,A,P,internal,2025-01-01,2026-04-15
        S2,A,P,internal,2026-04-15,
        S3,A,Q,external,2025-01-01,2026-05-01
        S4,B,Q,internal,2026-06-30,
        """,
    "activity": """
        activity_id,account_id,person_id,side,kind,occurred_on
        V1,A,P,internal,visit,2026-03-20
        V2,A,Q,external,visit,2026-03-20
        """,
}


def row(rows: Mapping[str, dict[str, Any]], account_id: str, what: str) -> dict[str, Any]:
    """The one change of this kind of an account."""
    (found,) = [one for one in rows.values() if (one["account_id"], one["what"]) == (account_id, what)]
    return found


def test_a_score_moves_by_points_beside_the_revenue_it_touches(answer: Ask) -> None:
    rows = answer(FACTS, "changes", NOW)
    # A: from 2 to 4 of 4 is 50 points. Twelve months to June 2026 sold a million.
    raised = row(rows, "A", "TOP score")
    assert (raised["before"], raised["after"], raised["changed_on"]) == ("2", "4", date(2026, 4, 1))
    assert (raised["effect"], raised["points"], raised["revenue_touched"]) == (None, 50, 1_000_000)
    assert (raised["measure"], raised["direction"]) == ("score", "better")
    # B: QUA expired after 120 days: from a known score to none is no number of points.
    lost = row(rows, "B", "QUA score")
    assert (lost["before"], lost["after"], lost["changed_on"]) == ("8", None, date(2026, 5, 2))
    assert (lost["points"], lost["revenue_touched"], lost["direction"]) == (None, 500, "neither")
    # C: TOP is new.
    new = row(rows, "C", "TOP score")
    assert (new["before"], new["after"], new["points"], new["revenue_touched"]) == (None, "4", None, -50)
    # D: no figures, so it touches no revenue that is known.
    fell = row(rows, "D", "TOP score")
    assert (fell["before"], fell["after"], fell["points"], fell["revenue_touched"]) == ("4", "3", -25, None)
    assert (fell["effect"], fell["direction"]) == (None, "worse")


def test_the_same_score_again_and_scores_of_tomorrow_are_no_change(answer: Ask) -> None:
    rows = answer(FACTS, "changes", NOW)
    assert not [one for one in rows.values() if (one["account_id"], one["what"]) == ("A", "QUA score")]
    assert row(rows, "A", "TOP score")["after"] == "4"


LONG = FACTS["financial_period"].replace("A,2025-05-01", "A,2025-04-01,EUR,0,0\n        A,2025-05-01")
"""The same with a first month that makes twelve at the review: April 2025 to March 2026."""


def test_profit_compares_twelve_months_with_twelve_months(answer: Ask) -> None:
    # At the review A is known since May 2025 only: eleven months, so it is left out.
    assert not [one for one in answer(FACTS, "changes", NOW).values() if one["what"].startswith("profit")]
    rows = answer(FACTS | {"financial_period": LONG}, "changes", NOW)
    # A: May and December 2025 made 50,000 + 100,000; December and May 2026 make 100,000 + 120,000.
    moved = row(rows, "A", "profit, 12 months")
    assert (moved["before"], moved["after"], moved["effect"]) == ("150000.00", "220000.00", 70_000)
    assert (moved["changed_on"], moved["measure"], moved["points"]) == (date(2026, 6, 30), "money", None)
    # B was without figures at the review: unknown, not zero. C has the same month in both windows, and not twelve.
    assert [one["account_id"] for one in rows.values() if one["what"].startswith("profit")] == ["A"]
    ytd = Filters(as_of=NOW.as_of, since=NOW.since, window="ytd")
    year_to_date = answer(FACTS | {"financial_period": LONG}, "changes", ytd)
    assert row(year_to_date, "A", "profit, 12 months")["effect"] == 70_000


def test_a_profit_that_became_unknown_is_named_and_is_no_number(answer: Ask) -> None:
    withdrawn = LONG.replace("A,2026-05-01,EUR,600000,480000", "A,2026-05-01,EUR,600000,")
    rows = answer(FACTS | {"financial_period": withdrawn}, "changes", NOW)
    gone = row(rows, "A", "profit, 12 months")
    assert (gone["before"], gone["after"], gone["effect"], gone["direction"]) == ("150000.00", None, None, "neither")


def test_a_renewed_sponsor_is_no_change_and_one_who_left_is(answer: Ask) -> None:
    rows = answer(FACTS, "changes", NOW)
    told = {
        (one["account_id"], one["what"], one["before"], one["after"], one["changed_on"])
        for one in rows.values()
        if one["what"].endswith(("sponsor", "side"))
    }
    assert told == {
        ("A", "external sponsor", "Quinn", None, date(2026, 5, 1)),
        ("A", "external side", "covered", "uncovered", date(2026, 5, 1)),
        # P was last there on 20 March, due every 90 days: stale from 19 June.
        ("A", "internal side", "covered", "stale", date(2026, 6, 19)),
        ("B", "internal sponsor", None, "Quinn", date(2026, 6, 30)),
        ("B", "internal side", "uncovered", "new", date(2026, 6, 30)),
    }


def test_what_moved_most_and_what_got_worse_most(answer: Ask) -> None:
    rows = answer(FACTS | {"financial_period": LONG}, "changes_by_account", NOW)
    # A's profit moved; of what it lost nothing has an amount, so cover comes before the sponsor. D fell by 25 points.
    # Of B's and C's scores nobody knows whether they fell.
    assert [(key, one["worse"], one["better"], one["worst"]) for key, one in rows.items()] == [
        ("A", 3, 2, "external side"),
        ("D", 1, 0, "TOP score"),
        ("B", 0, 2, None),
        ("C", 0, 0, None),
    ]
    assert [(one["score_points"], one["profit_effect"]) for one in rows.values()] == [
        # of the index, over what is valid at both dates: (50 x 1 + 0 x 3) / 4, (-25 x 1 + 0 x 3) / 4; no move of one
        (12.5, 70_000),
        (-6.25, None),
        (0, None),
        (0, None),
    ]


def test_the_worst_is_money_lost_then_points(answer: Ask) -> None:
    """TOP falls by a quarter of its scale, QUA by a tenth; money comes before points and is never added to them."""
    lower = """
        account_id,factor_id,assessed_on,score
        A,1,2026-03-15,4
        A,2,2026-03-15,5
        A,1,2026-06-01,3
        A,2,2026-06-01,4
        """
    better = answer(FACTS | {"assessment": lower, "financial_period": LONG}, "changes_by_account", NOW)
    assert (better["A"]["score_points"], better["A"]["profit_effect"]) == (-13.75, 70_000)  # (-25 x 1 - 10 x 3) / 4
    assert better["A"]["worst"] == "TOP score"
    poorer = LONG.replace("600000,480000", "600000,570000")
    rows = answer(FACTS | {"assessment": lower, "financial_period": poorer}, "changes_by_account", NOW)
    assert (rows["A"]["profit_effect"], rows["A"]["worst"]) == (-20_000, "profit, 12 months")


def test_a_side_that_slips_comes_before_a_sponsor_who_goes_and_a_newcomer_is_better_than_silence(answer: Ask) -> None:
    sides = {
        "person": FACTS["person"],
        "account": FACTS["account"],
        "sponsorship": """
            sponsorship_id,account_id,person_id,side,start_on,end_on
            1,A,Q,external,2025-01-01,2026-05-01
            2,A,P,external,2025-01-01,
            3,A,P,internal,2025-01-01,
            4,B,P,external,2025-01-01,2026-06-15
            5,B,Q,external,2026-06-15,
            """,
        "activity": """
            activity_id,account_id,person_id,side,kind,occurred_on
            1,A,P,external,visit,2026-03-20
            2,A,P,external,visit,2026-06-01
            3,A,P,internal,visit,2026-03-20
            """,
    }
    rows = answer(sides, "changes_by_account", NOW)
    assert {key: (one["worse"], one["better"], one["worst"]) for key, one in rows.items()} == {
        "A": (2, 0, "internal side"),
        "B": (1, 2, "external sponsor"),
    }


SLIPPED = {
    "person": FACTS["person"],
    "account": FACTS["account"],
    "sponsorship": """
        sponsorship_id,account_id,person_id,side,start_on,end_on,cadence_days
        1,A,P,external,2025-01-01,2026-05-01,
        2,A,Q,external,2025-01-01,,
        3,B,P,external,2025-01-01,,200
        4,B,Q,external,2026-05-15,,60
        5,C,P,external,2025-01-01,2026-04-10,
        6,C,Q,external,2026-04-20,2026-05-30,
        7,C,Q,external,2026-05-31,,
        8,D,P,external,2025-01-01,,
        9,D,Q,external,2026-04-01,2026-05-20,30
        """,
    "activity": """
        activity_id,account_id,person_id,side,kind,occurred_on
        1,A,P,external,visit,2026-03-20
        2,A,Q,external,visit,2026-01-10
        3,B,P,external,visit,2026-03-01
        4,C,P,external,visit,2026-03-20
        5,C,Q,external,visit,2025-02-01
        6,D,P,external,visit,2026-03-10
        """,
}
"""Covered at the review, stale at as-of, each in its own way. Cadence is 90 days where the row does not say."""


def test_a_side_is_stale_from_the_first_day_from_which_it_has_been_so(answer: Ask) -> None:
    rows = answer(SLIPPED, "changes", NOW)
    sides = {one["account_id"]: one for one in rows.values() if one["what"] == "external side"}
    assert {(one["before"], one["after"]) for one in sides.values()} == {("covered", "stale")}
    assert {key: one["changed_on"] for key, one in sides.items()} == {
        # P's touch of 20 March held the side until he ended on 1 May; the touch of Q, who stays, was too old by then.
        "A": date(2026, 5, 1),
        # The touch of 1 March is in time for P's 200 days, and not for the 60 of Q, who came on 15 May.
        "B": date(2026, 5, 15),
        # From 10 April nobody, from 20 April silent Q, on 30 May nobody for a day, silent Q again.
        "C": date(2026, 5, 31),
        # Q asked for every 30 days while he was there, until 20 May, and from 10 April on that was too long ago. By the
        # 90 days of P the side was covered again until 8 June.
        "D": date(2026, 6, 9),
    }

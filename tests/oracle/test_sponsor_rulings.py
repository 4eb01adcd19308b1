"""What misled about sponsors, scores, evidence and plans, each case worked out by hand.

Over 300 lines because every case that misled stands in one list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kaptui.filters import Filters, Move
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.ui.widgets.table.table_layout import text_of
from kaptui.views import Table
from tests.explain.explaining import why
from tests.reference.answers import ANSWERS
from tests.reference.case import Case
from tests.reference.shelf import Shelf

AS_OF = date(2026, 6, 30)
NOW = Filters(as_of=AS_OF, since="2026-03-31")

PERSON = """
    person_id,name,function,level,active,line_manager_id
    M,Mia Manager,Marketing,3,true,B
    B,Bea Boss,Finance,5,true,
    S,Sol Seller,sales ,5,true,
    L,Lea Lang,Legal,5,true,
    K,Kim Kay,Finance,4,true,
    N,Nil Nothing,,4,true,
    """
ACCOUNT = """
    account_id,name,manager_id,tier
    A,Anna,M,1
    """
SPONSORSHIP = "sponsorship_id,account_id,person_id,side,start_on,end_on\n"
MONTHS = "account_id,period_start,currency,revenue,cogs\n"
ACTIVITY = "activity_id,account_id,person_id,side,kind,occurred_on\n"


class Teller:
    """Asks small facts, every row by one of its columns."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def ask(self, facts: Mapping[str, str], question: str, filters: Filters = NOW) -> list[dict[str, Any]]:
        return self._shelf.portfolio(facts).ask(question, filters).to_dicts()

    def one(self, facts: Mapping[str, str], question: str, filters: Filters = NOW) -> dict[str, Any]:
        return self.ask(facts, question, filters)[0]

    def sides(self, facts: Mapping[str, str], filters: Filters = NOW) -> dict[str, Any]:
        rows = self.ask(facts, "sponsorship_coverage", filters)
        return {f"{row['account_id']}/{row['side']}": row["status"] for row in rows}


@pytest.fixture
def tell(shelf: Shelf) -> Teller:
    return Teller(shelf)


def standing(*lines: str) -> str:
    return SPONSORSHIP + "".join(f"{number},{line}\n" for number, line in enumerate(lines, 1))


def done(*lines: str) -> str:
    return ACTIVITY + "".join(f"{number},{line}\n" for number, line in enumerate(lines, 1))


def managed(*ids: str) -> str:
    """Accounts of tier 1 that Mia manages, as Anna is."""
    return "account_id,name,manager_id,tier\n" + "".join(f"{one},Name {one},M,1\n" for one in ids)


def facts(sponsorship: str, activity: str = "", **more: str) -> dict[str, str]:
    found = {"person": PERSON, "account": ACCOUNT, "sponsorship": sponsorship} | more
    return found | ({"activity": activity} if activity else {})


# A table that the file does not hold


def test_without_sponsorships_nothing_is_said_of_a_side(tell: Teller) -> None:
    given = {"person": PERSON, "account": ACCOUNT, "activity": done("A,L,internal,visit,2026-06-01")}
    assert tell.sides(given) == {"A/internal": None, "A/external": None}
    row = tell.one(given, "accounts")
    assert (row["coverage"], row["internal_status"]) == (None, None)
    whole = tell.one(given, "portfolio")
    assert (whole["internal_covered"], whole["fully_covered"], whole["uncovered_revenue_share"]) == (0, 0, None)


def test_an_assigned_side_is_not_silent_where_the_file_holds_no_touch(tell: Teller) -> None:
    """Inside assigned long ago, at the customer since 45 days: new is known without a touch, silence is not."""
    given = facts(standing("A,L,internal,2024-01-01,", "A,K,external,2026-05-16,"))
    assert tell.sides(given) == {"A/internal": None, "A/external": "new"}
    assert tell.sides(facts(standing("A,L,internal,2024-01-01,"))) == {"A/internal": None, "A/external": "uncovered"}
    row = tell.one(given, "sponsorship_summary")
    assert (row["without_accounts"], row["unknown_sides"], row["stale_sides"]) == (0, 1, 0)
    assert tell.ask(given, "sponsorship_gaps") == []
    loads = {row["person_id"]: row for row in tell.ask(given, "sponsor_load")}
    assert (loads["L"]["sides_on_time"], loads["L"]["sides"]) == (0, 1)


def test_ids_that_match_nobody_are_no_silence(tell: Teller) -> None:
    """Under half of the done account activities name a known person: no touch is known. Half is enough."""
    lines = ["A,L,internal,visit,2026-06-01", "A,EMP-L,internal,visit,2026-06-02", "A,EMP-K,external,visit,2026-06-02"]
    stands = standing("A,L,internal,2024-01-01,", "A,K,external,2024-01-01,")
    assert tell.sides(facts(stands, done(*lines))) == {"A/internal": None, "A/external": None}
    assert tell.sides(facts(stands, done(*lines[:2]))) == {"A/internal": "covered", "A/external": "stale"}
    planned = f"{done(*lines[:2]).rstrip()},done\n3,A,EMP-L,internal,visit,2026-07-01,planned\n"
    planned = planned.replace("occurred_on", "occurred_on,status").replace("2026-06-01\n", "2026-06-01,done\n")
    assert tell.sides(facts(stands, planned))["A/internal"] == "covered", "only what is done counts"


def test_touches_and_mechanisms_that_the_file_cannot_tell_are_empty(shelf: Shelf, tell: Teller) -> None:
    """Of engine and reference alike: nobody met nobody where nobody wrote meetings down, or under names nobody has."""
    stands = standing("A,L,internal,2024-01-01,", "A,K,external,2026-06-01,")
    mechanisms = ("investment_committee", "success_evidence", "recognition", "advisory_board", "year_end_negotiation")
    asked = ("sponsor_load", "sponsorship_mechanisms", "portfolio")
    silent = facts(stands)
    foreign = facts(stands, done("A,EMP-L,internal,investment_committee,2026-06-01"))
    heard = facts(stands, done("A,L,internal,investment_committee,2026-06-01"))
    made = {"silent": {"K": None, "L": None}, "foreign": {"K": None, "L": None}, "heard": {"K": 0, "L": 1}}
    committee = {"silent": None, "foreign": True, "heard": True}
    for name, given in (("silent", silent), ("foreign", foreign), ("heard", heard)):
        case = Case.of(shelf.facts(given), NOW)
        for answer in ({one: tell.ask(given, one) for one in asked}, {one: ANSWERS[one](case) for one in asked}):
            loads = {row["person_id"]: row for row in answer["sponsor_load"]}
            assert {key: row["touches_made"] for key, row in loads.items()} == made[name], name
            assert {key: row["touches_due"] for key, row in loads.items()} == {"K": 4, "L": 4}, name
            (row,) = answer["sponsorship_mechanisms"]
            assert (row["investment_committee"], row["executive_sponsor"]) == (committee[name], True), name
            assert row["recognition"] is (None if name == "silent" else False), name
            if name == "silent":
                assert [row[one] for one in mechanisms] == [None] * 5
            (whole,) = answer["portfolio"]
            assert whole["uncovered_revenue_share"] is None, "no figures, and but for heard no status"
    nobody = {"person": PERSON, "account": ACCOUNT, "activity": done("A,L,internal,visit,2026-06-01")}
    assert tell.one(nobody, "sponsorship_mechanisms")["executive_sponsor"] is None, "the file holds no sponsorships"


def test_the_share_without_a_live_sponsor_is_empty_where_no_status_is_known(shelf: Shelf, tell: Teller) -> None:
    money = MONTHS + "A,2026-05-01,EUR,300,1\n"
    stands = standing("A,L,internal,2024-01-01,", "A,K,external,2024-01-01,")
    for activity, share in (("", None), (done("A,L,internal,visit,2024-06-01"), 1.0)):
        given = facts(stands, activity, financial_period=money)
        (reference,) = ANSWERS["portfolio"](Case.of(shelf.facts(given), NOW))
        found = [
            tell.one(given, question)["uncovered_revenue_share"] for question in ("portfolio", "sponsorship_summary")
        ]
        assert [*found, reference["uncovered_revenue_share"]] == [share] * 3


def test_what_cannot_be_told_is_explained_and_shown_as_unknown(tell: Teller, shelf: Shelf) -> None:
    given = facts(standing("A,L,internal,2024-01-01,", "A,K,external,2026-06-01,"))
    portfolio = shelf.portfolio(given)
    made = why(portfolio, "touches_made", item="L", filters=NOW).rows[0]
    assert (made["value"], made["words"]) == (None, "no touch is known, 4 are due; cannot be judged: no activities")
    committee = why(portfolio, "investment_committee", "A", filters=NOW).rows[0]
    assert (committee["value"], committee["words"]) == (None, "cannot be told: no activities")
    share = why(portfolio, "uncovered_revenue_share", filters=NOW)
    assert (share.rows[0]["value"], share.rows[0]["words"]) == (None, "no status of a side is known")
    assert ("Accounts whose cover cannot be told", 1) in {(row["label"], row["value"]) for row in share.rows}
    loads, practice = (drawn(portfolio, name) for name in ("sponsor_load", "sponsorship_mechanisms"))
    assert shown(loads, "touches_made") == {"n/a"}
    practised = [shown(practice, name) for name in ("executive_sponsor", "recognition", "year_end_negotiation")]
    assert practised == [{"yes"}, {"n/a"}, {"n/a"}]
    assert practice.caption == "cannot be told: no activities"


def drawn(portfolio: Portfolio, question: str) -> Table:
    view = PANELS[question].render(portfolio.ask(question, NOW), portfolio.context(NOW))
    assert isinstance(view, Table)
    return view


def shown(table: Table, name: str) -> set[str]:
    (column,) = (one for one in table.columns if one.name == name)
    return {text_of(column, row) for row in table.frame.rows(named=True)}


# What a touch is, and whose


def test_a_newsletter_is_no_meeting_and_the_company_may_say_otherwise(tell: Teller) -> None:
    stands = standing("A,L,internal,2024-01-01,", "A,K,external,2024-01-01,")
    kinds = {"newsletter": "stale", "call": "stale", "award": "stale", "visit": "covered"}
    given = facts(
        standing(*(f"{kind},L,internal,2024-01-01," for kind in kinds)),
        done(*(f"{kind},L,internal,{kind},2026-06-01" for kind in kinds)),
        account=managed(*kinds),
    )
    assert {kind: tell.sides(given)[f"{kind}/internal"] for kind in kinds} == kinds
    own = {"activity_kind": "kind,label,touch,mechanism\ncall,Video call,true,\nawards_dinner,Dinner,,recognition\n"}
    given = facts(stands, done("A,L,internal,call,2026-06-01", "A,K,external,awards_dinner,2026-06-01"), **own)
    assert tell.sides(given) == {"A/internal": "covered", "A/external": "covered"}
    assert tell.one(given, "sponsorship_mechanisms")["recognition"] is True
    assert {row["label"] for row in tell.ask(given, "account_touches")} == {"Video call", "Dinner"}


TWO_PEOPLE = {
    "one person on both sides": (("L",), False),
    "another": (("K",), True),
    "from sales, in whatever case and with blanks": (("S",), False),
    "the account's manager": (("M",), False),
    "his line manager": (("B",), False),
    "of no known function, so of none in the list": (("N",), True),
    "the same and one from sales": (("L", "S"), False),
    "the same and another": (("L", "K"), True),
}
"""Who stands at the customer where Lea stands inside, everybody in touch: is that double?"""


def test_double_means_two_independent_people(tell: Teller) -> None:
    stands, meetings, double = [], [], []
    for number, (at_customer, independent) in enumerate(TWO_PEOPLE.values()):
        account = f"A{number}"
        stands += [
            f"{account},L,internal,2024-01-01,",
            *(f"{account},{one},external,2024-01-01," for one in at_customer),
        ]
        meetings += [f"{account},L,internal,visit,2026-06-01"]
        meetings += [f"{account},{one},external,visit,2026-06-01" for one in "LKSMBN"]
        double += [account] * independent
    given = facts(standing(*stands), done(*meetings), account=managed(*(f"A{n}" for n in range(len(TWO_PEOPLE)))))
    assert {row["coverage"] for row in tell.ask(given, "accounts")} == {"full"}
    found = tell.ask(given, "accounts", replace(NOW, where="double_sponsor:true"))
    assert sorted(one["account_id"] for one in found) == double
    summary = tell.one(given, "sponsorship_summary")
    assert (summary["fully_covered"], summary["double_sponsored"]) == (len(TWO_PEOPLE), len(double))


def test_the_second_person_must_be_in_touch_himself(tell: Teller) -> None:
    """Kim stands beside Lea at the customer; only Lea's visits cover that side. 91 days are one too many."""
    days = {"in time": "2026-04-01", "late": "2026-03-31"}
    stands = [f"{one},{who},2024-01-01," for one in days for who in ("L,internal", "L,external", "K,external")]
    visits = [f"{one},L,{side},visit,2026-06-01" for one in days for side in ("internal", "external")]
    visits += [f"{one},K,external,visit,{day}" for one, day in days.items()]
    given = facts(standing(*stands), done(*visits), account=managed(*days))
    summary = tell.one(given, "sponsorship_summary")
    assert (summary["fully_covered"], summary["double_sponsored"]) == (2, 1)
    found = tell.ask(given, "accounts", replace(NOW, where="double_sponsor:true"))
    assert [one["account_id"] for one in found] == ["in time"]


# When it began


def test_a_renewal_does_not_turn_a_silent_side_new(tell: Teller) -> None:
    """Renewed on the day of its end or a day later the first start counts; two days later it is a new beginning."""
    talk = done("other,K,external,visit,2026-06-01")
    starts = {"2026-06-01": "stale", "2026-06-02": "stale", "2026-06-03": "new"}
    stands = [f"{start},L,internal,{since}" for start in starts for since in ("2024-01-01,2026-06-01", f"{start},")]
    other = ("other,B,internal,2024-01-01,2026-06-01", "other,L,internal,2026-06-01,", "other,K,external,2024-01-01,")
    found = tell.sides(facts(standing(*stands, *other), talk, account=managed(*starts, "other")))
    assert {start: found[f"{start}/internal"] for start in starts} == starts
    assert found["other/internal"] == "new", "of another person"


def test_a_gap_begins_on_the_first_day_without_cover(tell: Teller) -> None:
    """1 March and 90 days is 30 May, still covered. Assigned on 1 March and 45 days is 15 April, still new."""
    given = facts(
        standing("A,L,internal,2024-01-01,", "A,K,external,2026-03-01,"), done("A,L,internal,visit,2026-03-01")
    )
    gaps = {row["side"]: (row["status"], row["since"]) for row in tell.ask(given, "sponsorship_gaps")}
    assert gaps == {"internal": ("stale", date(2026, 5, 31)), "external": ("stale", date(2026, 4, 16))}
    for side, last in (("internal", date(2026, 5, 30)), ("external", date(2026, 4, 15))):
        assert tell.sides(given, Filters(as_of=last, since="2026-03-31"))[f"A/{side}"] in {"covered", "new"}


# Loads and the one definition of nobody live


def test_a_tier_3_side_is_due_once_a_year_and_on_time_while_covered(tell: Teller) -> None:
    accounts = "account_id,name,tier,status\nA,Anna,3,active\nC,Cleo,1,active\nX,Exit,1,exited\n"
    given = facts(
        standing("A,L,internal,2024-01-01,", "C,L,external,2024-01-01,", "X,L,internal,2024-01-01,"),
        done("A,L,internal,visit,2025-08-01", "C,L,external,visit,2026-01-01"),
        account=accounts,
    )
    row = tell.one(given, "sponsor_load")
    assert (row["touches_due"], row["touches_made"]) == (1 + 4, 2), "365 days hold no whole cadence of 366, once is due"
    assert (row["sides_on_time"], row["sides"]) == (1, 2), "180 days at a cadence of 90 are late"
    assert (row["accounts"], row["accounts_all"]) == (2, 2), "the exited account is nobody's load"
    chosen = tell.one(given, "sponsor_load", replace(NOW, where="tier:3"))
    assert (chosen["accounts"], chosen["sides"], chosen["accounts_all"]) == (1, 1, 2)


def test_no_live_sponsor_is_defined_once(tell: Teller) -> None:
    """Cleo's customer side is new: she is no account without anybody. 300 of 400 has nobody; the exited is apart."""
    accounts = "account_id,name,status\nA,Anna,active\nC,Cleo,active\nX,Exit,exited\n"
    money = MONTHS + "A,2026-05-01,EUR,300,1\nC,2026-05-01,EUR,100,1\nX,2026-05-01,EUR,900,1\n"
    given = facts(
        standing("A,L,internal,2024-01-01,", "C,K,external,2026-06-20,", "C,L,internal,2024-01-01,"),
        done("C,L,internal,visit,2025-01-01"),
        account=accounts,
        financial_period=money,
    )
    whole, summary = tell.one(given, "portfolio"), tell.one(given, "sponsorship_summary")
    assert whole["uncovered_revenue_share"] == pytest.approx(0.75) == summary["uncovered_revenue_share"]
    assert (summary["accounts"], summary["without_accounts"], summary["without_revenue"]) == (2, 1, 300)


# The proposal


def test_one_proposal_counts_what_it_takes(tell: Teller) -> None:
    """Under two accounts each: Kim and Lea. Bea is the manager's boss, Sol from sales, Mia too low, Nil gone.

    Largest gap first: A inside takes Kim, the first id; A outside Lea, for Kim stands there now. C inside, where the
    customer's highest is of level 3, takes Kim of level 4 although Lea carries no more. C outside: Lea is a level too
    high, but the only one left. D has nobody: both carry two.
    """
    accounts = "account_id,name,manager_id\nA,Anna,M\nC,Cleo,M\nD,Dora,M\n"
    money = MONTHS + "A,2026-05-01,EUR,300,1\nC,2026-05-01,EUR,200,1\nD,2026-05-01,EUR,100,1\n"
    given = facts(
        standing("A,M,internal,2024-01-01,"),
        done("A,M,internal,visit,2025-01-01"),
        account=accounts,
        financial_period=money,
        person=PERSON.replace("N,Nil Nothing,,4,true,", "N,Nil Nothing,,4,false,"),
        stakeholder="stakeholder_id,account_id,name,role,level\n1,C,Cy,buyer,3\n",
        setting="key,value\nload_warn,2\n",
    )
    rows = tell.ask(given, "sponsorship_proposal")
    assert [(row["account_id"], row["side"], row["status"], row["person_id"]) for row in rows] == [
        ("A", "internal", "stale", "K"),
        ("A", "external", "uncovered", "L"),
        ("C", "internal", "uncovered", "K"),
        ("C", "external", "uncovered", "L"),
        ("D", "internal", "uncovered", None),
        ("D", "external", "uncovered", None),
    ]
    assert [row["covered_from"] for row in rows] == [date(2026, 8, 14)] * 4 + [None] * 2, "30 June and 45 days"
    assert [row["because"] for row in rows] == [
        "carries 0",
        "carries 0",
        "carries 1, level matches",
        "carries 1",
        "nobody is free any more",
        "nobody is free any more",
    ]
    assert rows[0]["replaces"] == "Mia Manager"
    gaps = tell.ask(given, "sponsorship_gaps")
    assert [row["suggested_id"] for row in gaps] == ["K", "L", "K", "L", None, None]
    some = tell.ask(given, "sponsorship_proposal", replace(NOW, where="account_id:D"))
    assert [row["person_id"] for row in some] == [None, None], "the filter chooses what is shown, not what is proposed"


def test_who_is_proposed_is_new_till_the_first_touch_and_nobody_is_proposed_whom_that_only_renews(tell: Teller) -> None:
    """Kim is silent at the customer of tier 1 (90 days). Lea met them a year and a half ago, Nil stood there until
    yesterday: the first id would be Lea's, then Nil's; Bea and Sol may not.
    """
    met = done("A,K,external,visit,2025-01-01", "A,L,external,visit,2025-01-01", "A,N,external,visit,2025-01-01")
    given = facts(
        standing("A,B,internal,2026-06-01,", "A,K,external,2024-01-01,", "A,N,external,2024-01-01,2026-06-29"), met
    )
    proposed = {row["side"]: row for row in tell.ask(given, "sponsorship_proposal")}
    assert (proposed["external"]["person_id"], proposed["external"]["replaces"]) == ("L", "Kim Kay")
    beside, instead = (Move(kind, "L", "A", "external") for kind in ("assign", "replace"))
    assert tell.sides(given, replace(NOW, moves=(beside,)))["A/external"] == "stale", "Kim is as late as before"
    assert tell.sides(given, replace(NOW, moves=(instead,)))["A/external"] == "new", "what was long ago is no touch"
    again = replace(NOW, moves=(Move("replace", "N", "A", "external"),))
    assert tell.sides(given, again)["A/external"] == "stale", "a renewal is not new"
    both = standing("A,K,internal,2026-06-01,", "A,N,external,2024-01-01,", "A,K,external,2024-01-01,2026-06-29")
    proposed = {row["side"]: row for row in tell.ask(given | {"sponsorship": both}, "sponsorship_proposal")}
    assert proposed["external"]["person_id"] == "L", "Kim is out for two reasons, which costs nobody else the place"
    full = given | {"person": PERSON.replace("L,Lea Lang,Legal,5", "L,Lea Lang,Legal,3")}
    proposed = {row["side"]: row for row in tell.ask(full, "sponsorship_proposal")}
    assert proposed["external"]["person_id"] is None, "Nil, who stood there until yesterday, is nobody new"
    recent = facts(
        standing("A,K,external,2024-01-01,"), done("A,K,external,visit,2025-01-01", "A,L,external,visit,2026-06-01")
    )
    assert tell.sides(recent, replace(NOW, moves=(instead,)))["A/external"] == "covered", "what is in time counts"


def test_level_before_region_before_acquaintance_before_load(tell: Teller) -> None:
    """Two differ in one thing at a time; whoever is worse in what comes first loses, however good in the rest."""
    accounts = "account_id,name,region\nA,Anna,North\nH,Home,North\nO,Other,South\n"
    people = "person_id,name,function,level\n1,One,Legal,5\n2,Two,Legal,4\n"
    money = "account_id,period_start,currency,revenue,cogs\nA,2026-05-01,EUR,300,1\n"
    base = {"account": accounts, "person": people, "financial_period": money}
    both = ("H,2,internal,2024-01-01,", "O,1,internal,2024-01-01,")
    seen = ("H,2,internal,visit,2026-06-01", "O,1,internal,visit,2026-06-01")
    contact = "stakeholder_id,account_id,name,role,level\n1,A,Ann,ceo,{}\n"

    def first(stands: tuple[str, ...], met: tuple[str, ...], level: int) -> str:
        given = base | {"sponsorship": standing(*stands), "activity": done(*seen, *met)}
        rows = tell.ask(given | {"stakeholder": contact.format(level)}, "sponsorship_proposal")
        return str(rows[0]["person_id"])

    assert first(both, (), 5) == "2", "of both levels, Two from the North"
    assert first(both, ("A,1,internal,visit,2025-01-01",), 5) == "2", "the region comes before having met"
    assert first(both, (), 3) == "2", "level 4 is within one of 3"
    swapped = ("H,1,internal,2024-01-01,", "O,2,internal,2024-01-01,")
    assert first(swapped, (), 5) == "1"
    assert first(swapped, (), 3) == "2", "the level comes before the region"
    assert first(("O,1,internal,2024-01-01,", "H,2,internal,2024-01-01,", "O,2,internal,2024-01-01,"), (), 5) == "2", (
        "as many in the North as in the South is a home in both"
    )


# Scores


def test_an_index_changes_over_factors_valid_at_both_dates(tell: Teller) -> None:
    """TOP 50 to 75 over both; QUA was red in March, has expired since: the index of 50 lifts nothing to 75."""
    scores = """
        account_id,factor_id,assessed_on,score
        A,1,2026-01-01,2
        A,1,2026-06-01,3
        A,2,2025-05-01,0
        """
    factors = "factor_id,code,name\n1,TOP,Top\n2,QUA,Quality\n"
    given = {"account": "account_id,name\nA,Anna\n", "success_factor": factors, "assessment": scores}
    row = tell.one(given, "account_profile")
    assert (row["index"], row["previous_index"], row["index_change"]) == (75, 25, 25)
    assert tell.one(given, "factor_accounts")["change"] == 25


def test_an_account_is_ranked_from_four_fifths_of_the_weight(tell: Teller) -> None:
    factors = "factor_id,code,name\n" + "".join(f"{n},F{n},Factor {n}\n" for n in range(1, 6))
    scores = "account_id,factor_id,assessed_on,score\n" + "".join(f"A,{n},2026-06-01,2\n" for n in range(1, 5))
    scores += "".join(f"C,{n},2026-06-01,4\n" for n in range(1, 4))
    given = {"account": "account_id,name\nA,Anna\nC,Cleo\n", "success_factor": factors, "assessment": scores}
    rows = {row["account_id"]: row for row in tell.ask(given, "account_profile")}
    assert (rows["A"]["index"], rows["A"]["index_rank"], rows["A"]["accounts_ranked"]) == (50, 1, 1)
    assert (rows["C"]["index"], rows["C"]["index_rank"]) == (100, None), "three of five: shown, not ranked"


def test_the_trend_weighs_each_day_by_its_own_twelve_months(tell: Teller) -> None:
    """In March Anna had 300 and Bob 100, in June 100 and 300: 100 and 0 give 75, then 25."""
    money = "account_id,period_start,currency,revenue,cogs\n" + "".join(
        f"{account},{month},EUR,{revenue},1\n"
        for account, month, revenue in (
            ("A", "2025-05-01", 200),
            ("A", "2026-01-01", 100),
            ("B", "2026-01-01", 100),
            ("B", "2026-06-01", 200),
        )
    )
    given = {
        "account": "account_id,name\nA,Anna\nB,Bob\n",
        "success_factor": "factor_id,code,name\n1,TOP,Top\n",
        "assessment": "account_id,factor_id,assessed_on,score\nA,1,2026-01-01,4\nB,1,2026-01-01,0\n",
        "review_point": "name,held_on\nSpring,2026-03-31\n",
        "financial_period": money,
    }
    rows = {row["seen_on"]: row["weighted_mean"] for row in tell.ask(given, "factor_trend", Filters(as_of=AS_OF))}
    assert rows == {date(2026, 3, 31): pytest.approx(75), AS_OF: pytest.approx(25)}
    assert tell.one(given, "factor_summary", Filters(as_of=AS_OF))["weighted_mean"] == pytest.approx(25)


# Evidence


def met(tell: Teller, given: Mapping[str, str], filters: Filters = NOW) -> dict[str, Any]:
    return {row["indicator"]: row["met"] for row in tell.ask(given, "factor_evidence", filters)}


def met_by_account(tell: Teller, given: Mapping[str, str], indicator: str) -> dict[str, Any]:
    rows = tell.ask(given, "factor_evidence")
    return {row["account_id"]: row["met"] for row in rows if row["indicator"] == indicator}


def test_a_fact_that_keeps_only_its_last_date_says_nothing_of_before(tell: Teller) -> None:
    person = "person_id,name,trained_on\nM,Mia,2026-06-15\n"
    head = "account_id,name,manager_id,manager_since,selected_on,selection_score,kept_on"
    account = f"{head}\nA,Anna,M,2026-06-15,2026-06-15,5,2026-06-15\n"
    names = ("kept_on_decision", "selection_scored", "manager_trained", "manager_tenure")
    given = {"person": person, "account": account}
    now, before = met(tell, given), met(tell, given, Filters(as_of=date(2026, 6, 14), since="2026-03-31"))
    assert [now[name] for name in names] == [True, True, True, False]
    assert [before[name] for name in names] == [None] * 4


def test_whether_the_customer_was_there_may_be_unknown(tell: Teller) -> None:
    cases = {
        "perhaps": ("2026-04-01,", "2026-05-01,false"),
        "once": ("2026-04-01,", "2026-05-01,true"),
        "never": ("2026-04-01,false", "2026-05-01,false"),
        "not within twelve months": ("2025-06-29,",),
    }
    reviews = [f"{one},{review}" for one, each in cases.items() for review in each]
    given = {
        "account": managed(*cases),
        "person": PERSON,
        "plan": "plan_id,account_id,name,status,start_on\n"
        + "".join(f"{one},{one},Plan,active,2026-01-01\n" for one in cases),
        "plan_review": "review_id,plan_id,reviewed_on,customer_present\n"
        + "".join(f"{number},{review}\n" for number, review in enumerate(reviews)),
    }
    assert met_by_account(tell, given, "customer_at_review") == {
        "perhaps": None,
        "once": True,
        "never": False,
        "not within twelve months": False,
    }


def test_a_manager_carries_only_accounts_of_the_programme(tell: Teller) -> None:
    accounts = (
        "account_id,name,manager_id,status\n" + "".join(f"{n},N{n},M,active\n" for n in range(8)) + "X,Exit,M,exited\n"
    )
    assert met(tell, {"person": PERSON, "account": accounts})["accounts_per_manager"] is True


def test_a_programme_that_ended_is_not_active_whatever_its_status(tell: Teller) -> None:
    head = "programme_id,account_id,name,status,start_on,end_on,currency,own_commitment\n"
    ends = {"2026-06-30": True, "2026-06-29": False}
    programme = head + "".join(f"{end},{end},Lab,active,2024-01-01,{end},EUR,1\n" for end in ends)
    given = {"account": managed(*ends), "person": PERSON, "programme": programme}
    assert met_by_account(tell, given, "long_programme") == ends


def test_a_negotiation_counts_for_two_years(tell: Teller) -> None:
    days = {"2024-06-30": True, "2024-06-29": None}
    stands = standing(*(f"{day},L,internal,2024-01-01," for day in days))
    talks = done(*(f"{day},L,external,year_end_negotiation,{day}" for day in days))
    assert met_by_account(tell, facts(stands, talks, account=managed(*days)), "leader_at_negotiation") == days


# Plans


def test_a_plan_that_starts_after_as_of_is_not_yet_one(tell: Teller) -> None:
    plans = """
        plan_id,account_id,name,status,start_on,end_on
        old,A,Old,active,2025-01-01,2026-06-29
        new,A,New,active,2026-07-01,2028-12-31
        """
    row = tell.one({"account": ACCOUNT, "person": PERSON, "plan": plans}, "plan_health")
    assert (row["plan"], row["health"]) == ("Old", "expired")
    later = tell.one(
        {"account": ACCOUNT, "person": PERSON, "plan": plans}, "plan_health", Filters(as_of=date(2026, 7, 1))
    )
    assert later["plan"] == "New"


def test_without_any_review_no_plan_is_unreviewed_and_without_any_plan_nothing_is_said(tell: Teller) -> None:
    accounts = "account_id,name\nA,Anna\nC,Cleo\n"
    head, dates = "plan_id,account_id,name,status,start_on,end_on", "2026-01-01,2028-01-01"
    plans = f"{head}\np,A,Plan,active,{dates}\nq,C,Plan,active,{dates}\n"
    given = {"account": accounts, "plan": plans}
    assert [row["health"] for row in tell.ask(given, "plan_health")] == ["alive", "alive"]
    reviewed = given | {"plan_review": "review_id,plan_id,reviewed_on\n1,p,2026-06-01\n"}
    assert {row["account_id"]: row["health"] for row in tell.ask(reviewed, "plan_health")} == {
        "A": "alive",
        "C": "unreviewed",
    }
    assert {row["plan_status"] for row in tell.ask({"account": accounts}, "accounts")} == {None}

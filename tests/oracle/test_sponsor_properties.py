"""What must hold of sponsorship whatever the facts: touches never harm, time never heals, statuses partition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kaptui.filters import Filters, Move
from tests.examples import portfolios
from tests.reference.answers import ANSWERS
from tests.reference.case import Case
from tests.reference.comparing import differences
from tests.reference.shelf import Shelf
from tests.reference.what_if import moved

NOW = date(2026, 6, 30)
RANK = {"covered": 0, "new": 1, "stale": 2, "uncovered": 3}
"""From best to worst."""

PEOPLE = {
    "person": "person_id,name,function,level,active,line_manager_id\n"
    "P,Piet,Finance,5,true,\nQ,Quin,Sales,4,true,P\nR,Rita,,4,true,\nZ,Zoe,Legal,5,false,\n",
    "account": "account_id,name,tier,manager_id,region\n"
    "A,Anna,1,Q,N\nB,Bob,2,,N\nC,Cleo,3,Q,\nD,Dora,1,R,S\nE,Egon,2,P,S\nF,Fay,3,,\n",
}
PERSON, ACCOUNT, SIDE = st.sampled_from("PQRZ"), st.sampled_from("ABCDEF"), st.sampled_from(["internal", "external"])
DAY = st.integers(-420, 90).map(lambda days: NOW + timedelta(days=days))
SPONSORSHIP = st.tuples(
    ACCOUNT, PERSON, SIDE, DAY, st.none() | st.integers(0, 400), st.none() | st.sampled_from([30, 90])
)
TOUCH = st.tuples(ACCOUNT, PERSON, SIDE, DAY, st.sampled_from(["done", "done", "done", "planned", "cancelled"]))
FACTS = st.tuples(st.lists(SPONSORSHIP, min_size=4, max_size=24), st.lists(TOUCH, max_size=24))

Sponsorships = list[tuple[str, str, str, date, int | None, int | None]]
Touches = list[tuple[str, str, str, date, str]]


def tables(sponsorships: Sponsorships, touches: Touches) -> Mapping[str, str]:
    """The facts as the CSV files that a load reads."""
    lines = ["sponsorship_id,account_id,person_id,side,start_on,end_on,cadence_days"]
    for number, (account, person, side, start, length, cadence) in enumerate(sponsorships):
        end = "" if length is None else start + timedelta(days=length)
        lines.append(f"{number},{account},{person},{side},{start},{end},{cadence or ''}")
    touched = ["activity_id,account_id,person_id,side,kind,occurred_on,status"]
    touched += [
        f"{number},{a},{p},{s},exec_meeting,{day},{status}" for number, (a, p, s, day, status) in enumerate(touches)
    ]
    return PEOPLE | {"sponsorship": "\n".join(lines) + "\n", "activity": "\n".join(touched) + "\n"}


def judged(sponsorships: Sponsorships, touches: Touches) -> Mapping[str, str]:
    """The same beside an account whose sponsor was in touch long ago: in a file without any, no side can be judged."""
    facts = tables(
        [*sponsorships, ("G", "R", "internal", date(2020, 1, 1), None, None)],
        [*touches, ("G", "R", "internal", date(2020, 2, 1), "done")],
    )
    return {**facts, "account": facts["account"] + "G,Gus,3,,\n"}


def statuses(shelf: Shelf, facts: Mapping[str, str], as_of: date = NOW) -> dict[tuple[str, str], str | None]:
    """Account and side -> status, as the engine answers; None where it cannot be judged."""
    rows = shelf.portfolio(facts).ask("sponsorship_coverage", Filters(as_of=as_of)).to_dicts()
    return {(row["account_id"], row["side"]): row["status"] for row in rows}


@settings(max_examples=portfolios(6), deadline=None)
@given(facts=FACTS, touch=TOUCH)
def test_a_done_touch_never_worsens_a_status(
    shelf: Shelf, facts: tuple[Sponsorships, Touches], touch: tuple[str, str, str, date, str]
) -> None:
    """But for one that says a new sponsor is not new to the customer: a touch too old for cover makes him silent."""
    sponsorships, touches = facts
    before = statuses(shelf, judged(sponsorships, touches))
    after = statuses(shelf, judged(sponsorships, [*touches, (*touch[:4], "done")]))
    worse = {key for key in before if RANK[after[key] or ""] > RANK[before[key] or ""]}
    if (NOW - touch[3]).days > 30:  # the shortest cadence of these facts
        worse -= {key for key in worse if (before[key], after[key]) == ("new", "stale")}
    assert not worse
    # And it says nothing of any other side.
    assert {key for key in before if before[key] != after[key]} <= {(touch[0], touch[2])}


@settings(max_examples=portfolios(6), deadline=None)
@given(facts=FACTS, days=st.integers(1, 400))
def test_time_alone_never_improves_a_status(shelf: Shelf, facts: tuple[Sponsorships, Touches], days: int) -> None:
    """Without new facts: what has happened by now is all there is, and no assignment takes effect meanwhile.

    An end of one of two sponsors is such an effect: with him goes his shorter cadence.
    """
    later = NOW + timedelta(days=days)
    past = [one for one in facts[0] if one[3] <= NOW]
    lasting = [
        (*one[:4], None if one[4] is not None and one[3] + timedelta(days=one[4]) > NOW else one[4], one[5])
        for one in past
    ]
    happened = [one for one in facts[1] if one[3] <= NOW]
    before, after = (statuses(shelf, judged(lasting, happened), day) for day in (NOW, later))
    assert all(RANK[after[key] or ""] >= RANK[before[key] or ""] for key in before)
    assert {key for key, status in after.items() if status == "uncovered"} == {
        key for key, status in before.items() if status == "uncovered"
    }


@settings(max_examples=portfolios(6), deadline=None)
@given(facts=FACTS)
def test_statuses_partition_the_accounts_and_the_reference_agrees(
    shelf: Shelf, facts: tuple[Sponsorships, Touches]
) -> None:
    written, filters = tables(*facts), Filters(as_of=NOW)
    portfolio, case = shelf.portfolio(written), Case.of(shelf.facts(written), filters)
    found = statuses(shelf, written)
    assert set(found) == {(account, side) for account in "ABCDEF" for side in ("internal", "external")}
    assert set(found.values()) <= {*RANK, None}
    for row in portfolio.ask("coverage_breakdown", filters).iter_rows(named=True):
        known = row["covered"] + row["stale"] + row["new"] + row["uncovered"]
        assert known <= row["accounts"]
        if row["dimension"] == "all":
            of_side = [status for (_, side), status in found.items() if side == row["side"]]
            assert (known, row["accounts"]) == (len(of_side) - of_side.count(None), len(of_side))
    for question in ("sponsorship_coverage", "sponsorship_gaps", "sponsor_load", "sponsorship_summary"):
        lines = list(differences(question, portfolio.ask(question, filters).to_dicts(), ANSWERS[question](case)))
        assert not lines, f"{question}:\n" + "\n".join(lines)


LEADERS = PEOPLE["person"] + "S,Sam,Legal,5,true,\nT,Tess,,4,true,\nU,Uma,Finance,4,true,\n"


@settings(max_examples=portfolios(12), deadline=None)
@given(facts=FACTS, more=st.lists(st.tuples(ACCOUNT, st.sampled_from("STU"), SIDE, DAY, st.just("done")), max_size=12))
def test_taking_the_whole_proposal_closes_every_gap_it_names_somebody_for(
    shelf: Shelf, facts: tuple[Sponsorships, Touches], more: Touches
) -> None:
    """Also where somebody is proposed who was there long before, or stood there until yesterday."""
    sponsorships, touches = facts
    given = {**judged(sponsorships, [*touches, *more]), "person": LEADERS}
    portfolio, filters = shelf.portfolio(given), Filters(as_of=NOW)
    rows = [row for row in portfolio.ask("sponsorship_proposal", filters).to_dicts() if row["person_id"]]
    moves = tuple(
        Move("replace" if row["status"] == "stale" else "assign", row["person_id"], row["account_id"], row["side"])
        for row in rows
    )
    after = Filters(as_of=NOW, moves=moves)
    statuses = {
        (row["account_id"], row["side"]): row["status"]
        for row in portfolio.ask("sponsorship_coverage", after).to_dicts()
    }
    left = {where: statuses[where] for where in ((row["account_id"], row["side"]) for row in rows)}
    assert set(left.values()) <= {"new", "covered"}, left
    case = Case.of(moved(shelf.facts(given), moves, NOW), filters)
    found = portfolio.ask("sponsorship_coverage", after).to_dicts()
    assert list(differences("sponsorship_coverage", found, ANSWERS["sponsorship_coverage"](case))) == []

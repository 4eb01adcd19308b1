"""A what-if answers as if the facts were others, touches nothing, and is undone without a trace."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaptui.filters import Filters, Move
from kaptui.portfolio import Portfolio
from kaptui.portfolio.portfolio import _WHAT_IFS_KEPT
from tests.examples import portfolios
from tests.reference.answers import ANSWERS
from tests.reference.case import Case
from tests.reference.comparing import differences
from tests.reference.facts import Facts
from tests.reference.leaders import after, matrix_after, what_if_moves
from tests.reference.what_if import moved

QUESTIONS = (
    "sponsorship_coverage", "sponsorship_gaps", "sponsor_load", "sponsorship_mechanisms", "coverage_breakdown",
    "sponsorship_summary", "factor_evidence", "factor_scores", "leaders", "touches_due",
)  # fmt: skip
SCENARIOS: dict[str, tuple[Move, ...]] = {
    "a leader leaves": (Move("leave", "LIN"),),
    "somebody takes an open side": (Move("assign", "HOL", "KA002", "external"),),
    "somebody is taken off": (Move("remove", "LIN", "KA001", "internal"),),
    "taken off and put back": (
        Move("remove", "LIN", "KA001", "internal"),
        Move("assign", "LIN", "KA001", "internal"),
    ),
    "put on and taken off": (
        Move("assign", "HOL", "KA002", "external"),
        Move("remove", "HOL", "KA002", "external"),
    ),
    "assigned where he stands": (Move("assign", "LIN", "KA001", "internal"),),
    "somebody takes a silent side from who stands there": (Move("replace", "HOL", "KA004", "external"),),
    "replaced, taken back and replaced again": (
        Move("assign", "TAN", "KA004", "external"),
        Move("replace", "HOL", "KA004", "external"),
        Move("assign", "ADL", "KA004", "external"),
        Move("replace", "TAN", "KA004", "external"),
    ),
    "replaces himself": (Move("replace", "LIN", "KA001", "internal"),),
    "takes a side that nobody has": (Move("replace", "HOL", "KA002", "external"),),
    "three leave": (Move("leave", "LIN"), Move("leave", "OSE"), Move("leave", "NAK")),
    "taken off, put back and gone": (
        Move("remove", "LIN", "KA001", "internal"),
        Move("assign", "LIN", "KA001", "internal"),
        Move("leave", "LIN"),
    ),
    "assigned and gone": (Move("assign", "HOL", "KA030", "internal"), Move("leave", "HOL")),
    "a committee's evening": (
        Move("assign", "HOL", "KA002", "external"),
        Move("assign", "EKL", "KA005", "external"),
        Move("remove", "ADL", "KA004", "external"),
        Move("assign", "TAN", "KA004", "external"),
        Move("leave", "FER"),
    ),
}


@pytest.mark.parametrize("where", ["", "region:DACH"])  # both of a scenario in a row: its what-if is made once
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_what_if_is_the_answer_over_other_facts(
    sample_portfolio: Portfolio, sample_facts: Facts, name: str, where: str
) -> None:
    moves = SCENARIOS[name]
    plain = Filters(where=where)
    chosen = {key for key, row in sample_facts.accounts.items() if not where or row["region"] == "DACH"}
    before = Case.of(sample_facts, plain, chosen)
    case = after(before, moves)
    expected = {question: ANSWERS[question](case) for question in QUESTIONS}
    expected |= {  # what these say of a move needs both: what the file holds, and what the moves make of it
        "sponsorship_matrix": matrix_after(before, moves),
        "what_if_moves": what_if_moves(before, moves),
    }
    for question, rows in expected.items():
        found = sample_portfolio.ask(question, Filters(where=where, moves=moves)).to_dicts()
        lines = list(differences(question, found, rows))
        assert not lines, f"{question}: {len(lines)} differ\n" + "\n".join(lines[:20])
    assert len(expected["what_if_moves"]) == len(moves)


def test_the_filter_reads_the_facts_not_the_what_if(sample_portfolio: Portfolio) -> None:
    plain = Filters(where="external:uncovered")
    before = sample_portfolio.ask("sponsorship_coverage", plain)
    after = sample_portfolio.ask("sponsorship_coverage", Filters(plain.where, moves=SCENARIOS["a committee's evening"]))
    assert after["account_id"].to_list() == before["account_id"].to_list()
    helvia = after.filter((pl.col("account_id") == "KA002") & (pl.col("side") == "external"))
    assert helvia["status"].to_list() == ["new"]  # assigned today, untouched: no cover yet


def test_if_a_leader_leaves_the_cover_lost_is_what_the_load_says(sample_portfolio: Portfolio) -> None:
    before = sample_portfolio.ask("sponsorship_coverage", Filters())
    for leader in sample_portfolio.ask("sponsor_load", Filters()).head(8).iter_rows(named=True):
        moves = (Move("leave", leader["person_id"]),)
        after = sample_portfolio.ask("sponsorship_coverage", Filters(moves=moves))
        both = before.join(after, on=["account_id", "side"], suffix="_after")
        lost = both.filter((pl.col("status") == "covered") & (pl.col("status_after") != "covered")).unique("account_id")
        assert lost.height == leader["lost_accounts"], leader["name"]
        assert lost["revenue"].sum() == pytest.approx(leader["lost_revenue"]), leader["name"]
        assert leader["person_id"] not in sample_portfolio.ask("sponsor_load", Filters(moves=moves))["person_id"]


def test_moves_and_what_they_change_are_told(sample_portfolio: Portfolio) -> None:
    assert sample_portfolio.ask("what_if_moves", Filters()).is_empty()
    rows = sample_portfolio.ask("what_if_moves", Filters(moves=SCENARIOS["a committee's evening"])).to_dicts()
    assert [row["place"] for row in rows] == [1, 2, 3, 4, 5]
    first, leaver = rows[0], rows[-1]
    assert (first["name"], first["leader"]) == ("Helvia Group", "Grace Holloway")
    assert (first["status_before"], first["status_after"]) == ("uncovered", "new")
    assert (first["accounts_before"], first["accounts_after"]) == (2, 3)
    assert (leaver["move"], leaver["account_id"], leaver["accounts_after"]) == ("leave", None, 0)


def test_the_matrix_marks_what_moved(sample_portfolio: Portfolio) -> None:
    rows = sample_portfolio.ask("sponsorship_matrix", Filters(moves=SCENARIOS["a committee's evening"])).to_dicts()
    found = {(row["account_id"], row["person_id"], row["side"]): row["status"] for row in rows if row["moved"]}
    assert found["KA002", "HOL", "external"] == "new"
    assert found["KA004", "ADL", "external"] == "removed"
    assert {status for (_, person, _), status in found.items() if person == "FER"} == {"left"}


PEOPLE = st.sampled_from(["LIN", "OSE", "HOL", "KEL", "MOR", "VOS", "T1"])
ACCOUNTS = st.sampled_from(["KA001", "KA002", "KA004", "KA008", "KA030", "KA046"])
SIDES = st.sampled_from(["internal", "external"])
MOVES = st.one_of(
    st.builds(Move, st.just("leave"), PEOPLE),
    st.builds(Move, st.sampled_from(["assign", "replace", "remove"]), PEOPLE, ACCOUNTS, SIDES),
)


@settings(max_examples=portfolios(5), deadline=None)
@given(moves=st.lists(MOVES, min_size=1, max_size=3))
def test_whatever_is_moved_statuses_partition_the_accounts_and_undo_gives_the_first_answer(
    sample_portfolio: Portfolio, moves: list[Move]
) -> None:
    asked = ("sponsorship_coverage", "sponsorship_gaps", "sponsor_load", "sponsorship_summary")
    steps = [tuple(moves[:count]) for count in range(len(moves) + 1)]
    forth = [{name: sample_portfolio.ask(name, Filters(moves=step)) for name in asked} for step in steps]
    for step, answers in zip(steps, forth, strict=True):
        _statuses_partition_the_accounts(sample_portfolio, Filters(moves=step), answers["sponsorship_coverage"])
    for step, former in zip(reversed(steps), reversed(forth), strict=True):
        for name in asked:
            assert sample_portfolio.ask(name, Filters(moves=step)).equals(former[name]), (name, step)


def _statuses_partition_the_accounts(portfolio: Portfolio, filters: Filters, sides: pl.DataFrame) -> None:
    card = portfolio.card(filters)
    # who has exited has no side, whoever is assigned to it
    accounts = card.filter(pl.col("status") != "exited")["account_id"].to_list()
    assert len(accounts) < card.height
    assert sorted(sides["account_id"].to_list()) == sorted([*accounts, *accounts])
    assert set(sides["status"]) <= {"covered", "stale", "new", "uncovered"}
    for row in portfolio.ask("coverage_breakdown", filters).iter_rows(named=True):
        assert row["covered"] + row["stale"] + row["new"] + row["uncovered"] == row["accounts"]


def test_a_replace_tells_whom_it_frees(sample_portfolio: Portfolio) -> None:
    (row,) = sample_portfolio.ask(
        "what_if_moves", Filters(moves=(Move("replace", "EKL", "KA002", "internal"),))
    ).to_dicts()
    # Lind stood there alone, silent; he carries one account less, since he is on no other side of this one.
    assert (row["status_before"], row["status_after"], row["replaces"]) == ("stale", "new", "Renate Lind")
    assert row["replaced_after"] == row["replaced_before"] - 1
    assert row["accounts_after"] == row["accounts_before"] + 1
    # Where he stands already nobody is replaced, and nothing changes.
    (same,) = sample_portfolio.ask(
        "what_if_moves", Filters(moves=(Move("replace", "LIN", "KA002", "internal"),))
    ).to_dicts()
    assert (same["status_after"], same["replaces"], same["replaced_before"]) == ("stale", None, None)


def taken(portfolio: Portfolio, filters: Filters) -> tuple[Move, ...]:
    """Every line of the proposal that names a person, as moves of a what-if."""
    rows = portfolio.ask("sponsorship_proposal", filters).filter(pl.col("person_id").is_not_null()).to_dicts()
    return tuple(
        Move("replace" if row["status"] == "stale" else "assign", row["person_id"], row["account_id"], row["side"])
        for row in rows
    )


def test_the_proposal_taken_as_a_whole_closes_the_gaps_it_names_somebody_for(sample_portfolio: Portfolio) -> None:
    moves = taken(sample_portfolio, Filters())
    assert {move.kind for move in moves} == {"assign", "replace"}
    after = sample_portfolio.ask("sponsorship_coverage", Filters(moves=moves)).to_dicts()
    statuses = {(row["account_id"], row["side"]): row["status"] for row in after}
    assert {statuses[move.account_id, move.side] for move in moves} == {"new"}
    before, now = (sample_portfolio.ask("sponsorship_gaps", each) for each in (Filters(), Filters(moves=moves)))
    assert now.height == before.height - len(moves)


def test_nothing_is_saved_and_old_what_ifs_make_room(sample_portfolio: Portfolio, sample_file: Path) -> None:
    portfolio, path = sample_portfolio, sample_file
    content, plain = path.read_bytes(), {name: portfolio.ask(name, Filters()) for name in QUESTIONS}
    people = portfolio.ask("sponsor_load", Filters())["person_id"].to_list()
    for person in people[: _WHAT_IFS_KEPT + 2]:
        portfolio.ask("sponsorship_coverage", Filters(moves=(Move("leave", person),)))
    with portfolio._chosen(Filters()) as choices:
        assert len(choices.what_ifs) == _WHAT_IFS_KEPT
    assert portfolio.ask("sponsor_load", Filters(moves=(Move("leave", people[0]),))).height == len(people) - 1
    assert all(portfolio.ask(name, Filters()).equals(frame) for name, frame in plain.items())
    assert path.read_bytes() == content


def test_many_panels_ask_many_what_ifs_at_once(sample_portfolio: Portfolio) -> None:
    tasks = [(name, SCENARIOS[scenario]) for scenario in list(SCENARIOS)[:3] for name in QUESTIONS[:3]]
    alone = [sample_portfolio.ask(name, Filters(moves=moves)) for name, moves in tasks]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda task: sample_portfolio.ask(task[0], Filters(moves=task[1])), tasks * 2))
    assert all(one.equals(other) for one, other in zip(together, alone * 2, strict=True))


def test_a_what_if_back_in_time_counts_from_there(sample_portfolio: Portfolio, sample_facts: Facts) -> None:
    from datetime import date

    day, moves = date(2025, 11, 12), SCENARIOS["a leader leaves"]
    case = Case.of(moved(sample_facts, moves, day), Filters(as_of=day))
    found = sample_portfolio.ask("sponsorship_coverage", Filters(as_of=day, moves=moves)).to_dicts()
    assert list(differences("sponsorship_coverage", found, ANSWERS["sponsorship_coverage"](case))) == []

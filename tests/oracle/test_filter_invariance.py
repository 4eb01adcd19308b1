"""Yardsticks stand still: what is said of one account does not depend on which others the filter leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from kaptui.filters import Filters, Move
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.portfolio.sums import SUMS
from tests.examples import portfolios
from tests.reference.random_portfolios import random_facts, write_csv
from tests.reference.shelf import for_a_while

MOVES_WITH_THE_FILTER: Mapping[str, frozenset[str]] = {
    "accounts": frozenset({"revenue_share", "profit_share", "share_gap"}),
    "value_mix": frozenset({"revenue_share", "profit_share", "share_gap"}),
    "whale_curve": frozenset({"rank", "cumulative_profit", "account_share", "cumulative_share"}),
    # size and mix are parts of a sum over the chosen accounts, split at the margin of those
    "bridge_accounts": frozenset({"amount", "rank", "step_amount"}),
}
YARDSTICKS = ("as_of", "since", "window_start", "window_end", "basis", "currency", "months_known_before", "rules")
OF_THE_PROGRAMME = ("programme_margin", "rules_judged")
OF_A_LEADER = ("person_id", "name", "function", "level", "load", "accounts_all")


@contextmanager
def plainly(portfolio: Portfolio) -> Iterator[None]:
    """Every question is asked over the chosen accounts, none answered by leaving rows out of another answer."""
    shipped = portfolio.questions
    portfolio.questions = {
        name: replace(each, by_account=False, summed=False, ahead=False) for name, each in shipped.items()
    }
    try:
        yield
    finally:
        portfolio.questions = shipped


def by_account(portfolio: Portfolio, question: str, filters: Filters) -> dict[str, list[Any]]:
    """What is said of each account, without what may change with the filter; in an order of its own."""
    frame = portfolio.ask(question, filters).drop(MOVES_WITH_THE_FILTER.get(question, ()))
    found: dict[str, list[Any]] = defaultdict(list)
    for row in frame.to_dicts():
        if question != "bridge_accounts" or row["step"] not in ("size", "mix"):
            found[str(row["account_id"])].append(repr(row))
    return {key: sorted(rows) for key, rows in found.items()}


OF_THE_FEW = {"brief_decisions"}
"""The heaviest of those chosen, at most five: which they are is what the filter is for."""
OF_ACCOUNTS = tuple(name for name, panel in PANELS.items() if "account_id" in panel.promise and name not in OF_THE_FEW)
"""The questions whose rows are about one account each."""

Answers = dict[str, dict[str, list[Any]]]


def over_all(portfolio: Portfolio) -> Answers:
    """What is said of each account where nothing is filtered, by question."""
    with plainly(portfolio):
        return {question: by_account(portfolio, question, Filters()) for question in OF_ACCOUNTS}


def hold_still(portfolio: Portfolio, seed: int, of_all: Answers) -> int:
    """Choose some accounts at random and compare each answer with the one over all; the values compared."""
    dice, compared = Random(seed), 0
    ids = portfolio.card(Filters())["account_id"].to_list()
    chosen = dice.sample(ids, dice.randint(1, len(ids)))
    some = Filters(where=" ".join(f'account_id:"{key}"' for key in chosen))
    for question, every in of_all.items():
        with plainly(portfolio):
            left = by_account(portfolio, question, some)
        assert left.keys() <= set(chosen), question
        for key in chosen:
            assert left.get(key, []) == every.get(key, []), f"{question} of {key} among {chosen}"
            compared += len(every.get(key, []))
    one, other = (portfolio.ask("portfolio", each).row(0, named=True) for each in (Filters(), some))
    for column in (*YARDSTICKS, *OF_THE_PROGRAMME):
        assert one[column] == other[column], column
    loads = {row["person_id"]: row for row in portfolio.ask("sponsor_load", Filters()).to_dicts()}
    for row in portfolio.ask("sponsor_load", some).to_dicts():
        assert [row[column] for column in OF_A_LEADER] == [loads[row["person_id"]][column] for column in OF_A_LEADER]
    return compared


WHERES = ("", "{some}", "status:exited", "-status:exited", "{some} status:exited", "attention<1", "-attention<1")


def leave_what_is_asked_for(portfolio: Portfolio, seed: int, wheres: Sequence[str] = WHERES) -> int:
    """What a filter leaves of an answer over all accounts is the answer over those it leaves, and what is added up in
    Polars is what SQL sums, to the last digit; the answers compared.

    A seed asks every question under every filter, once as it is or once with another basis and a what-if; the next
    seed asks the other way round. One question after the other, for of the answers over all only the latest are kept.
    """
    dice = Random(seed)
    ids = portfolio.card(Filters())["account_id"].to_list()
    some = " ".join(f'account_id:"{key}"' for key in dice.sample(ids, dice.randint(1, len(ids))))
    assert {name for name, question in portfolio.questions.items() if question.summed} == SUMS.keys()
    moves = (Move("leave", dice.choice(portfolio.ask("sponsor_load", Filters())["person_id"].to_list() or ["nobody"])),)
    compared = 0
    for number, (name, question) in enumerate(portfolio.questions.items()):
        for place, where in enumerate(wheres if question.by_account or question.summed else ()):
            as_it_is = Filters(where=where.format(some=some))
            filters = (as_it_is, replace(as_it_is, basis="gross", moves=moves))[(place + number + seed) % 2]
            quick = portfolio.ask(name, filters)
            with plainly(portfolio):
                assert_frame_equal(quick, portfolio.ask(name, filters), check_exact=True)
            compared += 1
    return compared


@pytest.fixture(scope="module")
def sample_answers(sample_portfolio: Portfolio) -> Answers:
    """The sample over all accounts, asked once."""
    return over_all(sample_portfolio)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_said_of_an_account_of_the_sample_moves_with_the_filter(
    sample_portfolio: Portfolio, sample_answers: Answers, seed: int
) -> None:
    assert hold_still(sample_portfolio, seed, sample_answers) > 100


@pytest.mark.parametrize("seed", range(2))
def test_a_filter_leaves_of_an_answer_what_is_asked_for(sample_portfolio: Portfolio, seed: int) -> None:
    assert leave_what_is_asked_for(sample_portfolio, seed) > 100


@settings(max_examples=portfolios(5))
@given(seed=st.integers(0, 9_999))
def test_so_it_is_in_a_made_up_portfolio(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Both, over one model; of the filters of the second each portfolio takes two, that of some accounts among them."""
    folder = tmp_path_factory.mktemp("made-up")
    write_csv(folder, random_facts(seed))
    with for_a_while(folder) as portfolio:
        hold_still(portfolio, seed, over_all(portfolio))
        others = [where for where in WHERES if where and where != "{some}"]
        leave_what_is_asked_for(portfolio, seed // 2, ("{some}", others[seed % len(others)]))


def test_a_sum_is_unknown_where_all_its_parts_are(sample_portfolio: Portfolio) -> None:
    """Two accounts of which nothing is known: what is counted is 0, shares and sums are empty."""
    whole = sample_portfolio.ask("portfolio", Filters())
    sample_portfolio.ask("portfolio", Filters(where="tier:1"))
    with sample_portfolio._chosen(Filters()) as choices:
        known = choices.summands["summed_portfolio"].head(2)
    nothing = known.with_columns(pl.lit(None, kind).alias(name) for name, kind in known.schema.items())
    row = SUMS["portfolio"].answer(whole, nothing).row(0, named=True)
    counted = ("scores_fell", "scores_rose", "unknown_sides", "internal_covered", "accounts_scored", "late_accounts")
    empty = ("revenue", "margin", "revenue_change", "profit_change", "index_mean", "index_weighted")
    shares = ("uncovered_revenue_share", "attention_revenue_share")
    assert row["accounts"] == 2
    assert [row[name] for name in counted] == [0] * len(counted)
    assert [row[name] for name in (*empty, *shares)] == [None] * len((*empty, *shares))
    unsponsored = nothing.with_columns(covered_revenue=pl.Series([5, 7], dtype=pl.Int128))
    assert SUMS["portfolio"].answer(whole, unsponsored).item(0, "uncovered_revenue_share") is None

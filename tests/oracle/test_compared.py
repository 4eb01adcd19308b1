"""What a panel says of its change against a chosen day is the difference of what the reference says of both days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from kaptui.filters import Filters, Move
from kaptui.panels import PANELS
from kaptui.panels.base import item_key
from kaptui.panels.comparison import changes_of, questions
from kaptui.portfolio import Portfolio
from kaptui.screen_specs.dashboard_state import DashboardState, apply_filters
from tests.reference.answers import ANSWERS
from tests.reference.case import Case
from tests.reference.facts import Facts, Row

DAY = date(2026, 3, 31)
FILTERS = {
    "plain": Filters(since=DAY.isoformat()),
    "plan expired now": Filters(since=DAY.isoformat(), where="plan:expired"),
    "gross": Filters(since=DAY.isoformat(), basis="gross", where="tier:1"),
}
COMPARED = [name for name, panel in PANELS.items() if panel.comparison.columns or panel.comparison.changes]


@pytest.fixture(scope="module", params=FILTERS)
def state(request: pytest.FixtureRequest, sample_portfolio: Portfolio) -> DashboardState:
    return apply_filters(sample_portfolio, FILTERS[request.param])


@cache
def reference(question: str, facts: Facts, filters: Filters, chosen: frozenset[str]) -> list[Row]:
    return ANSWERS[question](Case.of(facts, filters, set(chosen)))


def told(question: str, state: DashboardState, portfolio: Portfolio) -> dict[tuple[str, str], float]:
    """Every change by its column and row, as the panel of this question would show it."""
    asked, earlier = questions(question), state.earlier_filters
    assert earlier is not None
    assert state.earlier is not None
    now = {name: portfolio.ask(name, state.filters) for name in asked[0]}
    then = {name: portfolio.ask(name, earlier) for name in asked[1]}
    found = {}
    for change in changes_of(question, now, then, state.context, state.earlier):
        for item, value in change.at().items():
            if value is not None:
                found[f"{change.question}.{change.column}", item] = float(value)
    return found


def expected(
    question: str, state: DashboardState, facts: Facts, chosen: frozenset[str]
) -> dict[tuple[str, str], float]:
    """The same from the reference: asked of both days about the accounts that the filter leaves now."""
    later = Filters(since=DAY.isoformat(), basis=state.context.basis)
    earlier = Filters(as_of=DAY, basis=state.context.basis)
    found: dict[tuple[str, str], float] = {}
    comparison = PANELS[question].comparison
    for column, base in comparison.columns.items():
        name, _, measure = column.rpartition(".")
        name = name or question
        rows = (reference(name, facts, each, chosen) for each in (later, earlier))
        now, then = ({_key(name, row): row for row in some} for some in rows)
        for key, row in now.items():
            before = then.get(key)
            if before is None or row[measure] is None or before[measure] is None:
                continue
            if not base or (row[base] is not None and row[base] == before[base]):
                found[f"{name}.{measure}", key] = float(row[measure] - before[measure])
    for column, source in comparison.changes.items():
        name, _, measure = source.partition(".")
        for row in reference(name, facts, later, chosen):
            if row[measure] is not None:
                found[f"{name}.{column}", _key(name, row)] = float(row[measure])
    return found


def _key(question: str, row: Row) -> str:
    names = dict.fromkeys(("account_id", *PANELS[question].row_key.split()))
    return item_key(*(row[name] for name in names if name in row))


@pytest.mark.parametrize("question", COMPARED)
def test_every_change_is_the_difference_of_the_reference(
    question: str, state: DashboardState, sample_portfolio: Portfolio, sample_facts: Facts
) -> None:
    chosen = frozenset(sample_portfolio.matching(state.filters)["account_id"])
    changes = told(question, state, sample_portfolio)
    assert changes == pytest.approx(expected(question, state, sample_facts, chosen), abs=1e-6)
    assert changes


def test_the_accounts_of_both_days_are_those_that_the_filter_leaves_now(sample_portfolio: Portfolio) -> None:
    state = apply_filters(sample_portfolio, FILTERS["plan expired now"])
    earlier = state.earlier_filters
    assert earlier is not None
    then = sample_portfolio.ask("accounts", earlier)
    assert set(then["account_id"]) == set(sample_portfolio.matching(state.filters)["account_id"])
    assert (then["plan_status"] != "expired").any(), "asked of that day, the filter would leave others"
    assert sample_portfolio.ask("portfolio", earlier)["accounts"][0] == state.matching
    assert state.of_account("KA002").earlier_filters != earlier


def test_without_a_chosen_day_and_in_a_what_if_nothing_is_compared(sample_portfolio: Portfolio) -> None:
    assert apply_filters(sample_portfolio, Filters()).earlier_filters is None
    state = apply_filters(sample_portfolio, FILTERS["plain"])
    trying = replace(state, filters=replace(state.filters, moves=(Move("leave", "P001"),)))
    assert state.earlier_filters is not None
    assert trying.earlier_filters is None

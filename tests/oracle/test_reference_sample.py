"""Every column the engine answers for the sample portfolio equals the reference, under many filters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from kaptui.filters import Filters
from kaptui.panels import PANELS
from tests.conftest import AskSample
from tests.reference.answers import ANSWERS, keyed
from tests.reference.case import Case
from tests.reference.comparing import differences
from tests.reference.facts import Facts, Row

Chooser = Callable[[Row], bool]

IN_ORDER = (
    *("attention", "whale_curve", "profit_bridge", "bridge_accounts", "revenue_trend"),
    *("factor_accounts", "factor_gaps", "factor_trend", "changes_by_account"),
    *("leaders", "sponsorship_matrix", "sponsorship_gaps", "touches_due", "account_asks"),
    "attention_reasons",
    *("plan_health", "brief", "brief_decisions"),
)

FILTERS: dict[str, tuple[Filters, Chooser]] = {
    "plain": (Filters(), lambda account: True),
    "region": (Filters(where="region:DACH"), lambda account: account["region"] == "DACH"),
    "no_exited": (Filters(where="-status:exited"), lambda account: account["status"] != "exited"),
    "nobody": (Filters(where="name:nobody-at-all"), lambda account: False),
    "tier_1": (Filters(where="tier:1", basis="gross"), lambda account: account["tier"] == 1),
    "gross": (Filters(basis="gross"), lambda account: True),
    "back_dated": (Filters(as_of=date(2026, 3, 31)), lambda account: True),
    "mid_month": (Filters(as_of=date(2025, 11, 12), since="2025-05-01"), lambda account: True),
    "since_review": (Filters(since="Q1 2026 committee"), lambda account: True),
    "ytd": (Filters(window="ytd"), lambda account: True),
}


CONSTANT: dict[str, tuple[Filters, Chooser]] = {
    "constant": (Filters(rates="constant"), lambda account: True),
    "constant_ytd": (Filters(rates="constant", window="ytd", as_of=date(2026, 5, 31)), lambda account: True),
    "constant_region": (
        Filters(rates="constant", where='region:"North America"'),
        lambda account: account["region"] == "North America",
    ),
}
MONEY = (
    "portfolio", "accounts", "value_mix", "whale_curve", "value_groups", "profit_bridge", "bridge_accounts",
    "revenue_trend", "co_innovation", "co_innovation_gaps", "account_financials",
)  # fmt: skip


class Sample:
    """The sample portfolio asked both ways, each answer once."""

    def __init__(self, ask: AskSample, facts: Facts) -> None:
        self._ask = ask
        self._facts = facts

    @cache  # noqa: B019 - one object for the whole session
    def case(self, name: str) -> Case:
        """The filter called `name`, settled by the reference."""
        filters, choose = (FILTERS | CONSTANT)[name]
        return Case.of(self._facts, filters, {key for key, row in self._facts.accounts.items() if choose(row)})

    def engine(self, question: str, name: str) -> list[Row]:
        """What the engine answers."""
        rows: list[Row] = self._ask(question, (FILTERS | CONSTANT)[name][0]).to_dicts()
        return rows

    @cache  # noqa: B019 - as above
    def reference(self, question: str, name: str) -> list[Row]:
        """What the reference answers."""
        return ANSWERS[question](self.case(name))


@pytest.fixture(scope="session")
def sample(ask_sample: AskSample, sample_facts: Facts) -> Sample:
    """The sample portfolio, to be asked both ways."""
    return Sample(ask_sample, sample_facts)


@pytest.mark.parametrize("question", ANSWERS)
@pytest.mark.parametrize("name", FILTERS)
def test_engine_equals_reference(sample: Sample, question: str, name: str) -> None:
    lines = list(differences(question, sample.engine(question, name), sample.reference(question, name)))
    assert not lines, f"{question} ({name}): {len(lines)} differ\n" + "\n".join(lines[:40])


@pytest.mark.parametrize("question", MONEY)
@pytest.mark.parametrize("name", CONSTANT)
def test_engine_equals_reference_at_constant_rates(sample: Sample, question: str, name: str) -> None:
    lines = list(differences(question, sample.engine(question, name), sample.reference(question, name)))
    assert not lines, f"{question} ({name}): {len(lines)} differ\n" + "\n".join(lines[:40])


@pytest.mark.parametrize("question", IN_ORDER)
def test_order_equals_reference(sample: Sample, question: str) -> None:
    found = list(keyed(question, sample.engine(question, "plain")))
    assert found == list(keyed(question, sample.reference(question, "plain")))


def test_the_sample_is_worth_comparing(sample: Sample) -> None:
    # A comparison of empty answers proves nothing.
    row = sample.reference("portfolio", "plain")[0]
    assert row["accounts"] >= 40
    assert 0 < row["unknown_profit_accounts"] < row["accounts"]
    for question in ANSWERS:
        if question == "what_if_moves":  # nothing without a what-if; see test_what_if.py
            continue
        assert sample.reference(question, "region"), question


@pytest.mark.parametrize("question", PANELS)
def test_every_panel_has_an_oracle(question: str) -> None:
    assert question in ANSWERS

"""What must hold of the value questions whatever the figures are: sums, order, and what changes nothing."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kaptui.filters import Basis, Filters
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from tests.examples import portfolios
from tests.reference.answers import keyed, write_facts
from tests.reference.facts import Row
from tests.reference.shelf import for_a_while, load_portfolio

AS_OF = date(2026, 3, 31)
MONTHS = ("2024-06-01", "2025-01-01", "2025-06-01", "2026-01-01", "2026-03-01")
ACCOUNTS = "ABCDE"
QUESTIONS = (
    "portfolio",
    "value_mix",
    "whale_curve",
    "value_groups",
    "profit_bridge",
    "bridge_accounts",
    "revenue_trend",
)
WORDS = {"lever", "currency"}
"""Columns with an amount or a currency in their words."""
CENT = 0.005

amounts = st.integers(-30_000, 100_000)
costs = st.none() | st.integers(0, 60_000)


@dataclass(frozen=True)
class Booked:
    """One month of one account, in cents."""

    account: str
    month: str
    revenue: int
    cogs: int | None
    serve: int | None


@st.composite
def ledgers(draw: st.DrawFn) -> list[Booked]:
    """Some months of some accounts; costs are missing now and then, and a few accounts are alike."""
    found: list[Booked] = []
    for account in ACCOUNTS[: draw(st.integers(1, len(ACCOUNTS)))]:
        for month in draw(st.sets(st.sampled_from(MONTHS), min_size=1)):
            known = draw(st.integers(0, 9))
            cogs = draw(costs) if known == 0 else draw(st.integers(0, 60_000))
            serve = draw(costs) if known == 1 else draw(st.integers(0, 20_000))
            found.append(Booked(account, month, draw(amounts), cogs, serve))
    return sorted(found, key=lambda one: (one.account, one.month))


def _money(cents: int | None) -> str:
    return "" if cents is None else f"{Decimal(cents) / 100:.2f}"


def tables(rows: list[Booked], setting: str = "key,value\ncurrency,EUR\n") -> dict[str, str]:
    """The rows as CSV files, in their order."""
    lines = (f"{r.account},{r.month},EUR,{_money(r.revenue)},{_money(r.cogs)},{_money(r.serve)}\n" for r in rows)
    accounts = "".join(f"{key},Account {key},{'North' if key < 'C' else 'South'}\n" for key in ACCOUNTS)
    return {
        "setting": setting,
        "account": f"account_id,name,region\n{accounts}",
        "financial_period": "account_id,period_start,currency,revenue,cogs,cost_to_serve\n" + "".join(lines),
    }


@contextmanager
def opened(facts: dict[str, str]) -> Iterator[Portfolio]:
    """A portfolio of these tables, for a while."""
    with tempfile.TemporaryDirectory() as folder:
        write_facts(Path(folder), facts)
        with for_a_while(Path(folder)) as portfolio:
            yield portfolio


def answers(portfolio: Portfolio, filters: Filters) -> dict[str, dict[str, Row]]:
    """Every value question's rows by key."""
    return {question: keyed(question, portfolio.ask(question, filters).to_dicts()) for question in QUESTIONS}


quick = settings(
    max_examples=portfolios(6),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # to shrink a case takes minutes, each try loads a portfolio
    suppress_health_check=list(HealthCheck),
)
bases: st.SearchStrategy[Basis] = st.sampled_from(("contribution", "gross"))


@quick
@given(ledgers(), bases)
def test_sums_shares_curve_and_bridge_hold_together(rows: list[Booked], basis: Basis) -> None:
    with opened(tables(rows)) as portfolio:
        found = answers(portfolio, Filters(as_of=AS_OF, basis=basis))
    mix = list(found["value_mix"].values())
    known = [row for row in mix if row["profit"] is not None]
    stakes = [row["value_at_stake"] for row in mix if row["value_at_stake"] is not None]
    assert not stakes or len(stakes) == len(known)
    assert sum(stakes) == pytest.approx(0, abs=CENT)
    for share in ("revenue_share", "profit_share"):
        parts = [row[share] for row in known if row[share] is not None]
        assert not parts or sum(parts) == pytest.approx(1, abs=1e-9)
        for by in ("region", "pricing"):
            groups = [row[share] for row in found["value_groups"].values() if row["grouped_by"] == by]
            assert sum(part for part in groups if part is not None) == pytest.approx(sum(parts), abs=1e-9)

    curve = list(found["whale_curve"].values())
    heights = [row["cumulative_profit"] for row in curve]
    if heights:
        top = heights.index(max(heights))
        assert heights[top:] == sorted(heights[top:], reverse=True)
        assert heights[-1] == pytest.approx(sum(row["profit"] for row in known), abs=CENT)

    steps = {step: row["amount"] for step, row in found["profit_bridge"].items()}
    if None in steps.values():  # nobody is known in both windows, or the history is too short
        assert set(steps.values()) == {None}
        assert not found["bridge_accounts"]
        return
    moved = sum(amount for step, amount in steps.items() if step not in ("start", "end"))
    assert steps["end"] - steps["start"] == pytest.approx(moved, abs=CENT)
    behind: dict[str, float] = {}
    for row in found["bridge_accounts"].values():
        behind[row["step"]] = behind.get(row["step"], 0.0) + row["amount"]
    # Amounts below half a cent are left out: five accounts can hide no more than that five times.
    assert all(behind.get(step, 0.0) == pytest.approx(steps[step], abs=5 * CENT) for step in list(steps)[1:-1])


@quick
@given(ledgers(), st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(rows: list[Booked], seed: int) -> None:
    mixed = list(rows)
    random.Random(seed).shuffle(mixed)
    with opened(tables(rows)) as straight, opened(tables(mixed)) as shuffled:
        at = Filters(as_of=AS_OF)
        assert answers(straight, at) == answers(shuffled, at)


RATE = Decimal("1.25")


@quick
@given(ledgers())
def test_another_currency_at_a_constant_rate_scales_money_and_no_ratio(rows: list[Booked]) -> None:
    months = [f"{year}-{month:02}-01" for year in (2024, 2025, 2026) for month in range(1, 13)]
    rates = "currency,period_start,rate\n" + "".join(f"EUR,{month},{RATE}\n" for month in months)
    dollars = tables(rows, "key,value\ncurrency,USD\n") | {"fx_rate": rates}
    at = Filters(as_of=AS_OF, basis="contribution")
    with opened(tables(rows)) as own, opened(dollars) as other:
        before, after = answers(own, at), answers(other, at)
    for question in QUESTIONS:
        promise = PANELS[question].promise
        threshold = question == "bridge_accounts"  # it leaves out what is below half a cent, in either currency
        keys = before[question].keys() & after[question].keys() if threshold else before[question].keys()
        assert threshold or before[question].keys() == after[question].keys()
        for key in keys:
            for column, kind in promise.items():
                one, two = before[question][key][column], after[question][key][column]
                if column in WORDS or (threshold and column == "rank"):
                    continue
                if kind == "money" and one is not None:
                    assert two == pytest.approx(one * float(RATE), abs=1e-6), (question, key, column)
                elif kind in ("share", "number") and one is not None:
                    assert two == pytest.approx(one, abs=1e-9), (question, key, column)
                else:
                    assert one == two, (question, key, column)


SUMMED = """-- Single bookings rolled up by account and month.
select account_id, period_start, currency, sum(revenue) as revenue,
    case when count(cogs) = count(*) then sum(cogs) end as cogs,
    case when count(cost_to_serve) = count(*) then sum(cost_to_serve) end as cost_to_serve
from read_csv('bookings.csv', types = {'revenue': 'decimal(18, 2)', 'cogs': 'decimal(18, 2)',
    'cost_to_serve': 'decimal(18, 2)'})
group by all
"""


def test_splitting_rows_changes_nothing(tmp_path: Path) -> None:
    dice = random.Random(5)
    rows = [
        Booked(account, month, dice.randint(-9_999, 99_999), dice.randint(0, 60_000), dice.randint(0, 9_999))
        for account in ACCOUNTS
        for month in MONTHS
    ]
    split: list[Booked] = []
    for row in rows:
        part = [dice.randint(-500, 500) for _ in range(3)]
        assert row.cogs is not None
        assert row.serve is not None
        split.append(Booked(row.account, row.month, part[0], part[1], part[2]))
        split.append(Booked(row.account, row.month, row.revenue - part[0], row.cogs - part[1], row.serve - part[2]))
    dice.shuffle(split)
    source, mapping = tmp_path / "in", tmp_path / "mapping"
    source.mkdir()
    mapping.mkdir()
    facts = tables(split)
    facts["bookings"] = facts.pop("financial_period")
    write_facts(source, facts)
    (mapping / "financial_period.sql").write_text(SUMMED, encoding="utf-8")
    pieces = load_portfolio(source, tmp_path / "pieces.duckdb", mapping)
    try:
        with opened(tables(rows)) as whole:
            at = Filters(as_of=AS_OF)
            assert answers(whole, at) == answers(pieces, at)
    finally:
        pieces.close()

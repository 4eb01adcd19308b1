"""What must hold of scores whatever the assessments are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from tests.examples import portfolios
from tests.reference.answers import write_facts
from tests.reference.shelf import for_a_while

AS_OF = date(2026, 6, 30)
NOW = Filters(as_of=AS_OF, since="2026-03-31")
FRESH, COUNTED = 183, 366
ACCOUNTS = "ABC"
ANSWERS = ("factor_summary", "factor_accounts", "factor_scores", "factor_groups", "factor_trend", "factor_gaps")
EXAMPLES = settings(max_examples=portfolios(5), deadline=None, suppress_health_check=list(HealthCheck))


class Assessment(NamedTuple):
    """One row of the table: so many days before as-of."""

    account_id: str
    factor_id: int
    days: int
    score: int


Weights = tuple[int, ...]
ages = st.one_of(st.sampled_from((0, FRESH, FRESH + 1, COUNTED, COUNTED + 1)), st.integers(-30, 800))
assessments = st.lists(
    st.builds(Assessment, st.sampled_from(ACCOUNTS), st.integers(1, 4), ages, st.integers(0, 4)),
    max_size=24,
    unique_by=lambda one: one[:3],
)
weights = st.tuples(*[st.integers(0, 5)] * 4)


@contextmanager
def portfolio(rows: Sequence[Assessment], weights: Sequence[float]) -> Iterator[Portfolio]:
    """Three accounts with 100, 200 and 300 of revenue, four factors of these weights, and these assessments."""
    regions = {"A": "North", "B": "North", "C": ""}
    facts = {
        "account": "account_id,name,tier,region\n" + "".join(f"{key},{key},1,{regions[key]}\n" for key in ACCOUNTS),
        "financial_period": "account_id,period_start,currency,revenue\n"
        + "".join(f"{key},2026-05-01,EUR,{100 * place}\n" for place, key in enumerate(ACCOUNTS, 1)),
        "success_factor": "factor_id,code,name,weight,scale_max,fresh_days,expire_days\n"
        + "".join(f"{factor},F{factor},x,{weight},4,{FRESH},{COUNTED}\n" for factor, weight in enumerate(weights, 1)),
        "review_point": "name,held_on\nQ1,2026-03-31\n",
        "assessment": "account_id,factor_id,assessed_on,score\n"
        + "".join(f"{r.account_id},{r.factor_id},{AS_OF - timedelta(days=r.days)},{r.score}\n" for r in rows),
    }
    with tempfile.TemporaryDirectory() as folder:
        write_facts(Path(folder), facts)
        with for_a_while(Path(folder)) as found:
            yield found


def answers(rows: Sequence[Assessment], weights: Sequence[float], *questions: str) -> dict[str, pl.DataFrame]:
    """What the questions answer."""
    with portfolio(rows, weights) as made:
        return {question: made.ask(question, NOW) for question in questions}


def same(one: pl.DataFrame, other: pl.DataFrame) -> None:
    """Equal to nine digits."""
    exact = [frame.with_columns(pl.col(pl.Float64).round(9)) for frame in (one, other)]
    assert exact[0].rows() == exact[1].rows()


@EXAMPLES
@given(assessments, weights, st.sampled_from((0.25, 3.0, 1000.0)))
def test_scaling_all_weights_changes_nothing(rows: list[Assessment], weights: Weights, factor: float) -> None:
    one = answers(rows, weights, "factor_accounts", "factor_summary", "factor_groups")
    other = answers(rows, [factor * weight for weight in weights], "factor_accounts", "factor_summary", "factor_groups")
    same(one["factor_accounts"], other["factor_accounts"])
    same(one["factor_groups"], other["factor_groups"])
    same(one["factor_summary"].drop("weight"), other["factor_summary"].drop("weight"))


@EXAMPLES
@given(assessments, weights, st.randoms(use_true_random=False))
def test_an_index_lies_between_its_lowest_and_highest_factor_in_whatever_order_they_stand(
    rows: list[Assessment], weights: Weights, dice: object
) -> None:
    found = answers(rows, weights, *ANSWERS)
    mixed = list(rows)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    other = answers(mixed, weights, *ANSWERS)
    for question in ANSWERS:
        assert found[question].equals(other[question]), question
    heavy = {factor for factor, weight in enumerate(weights, 1) if weight}
    scores = [row for row in found["factor_scores"].to_dicts() if row["freshness"] in ("fresh", "ageing")]
    for row in found["factor_accounts"].to_dicts():
        own = [one for one in scores if one["account_id"] == row["account_id"]]
        if row["index"] is not None:
            counted = [one["index"] for one in own if one["factor_id"] in heavy]
            assert min(counted) - 1e-9 <= row["index"] <= max(counted) + 1e-9
            assert 2 * sum(weights[one["factor_id"] - 1] for one in own) >= sum(weights)
        assert row["factors_known"] == len(own)
        assert row["fresh"] + row["ageing"] == len(own) == row["high"] + row["medium"] + row["low"]
    for row in found["factor_summary"].to_dicts():
        counted = [one["index"] for one in scores if one["factor_id"] == row["factor_id"]]
        for name in ("mean", "weighted_mean"):
            assert (row[name] is None) == (not counted)
            assert not counted or min(counted) - 1e-9 <= row[name] <= max(counted) + 1e-9


def latest(rows: Sequence[Assessment]) -> dict[tuple[str, int], Assessment]:
    """The latest assessment of each pair on or before as-of, expired or not."""
    past = sorted((row for row in rows if row.days >= 0), key=lambda row: -row.days)
    return {(row.account_id, row.factor_id): row for row in past}


@EXAMPLES
@example([Assessment("A", 1, 0, 0)], (0, 0, 0, 0))
@given(assessments, weights)
def test_removing_expired_assessments_changes_no_mean(rows: list[Assessment], weights: Weights) -> None:
    expired = [row for row in latest(rows).values() if row.days > COUNTED]
    if not expired:  # one for a pair that has no score, so that there always is something to remove
        free = next(
            ((key, factor) for key in ACCOUNTS for factor in range(1, 5) if (key, factor) not in latest(rows)), None
        )
        assume(free is not None)
        expired = [Assessment(*free, COUNTED + 1, 4)] if free else []
    pairs = {row[:2] for row in expired}
    rest = [row for row in rows if row[:2] not in pairs or row.days < 0]
    whole = [*rest, *(row for row in rows if row[:2] in pairs and row.days >= 0), *expired]
    one = answers(list(dict.fromkeys(whole)), weights, "factor_summary", "factor_accounts", "factor_trend")
    other = answers(rest, weights, "factor_summary", "factor_accounts", "factor_trend")
    means = ("factor_id", "mean", "weighted_mean", "accounts_known", "red", "amber", "green", "unknown", "change")
    same(one["factor_summary"].select(means), other["factor_summary"].select(means))
    same(
        one["factor_accounts"].select("account_id", "index", "red"),
        other["factor_accounts"].select("account_id", "index", "red"),
    )
    last = pl.col("seen_on") == AS_OF
    now = ("factor_id", "mean", "accounts_known", "change", "pairs")
    same(one["factor_trend"].filter(last).select(now), other["factor_trend"].filter(last).select(now))


def test_the_examples_are_worth_it() -> None:
    # Means of nothing prove nothing: the helper must reach the answers.
    found = answers([Assessment("A", 1, 10, 3), Assessment("B", 1, COUNTED + 1, 4)], (1, 0, 0, 0), *ANSWERS)
    assert found["factor_summary"]["mean"][0] == pytest.approx(75)
    assert found["factor_accounts"]["index"].to_list() == [75, None, None]
    assert found["factor_summary"]["expired"][0] == 1

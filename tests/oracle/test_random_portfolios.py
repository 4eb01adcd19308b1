"""Engine and reference over a handful of random portfolios; `python -m tests.reference.compare` asks thousands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.reference.answers import ANSWERS, keyed
from tests.reference.compare import COMBINATIONS, Run, choices, compare_seed, told
from tests.reference.facts import Facts
from tests.reference.random_portfolios import random_facts, write_csv

ONCE_WRONG = (204, 1006, 1038)
"""Portfolios on which engine and reference once differed: a day of change, a set horizon, a leader barred twice."""
SEEDS = (*range(int(os.environ.get("KAPTUI_RANDOM_PORTFOLIOS", "1"))), *ONCE_WRONG)


@pytest.mark.parametrize("seed", SEEDS)
def test_engine_equals_reference(seed: int) -> None:
    run = Run()
    compare_seed(run, seed, 1)
    assert not run.columns, "\n".join(told(run))


def test_a_seed_is_always_the_same_portfolio() -> None:
    assert random_facts(3) == random_facts(3) != random_facts(4)


def test_every_combination_has_its_turn(tmp_path: Path) -> None:
    write_csv(tmp_path, random_facts(1))
    facts, asked = Facts.read(tmp_path), set()
    for seed in range(len(COMBINATIONS)):
        asked |= {(one.basis, one.window, one.where) for one, _ in choices(facts, seed, 2)}
    assert {basis for basis, _, _ in asked} == {None, "contribution", "gross"}
    assert len({(window, where) for _, window, where in asked}) == 10


def test_the_portfolios_are_worth_comparing(tmp_path: Path) -> None:
    """Every question but that of a what-if has rows, and every status, health, thread and claim occurs."""
    rows = dict.fromkeys(ANSWERS, 0)
    found: dict[str, set[str | None]] = {"status": set(), "health": set(), "thread": set(), "claim": set()}
    for seed in range(10):
        write_csv(tmp_path / str(seed), random_facts(seed))
        for _, case in choices(Facts.read(tmp_path / str(seed)), seed, 2):
            for question, answer in ANSWERS.items():
                told_here = keyed(question, answer(case)).values()
                rows[question] += len(told_here)
                for column in found.keys() & {name for row in told_here for name in row}:
                    found[column] |= {row[column] for row in told_here}
    assert [question for question, number in rows.items() if not number] == ["what_if_moves"]
    assert found["status"] >= {"covered", "stale", "new", "uncovered", None}
    assert found["health"] >= {"none", "expired", "unreviewed", "slipping", "alive", None}
    assert found["thread"] >= {"single", "thin", "broad"}
    assert found["claim"] >= {"overclaimed", "underclaimed", "supported", "unknown"}

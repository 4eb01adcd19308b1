"""How many made-up examples a property is tried with: a few in the suite, many in a long run.

A long run is `python -m tests.harness properties`, or `reader` for the readers of files. It takes the profile `many`
(`--hypothesis-profile many`), and the number of tries from the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from hypothesis import HealthCheck, settings

T = TypeVar("T")
FEW, MANY = "few", "many"
TRIES = "KAPTUI_EXAMPLES"
"""The environment's name for how many examples `many` are."""
_FEW, _MANY = 20, 100


def register() -> None:
    """Make the two profiles known, and take the few: a long run asks for the other."""
    calm = list(HealthCheck)  # how long an example takes says nothing on a machine that others use too
    many = int(os.environ.get(TRIES, _MANY))
    settings.register_profile(FEW, max_examples=_FEW, deadline=None, suppress_health_check=calm, derandomize=True)
    settings.register_profile(MANY, max_examples=many, deadline=None, suppress_health_check=calm, derandomize=False)
    settings.load_profile(FEW)


def portfolios(many: int) -> int:
    """Examples of a property that loads or builds a portfolio for each: `many` in a hundred, at least two."""
    return max(2, many * settings().max_examples // 100)


def in_long_run() -> bool:
    """Whether this is a long run, which tries all of what the suite takes a few of."""
    return settings().max_examples >= _MANY


def of_each_kind(rows: Iterable[T], kind: Callable[[T], Hashable]) -> list[T]:
    """The first row of each kind, in their order; in a long run every row."""
    every = list(rows)
    if in_long_run():
        return every
    first: dict[Hashable, T] = {}
    for row in every:
        first.setdefault(kind(row), row)
    return list(first.values())

"""How many made-up examples a property is tried with: a few by default, many in CI and with one option.

The option is `--hypothesis-profile many`.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

FEW, MANY = "few", "many"


def register() -> None:
    """Make the two profiles known, and take the one that fits where the tests run."""
    calm = list(HealthCheck)  # how long an example takes says nothing on a machine that others use too
    settings.register_profile(FEW, max_examples=20, deadline=None, suppress_health_check=calm)
    settings.register_profile(MANY, max_examples=100, deadline=None, suppress_health_check=calm)
    settings.load_profile(MANY if os.environ.get("CI") else FEW)


def portfolios(many: int) -> int:
    """Examples of a property that loads or builds a portfolio for each: `many`, or a few of them."""
    return many if settings().max_examples >= 100 else max(2, many // 4)

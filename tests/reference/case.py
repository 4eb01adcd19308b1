"""One question's choices, settled: as-of, since, basis, window, chosen accounts; and dates in months."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from kaptui.filters import Filters
from reference.facts import Facts

DEFAULTS = {
    "fiscal_year_start_month": 1.0,
    "red_below": 34.0,
    "green_from": 67.0,
    "flat_points": 5.0,
    "cadence_tier_1": 90.0,
    "cadence_tier_2": 183.0,
    "cadence_tier_3": 366.0,
    "new_days": 45.0,
    "load_warn": 3.0,
    "load_over": 5.0,
    "orphan_days": 60.0,
    "review_days": 183.0,
    "thread_days": 183.0,
    "indicator_committee_months": 24.0,
    "indicator_profit_index": 1.0,
    "indicator_value_priced_share": 0.5,
    "indicator_programme_months": 12.0,
    "indicator_variable_profit_share": 0.5,
    "indicator_plan_months": 12.0,
    "indicator_review_days": 183.0,
    "indicator_long_objectives_share": 0.5,
    "indicator_measured_objectives_share": 0.5,
    "indicator_action_functions": 3.0,
    "indicator_outside_sales_share": 0.5,
    "indicator_customer_review_months": 12.0,
    "indicator_accounts_per_manager": 8.0,
    "indicator_trained_months": 24.0,
    "indicator_tenure_months": 12.0,
    "indicator_selection_months": 12.0,
    "indicator_keep_months": 12.0,
}


def shift(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def month_end(first: date) -> date:
    """The last day of the month that starts on `first`."""
    return shift(first, 1) - timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Case:
    """Facts and the reader's choices. Compared by identity, so that results can be cached per case."""

    facts: Facts
    as_of: date
    since: date
    basis: str
    window: str
    chosen: frozenset[str]
    rates: str = "monthly"

    @classmethod
    def of(cls, facts: Facts, filters: Filters, chosen: Iterable[str] | None = None) -> Case:
        """Settle the defaults as questions.md says; without an as-of the setting must be there.

        The filter text is not read: `chosen` says which accounts it stands for, None all.
        """
        as_of = filters.as_of or date.fromisoformat(facts.settings["as_of"])
        costs = (row["cost_to_serve"] for row in facts["financial_period"] if row["scenario"] == "actual")
        basis = "contribution" if any(cost is not None for cost in costs) else "gross"
        ids = frozenset(facts.accounts if chosen is None else chosen)
        since = _since(facts, as_of, filters.since)
        return cls(facts, as_of, since, filters.basis or basis, filters.window, ids, filters.rates)

    @cached_property
    def everyone(self) -> Case:
        """The same choices over all accounts of the file."""
        return replace(self, chosen=frozenset(self.facts.accounts))

    @cached_property
    def ids(self) -> list[str]:
        """The chosen accounts, by id."""
        return sorted(self.chosen)

    def setting(self, key: str) -> float:
        """A numeric setting, or its default."""
        text = self.facts.settings.get(key)
        return DEFAULTS[key] if text is None else float(text)

    def months(self, limit: str) -> int:
        """The months that an indicator allows or asks for."""
        return int(self.setting(f"indicator_{limit}_months"))

    def age(self, day: date) -> int:
        """Days from `day` to the as-of date."""
        return (self.as_of - day).days

    def within_months(self, day: date, months: int) -> bool:
        """Whether `day` lies at most so many calendar months before the as-of date, and not after it."""
        return shift(self.as_of, -months) <= day <= self.as_of

    @cached_property
    def currency(self) -> str:
        """The reporting currency: the setting, else the only one in the data."""
        named = self.facts.settings.get("currency")
        if named:
            return named
        used = {str(row["currency"]) for row in self.facts["financial_period"]}
        return used.pop() if len(used) == 1 else ""


def _since(facts: Facts, as_of: date, since: str | None) -> date:
    held: dict[str, date] = {row["name"]: row["held_on"] for row in facts["review_point"]}
    if since is not None:
        return held[since] if since in held else date.fromisoformat(since)
    return max((day for day in held.values() if day < as_of), default=shift(as_of, -3))

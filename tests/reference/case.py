"""One question's choices, settled: as-of, since, basis, window, chosen accounts; and dates in months."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

from kaptui.filters import Filters
from tests.reference.facts import Facts

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
    "quadrant_band": 0.01,
    "lever_price": 0.03,
    "material_share": 0.005,
    "negotiation_months": 24.0,
    "claim_facts": 3.0,
    "reds_serious": 3.0,
    "programme_problem_share": 0.25,
    "thread_single": 1.0,
    "thread_broad": 3.0,
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
SALES_FUNCTIONS = "Sales"


@lru_cache(maxsize=100_000)
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
    """Facts and the reader's choices. Compared by identity, so that results can be cached per case.

    `chosen` are the accounts whose money counts, exited ones among them. What is not money looks only at the
    programme: questions list `listed`, sums and counts run over `chosen_programme`, yardsticks over `programme`.
    """

    facts: Facts
    as_of: date
    since: date
    basis: str
    window: str
    chosen: frozenset[str]
    rates: str = "monthly"
    exited_named: bool = False

    @classmethod
    def of(
        cls, facts: Facts, filters: Filters, chosen: Iterable[str] | None = None, exited_named: bool | None = None
    ) -> Case:
        """Settle the defaults as questions.md says; without an as-of the setting must be there.

        The filter text is not read, but for whether it names status:exited: `chosen` says which accounts it stands
        for, None all.
        """
        from tests.reference.money import default_basis

        as_of = filters.as_of or date.fromisoformat(facts.settings["as_of"])
        ids = frozenset(facts.accounts if chosen is None else chosen)
        named = names_exited(filters.where or "") if exited_named is None else exited_named
        since = _since(facts, as_of, filters.since)
        case = cls(facts, as_of, since, filters.basis or "gross", filters.window, ids, filters.rates, named)
        return case if filters.basis else replace(case, basis=default_basis(case))

    @cached_property
    def everyone(self) -> Case:
        """The same choices over all accounts of the file, exited ones too."""
        return replace(self, chosen=frozenset(self.facts.accounts))

    @cached_property
    def yardstick(self) -> Case:
        """The same choices over the whole programme: what margins, rates, medians and cuts are made from."""
        return replace(self, chosen=frozenset(self.programme), exited_named=False)

    @cached_property
    def ids(self) -> list[str]:
        """The chosen accounts, by id: those whose money counts."""
        return sorted(self.chosen)

    def exited(self, account_id: str) -> bool:
        """Whether an account has left the programme."""
        return bool(self.facts.accounts[account_id]["status"] == "exited")

    @cached_property
    def programme(self) -> list[str]:
        """The accounts in the programme over the whole file, by id."""
        return [key for key in self.facts.accounts if not self.exited(key)]

    @cached_property
    def chosen_programme(self) -> list[str]:
        """The chosen accounts that are in the programme, by id."""
        return [key for key in self.programme if key in self.chosen]

    @cached_property
    def listed(self) -> list[str]:
        """The chosen accounts that a question about other things than money lists, by id."""
        return self.ids if self.exited_named else self.chosen_programme

    def setting(self, key: str) -> float:
        """A numeric setting, or its default."""
        text = self.facts.settings.get(key)
        return DEFAULTS[key] if text is None else float(text)

    def exact(self, key: str) -> Decimal | None:
        """A numeric setting or its default as it is written; None for one without either."""
        text = self.facts.settings.get(key)
        if text is not None:
            return Decimal(text)
        return Decimal(str(DEFAULTS[key])) if key in DEFAULTS else None

    @cached_property
    def sales_functions(self) -> frozenset[str]:
        """The functions that count as sales, in lower case."""
        text = self.facts.settings.get("sales_functions", SALES_FUNCTIONS)
        return frozenset(word.strip().lower() for word in text.split(",") if word.strip())

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
        """The reporting currency in upper case: the setting, else the only one in the data."""
        named = self.facts.settings.get("currency")
        if named:
            return named.upper()
        for table in ("financial_period", "programme"):
            used = {str(row["currency"]).upper() for row in self.facts[table]}
            if len(used) == 1:
                return used.pop()
        return ""


def names_exited(where: str) -> bool:
    """Whether a filter text names status:exited (not with a minus before it)."""
    return re.search(r'(?<!\S)status:"?exited"?(?!\S)', where, re.IGNORECASE) is not None


def _since(facts: Facts, as_of: date, since: str | None) -> date:
    held: dict[str, date] = {row["name"]: row["held_on"] for row in facts["review_point"]}
    if since is not None:
        return held[since] if since in held else date.fromisoformat(since)
    return max((day for day in held.values() if day < as_of), default=shift(as_of, -3))

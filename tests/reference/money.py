"""Money: windows, figures of an account, shares, margins, curve and mix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from statistics import median

from reference.case import Case, month_end, shift
from reference.facts import Facts, Row

ZERO = Decimal(0)


def last_full_month(as_of: date) -> date:
    """First day of the last month that ends on or before `as_of`."""
    first = as_of.replace(day=1)
    return first if month_end(first) <= as_of else shift(first, -1)


def window_months(case: Case, window: str = "", years_back: int = 0) -> tuple[date, ...]:
    """First days of the window's months."""
    last = last_full_month(case.as_of)
    fiscal_start = int(case.setting("fiscal_year_start_month"))
    count = 12 if (window or case.window) == "ttm" else (last.month - fiscal_start) % 12 + 1
    return tuple(shift(last, -back - 12 * years_back) for back in range(count - 1, -1, -1))


@cache
def rates(facts: Facts) -> dict[tuple[str, date], Decimal]:
    """Units of reporting currency for one unit, by currency and month."""
    return {(row["currency"].upper(), row["period_start"]): row["rate"] for row in facts["fx_rate"]}


def rate(case: Case, row: Row, years_back: int = 0) -> Decimal | None:
    """The rate of a row's month, or of the same month some years earlier; None if it is missing.

    At constant rates every month from the window's first on takes that of a year earlier.
    """
    if case.rates == "constant" and row["period_start"] >= window_months(case)[0]:
        years_back = 1
    return rate_at(case, row["currency"], shift(row["period_start"], -12 * years_back))


def rate_at(case: Case, currency: str, month: date) -> Decimal | None:
    """The rate of a currency in a month; None if it is missing."""
    code = currency.upper()
    return Decimal(1) if code == case.currency else rates(case.facts).get((code, month))


@dataclass(frozen=True)
class Figures:
    """Sums of some months in reporting currency. None: unknown. `rows` 0: no figures."""

    rows: int
    revenue: Decimal | None = None
    cogs: Decimal | None = None
    cost_to_serve: Decimal | None = None
    profit: Decimal | None = None
    value_priced: Decimal | None = None
    priced: Decimal | None = None

    @property
    def gross_margin(self) -> Decimal | None:
        """R - COGS."""
        return None if self.revenue is None or self.cogs is None else self.revenue - self.cogs


def _converted(case: Case, rows: Iterable[Row], column: str, years_back: int) -> Decimal | None:
    """Sum of a column over rows; None if one of the rows has no value or no rate."""
    total = ZERO
    for row in rows:
        one = rate(case, row, years_back)
        if one is None or row[column] is None:
            return None
        total += row[column] * one
    return total


def add_up(case: Case, rows: list[Row], years_back: int = 0) -> Figures:
    """The figures of some rows of one account; `years_back` 1 converts at the rates of a year before."""
    if not rows:
        return Figures(0)
    revenue = _converted(case, rows, "revenue", years_back)
    cogs = _converted(case, rows, "cogs", years_back)
    serve = _converted(case, rows, "cost_to_serve", years_back)
    profit = None
    if revenue is not None and cogs is not None:
        if case.basis == "gross":
            profit = revenue - cogs
        elif serve is not None:
            profit = revenue - cogs - serve
    value, priced = _priced(case, rows, years_back)
    return Figures(len(rows), revenue, cogs, serve, profit, value, priced)


def _priced(case: Case, rows: list[Row], years_back: int) -> tuple[Decimal | None, Decimal | None]:
    """(value-priced revenue, revenue priced in any known way); a missing part is 0 when another is given."""
    value, total, given = ZERO, ZERO, False
    for row in rows:
        one = rate(case, row, years_back)
        if one is None:
            return None, None
        for column in ("revenue_value_priced", "revenue_cost_plus", "revenue_market_priced"):
            if row[column] is not None:
                given = True
                total += row[column] * one
                value += row[column] * one if column == "revenue_value_priced" else ZERO
    return (value, total) if given else (None, None)


@cache
def actual_rows(facts: Facts, account_id: str) -> dict[date, Row]:
    """The actual rows of an account by month."""
    rows = facts.where("financial_period", "account_id", account_id)
    return {row["period_start"]: row for row in rows if row["scenario"] == "actual"}


def default_basis(case: Case) -> str:
    """contribution where accounts with half of the window's revenue have a cost to serve in every month booked.

    All accounts of the file count, exited ones too, at the rates of each month; no revenue at all: gross.
    """
    steady = replace(case, rates="monthly")
    found = [figures(steady, key) for key in case.facts.accounts]
    revenue = sum((one.revenue or ZERO for one in found), ZERO)
    served = sum((one.revenue or ZERO for one in found if one.cost_to_serve is not None), ZERO)
    return "contribution" if revenue > 0 and served * 2 >= revenue else "gross"


@cache
def budget_rows(facts: Facts, account_id: str) -> dict[date, Row]:
    """The budget rows of an account by month."""
    rows = facts.where("financial_period", "account_id", account_id)
    return {row["period_start"]: row for row in rows if row["scenario"] == "budget"}


@cache
def figures(case: Case, account_id: str, window: str = "", years_back: int = 0, rates_back: int = 0) -> Figures:
    """The figures of an account in the case's window (or `window`), or the same months some years earlier."""
    booked = actual_rows(case.facts, account_id)
    months = window_months(case, window, years_back)
    return add_up(case, [booked[month] for month in months if month in booked], rates_back)


def ratio(above: Decimal | None, below: Decimal | None) -> float | None:
    """above / below, None unless both are known and below is positive."""
    return None if above is None or below is None or below <= 0 else float(above / below)


def by_revenue(case: Case, account_id: str) -> tuple[bool, Decimal, str]:
    """The place of an account where the largest comes first: unknown revenue last, a tie by id."""
    revenue = figures(case, account_id).revenue
    return (revenue is None, -(revenue or ZERO), account_id)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the known values; None if none is known."""
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if known else None


@dataclass(frozen=True)
class Base:
    """Sums over the chosen accounts with known profit."""

    ids: frozenset[str]
    revenue: Decimal | None
    profit: Decimal | None

    @property
    def margin(self) -> Decimal | None:
        """The portfolio margin M."""
        if self.revenue is None or self.profit is None or self.revenue <= 0:
            return None
        return self.profit / self.revenue


@cache
def base(case: Case) -> Base:
    """The one base of shares, profit index, value at stake and portfolio margin."""
    known = [key for key in case.ids if figures(case, key).profit is not None]
    return Base(
        frozenset(known),
        total(figures(case, key).revenue for key in known),
        total(figures(case, key).profit for key in known),
    )


@cache
def revenue_cut(case: Case) -> Decimal | None:
    """The median revenue of all accounts of the file with known profit."""
    every = base(case.everyone)
    return median(figures(case, key).revenue or ZERO for key in every.ids) if every.ids else None


def empty_growth(case: Case, account_id: str) -> bool | None:
    """Revenue up, profit down; None unless both are known in both windows and revenue started above zero."""
    now, before = figures(case, account_id), figures(case, account_id, "", 1)
    if now.profit is None or before.profit is None or now.revenue is None or before.revenue is None:
        return None
    return None if before.revenue <= 0 else now.revenue > before.revenue and now.profit < before.profit


@cache
def quadrant(case: Case, account_id: str) -> str | None:
    """Where an account stands among all accounts of the file; None without known profit or revenue."""
    every = base(case.everyone)
    mine = figures(case, account_id)
    if every.margin is None or mine.revenue is None or mine.profit is None or mine.revenue <= 0:
        return None
    cut = revenue_cut(case)
    big = cut is not None and mine.revenue >= cut
    rich = mine.profit / mine.revenue >= every.margin
    return {
        (True, True): "protect",
        (True, False): "re-price",
        (False, True): "invest",
        (False, False): "fix or exit",
    }[big, rich]


@cache
def position(case: Case, account_id: str) -> Row:
    """Shares, profit index and value at stake of an account within the chosen ones."""
    all_of, mine = base(case), figures(case, account_id)
    known = account_id in all_of.ids
    revenue_share = ratio(mine.revenue, all_of.revenue) if known else None
    profit_share = ratio(mine.profit, all_of.profit) if known else None
    gap = None if revenue_share is None or profit_share is None else profit_share - revenue_share
    index = stake = None
    if known and mine.revenue is not None and mine.profit is not None and all_of.margin is not None:
        stake = mine.revenue * all_of.margin - mine.profit
        if mine.revenue > 0 and all_of.margin > 0:
            index = float(mine.profit / mine.revenue / all_of.margin)
    return {
        "revenue_share": revenue_share,
        "profit_share": profit_share,
        "share_gap": gap,
        "profit_index": index,
        "value_at_stake": stake,
    }


@cache
def growth(case: Case, account_id: str, window: str = "") -> tuple[float | None, Decimal | None]:
    """(R1/R0 - 1, P1 - P0) against the same window a year earlier; None where one of the two is unknown."""
    now, before = figures(case, account_id, window), figures(case, account_id, window, 1)
    quotient = ratio(now.revenue, before.revenue)
    change = None if now.profit is None or before.profit is None else now.profit - before.profit
    return (None if quotient is None else quotient - 1), change


def value_priced_share(found: Figures) -> float | None:
    """Value-priced revenue of the revenue whose pricing is known; None if more than half of R is not."""
    if found.revenue is None or found.revenue <= 0 or found.priced is None:
        return None
    unknown = (found.revenue - found.priced) / found.revenue
    return None if unknown > Decimal("0.5") else ratio(found.value_priced, found.priced)

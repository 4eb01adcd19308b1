"""Money: windows, figures of an account, shares, margins, curve and mix.

Over 300 lines because windows, spans and sums of one account are one thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from statistics import median

from tests.reference.case import Case, month_end, shift
from tests.reference.facts import Facts, Row

ZERO = Decimal(0)
LEAST_MARGIN = Decimal("0.01")
"""Below it, above or under zero, a profit index says nothing."""


def last_full_month(as_of: date) -> date:
    """First day of the last month that ends on or before `as_of`."""
    first = as_of.replace(day=1)
    return first if month_end(first) <= as_of else shift(first, -1)


@cache
def booked_range(facts: Facts) -> tuple[date, date] | None:
    """The first and the last month in which any account has actual figures; None without any."""
    months = {row["period_start"] for row in facts["financial_period"] if row["scenario"] == "actual"}
    return (min(months), max(months)) if months else None


@cache
def booked_months(case: Case) -> tuple[date, ...]:
    """The full months of the booked range, one after the other, with or without figures."""
    booked = booked_range(case.facts)
    if booked is None:
        return ()
    last = min(booked[1], last_full_month(case.as_of))
    return _run(booked[0], last)


def _run(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months from one to another."""
    return tuple(shift(first, number) for number in range(between(first, last) + 1))


def between(first: date, last: date) -> int:
    """Months from one month to another."""
    return 12 * (last.year - first.year) + last.month - first.month


def window_last(case: Case) -> date:
    """The month that ends the window: the last full booked one; where there is none, the last full one."""
    booked = booked_months(case)
    return booked[-1] if booked else last_full_month(case.as_of)


@cache
def window_months(case: Case, window: str = "", years_back: int = 0) -> tuple[date, ...]:
    """First days of the window's months."""
    last = window_last(case)
    fiscal_start = int(case.setting("fiscal_year_start_month"))
    count = 12 if (window or case.window) == "ttm" else (last.month - fiscal_start) % 12 + 1
    return tuple(shift(last, -back - 12 * years_back) for back in range(count - 1, -1, -1))


def months_known_before(case: Case, window: str = "") -> int:
    """How many of the window's months a year earlier the booked range holds."""
    return len(set(window_months(case, window, 1)) & set(booked_months(case)))


def history_known(case: Case, window: str = "") -> bool:
    """Whether the booked range holds the whole earlier window; otherwise nothing is compared."""
    return months_known_before(case, window) == len(window_months(case, window))


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


@cache
def first_month(facts: Facts, account_id: str) -> date | None:
    """An account's first month with a row."""
    return min(actual_rows(facts, account_id), default=None)


@cache
def last_month(facts: Facts, account_id: str) -> date | None:
    """An account's last month with a row, also after as-of: a month before it, without a row, booked nothing."""
    return max(actual_rows(facts, account_id), default=None)


def _monthly(case: Case, account_id: str, last: date) -> bool:
    """A row in at least 11 of the 12 months up to the last one. A file of less than 11 months has no such account."""
    return len({shift(last, -back) for back in range(12)} & set(actual_rows(case.facts, account_id))) >= 11


@cache
def standing(case: Case, account_id: str, window: str = "") -> str:
    """complete, short, new, late, stopped or none. An exited account is never late; it may have stopped."""
    months = window_months(case, window)
    first, last = first_month(case.facts, account_id), last_month(case.facts, account_id)
    if first is None or last is None or last < months[0] or not figures(case, account_id, window).rows:
        return "none"
    if is_late(case, account_id, window):
        return "late"
    if between(last, months[-1]) > 3 and _monthly(case, account_id, last):
        return "stopped"
    if first > months[0]:
        return "new" if is_new(case, account_id, window) else "short"
    return "complete"


def is_new(case: Case, account_id: str, window: str = "", years_back: int = 0) -> bool:
    """Whether an account begins inside the window or after it, and not with the file itself."""
    first, booked = first_month(case.facts, account_id), booked_range(case.facts)
    if first is None or booked is None:
        return False
    return first > window_months(case, window, years_back)[0] and first > booked[0]


def is_late(case: Case, account_id: str, window: str = "") -> bool:
    """Whether the last one to three months of the window are still to be booked, also where it has no others."""
    last = last_month(case.facts, account_id)
    if last is None or case.exited(account_id):
        return False
    return 0 < between(last, window_months(case, window)[-1]) <= 3 and _monthly(case, account_id, last)


def months_known(case: Case, account_id: str, window: str = "", years_back: int = 0) -> int:
    """The window's months since the account's first one, booked or not; of a late account up to its last.

    Without figures in the window none is known, nor in the earlier one where the account's last month lies before it.
    """
    first, last = first_month(case.facts, account_id), window_last(case)
    end = last_month(case.facts, account_id)
    if first is None or end is None or end < window_months(case, window, years_back)[0]:
        return 0
    if not years_back and not figures(case, account_id, window).rows:
        return 0
    if is_late(case, account_id, window):
        last = last_month(case.facts, account_id) or last
    return sum(first <= month <= last for month in window_months(case, window, years_back))


@dataclass(frozen=True)
class Base:
    """Sums over the chosen accounts with known profit."""

    ids: frozenset[str]
    revenue: Decimal | None
    profit: Decimal | None

    @property
    def margin(self) -> Decimal | None:
        """Profit over revenue; of the whole programme it is M."""
        if self.revenue is None or self.profit is None or self.revenue <= 0:
            return None
        return self.profit / self.revenue


@cache
def base(case: Case) -> Base:
    """The one base of shares and margin: the chosen accounts with known profit."""
    known = [key for key in case.ids if figures(case, key).profit is not None]
    return Base(
        frozenset(known),
        total(figures(case, key).revenue for key in known),
        total(figures(case, key).profit for key in known),
    )


def programme_margin(case: Case) -> Decimal | None:
    """M: the margin of all accounts of the programme with known profit, whatever is chosen."""
    return base(case.yardstick).margin


def margin_cut(case: Case) -> Decimal | None:
    """Where margins are rich: setting `hurdle_margin`, else M."""
    hurdle = case.exact("hurdle_margin")
    return programme_margin(case) if hurdle is None else hurdle


@cache
def revenue_cut(case: Case) -> Decimal | None:
    """Where accounts are big: setting `big_from`, else the median revenue of the programme with known profit."""
    big_from = case.exact("big_from")
    if big_from is not None:
        return big_from
    every = base(case.yardstick)
    return median(figures(case, key).revenue or ZERO for key in every.ids) if every.ids else None


@cache
def quadrant(case: Case, account_id: str) -> str | None:
    """Where an account stands in the programme.

    None without known profit, with revenue of zero or less, late, or where the window holds months before its first.
    """
    mine, rich_from, big_from = figures(case, account_id), margin_cut(case), revenue_cut(case)
    if case.exited(account_id) or mine.revenue is None or mine.profit is None or mine.revenue <= 0:
        return None
    if is_late(case, account_id) or months_known(case, account_id) < len(window_months(case)):
        return None
    if rich_from is None or big_from is None:
        return None
    margin, band = mine.profit / mine.revenue, case.exact("quadrant_band") or ZERO
    rich = margin >= rich_from or rich_from - margin < band
    return {
        (True, True): "protect",
        (True, False): "re-price",
        (False, True): "invest",
        (False, False): "fix or exit",
    }[mine.revenue >= big_from, rich]


@cache
def position(case: Case, account_id: str) -> Row:
    """Shares within the chosen accounts; profit index and value at stake against the whole programme's margin."""
    all_of, mine, margin = base(case), figures(case, account_id), programme_margin(case)
    revenue_share = profit_share = index = stake = None
    if account_id in all_of.ids and all_of.revenue is not None and all_of.revenue > 0:
        revenue_share, profit_share = ratio(mine.revenue, all_of.revenue), ratio(mine.profit, all_of.profit)
    gap = None if revenue_share is None or profit_share is None else profit_share - revenue_share
    if case.exited(account_id):
        margin = None
    if mine.revenue is not None and mine.profit is not None and margin is not None:
        stake = mine.revenue * margin - mine.profit
        if mine.revenue > 0 and abs(margin) >= LEAST_MARGIN:
            index = float(mine.profit / mine.revenue / margin)
    return {
        "revenue_share": revenue_share,
        "profit_share": profit_share,
        "share_gap": gap,
        "profit_index": index,
        "value_at_stake": stake,
    }


def comparable(case: Case, account_id: str, window: str = "") -> bool:
    """Whether an account's window can stand against the year before: history known, not new in either, not late."""
    new = is_new(case, account_id, window) or is_new(case, account_id, window, 1)
    return history_known(case, window) and not new and not is_late(case, account_id, window)


def earlier(case: Case, account_id: str, window: str = "") -> Figures:
    """The same window a year earlier: zeros where an account that began before it has no row in it."""
    found = figures(case, account_id, window, 1)
    first = first_month(case.facts, account_id)
    if found.rows or first is None or first > window_months(case, window, 1)[0]:
        return found
    return Figures(0, ZERO, ZERO, ZERO, ZERO)


@cache
def growth(case: Case, account_id: str, window: str = "") -> tuple[float | None, Decimal | None]:
    """(R1/R0 - 1, P1 - P0) against the same window a year earlier; None where the two cannot be compared."""
    if not comparable(case, account_id, window):
        return None, None
    now, before = figures(case, account_id, window), earlier(case, account_id, window)
    quotient = ratio(now.revenue, before.revenue)
    change = None if now.profit is None or before.profit is None else now.profit - before.profit
    return (None if quotient is None else quotient - 1), change


def empty_growth(case: Case, account_id: str) -> bool | None:
    """Revenue up, profit down; None unless both are known in both windows and revenue started above zero."""
    grown, change = growth(case, account_id)
    return None if grown is None or change is None else grown > 0 and change < 0


def value_priced_share(found: Figures) -> float | None:
    """Value-priced revenue of the revenue whose pricing is known; None if more than half of R is not."""
    if found.revenue is None or found.revenue <= 0 or found.priced is None:
        return None
    unknown = (found.revenue - found.priced) / found.revenue
    return None if unknown > Decimal("0.5") else ratio(found.value_priced, found.priced)

"""The sample's money: monthly figures, budgets and exchange rates that add up to the totals of the cast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from tests.sample_generator.cast import AS_OF, Actor, actors
from tests.sample_generator.tables import Row

_YEAR = 12
_SEASONS = (  # share of an average month, January to December
    (0.93, 0.95, 1.04, 1.02, 1.01, 1.05, 0.97, 0.88, 1.06, 1.08, 1.07, 0.94),
    (0.90, 0.92, 0.99, 1.06, 1.10, 1.12, 1.08, 1.00, 0.98, 0.96, 0.96, 0.93),
    (0.95, 0.96, 1.00, 0.98, 0.97, 0.99, 0.93, 0.90, 1.02, 1.08, 1.13, 1.09),
)


@dataclass(frozen=True)
class _Month:
    """One month in the reporting currency; `age` 0 is the last full month at the as-of date."""

    age: int
    revenue: float
    cogs: float
    cost_to_serve: float


def month_of(age: int) -> date:
    """First day of the month that lies `age` months before the as-of month."""
    index = AS_OF.year * _YEAR + AS_OF.month - 1 - age
    return date(index // _YEAR, index % _YEAR + 1, 1)


def usd_rate(age: int, seed: int) -> float:
    """EUR for one USD, month average: a slow slide with some noise."""
    noise = Random(f"{seed}/fx/{age}").random() - 0.5
    return round(0.858 + 0.0017 * age + 0.012 * noise, 6)


def fx_rates(seed: int, months: int) -> list[Row]:
    """Table fx_rate: every month of the portfolio."""
    ages = range(months - 1, -1, -1)
    return [{"currency": "USD", "period_start": month_of(a), "rate": usd_rate(a, seed)} for a in ages]


def _has_figures(actor: Actor, age: int) -> bool:
    missing = {
        "no_figures": True,
        "new": age > 3,
        "left": age < 7,
        "lost": age < _YEAR,
        "gaps": age in (4, 9, 10),
        "late": age < 1,
        "stopped": age < 5,
    }
    return not any(gone and quirk in actor.quirks for quirk, gone in missing.items())


def _year_target(actor: Actor, year: int) -> tuple[float, float]:
    """Revenue and margin of twelve months; 0 are the latest. Before the two known years, half the pace."""
    now, profit, before, profit_before = actor.money
    margin_now = profit / now if now else profit_before / max(before, 1)
    margin_before = profit_before / before if before else margin_now
    if year == 0:
        return now * 1000.0, margin_now
    pace = (before - now) / 2 if now and before else 0
    back = year - 1
    revenue = max(before + back * min(pace, before / 4), before * 0.5)
    return revenue * 1000.0, margin_before + back * (margin_before - margin_now) / 4


def _year_months(actor: Actor, year: int, rng: Random) -> list[_Month]:
    season = _SEASONS[int(actor.account_id[2:]) % len(_SEASONS)]
    revenue, margin = _year_target(actor, year)
    dice = [(age, rng.random(), rng.random()) for age in range(year * _YEAR, year * _YEAR + _YEAR)]
    dice = [d for d in dice if _has_figures(actor, d[0])]
    # Within the year the account moves as it does from year to year, so that no month jumps.
    older, older_margin = _year_target(actor, year + 1)
    pace = revenue / older - 1 if older and revenue else 0.0
    middle = [(5.5 - age % _YEAR) / _YEAR for age, _, _ in dice]
    seasons = [season[month_of(age).month - 1] * (0.94 + 0.12 * noise) for age, noise, _ in dice]
    weights = [s * (1 + pace * m) for s, m in zip(seasons, middle, strict=True)]
    sales = [revenue * weight / sum(weights) for weight in weights]
    slope = margin - older_margin
    wobble = [0.03 * (noise - 0.5) + slope * m for (_, _, noise), m in zip(dice, middle, strict=True)]
    # The wobble must not move the year: what it adds to one month, the others give back.
    bias = sum(s * w for s, w in zip(sales, wobble, strict=True)) / revenue if revenue else 0.0
    serve = _cost_to_serve_ratio(actor, margin)
    rows = zip(dice, sales, wobble, strict=True)
    return [_Month(age, s, s * (1 - serve - margin - w + bias), s * serve) for (age, _, _), s, w in rows]


def _cost_to_serve_ratio(actor: Actor, margin: float) -> float:
    """Poor accounts cost more to serve, and half of every change in margin comes from there."""
    base = 0.17 if "decline" in actor.quirks else 0.09
    return max(base - 0.5 * margin, 0.015)


def _months(actor: Actor, seed: int, months: int) -> list[_Month]:
    rng = actor.rng(seed, "figures")
    years = range((months + _YEAR - 1) // _YEAR)
    found = [month for year in years for month in _year_months(actor, year, rng)]
    return [month for month in sorted(found, key=lambda m: m.age, reverse=True) if month.age < months]


def _prices(actor: Actor, revenue: float, seed: int, rng: Random) -> tuple[float, float, float] | None:
    """Value-priced, cost-plus and market-priced revenue; None where nobody splits it."""
    share = (0.12, 0.18, 0.36, 0.56, 0.68)[actor.truth("QUA")] + 0.06 * (rng.random() - 0.5)
    if actor.rng(seed, "prices").random() > 0.84:
        return None
    value, cost_plus = round(revenue * share, 2), round(revenue * (1 - share) * 0.6, 2)
    return value, cost_plus, round(revenue - value - cost_plus, 2)


def _money(amount: float) -> str:
    return f"{amount:.2f}"


def _row(actor: Actor, age: int, scenario: str, amounts: tuple[float, float, float]) -> Row:
    revenue, cogs, serve = amounts
    return {
        "account_id": actor.account_id,
        "period_start": month_of(age),
        "scenario": scenario,
        "currency": currency_of(actor),
        "revenue": _money(revenue),
        "cogs": _money(cogs),
        "cost_to_serve": _money(serve),
    }


def currency_of(actor: Actor) -> str:
    """What the account is billed in."""
    return "USD" if actor.region == "North America" else "EUR"


def _actual(actor: Actor, month: _Month, seed: int, rng: Random) -> Row:
    rate = usd_rate(month.age, seed) if currency_of(actor) == "USD" else 1.0
    revenue = round(month.revenue / rate, 2)
    row = _row(actor, month.age, "actual", (revenue, month.cogs / rate, month.cost_to_serve / rate))
    prices = _prices(actor, revenue, seed, rng)
    if "cost_missing" in actor.quirks and month.age in (2, 3):
        row["cost_to_serve"] = None
    if "cost_withdrawn" in actor.quirks and month.age == 1:
        row["cost_to_serve"] = None
    if "credit_note" in actor.quirks and month.age == 5:
        # A whole delivery taken back: revenue and cost of goods turn negative.
        row |= {"revenue": "-38200.00", "cogs": "-12400.00", "cost_to_serve": "9150.00"}
        prices = None
    if prices:
        names = ("revenue_value_priced", "revenue_cost_plus", "revenue_market_priced")
        row |= {name: _money(amount) for name, amount in zip(names, prices, strict=True)}
    return row


def _budget(actor: Actor, months: list[_Month], seed: int) -> Iterator[Row]:
    """Last year's plan: a little more than what the year before brought, at a better margin."""
    rng = actor.rng(seed, "budget")
    optimism = 1.0 + 0.05 * rng.random()
    if "new" in actor.quirks or rng.random() > 0.9:
        return
    for month in (m for m in months if m.age < _YEAR):
        rate = usd_rate(_YEAR, seed) if currency_of(actor) == "USD" else 1.0
        plan = round(month.revenue * optimism / rate, -2)
        yield _row(actor, month.age, "budget", (plan, plan * 0.81, plan * 0.07))


def financial_periods(seed: int, months: int) -> Iterator[Row]:
    """Table financial_period: actual months, then the budget of the last twelve, account by account."""
    for actor in actors():
        rng = actor.rng(seed, "split")
        own = _months(actor, seed, months)
        yield from (_actual(actor, month, seed, rng) for month in own)
        yield from _budget(actor, own, seed)

"""Small portfolios made up from a seed, each with some of what real files do wrong: gaps, leavers, odd currencies.

`random_facts(7)` is always the same portfolio: rows of text by table, as CSV files hold them, which `write_csv` writes.
A portfolio draws its own `Temper` first, so that whole portfolios lack something (people, touches, reviews, costs) and
not only single rows. Everything obeys the schema; what a load only warns of is welcome.

Over 300 lines because each table is made up in its own few lines.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.reference.case import DEFAULTS, month_end, shift
from tests.reference.facts import SHIPPED_KINDS, SIX_FACTORS, TABLES

Tables = Mapping[str, list[dict[str, str]]]
REGIONS = ("DACH", "Nordics", "North America", "", "Iberia")
INDUSTRIES = ("Pharma", "Food", "", "Energy")
FUNCTIONS = ("Sales", "sales", "Finance", "R&D", "Vertrieb", "Supply", "")
CURRENCIES = ("EUR", "USD", "GBP", "usd")
OWN_KINDS = ("golf", "town_hall")


@dataclass(frozen=True)
class Temper:
    """What one portfolio is like as a whole."""

    seed: int
    dice: Random
    first: date
    months: int
    accounts: tuple[str, ...]
    people: tuple[str, ...]
    kinds: tuple[str, ...]
    currencies: tuple[str, ...]
    absent: frozenset[str]
    named: float
    factors: int

    @property
    def last(self) -> date:
        """The first day of the last month that is booked."""
        return shift(self.first, self.months - 1)

    @property
    def today(self) -> date:
        """A day in the month after the last booked one."""
        return month_end(self.last) + timedelta(days=1 + self.seed % 20)

    def chance(self, part: float) -> bool:
        """Yes, in so many of all cases."""
        return self.dice.random() < part

    def some(self, values: Sequence[Any], empty: float = 0.0) -> str:
        """One of the values as text, or nothing."""
        return "" if self.chance(empty) or not values else str(self.dice.choice(values))

    def day(self, before: int, after: int = 0, empty: float = 0.0) -> str:
        """A day so many days at most before or after today, or nothing."""
        return "" if self.chance(empty) else str(self.today + timedelta(days=self.dice.randint(-before, after)))

    def person(self, empty: float = 0.2) -> str:
        """Somebody: of the file, of nowhere, or nobody."""
        return "stranger" if self.chance(0.05) else self.some(self.people, empty)

    def amount(self, low: float, high: float) -> str:
        """An amount with its cents."""
        return f"{self.dice.uniform(low, high):.2f}"


def random_facts(seed: int) -> dict[str, list[dict[str, str]]]:
    """The tables of the portfolio of a seed; a table that it lacks is empty."""
    temper = _temper(seed)
    tables = {name: list(make(temper)) for name, make in MAKERS.items()}
    tables |= {name: [] for name in temper.absent}
    for table, column, target in REFERENCES:
        known = {row[column if target != "person" else "person_id"] for row in tables[target]}
        if table == "account":  # an account stays, without its manager
            tables[table] = [row | {column: row[column] * (row[column] in known)} for row in tables[table]]
        else:
            tables[table] = [row for row in tables[table] if row[column] in known]
    return tables


REFERENCES = (
    *(("account", "manager_id", "person"), ("sponsorship", "person_id", "person")),
    *(("objective", "plan_id", "plan"), ("action", "objective_id", "objective"), ("plan_review", "plan_id", "plan")),
)
"""What must be there, by the schema; the makers of the rows do not look at each other."""


def write_csv(folder: Path, tables: Tables) -> None:
    """Write the tables as a load reads them; an empty one now and then as a heading without rows, else not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, (name, rows) in enumerate(tables.items()):
        columns = [spec.partition("=")[0].partition(":")[0] for spec in TABLES[name].split()]
        named = list(dict.fromkeys(column for row in rows for column in row)) or columns
        if rows or (len(tables["account"]) + place) % 3 == 0:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
                writer = csv.DictWriter(lines, named, restval="")
                writer.writeheader()
                writer.writerows(rows)


def _temper(seed: int) -> Temper:
    dice = Random(seed)
    accounts = [f"{dice.choice('AaBK')}{number:02d}" for number in range(dice.randint(3, 14))]
    people = [f"P{number}" for number in range(dice.randint(3, 10))]
    shipped = [line.partition(",")[0] for line in SHIPPED_KINDS.strip().splitlines()[1:]]
    quiet = dice.random() < 0.08
    months = dice.choice((12, 13, 18, 24, 25, 30, 36, 40)) if dice.random() < 0.9 else dice.randint(2, 11)
    lacking = ("person", "assessment", "sponsorship", "activity", "plan", "plan_review", "objective", "action")
    also = ("programme", "stakeholder", "fx_rate", "review_point", "activity_kind", "success_factor")
    absent = {name for name in lacking if dice.random() < 0.06} | {name for name in also if dice.random() < 0.25}
    absent |= {"financial_period"} if dice.random() < 0.02 else set()
    return Temper(
        seed=seed,
        dice=dice,
        first=date(dice.choice((2022, 2023)), dice.randint(1, 12), 1),
        months=months,
        accounts=tuple(accounts),
        people=tuple(people),
        kinds=("newsletter", "call") if quiet else (*shipped, *(() if "activity_kind" in absent else OWN_KINDS)),
        currencies=CURRENCIES[: dice.choice((1, 1, 2, 3, 4))],
        absent=frozenset(absent),
        named=0.35 if dice.random() < 0.1 else 0.85,
        factors=len(SIX_FACTORS) if "success_factor" in absent else dice.randint(1, 7),
    )


def _settings(temper: Temper) -> Iterator[dict[str, str]]:
    dice = temper.dice
    told: dict[str, Any] = {"name": f"Portfolio {temper.seed}", "as_of": temper.today}
    told |= {} if len(temper.currencies) == 1 and temper.chance(0.4) else {"currency": "EUR"}
    choices: Mapping[str, Sequence[Any]] = {
        "fiscal_year_start_month": range(1, 13), "red_below": (25, 40), "green_from": (60, 75), "flat_points": (1, 10),
        "cadence_tier_1": (30, 120), "cadence_tier_2": (60, 200), "new_days": (0, 30, 90), "load_warn": (1, 2, 4),
        "load_over": (4, 6), "orphan_days": (30, 120), "review_days": (90, 365), "thread_days": (60, 365),
        "hurdle_margin": (0.05, 0.2, 0.3), "big_from": (0, 100000, 2500000), "quadrant_band": (0, 0.05),
        "lever_price": (0.01, 0.1), "material_share": (0, 0.05), "negotiation_months": (6, 12),
        "claim_facts": (1, 2, 5), "reds_serious": (1, 2), "programme_problem_share": (0.1, 0.5),
        "thread_single": (0, 2), "thread_broad": (2, 4), "sales_functions": ("Sales, Vertrieb", "Vertrieb", "finance"),
    }  # fmt: skip
    told |= {key: dice.choice(values) for key, values in choices.items() if dice.random() < 0.12}
    for key in sorted(key for key in DEFAULTS if key.startswith("indicator_")):
        if dice.random() < 0.06:
            told[key] = round(DEFAULTS[key] * dice.choice((0.5, 2))) or 0.25
    yield from ({"key": key, "value": str(value)} for key, value in told.items())


def _people(temper: Temper) -> Iterator[dict[str, str]]:
    for number, person_id in enumerate(temper.people):
        yield {
            "person_id": person_id,
            "name": f"{'ZYXWVUTSRQ'[number]}. Person",
            "function": temper.some(FUNCTIONS),
            "level": temper.some((1, 2, 3, 4, 4, 5, 5), 0.1),
            "active": "false" if temper.chance(0.12) else "true",
            "line_manager_id": temper.person(0.3),
            "trained_on": temper.day(1200, 60, 0.3),
            "variable_profit_share": temper.some((0, 0.25, 0.5, 0.75, 1), 0.3),
        }


def _accounts(temper: Temper) -> Iterator[dict[str, str]]:
    for account_id in temper.accounts:
        yield {
            "account_id": account_id,
            "name": "Twin [UK] Ltd" if temper.chance(0.1) else f"Customer {account_id}",
            "manager_id": temper.some(temper.people[:3], 0.15),
            "tier": temper.some((1, 1, 2, 3), 0.1),
            "status": temper.some(("active", "active", "active", "onboarding", "exiting", "exited"), 0.1),
            "region": temper.some(REGIONS),
            "industry": temper.some(INDUSTRIES),
            "parent_id": temper.some(temper.accounts, 0.9),
            "selected_on": temper.day(900, 60, 0.3),
            "selection_score": temper.some((1, 2.5, 80), 0.3),
            "kept_on": temper.day(700, 60, 0.3),
            "manager_since": temper.day(900, 60, 0.3),
        }


def _factors(temper: Temper) -> Iterator[dict[str, str]]:
    """The company's own factors; some bear a code that kaptui knows, with its indicators."""
    codes = temper.dice.sample([code for code, _, _ in SIX_FACTORS] + ["OWN", "ESG"], temper.factors)
    weights = {code: temper.some((0, 0.1, 0.2, 0.5, 1, 1, 1, 2)) for code in codes}
    for number, code in enumerate(codes, 1):
        yield {
            "factor_id": str(number),
            "code": code,
            "name": f"Factor {code}",
            "weight": weights[code],
            "scale_max": temper.some((4, 5, 10), 0.5),
            "fresh_days": temper.some((90, 183), 0.5),
            "expire_days": temper.some((200, 400), 0.5),
            "provenance": temper.some(("own", "article"), 0.5),
        }


def _assessments(temper: Temper) -> Iterator[dict[str, str]]:
    diligence = temper.dice.uniform(0.4, 1)
    for account_id in temper.accounts:
        level = temper.dice.randint(0, 3)
        for factor_id in range(1, temper.factors + 1):
            if temper.chance(diligence):
                days = {temper.day(600, 40) for _ in range(temper.dice.randint(1, 4))}
                for day in sorted(days):
                    yield {
                        "account_id": account_id,
                        "factor_id": str(factor_id),
                        "assessed_on": day,
                        "score": str(min(max(level + temper.dice.choice((-1, -0.5, 0, 0, 1, 2)), 0), 4)),
                        "assessor_id": temper.person(),
                        "evidence": temper.some(("seen on site", "minutes"), 0.4),
                        "note": temper.some(("told twice",), 0.8),
                    }


def _booked(temper: Temper) -> list[date]:
    """The months in which an account has rows: all, or those of a newcomer, a leaver, a late or an occasional one."""
    months = [shift(temper.first, number) for number in range(temper.months)]
    dice = temper.dice
    ways: Mapping[str, Callable[[], list[date]]] = {
        "full": lambda: months,
        "new": lambda: months[dice.randrange(len(months)) :],
        "newest": lambda: months[-3:],
        "stopped": lambda: months[: -dice.randint(4, 15)],
        "late": lambda: months[: -dice.randint(1, 3)],
        "rare": lambda: [month for month in months if temper.chance(0.4)],
        "gaps": lambda: [month for month in months if temper.chance(0.95)],
        "none": list,
        "once": lambda: dice.sample(months, 1),
    }
    return ways[temper.some(("full",) * 6 + ("late",) + tuple(ways))]()


def _money(temper: Temper) -> Iterator[dict[str, str]]:
    costs = temper.dice.choice((0.0, 0.0, 0.05, 0.3))
    served = temper.dice.choice((0.0, 0.0, 0.05, 0.5, 1.0))
    for account_id in temper.accounts:
        size, margin = 10 ** temper.dice.uniform(2, 6), temper.dice.uniform(-0.1, 0.7)
        currency, other = temper.some(temper.currencies), temper.some(temper.currencies)
        changed = temper.dice.choice(range(temper.months)) if temper.chance(0.1) else temper.months
        holes = temper.chance(0.5)
        planned = temper.chance(0.5)
        for month in _booked(temper):
            late = (month.year - temper.first.year) * 12 + month.month - temper.first.month >= changed
            row = _period(temper, size, margin, (costs if holes else 0.0, served if holes or served == 1 else 0.0))
            row |= {"account_id": account_id, "period_start": str(month), "currency": other if late else currency}
            yield row
            if planned and temper.chance(0.9):
                yield row | {"scenario": "budget", "revenue": temper.amount(0, size)}
                yield row | {"scenario": "forecast", "revenue": temper.amount(0, size)}


def _period(temper: Temper, size: float, margin: float, lacking: tuple[float, float]) -> dict[str, str]:
    """One month: mostly positive revenue, costs that are missing in the parts `lacking`, prices now and then."""
    dice = temper.dice
    revenue = size * dice.uniform(0.5, 1.5) * dice.choice((1,) * 30 + (-1, 0))
    priced = dice.choice((0.2, 0.4, 0.9))
    return {
        "scenario": "actual" if temper.chance(0.5) else "",
        "revenue": f"{revenue:.2f}",
        "cogs": "" if temper.chance(lacking[0]) else f"{revenue * (1 - margin) * dice.uniform(0.9, 1.1):.2f}",
        "cost_to_serve": "" if temper.chance(lacking[1]) else f"{abs(revenue) * dice.uniform(0, 0.3):.2f}",
        "revenue_value_priced": "" if temper.chance(0.4) else f"{abs(revenue) * priced:.2f}",
        "revenue_cost_plus": "" if temper.chance(0.5) else f"{abs(revenue) * (1 - priced) / 2:.2f}",
        "revenue_market_priced": "" if temper.chance(0.7) else f"{abs(revenue) * (1 - priced) / 2:.2f}",
    }


def _rates(temper: Temper) -> Iterator[dict[str, str]]:
    missing = temper.dice.choice((0.0, 0.0, 0.0, 0.02, 0.2))
    for currency, rate in (("USD", 0.92), ("gbp", 1.17)):
        for number in range(-14, temper.months + 3):
            if not temper.chance(missing):
                one = f"{rate * temper.dice.uniform(0.9, 1.1):.6f}"
                yield {"currency": currency, "period_start": str(shift(temper.first, number)), "rate": one}


def _programmes(temper: Temper) -> Iterator[dict[str, str]]:
    for number in range(temper.dice.randint(1, 6)):
        start = temper.day(900, 100)
        end = date.fromisoformat(start) + timedelta(days=temper.dice.choice((0, 200, 365, 366, 900)))
        yield {
            "programme_id": f"C{number}",
            "account_id": temper.some(temper.accounts),
            "name": f"Programme {number}",
            "kind": temper.some(("lab", "joint plan"), 0.2),
            "status": temper.some(("proposed", "active", "active", "done", "stopped")),
            "start_on": start,
            "end_on": "" if temper.chance(0.2) else str(end),
            "currency": temper.some(temper.currencies),
            "own_commitment": temper.amount(0, 90000),
            "spent": "" if temper.chance(0.3) else temper.amount(0, 90000),
            "realised_profit": "" if temper.chance(0.4) else temper.amount(-1000, 90000),
            "committee_on": temper.day(1000, 50, 0.4),
        }


def _stakeholders(temper: Temper) -> Iterator[dict[str, str]]:
    for account_id in temper.accounts:
        for number in range(temper.dice.choice((0, 1, 2, 5, 6))):
            yield {
                "stakeholder_id": f"S{account_id}{number}",
                "account_id": account_id,
                "name": f"Contact {number}",
                "role": temper.some(("buyer", "CEO", "engineer")),
                "level": temper.some((1, 2, 3, 4, 5), 0.15),
                "active": "false" if temper.chance(0.15) else "",
                "stance": temper.some((-2, -1, 0, 1, 2), 0.4),
                "advisory_board": "true" if temper.chance(0.2) else "",
            }


def _sponsorships(temper: Temper) -> Iterator[dict[str, str]]:
    number = 0
    for account_id in temper.accounts:
        for side in ("internal", "external"):
            for spell in _spells(temper) if temper.chance(0.8) else ():
                number += 1
                yield {"sponsorship_id": f"X{number}", "account_id": account_id, "side": side} | spell


def _spells(temper: Temper) -> Iterator[dict[str, str]]:
    """Who stands at one side: one or two people, some renewed, some ended or ending, some named on both sides."""
    for _ in range(temper.dice.choice((1, 1, 1, 2))):
        person = temper.some(temper.people[: 2 + temper.seed % 8])
        start = temper.today - timedelta(days=temper.dice.choice((5, 44, 45, 46, 100, 300, 700, 900)))
        end = temper.today + timedelta(days=temper.dice.choice((-200, -1, 0, 1, 30, 60, 61, 500)))
        if temper.chance(0.2):  # renewed: on the day, a day later, or too late to be the same assignment
            before = start - timedelta(days=temper.dice.choice((0, 1, 2)))
            yield _spell(temper, person, before - timedelta(days=temper.dice.randint(0, 200)), before)
        yield _spell(temper, person, start, None if temper.chance(0.6) else max(start, end))


def _spell(temper: Temper, person: str, start: date, end: date | None) -> dict[str, str]:
    contacts = [f"S{account}{number}" for account in temper.accounts for number in range(2)]
    return {
        "person_id": person,
        "start_on": str(start),
        "end_on": "" if end is None else str(end),
        "counterpart_id": temper.some(contacts, 0.5),
        "cadence_days": temper.some((30, 90, 400), 0.8),
    }


def _kinds(temper: Temper) -> Iterator[dict[str, str]]:
    """Kinds of the company's own, and others that it sees differently from the defaults."""
    yield {"kind": "golf", "label": "Golf", "side": "", "touch": "true", "mechanism": ""}
    yield {
        "kind": "town_hall",
        "label": "Town hall",
        "side": temper.some(("internal",), 0.5),
        "touch": "false",
        "mechanism": temper.some(("recognition", "success_evidence", "investment_committee"), 0.4),
    }
    for kind in ("call", "visit", "year_end_negotiation"):
        if temper.chance(0.4):
            yield {"kind": kind, "label": kind.title(), "side": "", "touch": temper.some(("true", "false"), 0.3)}


def _activities(temper: Temper) -> Iterator[dict[str, str]]:
    number = 0
    pace = temper.dice.choice((2, 8, 15, 35))
    for account_id in (*temper.accounts, ""):
        for _ in range(temper.dice.randint(0, pace)):
            number += 1
            kind = temper.some(temper.kinds)
            outside = ("year_end_negotiation", "advisory_board")
            side = "external" if kind in outside and temper.chance(0.95) else temper.some(("internal", "external"))
            yield {
                "activity_id": f"V{number}",
                "account_id": account_id,
                "person_id": temper.some(temper.people[: 2 + temper.seed % 8]) if temper.chance(temper.named) else "x",
                "stakeholder_id": f"S{account_id or temper.accounts[0]}{temper.dice.randint(0, 5)}",
                "side": side,
                "kind": kind,
                "occurred_on": temper.day(temper.dice.choice((30, 200, 800)), 90),
                "status": temper.some(("done", "planned", "cancelled"), 0.75),
                "note": temper.some(("good", "to follow up"), 0.7),
            } | ({"person_id": ""} if temper.chance(0.08) else {})


def _plans(temper: Temper) -> Iterator[dict[str, str]]:
    for account_id in temper.accounts:
        for number in range(temper.dice.choice((0, 1, 1, 1, 2, 3))):
            start = date.fromisoformat(temper.day(800, 0 if temper.chance(0.8) else 90))
            end = start + timedelta(days=temper.dice.choice((100, 365, 800, 1500)))
            yield {
                "plan_id": f"L{account_id}{number}",
                "account_id": account_id,
                "name": f"Plan {number} of {account_id}",
                "status": temper.some(("active", "active", "active", "not_started", "inactive")),
                "start_on": "" if temper.chance(0.05) else str(start),
                "end_on": "" if temper.chance(0.1) else str(end),
                "approved_on": temper.day(700, 20, 0.4),
                "shared_with_customer_on": temper.day(700, 20, 0.4),
                "owner_id": temper.person(),
                "vision": temper.some(("first choice by 2030",), 0.5),
            }


def _plan_ids(temper: Temper) -> list[str]:
    """Where a plan may be; those that were not made are left out when the tables are put together."""
    return [f"L{account_id}{number}" for account_id in temper.accounts for number in range(3)]


def _objectives(temper: Temper) -> Iterator[dict[str, str]]:
    for plan_id in _plan_ids(temper):
        for number in range(temper.dice.randint(0, 3)):
            yield {
                "objective_id": f"O{plan_id}{number}",
                "plan_id": plan_id,
                "name": f"Objective {plan_id} {number}",
                "status": temper.some(("new", "in_progress", "in_progress", "closed")),
                "due_on": temper.day(200, 900, 0.2),
                "owner_id": temper.person(),
                "joint": temper.some(("true", "false"), 0.3),
                "value_type": temper.some(("currency", "number", "percent"), 0.3),
                "baseline_value": temper.some((0, 10), 0.2),
                "current_value": temper.some((2, 7, 10), 0.2),
                "target_value": temper.some((10, 20), 0.4),
            }


def _actions(temper: Temper) -> Iterator[dict[str, str]]:
    for plan_id in _plan_ids(temper):
        for number in range(3):
            for task in range(temper.dice.randint(0, 2)):
                yield {
                    "action_id": f"T{plan_id}{number}{task}",
                    "objective_id": f"O{plan_id}{number}",
                    "name": f"Action {plan_id} {number} {task}",
                    "owner_id": temper.person(),
                    "due_on": temper.day(300, 300, 0.15),
                    "done_on": temper.day(300, 30, 0.5),
                }


def _reviews(temper: Temper) -> Iterator[dict[str, str]]:
    number = 0
    for plan_id in _plan_ids(temper):
        for day in sorted({temper.day(600, 30) for _ in range(temper.dice.randint(0, 3))}):
            number += 1
            yield {
                "review_id": f"R{number}",
                "plan_id": plan_id,
                "reviewed_on": day,
                "outcome": temper.some(("go on", "change"), 0.3),
                "chaired_by": temper.person(),
                "customer_present": temper.some(("true", "false", "false"), 0.25),
                "note": temper.some(("short",), 0.8),
            }


def _review_points(temper: Temper) -> Iterator[dict[str, str]]:
    for number in range(temper.dice.randint(1, 4)):
        yield {"name": f"Committee {number}", "held_on": temper.day(500, 30)}


MAKERS = {
    "setting": _settings, "person": _people, "account": _accounts, "success_factor": _factors,
    "assessment": _assessments, "financial_period": _money, "fx_rate": _rates, "programme": _programmes,
    "stakeholder": _stakeholders, "sponsorship": _sponsorships, "activity_kind": _kinds, "activity": _activities,
    "plan": _plans, "objective": _objectives, "action": _actions, "plan_review": _reviews,
    "review_point": _review_points,
}  # fmt: skip

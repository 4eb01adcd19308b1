"""How a line of the Brief is written: names, worth, what moved, and which filter shows its accounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kaptui.text import money, share
from tests.reference.case import Case
from tests.reference.money import (
    by_revenue,
    figures,
    ratio,
    total,
)

CENT = Decimal("0.005")
NAMED = 3
ALL_NAMED = 4
"""So many are all named: that there is one more takes as much room as its name."""
BY_ID = 40
LONGEST = 3000
SHORT_NAME = 40


@dataclass(frozen=True)
class Line:
    """What one question comes to. `ids` are its accounts, the largest first; None: not known."""

    answer: str
    ids: list[str] | None = None
    amount: Decimal | None = None
    direction: str | None = None
    where: str = ""
    short: str | None = None
    verdict: str | None = None
    who: str | None = None
    """Who stands behind it, where that is not its accounts by name."""
    beside: Mapping[str, str] = field(default_factory=dict)
    """What stands beside the name of an account in `who`: the amount that the line is about."""


def missing(table: str) -> Line:
    """A line without facts says which file is missing."""
    return Line(f"not known: fill {table}.csv and load again")


def short(name: str) -> str:
    """A name in a sentence: a long one is cut."""
    return name if len(name) <= SHORT_NAME else name[: SHORT_NAME - 1] + "…"


def names(case: Case, ids: list[str], beside: Mapping[str, str] | None = None) -> str:
    """The names of all up to four, else of the first three, and that there are more."""
    return (": " if len(ids) <= ALL_NAMED else "; largest ") + named(case, ids, beside) if ids else ""


def named(case: Case, ids: list[str], beside: Mapping[str, str] | None = None) -> str:
    """The names of all up to four, else of the first three, each with what stands beside it."""
    told = ids if len(ids) <= ALL_NAMED else ids[:NAMED]
    said = {key: short(case.facts.accounts[key]["name"]) for key in told}
    return ", ".join(said[key] + (f" {beside[key]}" if beside and key in beside else "") for key in told)


def behind(case: Case, ids: list[str], beside: Mapping[str, str] | None = None) -> str:
    """The same, and how many more there are."""
    more = f" and {len(ids) - NAMED} more" if len(ids) > ALL_NAMED else ""
    return named(case, ids, beside) + more


def revenues(case: Case, ids: list[str]) -> dict[str, str]:
    """The revenue of each, where it is known."""
    found = {key: figures(case, key).revenue for key in ids}
    return {key: money(revenue) for key, revenue in found.items() if revenue is not None}


def first(case: Case, ids: list[str]) -> str:
    """The first of the accounts, at the end of a short answer."""
    return f": {short(case.facts.accounts[ids[0]]['name'])}" if ids else ""


def was(before: int, then_known: int, known: int) -> str:
    """How many there were at the review, of those known at both dates where these are fewer."""
    if not then_known:
        return ""
    return f" (was {before})" if then_known == known else f" (was {before} of {then_known} known then)"


def part(amount: Decimal | None) -> str:
    """An amount in a short answer; nothing where it is unknown."""
    return "" if amount is None else f", {money(amount)}"


def worth(case: Case, ids: list[str], every: list[str], before: str = "") -> str:
    """Revenue of the accounts and its share, with what it was; that it is not known where it is not."""
    revenue = total(figures(case, key).revenue for key in ids)
    part = ratio(revenue, total(figures(case, key).revenue for key in every))
    if revenue is None:
        return "revenue unknown"
    return f"{money(revenue)} revenue" + ("" if part is None else f" ({share(part)}{before})")


def largest(case: Case, ids: Iterable[str]) -> list[str]:
    """The accounts by revenue."""
    return sorted(ids, key=lambda key: by_revenue(case, key))


def moved(amount: Decimal) -> str:
    """What an amount did."""
    if abs(amount) < CENT:
        return "did not move"
    return f"{'fell' if amount < 0 else 'rose'} by {money(abs(amount))}"


def toward(change: Decimal | float, least: Decimal | float = CENT) -> str:
    """worse below zero, better above, else neither."""
    return "worse" if change <= -least else "better" if change >= least else "neither"


def by_id(ids: list[str] | None, otherwise: str = "") -> str | None:
    """The filter that names these accounts, or the one to take where they are too many; None for none at all."""
    text = " ".join(f"account_id:{_written(key)}" for key in sorted(ids or ()))
    fits = bool(ids) and len(ids or ()) <= BY_ID and len(text) <= LONGEST
    return text if fits else otherwise or None


def _written(value: str) -> str:
    return value if re.fullmatch(r"[A-Za-z0-9_.-]+", value) else '"' + value.replace('"', '""') + '"'

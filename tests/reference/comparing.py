"""What the engine says beside what the reference says: money to the cent, ratios to nine digits, all else exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kaptui.panels import PANELS
from kaptui.views import Kind
from tests.reference.answers import keyed
from tests.reference.facts import Row

__all__ = ["MORE", "Difference", "Tally", "compare", "differences", "keyed", "same"]

# What sentences and sums read beyond the promise.
MORE: Mapping[str, Mapping[str, Kind]] = {"changes": {"about": "text", "better": "integer"}}
IN_ORDER = ("attention", "whale_curve", "profit_bridge", "revenue_trend", "sponsorship_gaps", "sponsorship_proposal")
"""Questions whose order is promised; of the others only the rows count."""


@dataclass(frozen=True)
class Difference:
    """One value that differs; without a column a row that only one of the two has."""

    column: str
    key: str
    engine: Any
    reference: Any

    def __str__(self) -> str:
        if not self.column:
            return f"row {self.key}: only in the {'engine' if self.engine else 'reference'}"
        return f"{self.column} of {self.key}: engine {self.engine!r}, reference {self.reference!r}"


@dataclass
class Tally:
    """How much of one question was compared."""

    asked: int = 0
    rows: int = 0
    values: int = 0
    different: int = 0
    unanswered: set[str] = field(default_factory=set)


def same(kind: str, engine: Any, reference: Any) -> bool:
    """Money to the cent, ratios to nine digits, all else exactly."""
    if engine is None or reference is None:
        return engine is reference
    if kind == "money":
        return bool(abs(Decimal(engine) - reference) < Decimal("0.005"))
    if kind in ("share", "index", "number"):
        return bool(abs(engine - float(reference)) <= 1e-9 * max(1.0, abs(engine)))
    return bool(engine == reference)


def compare(question: str, engine: list[Row], reference: list[Row], tally: Tally | None = None) -> Iterator[Difference]:
    """Every value that differs, and every row that one of the two lacks; a promised column must be in both."""
    tally = tally or Tally()
    found, expected = keyed(question, engine), keyed(question, reference)
    for key in sorted(found.keys() ^ expected.keys()):
        yield Difference("", key, key in found, key in expected)
    shared = found.keys() & expected.keys()
    both = sorted(shared)
    places = [[key for key in rows if key in shared] for rows in (found, expected)]
    if question in IN_ORDER and places[0] != places[1]:
        yield Difference("(order)", "-", places[0], places[1])
    tally.asked += 1
    tally.rows += len(both)
    for column, kind in {**PANELS[question].promise, **MORE.get(question, {})}.items():
        if any(column not in row for row in expected.values()):
            tally.unanswered.add(column)
            continue
        tally.values += len(both)
        for key in both:
            one, other = found[key].get(column, "no such column"), expected[key][column]
            if not same(kind, one, other):
                yield Difference(column, key, one, other)


def differences(question: str, engine: list[Row], reference: list[Row]) -> Iterator[str]:
    """One line per value that differs: column, row, what each of the two says."""
    tally = Tally()
    yield from map(str, compare(question, engine, reference, tally))
    for column in sorted(tally.unanswered):
        yield f"{column}: the reference has no such column"

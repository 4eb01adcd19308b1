"""What a filter asks for, field by field: the frozen conditions behind the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kaptui.errors import UsageError
from kaptui.filter_language.fields import FieldKind, resolve
from kaptui.filter_language.grammar import Clause, clauses

Operator = Literal["holds", ":", "<", "<=", ">", ">="]

_NUMBER = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))(k|m|bn|%)?", re.IGNORECASE)
_UNITS = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a column of the account card.

    `value` is a number for number fields, else text, where `*` is a wildcard; `holds` finds text anywhere in
    a name. The value `*` of a number field means "known".
    """

    column: str
    kind: FieldKind
    operator: Operator
    value: str | float
    negated: bool = False


def parse(text: str, factors: Sequence[str] = ()) -> tuple[Condition, ...]:
    """The conditions of a filter, in order; `factors` are codes or the card's factor columns.

    Raises `UsageError` with the 1-based column of what is wrong, and the nearest field.
    """
    return tuple(_condition(clause, factors) for clause in clauses(text))


def _condition(clause: Clause, factors: Sequence[str]) -> Condition:
    if not clause.field:
        return Condition("name", "text", "holds", clause.value, clause.negated)
    column, kind = resolve(clause.field, clause.start + clause.negated + 1, factors)
    operator = _operator(clause.operator)
    if kind in ("text", "list"):
        if operator != ":":
            at = clause.at - len(clause.operator)
            raise UsageError(
                f"'{clause.field}' is text: '{clause.operator}' at {at} compares numbers",
                f"write {clause.field}:value",
            )
        return Condition(column, kind, operator, clause.value, clause.negated)
    if operator == ":" and clause.value == "*":
        return Condition(column, kind, operator, "*", clause.negated)
    return Condition(column, kind, operator, _number(clause, kind), clause.negated)


def _operator(written: str) -> Operator:
    match written:
        case "<" | "<=" | ">" | ">=":
            return written
        case _:
            return ":"


def _number(clause: Clause, kind: FieldKind) -> float:
    read = _NUMBER.fullmatch(clause.value)
    if read is None:
        raise UsageError(
            f"'{clause.field}' is a number: cannot read '{clause.value[:60]}' at {clause.at}",
            "write digits with a point and k, m or bn, as in 2.5m",
        )
    digits, unit = read.group(1), (read.group(2) or "").lower()
    if unit != "%":
        return float(digits) * _UNITS[unit]
    if kind != "ratio":
        raise UsageError(
            f"'{clause.field}' is no share: per cent at {clause.at} has no meaning for it",
            f"write {clause.field}{clause.operator}{digits}",
        )
    return float(digits) / 100

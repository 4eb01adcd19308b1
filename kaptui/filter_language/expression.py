"""Conditions -> one Polars expression over the account card, and what dropping a condition would give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kaptui.errors import UsageError
from kaptui.filter_language.conditions import Condition, parse
from kaptui.filter_language.fields import ACCOUNT_ID, FACTOR
from kaptui.filter_language.grammar import chips, without

if TYPE_CHECKING:
    import polars as pl


def expression(conditions: Sequence[Condition], card_columns: Iterable[str]) -> pl.Expr:
    """One boolean per account, never null. A condition on a column the card lacks is a `UsageError`."""
    import polars as pl

    known = set(card_columns)
    either: dict[str, list[pl.Expr]] = {}
    every: list[pl.Expr] = []
    for condition in conditions:
        if condition.column not in known:
            raise UsageError(f"this file has no field '{condition.column}'", "drop the condition from the filter")
        matches = _matches(condition).fill_null(value=False)
        if condition.negated:
            every.append(~matches)
        elif condition.operator == "holds":
            every.append(matches)
        else:
            either.setdefault(condition.column, []).append(matches)
    every += [pl.any_horizontal(same) for same in either.values()]
    return pl.all_horizontal(every) if every else pl.lit(value=True)


def apply(text: str, card: pl.DataFrame) -> pl.DataFrame:
    """The card's rows that match the filter, in the card's order; an empty filter keeps all."""
    if not text.strip():
        return card
    return card.filter(expression(parse(text, factor_columns(card)), card.columns))


def asks_for(text: str, factors: Sequence[str], column: str, value: str) -> bool:
    """Whether a condition of the filter wants this very value of a text column; `*` alone names no value.

    `factors` as in `parse`.
    """
    wanted = (each for each in parse(text, factors) if each.column == column and not each.negated)
    return any(
        isinstance(each.value, str)
        and each.value.strip("*") != ""
        and re.fullmatch(".*".join(map(re.escape, each.value.split("*"))), value, re.IGNORECASE | re.DOTALL) is not None
        for each in wanted
    )


def rescue(text: str, card: pl.DataFrame) -> list[tuple[str, int]]:
    """For a filter without matches: each condition, and how many accounts match without it, best first."""
    left = [(chip.text, apply(without(text, index), card).height) for index, chip in enumerate(chips(text))]
    return sorted(left, key=lambda found: -found[1])


def factor_columns(card: pl.DataFrame) -> list[str]:
    """The card's columns that hold the index of a success factor."""
    return [column for column in card.columns if column.startswith(FACTOR)]


def _matches(condition: Condition) -> pl.Expr:
    import polars as pl

    column = pl.col(condition.column)
    value = condition.value
    if isinstance(value, float):
        return _compared(column, condition.operator, value)
    if condition.kind == "list":
        return column.list.eval(pl.element().str.contains(_pattern(value, whole=True))).list.any()
    if condition.kind == "text":
        exactly = condition.column == ACCOUNT_ID
        return column.str.contains(_pattern(value, whole=condition.operator == ":", exactly=exactly))
    return column.is_not_null()


def _compared(column: pl.Expr, operator: str, value: float) -> pl.Expr:
    match operator:
        case "<":
            return column < value
        case "<=":
            return column <= value
        case ">":
            return column > value
        case ">=":
            return column >= value
        case _:
            return column == value


def _pattern(value: str, *, whole: bool, exactly: bool = False) -> str:
    """A pattern of the value, in any case unless `exactly`: every sign stands for itself but `*`."""
    import polars as pl

    body = ".*".join(pl.escape_regex(part) for part in value.split("*"))
    flags = "(?s)" if exactly else "(?is)"
    return f"{flags}^{body}$" if whole else f"{flags}{body}"

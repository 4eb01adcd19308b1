"""Changes to a filter's text: a condition added or taken away, and what of a text still being typed holds already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kaptui.errors import UsageError
from kaptui.filter_language.completion import Completion, complete
from kaptui.filter_language.conditions import parse
from kaptui.filter_language.expression import apply, factor_columns
from kaptui.filter_language.grammar import Clause, clauses, token_at, written

if TYPE_CHECKING:
    import polars as pl

_ANY = "*"


def condition(field: str, value: str | None) -> str:
    """The condition that a field has this value; None: that it is unknown."""
    return f"-{field}:{_ANY}" if value is None else f"{field}:{written(value)}"


def holds(text: str, wanted: str) -> bool:
    """Whether the filter `text` has every condition of `wanted`, in any case. UsageError: one cannot be read."""
    present = {_meaning(clause) for clause in clauses(text)}
    return all(_meaning(clause) in present for clause in clauses(wanted))


def toggled(text: str, wanted: str) -> str:
    """The filter `text` without the conditions of `wanted` if it has them all, else with those it lacks at its end.

    What contradicts an added condition gives way: `-region:UKI` or `-region:*` where `region:UKI` is added, and
    `region:UKI` where `-region:UKI` or `-region:*` is. UsageError: one of them cannot be read.
    """
    asked = clauses(wanted)
    meant = {_meaning(clause) for clause in asked}
    present = clauses(text)
    if holds(text, wanted):
        return _joined(text, [clause for clause in present if _meaning(clause) not in meant])
    kept = [clause for clause in present if not any(_contradict(clause, new) for new in asked)]
    there = {_meaning(clause) for clause in kept}
    added = [clause for clause in asked if _meaning(clause) not in there]
    return " ".join(part for part in (_joined(text, kept), _joined(wanted, added)) if part)


def settled(text: str, card: pl.DataFrame) -> str:
    """What of `text`, typed up to its end, holds already: all of it, or all but its unfinished last condition.

    Unfinished is what cannot be read yet but begins well (`top<`, `manager:"An`), and a word or a value that
    nothing matches but that a field or a value of the portfolio begins with (`reg`, `region:DA`).
    """
    start, end = token_at(text, len(text))
    token = text[start:end]
    if not token or end < len(text):
        return text
    begun = any(offer.text.lower().startswith(token.lower()) for offer in complete(text, len(text), card))
    try:
        parse(text, factor_columns(card))
    except UsageError:
        unfinished = begun or _awaits_a_number(token, factor_columns(card))
    else:
        unfinished = token == "-" or (begun and apply(text, card).is_empty())
    return text[:start].rstrip() if unfinished else text


def finished(text: str, offer: Completion | None, card: pl.DataFrame) -> str:
    """`text` as it is meant when the reader ends it: a value only begun, which nothing has, is the one offered."""
    if offer is None or offer.accounts is None or offer.end < len(text) or settled(text, card) == text:
        return text
    token = text[offer.start :].lower()
    whole = any(one.text.lower() == token for one in complete(text, len(text), card))
    return text if whole else text[: offer.start] + offer.text


def _awaits_a_number(token: str, factors: list[str]) -> bool:
    """Whether `token` is a known field with an operator, and its number is to follow."""
    begun = re.fullmatch(r"(-?[^\s\"():<>=]+)([<>]=?|[:=])[-+.]?", token)
    if begun is None:
        return False
    try:
        parse(f"{begun[1]}{begun[2]}0", factors)
    except UsageError:
        return False
    return True


def _meaning(clause: Clause) -> tuple[bool, str, str, str]:
    operator = ":" if clause.operator == "=" else clause.operator
    return clause.negated, clause.field.lower(), operator, clause.value.lower()


def _contradict(one: Clause, other: Clause) -> bool:
    if one.negated == other.negated or _meaning(one)[1:3] != _meaning(other)[1:3]:
        return False
    negated = one if one.negated else other
    return one.value.lower() == other.value.lower() or (negated.operator == ":" and negated.value == _ANY)


def _joined(text: str, kept: list[Clause]) -> str:
    return " ".join(text[clause.start : clause.end] for clause in kept)

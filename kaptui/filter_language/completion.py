"""What may stand under the cursor of a filter: fields first, then the values the portfolio really holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kaptui.errors import UsageError
from kaptui.filter_language.expression import factor_columns
from kaptui.filter_language.fields import Field, names, resolve
from kaptui.filter_language.grammar import token_at, written

if TYPE_CHECKING:
    import polars as pl

_MOST = 50
_VALUE = re.compile(r"(-?)([^\s\"():<>=]+)([:=])(.*)", re.DOTALL)


class Completion(NamedTuple):
    """Text to put in place of `start`..`end`; `accounts` have that value (None: a field's name)."""

    text: str
    start: int
    end: int
    accounts: int | None = None


def complete(text: str, cursor: int, card: pl.DataFrame) -> list[Completion]:
    """Completions of the token at the cursor: fields, or a field's values, the most frequent first.

    What begins with the typed letters comes before what only holds them. Letters only one field has bring
    that field's values along. Unreadable text has no completions; nothing is raised.
    """
    start, end = token_at(text, cursor)
    typed = text[start:cursor]
    value = _VALUE.fullmatch(typed)
    if value is None:
        offers = _fields(typed, card)
    else:
        minus, name, sign, letters = value.groups()
        offers = _values(f"{minus}{name}{sign}", name, letters.replace('"', ""), card)
    return [Completion(offer, start, end, count) for offer, count in offers[:_MOST]]


def _fields(typed: str, card: pl.DataFrame) -> list[tuple[str, int | None]]:
    minus = "-" if typed.startswith("-") else ""
    letters = typed.removeprefix("-")
    known = names(factor_columns(card))
    found = _ranked(letters, list(known))
    offers: list[tuple[str, int | None]] = [(minus + name + _sign(known[name]), None) for name in found]
    if len(found) == 1 and _sign(known[found[0]]) == ":":
        offers += _values(f"{minus}{found[0]}:", found[0], "", card)
    return offers


def _sign(field: Field) -> str:
    return "<" if field.kind in ("number", "ratio") else ":"


def _values(before: str, name: str, letters: str, card: pl.DataFrame) -> list[tuple[str, int | None]]:
    try:
        field = resolve(name, 1, factor_columns(card))
    except UsageError:
        return []
    if _sign(field) != ":" or field.column not in card.columns:
        return []
    column = card.get_column(field.column)
    if field.kind == "list":
        column = column.explode(empty_as_null=True)
    counted = (
        column.drop_nulls()
        .value_counts(sort=True, name="accounts")
        .sort(["accounts", field.column], descending=[True, False])
    )
    counts = {str(value): count for value, count in counted.iter_rows() if str(value)}
    return [(before + written(value), counts[value]) for value in _ranked(letters, list(counts))]


def _ranked(letters: str, candidates: list[str]) -> list[str]:
    """Those that begin with the letters, then those that hold them, each in the order given."""
    wanted = letters.lower()
    begin = [text for text in candidates if text.lower().startswith(wanted)]
    return begin + [text for text in candidates if wanted in text.lower() and not text.lower().startswith(wanted)]

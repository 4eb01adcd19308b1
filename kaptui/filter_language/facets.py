"""Facets: the values of a field, and how many accounts each would bring into the filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kaptui.filter_language.changes import condition, holds
from kaptui.filter_language.completion import complete
from kaptui.filter_language.conditions import Condition, parse
from kaptui.filter_language.expression import apply, expression, factor_columns
from kaptui.filter_language.grammar import chips

if TYPE_CHECKING:
    import polars as pl

FACETS = ("region", "tier", "manager", "industry", "coverage", "quadrant")
"""The fields shown as facets."""


class FacetValue(NamedTuple):
    """One value of a facet; None is "unknown". `condition` is its filter text, `chosen` whether the filter has it.

    `accounts` match all conditions on other fields and have this value.
    """

    value: str | None
    accounts: int
    chosen: bool
    condition: str


class Facet(NamedTuple):
    """A field and its values, the most frequent of the whole portfolio first (numbers in order), unknown last."""

    field: str
    choices: tuple[FacetValue, ...]


def facets(text: str, card: pl.DataFrame) -> tuple[Facet, ...]:
    """The facets of a portfolio under the filter `text`. UsageError: the filter does not hold."""
    conditions = parse(text, factor_columns(card))
    return tuple(_facet(field, text, conditions, card) for field in FACETS if field in card.columns)


def meant(text: str, card: pl.DataFrame) -> list[tuple[str, int]]:
    """For a filter without matches: values that a word of it may have meant, and how many accounts match then.

    "DACH" names no account, but is a region: `region:DACH`. At most three, best first. UsageError: as `facets`.
    """
    parts = [chip.text for chip in chips(text)]
    found: dict[str, int] = {}
    for place, (part, one) in enumerate(zip(parts, parse(text, factor_columns(card)), strict=True)):
        if one.operator != "holds" or one.negated:
            continue
        for field in FACETS:
            begun = field + ":" + part.replace('"', "")
            for offer in complete(begun, len(begun), card):
                found[offer.text] = apply(" ".join([*parts[:place], offer.text, *parts[place + 1 :]]), card).height
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    return [(offer, accounts) for offer, accounts in ranked if accounts][:3]


def _facet(field: str, text: str, conditions: tuple[Condition, ...], card: pl.DataFrame) -> Facet:
    import polars as pl

    others = [one for one in conditions if one.column != field or not _gives_way(one)]
    matches = expression(others, card.columns).alias("matches")
    counted = (
        card.select(pl.col(field).alias("value"), matches)
        .group_by("value")
        .agg(pl.len().alias("all"), pl.col("matches").sum().alias("now"))
    )
    by = ["value"] if counted.schema["value"].is_integer() else ["all", "value"]
    ranked = counted.sort(by, descending=[name == "all" for name in by]).select("value", "now").rows()
    values = [(str(value), now) for value, now in ranked if value is not None and value != ""]
    unknown: list[tuple[str | None, int]] = [(None, now) for value, now in ranked if value is None]
    choices = [(value, now, condition(field, value)) for value, now in [*values, *unknown]]
    return Facet(field, tuple(FacetValue(value, now, holds(text, wanted), wanted) for value, now, wanted in choices))


def _gives_way(one: Condition) -> bool:
    """Whether choosing a value leaves this condition on the same field without effect."""
    if not one.negated:
        return True
    return one.operator == ":" and ("*" not in str(one.value) or one.value == "*")

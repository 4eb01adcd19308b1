"""The fields a filter may name, how each is meant, and which one a name stands for."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from kaptui.common.did_you_mean import nearest
from kaptui.errors import UsageError

FieldKind = Literal["text", "list", "whole", "number", "ratio"]
"""list: text, any element may match; whole: few whole numbers; ratio: a fraction, written in per cent too."""

FACTOR = "factor."
"""Prefix of the card's column of a success factor, and of its name where a plain code would clash."""

ACCOUNT_ID = "account_id"
"""The field whose values are told apart by case: two systems may have an id each that differs in nothing else."""

FIELDS: MappingProxyType[str, FieldKind] = MappingProxyType(
    {
        "account_id": "text",
        "name": "text",
        "tier": "whole",
        "status": "text",
        "region": "text",
        "industry": "text",
        "manager": "text",
        "sponsor": "list",
        "internal": "text",
        "external": "text",
        "coverage": "text",
        "double_sponsor": "text",
        "quadrant": "text",
        "plan": "text",
        "weakest": "text",
        "attention": "whole",
        "reason": "list",
        "revenue": "number",
        "profit": "number",
        "margin": "ratio",
        "profit_index": "ratio",
        "value_at_stake": "number",
        "growth": "ratio",
        "index": "number",
        "factors_known": "whole",
        "figures": "text",
        "profit_change": "number",
        "year_end": "text",
    }
)

MEANINGS: MappingProxyType[str, str] = MappingProxyType(
    {
        "account_id": "the id of the account, compared exactly",
        "name": "its name",
        "tier": "how much it matters, 1 most",
        "status": "active, onboarding, exiting or exited",
        "region": "its region",
        "industry": "its industry",
        "manager": "the name of its account manager",
        "sponsor": "the name of anyone assigned as its sponsor, on either side",
        "internal": "the inside: covered, stale (silent), new or uncovered (open)",
        "external": "at the customer: covered, stale (silent), new or uncovered (open)",
        "coverage": "full: both sides covered, partial: one, none",
        "double_sponsor": "true: two independent people cover the two sides",
        "quadrant": "protect, re-price, invest or fix: size against margin",
        "plan": "alive, slipping, unreviewed, expired or none",
        "weakest": "the code of its weakest factor",
        "attention": "the number of serious reasons why it needs the director",
        "reason": "the code of any reason for attention, such as loses_money",
        "revenue": "revenue of the window",
        "profit": "profit of the window, on the chosen basis",
        "margin": "profit to revenue",
        "profit_index": "its margin to that of the programme",
        "value_at_stake": "what it would earn more at the margin of the programme",
        "growth": "revenue against the same window a year earlier",
        "index": "the index of the account, 0 to 100",
        "factors_known": "how many factors have a valid score",
        "figures": "complete, short, new, late, stopped or none",
        "profit_change": "profit less that of the same window a year earlier",
        "year_end": "the year-end negotiation ahead: led by a leader at the customer, or alone; empty where none is",
    }
)
"""What each field tells of an account."""


class Field(NamedTuple):
    """A field as the card holds it: the column, and how its values are meant."""

    column: str
    kind: FieldKind


def names(factors: Sequence[str] = ()) -> dict[str, Field]:
    """Every name a filter may use, in the order to offer them; `factors` as in `parse`.

    A factor goes by its plain code, or by `factor.CODE` where the code is also the name of a field.
    """
    known = {name: Field(name, kind) for name, kind in FIELDS.items()}
    for factor in factors:
        code = factor.removeprefix(FACTOR)
        name = FACTOR + code if code.lower() in FIELDS else code
        known[name] = Field(FACTOR + code, "number")
    return known


def resolve(name: str, at: int, factors: Sequence[str] = ()) -> Field:
    """The field that `name` stands for, in any case; `at` is its 1-based column, for the error."""
    known = names(factors)
    if name in known:
        return known[name]
    prefixed = {field.column: field for field in known.values()}
    wanted = name.lower()
    for candidate, field in [*known.items(), *prefixed.items()]:
        if candidate.lower() == wanted:
            return field
    message = f"unknown field '{name[:60]}' at {at}"
    near = nearest(wanted[:60], [candidate.lower() for candidate in known])
    if near:
        message += f" — did you mean {near}?"
    raise UsageError(message, f"fields: {' '.join(known)}; put quotes around a name that holds a colon")

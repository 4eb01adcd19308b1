"""Tables over the columns of a promise: labels, widths and states that every panel shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kaptui.filters import Context
from kaptui.panels.base import Render
from kaptui.text import UNKNOWN, clean, points, share
from kaptui.text.words import factor_words, side_words, status_words
from kaptui.views import Column, Kind, Row, State, Table

LABELS: Mapping[str, str] = {
    "account_id": "Account id",
    "name": "Account",
    "revenue_share": "Revenue share",
    "profit_share": "Profit share",
    "share_gap": "Gap, points",
    "profit_index": "Profit index",
    "value_at_stake": "To programme margin",
    "revenue_growth": "Growth",
    "profit_change": "Profit vs year",
    "factors_known": "Factors known",
    "weakest_factor": "Weakest factor",
    "internal_status": "Inside",
    "external_status": "At customer",
    "internal_sponsor": "Sponsor inside",
    "external_sponsor": "Sponsor at customer",
    "internal_days_since_touch": "Days, inside",
    "external_days_since_touch": "Days, at customer",
    "plan_status": "Plan",
    "cogs": "COGS",
    "cost_to_serve_ratio": "Cost-to-serve rate",
    "value_priced_share": "Value priced",
    "last_touch_on": "Last touch",
    "days_since_touch": "Days since",
    "cadence_days": "Due every",
    "double_sponsor": "Two people",
    "months_before": "Months, year ago",
    "suggested_because": "Because",
    "own_people": "Own people",
    "person_id": "Person id",
    "programme_id": "Programme id",
    "on": "Date",
}
"""Column headings that are not just the column's name."""

SHORTS: Mapping[str, str] = {
    "revenue_share": "of revenue",
    "profit_share": "of profit",
    "share_gap": "Gap, pts",
    "value_at_stake": "To margin",
    "weakest_factor": "Weakest",
    "cost_to_serve_ratio": "To serve",
    "value_priced_share": "By value",
}
"""The same where a list has no room for its headings."""

_WIDTHS: Mapping[Kind, int] = {
    "text": 14,
    "integer": 7,
    "number": 7,
    "money": 9,
    "share": 8,
    "index": 6,
    "date": 11,
    "flag": 5,
}
_WIDE: Mapping[str, int] = {
    "name": 24,
    "detail": 48,
    "reasons": 48,
    "why": 40,
    "what": 40,
    "suggested_because": 36,
}


STATUSES_OF_SIDES = ("internal_status", "external_status", "status_before", "status_after")
"""Columns that hold how a side stands."""


def months_text(name: str, context: Context) -> Callable[[Row], str]:
    """Of how many of the window's months the figures are known: "4/12"."""
    return lambda row: f"{row.get(name) or 0}/{context.window_months}"


def growth_text(name: str, context: Context) -> Callable[[Row], str]:
    """Growth; where an account is new or late, of how many months each window knows: "4/12", "n/a" elsewhere."""

    def text(row: Row) -> str:
        value, whole = row[name], context.window_months
        if value is None and row.get("figures") not in (None, "none"):
            now, before = row.get("months") or 0, row.get("months_before") or 0
            if min(now, before) < whole:
                return f"{now}/{whole}" if now < whole else f"{before}/{whole} then"
        return share(value, signed=True)

    return text


PROFIT_SHARES: Mapping[str, Kind] = {
    "profit": "money",
    "margin": "share",
    "revenue_share": "share",
    "profit_share": "share",
    "share_gap": "share",
    "profit_index": "number",
    "value_at_stake": "money",
}
"""What a promise says of profit beside revenue, for an account as for a group of them."""

SCORE_TALLIES: Mapping[str, Kind] = {
    "fresh": "integer",
    "ageing": "integer",
    "expired": "integer",
    "missing": "integer",
    "high": "integer",
    "medium": "integer",
    "low": "integer",
}
"""What a promise says of the age and the confidence of scores, for an account as for a factor or a group."""

FACTOR_STATES: Mapping[str | None, State] = {
    "red": "bad",
    "amber": "warn",
    "green": "good",
    "unknown": "muted",
}
"""What the `state` of a factor or a score, as the model derives it from the thresholds, means on screen."""


def negative(name: str) -> Callable[[Row], State]:
    """The state of a column that is bad below zero."""
    return lambda row: "bad" if row[name] is not None and row[name] < 0 else ""


def points_of(name: str) -> Callable[[Row], str]:
    """The text of a column that holds a difference of shares; its heading says that they are points."""
    return lambda row: points(row[name]).removesuffix(" points")


def status_of(name: str) -> Callable[[Row], str]:
    """The text of a column that holds how a side stands: "silent", "open"."""
    return lambda row: status_words(row[name]) if row[name] is not None else UNKNOWN


def side_of(row: Row) -> str:
    """The text of a column that holds a side: "inside", "at customer"."""
    return side_words(row["side"])


def factor_of(row: Row) -> str:
    """The text of a column that holds a factor: its name in this file, as far as there is room."""
    return clean(factor_words(row.get("factor"), row["code"]))


def weakest_of(row: Row) -> str:
    """The text of a column that holds an account's weakest factor, by its name."""
    code = row["weakest_factor"]
    return UNKNOWN if code is None else clean(factor_words(row.get("weakest_name"), code))


def factor_said(row: Row) -> str:
    """A factor's code with its name in this file: a company has names of its own."""
    return f"{row['code']}: {row['factor']}" if row.get("factor") else ""


def column(name: str, kind: Kind = "text", **changes: Any) -> Column:
    """A column with the shared heading and width; `changes` are fields of `Column` that differ here."""
    label = LABELS.get(name) or name.replace("_", " ").capitalize()
    text = side_of if name == "side" else status_of(name) if name in STATUSES_OF_SIDES else None
    return replace(
        Column(name, label, kind, _WIDE.get(name) or _WIDTHS[kind], text, short=SHORTS.get(name, "")), **changes
    )


def table(promise: Mapping[str, Kind], key: str = "account_id", **labels: str) -> Render:
    """A plain table of every promised column: the name first, so that it stays put, the account's id last.

    `labels` are headings that differ from the shared ones.
    """
    names = sorted(promise, key=lambda name: (name == "account_id", name != "name"))
    columns = tuple(
        column(name, promise[name], **({"label": labels[name]} if name in labels else {})) for name in names
    )
    return lambda frame, context: Table(frame, columns, key)

"""Success factors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kaptui.filter_language.fields import FIELDS
from kaptui.filters import Context
from kaptui.panels.base import Panel, empty
from kaptui.panels.tables import FACTOR_STATES
from kaptui.sentences import compared
from kaptui.views import Bar, Bars, Kind, Row, View
from kaptui.wording import UNKNOWN, index, listed, moved, of, share

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "factor_id": "integer",
    "code": "text",
    "name": "text",
    "provenance": "text",
    "weight": "number",
    "mean": "index",
    "weighted_mean": "index",
    "accounts_known": "integer",
    "accounts": "integer",
    "revenue_known_share": "share",
    "red": "integer",
    "amber": "integer",
    "green": "integer",
    "unknown": "integer",
    "change": "number",
    "overclaimed": "integer",
    "underclaimed": "integer",
}


def view(frame: pl.DataFrame, context: Context) -> View:
    """One bar per factor: its mean, beside it the revenue-weighted one (w), then who is red and the move."""
    rows = frame.to_dicts()
    if all(row["mean"] is None for row in rows):
        return empty(PANEL, context=context)
    return Bars(tuple(_bar(row) for row in rows), caption=_caption(rows, context))


def _bar(row: Row) -> Bar:
    mean, weighted = row["mean"], row["weighted_mean"]
    text = UNKNOWN if mean is None else f"{index(mean)} | {index(weighted)}w"
    state = FACTOR_STATES.get(row.get("state"), "")
    return Bar(
        row["code"], mean, text, _note(row), state, _narrow(row["code"], row.get("red_below")), "mean", row["code"]
    )


def _narrow(code: str, red_below: float | None) -> str:
    """The filter that keeps the accounts red on this factor; none for a code that a filter cannot name."""
    if red_below is None:
        return ""
    name = f"factor.{code}" if code.lower() in FIELDS else code
    return f"{name}<{red_below:g}" if re.fullmatch(r"[^\s\"():<>=-][^\s\"():<>=]*", code) else ""


def _note(row: Row) -> str:
    known, accounts, part = row["accounts_known"], row["accounts"], row["revenue_known_share"]
    weight = "" if part is None else f" ({share(part)})"
    return listed(
        (
            _red(row) if known else "",
            moved(row["change"]),
            f"known {of(known, accounts)}{weight}" if known < accounts else "",
            f"{row['overclaimed']} overclaimed" if row["overclaimed"] else "",
            "proposed" if row["provenance"] == "proposed" else "",
        )
    )


def _red(row: Row) -> str:
    """Red accounts of those scored, with their share of revenue where the answer carries it."""
    part = row.get("red_revenue_share")
    weight = f", {share(part)} of revenue" if part and row["red"] else ""
    return f"{of(row['red'], row['accounts_known'])} red{weight}"


def _caption(rows: Sequence[Row], context: Context) -> str:
    scored = [row for row in rows if row["mean"] is not None]
    weakest = min(scored, key=lambda row: (row["mean"], row["factor_id"]))
    return f"weakest: {weakest['code']}, {_red(weakest)}; change {compared(context)}"


PANEL = Panel(
    name="factor_summary",
    title="Success factors",
    promise=PROMISE,
    draw=view,
    feeds=("assessment",),
    when_empty="No factor has a valid score for this filter and date.",
    item="code",
    would_show="Each success factor's mean, who is red, and how much of the revenue is known.",
)

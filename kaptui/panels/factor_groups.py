"""The panel "Factors by group": each factor's mean, and who is red, by region, tier, manager and industry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filter_language import condition
from kaptui.filters import Context
from kaptui.panels.base import TOLD, Panel, empty, item_key
from kaptui.panels.columns import FACTOR_STATES, SCORE_TALLIES
from kaptui.text import UNKNOWN, clean, count, index, listed, moved, of, share
from kaptui.text.words import factor_words
from kaptui.views import Bar, Bars, Kind, Row, View

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "grouping": "text",
    "value": "text",
    "factor_id": "integer",
    "code": "text",
    "accounts": "integer",
    "accounts_known": "integer",
    "revenue_known_share": "share",
    "mean": "index",
    "weighted_mean": "index",
    "red": "integer",
    "amber": "integer",
    "green": "integer",
    "unknown": "integer",
    "change": "number",
    "pairs": "integer",
    "rose": "integer",
    "fell": "integer",
    **SCORE_TALLIES,
    "overclaimed": "integer",
    "underclaimed": "integer",
    "claims_checked": "integer",
    "accounts_scored": "integer",
    "index_mean": "index",
    "index_weighted": "index",
    "problems": "integer",
    "revenue_share": "share",
}

NOBODY: Mapping[str, str] = {"manager": "no manager"}


def value_words(grouping: str, value: str | None) -> str:
    """A group in words; accounts without the value are a group too."""
    if value is None:
        return NOBODY.get(grouping, f"no {grouping}")
    return f"tier {value}" if grouping == "tier" else value


def narrowing(grouping: str, value: str | None) -> str:
    """The filter text that keeps only this group."""
    return condition(grouping, value)


def distribution(frame: pl.DataFrame, context: Context, grouping: str, code: str) -> View:
    """How one factor stands in each group, the weakest first: mean, revenue-weighted mean, who is red."""
    rows = [row for row in frame.iter_rows(named=True) if row["grouping"] == grouping and row["code"] == code]
    if not rows:
        return empty(PANEL, context=context)
    ordered = sorted(rows, key=lambda row: (row["mean"] is None, row["mean"] or 0.0, row["value"] or ""))
    known = sum(row["accounts_known"] for row in rows)
    groups = count(grouping, len(rows), "industries" if grouping == "industry" else "")
    name = clean(factor_words(rows[0].get("factor"), code))
    caption = f"{name}, the weakest factor, over {count('scored account', known)} in {groups}"
    return Bars(tuple(_bar(row) for row in ordered), caption=caption)


def _bar(row: Row) -> Bar:
    mean = row["mean"]
    text = UNKNOWN if mean is None else index(mean)
    known = row["accounts_known"]
    note = listed(
        (
            f"{of(row['red'], known)} red" if known else "",
            f"known {of(known, row['accounts'])}" if known < row["accounts"] else "",
            moved(row["change"]),
            f"{index(row['weighted_mean'])} by revenue" if row["weighted_mean"] is not None else "",
            f"{share(row['revenue_share'])} of revenue" if row["revenue_share"] is not None else "",
            f"{row['overclaimed']} overclaimed" if row["overclaimed"] else "",
        )
    )
    label = value_words(row["grouping"], row["value"])
    state, kept = FACTOR_STATES.get(row.get("state"), ""), narrowing(row["grouping"], row["value"])
    item = item_key(row["grouping"], row["value"], row["code"])
    return Bar(label, mean, text, note, state, kept, "factor_groups.mean", item)


def view(frame: pl.DataFrame, context: Context) -> View:
    """The factor with the lowest mean, by region."""
    whole = [row for row in frame.iter_rows(named=True) if row["grouping"] == "all" and row["mean"] is not None]
    if not whole:
        return empty(PANEL, context=context)
    weakest = min(whole, key=lambda row: (row["mean"], row["factor_id"]))
    return distribution(frame, context, "region", weakest["code"])


PANEL = Panel(
    name="factor_groups",
    title="Factors by group",
    promise=PROMISE,
    render=view,
    source_tables=("assessment",),
    row_key="code",
    grain="grouping value code",
    description="Each factor's mean, and who is red, by region, tier, manager and industry.",
    comparison=TOLD,
)

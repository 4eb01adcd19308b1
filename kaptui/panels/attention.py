"""Needs attention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.tables import column, negative
from kaptui.sentences import reasons_in_words
from kaptui.views import Kind, Row, Table
from kaptui.wording import clean, count, money

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "serious": "integer",
    "revenue": "money",
    "profit": "money",
    "reasons": "text",
    "internal_status": "text",
    "external_status": "text",
}


def _ranked_name(row: Row) -> str:
    return f"{row['rank']:>2} {clean(row['name'])}"


def _reasons(row: Row) -> str:
    """One mark per serious reason, then all of them in words, the serious ones first."""
    uncovered = [side for side in ("internal", "external") if row[f"{side}_status"] == "uncovered"]
    return f"{'!' * row['serious']} {reasons_in_words(row['reasons'], uncovered)}".strip()


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The accounts in the order of the answer, numbered; each with its reasons in short words."""
    columns = (
        column("name", label=" # Account", text=_ranked_name),
        column("revenue", "money"),
        column("profit", "money", state=negative("profit")),
        column("reasons", label="Why, serious first", text=_reasons),
    )
    revenue = frame["revenue"].drop_nulls()
    together = f" with {money(revenue.sum())} revenue" if len(revenue) else ""
    caption = f"{count('account', frame.height)}{together}: most serious reasons first, then revenue"
    return Table(frame.with_row_index("rank", offset=1), columns, caption=caption)


PANEL = Panel(
    name="attention",
    title="Needs attention",
    promise=PROMISE,
    draw=view,
    feeds=("account",),
    would_show="The accounts with at least one serious reason, most serious first.",
    when_empty="No account has a serious reason. Rules without data raise none.",
)

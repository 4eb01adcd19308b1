"""The panel "Changes by account".

What the profit and the scores of each account did since the review, and how much else moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import TOLD, Panel
from kaptui.panels.changes import subject
from kaptui.panels.columns import column, negative
from kaptui.text import UNKNOWN, count, index, money
from kaptui.views import Kind, Row, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "score_points": "number",
    "profit_effect": "money",
    "worse": "integer",
    "better": "integer",
    "worst": "text",
}


def _profit(row: Row) -> str:
    return money(row["profit_effect"], signed=True)


def _points(row: Row) -> str:
    return UNKNOWN if row["score_points"] is None else index(row["score_points"], signed=True)


def _worst(row: Row) -> str:
    return subject(row["worst"])


def view(frame: pl.DataFrame, context: Context) -> Table:
    """One line per account: what its profit did and, beside it and never added, the points of its scores."""
    columns = (
        column("name"),
        column("profit_effect", "money", label="Profit", text=_profit, state=negative("profit_effect")),
        column("score_points", "number", label="Points", text=_points, state=negative("score_points")),
        column("worse", "integer"),
        column("better", "integer"),
        column("worst", label="What got worse most", text=_worst, width=40),
    )
    return Table(frame, columns, caption=f"{count('account', frame.height)} with facts; points: its scores added up")


PANEL = Panel(
    name="changes_by_account",
    title="Changes by account",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    description="What the profit and the scores of each account did since the review, and how much else moved.",
    when_empty="Nothing has changed since the review.",
    comparison=TOLD,
)

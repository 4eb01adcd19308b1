"""Changes by account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.changes import subject
from kaptui.panels.tables import column, negative
from kaptui.views import Column, Kind, Row, Table
from kaptui.wording import UNKNOWN, count, money

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "score_effect": "money",
    "profit_effect": "money",
    "worse": "integer",
    "better": "integer",
    "worst": "text",
}


def _signed(name: str) -> Callable[[Row], str]:
    return lambda row: UNKNOWN if row[name] is None else money(row[name], signed=True)


def _money(name: str, label: str) -> Column:
    return column(name, "money", label=label, text=_signed(name), state=negative(name))


def _worst(row: Row) -> str:
    return subject(row["worst"])


def view(frame: pl.DataFrame, context: Context) -> Table:
    """One line per account: what its scores and its profit come to, and how much else moved."""
    columns = (
        column("name"),
        column("score_effect", "money", label="Scores", text=_signed("score_effect"), state=negative("score_effect")),
        column(
            "profit_effect", "money", label="Profit", text=_signed("profit_effect"), state=negative("profit_effect")
        ),
        column("worse", "integer"),
        column("better", "integer"),
        column("worst", label="What got worse most", text=_worst, width=40),
    )
    return Table(frame, columns, caption=f"{count('account', frame.height)} with facts; scores: index x revenue")


PANEL = Panel(
    name="changes_by_account",
    title="Changes by account",
    promise=PROMISE,
    draw=view,
    feeds=("account",),
    would_show="What the scores and the profit of each account did since the review, and how much else moved.",
    when_empty="Nothing has changed since the review.",
)

"""How prices are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import table
from kaptui.text import UNKNOWN, clean, money, share
from kaptui.text.window import window_words
from kaptui.views import Bar, Bars, Kind, Row, View

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "basis": "text",
    "revenue": "money",
    "share": "share",
}


def view(frame: pl.DataFrame, context: Context) -> View:
    """One account's revenue by how its price was made; several accounts as rows."""
    if frame["account_id"].n_unique() > 1:
        return table(PROMISE)(frame, context)
    bars = tuple(_bar(row) for row in frame.iter_rows(named=True))
    return Bars(bars, caption=f"revenue of {window_words(context)}")


def _bar(row: Row) -> Bar:
    part = row["share"]
    unknown = row["basis"] == "unknown"
    label = "not recorded" if unknown else clean(row["basis"] or UNKNOWN)
    value = None if part is None else 100 * part
    return Bar(label, value, share(part), money(row["revenue"]), "muted" if unknown else "")


PANEL = Panel(
    name="account_price_basis",
    title="How prices are made",
    promise=PROMISE,
    render=view,
    source_tables=("financial_period",),
    row_key="basis",
    description="How much of the revenue is priced by value, by cost, by the market.",
)

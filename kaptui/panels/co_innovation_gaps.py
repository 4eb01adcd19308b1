"""The panel "Co-innovation: money without return, rich without a programme".

Programmes that earned less than was spent, and rich accounts that have none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import count, money
from kaptui.views import Kind, Row, Subtotal, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "gap": "text",
    "account_id": "text",
    "name": "text",
    "programme": "text",
    "amount": "money",
    "spent": "money",
    "realised_profit": "money",
    "revenue": "money",
    "margin": "share",
    "profit_index": "number",
    "value_priced_share": "share",
    "quadrant": "text",
}

UNRETURNED, UNSERVED = "money without return", "rich without a programme"


def _of_programme(name: str) -> Callable[[Row], str]:
    """An amount of a programme; nothing where the account has none."""
    return lambda row: "" if row["gap"] == UNSERVED else money(row[name])


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Two lists: programmes that earned less than was spent, and rich accounts where nothing runs."""
    columns = (
        column("name"),
        column("programme", width=20, text=lambda row: row["programme"] or ""),
        column("spent", "money", text=_of_programme("spent")),
        column("realised_profit", "money", label="Returned", text=_of_programme("realised_profit")),
        column("revenue", "money"),
        column("margin", "share"),
        column("profit_index", "number", width=9),
        column("value_priced_share", "share", width=12),
        column("quadrant", width=11),
    )
    lost, rich = (frame.filter(frame["gap"] == gap) for gap in (UNRETURNED, UNSERVED))
    heads = (
        Subtotal(UNRETURNED, {"name": f"Money without return: {lost.height}", "spent": money(lost["spent"].sum())}),
        Subtotal(UNSERVED, {"name": f"Rich, no programme: {rich.height}", "revenue": money(rich["revenue"].sum())}),
    )
    caption = f"{count('programme', lost.height)} without return, {count('rich account', rich.height)} without one"
    return Table(frame, columns, caption=caption, group="gap", subtotals=heads)


PANEL = Panel(
    name="co_innovation_gaps",
    title="Co-innovation: money without return, rich without a programme",
    promise=PROMISE,
    render=view,
    source_tables=("programme",),
    row_key="programme_id",
    description="Programmes that earned less than was spent, and rich accounts that have none.",
    when_empty="Every programme that is due returned its money, and every rich account has one.",
)

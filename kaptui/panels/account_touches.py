"""The panel "Touches": who met whom at the customer, and whether it counted as sponsorship."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import clean, count
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "occurred_on": "date",
    "side": "text",
    "kind": "text",
    "who": "text",
    "contact": "text",
    "counts_as": "text",
    "note": "text",
    "label": "text",
}


def _words(name: str) -> Callable[[Row], str]:
    return lambda row: clean((row[name] or "").replace("_", " "))


def _counts(row: Row) -> State:
    return "good" if row["counts_as"] == "sponsor" else "muted"


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Who met whom, the newest first; only what an assigned sponsor did counts as cover."""
    columns = (
        column("occurred_on", "date", label="Met"),
        column("side", width=11),
        column("kind", text=_words("label"), width=20),
        column("who", text=_words("who"), width=18),
        column("contact", text=_words("contact"), width=18),
        column("counts_as", label="Counts as", width=14, state=_counts),
        column("note", text=_words("note"), width=24),
    )
    sponsors = int((frame["counts_as"] == "sponsor").sum())
    return Table(
        frame, columns, key="occurred_on", caption=f"{count('touch', frame.height, 'touches')}, {sponsors} by sponsors"
    )


PANEL = Panel(
    name="account_touches",
    title="Touches",
    promise=PROMISE,
    render=view,
    source_tables=("activity",),
    row_key="occurred_on",
    grain="activity_id",
    description="Who met whom at the customer, and whether it counted as sponsorship.",
)

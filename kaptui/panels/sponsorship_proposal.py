"""One proposal for all open and silent sides at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column, status_of
from kaptui.text import clean, count, day, listed, of
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "side": "text",
    "status": "text",
    "revenue": "money",
    "person_id": "text",
    "person": "text",
    "because": "text",
    "covered_from": "date",
    "replaces": "text",
}


def _person(row: Row) -> str:
    return clean(row["person"] or "nobody left")


def _proposed(row: Row) -> State:
    return "" if row["person"] else "bad"


def _because(row: Row) -> str:
    """Why this leader, and whom he replaces on a silent side."""
    return clean(listed((row["because"] or "", f"replaces {row['replaces']}" if row["replaces"] else "")))


def _new(row: Row) -> str:
    """Until then the side is new; a first touch covers it at any time."""
    return day(row["covered_from"]) if row["covered_from"] else "--"


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Each open side by revenue with the leader proposed for it, and until when the side is new without a touch."""
    columns = (
        column("name"),
        column("revenue", "money"),
        column("side", width=11),
        column("person", text=_person, state=_proposed, width=18, label="Proposed"),
        column("status", text=status_of("status"), width=9),
        column("covered_from", "date", text=_new, width=16, label="New till"),
        column("because", text=_because),
    )
    named = frame["person_id"].drop_nulls()
    leaders = named.n_unique()
    caption = listed(
        (
            f"{of(len(named), frame.height)} open or silent sides proposed to {count('leader', leaders)}",
            "each is new till a first touch covers it",
        )
    )
    return Table(frame, columns, caption=caption)


PANEL = Panel(
    name="sponsorship_proposal",
    title="Proposal for the open and silent sides",
    promise=PROMISE,
    render=view,
    source_tables=("sponsorship",),
    row_key="side",
    description="One proposal for all sides without a live sponsor: who takes which, and what he carries then.",
    when_empty="No gap: every side is covered or new.",
)

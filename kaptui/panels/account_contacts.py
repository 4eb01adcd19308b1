"""People at the customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import UNKNOWN, count, day, of
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "role": "text",
    "level": "integer",
    "stance": "integer",
    "advisory_board": "flag",
    "last_touch_on": "date",
}

_STANCES: Mapping[int, tuple[str, State]] = {
    -2: ("-2 against", "bad"),
    -1: ("-1 sceptic", "warn"),
    0: ("0 neutral", ""),
    1: ("+1 friend", "good"),
    2: ("+2 advocate", "good"),
}


def _stance(row: Row) -> str:
    return _STANCES.get(row["stance"], (UNKNOWN, ""))[0]


def _stands(row: Row) -> State:
    return _STANCES.get(row["stance"], ("", "muted"))[1]


def _board(row: Row) -> str:
    return "yes" if row["advisory_board"] else ""


def _met(row: Row) -> str:
    return "never" if row["last_touch_on"] is None else day(row["last_touch_on"])


def _touched(row: Row) -> State:
    return "warn" if row["last_touch_on"] is None else ""


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The customer's people, the highest first: where they stand, and when they were last met."""
    columns = (
        column("name", label="Name", width=22),
        column("stance", label="Stance", text=_stance, state=_stands, width=11),
        column("level", "integer", width=5),
        column("role", width=26),
        column("last_touch_on", "date", label="Last met", text=_met, state=_touched),
        column("advisory_board", label="Board", text=_board, width=5),
    )
    never = frame["last_touch_on"].null_count()
    caption = f"{count('contact', frame.height)}, {of(never, frame.height)} never met"
    return Table(frame, columns, key="name", caption=caption)


PANEL = Panel(
    name="account_contacts",
    title="People at the customer",
    promise=PROMISE,
    render=view,
    source_tables=("stakeholder",),
    row_key="name",
    grain="stakeholder_id",
    description="The customer's people: role, level, stance and when they were last met.",
)

"""The panel "Timeline": what happened with the account and what is due, newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import clean, count, day
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "on": "date",
    "kind": "text",
    "what": "text",
    "who": "text",
    "about": "text",
    "ahead": "flag",
    "label": "text",
}


def _on(row: Row) -> str:
    return f"{'»' if row['ahead'] else ' '} {day(row['on'])}"


def _kind(row: Row) -> str:
    return clean(row["label"] or "")


def _plain(name: str) -> Callable[[Row], str]:
    return lambda row: clean(row[name] or "")


def _state(row: Row) -> State:
    return "muted" if row["ahead"] else ""


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Every dated fact, the newest first; what lies ahead of the as-of day is marked "»"."""
    columns = (
        column("on", "date", label="  Date", text=_on, state=_state, width=13),
        column("kind", text=_kind, width=20),
        column("what", text=_plain("what"), width=44),
        column("who", text=_plain("who"), width=18),
    )
    more = (column("about", width=9),)
    ahead = int(frame["ahead"].sum())
    return Table(frame, columns, key="on", caption=f"{count('event', frame.height)}, {ahead} ahead (»)", more=more)


PANEL = Panel(
    name="account_timeline",
    title="Timeline",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    row_key="on",
    grain="on event_number",
    description="What happened with the account and what is due, newest first.",
)

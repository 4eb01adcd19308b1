"""Overdue actions by function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.text import count, of
from kaptui.views import Bar, Bars, Kind, Row

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "function": "text",
    "actions_open": "integer",
    "actions_overdue": "integer",
    "accounts_overdue": "integer",
}


def view(frame: pl.DataFrame, context: Context) -> Bars:
    """Per function how many of its open actions are overdue, and at how many accounts."""
    rows = frame.to_dicts()
    most = max((row["actions_overdue"] or 0 for row in rows), default=0)
    overdue, still_open = int(frame["actions_overdue"].sum()), int(frame["actions_open"].sum())
    caption = f"{of(overdue, still_open)} open actions overdue"
    return Bars(tuple(_bar(row) for row in rows), high=float(most or 1), caption=caption)


def _bar(row: Row) -> Bar:
    overdue = row["actions_overdue"]
    note = f"at {count('account', row['accounts_overdue'])}" if overdue else ""
    value = None if overdue is None else float(overdue)
    function, base = row["function"] or "function unknown", of(overdue, row["actions_open"])
    return Bar(function, value, base, note, _state(overdue), measure="actions_overdue", item=function)


def _state(overdue: int | None) -> Literal["bad", "good"]:
    return "bad" if overdue else "good"


PANEL = Panel(
    name="actions_by_function",
    title="Overdue actions, by function",
    promise=PROMISE,
    render=view,
    source_tables=("action",),
    row_key="function",
    description="Which function is behind with its actions.",
    when_empty="No action is open.",
    comparison=Comparison({"actions_overdue": ""}),
)

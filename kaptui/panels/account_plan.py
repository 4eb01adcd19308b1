"""The panel "Objectives and actions": the plan's objectives and actions: who owes what, and by when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import clean, count, listed, money, number, share
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "plan": "text",
    "objective": "text",
    "action": "text",
    "owner": "text",
    "due_on": "date",
    "done_on": "date",
    "progress": "share",
    "status": "text",
    "joint": "flag",
    "measure": "text",
    "baseline": "number",
    "current": "number",
    "target": "number",
    "objective_id": "text",
    "action_id": "text",
}

_STATES: Mapping[str, State] = {"overdue": "bad", "done": "good", "closed": "good"}


def _line(row: Row) -> str:
    """An objective, or below it one of its actions."""
    return clean(row["objective"] or "") if row["action_id"] is None else f"  - {clean(row['action'] or '')}"


def _joint(row: Row) -> str:
    """Whether the customer shares the objective; an action says nothing."""
    if row["action_id"] is not None:
        return ""
    return {True: "joint", False: "own"}.get(row["joint"], "not recorded")


def _value(name: str) -> Callable[[Row], str]:
    """A measured value in its unit; what an objective does not measure is n/a, an action says nothing."""

    def text(row: Row) -> str:
        if row["action_id"] is not None:
            return ""
        value = row[name]
        if row["measure"] == "currency":
            return money(value)
        return f"{number(value)} %" if row["measure"] == "percent" and value is not None else number(value)

    return text


def _progress(row: Row) -> str:
    """How much of the way is gone; where the target is the baseline there is no way to go."""
    if row["action_id"] is not None:
        return ""
    if row["target"] is None:
        return "no target"
    return "target = start" if row["target"] == row["baseline"] else share(row["progress"])


def _owner(row: Row) -> str:
    return clean(row["owner"] or "no owner")


def _owned(row: Row) -> State:
    return "" if row["owner"] else "warn"


def _status(row: Row) -> str:
    return f"{(row['status'] or '').replace('in_progress', 'under way')}{' !' if row['status'] == 'overdue' else ''}"


def _state(row: Row) -> State:
    return _STATES.get(row["status"], "")


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The objectives, each with its actions below it: how each stands, due when, who owes it, and how far it is."""
    columns = (
        column("objective", label="Objective, - action", text=_line, width=34),
        column("status", text=_status, state=_state, width=12),
        column("due_on", "date", label="Due"),
        column("owner", text=_owner, state=_owned, width=14),
        column("progress", "number", text=_progress, width=14),
        column("joint", label="With", text=_joint, width=8),
        column("baseline", "number", label="Start", text=_value("baseline"), width=8),
        column("current", "number", label="Now", text=_value("current"), width=8),
        column("target", "number", text=_value("target"), width=8),
    )
    more = (column("done_on", "date", label="Done"), column("measure"), column("plan", width=24))
    acts = frame.filter(frame["action_id"].is_not_null())
    aims = frame.filter(frame["action_id"].is_null())
    late = int((frame["status"] == "overdue").sum())
    parts = (
        count("objective", aims.height),
        count("action", acts.height),
        f"{late} overdue" if late else "none overdue",
    )
    return Table(frame, columns, key="objective", caption=listed(parts), more=more)


PANEL = Panel(
    name="account_plan",
    title="Objectives and actions",
    promise=PROMISE,
    render=view,
    source_tables=("objective",),
    row_key="objective action",
    grain="objective_id action_id",
    description="The plan's objectives and actions: who owes what, and by when.",
    when_empty="The plan has no objective.",
)
